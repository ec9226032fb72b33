//! Moments in Graph's notation.

use chrono::{DateTime, Datelike, NaiveDateTime, Timelike, Utc};
use serde_json::{Value, json};

/// Graph's value for a moment that is not set (docs/graph.md#time-zones).
pub const NEVER: &str = "0001-01-01T00:00:00Z";

/// A `DateTimeOffset` to the second, as messages have it (docs/graph.md#time-precision).
pub fn moment(time: DateTime<Utc>) -> String {
    // Many are written for each page, and the general formatting takes several times as long.
    let mut text = *b"0000-00-00T00:00:00Z";
    let Ok(year @ 0..=9999) = u32::try_from(time.year()) else {
        return time.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    };
    let mut write = |at: usize, value: u32| {
        text[at] = b'0' + (value / 10) as u8;
        text[at + 1] = b'0' + (value % 10) as u8;
    };
    write(0, year / 100);
    write(2, year % 100);
    write(5, time.month());
    write(8, time.day());
    write(11, time.hour());
    write(14, time.minute());
    write(17, time.second());
    String::from_utf8_lossy(&text).into_owned()
}

/// A `DateTimeOffset` with the seven digits of a second's fraction, as events have it.
pub fn exact_moment(time: DateTime<Utc>) -> String {
    let ticks = time.timestamp_subsec_nanos() / 100;
    format!("{}.{ticks:07}Z", time.format("%Y-%m-%dT%H:%M:%S"))
}

/// A `dateTimeTimeZone` in UTC, Graph's default unless another zone is preferred.
pub fn zoned(time: NaiveDateTime) -> Value {
    json!({
        "dateTime": format!("{}.0000000", time.format("%Y-%m-%dT%H:%M:%S")),
        "timeZone": "UTC",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_like_those_of_chrono() {
        for text in [
            "0001-01-01T00:00:00Z",
            "1999-12-31T23:59:59Z",
            "2024-02-29T07:08:09Z",
            "9999-12-31T23:59:59Z",
        ] {
            let time: DateTime<Utc> = text.parse().expect("a moment");
            assert_eq!(moment(time), text);
        }
    }
}
