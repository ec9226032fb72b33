//! `SQL_INTERVAL_STRUCT` and the 13 kinds of intervals.

use super::error::ConversionError;
use super::number::Cut;

pub const SIZE: usize = 28;

/// The fields that an interval has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntervalKind {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    YearToMonth,
    DayToHour,
    DayToMinute,
    DayToSecond,
    HourToMinute,
    HourToSecond,
    MinuteToSecond,
}

/// One field of a day-time interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Day,
    Hour,
    Minute,
    Second,
}

impl Field {
    pub const ALL: [Field; 4] = [Field::Day, Field::Hour, Field::Minute, Field::Second];

    /// Nanoseconds of one unit.
    pub const fn nanoseconds(self) -> i128 {
        match self {
            Field::Day => 86_400_000_000_000,
            Field::Hour => 3_600_000_000_000,
            Field::Minute => 60_000_000_000,
            Field::Second => 1_000_000_000,
        }
    }
}

impl IntervalKind {
    const ALL: [IntervalKind; 13] = [
        Self::Year,
        Self::Month,
        Self::Day,
        Self::Hour,
        Self::Minute,
        Self::Second,
        Self::YearToMonth,
        Self::DayToHour,
        Self::DayToMinute,
        Self::DayToSecond,
        Self::HourToMinute,
        Self::HourToSecond,
        Self::MinuteToSecond,
    ];

    /// The kind of `SQL_C_INTERVAL_*` (which has the number of the SQL type).
    pub fn from_c_type(concise: i16) -> Option<Self> {
        Self::ALL.get(usize::try_from(concise - 101).ok()?).copied()
    }

    /// `SQLINTERVAL`: `SQL_IS_YEAR` is 1.
    fn code(self) -> i32 {
        Self::ALL
            .iter()
            .position(|kind| *kind == self)
            .map_or(0, |at| at as i32 + 1)
    }

    pub const fn is_year_month(self) -> bool {
        matches!(self, Self::Year | Self::Month | Self::YearToMonth)
    }

    /// Whether the interval is a number of one unit.
    pub const fn is_single_field(self) -> bool {
        matches!(
            self,
            Self::Year | Self::Month | Self::Day | Self::Hour | Self::Minute | Self::Second
        )
    }

    /// First and last field of a day-time interval.
    pub const fn fields(self) -> Option<(Field, Field)> {
        Some(match self {
            Self::Year | Self::Month | Self::YearToMonth => return None,
            Self::Day => (Field::Day, Field::Day),
            Self::Hour => (Field::Hour, Field::Hour),
            Self::Minute => (Field::Minute, Field::Minute),
            Self::Second => (Field::Second, Field::Second),
            Self::DayToHour => (Field::Day, Field::Hour),
            Self::DayToMinute => (Field::Day, Field::Minute),
            Self::DayToSecond => (Field::Day, Field::Second),
            Self::HourToMinute => (Field::Hour, Field::Minute),
            Self::HourToSecond => (Field::Hour, Field::Second),
            Self::MinuteToSecond => (Field::Minute, Field::Second),
        })
    }
}

/// How many digits the buffer takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Precision {
    pub leading: u8,
    pub fraction: u8,
}

/// The structure's words after its type and sign.
#[derive(Clone, Copy, Default)]
struct Words([u32; 5]);

fn encode(kind: IntervalKind, negative: bool, words: Words) -> [u8; SIZE] {
    let mut bytes = [0; SIZE];
    bytes[..4].copy_from_slice(&kind.code().to_ne_bytes());
    bytes[4..6].copy_from_slice(&i16::from(negative).to_ne_bytes());
    for (slot, word) in bytes[8..].chunks_exact_mut(4).zip(words.0) {
        slot.copy_from_slice(&word.to_ne_bytes());
    }
    bytes
}

fn leading(value: i128, precision: Precision) -> Result<u32, ConversionError> {
    let limit = 10_i128.pow(precision.leading.into());
    u32::try_from(value)
        .ok()
        .filter(|_| value < limit)
        .ok_or(ConversionError::IntervalOverflow)
}

/// The structure of an interval of months.
pub fn encode_months(
    months: i64,
    kind: IntervalKind,
    precision: Precision,
) -> Result<Cut<[u8; SIZE]>, ConversionError> {
    let magnitude = i128::from(months.unsigned_abs());
    let (years, rest) = (magnitude / 12, magnitude % 12);
    let mut words = Words::default();
    let mut lost = false;
    match kind {
        IntervalKind::Year => {
            words.0[0] = leading(years, precision)?;
            lost = rest != 0;
        }
        IntervalKind::Month => words.0[1] = leading(magnitude, precision)?,
        IntervalKind::YearToMonth => {
            words.0[0] = leading(years, precision)?;
            words.0[1] = rest as u32;
        }
        _ => return Err(ConversionError::Restricted),
    }
    Ok(Cut {
        value: encode(kind, months < 0, words),
        lost,
    })
}

/// The structure of an interval of nanoseconds.
pub fn encode_day_time(
    nanoseconds: i128,
    kind: IntervalKind,
    precision: Precision,
) -> Result<Cut<[u8; SIZE]>, ConversionError> {
    let (first, last) = kind.fields().ok_or(ConversionError::Restricted)?;
    let mut rest = nanoseconds.unsigned_abs() as i128;
    let mut words = Words::default();
    for field in Field::ALL
        .into_iter()
        .filter(|field| (first..=last).contains(field))
    {
        let value = rest / field.nanoseconds();
        rest %= field.nanoseconds();
        words.0[field as usize] = if field == first {
            leading(value, precision)?
        } else {
            value as u32
        };
    }
    if last == Field::Second {
        // The fraction counts units of the precision's last digit.
        let unit = 10_i128.pow(u32::from(9 - precision.fraction.min(9)));
        words.0[4] = (rest / unit) as u32;
        rest %= unit;
    }
    Ok(Cut {
        value: encode(kind, nanoseconds < 0, words),
        lost: rest != 0,
    })
}

/// An interval, in the unit that its class counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interval {
    Months(i64),
    Nanoseconds(i128),
}

/// The interval in a structure given by the application. The kind is that of the binding: the
/// structure's own type field is often left unset.
pub fn decode(
    bytes: &[u8],
    kind: IntervalKind,
    precision: Precision,
) -> Result<Interval, ConversionError> {
    let bytes: &[u8; SIZE] = bytes
        .try_into()
        .map_err(|_| ConversionError::LengthMismatch)?;
    let negative = i16::from_ne_bytes([bytes[4], bytes[5]]) != 0;
    let word = |at: usize| {
        let start = 8 + at * 4;
        u32::from_ne_bytes([
            bytes[start],
            bytes[start + 1],
            bytes[start + 2],
            bytes[start + 3],
        ])
    };
    let Some((first, last)) = kind.fields() else {
        let (years, months) = (i64::from(word(0)), i64::from(word(1)));
        let total = match kind {
            IntervalKind::Year => years * 12,
            IntervalKind::Month => months,
            _ => years * 12 + months,
        };
        return Ok(Interval::Months(if negative { -total } else { total }));
    };
    let mut total: i128 = Field::ALL
        .into_iter()
        .filter(|field| (first..=last).contains(field))
        .map(|field| i128::from(word(field as usize)) * field.nanoseconds())
        .sum();
    if last == Field::Second {
        let unit = 10_i128.pow(u32::from(9 - precision.fraction.min(9)));
        total += i128::from(word(4)) * unit;
    }
    Ok(Interval::Nanoseconds(if negative { -total } else { total }))
}
