//! Decides which messages and folders are rows, whichever way the statement is read.
//!
//! Rows of `Messages` are those that Graph lists under `/messages`, and rows of `MailFolders` are
//! the folders below the top of the mailbox. An id or a folder's path leads to more: to Recoverable
//! Items, which lie beside the top, and to hidden folders, whose messages the list may leave out.
//! So the driver looks up the folders of such messages. A folder whose ancestors up to the top are
//! all visible is surely listed. For everything else the list itself is read
//! (docs/graph.md#messages, docs/graph.md#mail-folders).

use super::all_messages::AllMessages;
use super::folder_places::{Folder, FolderPlace, FolderPlaces, Found};
use super::index;
use super::reader::Reader;
use crate::Error;
use crate::error::is_missing_item;
use crate::scan::plan::look_ups::{FolderLookUp, IdLookUp, MessageLookUp, ROOT};
use exchange_graph::ErrorKind;
use std::collections::{HashMap, HashSet};

/// Maximum depth of folders. Exchange allows less.
const DEEPEST: usize = 400;

/// A folder on the way up.
struct Climb {
    folder: String,
    at: String,
    hidden: bool,
}

/// The positions of these folders.
pub async fn folders(
    reader: &Reader,
    look_up: &FolderLookUp,
    ids: &[String],
) -> Result<FolderPlaces, Error> {
    climb(reader, look_up, ids, []).await
}

/// The positions of these folders, which have all been read.
pub async fn read_folders(
    reader: &Reader,
    look_up: &FolderLookUp,
    folders: Vec<Folder>,
) -> Result<FolderPlaces, Error> {
    let ids: Vec<String> = folders.iter().map(|folder| folder.id.clone()).collect();
    let found = folders.into_iter();
    let found = found.map(|folder| (folder.id.clone(), Found::Folder(folder)));
    climb(reader, look_up, &ids, found).await
}

/// Records the id of the root folder.
pub fn remember_root(reader: &Reader, id: Option<String>) {
    let mailbox = reader.mailbox.as_deref().unwrap_or_default();
    let known = reader.shared.source.known_listed();
    known.remember(mailbox, id, std::iter::empty());
}

