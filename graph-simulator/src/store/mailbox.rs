//! Indexes of a mailbox.

use super::complete;
use crate::model::{Entity, Item, Mailbox, Slot};
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
    /// Folders whose messages are missing from the list of all messages.
    unlisted: HashSet<String>,
    /// Those messages that are held.
    held: HashMap<String, Slot>,
    /// Newest first, as Graph lists messages (docs/graph.md#messages).
    pub messages_by_date: Positions,
    pub messages_by_folder: HashMap<String, Positions>,
    /// Messages that are not read, by folder.
    unread: HashMap<String, usize>,
    /// When each message was received.
    pub received: Vec<Ticks>,
    pub calendars: HashMap<String, u32>,
    pub events: HashMap<String, u32>,
    pub events_by_calendar: HashMap<String, Positions>,
    /// Occurrences that are events of their own, by their masters.
    pub events_by_series: HashMap<String, Positions>,
    pub contact_folders: HashMap<String, u32>,
    pub child_contact_folders: HashMap<String, Positions>,
    pub contacts: HashMap<String, u32>,
    pub contacts_by_folder: HashMap<String, Positions>,
}

impl MailboxIndex {
    /// Indexes a mailbox, and fills in derived facts: counts of folders, ids of parents.
    pub fn new(mailbox: &mut Mailbox) -> Self {
        complete::mailbox(mailbox);
        let made = mailbox.facts().iter();
        let made = made.map(|facts| moment::of_seconds(facts.received));
        let received: Vec<Ticks> = made.chain(mailbox.messages.iter().map(received)).collect();
        let unlisted = unlisted(mailbox);
        let slots = 0..mailbox.slots() as Slot;
        let mut by_date: Positions = slots.filter(|&slot| !mailbox.is_deleted(slot)).collect();
        by_date.sort_by_key(|&slot| std::cmp::Reverse(received[slot as usize]));
        let (messages_by_folder, unread) = by_folder(mailbox, &by_date);
        by_date.retain(|&slot| !unlisted.contains(mailbox.folder_of(slot)));
        let index = Self {
            folders: ids(mailbox.folders.iter().map(|folder| &folder.entity), 0),
            well_known: well_known(mailbox),
            child_folders: grouped(mailbox.folders.iter().map(|folder| parent(&folder.entity))),
            held: ids(
                mailbox.messages.iter().map(|item| &item.entity),
                mailbox.first_held(),
            ),
            messages_by_folder,
            messages_by_date: by_date,
            unread,
            unlisted,
            received,
            calendars: ids(mailbox.calendars.iter(), 0),
            events: ids(mailbox.events.iter().map(|item| &item.entity), 0),
            events_by_calendar: grouped(mailbox.events.iter().map(|item| item.parent_id.clone())),
            events_by_series: by_series(mailbox),
            contact_folders: ids(mailbox.contact_folders.iter(), 0),
            child_contact_folders: contact_folder_tree(mailbox),
            contacts: ids(mailbox.contacts.iter().map(|item| &item.entity), 0),
            contacts_by_folder: grouped(mailbox.contacts.iter().map(|item| item.parent_id.clone())),
        };
        let child_counts = child_counts(mailbox);
        for folder in &mut mailbox.folders {
            index.count(&mut folder.entity);
            // A search folder shows the content of other folders.
            if !is_search(&folder.entity) {
                let children = child_counts.get(id(&folder.entity)).copied();
                let children = json!(children.unwrap_or_default());
                folder.entity.insert("childFolderCount".into(), children);
            }
        }
        index
    }

    /// Counts the content of a folder.
    fn count(&self, folder: &mut Entity) {
        if is_search(folder) {
            return;
        }
        let id = id(folder);
        let total = self.messages_by_folder.get(id).map_or(0, Vec::len);
        let unread = self.unread.get(id).copied().unwrap_or_default();
        folder.insert("totalItemCount".into(), json!(total));
        folder.insert("unreadItemCount".into(), json!(unread));
    }

    /// Whether the list of all messages has those of this folder.
    pub fn is_listed(&self, folder_id: &str) -> bool {
        self.folders.contains_key(folder_id) && !self.unlisted.contains(folder_id)
    }

    /// The message of this id.
    pub fn message(&self, mailbox: &Mailbox, id: &str) -> Option<Slot> {
        let held = self.held.get(id).copied();
        held.or_else(|| mailbox.made.as_ref()?.number(id))
    }

    /// Adds a message.
    pub fn deliver(&mut self, mailbox: &mut Mailbox, mut message: Item) {
        let slot = mailbox.slots() as Slot;
        complete::fill(&mut message.entity, "parentFolderId", &message.parent_id);
        self.received.push(received(&message));
        self.held.insert(id(&message.entity).to_owned(), slot);
        mailbox.messages.push(message);
        self.enter(mailbox, slot);
    }

    /// Deletes a message.
    pub fn delete(&mut self, mailbox: &mut Mailbox, slot: Slot) {
        self.leave(mailbox, slot);
        let first_held = mailbox.first_held();
        match &mut mailbox.made {
            Some(made) if slot < first_held => made.delete(slot),
            _ => {
                let last = mailbox.slots() as Slot - 1;
                let message = mailbox.messages.swap_remove((slot - first_held) as usize);
                self.held.remove(id(&message.entity));
                if slot != last {
                    self.renumber(mailbox, last, slot);
                }
                self.received.swap_remove(slot as usize);
            }
        }
    }

