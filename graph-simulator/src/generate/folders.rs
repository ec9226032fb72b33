//! The folders of a generated mailbox.

use super::options::Options;
use super::texts::{capitalised, word};
use crate::entities::folder::{Counts, FolderTree};
use crate::entities::ids::Ids;
use crate::model::Folder;

const SEARCH_FOLDER: &str = "Unread mail";

/// The tree of a mailbox, and the ids of the added folders.
pub fn tree(options: &Options, mailbox: &str) -> (FolderTree, Vec<String>) {
    let mut tree = FolderTree::new(Ids::new(mailbox));
    let mut added: Vec<String> = Vec::new();
    for number in 0..options.folders {
        let random = &mut options.random(mailbox, "folder", number);
        // One in six is at the top, the others in the inbox or deeper.
        let parent_id = match random.usize(..6) {
            0 => tree.root_id().to_owned(),
            1 | 2 => tree.well_known("inbox"),
            _ if added.is_empty() => tree.well_known("inbox"),
            _ => added[random.usize(..added.len())].clone(),
        };
        // No two folders of one parent have the same name.
        let name = format!("{} {}", capitalised(word(random)), number + 1);
        added.push(match number {
            2 => tree.add_hidden(&parent_id, &name),
            _ => tree.add(&parent_id, &name),
        });
    }
    (tree, added)
}

/// Adds a folder that finds unread messages in the inbox.
pub fn add_search_folder(tree: &mut FolderTree) {
    let inbox = tree.well_known("inbox");
    tree.add_search(SEARCH_FOLDER, "isRead eq false", &[inbox]);
}

/// The folders with their counts, those of the search folder too.
pub fn finish(tree: FolderTree, counts: &Counts) -> Vec<Folder> {
    let mut inbox = vec![tree.well_known("inbox")];
    for folder in tree.folders() {
        let parent_id = folder.entity["parentFolderId"].as_str().unwrap_or_default();
        if inbox.iter().any(|id| id == parent_id) {
            inbox.push(folder.entity["id"].as_str().unwrap_or_default().to_owned());
        }
    }
    let unread = |id: &String| counts.get(id.as_str()).map_or(0, |(_, unread)| *unread);
    let found: u32 = inbox.iter().map(unread).sum();
    let mut folders = tree.finish(counts);
    if let Some(folder) = folders.last_mut() {
        folder.entity.insert("totalItemCount".into(), found.into());
        folder.entity.insert("unreadItemCount".into(), found.into());
    }
    folders
}
