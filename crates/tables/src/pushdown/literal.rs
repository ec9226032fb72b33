//! Constants of a predicate, in any Arrow type of the planner.

use datafusion::common::ScalarValue;
use datafusion::logical_expr::Expr;

/// Microseconds since 1970-01-01T00:00:00 UTC.
pub type Microseconds = i64;

const MICROSECONDS_PER_DAY: i64 = 86_400_000_000;

pub fn text(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Literal(
            ScalarValue::Utf8(Some(text))
            | ScalarValue::Utf8View(Some(text))
            | ScalarValue::LargeUtf8(Some(text)),
            _,
        ) => Some(text),
        _ => None,
    }
}

pub fn boolean(expr: &Expr) -> Option<bool> {
    match expr {
        Expr::Literal(ScalarValue::Boolean(Some(value)), _) => Some(*value),
        _ => None,
    }
}

/// A whole number of any width; `None` for one that is larger than those of reports.
pub fn whole_number(expr: &Expr) -> Option<i32> {
    let Expr::Literal(value, _) = expr else {
        return None;
    };
    match value {
        ScalarValue::Int8(Some(value)) => Some((*value).into()),
        ScalarValue::Int16(Some(value)) => Some((*value).into()),
        ScalarValue::Int32(Some(value)) => Some(*value),
        ScalarValue::Int64(Some(value)) => i32::try_from(*value).ok(),
        _ => None,
    }
}

/// A moment; `None` also for units finer than microseconds.
pub fn moment(expr: &Expr) -> Option<Microseconds> {
    let Expr::Literal(value, _) = expr else {
        return None;
    };
    match value {
        ScalarValue::TimestampSecond(Some(value), _) => value.checked_mul(1_000_000),
        ScalarValue::TimestampMillisecond(Some(value), _) => value.checked_mul(1_000),
        ScalarValue::TimestampMicrosecond(Some(value), _) => Some(*value),
        ScalarValue::TimestampNanosecond(Some(value), _) if value % 1_000 == 0 => {
            Some(value.div_euclid(1_000))
        }
        ScalarValue::Date32(Some(days)) => i64::from(*days).checked_mul(MICROSECONDS_PER_DAY),
        _ => None,
    }
}

/// Whether the expression is NULL itself.
pub fn is_null(expr: &Expr) -> bool {
    matches!(expr, Expr::Literal(value, _) if value.is_null())
}
