//! Rows as a zone shows their times.

use crate::cell::Cell;
use crate::rows::{Kind, Table};
use chrono::{Datelike, NaiveDateTime, TimeZone};
use chrono_tz::Tz;

/// As the reference writes moments.
const FORM: &str = "%Y-%m-%d %H:%M:%S%.6f";

/// Changes the rows of a table.
pub fn show(zone: Tz, table: &Table, rows: &mut [Vec<Cell>]) {
    let place = |name: &str| table.columns.iter().position(|column| column.name == name);
    let all_day = place("isAllDay");
    for row in rows {
        let is_all_day = all_day.is_some_and(|place| row[place] == Cell::Integer(1));
        for (index, column) in table.columns.iter().enumerate() {
            let is_span = matches!(column.name.as_str(), "start_dateTime" | "end_dateTime");
            let stays = is_all_day && is_span;
            if let Cell::Text(text) = &mut row[index] {
                if column.kind == Kind::Timestamp && !stays {
                    *text = local(zone, text);
                }
                let beside = column.name.strip_suffix("_timeZone");
                if beside.is_some_and(|beside| place(&format!("{beside}_dateTime")).is_some()) {
                    *text = zone.name().to_owned();
                }
            }
        }
    }
}

/// The signs at the ends of the calendar stay.
fn local(zone: Tz, text: &str) -> String {
    let moment = NaiveDateTime::parse_from_str(text, FORM).expect("a moment");
    let local = zone.from_utc_datetime(&moment).naive_local();
    match (1..=9999).contains(&local.year()) {
        true => local.format(FORM).to_string(),
        false => text.to_owned(),
    }
}
