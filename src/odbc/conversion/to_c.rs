//! Converts a value to a C type: the tables "SQL to C" of appendix D.

use super::datetime::{self, Clock, MICROSECONDS_PER_DAY, split, today};
use super::datetime_text::{self, Moment};
use super::datum::Datum;
use super::error::{ConversionError, Warning};
use super::interval::{self, Field, Interval, IntervalKind, Precision};
use super::interval_text;
use super::number::IntegerType;
use super::number::{self, Cut, Decimal, Literal};
use super::target::Target;
use super::{guid, numeric};
use exchange_sql::Zone;

/// Room for a value of any C type of fixed size.
pub type Slot = [u8; interval::SIZE];

/// The warning about data lost in the conversion to a slot.
type Outcome = Result<Option<Warning>, ConversionError>;

#[inline]
fn put<const N: usize>(slot: &mut Slot, value: [u8; N], fraction_lost: bool) -> Outcome {
    slot[..N].copy_from_slice(&value);
    Ok(fraction_lost.then_some(Warning::FractionTruncated))
}

/// Puts a value into the slot as a C type of fixed size, in the slot's first [`Target::size`] bytes. Texts that say their offset
/// become dates and times of the zone.
#[inline]
pub fn fixed(datum: Datum<'_>, target: Target, zone: Zone, slot: &mut Slot) -> Outcome {
    match target {
        Target::Integer(integer) => to_integer(datum, integer, slot),
        Target::Double => put(slot, to_f64(datum)?.to_ne_bytes(), false),
        Target::Float => put(slot, to_f32(datum)?.to_ne_bytes(), false),
        Target::Bit => to_bit(datum, slot),
        Target::Numeric { precision, scale } => {
            let cut = scaled(datum, scale)?;
            put(
                slot,
                numeric::encode(cut.value, precision, scale)?,
                cut.lost,
            )
        }
        Target::Date => to_date(datum, zone, slot),
        Target::Time => to_time(datum, zone, slot),
        Target::Timestamp => to_timestamp(datum, zone, slot),
        Target::Guid => match datum {
            Datum::Guid(text) | Datum::Text(text) => put(slot, guid::parse(text)?, false),
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
            to_interval(datum, kind, precision, slot)
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
        // A double is converted through its shortest text, so that 0.1 is 0.1.
        Datum::Real(value) => number::scale_approximate(value, scale),
        Datum::Double(value) => number::scale_approximate(value, scale),
        Datum::Months(_) => Err(ConversionError::IntervalOverflow),
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
fn to_integer(datum: Datum<'_>, integer: IntegerType, slot: &mut Slot) -> Outcome {
    if let Datum::Integer(value) = datum {
        return number::put_integer(value, integer, slot).map(|()| None);
    }
    let cut = whole(datum)?;
    number::put_integer(cut.value, integer, slot)?;
    Ok(cut.lost.then_some(Warning::FractionTruncated))
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
        // Directly to a float: a detour through a double would round twice.
        Datum::Integer(value) => Ok(value as f32),
        Datum::Decimal(value) => Ok(value.to_f32()),
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
fn to_bit(datum: Datum<'_>, slot: &mut Slot) -> Outcome {
    if let Datum::Bit(value) = datum {
        return put(slot, [value.into()], false);
    }
    let cut = whole(datum)?;
    let negative_fraction = match datum {
        Datum::Real(value) => value < 0.0,
        Datum::Double(value) => value < 0.0,
        Datum::Decimal(value) => value.unscaled < 0,
        Datum::Text(text) => Literal::parse(text)?.is_below_zero(),
        _ => false,
    };
    match cut.value {
        0 | 1 if !negative_fraction => put(slot, [cut.value as u8], cut.lost),
        _ => Err(ConversionError::NumericOutOfRange),
    }
}

fn to_date(datum: Datum<'_>, zone: Zone, slot: &mut Slot) -> Outcome {
    let (days, time_lost) = match datum {
        Datum::Date(days) => (days.into(), false),
        Datum::Timestamp(timestamp) => date_of(timestamp),
        Datum::Text(text) => match datetime_text::parse(text, zone)? {
            Cut {
                value: Moment::Date(days),
                ..
            } => (days.into(), false),
            Cut {
                value: Moment::Timestamp(timestamp),
                lost,
            } => {
                let (days, time_lost) = date_of(timestamp);
                (days, lost || time_lost)
            }
            Cut {
                value: Moment::Time(_),
                ..
            } => return Err(ConversionError::InvalidText),
        },
        _ => return Err(ConversionError::Restricted),
    };
    put(slot, datetime::encode_date(days)?, time_lost)
}

/// The date, and whether the timestamp also has a time.
const fn date_of(timestamp: i64) -> (i64, bool) {
    let (days, time) = split(timestamp);
    (days, time != 0)
}

fn to_time(datum: Datum<'_>, zone: Zone, slot: &mut Slot) -> Outcome {
    let Cut { value, lost } = match datum {
        Datum::Time(time) => Cut {
            value: time,
            lost: false,
        },
        Datum::Timestamp(timestamp) => Cut {
            value: split(timestamp).1,
            lost: false,
        },
        Datum::Text(text) => {
            let Cut { value, lost } = datetime_text::parse(text, zone)?;
            match value {
                Moment::Time(time) => Cut { value: time, lost },
                Moment::Timestamp(timestamp) => Cut {
                    value: split(timestamp).1,
                    lost,
                },
                Moment::Date(_) => return Err(ConversionError::InvalidText),
            }
        }
        _ => return Err(ConversionError::Restricted),
    };
    let fraction = Clock::of(value).microsecond;
    put(slot, datetime::encode_time(value), lost || fraction != 0)
}

fn to_timestamp(datum: Datum<'_>, zone: Zone, slot: &mut Slot) -> Outcome {
    let (timestamp, lost) = match datum {
        Datum::Timestamp(timestamp) => (timestamp, false),
        Datum::Date(days) => (i64::from(days).saturating_mul(MICROSECONDS_PER_DAY), false),
        Datum::Time(time) => (datetime::join(today(zone), time), false),
        Datum::Text(text) => {
            let Cut { value, lost } = datetime_text::parse(text, zone)?;
            (value.timestamp(zone), lost)
        }
        _ => return Err(ConversionError::Restricted),
    };
    put(slot, datetime::encode_timestamp(timestamp)?, lost)
}

fn to_interval(
    datum: Datum<'_>,
    kind: IntervalKind,
    precision: Precision,
    slot: &mut Slot,
) -> Outcome {
    let (interval, fraction_lost) = match datum {
        Datum::Months(months) => (Interval::Months(months), false),
        Datum::DayTime(nanoseconds) => (Interval::Nanoseconds(nanoseconds), false),
        Datum::Text(text) => (interval_text::parse(text, kind)?, false),
        Datum::Integer(_) | Datum::Decimal(_) if kind.is_single_field() => {
            of_number(datum, kind).map_err(|_| ConversionError::IntervalOverflow)?
        }
        // A number has one field only.
        Datum::Integer(_) | Datum::Decimal(_) => return Err(ConversionError::IntervalOverflow),
        _ => return Err(ConversionError::Restricted),
    };
    let cut = match interval {
        Interval::Months(months) => interval::encode_months(months, kind, precision)?,
        Interval::Nanoseconds(value) => interval::encode_day_time(value, kind, precision)?,
    };
    put(slot, cut.value, cut.lost || fraction_lost)
}

/// The number as units of the interval's only field; seconds may have a fraction.
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
