//! Mail folders: the default tree of every mailbox, and additions to it.

use std::collections::HashMap;

use super::entity;
use super::ids::Ids;
use crate::model::{Entity, Folder, Item};

/// Well-known name, display name and well-known name of the parent, parents first
/// (docs/graph.md#well-known-folders).
const WELL_KNOWN: &[(&str, &str, Option<&str>)] = &[
    ("inbox", "Inbox", None),
    ("drafts", "Drafts", None),
    ("sentitems", "Sent Items", None),
    ("deleteditems", "Deleted Items", None),
    ("junkemail", "Junk Email", None),
    ("archive", "Archive", None),
    ("outbox", "Outbox", None),
    ("conversationhistory", "Conversation History", None),
    ("syncissues", "Sync Issues", None),
    ("conflicts", "Conflicts", Some("syncissues")),
    ("localfailures", "Local Failures", Some("syncissues")),
    ("serverfailures", "Server Failures", Some("syncissues")),
];

/// Number of the default calendar, for [`Ids::folder`]; further calendars follow.
pub const CALENDAR: u32 = 0x1000;
/// Number of the default contact folder; further ones follow.
pub const CONTACTS: u32 = 0x2000;
/// Number of the first task list; further ones follow.
pub const TASKS: u32 = 0x3000;
/// Number of the first group of calendars; further ones follow.
pub const CALENDAR_GROUPS: u32 = 0x4000;
/// Number of the root of the mail folders, which follow.
const ROOT: u32 = 0x1_0000;

/// The folders of a mailbox while it is being filled.
#[derive(Clone, Debug)]
pub struct FolderTree {
    ids: Ids,
    root_id: String,
    folders: Vec<Folder>,
    next: u32,
}

impl FolderTree {
    pub fn new(ids: Ids) -> Self {
        let mut tree = Self {
            root_id: ids.folder(ROOT),
            ids,
            folders: Vec::new(),
            next: ROOT + 1,
        };
        for (well_known_name, display_name, parent) in WELL_KNOWN {
            let parent_id = match parent {
                Some(parent) => tree.well_known(parent),
                None => tree.root_id.clone(),
            };
            tree.add(&parent_id, display_name);
            let folder = tree.folders.last_mut().expect("just added");
            folder.well_known_name = Some((*well_known_name).to_owned());
        }
        tree
    }

    pub fn root_id(&self) -> &str {
        &self.root_id
    }

    pub fn folders(&self) -> &[Folder] {
        &self.folders
    }

    /// Id of a folder that every mailbox has.
    pub fn well_known(&self, name: &str) -> String {
        let found = self
            .folders
            .iter()
            .find(|folder| folder.well_known_name.as_deref() == Some(name));
        match found {
            Some(folder) => text(&folder.entity, "id").to_owned(),
            None => panic!("{name} is no folder that every mailbox has"),
        }
    }

    /// Adds a folder and returns its id.
    pub fn add(&mut self, parent_id: &str, display_name: &str) -> String {
        self.insert(parent_id, display_name, false)
    }

    /// Adds a folder that is only shown when hidden ones are requested.
    pub fn add_hidden(&mut self, parent_id: &str, display_name: &str) -> String {
        self.insert(parent_id, display_name, true)
    }

    /// Adds a folder that finds messages instead of holding them (docs/graph.md#search-folders).
    pub fn add_search(
        &mut self,
        display_name: &str,
        filter_query: &str,
        source_ids: &[String],
    ) -> String {
        let parent_id = self.root_id.clone();
        let id = self.add(&parent_id, display_name);
        let folder = self.folders.last_mut().expect("just added");
        folder.entity.append(&mut entity! {
            "@odata.type": "#microsoft.graph.mailSearchFolder",
            "isSupported": true,
            "includeNestedFolders": true,
            "sourceFolderIds": source_ids,
            "filterQuery": filter_query,
        });
        id
    }

    /// Id of the folder at a path of display names (`Inbox/Lists/Linux`); creates missing folders.
    pub fn at(&mut self, path: &str) -> String {
        let mut parent_id = self.root_id.clone();
        for name in path.split('/').filter(|name| !name.is_empty()) {
            parent_id = match self.child(&parent_id, name) {
                Some(id) => id,
                None => self.add(&parent_id, name),
            };
        }
        parent_id
    }

