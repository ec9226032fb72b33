//! Folders of every kind, as the import and export API has them.

use super::columns::{ID_LENGTH, at, id, id_reference, integer, text};
use super::derived::{composite_key, folder_depth, folder_path, mailbox, safe_key};
use super::permissions;
use crate::definition::{Collection, ForeignKey, Index, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static MAILBOX_FOLDERS: Table = Table {
    name: "MailboxFolders",
    remarks: "Folders of every kind of item, calendars and tasks too, at every depth; only in Microsoft's global cloud",
    scope: Scope::Mailbox,
    permission: permissions::MAILBOX_FOLDERS,
    collection: Collection::MailboxFolders,
    columns: &[
        mailbox(),
        composite_key(ID_LENGTH).select("id"),
        safe_key(),
        id(),
        folder_path(),
        folder_depth(),
        integer(at!(childFolderCount)).remarks("Number of folders directly in it"),
        text(at!(displayName), 256).remarks("Name"),
        id_reference(at!(parentFolderId)).remarks("Folder that holds the folder (MailboxFolders.id; no row for the root)"),
        integer(at!(totalItemCount)).remarks("Number of items in it"),
        text(at!(type), 256).remarks("Kind of its items: IPF.Note, IPF.Appointment and others"),
    ],
    id_columns: &["id"],
    foreign_keys: &[ForeignKey { column: "parentFolderId", table: "MailboxFolders", referenced: "id" }],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "mailbox-items", pages: "mailbox-items", index: None },
};
