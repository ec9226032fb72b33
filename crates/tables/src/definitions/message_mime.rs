//! Messages as Internet mail has them.

use super::columns::{ID_LENGTH, at, id, id_reference, timestamp};
use super::derived::{composite_key, mailbox, mime, own_message_id, safe_key};
use super::permissions;
use crate::definition::{Collection, Filter, ForeignKey, Index, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static MESSAGE_MIME: Table = Table {
    name: "MessageMime",
    remarks: "Messages as Internet mail has them, with all headers, bodies and attachments",
    scope: Scope::Mailbox,
    permission: permissions::ALL_MAIL,
    collection: Collection::Messages,
    columns: &[
        mailbox(),
        composite_key(ID_LENGTH).select("id"),
        safe_key(),
        id(),
        own_message_id(),
        id_reference(at!(parentFolderId)).filter(Filter::ParentFolder, "messages").remarks("Folder that holds the message (MailFolders.id)"),
        timestamp(at!(receivedDateTime)).filterable("messages-filter").sortable("messages-order").remarks("When it arrived"),
        mime(),
    ],
    id_columns: &["id"],
    foreign_keys: &[
        ForeignKey { column: "messageId", table: "Messages", referenced: "id" },
        ForeignKey { column: "parentFolderId", table: "MailFolders", referenced: "id" },
    ],
    max_page_size: 1000,
    index: Index::None,
    windows: Some("receivedDateTime"),
    proof: TableProof { rows: "mime", pages: "page-sizes", index: None },
};
