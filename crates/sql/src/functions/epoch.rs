//! Dates and times as numbers: days and microseconds since 1970-01-01, microseconds since midnight.
//!
//! Everything is in the zone of the connection, and within the years 1 to 9999, because ODBC's structures hold no others.

use crate::{Error, ErrorKind};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use exchange_config::Zone;

pub const SECOND: i64 = 1_000_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

/// 0001-01-01 00:00:00
const FIRST: i64 = -62_135_596_800 * SECOND;
/// 9999-12-31 23:59:59.999999
const LAST: i64 = 253_402_300_800 * SECOND - 1;

/// The microseconds, if they are within the years 1 to 9999.
pub fn checked(microseconds: i64) -> Result<i64, Error> {
    match (FIRST..=LAST).contains(&microseconds) {
        true => Ok(microseconds),
        false => Err(overflow()),
    }
}

/// The calendar date and time of a moment.
pub fn civil(microseconds: i64) -> Result<NaiveDateTime, Error> {
    let moment = DateTime::from_timestamp_micros(checked(microseconds)?).ok_or_else(overflow)?;
    Ok(moment.naive_utc())
}

pub fn microseconds(civil: NaiveDateTime) -> Result<i64, Error> {
    checked(civil.and_utc().timestamp_micros())
}

/// Midnight of a day.
pub fn midnight(days: i32) -> i64 {
    i64::from(days) * DAY
}

/// The day of a moment.
pub fn day_of(microseconds: i64) -> Result<i32, Error> {
    i32::try_from(checked(microseconds)?.div_euclid(DAY)).map_err(|_| overflow())
}

/// A date from its parts.
pub fn date(year: i64, month: i64, day: i64) -> Option<NaiveDate> {
    let year = i32::try_from(year)
        .ok()
        .filter(|year| (1..=9999).contains(year))?;
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

/// Midnight of the current day of a zone.
pub fn today(zone: Zone) -> i64 {
    let now = zone.shown(Utc::now().timestamp_micros());
    now.div_euclid(DAY) * DAY
}

pub fn overflow() -> Error {
    Error::new(
        ErrorKind::DatetimeOverflow,
        "a computed date or time lies outside the years 1 to 9999",
    )
}

/// The error for a text that should be a date or time, but is not.
pub fn not_a_moment(wanted: &str) -> Error {
    Error::new(
        ErrorKind::InvalidDatetime,
        format!(
            "a text is not a valid {wanted}; write dates as '2026-11-23', times as '10:00:00' and \
             timestamps as '2026-11-23 10:00:00'"
        ),
    )
}
