//! Converts a value to text or bytes: the rows `SQL_C_CHAR`, `SQL_C_WCHAR` and `SQL_C_BINARY` of
//! the tables "SQL to C" of appendix D.

use super::content::{Content, Variable};
use super::datetime;
use super::datum::Datum;
use super::error::ConversionError;
use super::interval::IntervalKind;
use super::length::CharLen;
use super::number::IntegerType;
use super::target::Target;
use super::to_c::{Slot, fixed};
use super::{interval_text, number_text};
use exchange_sql::{ColumnType, Zone};

/// A number, moment, interval or GUID as text. Formatted values are written to `text`, which is
/// empty.
pub fn text<'a>(
    datum: Datum<'a>,
    column: ColumnType,
    text: &'a mut String,
) -> Result<Variable<'a>, ConversionError> {
    if let Datum::Guid(guid) = datum {
        return Ok(Variable {
            content: Content::Text(guid),
            minimum: CharLen(guid.len()),
        });
    }
    let minimum = format(datum, column, text)?;
    Ok(Variable {
        content: Content::Text(text),
        minimum,
    })
}

/// Appends the text form; returns how many characters must not be cut off.
pub fn format(
    datum: Datum<'_>,
    column: ColumnType,
    text: &mut String,
) -> Result<CharLen, ConversionError> {
    Ok(match datum {
        Datum::Bit(value) => number_text::write_integer(text, value.into()),
        Datum::Integer(value) => number_text::write_integer(text, value),
        Datum::Decimal(value) => number_text::write_decimal(text, value),
        Datum::Real(value) => number_text::write_f32(text, value),
        Datum::Double(value) => number_text::write_f64(text, value),
        Datum::Date(days) => {
            datetime::write_date(text, days.into())?;
            CharLen(10)
        }
        Datum::Time(time) => {
            datetime::write_time(text, time, fraction_digits(column));
            CharLen(8)
        }
        Datum::Timestamp(timestamp) => {
            datetime::write_timestamp(text, timestamp, fraction_digits(column))?;
            CharLen(19)
        }
        Datum::Months(months) => {
            interval_text::write_months(text, months, IntervalKind::YearToMonth)
        }
        Datum::DayTime(value) => {
            interval_text::write_day_time(text, value, IntervalKind::DayToSecond)
        }
        Datum::Text(_) | Datum::Binary(_) | Datum::Guid(_) => {
            return Err(ConversionError::Restricted);
        }
    })
}

fn fraction_digits(column: ColumnType) -> u8 {
    match column {
        ColumnType::Time { fraction_digits } | ColumnType::Timestamp { fraction_digits } => {
            fraction_digits
        }
        _ => 6,
    }
}

/// A number, moment, interval or GUID as the bytes of its own C type, which must fit as a whole.
pub fn binary<'a>(
    datum: Datum<'a>,
    column: ColumnType,
    bytes: &'a mut Vec<u8>,
) -> Result<Variable<'a>, ConversionError> {
    let target = own_target(column);
    let mut slot = Slot::default();
    // Texts are no part of this.
    fixed(datum, target, Zone::UTC, &mut slot)?;
    bytes.extend_from_slice(&slot[..target.size().unwrap_or_default()]);
    Ok(Variable {
        content: Content::Bytes(bytes),
        minimum: CharLen(bytes.len()),
    })
}

/// The C type that holds all of the column's values.
fn own_target(column: ColumnType) -> Target {
    let interval = |kind| Target::Interval {
        kind,
        leading_precision: 10,
        fraction_digits: 6,
    };
    match column {
        ColumnType::Bit => Target::Bit,
        ColumnType::TinyInt => Target::Integer(IntegerType::I8),
        ColumnType::SmallInt => Target::Integer(IntegerType::I16),
        ColumnType::Integer => Target::Integer(IntegerType::I32),
        ColumnType::BigInt => Target::Integer(IntegerType::I64),
        ColumnType::Decimal { scale, .. } => Target::Numeric {
            precision: 38,
            scale,
        },
        ColumnType::Real => Target::Float,
        ColumnType::Double => Target::Double,
        ColumnType::Date => Target::Date,
        ColumnType::Time { .. } => Target::Time,
        ColumnType::Timestamp { .. } => Target::Timestamp,
        ColumnType::Guid => Target::Guid,
        ColumnType::IntervalYearMonth => interval(IntervalKind::YearToMonth),
        ColumnType::IntervalDaySecond => interval(IntervalKind::DayToSecond),
        ColumnType::Varchar { .. }
        | ColumnType::LongVarchar
        | ColumnType::Varbinary { .. }
        | ColumnType::LongVarbinary => Target::Binary,
    }
}
