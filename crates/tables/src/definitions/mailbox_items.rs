//! Items of every kind, as the import and export API has them.

use super::columns::{CHANGE_KEY_LENGTH, ID_LENGTH, at, big_integer, id, strings, text, timestamp};
use super::derived::{composite_key, mailbox, mailbox_folder_id, safe_key};
use super::permissions;
use crate::definition::{Collection, ForeignKey, Index, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static MAILBOX_ITEMS: Table = Table {
    name: "MailboxItems",
    remarks: "Items of every kind in the folders of a mailbox, with their sizes; only in Microsoft's global cloud",
    scope: Scope::Mailbox,
    permission: permissions::MAILBOX_ITEMS,
    collection: Collection::MailboxItems,
    columns: &[
        mailbox(),
        composite_key(ID_LENGTH + 1 + ID_LENGTH + 1 + CHANGE_KEY_LENGTH).select("changeKey"),
        safe_key(),
        id(),
        mailbox_folder_id(),
        strings(at!(categories)).remarks("Names of its categories"),
        text(at!(changeKey), CHANGE_KEY_LENGTH).case_sensitive().remarks("Version of the item; new after every change"),
        timestamp(at!(createdDateTime)).remarks("When it was created"),
        timestamp(at!(lastModifiedDateTime)).remarks("When it was changed last"),
        big_integer(at!(size)).remarks("Size in bytes"),
        text(at!(type), 256).remarks("Kind of the item: IPM.Note, IPM.Appointment and others"),
    ],
    id_columns: &["folderId", "id"],
    foreign_keys: &[ForeignKey { column: "folderId", table: "MailboxFolders", referenced: "id" }],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "mailbox-items", pages: "mailbox-items", index: None },
};
