//! Converts a parameter's buffer to a value for the engine: the tables "C to SQL" of appendix D.

use super::datetime::{self, split, today};
use super::datetime_text::{self, Moment};
use super::datum::Datum;
use super::error::ConversionError;
use super::from_c::decode;
use super::interval::IntervalKind;
use super::interval_text;
use super::length::{ByteLen, CharLen};
use super::number::IntegerType;
use super::number::{self, Decimal, Literal};
use super::target::{Refinement, Target, default_c_type};
use super::to_c::{self, Slot};
use super::to_text;
use super::{guid, numeric};
use crate::odbc::constants::sql_type;
use crate::odbc::text::{Encoding, Form};
use exchange_sql::{ColumnType, Value, Zone};

/// The application's description of a parameter (`SQLBindParameter`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParameterType {
    /// Concise SQL type, in the numbers of ODBC 2 or 3.
    pub sql_type: i16,
    /// Characters, bytes or digits; 0 if not given.
    pub column_size: usize,
    pub decimal_digits: i16,
    /// Where texts that say their offset are shown
    pub zone: Zone,
}

/// Converts a parameter's bytes, without a terminator. The caller handles NULL.
pub fn to_value(
    source: Target,
    parameter: ParameterType,
    bytes: &[u8],
) -> Result<Value, ConversionError> {
    if source == Target::Binary {
        return of_binary(parameter, bytes);
    }
    let mut text = String::new();
    let datum = match (source, parameter.sql_type) {
        // The date in the structure is ignored, because applications leave it unset.
        (Target::Timestamp, sql_type::TYPE_TIME | sql_type::TIME2) => {
            Datum::Time(datetime::decode_timestamp_time(bytes)?)
        }
        // The tables have different SQLSTATEs for text and dates.
        (_, kind) if is_text(kind) => {
            decode(source, bytes, &mut text).map_err(|error| match error {
                ConversionError::InvalidDatetime => ConversionError::DatetimeOverflow,
                other => other,
            })?
        }
        _ => decode(source, bytes, &mut text)?,
    };
    of_datum(datum, source, parameter)
}

pub(super) const fn is_text(sql_type: i16) -> bool {
    matches!(
        sql_type,
        sql_type::CHAR
            | sql_type::VARCHAR
            | sql_type::LONGVARCHAR
            | sql_type::WCHAR
            | sql_type::WVARCHAR
            | sql_type::WLONGVARCHAR
    )
}

/// Binary data for another type is that type's C structure.
fn of_binary(parameter: ParameterType, bytes: &[u8]) -> Result<Value, ConversionError> {
    let source = match parameter.sql_type {
        sql_type::BINARY | sql_type::VARBINARY | sql_type::LONGVARBINARY | sql_type::UNKNOWN => {
            return binary_value(bytes.to_vec(), parameter);
        }
        sql_type::WCHAR | sql_type::WVARCHAR | sql_type::WLONGVARCHAR => Target::Text(Form::Utf16),
        sql_type::DECIMAL | sql_type::NUMERIC => Target::Numeric {
            precision: 38,
            scale: 0,
        },
        other => Target::new(
            default_c_type(other),
            Refinement::default(),
            Encoding::default(),
        )
        .ok_or(ConversionError::Restricted)?,
    };
    let mut text = String::new();
    of_datum(decode(source, bytes, &mut text)?, source, parameter)
}

