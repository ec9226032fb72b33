//! Dates, times and timestamps: C structures and text.
//!
//! A date is days, a time or timestamp microseconds since the epoch or midnight, without a zone.
//! Reading text is in [`super::datetime_text`].

use super::error::ConversionError;
use super::stack_text::StackText;
use chrono::{Datelike, NaiveDate, Utc};
use exchange_sql::Zone;

pub const MICROSECONDS_PER_SECOND: i64 = 1_000_000;
pub const MICROSECONDS_PER_DAY: i64 = 86_400 * MICROSECONDS_PER_SECOND;

/// Days from the first day of the year 1 to 1970-01-01, which chrono counts from 1.
const EPOCH_FROM_CE: i32 = 719_163;

/// Bytes of `SQL_DATE_STRUCT` and `SQL_TIME_STRUCT`.
pub const DATE_SIZE: usize = 6;
/// Bytes of `SQL_TIMESTAMP_STRUCT`.
pub const TIMESTAMP_SIZE: usize = 16;

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    pub hour: u16,
    pub minute: u16,
    pub second: u16,
    pub microsecond: u32,
}

impl Clock {
    /// The time of day at `microseconds` after midnight.
    pub const fn of(microseconds: i64) -> Self {
        let seconds = microseconds
            .div_euclid(MICROSECONDS_PER_SECOND)
            .rem_euclid(86_400) as u32;
        Self {
            hour: (seconds / 3600) as u16,
            minute: (seconds / 60 % 60) as u16,
            second: (seconds % 60) as u16,
            microsecond: microseconds.rem_euclid(MICROSECONDS_PER_SECOND) as u32,
        }
    }

    /// Microseconds after midnight; a leap second counts into the next minute.
    pub fn microseconds(self) -> Result<i64, ConversionError> {
        if self.hour > 23 || self.minute > 59 || self.second > 60 {
            return Err(ConversionError::InvalidDatetime);
        }
        let seconds =
            i64::from(self.hour) * 3600 + i64::from(self.minute) * 60 + i64::from(self.second);
        Ok(seconds * MICROSECONDS_PER_SECOND + i64::from(self.microsecond))
    }
}

/// Days and microseconds of a timestamp.
pub const fn split(timestamp: i64) -> (i64, i64) {
    (
        timestamp.div_euclid(MICROSECONDS_PER_DAY),
        timestamp.rem_euclid(MICROSECONDS_PER_DAY),
    )
}

/// The timestamp of a day's moment.
pub fn join(days: i32, microseconds: i64) -> i64 {
    i64::from(days) * MICROSECONDS_PER_DAY + microseconds
}

/// The calendar date, in the years that ODBC has.
fn calendar(days: i64) -> Result<NaiveDate, ConversionError> {
    i32::try_from(days)
        .ok()
        .and_then(|days| days.checked_add(EPOCH_FROM_CE))
        .and_then(NaiveDate::from_num_days_from_ce_opt)
        .filter(|date| (1..=9999).contains(&date.year()))
        .ok_or(ConversionError::DatetimeOverflow)
}

/// Days of a calendar date.
pub fn days_of(year: i32, month: u32, day: u32) -> Result<i32, ConversionError> {
    if !(1..=9999).contains(&year) {
        return Err(ConversionError::InvalidDatetime);
    }
    NaiveDate::from_ymd_opt(year, month, day)
        .map(|date| date.num_days_from_ce() - EPOCH_FROM_CE)
        .ok_or(ConversionError::InvalidDatetime)
}

/// The current date in a zone, for a time that becomes a timestamp.
pub fn today(zone: Zone) -> i32 {
    let (days, _) = split(zone.shown(Utc::now().timestamp_micros()));
    days as i32
}

/// `SQL_DATE_STRUCT`
pub fn encode_date(days: i64) -> Result<[u8; DATE_SIZE], ConversionError> {
    let date = calendar(days)?;
    let mut bytes = [0; DATE_SIZE];
    bytes[..2].copy_from_slice(&(date.year() as i16).to_ne_bytes());
    bytes[2..4].copy_from_slice(&(date.month() as u16).to_ne_bytes());
    bytes[4..].copy_from_slice(&(date.day() as u16).to_ne_bytes());
    Ok(bytes)
}

/// `SQL_TIME_STRUCT`
pub fn encode_time(microseconds: i64) -> [u8; DATE_SIZE] {
    let clock = Clock::of(microseconds);
    let mut bytes = [0; DATE_SIZE];
    bytes[..2].copy_from_slice(&clock.hour.to_ne_bytes());
    bytes[2..4].copy_from_slice(&clock.minute.to_ne_bytes());
    bytes[4..].copy_from_slice(&clock.second.to_ne_bytes());
    bytes
}