    /// Puts a message in the place of one with the same id, perhaps in another folder.
    pub fn replace(&mut self, mailbox: &mut Mailbox, slot: Slot, message: Item) {
        self.leave(mailbox, slot);
        self.received[slot as usize] = received(&message);
        let first_held = mailbox.first_held();
        match &mut mailbox.made {
            Some(made) if slot < first_held => made.write(slot, message),
            _ => mailbox.messages[(slot - first_held) as usize] = message,
        }
        self.enter(mailbox, slot);
    }

    /// The last message has moved into the slot of a deleted one.
    fn renumber(&mut self, mailbox: &Mailbox, last: Slot, slot: Slot) {
        let message = &mailbox.messages[(slot - mailbox.first_held()) as usize];
        self.held.insert(id(&message.entity).to_owned(), slot);
        let moment = self.received[last as usize];
        let folder = self.messages_by_folder.get_mut(&message.parent_id);
        for list in folder.into_iter().chain([&mut self.messages_by_date]) {
            if let Some(at) = position(list, &self.received, last, moment) {
                list[at] = slot;
            }
        }
    }

    /// Adds a message to the lists.
    fn enter(&mut self, mailbox: &mut Mailbox, slot: Slot) {
        let folder = mailbox.folder_of(slot).to_owned();
        let moment = self.received[slot as usize];
        let all = match self.unlisted.contains(&folder) {
            true => None,
            false => Some(&mut self.messages_by_date),
        };
        let own = self.messages_by_folder.entry(folder.clone()).or_default();
        for list in std::iter::once(own).chain(all) {
            let at = list.partition_point(|&other| self.received[other as usize] > moment);
            list.insert(at, slot);
        }
        if mailbox.is_unread(slot) {
            *self.unread.entry(folder.clone()).or_default() += 1;
        }
        self.count_again(mailbox, &folder);
    }

    /// Removes a message from the lists.
    fn leave(&mut self, mailbox: &mut Mailbox, slot: Slot) {
        let folder = mailbox.folder_of(slot).to_owned();
        let moment = self.received[slot as usize];
        let own = self.messages_by_folder.get_mut(&folder);
        for list in own.into_iter().chain([&mut self.messages_by_date]) {
            if let Some(at) = position(list, &self.received, slot, moment) {
                list.remove(at);
            }
        }
        if mailbox.is_unread(slot)
            && let Some(unread) = self.unread.get_mut(&folder)
        {
            *unread -= 1;
        }
        self.count_again(mailbox, &folder);
    }

    fn count_again(&self, mailbox: &mut Mailbox, folder: &str) {
        if let Some(at) = self.folders.get(folder) {
            self.count(&mut mailbox.folders[*at as usize].entity);
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

fn is_search(folder: &Entity) -> bool {
    folder.contains_key("@odata.type")
}

/// `childFolderCount` by folder. Nothing proves that hidden ones count (docs/graph.md#mail-folders).
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

/// The place of a message in a list that has the newest first.
fn position(list: &[Slot], received: &[Ticks], slot: Slot, moment: Ticks) -> Option<usize> {
    let first = list.partition_point(|&other| received[other as usize] > moment);
    let equal = list[first..].iter();
    let mut equal = equal.take_while(|&&other| received[other as usize] == moment);
    equal.position(|&other| other == slot).map(|at| first + at)
}

/// The messages of each folder in this order, and how many of them are unread.
fn by_folder(
    mailbox: &Mailbox,
    order: &[Slot],
) -> (HashMap<String, Positions>, HashMap<String, usize>) {
    let mut folders: HashMap<&str, (Positions, usize)> = HashMap::new();
    for &slot in order {
        let (held, unread) = folders.entry(mailbox.folder_of(slot)).or_default();
        held.push(slot);
        *unread += usize::from(mailbox.is_unread(slot));
    }
    let folders = folders.into_iter();
    folders
        .map(|(id, (held, unread))| ((id.to_owned(), held), (id.to_owned(), unread)))
        .unzip()
}

fn ids<'a>(entities: impl Iterator<Item = &'a Entity>, first: u32) -> HashMap<String, u32> {
    entities
        .zip(first..)
        .map(|(entity, at)| (id(entity).to_owned(), at))
        .collect()
}

fn by_series(mailbox: &Mailbox) -> HashMap<String, Positions> {
    let mut series: HashMap<String, Positions> = HashMap::new();
    for (event, at) in mailbox.events.iter().zip(0..) {
        if let Some(master) = event.entity.get("seriesMasterId").and_then(Value::as_str) {
            series.entry(master.to_owned()).or_default().push(at);
        }
    }
    series
}

fn grouped(parents: impl Iterator<Item = String>) -> HashMap<String, Positions> {
    let mut groups: HashMap<String, Positions> = HashMap::new();
    for (parent, at) in parents.zip(0..) {
        groups.entry(parent).or_default().push(at);
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
    let known = ids(mailbox.contact_folders.iter(), 0);
    grouped(mailbox.contact_folders.iter().map(|folder| {
        Some(parent(folder))
            .filter(|parent| known.contains_key(parent))
            .unwrap_or_else(|| mailbox.default_contact_folder_id.clone())
    }))
}
