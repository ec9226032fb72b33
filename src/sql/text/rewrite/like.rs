//! `LIKE` patterns with a backslash as escape character.
//!
//! The engine always escapes with a backslash; SQL does so only when `ESCAPE '\'` says it. Patterns are
//! rewritten so that both mean the same.

use super::super::dialect::call;
use super::super::lexer;
use crate::sql::{Error, ErrorKind};
use datafusion::sql::sqlparser::ast::{Expr, Ident, Value, ValueWithSpan};
use datafusion::sql::sqlparser::tokenizer::Span;

/// Stands for an escaped escape character while others are replaced; no text contains it.
const SENTINEL: &str = "\u{FFFF}";

/// Rewrites the pattern of a `LIKE` or `ILIKE`.
pub fn rewrite(expr: &mut Expr) -> Result<(), Error> {
    let (Expr::Like {
        pattern,
        escape_char,
        ..
    }
    | Expr::ILike {
        pattern,
        escape_char,
        ..
    }) = expr
    else {
        return Ok(());
    };
    let escape = escape_char
        .take()
        .map(|value| escape_character(&value))
        .transpose()?;
    if let Some((text, span)) = constant(pattern) {
        *text = constant_pattern(text, escape, *span)?;
        return Ok(());
    }
    let computed = std::mem::replace(pattern.as_mut(), Expr::Value(Value::Null.with_empty_span()));
    **pattern = computed_pattern(computed, escape);
    Ok(())
}

fn constant(pattern: &mut Expr) -> Option<(&mut String, &Span)> {
    match pattern {
        Expr::Value(ValueWithSpan {
            value: Value::SingleQuotedString(text),
            span,
        }) => Some((text, span)),
        Expr::Nested(inner) => constant(inner),
        _ => None,
    }
}

fn escape_character(value: &ValueWithSpan) -> Result<char, Error> {
    let invalid = |message: &str| {
        Err(lexer::error(
            ErrorKind::InvalidEscape,
            value.span.start,
            message,
        ))
    };
    let Value::SingleQuotedString(text) = &value.value else {
        return invalid("the escape character of LIKE has to be a text literal");
    };
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) => Ok(character),
        _ => invalid("the escape character of LIKE has to be exactly one character"),
    }
}

fn constant_pattern(pattern: &str, escape: Option<char>, span: Span) -> Result<String, Error> {
    let mut output = String::with_capacity(pattern.len());
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        if Some(character) == escape {
            let escaped = characters
                .next()
                .filter(|next| matches!(next, '%' | '_') || Some(*next) == escape);
            let Some(escaped) = escaped else {
                return Err(lexer::error(
                    ErrorKind::InvalidEscape,
                    span.start,
                    "the escape character of a LIKE pattern has to come before %, _ or itself",
                ));
            };
            push(&mut output, escaped);
        } else if character == '\\' {
            output.push_str("\\\\");
        } else {
            output.push(character);
        }
    }
    Ok(output)
}

/// A character that stands for itself.
fn push(output: &mut String, character: char) {
    if matches!(character, '%' | '_' | '\\') {
        output.push('\\');
    }
    output.push(character);
}

/// The same for a pattern that is known only when the statement runs.
fn computed_pattern(pattern: Expr, escape: Option<char>) -> Expr {
    let Some(escape) = escape else {
        return replace(pattern, "\\", "\\\\");
    };
    if escape == '\\' {
        return pattern;
    }
    let mut itself = String::new();
    push(&mut itself, escape);
    let escape = escape.to_string();
    let pattern = replace(pattern, "\\", "\\\\");
    let pattern = replace(pattern, &escape.repeat(2), SENTINEL);
    let pattern = replace(pattern, &escape, "\\");
    replace(pattern, SENTINEL, &itself)
}

fn replace(text: Expr, from: &str, to: &str) -> Expr {
    let literal =
        |text: &str| Expr::Value(Value::SingleQuotedString(text.to_owned()).with_empty_span());
    call(
        Ident::new("replace"),
        vec![text, literal(from), literal(to)],
    )
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

    /// What a pattern means; `None` if an escape character stands before something else.
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
            let rewritten = constant_pattern(&pattern, escape, Span::empty()).ok();
            let expected = meaning(&pattern, escape);
            prop_assert_eq!(rewritten.is_some(), expected.is_some());
            if let Some(rewritten) = rewritten {
                prop_assert_eq!(meaning(&rewritten, Some('\\')), expected);
            }
        }
    }
}
