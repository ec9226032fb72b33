//! People and resources that are invited to events.

use super::columns::at;
use super::derived::{composite_key, mailbox, safe_key};
use super::element_columns::{
    ELEMENT_ID_LENGTH, element_id, element_text, element_timestamp, ordinal, parent,
};
use super::permissions;
use crate::definition::{
    Collection, ElementList, Elements, ForeignKey, Index, Scope, Table, TableProof,
};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static EVENT_ATTENDEES: Table = Table {
    name: "EventAttendees",
    remarks: "People and resources that are invited to events, with their answers",
    scope: Scope::Mailbox,
    permission: permissions::CALENDARS,
    collection: Collection::Elements(Elements {
        parents: "Events",
        lists: &[
            ElementList::only("attendees"),
        ],
        usual: 5,
    }),
    columns: &[
        mailbox(),
        composite_key(ELEMENT_ID_LENGTH),
        safe_key(),
        element_id(),
        parent("eventId").remarks("Event to which they are invited (Events.id)"),
        ordinal(),
        element_text(at!(type), 64).remarks("required, optional or resource"),
        element_text(at!(emailAddress / name), 256).named("name").remarks("Name"),
        element_text(at!(emailAddress / address), 320).named("address").remarks("Address"),
        element_text(at!(status / response), 64).named("response").remarks("none, organizer, tentativelyAccepted, accepted, declined or notResponded"),
        element_timestamp(at!(status / time)).named("responseTime").remarks("When it was answered; 0001-01-01 when it was not"),
    ],
    id_columns: &["id"],
    foreign_keys: &[ForeignKey { column: "eventId", table: "Events", referenced: "id" }],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "events", pages: "page-sizes", index: None },
};
