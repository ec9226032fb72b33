//! From the text that an application writes to the syntax tree that the engine plans.
//!
//! A statement passes through these steps, each a module:
//!
//! 1. [`lexer`] cuts the text into tokens that know where they stand in it, and at `;` into statements.
//! 2. [`escapes`] replaces ODBC escape sequences (`{ts '...'}`, `{fn ...}`, `{oj ...}`).
//! 3. [`normal`] gives `?` markers their numbers and lower-cases names, remembering their spelling.
//! 4. [`nesting`] refuses what would be nested too deeply for the stack.
//! 5. [`dialect`] parses, with the constructs of ODBC and of T-SQL that the parser does not know.
//! 6. [`unions`] balances long unions, and [`command`] takes statements about temporary tables apart.
//! 7. [`known`] refuses what the driver does not know.
//! 8. [`rewrite`] turns what the engine does not take into what it does, and labels the columns.
//!
//! Tokens are never turned back into text on the way, so that every error can name the line and the
//! column of the text as the application wrote it.

mod aggregates;
mod chains;
pub mod command;
mod diagnosis;
mod dialect;
mod escapes;
pub mod joins;
mod kind;
mod known;
mod lexer;
mod literals;
mod nesting;
mod normal;
mod parenthesized;
mod rewrite;
mod unions;

#[cfg(test)]
mod tests;

pub use chains::SUM;
pub use kind::read_only;
pub use known::REFUSED;
pub use nesting::MOST_TABLES;
pub use rewrite::NAMED_CAST;

use super::{Error, ErrorKind};
use command::Command;
use datafusion::sql::sqlparser::ast;
use escapes::Edit;
use lexer::Piece;
use std::collections::HashMap;

/// What `EXPLAIN` asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Explain {
    Plan,
    Analyze,
}

/// How a text is to be read.
#[derive(Clone, Copy, Debug, Default)]
pub struct ParseOptions {
    /// ODBC escape sequences are left alone (`SQL_ATTR_NOSCAN`).
    pub no_scan: bool,
}

/// One statement, ready for the engine. All names in it are lower case.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The query itself, without `EXPLAIN`; of a command the query that gives its rows.
    pub statement: ast::Statement,
    /// What is done with the rows, when they are not the application's.
    pub command: Option<Command>,
    pub explain: Option<Explain>,
    /// Number of `?` markers; they are `$1`, `$2`, ... in the statement.
    pub parameter_count: usize,
    /// Every table that is read, as written: the parts of its name. Names that `WITH` defines are not
    /// among them.
    pub tables: Vec<Vec<String>>,
    /// Name of an output column in the statement to the label that applications see.
    pub labels: HashMap<String, String>,
    /// Lower case to the first spelling in the statement.
    pub spellings: HashMap<String, String>,
}

/// Parses every statement of `sql`; statements are separated by `;`, empty ones are dropped.
pub fn parse(sql: &str, options: &ParseOptions) -> Result<Vec<Parsed>, Error> {
    let pieces = lexer::lex(sql)?;
    let (pieces, edits) = match options.no_scan {
        true => (escapes::refuse(pieces)?, Vec::new()),
        false => {
            let replaced = escapes::replace(sql, pieces)?;
            (replaced.pieces, replaced.edits)
        }
    };
    let statements = lexer::statements(pieces);
    if statements.is_empty() {
        return Err(Error::new(ErrorKind::Syntax, "the statement is empty"));
    }
    statements
        .into_iter()
        .map(|pieces| parse_statement(sql, pieces, &edits))
        .collect()
}

/// The text with its escape sequences replaced (`SQLNativeSql`).
pub fn native_sql(sql: &str) -> Result<String, Error> {
    let replaced = escapes::replace(sql, lexer::lex(sql)?)?;
    Ok(escapes::apply(sql, &replaced.edits))
}

fn parse_statement(sql: &str, mut pieces: Vec<Piece>, edits: &[Edit]) -> Result<Parsed, Error> {
    let explain = kind::take_explain(&mut pieces)?;
    let kind = kind::of(sql, &pieces)?;
    let names = normal::normalize(sql, &mut pieces)?;
    nesting::check(&pieces)?;
    let statement = diagnosis::parse(sql, &pieces, kind)?;
    let statement = unions::balanced(statement);
    let (mut query, command) = command::take_apart(statement, sql, &pieces)?;
    if let (Some(_), Some(_)) = (explain, &command) {
        return Err(Error::new(
            ErrorKind::NotSupported,
            "EXPLAIN is for queries only; explain the SELECT alone",
        ));
    }
    known::check(&query)?;
    let tables = rewrite::tables(&query, sql, &pieces);
    rewrite::rewrite(&mut query)?;
    let labels = rewrite::label(&mut query, sql, &pieces, edits);
    Ok(Parsed {
        statement: ast::Statement::Query(query),
        command,
        explain,
        parameter_count: names.parameter_count,
        tables,
        labels,
        spellings: names.spellings,
    })
}
