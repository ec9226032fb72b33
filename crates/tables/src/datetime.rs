//! Graph's dates and times in Arrow's form: microseconds since 1970-01-01T00:00:00 UTC, days since
//! 1970-01-01, microseconds since midnight. Digits beyond microseconds are cut off.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

/// Names of UTC in Graph and in Outlook clients (docs/graph.md#time-zones).
const UTC_NAMES: &[&str] = &[
    "UTC",
    "Etc/UTC",
    "Etc/UCT",
    "Etc/GMT",
    "GMT",
    "Z",
    "tzone://Microsoft/Utc",
    "Coordinated Universal Time",
    "(UTC) Coordinated Universal Time",
];

/// A `DateTimeOffset`: ISO 8601 with `Z` or an offset.
pub fn parse_timestamp(text: &str) -> Option<i64> {
    if let Some(time) = parse_usual(text) {
        return Some(time);
    }
    let time = DateTime::parse_from_rfc3339(text).ok()?;
    Some(time.timestamp_micros())
}

/// Graph's usual form, `2024-02-29T10:11:12Z`, which a page has thousands of. `None` for other
/// forms.
fn parse_usual(text: &str) -> Option<i64> {
    let text: &[u8; 20] = text.as_bytes().try_into().ok()?;
    let separators = [text[4], text[7], text[10], text[13], text[16], text[19]];
    if separators != *b"--T::Z" {
        return None;
    }
    let number = |start: usize, end: usize| {
        text[start..end].iter().try_fold(0, |number, digit| {
            digit
                .is_ascii_digit()
                .then(|| number * 10 + i64::from(digit - b'0'))
        })
    };
    let days = days(number(0, 4)?, number(5, 7)?, number(8, 10)?)?;
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let is_time = hour < 24 && minute < 60 && second < 60;
    is_time.then(|| (((days * 24 + hour) * 60 + minute) * 60 + second) * 1_000_000)
}

/// The days from 1970-01-01 to a date of the years 0 to 9999; `None` if there is no such date.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    const BEFORE_MONTH: [i64; 13] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];
    /// The days from the beginning of the year 0 to 1970.
    const TO_1970: i64 = 719_528;
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let month = usize::try_from(month).ok()?;
    let before = BEFORE_MONTH.get(month.checked_sub(1)?)?;
    let last = BEFORE_MONTH.get(month)? - before + i64::from(is_leap && month == 2);
    // Years before this one, the year 0 among them, which is a leap year.
    let leaps = (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
    let leap_day = i64::from(is_leap && month > 2);
    (1..=last)
        .contains(&day)
        .then(|| year * 365 + leaps + before + leap_day + day - 1 - TO_1970)
}

/// The `dateTime` of a `dateTimeTimeZone`, as if it were in UTC. One with its own offset is already
/// in UTC.
pub fn parse_local(text: &str) -> Option<LocalTime> {
    if let Some(instant) = parse_timestamp(text) {
        return Some(LocalTime::Instant(instant));
    }
    let local: NaiveDateTime = text.parse().ok()?;
    Some(LocalTime::WallClock(local.and_utc().timestamp_micros()))
}

/// The meaning of a `dateTime` of a `dateTimeTimeZone` without the zone beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocalTime {
    Instant(i64),
    /// A local time, counted as if it were UTC.
    WallClock(i64),
}

/// Whether this zone is UTC. The driver never requests another, so it knows no others.
pub fn is_utc(zone: &str) -> bool {
    UTC_NAMES.iter().any(|name| name.eq_ignore_ascii_case(zone))
}

/// A `Date`: `2024-02-29`.
pub fn parse_date(text: &str) -> Option<i32> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    Some(date.to_epoch_days())
}

