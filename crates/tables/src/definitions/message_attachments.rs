//! Attachments of messages.

use super::attachment_columns::attachment_columns;
use super::columns::{ID_LENGTH, at, binary, boolean, id, integer, text, timestamp};
use super::derived::{composite_key, mailbox, message_id, odata_type, safe_key};
use super::permissions;
use crate::definition::{Collection, ForeignKey, Index, Owners, Scope, Table, TableProof};

#[rustfmt::skip] // like the other tables
pub static MESSAGE_ATTACHMENTS: Table = Table {
    name: "MessageAttachments",
    remarks: "Files, items and links attached to messages",
    scope: Scope::Mailbox,
    permission: permissions::ALL_MAIL,
    collection: Collection::Attachments(Owners::Messages),
    columns: attachment_columns!(message_id()),
    id_columns: &["messageId", "id"],
    foreign_keys: &[ForeignKey {
        column: "messageId",
        table: "Messages",
        referenced: "id",
    }],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "attachments", pages: "page-sizes", index: None },
};
