//! Folders of contacts.

use super::columns::{ID_LENGTH, at, id, id_reference, text};
use super::derived::{composite_key, folder_depth, folder_path, mailbox, safe_key};
use super::permissions;
use crate::definition::{Collection, Index, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static CONTACT_FOLDERS: Table = Table {
    name: "ContactFolders",
    remarks: "Folders of contacts besides the default one",
    scope: Scope::Mailbox,
    permission: permissions::CONTACTS,
    collection: Collection::ContactFolders,
    columns: &[
        mailbox(),
        composite_key(ID_LENGTH).select("id"),
        safe_key(),
        id(),
        folder_path(),
        folder_depth(),
        text(at!(displayName), 256).remarks("Name"),
        id_reference(at!(parentFolderId)).remarks("Folder that holds it; the default folder at the top"),
    ],
    id_columns: &["id"],
    foreign_keys: &[],
    max_page_size: 1000,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "contacts", pages: "page-sizes", index: None },
};
