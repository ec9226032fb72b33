//! Attachments of messages.
//!
//! Properties of the derived type fileAttachment are selected with a cast; they are null for
//! attached items and for links. Graph ignores filters here and returns all attachments of a
//! message at once (docs/graph.md#attachments).

use super::columns::{ID_LENGTH, at, binary, boolean, id, integer, text, timestamp};
use super::derived::{composite_key, mailbox, message_id, odata_type, safe_key};
use super::permissions;
use crate::definition::{Collection, ForeignKey, Index, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static MESSAGE_ATTACHMENTS: Table = Table {
    name: "MessageAttachments",
    remarks: "Files, items and links attached to messages",
    scope: Scope::Mailbox,
    permission: permissions::ALL_MAIL,
    collection: Collection::MessageAttachments,
    columns: &[
        mailbox(),
        composite_key(ID_LENGTH + 1 + ID_LENGTH).select("id"),
        safe_key(),
        id(),
        message_id(),
        odata_type("attachmentType").remarks("fileAttachment, itemAttachment or referenceAttachment"),
        text(at!(contentType), 256).unfilterable("attachments").remarks("MIME type"),
        boolean(at!(isInline)).unfilterable("attachments").remarks("Whether the body shows it"),
        timestamp(at!(lastModifiedDateTime)).unfilterable("attachments").remarks("When it was changed last"),
        text(at!(name), 256).unfilterable("attachments").remarks("Name shown, not always that of a file"),
        integer(at!(size)).unfilterable("attachments").remarks("Size in bytes"),
        binary(at!(contentBytes)).heavy("attachment's content").cast("microsoft.graph.fileAttachment/contentBytes", "attachments").remarks("The file; only for attachments of type fileAttachment"),
        text(at!(contentId), 998).cast("microsoft.graph.fileAttachment/contentId", "attachments").remarks("Content-ID that an HTML body uses to refer to it"),
        text(at!(contentLocation), 2048).cast("microsoft.graph.fileAttachment/contentLocation", "attachments").remarks("Not used by Exchange"),
    ],
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