fn of_datum(
    datum: Datum<'_>,
    source: Target,
    parameter: ParameterType,
) -> Result<Value, ConversionError> {
    match parameter.sql_type {
        kind if is_text(kind) => text_value(datum, source, parameter),
        sql_type::TINYINT => integer_value(datum, source, IntegerType::I8),
        sql_type::SMALLINT => integer_value(datum, source, IntegerType::I16),
        sql_type::INTEGER => integer_value(datum, source, IntegerType::I32),
        sql_type::BIGINT => integer_value(datum, source, IntegerType::I64),
        sql_type::DECIMAL | sql_type::NUMERIC => decimal_value(datum, source, parameter),
        sql_type::REAL => to_double(datum).and_then(|value| {
            number::narrow(value)?;
            Ok(Value::Double(value))
        }),
        sql_type::FLOAT | sql_type::DOUBLE => to_double(datum).map(Value::Double),
        sql_type::BIT => bit_value(datum),
        sql_type::BINARY | sql_type::VARBINARY | sql_type::LONGVARBINARY => match datum {
            Datum::Text(text) => binary_value(from_hex(text)?, parameter),
            _ => Err(ConversionError::Restricted),
        },
        sql_type::TYPE_DATE | sql_type::DATE2 => date_value(datum, parameter.zone),
        sql_type::TYPE_TIME | sql_type::TIME2 => time_value(datum, parameter.zone),
        sql_type::TYPE_TIMESTAMP | sql_type::TIMESTAMP2 => timestamp_value(datum, parameter.zone),
        sql_type::GUID => match datum {
            Datum::Text(text) => guid::to_text(&guid::parse(text)?).map(Value::Text),
            Datum::Guid(text) => Ok(Value::Text(text.to_owned())),
            _ => Err(ConversionError::Restricted),
        },
        sql_type::INTERVAL_YEAR..=sql_type::INTERVAL_MINUTE_TO_SECOND => {
            Err(ConversionError::NotSupported)
        }
        sql_type::UNKNOWN => natural_value(datum, source),
        _ => Err(ConversionError::NotSupported),
    }
}

/// Checks that text is not longer than declared. Characters are counted: an application that
/// declares bytes or UTF-16 units declares no fewer.
fn bounded(text: String, parameter: ParameterType) -> Result<Value, ConversionError> {
    let limit = CharLen(parameter.column_size);
    let fits = limit.0 == 0 || text.len() <= limit.0 || CharLen(text.chars().count()) <= limit;
    if fits {
        Ok(Value::Text(text))
    } else {
        Err(ConversionError::TooLong)
    }
}

fn text_value(
    datum: Datum<'_>,
    source: Target,
    parameter: ParameterType,
) -> Result<Value, ConversionError> {
    let mut out = String::new();
    match (datum, source) {
        (Datum::Text(text) | Datum::Guid(text), _) => out.push_str(text),
        (Datum::Months(months), Target::Interval { kind, .. }) => {
            interval_text::write_months(&mut out, months, kind);
        }
        (Datum::DayTime(value), Target::Interval { kind, .. }) => {
            interval_text::write_day_time(&mut out, value, kind);
        }
        (Datum::Timestamp(timestamp), _) => {
            // As many digits as the value has; trailing zeros do not count.
            let digits = if timestamp % datetime::MICROSECONDS_PER_SECOND == 0 {
                0
            } else {
                6
            };
            let column = ColumnType::Timestamp {
                fraction_digits: digits,
            };
            to_text::format(datum, column, &mut out)?;
        }
        (datum, _) => {
            to_text::format(datum, ColumnType::Time { fraction_digits: 0 }, &mut out)?;
        }
    }
    bounded(out, parameter)
}

fn binary_value(bytes: Vec<u8>, parameter: ParameterType) -> Result<Value, ConversionError> {
    let limit = ByteLen(parameter.column_size);
    match limit.0 == 0 || ByteLen(bytes.len()) <= limit {
        true => Ok(Value::Binary(bytes)),
        false => Err(ConversionError::TooLong),
    }
}

/// Pairs of hexadecimal digits; as the reference says, the last digit of an odd number is ignored.
fn from_hex(text: &str) -> Result<Vec<u8>, ConversionError> {
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    text.as_bytes()
        .chunks_exact(2)
        .map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?))
        .collect::<Option<Vec<u8>>>()
        .ok_or(ConversionError::InvalidText)
}

