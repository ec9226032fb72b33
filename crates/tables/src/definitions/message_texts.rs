//! Bodies of messages as plain text, whatever the setting `BodyType` has for other tables.

use super::columns::{ID_LENGTH, at, id, id_reference, plain_text, timestamp};
use super::derived::{composite_key, mailbox, own_message_id, safe_key};
use super::permissions;
use crate::definition::{Collection, Filter, ForeignKey, Index, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static MESSAGE_TEXTS: Table = Table {
    name: "MessageTexts",
    remarks: "Bodies of messages as plain text",
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
        plain_text("bodyText", at!(body / content)).unfilterable("messages-not-filtered").heavy("message's body").remarks("The body as plain text, which Exchange makes of HTML"),
        plain_text("uniqueBodyText", at!(uniqueBody / content)).unfilterable("messages-not-filtered").heavy("message's unique body").remarks("What this message adds to its conversation, as plain text"),
    ],
    id_columns: &["id"],
    foreign_keys: &[
        ForeignKey { column: "messageId", table: "Messages", referenced: "id" },
        ForeignKey { column: "parentFolderId", table: "MailFolders", referenced: "id" },
    ],
    max_page_size: 1000,
    index: Index::None,
    windows: Some("receivedDateTime"),
    proof: TableProof { rows: "messages", pages: "page-sizes", index: None },
};
