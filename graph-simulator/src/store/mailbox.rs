//! Indexes of a mailbox.

use crate::model::{Entity, Item, Mailbox};
use crate::odata::moment::{self, Ticks};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};

/// Positions in the lists of a [`Mailbox`].
pub type Positions = Vec<u32>;

/// Finds the objects of a mailbox by id and by parent.
#[derive(Debug, Default)]
pub struct MailboxIndex {
    pub folders: HashMap<String, u32>,
    well_known: HashMap<String, u32>,
    pub child_folders: HashMap<String, Positions>,
    /// `childFolderCount` by folder. Nothing proves that hidden ones count (docs/graph.md#mail-folders).
    child_counts: HashMap<String, usize>,
    /// Folders whose messages are missing from the list of all messages.
    unlisted: HashSet<String>,
    pub messages: HashMap<String, u32>,
    /// Newest first, as Graph lists messages (docs/graph.md#messages).
    pub messages_by_date: Positions,
    pub messages_by_folder: HashMap<String, Positions>,
    /// When each message was received.
    pub received: Vec<Ticks>,
    pub calendars: HashMap<String, u32>,
    pub events: HashMap<String, u32>,
    pub events_by_calendar: HashMap<String, Positions>,
    pub contact_folders: HashMap<String, u32>,
    pub child_contact_folders: HashMap<String, Positions>,
    pub contacts: HashMap<String, u32>,
    pub contacts_by_folder: HashMap<String, Positions>,
}

impl MailboxIndex {
    /// Indexes a mailbox, and fills in derived facts: counts of folders, ids of parents.
    pub fn new(mailbox: &mut Mailbox) -> Self {
        complete(mailbox);
        let received: Vec<Ticks> = mailbox.messages.iter().map(received).collect();
        let unlisted = unlisted(mailbox);
        let mut by_date = positions(mailbox.messages.len());
        by_date.sort_by_key(|&at| std::cmp::Reverse(received[at as usize]));
        let parents = |at: &u32| mailbox.messages[*at as usize].parent_id.clone();
        let index = Self {
            folders: ids(mailbox.folders.iter().map(|folder| &folder.entity)),
            well_known: well_known(mailbox),
            child_folders: grouped(mailbox.folders.iter().map(|folder| parent(&folder.entity))),
            messages: ids(mailbox.messages.iter().map(|item| &item.entity)),
            messages_by_folder: grouped_in_order(&by_date, parents),
            messages_by_date: by_date
                .into_iter()
                .filter(|at| !unlisted.contains(&parents(at)))
                .collect(),
            child_counts: child_counts(mailbox),
            unlisted,
            received,
            calendars: ids(mailbox.calendars.iter()),
            events: ids(mailbox.events.iter().map(|item| &item.entity)),
            events_by_calendar: grouped(mailbox.events.iter().map(|item| item.parent_id.clone())),
            contact_folders: ids(mailbox.contact_folders.iter()),
            child_contact_folders: contact_folder_tree(mailbox),
            contacts: ids(mailbox.contacts.iter().map(|item| &item.entity)),
            contacts_by_folder: grouped(mailbox.contacts.iter().map(|item| item.parent_id.clone())),
        };
        for folder in &mut mailbox.folders {
            index.count(&mut folder.entity, &mailbox.messages);
        }
        index
    }

    /// Counts the content of a folder.
    fn count(&self, folder: &mut Entity, messages: &[Item]) {
        // A search folder shows the content of other folders.
        if folder.contains_key("@odata.type") {
            return;
        }
        let id = id(folder).to_owned();
        let held = self
            .messages_by_folder
            .get(&id)
            .map_or(&[][..], Vec::as_slice);
        let unread = held.iter().filter(|&&at| {
            messages[at as usize]
                .entity
                .get("isRead")
                .and_then(Value::as_bool)
                == Some(false)
        });
        let children = self.child_counts.get(&id).copied().unwrap_or_default();
        folder.insert("totalItemCount".into(), json!(held.len()));
        folder.insert("unreadItemCount".into(), json!(unread.count()));
        folder.insert("childFolderCount".into(), json!(children));
    }

    /// Adds a message.
    pub fn deliver(&mut self, mailbox: &mut Mailbox, mut message: Item) {
        let position = mailbox.messages.len() as u32;
        fill(&mut message.entity, "parentFolderId", &message.parent_id);
        let moment = received(&message);
        self.received.push(moment);
        self.messages
            .insert(id(&message.entity).to_owned(), position);
        let folder = self
            .messages_by_folder
            .entry(message.parent_id.clone())
            .or_default();
        let all = match self.unlisted.contains(&message.parent_id) {
            true => None,
            false => Some(&mut self.messages_by_date),
        };
        for list in std::iter::once(folder).chain(all) {
            let at = list.partition_point(|&other| self.received[other as usize] > moment);
            list.insert(at, position);
        }
        let folder = self.folders.get(&message.parent_id).copied();
        mailbox.messages.push(message);
        if let Some(at) = folder {
            self.count(&mut mailbox.folders[at as usize].entity, &mailbox.messages);
        }
    }

