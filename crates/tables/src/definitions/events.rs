//! Events of all calendars: single ones and the masters of series.

use super::columns::{
    CHANGE_KEY_LENGTH, ID_LENGTH, at, attendees, boolean, date, double, enumeration, id,
    id_reference, integer, json, long_text, strings, text, time_zone, timestamp, zoned_timestamp,
};
use super::derived::{calendar_id, composite_key, mailbox, safe_key};
use super::event_columns::event_columns;
use super::permissions;
use crate::definition::{Collection, ForeignKey, Index, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static EVENTS: Table = Table {
    name: "Events",
    remarks: "Single events and masters of series in every calendar",
    scope: Scope::Mailbox,
    permission: permissions::CALENDARS,
    collection: Collection::Events,
    columns: event_columns! {
        keys: [
            mailbox(),
            composite_key(ID_LENGTH + 1 + CHANGE_KEY_LENGTH).select("changeKey"),
            safe_key(),
            id(),
            calendar_id(),
            strings(at!(categories)).items("events-filter").remarks("Names of its categories; the mailbox's category list has their colours"),
            text(at!(changeKey), 128).case_sensitive().remarks("Version of the item; new after every change"),
            timestamp(at!(createdDateTime)).remarks("When it was created"),
            timestamp(at!(lastModifiedDateTime)).unfilterable("events-not-filtered").remarks("When it was changed last"),
        ],
        cancelled: [
            strings(at!(cancelledOccurrences)).remarks("Ids of the cancelled occurrences of a series"),
        ],
        end: zoned_timestamp(at!(end / dateTime)).filterable("events-filter").remarks("End"),
        organized: boolean(at!(isOrganizer)).filterable("events-filter"),
        recurrence: [
            integer(at!(recurrence / pattern / dayOfMonth)).unfilterable("events-not-filtered").remarks("Day of the month, for monthly and yearly series"),
            strings(at!(recurrence / pattern / daysOfWeek)).unfilterable("events-not-filtered").remarks("Days of the week"),
            enumeration(at!(recurrence / pattern / firstDayOfWeek)).unfilterable("events-not-filtered").remarks("First day of the week, for weekly series"),
            enumeration(at!(recurrence / pattern / index)).unfilterable("events-not-filtered").remarks("Which such weekday of the month: first, second, third, fourth or last"),
            integer(at!(recurrence / pattern / interval)).unfilterable("events-not-filtered").remarks("Days, weeks, months or years between occurrences"),
            integer(at!(recurrence / pattern / month)).unfilterable("events-not-filtered").remarks("Month, for yearly series"),
            enumeration(at!(recurrence / pattern / type)).unfilterable("events-not-filtered").remarks("daily, weekly, absoluteMonthly, relativeMonthly, absoluteYearly or relativeYearly"),
            date(at!(recurrence / range / endDate)).unfilterable("events-not-filtered").remarks("Last day of the series"),
            integer(at!(recurrence / range / numberOfOccurrences)).unfilterable("events-not-filtered").remarks("How often it takes place, for numbered series"),
            text(at!(recurrence / range / recurrenceTimeZone), 128).unfilterable("events-not-filtered").remarks("Time zone of the first and the last day"),
            date(at!(recurrence / range / startDate)).unfilterable("events-not-filtered").remarks("First day of the series"),
            enumeration(at!(recurrence / range / type)).unfilterable("events-not-filtered").remarks("endDate, noEnd or numbered"),
        ],
        series: id_reference(at!(seriesMasterId)),
        start: zoned_timestamp(at!(start / dateTime)).filterable("events-filter").sortable("events-order").remarks("Start"),
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
    windows: Some("start_dateTime"),
    proof: TableProof { rows: "events", pages: "page-sizes", index: None },
};
