//! From an application's text to the syntax tree that the engine plans.
//!
//! A statement passes through these steps, each a module:
//!
//! 1. [`lexer`] cuts the text into tokens with positions, and at `;` into statements.
//! 2. [`escapes`] replaces ODBC escape sequences (`{ts '...'}`, `{fn ...}`, `{oj ...}`).
//! 3. [`normal`] numbers `?` markers and lower-cases names, recording their spelling.
//! 4. [`nesting`] refuses statements that are nested too deeply for the stack.
//! 5. [`dialect`] parses, including constructs of ODBC and T-SQL that the parser does not know.
//! 6. [`unions`] balances long unions, and [`command`] splits statements about temporary tables.
//! 7. [`known`] refuses constructs that the driver does not know.
//! 8. [`rewrite`] replaces constructs that the engine lacks, and labels the columns.
//!
//! Tokens are never turned back into text on the way, so every error can name the line and the
//! column of the application's text.

mod aggregates;
mod call;
mod chains;
pub mod command;
mod diagnosis;
mod dialect;
mod escapes;
pub mod joins;
mod known;
mod lexer;
mod literals;
mod nesting;
mod normal;
mod parenthesized;
mod rewrite;
mod statement_kind;
mod unions;

#[cfg(test)]
mod tests;

pub use chains::SUM;
pub use known::REFUSED;
pub use nesting::MOST_TABLES;
pub use rewrite::NAMED_CAST;
pub use statement_kind::{Explain, read_only};

use super::{Error, ErrorKind};
use command::Command;
use datafusion::sql::sqlparser::ast;
use escapes::Edit;
use lexer::Piece;
use std::collections::HashMap;

/// Options for reading a text.
#[derive(Clone, Copy, Debug, Default)]
pub struct ParseOptions {
    /// ODBC escape sequences are not replaced (`SQL_ATTR_NOSCAN`).
    pub no_scan: bool,
}

/// One statement, ready for the engine. All names in it are lower case.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The query itself, without `EXPLAIN`; for a command the query for its rows.
    pub statement: ast::Statement,
    /// The action for the rows, if they are not returned to the application.
    pub command: Option<Command>,
    pub explain: Option<Explain>,
    /// Number of `?` markers; they are `$1`, `$2`, ... in the statement.
    pub parameter_count: usize,
    /// Every table that is read, as the parts of its name as written. Names that `WITH` defines are
    /// not included.
    pub tables: Vec<Vec<String>>,
    /// Names of output columns in the statement, and the labels that applications see.
    pub labels: HashMap<String, String>,
    /// Names in lower case, and their first spelling in the statement.
    pub spellings: HashMap<String, String>,
}

/// Parses every statement of `sql`; statements are separated by `;`, and empty ones are dropped.
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
    let explain = statement_kind::take_explain(&mut pieces)?;
    let kind = statement_kind::of(sql, &pieces)?;
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
