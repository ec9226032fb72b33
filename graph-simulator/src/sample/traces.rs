//! Traces of messages. They are of the last days, whenever that is, because Graph keeps no older ones.

use super::directory::id;
use super::names::DOMAIN;
use crate::entities::whole;
use crate::model::{Entity, Traces};
use chrono::{Days, NaiveTime, TimeDelta, Utc};
use serde_json::json;

/// Sender, recipients with what became of the message, subject, and how many days ago it was.
type Way = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static str,
    u64,
);

const WAYS: &[Way] = &[
    ("adele.vance", &[("alex.wilber", "delivered")], "Budget", 1),
    (
        "alex.wilber",
        &[("adele.vance", "delivered"), ("everybody", "expanded")],
        "Summer party",
        3,
    ),
    (
        "newsletter",
        &[("adele.vance", "quarantined")],
        "You have won",
        12,
    ),
    ("adele.vance", &[("nobody", "failed")], "Offer", 40),
    (
        "offers",
        &[("alex.wilber", "filteredAsSpam")],
        "Cheap toner",
        85,
    ),
];

pub fn traces() -> Traces {
    let today = Utc::now().date_naive();
    let rows = WAYS
        .iter()
        .zip(0..)
        .flat_map(|((sender, recipients, subject, days), hour)| {
            let time =
                today.and_time(NaiveTime::MIN) - Days::new(*days) + TimeDelta::hours(hour + 8);
            let row = move |(recipient, status): &(&str, &str)| -> Entity {
                whole(
                    "exchangeMessageTrace",
                    json!({
                        "id": id("trace", subject),
                        "messageId": format!("<{days}.{hour}@{DOMAIN}>"),
                        "receivedDateTime": time.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
                        "senderAddress": format!("{sender}@{DOMAIN}"),
                        "recipientAddress": format!("{recipient}@{DOMAIN}"),
                        "subject": subject,
                        "status": status,
                        "size": 20_480 + hour * 1_024,
                        "fromIP": "203.0.113.25",
                        "toIP": "",
                    }),
                )
            };
            recipients.iter().map(row)
        });
    Traces {
        rows: rows.collect(),
        lacks_principal: false,
    }
}
