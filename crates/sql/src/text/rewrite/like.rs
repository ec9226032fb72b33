//! `LIKE` patterns with a backslash as escape character, the only one that the engine supports.

use super::super::call::call;
use super::super::lexer;
use crate::functions::{
    LIKE_PATTERN, NOT_ONE_CHARACTER, WRONG_ESCAPE, engine_pattern, escape_character,
};
use crate::{Error, ErrorKind};
use datafusion::sql::sqlparser::ast::{Expr, Ident, Value, ValueWithSpan};
use datafusion::sql::sqlparser::tokenizer::Span;

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
    let escape = escape_char.take();
    let is_constant = !matches!(&escape, Some(value) if is_marker(value));
    if let Some((text, span)) = constant(pattern).filter(|_| is_constant) {
        let escape = escape.as_ref().map(character).transpose()?;
        let invalid = || lexer::error(ErrorKind::InvalidEscape, span.start, WRONG_ESCAPE);
        *text = engine_pattern(text, escape).ok_or_else(invalid)?;
        return Ok(());
    }
    let computed = std::mem::replace(pattern.as_mut(), Expr::Value(Value::Null.with_empty_span()));
    let mut arguments = vec![computed];
    if let Some(escape) = escape {
        if is_constant {
            character(&escape)?;
        }
        arguments.push(Expr::Value(escape));
    }
    **pattern = call(Ident::new(LIKE_PATTERN), arguments);
    Ok(())
}

fn is_marker(value: &ValueWithSpan) -> bool {
    matches!(value.value, Value::Placeholder(_))
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

fn character(value: &ValueWithSpan) -> Result<char, Error> {
    let invalid = |message: &str| lexer::error(ErrorKind::InvalidEscape, value.span.start, message);
    let Value::SingleQuotedString(text) = &value.value else {
        return Err(invalid(
            "the escape character of LIKE has to be a text literal or a marker",
        ));
    };
    escape_character(text).ok_or_else(|| invalid(NOT_ONE_CHARACTER))
}