/// The exact number times `10^scale`. Text must not lose digits (22001), but other numbers lose
/// fractions silently, as the tables of appendix D say. Text must not lose whole digits either
/// ([`of_text`]).
fn scaled(datum: Datum<'_>, source: Target, scale: i8) -> Result<i128, ConversionError> {
    match datum {
        Datum::Text(text) => {
            let cut = Literal::parse(text)?.scaled(scale)?;
            if cut.lost {
                Err(ConversionError::TooLong)
            } else {
                Ok(cut.value)
            }
        }
        Datum::Months(_) | Datum::DayTime(_) => {
            let decimal = single_field(datum, source)?;
            Ok(decimal.rescale(scale)?.value)
        }
        other => Ok(to_c::scaled(other, scale)?.value),
    }
}

/// An interval of one field as a number of its unit.
fn single_field(datum: Datum<'_>, source: Target) -> Result<Decimal, ConversionError> {
    let Target::Interval { kind, .. } = source else {
        return Err(ConversionError::Restricted);
    };
    if !kind.is_single_field() {
        return Err(ConversionError::Restricted);
    }
    Ok(match (datum, kind.fields()) {
        (Datum::Months(months), _) if kind == IntervalKind::Year => Decimal {
            unscaled: (months / 12).into(),
            scale: 0,
        },
        (Datum::Months(months), _) => Decimal {
            unscaled: months.into(),
            scale: 0,
        },
        (Datum::DayTime(value), Some((field, _))) => {
            let billionths = value * 1_000_000_000 / field.nanoseconds();
            Decimal {
                unscaled: billionths,
                scale: 9,
            }
        }
        _ => return Err(ConversionError::Restricted),
    })
}

/// An exact number that is too large is 22003, but 22001 if it came as text.
fn of_text(datum: Datum<'_>, error: ConversionError) -> ConversionError {
    match (datum, error) {
        (Datum::Text(_), ConversionError::NumericOutOfRange) => ConversionError::TooLong,
        (_, other) => other,
    }
}

fn integer_value(
    datum: Datum<'_>,
    source: Target,
    integer: IntegerType,
) -> Result<Value, ConversionError> {
    let value = match datum {
        // Digits do not decide: a double beyond 38 digits is out of range, too.
        Datum::Double(value) => number::whole_of_f64(value)?.value,
        Datum::Real(value) => number::whole_of_f64(value.into())?.value,
        other => scaled(other, source, 0).map_err(|error| of_text(datum, error))?,
    };
    number::put_integer(value, integer, &mut Slot::default())
        .map_err(|error| of_text(datum, error))?;
    i64::try_from(value)
        .map(Value::Integer)
        .map_err(|_| ConversionError::NumericOutOfRange)
}

fn decimal_value(
    datum: Datum<'_>,
    source: Target,
    parameter: ParameterType,
) -> Result<Value, ConversionError> {
    const MAX_PRECISION: usize = 38;
    if parameter.column_size == 0 {
        return natural_decimal(datum, source).map_err(|error| of_text(datum, error));
    }
    let precision = parameter.column_size.min(MAX_PRECISION) as u8;
    let scale = parameter.decimal_digits.clamp(-38, 38) as i8;
    let unscaled = scaled(datum, source, scale).map_err(|error| of_text(datum, error))?;
    numeric::encode(unscaled, precision, scale).map_err(|error| of_text(datum, error))?;
    Ok(Value::Decimal { unscaled, scale })
}

/// The number with all its digits.
fn natural_decimal(datum: Datum<'_>, source: Target) -> Result<Value, ConversionError> {
    let decimal = match datum {
        Datum::Bit(value) => Decimal {
            unscaled: value.into(),
            scale: 0,
        },
        Datum::Integer(value) => Decimal {
            unscaled: value.into(),
            scale: 0,
        },
        Datum::Decimal(decimal) => decimal,
        Datum::Text(text) => Literal::parse(text)?.to_decimal()?,
        Datum::Real(value) => number::shortest(value)?,
        Datum::Double(value) => number::shortest(value)?,
        other => single_field(other, source)?,
    };
    numeric::encode(decimal.unscaled, 38, decimal.scale)?;
    Ok(Value::Decimal {
        unscaled: decimal.unscaled,
        scale: decimal.scale,
    })
}

