//! Lists of tasks.

use super::columns::{ID_LENGTH, at, boolean, enumeration, id, text};
use super::derived::{composite_key, mailbox, safe_key};
use super::permissions;
use crate::definition::{Collection, Index, List, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static TODO_LISTS: Table = Table {
    name: "TodoLists",
    remarks: "Lists of tasks in Microsoft To Do",
    scope: Scope::Mailbox,
    permission: permissions::TASKS,
    collection: Collection::List(List {
        path: &["todo", "lists"],
        items: Some(&["todo", "lists"]),
        has_count: false,
        usual: 5,
    }),
    columns: &[
        mailbox(),
        composite_key(ID_LENGTH).select("id"),
        safe_key(),
        id(),
        text(at!(displayName), 256).remarks("Name"),
        boolean(at!(isOwner)).remarks("Whether the mailbox owns the list"),
        boolean(at!(isShared)).remarks("Whether it is shared"),
        enumeration(at!(wellknownListName)).remarks("defaultList, flaggedEmails, or none"),
    ],
    id_columns: &["id"],
    foreign_keys: &[],
    max_page_size: 100,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "todo", pages: "page-sizes", index: None },
};
