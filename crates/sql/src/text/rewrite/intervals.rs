//! Converts interval literals of standard SQL (`INTERVAL '3 04:05' DAY TO MINUTE`) to the engine's
//! form (`INTERVAL '3 day 4 hour 5 minute'`).

use super::super::lexer;
use crate::{Error, ErrorKind};
use datafusion::sql::sqlparser::ast::{
    DateTimeField, Expr, Interval, UnaryOperator, Value, ValueWithSpan,
};
use datafusion::sql::sqlparser::tokenizer::Span;

/// Fields from the longest to the shortest, each with its separator from the previous one.
const YEAR_MONTH: &[(DateTimeField, char)] =
    &[(DateTimeField::Year, ' '), (DateTimeField::Month, '-')];
const DAY_SECOND: &[(DateTimeField, char)] = &[
    (DateTimeField::Day, ' '),
    (DateTimeField::Hour, ' '),
    (DateTimeField::Minute, ':'),
    (DateTimeField::Second, ':'),
];

pub fn rewrite(interval: &mut Interval) -> Result<(), Error> {
    // Precisions limit the digits of a value; they do not change it.
    interval.leading_precision = None;
    interval.fractional_seconds_precision = None;
    let Some((negative, text, span)) = signed_text(&interval.value) else {
        return Ok(());
    };
    let (text, negative) = match text.trim().strip_prefix('-') {
        Some(rest) => (rest.to_owned(), !negative),
        None => (text.trim().trim_start_matches('+').to_owned(), negative),
    };
    let Some(first) = interval.leading_field.clone() else {
        return if negative { Err(invalid(span)) } else { Ok(()) };
    };
    let last = interval.last_field.take().unwrap_or_else(|| first.clone());
    let sign = if negative { "-" } else { "" };
    let value = match fields(&first, &last) {
        Some(fields) => in_words(&text, fields, sign).ok_or_else(|| invalid(span))?,
        None => format!("{sign}{text} {first}"),
    };
    interval.leading_field = None;
    *interval.value = Expr::Value(ValueWithSpan {
        value: Value::SingleQuotedString(value),
        span,
    });
    Ok(())
}

/// Puts an interval with a minus before it in parentheses; the engine's planner would apply the
/// minus to the first field only.
pub fn keep_together(interval: &mut Expr) {
    let inside = std::mem::replace(interval, Expr::Value(Value::Null.with_empty_span()));
    *interval = Expr::Nested(Box::new(inside));
}

fn signed_text(value: &Expr) -> Option<(bool, &str, Span)> {
    match value {
        Expr::UnaryOp {
            op: UnaryOperator::Minus,
            expr,
        } => signed_text(expr).map(|(negative, text, span)| (!negative, text, span)),
        Expr::UnaryOp {
            op: UnaryOperator::Plus,
            expr,
        } => signed_text(expr),
        Expr::Value(ValueWithSpan {
            value: Value::SingleQuotedString(text),
            span,
        }) => Some((false, text, *span)),
        _ => None,
    }
}

/// The fields from the first to the last, if both belong to the same kind of interval.
fn fields(first: &DateTimeField, last: &DateTimeField) -> Option<&'static [(DateTimeField, char)]> {
    [YEAR_MONTH, DAY_SECOND].into_iter().find_map(|fields| {
        let start = fields.iter().position(|(field, _)| field == first)?;
        let end = fields.iter().position(|(field, _)| field == last)?;
        (start <= end).then(|| &fields[start..=end])
    })
}

fn in_words(text: &str, fields: &[(DateTimeField, char)], sign: &str) -> Option<String> {
    let mut rest = text;
    let mut words = Vec::new();
    for (index, (field, _)) in fields.iter().enumerate() {
        let value = match fields.get(index + 1) {
            Some((_, separator)) => {
                let (value, after) = rest.split_once(*separator)?;
                rest = after;
                value
            }
            None => rest,
        };
        let digits = value
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
        if value.is_empty() || !digits || value.parse::<f64>().is_err() {
            return None;
        }
        words.push(format!("{sign}{value} {field}").to_lowercase());
    }
    Some(words.join(" "))
}

fn invalid(span: Span) -> Error {
    lexer::error(
        ErrorKind::InvalidDatetime,
        span.start,
        "not a valid interval; intervals are written as in INTERVAL '3 04:05:06' DAY TO SECOND",
    )
}
