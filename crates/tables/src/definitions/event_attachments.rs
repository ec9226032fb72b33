//! Attachments of events.

use super::attachment_columns::attachment_columns;
use super::columns::{ID_LENGTH, at, binary, boolean, id, integer, text, timestamp};
use super::derived::{composite_key, event_id, mailbox, odata_type, safe_key};
use super::permissions;
use crate::definition::{Collection, ForeignKey, Index, Owners, Scope, Table, TableProof};

#[rustfmt::skip] // like the other tables
pub static EVENT_ATTACHMENTS: Table = Table {
    name: "EventAttachments",
    remarks: "Files, items and links attached to single events and to masters of series",
    scope: Scope::Mailbox,
    permission: permissions::ALL_CALENDARS,
    collection: Collection::Attachments(Owners::Events),
    columns: attachment_columns!(event_id()),
    id_columns: &["eventId", "id"],
    foreign_keys: &[ForeignKey {
        column: "eventId",
        table: "Events",
        referenced: "id",
    }],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "attachments", pages: "page-sizes", index: None },
};
