//! A value becomes a C type: the tables "SQL to C" of appendix D.

use super::content::Variable;
use super::datetime::{self, Clock, MICROSECONDS_PER_DAY, split, today};
use super::datetime_text::{self, Moment};
use super::datum::Datum;
use super::error::{ConversionError, Warning};
use super::interval::{self, Field, Interval, IntervalKind, Precision};
use super::interval_text;
use super::number::{self, Cut, Decimal, Literal};
use super::target::{IntegerType, Target};
use super::{guid, numeric};
use crate::sql::ColumnType;

/// A converted value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Converted<'a> {
    Fixed(Fixed),
    Variable(Variable<'a>),
}

/// A value of a C type of fixed size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fixed {
    bytes: [u8; interval::SIZE],
    length: usize,
    pub warning: Option<Warning>,
}

impl Fixed {
    #[inline]
    fn new<const N: usize>(value: [u8; N]) -> Self {
        let mut bytes = [0; interval::SIZE];
        bytes[..N].copy_from_slice(&value);
        Self {
            bytes,
            length: N,
            warning: None,
        }
    }

    #[inline]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    fn losing(mut self, fraction: bool) -> Self {
        self.warning = fraction.then_some(Warning::FractionTruncated);
        self
    }
}

type Outcome = Result<Fixed, ConversionError>;

/// Whether the tables of appendix D have the pair.
pub fn is_supported(column: ColumnType, target: Target) -> bool {
    use ColumnType as C;
    if matches!(target, Target::Text(_) | Target::Binary) {
        return true;
    }
    let number = matches!(
        target,
        Target::Bit | Target::Integer(_) | Target::Float | Target::Double | Target::Numeric { .. }
    );
    match column {
        C::Varchar { .. } | C::LongVarchar => true,
        C::Bit | C::Real | C::Double => number,
        C::TinyInt | C::SmallInt | C::Integer | C::BigInt | C::Decimal { .. } => {
            number || matches!(target, Target::Interval { kind, .. } if kind.is_single_field())
        }
        C::Varbinary { .. } | C::LongVarbinary => false,
        C::Date => matches!(target, Target::Date | Target::Timestamp),
        C::Time { .. } => matches!(target, Target::Time | Target::Timestamp),
        C::Timestamp { .. } => matches!(target, Target::Date | Target::Time | Target::Timestamp),
        C::Guid => target == Target::Guid,
        C::IntervalYearMonth => {
            matches!(target, Target::Interval { kind, .. } if kind.is_year_month())
        }
        C::IntervalDaySecond => {
            matches!(target, Target::Interval { kind, .. } if !kind.is_year_month())
        }
    }
}

/// A value as a C type of fixed size.
#[inline]
pub fn fixed(datum: Datum<'_>, target: Target) -> Outcome {
    match target {
        Target::Integer(integer) => to_integer(datum, integer),
        Target::Double => Ok(Fixed::new(to_f64(datum)?.to_ne_bytes())),
        Target::Float => Ok(Fixed::new(to_f32(datum)?.to_ne_bytes())),
        Target::Bit => to_bit(datum),
        Target::Numeric { precision, scale } => {
            let cut = scaled(datum, scale)?;
            Ok(Fixed::new(numeric::encode(cut.value, precision, scale)?).losing(cut.lost))
        }
        Target::Date => to_date(datum),
        Target::Time => to_time(datum),
        Target::Timestamp => to_timestamp(datum),
        Target::Guid => match datum {
            Datum::Guid(text) | Datum::Text(text) => Ok(Fixed::new(guid::parse(text)?)),
            _ => Err(ConversionError::Restricted),
        },
        Target::Interval {
            kind,
            leading_precision,
            fraction_digits,
        } => {
            let precision = Precision {
                leading: leading_precision,
                fraction: fraction_digits,
            };
            to_interval(datum, kind, precision)
        }
        Target::Text(_) | Target::Binary => Err(ConversionError::Restricted),
    }
}

/// The number times `10^scale`, cut to an integer.
pub fn scaled(datum: Datum<'_>, scale: i8) -> Result<Cut<i128>, ConversionError> {
    match datum {
        Datum::Bit(value) => Decimal {
            unscaled: value.into(),
            scale: 0,
        }
        .rescale(scale),
        Datum::Integer(value) => Decimal {
            unscaled: value.into(),
            scale: 0,
        }
        .rescale(scale),
        Datum::Decimal(value) => value.rescale(scale),
        Datum::Text(text) => Literal::parse(text)?.scaled(scale),
        // A double counts as what its shortest text says, so that 0.1 is 0.1.
        Datum::Real(value) => number::scale_approximate(value, scale),
        Datum::Double(value) => number::scale_approximate(value, scale),
        _ => Err(ConversionError::Restricted),
    }
}

#[inline]
fn whole(datum: Datum<'_>) -> Result<Cut<i128>, ConversionError> {
    match datum {
        Datum::Integer(value) => Ok(Cut {
            value: value.into(),
            lost: false,
        }),
        Datum::Real(value) => number::whole_of_f64(value.into()),
        Datum::Double(value) => number::whole_of_f64(value),
        other => scaled(other, 0),
    }
}

#[inline]
fn to_integer(datum: Datum<'_>, integer: IntegerType) -> Outcome {
    let cut = whole(datum)?;
    let bytes = number::encode_integer(cut.value, integer)?;
    let mut fixed = Fixed::new(bytes);
    fixed.length = integer.bytes();
    Ok(fixed.losing(cut.lost))
}

