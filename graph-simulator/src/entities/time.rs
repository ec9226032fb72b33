//! Moments in Graph's notation.

use chrono::{DateTime, NaiveDateTime, Utc};
use serde_json::{Value, json};

/// Graph's value for a moment that is not set (docs/graph.md#time-zones).
pub const NEVER: &str = "0001-01-01T00:00:00Z";

/// A `DateTimeOffset` to the second, as messages have it (docs/graph.md#time-precision).
pub fn moment(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
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
