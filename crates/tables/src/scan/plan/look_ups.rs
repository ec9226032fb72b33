//! Requests that decide whether an object that was not read from the list of all is a row of the table.

use super::listing::{Each, Listing};
use super::resource_root::ResourceRoot;
use super::window::{Toward, Window, Windowed};
use super::windows;
use crate::definition::Table;
use crate::definitions::MESSAGES;

/// The root folder. It has an id, which its children name, but is not a row of the table
/// (docs/graph.md#mail-folders).
pub const ROOT: &str = "msgfolderroot";

/// Tells where folders are: each, and those above it.
#[derive(Clone, Debug)]
pub struct FolderLookUp(pub Each);

/// Tells which messages are listed: by their folders, and by the list itself where these leave a doubt.
#[derive(Clone, Debug)]
pub struct MessageLookUp {
    pub folders: FolderLookUp,
    pub list: Listing,
}

/// Tells which messages are listed of which no more is known than the ids.
#[derive(Clone, Debug)]
pub struct IdLookUp {
    pub messages: Each,
    pub filed: MessageLookUp,
}

pub fn of_folders(root: ResourceRoot<'_>) -> FolderLookUp {
    let folders = root.each(&["mailFolders"], "{each}", &[]);
    FolderLookUp(folders.map(|folder| folder.option("$select", "id,parentFolderId,isHidden")))
}

pub fn of_messages(root: ResourceRoot<'_>, in_windows: bool) -> MessageLookUp {
    MessageLookUp {
        folders: of_folders(root),
        list: message_ids(root.at(&["messages"]), None, in_windows),
    }
}

pub fn of_ids(root: ResourceRoot<'_>, in_windows: bool) -> IdLookUp {
    let messages = root.each(&["messages"], "{each}", &[]);
    IdLookUp {
        messages: messages.map(|message| message.option("$select", "id,parentFolderId")),
        filed: of_messages(root, in_windows),
    }
}

/// The ids of messages. `filter` may choose some.
pub fn message_ids(messages: Listing, filter: Option<&str>, in_windows: bool) -> Listing {
    ids_of(&MESSAGES, messages, filter, in_windows)
}

/// The ids of a table's rows, newest first in windows of time if Graph may be asked for them.
pub fn ids_of(table: &Table, rows: Listing, filter: Option<&str>, in_windows: bool) -> Listing {
    let filter = filter.map(str::to_owned);
    let all = ids(rows, table.max_page_size).with([("$filter", filter)]);
    let Some(by) = Windowed::of(table).filter(|_| in_windows) else {
        return all;
    };
    let mut newest_first = windows::listing(&all, by, Window::ALL, Toward::Older);
    newest_first.windowed = Some(by);
    newest_first
}

/// The ids of a collection.
pub fn ids(collection: Listing, page_size: u32) -> Listing {
    collection.option("$select", "id").top(page_size)
}