pub fn to_f64(datum: Datum<'_>) -> Result<f64, ConversionError> {
    match datum {
        Datum::Bit(value) => Ok(value.into()),
        Datum::Integer(value) => Ok(value as f64),
        Datum::Decimal(value) => Ok(value.to_f64()),
        Datum::Real(value) => Ok(value.into()),
        Datum::Double(value) => Ok(value),
        Datum::Text(text) => {
            let value = Literal::parse(text)?.to_f64();
            if value.is_finite() {
                Ok(value)
            } else {
                Err(ConversionError::NumericOutOfRange)
            }
        }
        _ => Err(ConversionError::Restricted),
    }
}

fn to_f32(datum: Datum<'_>) -> Result<f32, ConversionError> {
    match datum {
        Datum::Real(value) => Ok(value),
        // Straight to a float: through a double, the number would be rounded twice.
        Datum::Integer(value) => Ok(value as f32),
        Datum::Text(text) => {
            let value = Literal::parse(text)?.to_f32();
            if value.is_finite() {
                Ok(value)
            } else {
                Err(ConversionError::NumericOutOfRange)
            }
        }
        other => number::narrow(to_f64(other)?),
    }
}

/// 0 or 1; between 0 and 2, the fraction is cut off.
fn to_bit(datum: Datum<'_>) -> Outcome {
    let cut = whole(datum)?;
    let negative_fraction = match datum {
        Datum::Real(value) => value < 0.0,
        Datum::Double(value) => value < 0.0,
        Datum::Decimal(value) => value.unscaled < 0,
        Datum::Text(text) => Literal::parse(text)?.is_below_zero(),
        _ => false,
    };
    match cut.value {
        0 | 1 if !negative_fraction => Ok(Fixed::new([cut.value as u8]).losing(cut.lost)),
        _ => Err(ConversionError::NumericOutOfRange),
    }
}

fn to_date(datum: Datum<'_>) -> Outcome {
    let (days, time) = match datum {
        Datum::Date(days) => (days.into(), 0),
        Datum::Timestamp(timestamp) => split(timestamp),
        Datum::Text(text) => match datetime_text::parse(text)? {
            Moment::Date(days) => (days.into(), 0),
            Moment::Timestamp(timestamp) => split(timestamp),
            Moment::Time(_) => return Err(ConversionError::InvalidText),
        },
        _ => return Err(ConversionError::Restricted),
    };
    Ok(Fixed::new(datetime::encode_date(days)?).losing(time != 0))
}

fn to_time(datum: Datum<'_>) -> Outcome {
    let time = match datum {
        Datum::Time(time) => time,
        Datum::Timestamp(timestamp) => split(timestamp).1,
        Datum::Text(text) => match datetime_text::parse(text)? {
            Moment::Time(time) => time,
            Moment::Timestamp(timestamp) => split(timestamp).1,
            Moment::Date(_) => return Err(ConversionError::InvalidText),
        },
        _ => return Err(ConversionError::Restricted),
    };
    let fraction = Clock::of(time).microsecond;
    Ok(Fixed::new(datetime::encode_time(time)).losing(fraction != 0))
}

fn to_timestamp(datum: Datum<'_>) -> Outcome {
    let timestamp = match datum {
        Datum::Timestamp(timestamp) => timestamp,
        Datum::Date(days) => i64::from(days).saturating_mul(MICROSECONDS_PER_DAY),
        Datum::Time(time) => datetime::join(today(), time),
        Datum::Text(text) => match datetime_text::parse(text)? {
            Moment::Timestamp(timestamp) => timestamp,
            Moment::Date(days) => datetime::join(days, 0),
            Moment::Time(time) => datetime::join(today(), time),
        },
        _ => return Err(ConversionError::Restricted),
    };
    Ok(Fixed::new(datetime::encode_timestamp(timestamp)?))
}

fn to_interval(datum: Datum<'_>, kind: IntervalKind, precision: Precision) -> Outcome {
    let (interval, fraction_lost) = match datum {
        Datum::Months(months) => (Interval::Months(months), false),
        Datum::DayTime(nanoseconds) => (Interval::Nanoseconds(nanoseconds), false),
        Datum::Text(text) => (interval_text::parse(text, kind)?, false),
        Datum::Integer(_) | Datum::Decimal(_) if kind.is_single_field() => {
            of_number(datum, kind).map_err(|_| ConversionError::IntervalOverflow)?
        }
        _ => return Err(ConversionError::Restricted),
    };
    let cut = match interval {
        Interval::Months(months) => interval::encode_months(months, kind, precision)?,
        Interval::Nanoseconds(value) => interval::encode_day_time(value, kind, precision)?,
    };
    Ok(Fixed::new(cut.value).losing(cut.lost || fraction_lost))
}

/// So many units of the interval's only field; seconds may have a fraction.
fn of_number(datum: Datum<'_>, kind: IntervalKind) -> Result<(Interval, bool), ConversionError> {
    let digits = if kind == IntervalKind::Second { 9 } else { 0 };
    let cut = scaled(datum, digits)?;
    let overflow = ConversionError::IntervalOverflow;
    let interval = match (kind, kind.fields()) {
        (IntervalKind::Second, _) => Interval::Nanoseconds(cut.value),
        (_, Some((field, _))) => Interval::Nanoseconds(
            cut.value
                .checked_mul(Field::nanoseconds(field))
                .ok_or(overflow)?,
        ),
        (IntervalKind::Year, None) => Interval::Months(
            i64::try_from(cut.value)
                .ok()
                .and_then(|years| years.checked_mul(12))
                .ok_or(overflow)?,
        ),
        (_, None) => Interval::Months(i64::try_from(cut.value).map_err(|_| overflow)?),
    };
    Ok((interval, cut.lost))
}
