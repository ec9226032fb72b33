//! Tokens with their positions in the text.
//!
//! sqlparser cuts the text, so that escapes, markers and the parser agree about strings, quoted
//! names and comments.

use super::dialect::OdbcDialect;
use crate::{Error, ErrorKind};
use datafusion::sql::sqlparser::tokenizer::{Location, Span, Token, Tokenizer};
use std::ops::Range;

/// A significant token: neither white space nor a comment.
#[derive(Clone, Debug)]
pub struct Piece {
    pub token: Token,
    /// Line and column, both from 1.
    pub span: Span,
    /// Bytes of the text. A token of a replaced escape has the range of the whole escape.
    pub source: Range<usize>,
}

impl Piece {
    /// The word, if it is an unquoted one.
    pub fn bare_word(&self) -> Option<&str> {
        match &self.token {
            Token::Word(word) if word.quote_style.is_none() => Some(&word.value),
            _ => None,
        }
    }

    pub fn is_word(&self, expected: &str) -> bool {
        self.bare_word()
            .is_some_and(|word| word.eq_ignore_ascii_case(expected))
    }

    /// Whether it is one of these words, which are in upper case.
    pub fn is_one_of(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is_word(word))
    }
}

/// Cuts a text into its tokens.
pub fn lex(sql: &str) -> Result<Vec<Piece>, Error> {
    let mut tokens = Vec::new();
    Tokenizer::new(&OdbcDialect::LEFT_TO_RIGHT, sql)
        .tokenize_with_location_into_buf(&mut tokens)
        .map_err(|error| syntax(error.location, &lower_first(&error.message)))?;
    let mut cursor = Cursor::new(sql);
    let mut pieces = Vec::with_capacity(tokens.len() / 2);
    for token in tokens {
        let start = cursor.advance(token.span.start);
        let end = cursor.advance(token.span.end);
        if !matches!(token.token, Token::Whitespace(_)) {
            pieces.push(Piece {
                token: token.token,
                span: token.span,
                source: start..end,
            });
        }
    }
    Ok(pieces)
}

/// The pieces between semicolons; empty statements are dropped.
pub fn statements(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut statements = vec![Vec::new()];
    for piece in pieces {
        match piece.token {
            Token::SemiColon => statements.push(Vec::new()),
            _ => statements
                .last_mut()
                .expect("there is always one")
                .push(piece),
        }
    }
    statements.retain(|statement| !statement.is_empty());
    statements
}

/// A syntax error with its position in the text.
pub fn syntax(location: Location, message: &str) -> Error {
    error(ErrorKind::Syntax, location, message)
}

/// An error with its position in the text.
pub fn error(kind: ErrorKind, location: Location, message: &str) -> Error {
    let what = if kind == ErrorKind::Syntax {
        "syntax error at "
    } else {
        ""
    };
    let message = match location.line {
        0 => format!("syntax error: {message}"),
        line => format!("{what}line {line}, column {}: {message}", location.column),
    };
    Error::new(kind, message)
}

/// A token as quoted in a message, without literals, which may be mail.
pub fn shown(sql: &str, piece: &Piece) -> String {
    const LONGEST: usize = 40;
    match &piece.token {
        Token::SingleQuotedString(_) | Token::NationalStringLiteral(_) => "a text literal".into(),
        Token::HexStringLiteral(_) => "a binary literal".into(),
        _ => {
            let text = &sql[piece.source.clone()];
            match text.char_indices().nth(LONGEST) {
                Some((end, _)) => format!("{}...", &text[..end]),
                None => text.to_owned(),
            }
        }
    }
}

pub fn lower_first(message: &str) -> String {
    let mut characters = message.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// Walks through the text once, from one location to the next.
struct Cursor<'a> {
    rest: std::str::Chars<'a>,
    length: usize,
    line: u64,
    column: u64,
}

impl<'a> Cursor<'a> {
    fn new(sql: &'a str) -> Self {
        Self {
            rest: sql.chars(),
            length: sql.len(),
            line: 1,
            column: 1,
        }
    }

    /// Moves to a location, which is never before the last one, and returns its byte offset.
    fn advance(&mut self, to: Location) -> usize {
        while (self.line, self.column) < (to.line, to.column) {
            match self.rest.next() {
                Some('\n') => {
                    self.line += 1;
                    self.column = 1;
                }
                Some(_) => self.column += 1,
                None => break,
            }
        }
        self.length - self.rest.as_str().len()
    }
}
