//! Lists of a tenant with a common interface by position.

use crate::model::{Entity, Folder, Item, Mailbox, User};
use std::borrow::Cow;

#[derive(Clone, Copy)]
pub enum Shelf<'a> {
    Users(&'a [User]),
    Folders(&'a [Folder]),
    /// The messages of a mailbox.
    Messages(&'a Mailbox),
    /// Events, contacts.
    Items(&'a [Item]),
    /// Calendars, contact folders, attachments.
    Entities(&'a [Entity]),
}

impl<'a> Shelf<'a> {
    /// An object with these properties at least; `None` means all.
    pub fn entity(self, position: u32, names: Option<&[&str]>) -> Cow<'a, Entity> {
        let at = position as usize;
        Cow::Borrowed(match self {
            Self::Messages(mailbox) => return mailbox.entity(position, names),
            Self::Users(users) => &users[at].entity,
            Self::Folders(folders) => &folders[at].entity,
            Self::Items(items) => &items[at].entity,
            Self::Entities(entities) => &entities[at],
        })
    }

    pub fn attachments(self, position: u32) -> Cow<'a, [Entity]> {
        match self {
            Self::Messages(mailbox) => mailbox.attachments(position),
            Self::Items(items) => Cow::Borrowed(&items[position as usize].attachments),
            _ => Cow::Borrowed(&[]),
        }
    }
}
