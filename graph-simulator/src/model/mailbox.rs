//! A mailbox and its messages, held or made.

use super::item::{Entity, Item};
use super::made::{Facts, Made, Show};
use std::borrow::Cow;

/// The number of a message in its mailbox: those that are made come first, then those that are held.
pub type Slot = u32;

/// The contents of a mailbox.
#[derive(Clone, Debug, Default)]
pub struct Mailbox {
    /// Every folder but the root, parents before children; counts need not be filled in. The root
    /// folder (`msgfolderroot`) is [`Mailbox::root_folder_id`].
    pub folders: Vec<Folder>,
    pub root_folder_id: String,
    /// The messages that are held. Those of `made` come before them.
    pub messages: Vec<Item>,
    /// Messages that are made each time they are asked for.
    pub made: Option<Made>,
    /// The default calendar first.
    pub calendars: Vec<Entity>,
    pub events: Vec<Item>,
    /// Contact folders other than the default one, which Graph does not list either.
    pub contact_folders: Vec<Entity>,
    pub default_contact_folder_id: String,
    pub contacts: Vec<Item>,
    /// The first one holds the calendars that no other group names.
    pub calendar_groups: Vec<CalendarGroup>,
    /// By calendar.
    pub calendar_permissions: Vec<Item>,
    /// The master categories.
    pub categories: Vec<Entity>,
    /// Folders of the import and export API, each by the folder that holds it; those of the root by nothing.
    pub api_folders: Vec<Item>,
    /// Items of the import and export API, by folder.
    pub api_items: Vec<Item>,
    /// The rules of the inbox.
    pub message_rules: Vec<Entity>,
    pub inference_overrides: Vec<Entity>,
    /// The most relevant first.
    pub people: Vec<Entity>,
    pub todo_lists: Vec<Entity>,
    /// By list.
    pub todo_tasks: Vec<Item>,
    /// By task.
    pub checklist_items: Vec<Item>,
    /// By task.
    pub linked_resources: Vec<Item>,
    /// By task, with their content (`contentBytes`).
    pub task_attachments: Vec<Item>,
    pub hidden: Hidden,
    /// Messages are refused with a `$select` that names properties of derived types (docs/graph.md#messages-select).
    pub refuses_casts: bool,
}

/// A group of calendars.
#[derive(Clone, Debug, Default)]
pub struct CalendarGroup {
    pub entity: Entity,
    /// Ids of its calendars.
    pub calendars: Vec<String>,
}

/// Graph's treatment of hidden folders is not proven, so a mailbox can have either.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    /// `childFolderCount` leaves them out.
    pub uncounted: bool,
    /// The list of all messages leaves out their messages. It never has those beside the root
    /// folder.
    pub unlisted: bool,
}

/// A mail folder.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// `inbox`, `sentitems`, ... if the folder is a well-known one.
    pub well_known_name: Option<String>,
    pub entity: Entity,
}

/// Where a message is.
enum At<'a> {
    Made(&'a Made, u32),
    Held(&'a Item),
}

impl Mailbox {
    /// The number of slots, those of deleted messages included.
    pub fn slots(&self) -> usize {
        self.first_held() as usize + self.messages.len()
    }

    /// The slot of the first message that is held.
    pub fn first_held(&self) -> Slot {
        self.made.as_ref().map_or(0, Made::count)
    }

    /// Every message, as it is now.
    pub fn every_message(&self) -> impl Iterator<Item = Cow<'_, Item>> {
        let slots = 0..self.slots() as Slot;
        slots
            .filter(|&slot| !self.is_deleted(slot))
            .map(|slot| self.message(slot))
    }

    /// Makes all messages and keeps them, for changing them by hand.
    pub fn hold(&mut self) {
        let all = self.every_message().map(Cow::into_owned).collect();
        self.messages = all;
        self.made = None;
    }

    /// Only messages that are made leave their slots behind.
    pub fn is_deleted(&self, slot: Slot) -> bool {
        match self.at(slot) {
            At::Made(made, number) => made.is_deleted(number),
            At::Held(_) => false,
        }
    }

    pub fn message(&self, slot: Slot) -> Cow<'_, Item> {
        match self.at(slot) {
            At::Made(made, number) => made.item(number),
            At::Held(item) => Cow::Borrowed(item),
        }
    }

    /// The entity of a message with these properties at least; `None` means all.
    pub fn entity(&self, slot: Slot, names: Option<&[&str]>) -> Cow<'_, Entity> {
        match self.at(slot) {
            At::Made(made, number) => made.entity(number, names),
            At::Held(item) => Cow::Borrowed(&item.entity),
        }
    }

    /// Shows properties of a message that need not be held for it; false if that message is held.
    pub fn show(&self, slot: Slot, names: &[&str], show: &mut Show<'_>) -> bool {
        match self.at(slot) {
            At::Made(made, number) => made.show(number, names, show),
            At::Held(_) => false,
        }
    }

    pub fn attachments(&self, slot: Slot) -> Cow<'_, [Entity]> {
        match self.at(slot) {
            At::Made(made, number) => made.attachments(number),
            At::Held(item) => Cow::Borrowed(&item.attachments),
        }
    }

    /// The id of the folder of a message.
    pub fn folder_of(&self, slot: Slot) -> &str {
        match self.at(slot) {
            At::Made(made, number) => made.folder_id(number),
            At::Held(item) => &item.parent_id,
        }
    }

    pub fn is_unread(&self, slot: Slot) -> bool {
        match self.at(slot) {
            At::Made(made, number) => made.is_unread(number),
            At::Held(item) => item.is_unread(),
        }
    }

    /// The facts of the messages that are made, as they were made.
    pub fn facts(&self) -> &[Facts] {
        self.made.as_ref().map_or(&[], Made::facts)
    }

    fn at(&self, slot: Slot) -> At<'_> {
        match &self.made {
            Some(made) if slot < made.count() => At::Made(made, slot),
            _ => At::Held(&self.messages[(slot - self.first_held()) as usize]),
        }
    }
}
