//! Traces of messages with odd values. Their times follow the clock, because Graph keeps no old ones.

use super::properties::MESSAGE_TRACE;
use super::shapes::shape;
use super::texts::by_turns;
use chrono::{NaiveTime, TimeDelta, Utc};
use graph_simulator::model::{Entity, Traces};
use serde_json::json;

const RECIPIENTS: [&str; 5] = [
    "alice@contoso.example",
    "ALICE@contoso.example",
    "o'neil@contoso.example",
    "a|b%@contoso.example",
    "*@contoso.example",
];

const STATES: [&str; 5] = ["delivered", "Delivered", "failed", "pending", "quarantined"];

const MESSAGES: usize = 60;

pub fn traces() -> Traces {
    let rows =
        (0..MESSAGES).flat_map(|number| (0..=number % 3).map(move |place| row(number, place)));
    Traces {
        rows: rows.collect(),
        lacks_principal: false,
    }
}

fn row(number: usize, place: usize) -> Entity {
    let today = Utc::now().date_naive().and_time(NaiveTime::MIN);
    // Some are at the same time, and some at the ends of what is kept.
    let hours = (number / 2 * 71).min(89 * 24) as i64 + 1;
    let time = today - TimeDelta::hours(hours);
    let mut row = shape(
        MESSAGE_TRACE,
        number + place,
        json!({
            "id": format!("{number:08x}-1111-4222-8333-00000000000{}", number % 4),
            "receivedDateTime": time.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            "status": by_turns(&STATES, number + place),
        }),
    );
    row.insert(
        "recipientAddress".to_owned(),
        json!(RECIPIENTS[(number + place) % RECIPIENTS.len()]),
    );
    row
}