    /// The folder of this id or well-known name, which Graph matches without case.
    pub fn folder(&self, name: &str) -> Option<u32> {
        self.folders
            .get(name)
            .or_else(|| self.well_known.get(&name.to_lowercase()))
            .copied()
    }
}

fn is_hidden(folder: &Entity) -> bool {
    folder.get("isHidden").and_then(Value::as_bool) == Some(true)
}

fn child_counts(mailbox: &Mailbox) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    let entities = mailbox.folders.iter().map(|folder| &folder.entity);
    for folder in entities.filter(|folder| !(mailbox.hidden.uncounted && is_hidden(folder))) {
        *counts.entry(parent(folder)).or_default() += 1;
    }
    counts
}

/// Folders whose messages are missing from the list of all messages (docs/graph.md#messages).
fn unlisted(mailbox: &Mailbox) -> HashSet<String> {
    let entities = mailbox.folders.iter().map(|folder| &folder.entity);
    let by_id: HashMap<&str, &Entity> = entities.map(|folder| (id(folder), folder)).collect();
    let is_listed = |folder: &Entity| {
        let mut at = folder;
        // Folders in a circle have no place.
        for _ in 0..by_id.len() {
            if mailbox.hidden.unlisted && is_hidden(at) {
                return false;
            }
            let parent = parent(at);
            match by_id.get(parent.as_str()) {
                Some(parent) => at = parent,
                None => return parent == mailbox.root_folder_id,
            }
        }
        false
    };
    let folders = by_id.iter().filter(|(_, folder)| !is_listed(folder));
    folders.map(|(id, _)| (*id).to_owned()).collect()
}

fn complete(mailbox: &mut Mailbox) {
    for folder in &mut mailbox.folders {
        fill(
            &mut folder.entity,
            "parentFolderId",
            &mailbox.root_folder_id,
        );
        folder
            .entity
            .entry("isHidden")
            .or_insert(Value::Bool(false));
    }
    for message in &mut mailbox.messages {
        fill(&mut message.entity, "parentFolderId", &message.parent_id);
    }
    for contact in &mut mailbox.contacts {
        fill(&mut contact.entity, "parentFolderId", &contact.parent_id);
    }
}

fn fill(entity: &mut Entity, name: &str, value: &str) {
    let slot = entity.entry(name).or_insert(Value::Null);
    if slot.is_null() {
        *slot = Value::String(value.to_owned());
    }
}

fn id(entity: &Entity) -> &str {
    entity.get("id").and_then(Value::as_str).unwrap_or_default()
}

fn parent(entity: &Entity) -> String {
    entity
        .get("parentFolderId")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

/// Messages without the time, drafts of other programs for example, are the oldest.
fn received(message: &Item) -> Ticks {
    let text = message
        .entity
        .get("receivedDateTime")
        .and_then(Value::as_str);
    text.and_then(moment::offset).unwrap_or(0)
}

fn positions(count: usize) -> Positions {
    (0..count as u32).collect()
}

fn ids<'a>(entities: impl Iterator<Item = &'a Entity>) -> HashMap<String, u32> {
    entities
        .zip(0..)
        .map(|(entity, at)| (id(entity).to_owned(), at))
        .collect()
}

fn grouped(parents: impl Iterator<Item = String>) -> HashMap<String, Positions> {
    let mut groups: HashMap<String, Positions> = HashMap::new();
    for (parent, at) in parents.zip(0..) {
        groups.entry(parent).or_default().push(at);
    }
    groups
}

fn grouped_in_order(order: &[u32], parent: impl Fn(&u32) -> String) -> HashMap<String, Positions> {
    let mut groups: HashMap<String, Positions> = HashMap::new();
    for at in order {
        groups.entry(parent(at)).or_default().push(*at);
    }
    groups
}

fn well_known(mailbox: &Mailbox) -> HashMap<String, u32> {
    let names = mailbox.folders.iter().zip(0..);
    names
        .filter_map(|(folder, at)| Some((folder.well_known_name.as_ref()?.to_lowercase(), at)))
        .collect()
}

/// Folders under each contact folder. Those whose parent is not a listed folder are at the top,
/// which is filed under the default folder.
fn contact_folder_tree(mailbox: &Mailbox) -> HashMap<String, Positions> {
    let known = ids(mailbox.contact_folders.iter());
    grouped(mailbox.contact_folders.iter().map(|folder| {
        Some(parent(folder))
            .filter(|parent| known.contains_key(parent))
            .unwrap_or_else(|| mailbox.default_contact_folder_id.clone())
    }))
}
