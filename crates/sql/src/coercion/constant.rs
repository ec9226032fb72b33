//! Constants of a statement, converted while it is planned.

use crate::functions::datetime_parser::{self, Parsed};
use crate::functions::epoch::{self, DAY};
use crate::functions::type_families::{TIME, is_text};
use crate::{Error, ErrorKind};
use datafusion::arrow::datatypes::{DataType, TimeUnit};
use datafusion::common::ScalarValue;
use datafusion::logical_expr::{Expr, cast};
use exchange_config::Zone;

/// The text of a constant.
pub fn text(expr: &Expr) -> Option<&str> {
    let Expr::Literal(value, _) = expr else {
        return None;
    };
    value.try_as_str().flatten()
}

/// A constant text as a date, time or timestamp. One that says its offset stays a text that is cast: only the rule of the casts
/// ([`super::Conversions`]) knows the connection's zone.
pub fn moment(text: &str, target: &DataType) -> Result<Expr, Error> {
    let literal = || Expr::Literal(ScalarValue::from(text), None);
    match datetime_parser::parse(text) {
        Some(Parsed::Moment(_)) => Ok(cast(literal(), target.clone())),
        _ => moment_in(Zone::UTC, text, target),
    }
}

/// The same in a zone.
pub fn moment_in(zone: Zone, text: &str, target: &DataType) -> Result<Expr, Error> {
    let value = match target {
        DataType::Date32 => {
            datetime_parser::parse_date(text, zone).map(|days| ScalarValue::Date32(Some(days)))
        }
        DataType::Time64(TimeUnit::Microsecond) => datetime_parser::parse_time(text, zone)
            .map(|microseconds| ScalarValue::Time64Microsecond(Some(microseconds))),
        _ => datetime_parser::parse_timestamp(text, zone)
            .map(|microseconds| ScalarValue::TimestampMicrosecond(Some(microseconds), None)),
    };
    let wanted = match target {
        DataType::Date32 => "date",
        target if *target == TIME => "time",
        _ => "timestamp",
    };
    Ok(Expr::Literal(
        value.ok_or_else(|| epoch::not_a_moment(wanted))?,
        None,
    ))
}

/// Whether a constant text has a time, which a date cannot hold. One with an offset has another time in each zone.
pub fn has_time(text: &str) -> bool {
    match datetime_parser::parse(text) {
        Some(Parsed::Timestamp(local)) => local % DAY != 0,
        Some(Parsed::Moment(_)) => true,
        _ => false,
    }
}

/// A constant as a truth value; `None` for other constants.
pub fn truth(expr: &Expr) -> Option<bool> {
    let Expr::Literal(value, _) = expr else {
        return None;
    };
    if is_text(&value.data_type()) {
        return match text(expr)?.trim().to_ascii_lowercase().as_str() {
            "1" | "true" => Some(true),
            "0" | "false" => Some(false),
            _ => None,
        };
    }
    if let ScalarValue::Boolean(value) = value {
        return *value;
    }
    match value.cast_to(&DataType::Float64).ok()? {
        // Access writes -1 for true.
        ScalarValue::Float64(Some(1.0 | -1.0)) => Some(true),
        ScalarValue::Float64(Some(0.0)) => Some(false),
        _ => None,
    }
}

/// A constant text as a number: a whole one, an exact decimal one, or a floating one.
pub fn number(text: &str) -> Result<Expr, Error> {
    let text = text.trim();
    let value = (text
        .parse()
        .ok()
        .map(|whole| ScalarValue::Int64(Some(whole))))
    .or_else(|| decimal(text))
    .or_else(|| {
        let number: f64 = text.parse().ok()?;
        number
            .is_finite()
            .then_some(ScalarValue::Float64(Some(number)))
    });
    let value = value.ok_or_else(|| {
        Error::new(
            ErrorKind::InvalidCast,
            "a text that is no number is compared or computed with a number; write the number without \
             quotes, or convert the other side with CAST",
        )
    })?;
    Ok(Expr::Literal(value, None))
}

/// `-12.50`: digits with at most one point, at most 38 digits.
fn decimal(text: &str) -> Option<ScalarValue> {
    let (whole, fraction) = text.split_once('.')?;
    let digits = whole.strip_prefix(['-', '+']).unwrap_or(whole);
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let count = digits.len() + fraction.len();
    if !is_digits(digits) || !is_digits(fraction) || !(1..=38).contains(&count) {
        return None;
    }
    let unscaled: i128 = format!("{whole}{fraction}").parse().ok()?;
    let scale = i8::try_from(fraction.len()).ok()?;
    Some(ScalarValue::Decimal128(
        Some(unscaled),
        u8::try_from(count).ok()?,
        scale,
    ))
}

/// A constant number as text, as it was written.
pub fn number_text(expr: &Expr) -> Option<Expr> {
    let Expr::Literal(value, _) = expr else {
        return None;
    };
    let text = value.cast_to(&DataType::Utf8).ok()?;
    Some(Expr::Literal(text, None))
}
