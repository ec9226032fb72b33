//! Events of all calendars as people see them: single ones and the occurrences of series.

use super::columns::{
    CHANGE_KEY_LENGTH, ID_LENGTH, at, attendees, boolean, double, enumeration, id, id_reference,
    integer, json, long_text, strings, text, time_zone, timestamp, zoned_timestamp,
};
use super::derived::{calendar_id, composite_key, mailbox, safe_key};
use super::event_columns::event_columns;
use super::permissions;
use crate::definition::{Collection, Filter, ForeignKey, Index, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static CALENDAR_VIEW: Table = Table {
    name: "CalendarView",
    remarks: "Single events and the occurrences of series in every calendar, in a span of time",
    scope: Scope::Mailbox,
    permission: permissions::CALENDARS,
    collection: Collection::CalendarView,
    columns: event_columns! {
        keys: [
            mailbox(),
            composite_key(ID_LENGTH + 1 + CHANGE_KEY_LENGTH).select("changeKey"),
            safe_key(),
            id(),
            calendar_id(),
            strings(at!(categories)).items("events-filter").remarks("Names of its categories; the mailbox's category list has their colours"),
            text(at!(changeKey), 128).case_sensitive().remarks("Version of the item; new after every change"),
        ],
        cancelled: [],
        end: zoned_timestamp(at!(end / dateTime)).filter(Filter::ViewEnd, "calendar-view").remarks("End"),
        organized: boolean(at!(isOrganizer)).filterable("events-filter"),
        recurrence: [],
        series: id_reference(at!(seriesMasterId)),
        start: zoned_timestamp(at!(start / dateTime)).filter(Filter::ViewStart, "calendar-view").remarks("Start"),
        subject: text(at!(subject), 998).equality("events-filter"),
        kind: enumeration(at!(type)).members(&["singleInstance", "occurrence", "exception", "seriesMaster"], "events-filter"),
    },
    id_columns: &["id"],
    foreign_keys: &[ForeignKey {
        column: "calendarId",
        table: "Calendars",
        referenced: "id",
    }],
    max_page_size: 1000,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "calendar-view", pages: "page-sizes", index: None },
};
