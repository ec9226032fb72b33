//! Recipients of messages.

use super::columns::at;
use super::derived::{composite_key, mailbox, safe_key};
use super::element_columns::{ELEMENT_ID_LENGTH, element_id, element_text, kind, ordinal, parent};
use super::permissions;
use crate::definition::{
    Collection, ElementList, Elements, ForeignKey, Index, Scope, Table, TableProof,
};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static MESSAGE_RECIPIENTS: Table = Table {
    name: "MessageRecipients",
    remarks: "To whom messages are addressed, and where answers should go",
    scope: Scope::Mailbox,
    permission: permissions::MAIL,
    collection: Collection::Elements(Elements {
        parents: "Messages",
        lists: &[
            ElementList::of_kind("to", "toRecipients"),
            ElementList::of_kind("cc", "ccRecipients"),
            ElementList::of_kind("bcc", "bccRecipients"),
            ElementList::of_kind("replyTo", "replyTo"),
        ],
        usual: 4,
    }),
    columns: &[
        mailbox(),
        composite_key(ELEMENT_ID_LENGTH),
        safe_key(),
        element_id(),
        parent("messageId").remarks("Message that has the recipient (Messages.id)"),
        kind().remarks("to, cc, bcc or replyTo"),
        ordinal(),
        element_text(at!(emailAddress / name), 256).named("name").remarks("Name"),
        element_text(at!(emailAddress / address), 320).named("address").remarks("Address"),
    ],
    id_columns: &["id"],
    foreign_keys: &[ForeignKey { column: "messageId", table: "Messages", referenced: "id" }],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "messages", pages: "page-sizes", index: None },
};
