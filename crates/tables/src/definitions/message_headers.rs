//! Internet headers of messages.

use super::columns::at;
use super::derived::{composite_key, mailbox, safe_key};
use super::element_columns::{
    ELEMENT_ID_LENGTH, element_id, element_long_text, element_text, ordinal, parent,
};
use super::permissions;
use crate::definition::{
    Collection, ElementList, Elements, ForeignKey, Index, Scope, Table, TableProof,
};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static MESSAGE_HEADERS: Table = Table {
    name: "MessageHeaders",
    remarks: "Internet headers of messages, in their order",
    scope: Scope::Mailbox,
    permission: permissions::MAIL,
    collection: Collection::Elements(Elements {
        parents: "Messages",
        lists: &[
            ElementList::only("internetMessageHeaders"),
        ],
        usual: 40,
    }),
    columns: &[
        mailbox(),
        composite_key(ELEMENT_ID_LENGTH),
        safe_key(),
        element_id(),
        parent("messageId").remarks("Message that has the header (Messages.id)"),
        ordinal(),
        element_text(at!(name), 998).remarks("Name of the header, such as Received"),
        element_long_text(at!(value)).remarks("Value of the header"),
    ],
    id_columns: &["id"],
    foreign_keys: &[ForeignKey { column: "messageId", table: "Messages", referenced: "id" }],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "messages", pages: "page-sizes", index: None },
};
