//! Categories of messages.

use super::derived::{composite_key, mailbox, safe_key};
use super::element_columns::{ELEMENT_ID_LENGTH, element_id, ordinal, parent, whole};
use super::permissions;
use crate::definition::{
    Collection, ElementList, Elements, ForeignKey, Index, Scope, Table, TableProof,
};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static MESSAGE_CATEGORIES: Table = Table {
    name: "MessageCategories",
    remarks: "Categories of messages",
    scope: Scope::Mailbox,
    permission: permissions::MAIL,
    collection: Collection::Elements(Elements {
        parents: "Messages",
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
        parent("messageId").remarks("Message that has the category (Messages.id)"),
        ordinal(),
        whole("category", 256).item("messages-filter").remarks("Name of the category (Categories.displayName)"),
    ],
    id_columns: &["id"],
    foreign_keys: &[ForeignKey { column: "messageId", table: "Messages", referenced: "id" }],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "messages", pages: "page-sizes", index: None },
};