/// A `TimeOfDay`: `08:00:00.0000000`.
pub fn parse_time(text: &str) -> Option<i64> {
    let time: NaiveTime = text.parse().ok()?;
    let microseconds = time.nanosecond().min(999_999_999) / 1000;
    Some(i64::from(time.num_seconds_from_midnight()) * 1_000_000 + i64::from(microseconds))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SECOND: i64 = 1_000_000;

    #[test]
    fn timestamps_take_any_offset_and_any_number_of_digits() {
        let noon = 1_492_776_000 * SECOND;
        assert_eq!(parse_timestamp("2017-04-21T12:00:00Z"), Some(noon));
        assert_eq!(parse_timestamp("2017-04-21T14:00:00+02:00"), Some(noon));
        assert_eq!(
            parse_timestamp("2017-04-21T04:30:00.0000000-07:30"),
            Some(noon)
        );
        assert_eq!(
            parse_timestamp("2017-04-21T12:00:00.5Z"),
            Some(noon + 500_000)
        );
        assert_eq!(
            parse_timestamp("2017-04-21T12:00:00.1234569Z"),
            Some(noon + 123_456)
        );
        assert_eq!(
            parse_timestamp("2017-04-21T12:00:00.123456999999Z"),
            Some(noon + 123_456)
        );
    }

    #[test]
    fn the_unset_and_the_last_time_survive() {
        assert_eq!(
            parse_timestamp("0001-01-01T00:00:00Z"),
            Some(-62_135_596_800 * SECOND)
        );
        let last = 253_402_300_799 * SECOND + 999_999;
        assert_eq!(parse_timestamp("9999-12-31T23:59:59.9999999Z"), Some(last));
    }

    #[test]
    fn times_before_1970_are_cut_towards_the_past() {
        assert_eq!(parse_timestamp("1969-12-31T23:59:59.9999999Z"), Some(-1));
    }

    #[test]
    fn local_times_wait_for_their_zone() {
        let ten = LocalTime::WallClock(1_492_768_800 * SECOND);
        assert_eq!(parse_local("2017-04-21T10:00:00.0000000"), Some(ten));
        assert_eq!(parse_local("2017-04-21T10:00:00"), Some(ten));
        let instant = LocalTime::Instant(1_492_768_800 * SECOND);
        assert_eq!(parse_local("2017-04-21T12:00:00+02:00"), Some(instant));
    }

    #[test]
    fn utc_has_several_names() {
        for name in ["UTC", "utc", "Etc/UTC", "tzone://Microsoft/Utc", "GMT"] {
            assert!(is_utc(name), "{name}");
        }
        for name in [
            "Pacific Standard Time",
            "Europe/London",
            "GMT Standard Time",
            "",
        ] {
            assert!(!is_utc(name), "{name}");
        }
    }

    #[test]
    fn dates_and_times_of_day() {
        assert_eq!(parse_date("1970-01-02"), Some(1));
        assert_eq!(parse_date("0001-01-01"), Some(-719_162));
        assert_eq!(parse_date("2023-02-29"), None);
        assert_eq!(parse_time("08:00:00.0000000"), Some(8 * 3600 * SECOND));
        assert_eq!(parse_time("23:59:59.9999999"), Some(86_400 * SECOND - 1));
        assert_eq!(parse_time("24:00:00"), None);
    }

    #[test]
    fn other_texts_are_none() {
        for text in [
            "2017-04-é1T10:00:0Z",
            "2017-02-29T00:00:00Z",
            "+017-04-21T10:00:00Z",
        ] {
            assert_eq!(text.len(), 20);
            assert_eq!(parse_timestamp(text), None, "{text}");
        }
        for text in [
            "",
            "x",
            "2017-04-21",
            "2017-13-01T00:00:00Z",
            "2017-04-21T10:00:00",
        ] {
            assert_eq!(parse_timestamp(text), None, "{text}");
        }
        assert_eq!(parse_local("2017-04-21"), None);
    }

    #[test]
    fn every_date_is_counted_as_the_calendar_does() {
        for year in 0..=9999 {
            for month in 0..=13 {
                for day in 0..=32 {
                    let date = NaiveDate::from_ymd_opt(year, month, day);
                    let expected = date.map(|date| i64::from(date.to_epoch_days()));
                    let found = days(i64::from(year), i64::from(month), i64::from(day));
                    assert_eq!(found, expected, "{year}-{month}-{day}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn every_microsecond_of_graph_is_read(
            microseconds in -62_135_596_800_000_000_i64..253_402_300_800_000_000,
            minutes in -720_i32..720,
        ) {
            let offset = chrono::FixedOffset::east_opt(minutes * 60).unwrap();
            let time = DateTime::from_timestamp_micros(microseconds).unwrap().with_timezone(&offset);
            let year = chrono::Datelike::year(&time);
            prop_assume!((0..=9999).contains(&year));
            let text = time.format("%Y-%m-%dT%H:%M:%S%.9f%:z").to_string();
            prop_assert_eq!(parse_timestamp(&text), Some(microseconds));
            let seconds = microseconds.div_euclid(SECOND);
            let usual = DateTime::from_timestamp(seconds, 0).unwrap();
            let usual = usual.format("%Y-%m-%dT%H:%M:%SZ").to_string();
            prop_assert_eq!(parse_timestamp(&usual), Some(seconds * SECOND));
        }

        #[test]
        fn no_text_is_too_odd(text in "\\PC*") {
            let _ = (parse_timestamp(&text), parse_local(&text), parse_date(&text), parse_time(&text));
        }
    }
}