async fn climb(
    reader: &Reader,
    look_up: &FolderLookUp,
    ids: &[String],
    new: impl IntoIterator<Item = (String, Found)>,
) -> Result<FolderPlaces, Error> {
    let mut found = reader.folders.lock().await;
    found.extend(new);
    let mailbox = reader.mailbox.clone().unwrap_or_default();
    let known = reader.shared.source.known_listed();
    let mut places = HashMap::new();
    let mut climbs = Vec::new();
    for folder in ids {
        match known.is_shown(&mailbox, folder) {
            true => drop(places.insert(folder.clone(), FolderPlace::Shown)),
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
        let mut names: Vec<&str> = climbs.iter().map(|climb| climb.at.as_str()).collect();
        names.extend(root.is_none().then_some(ROOT));
        names.retain(|name| !found.contains_key(*name));
        names.sort_unstable();
        names.dedup();
        let new = found_by(reader, look_up, names).await?;
        found.extend(new);
        if let (None, Some(Found::Folder(folder))) = (&root, found.get(ROOT)) {
            root = Some(folder.id.clone());
        }
        let mut higher = Vec::new();
        for mut climb in climbs {
            match step(&mut climb, &found, root.as_deref()) {
                Some(place) => drop(places.insert(climb.folder, place)),
                None => higher.push(climb),
            }
        }
        climbs = higher;
    }
    // Folders in a circle.
    places.extend(
        climbs
            .into_iter()
            .map(|climb| (climb.folder, FolderPlace::Outside)),
    );
    let shown = places
        .iter()
        .filter(|(_, place)| **place == FolderPlace::Shown);
    known.remember(&mailbox, root, shown.map(|(folder, _)| folder.as_str()));
    Ok(FolderPlaces::new(places))
}

/// The position, or `None` after a step to the parent folder.
fn step(
    climb: &mut Climb,
    found: &HashMap<String, Found>,
    root: Option<&str>,
) -> Option<FolderPlace> {
    let is_first = climb.at == climb.folder;
    let folder = match found.get(&climb.at) {
        Some(Found::Folder(folder)) => folder,
        Some(Found::Refused) => return Some(FolderPlace::Unknown),
        _ if is_first => return Some(FolderPlace::Gone),
        // Graph also reports invisible folders as missing, and the root is never missing.
        _ if root.is_none() => return Some(FolderPlace::Unknown),
        _ => return Some(FolderPlace::Outside),
    };
    climb.hidden |= folder.is_hidden == Some(true);
    let parent = folder.parent_folder_id.as_deref();
    if root.is_some_and(|root| parent == Some(root) || folder.id == root) {
        return Some(match climb.hidden {
            true => FolderPlace::Hidden,
            false => FolderPlace::Shown,
        });
    }
    let Some(parent) = parent else {
        return Some(FolderPlace::Outside);
    };
    parent.clone_into(&mut climb.at);
    None
}

async fn found_by(
    reader: &Reader,
    FolderLookUp(folder): &FolderLookUp,
    names: Vec<&str>,
) -> Result<Vec<(String, Found)>, Error> {
    let listings: Vec<_> = names.iter().map(|name| folder.with(name)).collect();
    let replies = reader.entities(&listings).await?;
    let found = names.into_iter().zip(replies).map(|(name, reply)| {
        let found = match reply {
            Ok(reply) => match serde_json::from_slice(&reply.body) {
                Ok(folder) => Found::Folder(folder),
                Err(_) => Found::Missing,
            },
            Err(error) if is_missing_item(&error) => Found::Missing,
            Err(error) if error.kind() == ErrorKind::PermissionDenied => Found::Refused,
            Err(error) => return Err(error.into()),
        };
        Ok((name.to_owned(), found))
    });
    found.collect()
}

/// A message and its folder.
pub struct Filed {
    pub id: String,
    pub folder: Option<String>,
}

/// The messages with these ids that are rows.
pub async fn messages(
    reader: &Reader,
    look_up: &IdLookUp,
    ids: &[String],
) -> Result<HashSet<String>, Error> {
    let (mut listed, doubtful) = known(reader, ids.iter().cloned());
    let messages = doubtful.iter().map(|id| look_up.messages.with(id));
    let messages: Vec<_> = messages.collect();
    let replies = reader.batch(&messages).await?;
    let filed = doubtful.into_iter().zip(replies).map(|(id, reply)| Filed {
        id,
        folder: reply.and_then(|reply| index::text(&reply, "parentFolderId")),
    });
    let filed: Vec<Filed> = filed.collect();
    listed.extend(filed_messages(reader, &look_up.filed, &filed).await?);
    Ok(listed)
}

/// The messages among these that are rows.
pub async fn filed_messages(
    reader: &Reader,
    look_up: &MessageLookUp,
    filed: &[Filed],
) -> Result<HashSet<String>, Error> {
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
    let places = folders(reader, &look_up.folders, &parents).await?;
    let (mut unsure, mut unknown) = (HashSet::new(), HashSet::new());
    for message in doubtful {
        let id = message.id.clone();
        let place = message.folder.as_ref().map(|folder| places.of(folder));
        if place == Some(FolderPlace::Unknown) {
            unknown.insert(id.clone());
        }
        match place {
            Some(FolderPlace::Shown) => listed.insert(id),
            _ => unsure.insert(id),
        };
    }
    if !unsure.is_empty() {
        let mut list = reader.all_messages.lock().await;
        let list = list.get_or_insert_with(|| AllMessages::new(look_up.list.clone()));
        match among(reader, list, unsure).await {
            // The application cannot read more of the mailbox than this.
            Err(error) if error.is_kept_back() && places.none_doubtful() => listed.extend(unknown),
            found => listed.extend(found?),
        }
    }
    let mailbox = reader.mailbox.as_deref().unwrap_or_default();
    let known = reader.shared.source.known_listed();
    known.remember_messages(mailbox, listed.iter().map(String::as_str));
    Ok(listed)
}

/// Those of these messages that the list has.
async fn among(
    reader: &Reader,
    list: &mut AllMessages,
    mut wanted: HashSet<String>,
) -> Result<HashSet<String>, Error> {
    let mut found: HashSet<String> = wanted
        .extract_if(|id| list.listed.contains(&[id]))
        .collect();
    while !wanted.is_empty() && !list.is_at_end {
        let Some(ids) = reader.next_ids(&mut list.pages).await? else {
            list.is_at_end = true;
            break;
        };
        let count = ids.len();
        let mut new = 0;
        for id in ids {
            new += usize::from(list.listed.insert(&[&id]));
            found.extend(wanted.take(&id));
        }
        list.pages.brought(count, new)?;
    }
    Ok(found)
}

/// Splits messages into those known to be listed, and the others.
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
