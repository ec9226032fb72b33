//! Lists of a tenant with a common interface by position.

use crate::model::{Entity, Folder, Item, User};

#[derive(Clone, Copy)]
pub enum Shelf<'a> {
    Users(&'a [User]),
    Folders(&'a [Folder]),
    /// Messages, events, contacts.
    Items(&'a [Item]),
    /// Calendars, contact folders, attachments.
    Entities(&'a [Entity]),
}

impl<'a> Shelf<'a> {
    pub fn entity(self, position: u32) -> &'a Entity {
        let at = position as usize;
        match self {
            Self::Users(users) => &users[at].entity,
            Self::Folders(folders) => &folders[at].entity,
            Self::Items(items) => &items[at].entity,
            Self::Entities(entities) => &entities[at],
        }
    }

    pub fn attachments(self, position: u32) -> &'a [Entity] {
        match self {
            Self::Items(items) => &items[position as usize].attachments,
            _ => &[],
        }
    }
}
