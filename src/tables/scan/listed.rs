//! Which messages and folders are rows, whichever way the statement is read.
//!
//! Rows of `Messages` are what Graph lists under `/messages`, and rows of `MailFolders` are the folders below the top
//! of the mailbox. An id or a folder's path leads to more: to Recoverable Items, which lie beside the top, and to
//! hidden folders, whose messages the list may leave out. So what was found in such a way is looked up: a folder that
//! is reached from the top through folders that all show is surely listed, and for everything else the list itself
//! is asked.

use super::all_messages::AllMessages;
use super::index;
use super::reader::Reader;
use crate::tables::Error;
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
    let known = reader.shared.source.known_listed();
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

/// A message, and the folder in which it is.
pub struct Filed {
    pub id: String,
    pub folder: Option<String>,
}

/// Those of the messages with these ids that are rows.
pub async fn messages(reader: &Reader, ids: &[String]) -> Result<HashSet<String>, Error> {
    let (mut listed, doubtful) = known(reader, ids.iter().cloned());
    let paths = doubtful.iter().map(|id| reader.path(["messages", id]));
    let options = [("$select", "id,parentFolderId".to_owned())];
    let replies = reader.batch(paths.collect(), &options).await?;
    let filed = doubtful.into_iter().zip(replies).map(|(id, reply)| Filed {
        id,
        folder: reply.and_then(|reply| index::text(&reply, "parentFolderId")),
    });
    let filed: Vec<Filed> = filed.collect();
    listed.extend(filed_messages(reader, &filed).await?);
    Ok(listed)
}

/// Those of these messages that are rows.
pub async fn filed_messages(reader: &Reader, filed: &[Filed]) -> Result<HashSet<String>, Error> {
    let ids = filed.iter().map(|message| message.id.clone());
    let (mut listed, doubtful) = known(reader, ids);
    let doubtful = filed
        .iter()
        .filter(|message| doubtful.contains(&message.id));
    let mut parents: Vec<String> = (doubtful.clone())
        .filter_map(|message| message.folder.clone())
        .collect();
    parents.sort_unstable();
    parents.dedup();
    let places = folders(reader, &parents).await?;
    let mut unsure = HashSet::new();
    for message in doubtful {
        let place = message.folder.as_ref().map(|folder| places.of(folder));
        match place {
            Some(Place::Shown) => listed.insert(message.id.clone()),
            _ => unsure.insert(message.id.clone()),
        };
    }
    if !unsure.is_empty() {
        let mut list = reader.all_messages.lock().await;
        let list = list.get_or_insert_with(|| AllMessages::new(reader));
        listed.extend(list.among(reader, unsure).await?);
    }
    let mailbox = reader.mailbox.as_deref().unwrap_or_default();
    let known = reader.shared.source.known_listed();
    known.remember_messages(mailbox, listed.iter().map(String::as_str));
    Ok(listed)
}

/// Messages that are known to be listed, and the others.
fn known(reader: &Reader, ids: impl Iterator<Item = String>) -> (HashSet<String>, Vec<String>) {
    let mailbox = reader.mailbox.as_deref().unwrap_or_default();
    let known = reader.shared.source.known_listed();
    let (mut listed, mut doubtful) = (HashSet::new(), Vec::new());
    for id in ids {
        match known.is_listed(mailbox, &id) {
            true => drop(listed.insert(id)),
            false => doubtful.push(id),
        }
    }
    (listed, doubtful)
}
