//! Messages that are made each time they are asked for, so that a million of them take little memory.

use super::item::{Entity, Item, Shown};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// Takes the position of a name and the value of that property; `None` if an object has none.
pub type Show<'a> = dyn FnMut(usize, Option<Shown<'_>>) + 'a;

/// Makes messages by their numbers, always the same.
pub trait Source: fmt::Debug + Send + Sync {
    /// The facts about each message, in the order of their numbers.
    fn facts(&self) -> Vec<Facts>;

    /// The ids of the folders that hold the messages.
    fn folders(&self) -> &[String];

    fn item(&self, number: u32) -> Item;

    /// The entity with these properties at least.
    fn entity(&self, number: u32, names: &[&str]) -> Entity;

    /// Shows these properties, one after the other, without making an entity.
    fn show(&self, number: u32, names: &[&str], show: &mut Show<'_>);

    fn attachments(&self, number: u32) -> Vec<Entity>;

    /// The number of the message with this id.
    fn number(&self, id: &str) -> Option<u32>;
}

/// The facts about a message that lists, folders and counts need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Seconds since 1970.
    pub received: i64,
    /// A position in [`Source::folders`].
    pub folder: u16,
    pub is_unread: bool,
}

/// The messages of a source, and what was written over them.
#[derive(Clone)]
pub struct Made {
    source: Arc<dyn Source>,
    facts: Arc<Vec<Facts>>,
    /// The messages that were changed, as they are now; `None` for those that were deleted.
    written: HashMap<u32, Option<Box<Item>>>,
}

impl Made {
    pub fn new(source: Arc<dyn Source>) -> Self {
        Self {
            facts: Arc::new(source.facts()),
            source,
            written: HashMap::new(),
        }
    }

    /// The number of messages that the source makes, the deleted ones included.
    pub fn count(&self) -> u32 {
        self.facts.len() as u32
    }

    pub fn facts(&self) -> &[Facts] {
        &self.facts
    }

    /// The ids of the folders that [`Facts::folder`] means.
    pub fn folders(&self) -> &[String] {
        self.source.folders()
    }

    /// The number of the message with this id.
    pub fn number(&self, id: &str) -> Option<u32> {
        let number = self.source.number(id)?;
        (!self.is_deleted(number)).then_some(number)
    }

    /// Shows a message that was not written over; false for the others.
    pub(super) fn show(&self, number: u32, names: &[&str], show: &mut Show<'_>) -> bool {
        let is_made = !self.written.contains_key(&number);
        if is_made {
            self.source.show(number, names, show);
        }
        is_made
    }

    /// Puts a message in the place of another one with the same id.
    pub fn write(&mut self, number: u32, item: Item) {
        self.written.insert(number, Some(Box::new(item)));
    }

    pub fn delete(&mut self, number: u32) {
        self.written.insert(number, None);
    }

    pub(super) fn is_deleted(&self, number: u32) -> bool {
        matches!(self.written.get(&number), Some(None))
    }

    fn changed(&self, number: u32) -> Option<&Item> {
        self.written.get(&number)?.as_deref()
    }

    pub(super) fn item(&self, number: u32) -> Cow<'_, Item> {
        match self.changed(number) {
            Some(item) => Cow::Borrowed(item),
            None => Cow::Owned(self.source.item(number)),
        }
    }

    pub(super) fn entity(&self, number: u32, names: Option<&[&str]>) -> Cow<'_, Entity> {
        match (self.changed(number), names) {
            (Some(item), _) => Cow::Borrowed(&item.entity),
            (None, Some(names)) => Cow::Owned(self.source.entity(number, names)),
            (None, None) => Cow::Owned(self.source.item(number).entity),
        }
    }

    pub(super) fn attachments(&self, number: u32) -> Cow<'_, [Entity]> {
        match self.changed(number) {
            Some(item) => Cow::Borrowed(&item.attachments),
            None => Cow::Owned(self.source.attachments(number)),
        }
    }

    pub(super) fn folder_id(&self, number: u32) -> &str {
        match self.changed(number) {
            Some(item) => &item.parent_id,
            None => &self.source.folders()[usize::from(self.facts[number as usize].folder)],
        }
    }

    pub(super) fn is_unread(&self, number: u32) -> bool {
        match self.changed(number) {
            Some(item) => item.is_unread(),
            None => self.facts[number as usize].is_unread,
        }
    }
}

impl fmt::Debug for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Made")
            .field("source", &self.source)
            .field("written", &self.written)
            .finish_non_exhaustive()
    }
}
