//! Categories of a mailbox.

use super::columns::{ID_LENGTH, at, enumeration, id, text};
use super::derived::{composite_key, mailbox, safe_key};
use super::permissions;
use crate::definition::{Collection, Index, List, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static CATEGORIES: Table = Table {
    name: "Categories",
    remarks: "Categories that the mailbox has for messages, events, contacts and tasks",
    scope: Scope::Mailbox,
    permission: permissions::SETTINGS,
    collection: Collection::List(List {
        path: &["outlook", "masterCategories"],
        items: Some(&["outlook", "masterCategories"]),
        has_count: false,
        usual: 10,
    }),
    columns: &[
        mailbox(),
        composite_key(ID_LENGTH).select("id"),
        safe_key(),
        id(),
        enumeration(at!(color)).remarks("Colour: none, or preset0 to preset24"),
        text(at!(displayName), 256).remarks("Name, as the items have it in their categories"),
    ],
    id_columns: &["id"],
    foreign_keys: &[],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "categories", pages: "page-sizes", index: None },
};
