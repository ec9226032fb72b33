//! Rows as a zone shows their times.

use crate::cell::Cell;
use crate::rows::{Kind, Table};
use chrono::{NaiveDateTime, TimeZone};
use chrono_tz::Tz;

/// Midnights that stand for days.
const DAYS: &[&str] = &[
    "birthday",
    "completedDateTime_dateTime",
    "dueDateTime_dateTime",
    "employeeHireDate",
    "flag_completedDateTime_dateTime",
    "flag_dueDateTime_dateTime",
    "flag_startDateTime_dateTime",
];

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
            let is_day = |name: &str| {
                let starts = table.name == "TodoTasks" && name == "startDateTime_dateTime";
                DAYS.contains(&name) || starts
            };
            let stays = is_all_day && is_span || is_day(&column.name);
            if let Cell::Text(text) = &mut row[index] {
                if column.kind == Kind::Timestamp && !stays {
                    *text = local(zone, text);
                }
                let beside = column.name.strip_suffix("_timeZone");
                let time = beside.map(|beside| format!("{beside}_dateTime"));
                if time.is_some_and(|time| place(&time).is_some() && !is_day(&time)) {
                    *text = zone.name().to_owned();
                }
            }
        }
    }
}

/// The first and the last day of the calendar mean that there is no time.
fn local(zone: Tz, text: &str) -> String {
    if text.starts_with("0001-01-01") || text.starts_with("9999-12-31") {
        return text.to_owned();
    }
    let moment = NaiveDateTime::parse_from_str(text, FORM).expect("a moment");
    let local = zone.from_utc_datetime(&moment).naive_local();
    local.format(FORM).to_string()
}
