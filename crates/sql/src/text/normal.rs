//! Numbered markers and lower-case names.
//!
//! Names match without case, so every word is lower-cased before the parser sees it; keywords were
//! recognized before that. The first spelling of each is kept for column labels.

use super::lexer::{self, Piece};
use crate::Error;
use datafusion::sql::sqlparser::dialect::Dialect;
use datafusion::sql::sqlparser::tokenizer::{Token, Word};
use std::collections::HashMap;

/// The markers and names that were found.
pub struct Names {
    pub parameter_count: usize,
    /// Names in lower case, and their first spelling.
    pub spellings: HashMap<String, String>,
}

/// Rewrites the tokens of one statement in place.
pub fn normalize(sql: &str, pieces: &mut [Piece]) -> Result<Names, Error> {
    let mut names = Names {
        parameter_count: 0,
        spellings: HashMap::new(),
    };
    for piece in pieces {
        let refuse = |message: &str| Err(lexer::syntax(piece.span.start, message));
        match &mut piece.token {
            Token::Word(word) => {
                if let Some(problem) = problem(word) {
                    return refuse(problem);
                }
                let lower = word.value.to_lowercase();
                let spelling = std::mem::replace(&mut word.value, lower.clone());
                names.spellings.entry(lower).or_insert(spelling);
            }
            Token::Placeholder(marker) if marker == "?" => {
                names.parameter_count += 1;
                *marker = format!("${}", names.parameter_count);
            }
            Token::Placeholder(_) | Token::Colon | Token::AtSign | Token::AtAt => {
                let found = lexer::shown(sql, piece);
                return refuse(&format!(
                    "found {found}; parameters are written ?, variables do not exist"
                ));
            }
            Token::NationalStringLiteral(text) => {
                piece.token = Token::SingleQuotedString(std::mem::take(text));
            }
            Token::HexStringLiteral(digits) => {
                let whole = digits.len() % 2 == 0;
                if !whole || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                    return refuse("a binary literal needs an even number of hexadecimal digits");
                }
            }
            _ => {}
        }
    }
    Ok(names)
}

fn problem(word: &Word) -> Option<&'static str> {
    if word.value.is_empty() {
        return Some("a quoted name is empty");
    }
    let dialect = super::dialect::OdbcDialect::LEFT_TO_RIGHT;
    let odd = |character| !dialect.is_identifier_part(character);
    (word.quote_style.is_none() && word.value.chars().any(odd)).then_some("expected a name after #")
}
