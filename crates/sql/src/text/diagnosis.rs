//! Parsing, and error messages in the terms of the text.

use super::dialect::OdbcDialect;
use super::lexer::{self, Piece};
use super::nesting;
use super::statement_kind::StatementKind;
use crate::Error;
use datafusion::sql::sqlparser::ast::{Query, Statement};
use datafusion::sql::sqlparser::parser::{Parser, ParserError};
use datafusion::sql::sqlparser::tokenizer::{Location, Token, TokenWithSpan};

/// [`nesting`] has bounded the depth; one level needs a few calls of the parser.
const RECURSION: usize = 8 * nesting::DEEPEST;

/// Finding the faulty query parses it again, which is too slow for a huge statement.
const LONGEST_SEARCHED: usize = 20_000;

/// Parses one statement.
pub fn parse(sql: &str, pieces: &[Piece], kind: StatementKind) -> Result<Statement, Error> {
    let parsed = match kind {
        StatementKind::Query => try_query(pieces).map(Statement::Query),
        StatementKind::Command => attempts(|dialect| try_command(pieces, dialect)),
    };
    parsed.map_err(|error| {
        let inner = (pieces.len() <= LONGEST_SEARCHED)
            .then(|| innermost(sql, pieces))
            .flatten();
        inner.unwrap_or_else(|| explain(sql, pieces, &error, None))
    })
}

/// The first successful way to read, or the error of the plain one.
fn attempts<T>(
    parse: impl Fn(&'static OdbcDialect) -> Result<T, ParserError>,
) -> Result<T, ParserError> {
    parse(&OdbcDialect::LEFT_TO_RIGHT)
        .or_else(|error| parse(&OdbcDialect::NESTED_JOINS).map_err(|_| error))
}

fn try_query(pieces: &[Piece]) -> Result<Box<Query>, ParserError> {
    attempts(|dialect| {
        let mut parser = parser(pieces, dialect);
        let query = parser.parse_query()?;
        match parser.peek_token_ref().token {
            Token::EOF => Ok(query),
            _ => parser.expected_ref("the end of the query", parser.peek_token_ref()),
        }
    })
}

fn try_command(pieces: &[Piece], dialect: &'static OdbcDialect) -> Result<Statement, ParserError> {
    let mut parser = parser(pieces, dialect);
    let statement = parser.parse_statement()?;
    match parser.peek_token_ref().token {
        Token::EOF => Ok(statement),
        _ => parser.expected_ref("the end of the statement", parser.peek_token_ref()),
    }
}

fn parser(pieces: &[Piece], dialect: &'static OdbcDialect) -> Parser<'static> {
    let tokens = pieces
        .iter()
        .map(|piece| TokenWithSpan::new(piece.token.clone(), piece.span));
    Parser::new(dialect)
        .with_recursion_limit(RECURSION)
        .with_tokens_with_locations(tokens.collect())
}

/// The error of the first query in parentheses that has one. The parser takes a bad derived table
/// for a table named `SELECT` and then reports something else.
fn innermost(sql: &str, pieces: &[Piece]) -> Option<Error> {
    let mut open = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        match piece.token {
            Token::LParen => open.push(index),
            Token::RParen => {
                let inner = &pieces[open.pop()? + 1..index];
                if inner
                    .first()
                    .is_some_and(|first| first.is_one_of(&["SELECT", "WITH"]))
                    && let Err(error) = try_query(inner)
                {
                    return Some(explain(sql, inner, &error, Some(piece)));
                }
            }
            _ => {}
        }
    }
    None
}

/// The parser's error, with the offending token as the application wrote it. `next` is the piece
/// after the others.
fn explain(sql: &str, pieces: &[Piece], error: &ParserError, next: Option<&Piece>) -> Error {
    let message = match error {
        ParserError::TokenizerError(message) | ParserError::ParserError(message) => message,
        ParserError::RecursionLimitExceeded => return nesting::too_deep(&pieces[0]),
    };
    let (message, location) = split_location(message);
    let wanted = message.split_once("found:").map(|(wanted, _)| wanted);
    let wanted = wanted.map_or_else(
        || harmless(message),
        |wanted| wanted.trim_end_matches([' ', ',']),
    );
    let wanted = lexer::lower_first(&wanted.replacen("Expected:", "expected", 1));
    let offender = match location {
        Some(location) => pieces
            .iter()
            .chain(next)
            .find(|piece| piece.span.start == location),
        None => next,
    };
    match (offender, location) {
        (Some(piece), _) => {
            let found = lexer::shown(sql, piece);
            lexer::syntax(piece.span.start, &format!("{wanted}, found {found}"))
        }
        (None, Some(location)) => lexer::syntax(location, &wanted),
        (None, None) => {
            let end = pieces
                .last()
                .map_or_else(Location::empty, |piece| piece.span.end);
            lexer::syntax(end, &format!("{wanted}, found the end of the statement"))
        }
    }
}

/// `... at Line: 1, Column: 7` in its parts.
fn split_location(message: &str) -> (&str, Option<Location>) {
    let parse = || {
        let (text, place) = message.rsplit_once(" at Line: ")?;
        let (line, column) = place.split_once(", Column: ")?;
        Some((
            text,
            Location::new(line.parse().ok()?, column.parse().ok()?),
        ))
    };
    parse().map_or((message, None), |(text, location)| (text, Some(location)))
}

/// The part of a message that cannot quote the statement.
fn harmless(message: &str) -> &str {
    let end = message
        .find(['\'', '"', '{', '(', '`', '['])
        .unwrap_or(message.len());
    message[..end].trim_end_matches([' ', ':', ','])
}
