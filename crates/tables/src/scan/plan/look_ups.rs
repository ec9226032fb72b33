//! Requests that decide whether an object that was not read from the list of all is a row of the table.

use super::listing::{Each, Listing};
use super::resource_root::ResourceRoot;
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
    let folders = root.each("mailFolders", "{each}", &[]);
    FolderLookUp(folders.map(|folder| folder.option("$select", "id,parentFolderId,isHidden")))
}

pub fn of_messages(root: ResourceRoot<'_>) -> MessageLookUp {
    MessageLookUp {
        folders: of_folders(root),
        list: ids(root.at(&["messages"]), MESSAGES.max_page_size),
    }
}

pub fn of_ids(root: ResourceRoot<'_>) -> IdLookUp {
    let messages = root.each("messages", "{each}", &[]);
    IdLookUp {
        messages: messages.map(|message| message.option("$select", "id,parentFolderId")),
        filed: of_messages(root),
    }
}

/// The ids of a collection.
pub fn ids(collection: Listing, page_size: u32) -> Listing {
    collection.option("$select", "id").top(page_size)
}
