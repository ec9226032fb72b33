//! Single events and occurrences, made from the tenant's events without the simulator's code: weekly series in UTC, day
//! after day.
//! Other patterns and zones are compared with another library in tests/random_series.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use driver_harness::tenant::text;
use graph_simulator::model::{Item, Mailbox};
use serde_json::{Value, json};

/// Statements name spans before this day.
const LAST: &str = "2026-07-15";

/// Single events, occurrences and exceptions.
pub fn items(mailbox: &Mailbox, with_single_events: bool) -> Vec<Item> {
    let mut items = Vec::new();
    for event in &mailbox.events {
        match text(&event.entity, "type") {
            "seriesMaster" => items.extend(occurrences(mailbox, event)),
            "singleInstance" if !with_single_events => {}
            // One that ends long before it starts overlaps with no span in which it could start.
            _ if time(event, "start") - time(event, "end") > TimeDelta::days(1) => {}
            _ => items.push(event.clone()),
        }
    }
    items
}

fn occurrences(mailbox: &Mailbox, master: &Item) -> Vec<Item> {
    let recurrence = &master.entity["recurrence"];
    let date = |name: &str| -> NaiveDate {
        let text = recurrence["range"][name].as_str().expect("a date");
        text.parse().expect("a date")
    };
    let (first, last) = (date("startDate"), date("endDate"));
    let days = recurrence["pattern"]["daysOfWeek"]
        .as_array()
        .expect("days");
    let interval = recurrence["pattern"]["interval"]
        .as_i64()
        .expect("a number");
    // Weeks begin on Sunday, as day 0 of the common era does.
    let week = |day: NaiveDate| i64::from(day.num_days_from_ce().div_euclid(7));
    let is_on = |day: &NaiveDate| {
        let name = day.format("%A").to_string().to_lowercase();
        (week(*day) - week(first)) % interval == 0 && days.contains(&Value::String(name))
    };
    let last = last.min(LAST.parse().expect("a day"));
    let all = first.iter_days().take_while(|day| *day <= last);
    let mut items = Vec::new();
    for day in all.filter(is_on) {
        if !is_replaced(mailbox, master, day) {
            items.extend(occurrence(master, day));
        }
    }
    items
}

/// Whether the day is cancelled, or an exception stands for it.
fn is_replaced(mailbox: &Mailbox, master: &Item, day: NaiveDate) -> bool {
    let id = text(&master.entity, "id");
    let cancelled = master.entity["cancelledOccurrences"].as_array();
    let is_cancelled =
        |cancelled: &Vec<Value>| cancelled.contains(&json!(format!("OID.{id}.{day}")));
    let stands_for = |event: &&Item| {
        let of_series = event.entity.get("seriesMasterId").and_then(Value::as_str) == Some(id);
        of_series && text(&event.entity, "originalStart").starts_with(&day.to_string())
    };
    cancelled.is_some_and(is_cancelled) || mailbox.events.iter().any(|event| stands_for(&event))
}

/// `None` if it would last beyond the years.
fn occurrence(master: &Item, day: NaiveDate) -> Option<Item> {
    let (start, end) = (time(master, "start"), time(master, "end"));
    let midnight = start.date().and_time(NaiveTime::MIN);
    let moved = |time: NaiveDateTime| {
        let time = day.and_time(NaiveTime::MIN) + (time - midnight);
        (time.year() < 10_000).then(|| time.format("%Y-%m-%dT%H:%M:%S%.9f").to_string())
    };
    let (start, end) = (moved(start)?, moved(end.max(start))?);
    let master_id = text(&master.entity, "id");
    let core = master_id.trim_end_matches('=');
    let padding = &master_id[core.len()..];
    let uid = text(&master.entity, "iCalUId");
    let mut occurrence = master.clone();
    for (name, value) in [
        (
            "id",
            json!(format!("{core}_{}{padding}", day.format("%Y%m%d"))),
        ),
        ("type", json!("occurrence")),
        ("seriesMasterId", json!(master_id)),
        ("originalStart", json!(format!("{start}Z"))),
        (
            "iCalUId",
            json!(format!(
                "{uid}{:04X}{:02X}{:02X}",
                day.year(),
                day.month(),
                day.day()
            )),
        ),
        ("start", json!({ "dateTime": start, "timeZone": "UTC" })),
        ("end", json!({ "dateTime": end, "timeZone": "UTC" })),
    ] {
        occurrence.entity.insert(name.to_owned(), value);
    }
    Some(occurrence)
}

fn time(event: &Item, name: &str) -> NaiveDateTime {
    let time = event.entity[name]["dateTime"].as_str().expect("a time");
    time.parse().expect("a time")
}
