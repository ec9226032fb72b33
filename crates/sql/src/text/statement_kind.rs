//! The kinds of statements, recognized by their first word.

use super::lexer::{self, Piece};
use crate::{Error, ErrorKind};
use datafusion::sql::sqlparser::tokenizer::Token;

/// First words of changes of temporary tables.
const CHANGES: &[&str] = &["INSERT", "UPDATE", "DELETE", "TRUNCATE"];

/// Words between `CREATE` or `DROP` and `TABLE`.
const TEMPORARY: &[&str] = &["LOCAL", "TEMPORARY", "TEMP"];

/// First words of changes in other databases.
const WRITES: &[&str] = &["MERGE", "REPLACE", "UPSERT", "COPY"];

/// First words of other statements, each with the reason for refusing it.
const REFUSED: &[(&[&str], &str)] = &[
    (
        &["CREATE", "ALTER", "DROP", "RENAME", "COMMENT"],
        "the tables are those of Exchange; only temporary tables can be created and dropped",
    ),
    (
        &["CALL", "EXEC", "EXECUTE"],
        "the data source has no stored procedures",
    ),
    (
        &[
            "BEGIN",
            "START",
            "COMMIT",
            "ROLLBACK",
            "SAVEPOINT",
            "RELEASE",
        ],
        "there are no transactions; each statement takes effect at once",
    ),
    (
        &["SET", "USE", "DECLARE", "PRAGMA", "RESET"],
        "settings are keys of the connection string or attributes of the connection",
    ),
    (
        &["GRANT", "REVOKE", "DENY"],
        "permissions are granted in Microsoft Entra ID, not through SQL",
    ),
    (
        &["SHOW", "DESCRIBE", "DESC"],
        "tables and columns are listed by the catalog functions SQLTables and SQLColumns",
    ),
];

/// The reason for refusing a write.
pub fn read_only(what: &str) -> Error {
    Error::new(
        ErrorKind::ReadOnly,
        format!(
            "{what} is not possible: mailbox tables are read only in this version of the driver; \
             temporary tables can be changed by INSERT, UPDATE, DELETE and TRUNCATE"
        ),
    )
}

/// The kind of `EXPLAIN`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Explain {
    Plan,
    Analyze,
}

/// Removes `EXPLAIN [ANALYZE]` from the front.
pub fn take_explain(pieces: &mut Vec<Piece>) -> Result<Option<Explain>, Error> {
    if !pieces[0].is_word("EXPLAIN") {
        return Ok(None);
    }
    let explain = match pieces.get(1) {
        Some(second) if second.is_word("ANALYZE") => Explain::Analyze,
        Some(_) => Explain::Plan,
        None => {
            return Err(lexer::syntax(
                pieces[0].span.end,
                "expected a query after EXPLAIN",
            ));
        }
    };
    let words = if explain == Explain::Analyze { 2 } else { 1 };
    if pieces.len() == words {
        return Err(lexer::syntax(
            pieces[words - 1].span.end,
            "expected a query after EXPLAIN ANALYZE",
        ));
    }
    pieces.drain(..words);
    Ok(Some(explain))
}

/// The kind of a statement, according to its first words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatementKind {
    Query,
    /// It creates, changes or drops a table.
    Command,
}

/// Refuses statements that are neither queries nor about a temporary table.
pub fn of(sql: &str, pieces: &[Piece]) -> Result<StatementKind, Error> {
    let first = &pieces[0];
    if first.token == Token::LParen || first.is_one_of(&["SELECT", "WITH", "VALUES", "TABLE"]) {
        return Ok(StatementKind::Query);
    }
    if first.is_one_of(CHANGES) {
        return Ok(StatementKind::Command);
    }
    if first.is_one_of(&["CREATE", "DROP"]) && is_about_a_table(&pieces[1..])? {
        return Ok(StatementKind::Command);
    }
    if first.is_one_of(WRITES) {
        return Err(read_only(&word(first)));
    }
    if let [_, equals, call, ..] = pieces
        && equals.token == Token::Eq
        && call.is_word("CALL")
    {
        return of(sql, &pieces[2..]);
    }
    if let Some((_, reason)) = REFUSED.iter().find(|(words, _)| first.is_one_of(words)) {
        return Err(Error::new(
            ErrorKind::NotSupported,
            format!("{} is not supported: {reason}", word(first)),
        ));
    }
    let found = lexer::shown(sql, first);
    Err(lexer::syntax(
        first.span.start,
        &format!("expected SELECT, found {found}"),
    ))
}

/// Whether `[LOCAL] [TEMPORARY] TABLE` is next.
fn is_about_a_table(pieces: &[Piece]) -> Result<bool, Error> {
    if pieces.first().is_some_and(|piece| piece.is_word("GLOBAL")) {
        return Err(Error::new(
            ErrorKind::NotSupported,
            "global temporary tables are not supported: a temporary table is its connection's own; \
             write LOCAL TEMPORARY",
        ));
    }
    let mut rest = pieces.iter().skip_while(|piece| piece.is_one_of(TEMPORARY));
    Ok(rest.next().is_some_and(|piece| piece.is_word("TABLE")))
}

/// The word in upper case; the caller knows that it is one.
fn word(piece: &Piece) -> String {
    piece.bare_word().unwrap_or_default().to_uppercase()
}