/// `SQL_TIMESTAMP_STRUCT`, whose fraction counts nanoseconds.
pub fn encode_timestamp(timestamp: i64) -> Result<[u8; TIMESTAMP_SIZE], ConversionError> {
    let (days, microseconds) = split(timestamp);
    let mut bytes = [0; TIMESTAMP_SIZE];
    bytes[..6].copy_from_slice(&encode_date(days)?);
    bytes[6..12].copy_from_slice(&encode_time(microseconds));
    let nanoseconds = Clock::of(microseconds).microsecond * 1000;
    bytes[12..].copy_from_slice(&nanoseconds.to_ne_bytes());
    Ok(bytes)
}

fn short(bytes: &[u8], at: usize) -> u16 {
    u16::from_ne_bytes([bytes[at], bytes[at + 1]])
}

/// Days of a `SQL_DATE_STRUCT`.
pub fn decode_date(bytes: &[u8]) -> Result<i32, ConversionError> {
    if bytes.len() != DATE_SIZE {
        return Err(ConversionError::LengthMismatch);
    }
    let year = i16::from_ne_bytes([bytes[0], bytes[1]]);
    days_of(year.into(), short(bytes, 2).into(), short(bytes, 4).into())
}

/// Microseconds of a `SQL_TIME_STRUCT`.
pub fn decode_time(bytes: &[u8]) -> Result<i64, ConversionError> {
    if bytes.len() != DATE_SIZE {
        return Err(ConversionError::LengthMismatch);
    }
    let (hour, minute, second) = (short(bytes, 0), short(bytes, 2), short(bytes, 4));
    Clock {
        hour,
        minute,
        second,
        microsecond: 0,
    }
    .microseconds()
}

/// Microseconds of a `SQL_TIMESTAMP_STRUCT`. Digits beyond microseconds are dropped: .NET sends
/// hundreds of nanoseconds, and the engine has no room for them.
pub fn decode_timestamp(bytes: &[u8]) -> Result<i64, ConversionError> {
    let bytes: &[u8; TIMESTAMP_SIZE] = bytes
        .try_into()
        .map_err(|_| ConversionError::LengthMismatch)?;
    let days = decode_date(&bytes[..6])?;
    let nanoseconds = u32::from_ne_bytes([bytes[12], bytes[13], bytes[14], bytes[15]]);
    if nanoseconds > 999_999_999 {
        return Err(ConversionError::InvalidDatetime);
    }
    Ok(join(days, decode_time(&bytes[6..12])?) + i64::from(nanoseconds / 1000))
}

/// Microseconds of a `SQL_TIMESTAMP_STRUCT`, ignoring its date.
pub fn decode_timestamp_time(bytes: &[u8]) -> Result<i64, ConversionError> {
    let mut bytes: [u8; TIMESTAMP_SIZE] = bytes
        .try_into()
        .map_err(|_| ConversionError::LengthMismatch)?;
    bytes[..6].copy_from_slice(&encode_date(0)?);
    decode_timestamp(&bytes)
}

/// Appends `YYYY-MM-DD`.
pub fn write_date(out: &mut String, days: i64) -> Result<(), ConversionError> {
    let mut text = StackText::default();
    push_date(&mut text, days)?;
    out.push_str(text.as_str());
    Ok(())
}

/// Appends `hh:mm:ss`, and a point with `fraction_digits` digits if there are any.
pub fn write_time(out: &mut String, microseconds: i64, fraction_digits: u8) {
    let mut text = StackText::default();
    push_time(&mut text, microseconds, fraction_digits);
    out.push_str(text.as_str());
}

/// Appends `YYYY-MM-DD hh:mm:ss[.f...]`.
pub fn write_timestamp(
    out: &mut String,
    timestamp: i64,
    fraction_digits: u8,
) -> Result<(), ConversionError> {
    let (days, microseconds) = split(timestamp);
    let mut text = StackText::default();
    push_date(&mut text, days)?;
    text.push(b' ');
    push_time(&mut text, microseconds, fraction_digits);
    out.push_str(text.as_str());
    Ok(())
}

fn push_date(text: &mut StackText, days: i64) -> Result<(), ConversionError> {
    let date = calendar(days)?;
    text.push_digits(date.year() as u32, 4);
    text.push(b'-');
    text.push_digits(date.month(), 2);
    text.push(b'-');
    text.push_digits(date.day(), 2);
    Ok(())
}

fn push_time(text: &mut StackText, microseconds: i64, fraction_digits: u8) {
    let clock = Clock::of(microseconds);
    text.push_digits(clock.hour.into(), 2);
    text.push(b':');
    text.push_digits(clock.minute.into(), 2);
    text.push(b':');
    text.push_digits(clock.second.into(), 2);
    if fraction_digits > 0 {
        let shown = fraction_digits.min(6);
        text.push(b'.');
        text.push_digits(
            clock.microsecond / 10_u32.pow(6 - u32::from(shown)),
            shown.into(),
        );
        (6..fraction_digits.min(9)).for_each(|_| text.push(b'0'));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Clocks of these zones are 25 hours apart, so they never show the same day.
    #[test]
    fn today_is_a_day_of_the_zone() {
        let zone = |name| Zone::named(name).unwrap();
        assert!(today(zone("Pacific/Kiritimati")) > today(zone("Pacific/Pago_Pago")));
    }
}
