//! Categories of events.

use super::derived::{composite_key, mailbox, safe_key};
use super::element_columns::{ELEMENT_ID_LENGTH, element_id, ordinal, parent, whole};
use super::permissions;
use crate::definition::{
    Collection, ElementList, Elements, ForeignKey, Index, Scope, Table, TableProof,
};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static EVENT_CATEGORIES: Table = Table {
    name: "EventCategories",
    remarks: "Categories of events",
    scope: Scope::Mailbox,
    permission: permissions::CALENDARS,
    collection: Collection::Elements(Elements {
        parents: "Events",
        lists: &[
            ElementList::only("categories"),
        ],
        usual: 1,
    }),
    columns: &[
        mailbox(),
        composite_key(ELEMENT_ID_LENGTH),
        safe_key(),
        element_id(),
        parent("eventId").remarks("Event that has the category (Events.id)"),
        ordinal(),
        whole("category", 256).item("events-filter").remarks("Name of the category (Categories.displayName)"),
    ],
    id_columns: &["id"],
    foreign_keys: &[ForeignKey { column: "eventId", table: "Events", referenced: "id" }],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "events", pages: "page-sizes", index: None },
};
