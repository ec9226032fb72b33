//! Mail folders, the whole tree.
//!
//! Only the id is pushed down. The tree is read from the top, so a filter would drop a folder
//! together with the folders inside it. Graph would accept some filters
//! (docs/graph.md#mail-folders-filter).

use super::columns::{ID_LENGTH, at, boolean, id, id_reference, integer, long_text, strings, text};
use super::derived::{
    composite_key, folder_depth, folder_path, mailbox, safe_key, well_known_name,
};
use super::permissions;
use crate::definition::{Collection, ForeignKey, Index, Scope, Table, TableProof};

/// Names that Graph accepts in place of the id of a default folder (docs/graph.md#well-known-folders).
pub const WELL_KNOWN_FOLDERS: &[&str] = &[
    "archive",
    "clutter",
    "conflicts",
    "conversationhistory",
    "deleteditems",
    "drafts",
    "inbox",
    "junkemail",
    "localfailures",
    "msgfolderroot",
    "outbox",
    "recoverableitemsdeletions",
    "scheduled",
    "searchfolders",
    "sentitems",
    "serverfailures",
    "syncissues",
];

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static MAIL_FOLDERS: Table = Table {
    name: "MailFolders",
    remarks: "Mail folders at every depth, hidden ones and search folders too",
    scope: Scope::Mailbox,
    permission: permissions::MAIL,
    collection: Collection::MailFolders,
    columns: &[
        mailbox(),
        composite_key(ID_LENGTH).select("id"),
        safe_key(),
        id(),
        folder_path(),
        folder_depth(),
        well_known_name(),
        integer(at!(childFolderCount)).remarks("Number of folders directly in it"),
        text(at!(displayName), 256).remarks("Name, in the mailbox's language for the default folders"),
        boolean(at!(isHidden)).remarks("Whether it is hidden"),
        id_reference(at!(parentFolderId)).remarks("Folder that holds the folder (MailFolders.id)"),
        integer(at!(totalItemCount)).remarks("Number of items in it"),
        integer(at!(unreadItemCount)).remarks("Number of unread items in it"),
        long_text(at!(filterQuery)).cast("microsoft.graph.mailSearchFolder/filterQuery", "search-folders").remarks("Search folders: the OData filter that chooses the messages"),
        boolean(at!(includeNestedFolders)).cast("microsoft.graph.mailSearchFolder/includeNestedFolders", "search-folders").remarks("Search folders: whether folders inside the searched ones are searched"),
        boolean(at!(isSupported)).cast("microsoft.graph.mailSearchFolder/isSupported", "search-folders").remarks("Search folders: whether Graph can change it"),
        strings(at!(sourceFolderIds)).cast("microsoft.graph.mailSearchFolder/sourceFolderIds", "search-folders").remarks("Search folders: ids of the folders that are searched"),
    ],
    id_columns: &["id"],
    foreign_keys: &[ForeignKey {
        column: "parentFolderId",
        table: "MailFolders",
        referenced: "id",
    }],
    max_page_size: 1000,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "mail-folders", pages: "page-sizes", index: None },
};