fn to_double(datum: Datum<'_>) -> Result<f64, ConversionError> {
    match datum {
        Datum::Months(_) | Datum::DayTime(_) => Err(ConversionError::Restricted),
        other => to_c::to_f64(other),
    }
}

fn bit_value(datum: Datum<'_>) -> Result<Value, ConversionError> {
    let mut slot = Slot::default();
    match to_c::fixed(datum, Target::Bit, Zone::UTC, &mut slot)? {
        Some(_) => Err(ConversionError::TooLong),
        None => Ok(Value::Bit(slot[0] == 1)),
    }
}

/// The moment of a literal. Non-zero digits of its seconds must not be lost.
fn moment_of(text: &str, zone: Zone) -> Result<Moment, ConversionError> {
    let cut = datetime_text::parse(text, zone)?;
    match cut.lost {
        true => Err(ConversionError::DatetimeOverflow),
        false => Ok(cut.value),
    }
}

fn date_value(datum: Datum<'_>, zone: Zone) -> Result<Value, ConversionError> {
    let timestamp = match datum {
        Datum::Date(days) => return Ok(Value::Date(days)),
        Datum::Timestamp(timestamp) => timestamp,
        Datum::Text(text) => match moment_of(text, zone)? {
            Moment::Date(days) => return Ok(Value::Date(days)),
            Moment::Timestamp(timestamp) => timestamp,
            Moment::Time(_) => return Err(ConversionError::InvalidText),
        },
        _ => return Err(ConversionError::Restricted),
    };
    match split(timestamp) {
        (days, 0) => i32::try_from(days)
            .map(Value::Date)
            .map_err(|_| ConversionError::DatetimeOverflow),
        _ => Err(ConversionError::DatetimeOverflow),
    }
}

fn time_value(datum: Datum<'_>, zone: Zone) -> Result<Value, ConversionError> {
    match datum {
        Datum::Time(time) => Ok(Value::Time(time)),
        Datum::Timestamp(timestamp) => Ok(Value::Time(split(timestamp).1)),
        Datum::Text(text) => match moment_of(text, zone)? {
            Moment::Time(time) => Ok(Value::Time(time)),
            Moment::Timestamp(timestamp) => Ok(Value::Time(split(timestamp).1)),
            Moment::Date(_) => Err(ConversionError::InvalidText),
        },
        _ => Err(ConversionError::Restricted),
    }
}

fn timestamp_value(datum: Datum<'_>, zone: Zone) -> Result<Value, ConversionError> {
    Ok(Value::Timestamp(match datum {
        Datum::Timestamp(timestamp) => timestamp,
        Datum::Date(days) => datetime::join(days, 0),
        Datum::Time(time) => datetime::join(today(zone), time),
        Datum::Text(text) => moment_of(text, zone)?.timestamp(zone),
        _ => return Err(ConversionError::Restricted),
    }))
}

/// The value without conversion, if the application named no SQL type.
fn natural_value(datum: Datum<'_>, source: Target) -> Result<Value, ConversionError> {
    Ok(match datum {
        Datum::Bit(value) => Value::Bit(value),
        Datum::Integer(value) => Value::Integer(value),
        Datum::Decimal(_) => return natural_decimal(datum, source),
        Datum::Real(value) => Value::Double(value.into()),
        Datum::Double(value) => Value::Double(value),
        Datum::Text(text) | Datum::Guid(text) => Value::Text(text.to_owned()),
        Datum::Binary(bytes) => Value::Binary(bytes.to_vec()),
        Datum::Date(days) => Value::Date(days),
        Datum::Time(time) => Value::Time(time),
        Datum::Timestamp(timestamp) => Value::Timestamp(timestamp),
        Datum::Months(_) | Datum::DayTime(_) => return Err(ConversionError::NotSupported),
    })
}
