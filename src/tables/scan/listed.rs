//! Which messages and folders are rows, whichever way the statement is read.
//!
//! Rows of `Messages` are what Graph lists under `/messages`, and rows of `MailFolders` are the folders below the top
//! of the mailbox. An id or a folder's path leads to more: to Recoverable Items, which lie beside the top, and to
//! hidden folders, whose messages the list may leave out. So what was found in such a way is looked up: a folder that
//! is reached from the top through folders that all show is surely listed, and for everything else the list itself
//! is asked.

use super::index;
use super::listing::Listing;
use super::reader::Reader;
use super::walk::Walk;
use crate::tables::Error;
use crate::tables::decode::RowContext;
use crate::tables::definitions::MESSAGES;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// Folders above each other. Exchange allows fewer.
const DEEPEST: usize = 400;

/// The folder above all others.
const ROOT: &str = "msgfolderroot";

/// Where a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Below the top, like all folders above it.
    Shown,
    /// Below the top, but it or one above it is hidden.
    Hidden,
    /// Somewhere else.
    Outside,
    /// Nowhere, or no longer.
    Gone,
}

/// Places of folders by their ids.
pub struct Places(HashMap<String, Place>);

impl Places {
    pub fn of(&self, folder: &str) -> Place {
        self.0.get(folder).copied().unwrap_or(Place::Gone)
    }

    /// Whether the messages of all of them are surely listed; those of no folder are.
    pub fn all_sure(&self) -> bool {
        let mut places = self.0.values();
        places.all(|place| matches!(place, Place::Shown | Place::Gone))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Folder {
    id: String,
    parent_folder_id: Option<String>,
    is_hidden: Option<bool>,
}

/// A folder on the way up.
struct Climb {
    folder: String,
    at: String,
    hidden: bool,
}

/// Where these folders are.
pub async fn folders(reader: &Reader, ids: &[String]) -> Result<Places, Error> {
    let mailbox = reader.mailbox.clone().unwrap_or_default();
    let known = reader.shared.source.known_folders();
    let mut places = HashMap::new();
    let mut climbs = Vec::new();
    for folder in ids {
        match known.is_shown(&mailbox, folder) {
            true => drop(places.insert(folder.clone(), Place::Shown)),
            false => climbs.push(Climb {
                folder: folder.clone(),
                at: folder.clone(),
                hidden: false,
            }),
        }
    }
    let mut root = known.root(&mailbox);
    for _ in 0..DEEPEST {
        if climbs.is_empty() {
            break;
        }
        let mut names: Vec<String> = Vec::new();
        for climb in &climbs {
            if !names.contains(&climb.at) {
                names.push(climb.at.clone());
            }
        }
        if root.is_none() {
            names.push(ROOT.to_owned());
        }
        let found = look_up(reader, names).await?;
        if root.is_none() {
            root = found.get(ROOT).map(|folder| folder.id.clone());
        }
        let mut higher = Vec::new();
        for mut climb in climbs {
            let folder = found.get(&climb.at);
            climb.hidden |= folder.is_some_and(|folder| folder.is_hidden == Some(true));
            let place = match folder {
                None if climb.at == climb.folder => Place::Gone,
                None => Place::Outside,
                Some(folder) => match &folder.parent_folder_id {
                    parent
                        if root.is_some()
                            && (root == *parent || root.as_ref() == Some(&folder.id)) =>
                    {
                        match climb.hidden {
                            true => Place::Hidden,
                            false => Place::Shown,
                        }
                    }
                    None => Place::Outside,
                    Some(parent) => {
                        climb.at.clone_from(parent);
                        higher.push(climb);
                        continue;
                    }
                },
            };
            places.insert(climb.folder, place);
        }
        climbs = higher;
    }
    // Those that lead in a circle.
    places.extend(
        climbs
            .into_iter()
            .map(|climb| (climb.folder, Place::Outside)),
    );
    let shown = places.iter().filter(|(_, place)| **place == Place::Shown);
    known.remember(&mailbox, root, shown.map(|(folder, _)| folder.as_str()));
    Ok(Places(places))
}

async fn look_up(reader: &Reader, names: Vec<String>) -> Result<HashMap<String, Folder>, Error> {
    let paths = names
        .iter()
        .map(|name| reader.path(["mailFolders", name]))
        .collect();
    let options = [("$select", "id,parentFolderId,isHidden".to_owned())];
    let replies = reader.batch(paths, &options).await?;
    let found = names.into_iter().zip(replies);
    Ok(found
        .filter_map(|(name, reply)| Some((name, serde_json::from_slice(&reply?).ok()?)))
        .collect())
}

/// Those of these messages that are rows.
pub async fn messages(reader: &Reader, ids: &[String]) -> Result<HashSet<String>, Error> {
    let paths = ids.iter().map(|id| reader.path(["messages", id]));
    let options = [("$select", "id,parentFolderId".to_owned())];
    let replies = reader.batch(paths.collect(), &options).await?;
    let parents: Vec<Option<String>> = replies
        .into_iter()
        .map(|reply| index::text(&reply?, "parentFolderId"))
        .collect();
    let mut distinct: Vec<String> = parents.iter().flatten().cloned().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let places = folders(reader, &distinct).await?;
    let (mut listed, mut unsure) = (HashSet::new(), HashSet::new());
    for (id, parent) in ids.iter().zip(&parents) {
        match parent {
            Some(parent) if places.of(parent) == Place::Shown => listed.insert(id.clone()),
            _ => unsure.insert(id.clone()),
        };
    }
    listed.extend(among_all(reader, unsure).await?);
    let mailbox = reader.mailbox.as_deref().unwrap_or_default();
    let known = reader.shared.source.known_folders();
    known.remember_messages(mailbox, listed.iter().map(String::as_str));
    Ok(listed)
}

/// Those of these messages that the list of all messages has.
async fn among_all(reader: &Reader, mut wanted: HashSet<String>) -> Result<HashSet<String>, Error> {
    let listing = Listing::new(reader.path(["messages"]), RowContext::default())
        .option("$select", "id")
        .top(MESSAGES.max_page_size);
    let mut walk = Walk::new(listing);
    let mut seen = super::seen::Seen::default();
    let mut found = HashSet::new();
    let parse = |reply: &[u8]| {
        let page = index::page(reply, ["id"])?;
        Ok((page.rows, page.next_link))
    };
    while !wanted.is_empty() {
        let Some(rows) = walk.next(reader, parse).await? else {
            break;
        };
        let count = rows.len();
        let mut new = 0;
        for id in index::first_of_each(rows) {
            new += usize::from(seen.insert(&[&id]));
            found.extend(wanted.take(&id));
        }
        walk.brought(count, new)?;
    }
    Ok(found)
}
