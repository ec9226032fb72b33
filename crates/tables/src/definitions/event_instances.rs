//! Occurrences of series.
//!
//! Nothing but the span of time is sent to Graph, because no source shows a filter here
//! (docs/graph.md#instances).

use super::columns::{
    CHANGE_KEY_LENGTH, ID_LENGTH, at, attendees, boolean, double, enumeration, id, id_reference,
    integer, json, long_text, strings, text, time_zone, timestamp, zoned_timestamp,
};
use super::derived::{composite_key, mailbox, safe_key};
use super::event_columns::event_columns;
use super::permissions;
use crate::definition::{Collection, Filter, ForeignKey, Index, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static EVENT_INSTANCES: Table = Table {
    name: "EventInstances",
    remarks: "Occurrences of series, changed ones among them, in a span of time",
    scope: Scope::Mailbox,
    permission: permissions::CALENDARS,
    collection: Collection::EventInstances,
    columns: event_columns! {
        keys: [
            mailbox(),
            composite_key(ID_LENGTH + 1 + CHANGE_KEY_LENGTH).select("changeKey"),
            safe_key(),
            id(),
            strings(at!(categories)).remarks("Names of its categories; the mailbox's category list has their colours"),
            text(at!(changeKey), 128).case_sensitive().remarks("Version of the item; new after every change"),
        ],
        cancelled: [],
        end: zoned_timestamp(at!(end / dateTime)).filter(Filter::ViewEnd, "instances").remarks("End"),
        organized: boolean(at!(isOrganizer)),
        recurrence: [],
        series: id_reference(at!(seriesMasterId)).filter(Filter::Parent, "instances"),
        start: zoned_timestamp(at!(start / dateTime)).filter(Filter::ViewStart, "instances").remarks("Start"),
        subject: text(at!(subject), 998),
        kind: enumeration(at!(type)),
    },
    id_columns: &["id"],
    foreign_keys: &[ForeignKey {
        column: "seriesMasterId",
        table: "Events",
        referenced: "id",
    }],
    max_page_size: 1000,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "instances", pages: "page-sizes", index: None },
};