    fn child(&self, parent_id: &str, display_name: &str) -> Option<String> {
        let found = self.folders.iter().find(|folder| {
            text(&folder.entity, "parentFolderId") == parent_id
                && text(&folder.entity, "displayName").eq_ignore_ascii_case(display_name)
        })?;
        Some(text(&found.entity, "id").to_owned())
    }

    fn insert(&mut self, parent_id: &str, display_name: &str, is_hidden: bool) -> String {
        let id = self.ids.folder(self.next);
        self.next += 1;
        self.folders.push(Folder {
            well_known_name: None,
            entity: entity! {
                "id": id.as_str(),
                "displayName": display_name,
                "parentFolderId": parent_id,
                "childFolderCount": 0,
                "unreadItemCount": 0,
                "totalItemCount": 0,
                "isHidden": is_hidden,
            },
        });
        id
    }

    /// The folders with their counts.
    pub fn finish(mut self, counts: &Counts) -> Vec<Folder> {
        let mut children: HashMap<String, u32> = HashMap::new();
        for folder in &self.folders {
            *children
                .entry(text(&folder.entity, "parentFolderId").to_owned())
                .or_default() += 1;
        }
        for folder in &mut self.folders {
            let id = text(&folder.entity, "id").to_owned();
            let (total, unread) = counts.get(id.as_str()).copied().unwrap_or_default();
            let child_count = children.get(&id).copied().unwrap_or_default();
            folder
                .entity
                .insert("childFolderCount".into(), child_count.into());
            folder.entity.insert("totalItemCount".into(), total.into());
            folder
                .entity
                .insert("unreadItemCount".into(), unread.into());
        }
        self.folders
    }
}

/// How many messages a folder holds, and how many of them are unread.
pub type Counts<'a> = HashMap<&'a str, (u32, u32)>;

/// Counts messages, given by their folders and whether they are unread.
pub fn count<'a>(messages: impl Iterator<Item = (&'a str, bool)>) -> Counts<'a> {
    let mut counts = Counts::new();
    for (folder_id, is_unread) in messages {
        let (total, unread) = counts.entry(folder_id).or_default();
        *total += 1;
        *unread += u32::from(is_unread);
    }
    counts
}

/// Counts messages that are held.
pub fn count_items(messages: &[Item]) -> Counts<'_> {
    let messages = messages.iter();
    count(messages.map(|message| (message.parent_id.as_str(), message.is_unread())))
}

fn text<'a>(entity: &'a Entity, property: &str) -> &'a str {
    entity[property].as_str().expect("folders have texts there")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> FolderTree {
        FolderTree::new(Ids::new("ann@contoso.example"))
    }

    #[test]
    fn a_path_finds_folders_and_makes_the_missing_ones() {
        let mut tree = tree();
        let count = tree.folders().len();
        assert_eq!(tree.at("inbox"), tree.well_known("inbox"));
        assert_eq!(tree.folders().len(), count);
        let linux = tree.at("Inbox/Lists/Linux");
        assert_eq!(tree.folders().len(), count + 2);
        assert_eq!(tree.at("Inbox/Lists/Linux"), linux);
        assert_eq!(tree.folders().len(), count + 2);
    }

    #[test]
    fn finished_folders_know_their_counts() {
        let mut tree = tree();
        let inbox = tree.well_known("inbox");
        tree.add(&inbox, "Lists");
        let messages = [true, false].map(|is_read| Item {
            parent_id: inbox.clone(),
            entity: entity! { "isRead": is_read },
            attachments: Vec::new(),
        });
        let folders = tree.finish(&count_items(&messages));
        let inbox = &folders[0].entity;
        assert_eq!(inbox["childFolderCount"], 1);
        assert_eq!(inbox["totalItemCount"], 2);
        assert_eq!(inbox["unreadItemCount"], 1);
    }

    #[test]
    fn parents_come_before_their_children() {
        let tree = tree();
        let mut seen = vec![tree.root_id().to_owned()];
        for folder in tree.folders() {
            assert!(seen.iter().any(|id| *id == folder.entity["parentFolderId"]));
            seen.push(text(&folder.entity, "id").to_owned());
        }
    }
}
