//! `LIKE` patterns in the engine's spelling.
//!
//! The engine always escapes with a backslash; in SQL only `ESCAPE '\\'` does that.

use crate::functions::call::{Call, Written};
use crate::functions::definition::Parameter::Text;
use crate::functions::definition::{Function, Returns};
use crate::{Error, ErrorKind};
use datafusion::arrow::array::ArrayRef;

pub const NOT_ONE_CHARACTER: &str = "the escape character of LIKE has to be exactly one character";
pub const WRONG_ESCAPE: &str =
    "the escape character of a LIKE pattern has to come before %, _ or itself";

/// A name that only the text layer writes.
pub const LIKE_PATTERN: &str = "=like_pattern";

/// The pattern of a LIKE that is only known at run time, and its escape character.
pub const FUNCTION: Function =
    Function::new(LIKE_PATTERN, &[Text, Text], Returns::Text, run).required(1);

fn run(call: &Call) -> Result<ArrayRef, Error> {
    let patterns = call.text(0);
    call.write(|row, text| {
        let escape = match call.count() {
            1 => None,
            _ => Some(escape_character(call.text(1).value(row)).ok_or_else(not_one_character)?),
        };
        let pattern = engine_pattern(patterns.value(row), escape).ok_or_else(wrong_escape)?;
        text.push_str(&pattern);
        Ok(Written::Text)
    })
}

/// The only character of a text.
pub fn escape_character(text: &str) -> Option<char> {
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) => Some(character),
        _ => None,
    }
}

/// The pattern with a backslash as escape character; `None` if the escape character precedes a
/// character that needs no escape.
pub fn engine_pattern(pattern: &str, escape: Option<char>) -> Option<String> {
    let mut output = String::with_capacity(pattern.len());
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        if Some(character) == escape {
            let escaped = characters
                .next()
                .filter(|next| matches!(next, '%' | '_') || Some(*next) == escape)?;
            push(&mut output, escaped);
        } else if character == '\\' {
            output.push_str("\\\\");
        } else {
            output.push(character);
        }
    }
    Some(output)
}

/// A literal character.
fn push(output: &mut String, character: char) {
    if matches!(character, '%' | '_' | '\\') {
        output.push('\\');
    }
    output.push(character);
}

fn not_one_character() -> Error {
    Error::new(ErrorKind::InvalidEscape, NOT_ONE_CHARACTER)
}

fn wrong_escape() -> Error {
    Error::new(ErrorKind::InvalidEscape, WRONG_ESCAPE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Debug, PartialEq)]
    enum Part {
        Any,
        One,
        Text(char),
    }

    /// The parts of a pattern; `None` if an escape character precedes anything else.
    fn meaning(pattern: &str, escape: Option<char>) -> Option<Vec<Part>> {
        let mut parts = Vec::new();
        let mut characters = pattern.chars();
        while let Some(character) = characters.next() {
            parts.push(match character {
                _ if Some(character) == escape => {
                    let next = characters.next()?;
                    if !matches!(next, '%' | '_') && Some(next) != escape {
                        return None;
                    }
                    Part::Text(next)
                }
                '%' => Part::Any,
                '_' => Part::One,
                _ => Part::Text(character),
            });
        }
        Some(parts)
    }

    proptest! {
        #[test]
        fn a_rewritten_pattern_means_the_same(
            pattern in "[ab%_!\\\\]{0,12}",
            escape in prop::option::of(prop::sample::select(vec!['!', '\\', '%', '_', 'a'])),
        ) {
            let rewritten = engine_pattern(&pattern, escape);
            let expected = meaning(&pattern, escape);
            prop_assert_eq!(rewritten.is_some(), expected.is_some());
            if let Some(rewritten) = rewritten {
                prop_assert_eq!(meaning(&rewritten, Some('\\')), expected);
            }
        }
    }
}
