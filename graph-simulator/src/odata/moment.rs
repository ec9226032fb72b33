//! Dates and times as numbers that compare.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

/// 100-nanosecond steps since the year 1, as .NET counts them: seven digits of a second, years 1 to
/// 9999 (docs/graph.md#time-precision).
pub type Ticks = i64;

const SECOND: i64 = 10_000_000;

/// The last of them.
pub const LAST: Ticks = 3_155_378_975_999_999_999;

/// Seconds between the year 1 and 1970.
const BEFORE_1970: i64 = 62_135_596_800;

/// A moment in seconds since 1970.
pub fn of_seconds(seconds: i64) -> Ticks {
    (seconds + BEFORE_1970) * SECOND
}

/// A `DateTimeOffset`, or a date alone, which means its midnight in UTC.
pub fn offset(text: &str) -> Option<Ticks> {
    if let Some(date) = date(text) {
        return Some(ticks(date.and_time(NaiveTime::MIN)));
    }
    let (local, minutes) = split_zone(text)?;
    local_time(local)?.checked_sub(minutes? * 60 * SECOND)
}

/// A date-time with or without a zone; the default is UTC.
pub fn utc(text: &str) -> Option<Ticks> {
    offset(text).or_else(|| local_time(text))
}

/// A date-time without a zone.
pub fn local_time(text: &str) -> Option<Ticks> {
    let (day, time) = text.split_once(['T', 't'])?;
    let day = date(day)?;
    let (clock, fraction) = time.split_once('.').unwrap_or((time, ""));
    let mut parts = clock.split(':');
    let hour = digits(parts.next()?, 2)?;
    let minute = digits(parts.next()?, 2)?;
    let second = match parts.next() {
        Some(text) => digits(text, 2)?,
        None if fraction.is_empty() && !time.contains('.') => 0,
        None => return None,
    };
    if parts.next().is_some() || (time.contains('.') && fraction.is_empty()) {
        return None;
    }
    let time = NaiveTime::from_hms_opt(hour, minute, second)?;
    Some(ticks(day.and_time(time)) + fraction_ticks(fraction)?)
}

/// A date: `2026-11-23`.
pub fn date(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let year = i32::try_from(digits(text.get(..4)?, 4)?)
        .ok()
        .filter(|year| *year > 0)?;
    NaiveDate::from_ymd_opt(
        year,
        digits(text.get(5..7)?, 2)?,
        digits(text.get(8..)?, 2)?,
    )
}

/// The date-time of these ticks.
pub fn to_date_time(ticks: Ticks) -> Option<NaiveDateTime> {
    let seconds = TimeDelta::try_seconds(ticks.div_euclid(SECOND))?;
    let rest = TimeDelta::nanoseconds(ticks.rem_euclid(SECOND) * 100);
    first_day()
        .checked_add_signed(seconds)?
        .checked_add_signed(rest)
}

/// The ticks of a date-time.
pub fn ticks(moment: NaiveDateTime) -> Ticks {
    let since = moment - first_day();
    since.num_seconds() * SECOND + i64::from(since.subsec_nanos()) / 100
}

/// Written as the `dateTime` of a `dateTimeTimeZone`.
pub fn write_local(ticks: Ticks) -> Option<String> {
    let moment = to_date_time(ticks)?;
    let fraction = ticks.rem_euclid(SECOND);
    Some(format!(
        "{}.{fraction:07}",
        moment.format("%Y-%m-%dT%H:%M:%S")
    ))
}

fn first_day() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(1, 1, 1)
        .unwrap_or_default()
        .and_time(NaiveTime::MIN)
}

/// The time and its offset from UTC in minutes; `None` without a zone.
fn split_zone(text: &str) -> Option<(&str, Option<i64>)> {
    if let Some(local) = text.strip_suffix(['Z', 'z']) {
        return Some((local, Some(0)));
    }
    let at = text.rfind(['+', '-'])?;
    let (local, zone) = (text.get(..at)?, text.get(at + 1..)?);
    let (hours, minutes) = zone.split_once(':')?;
    let minutes = i64::from(digits(hours, 2)?) * 60 + i64::from(digits(minutes, 2)?);
    let sign = if text.as_bytes()[at] == b'-' { -1 } else { 1 };
    Some((local, Some(sign * minutes)))
}

fn digits(text: &str, count: usize) -> Option<u32> {
    let plain = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

/// Digits after the point; the service does not keep more than seven.
fn fraction_ticks(text: &str) -> Option<i64> {
    if text.len() > 12 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let kept: String = text.chars().chain("0000000".chars()).take(7).collect();
    kept.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn zones_digits_and_dates_alone_are_read() {
        let ten = offset("2026-11-23T10:00:00Z").expect("a time");
        assert_eq!(offset("2026-11-23T11:30:00+01:30"), Some(ten));
        assert_eq!(offset("2026-11-23T09:00:00.0000000-01:00"), Some(ten));
        assert_eq!(offset("2026-11-23T10:00Z"), Some(ten));
        assert_eq!(offset("2026-11-23T10:00:00.0000001Z"), Some(ten + 1));
        assert_eq!(offset("2026-11-23"), Some(ten - 10 * 3600 * SECOND));
        assert_eq!(utc("2026-11-23T10:00:00"), Some(ten));
        assert_eq!(offset("0001-01-01T00:00:00Z"), Some(0));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "2026-13-01",
            "2026-1-1",
            "2026-11-23T",
            "2026-11-23T10Z",
            "2026-11-23T10:00:00",
            "2026-11-23T10:00:00.Z",
            "2026-11-23T25:00:00Z",
            "0000-01-01",
            "2026-11-23T10:00:00+1:00",
        ] {
            assert_eq!(offset(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_moment_survives_writing(ticks in 0..LAST) {
            let text = write_local(ticks).expect("within the years");
            prop_assert_eq!(local_time(&text), Some(ticks));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,40}", near in "[0-9TZ:.+-]{0,30}") {
            let _ = (utc(&text), utc(&near));
        }
    }
}
