//! Lists of a tenant with a common interface by position.

use super::objects;
use super::permissions::Roles;
use crate::calendar::Instance;
use crate::model::{CalendarGroup, Entity, Folder, Group, Item, Mailbox, RoomList, Tenant, User};
use serde_json::Value;
use std::borrow::Cow;

#[derive(Clone, Copy)]
pub enum Shelf<'a> {
    Users(&'a [User]),
    Folders(&'a [Folder]),
    /// The messages of a mailbox.
    Messages(&'a Mailbox),
    /// Events, contacts, tasks and others that are in an object.
    Items(&'a [Item]),
    /// Events at their times.
    Instances(&'a [Instance<'a>]),
    /// Calendars, contact folders, attachments and others.
    Entities(&'a [Entity]),
    Groups(&'a [Group]),
    RoomLists(&'a [RoomList]),
    CalendarGroups(&'a [CalendarGroup]),
    /// Every object that can be in a group, as everybody sees it.
    Objects(&'a Tenant),
    /// The same, as an application with these roles sees it.
    Seen(&'a Tenant, Roles<'a>),
    /// Rooms and room lists.
    Places(&'a Tenant),
}

impl<'a> Shelf<'a> {
    /// Some objects are empty for those who may not read them.
    pub fn seen_by(self, roles: Roles<'a>) -> Self {
        match self {
            Self::Objects(tenant) => Self::Seen(tenant, roles),
            other => other,
        }
    }

    pub fn len(self) -> u32 {
        let len = match self {
            Self::Messages(mailbox) => mailbox.slots(),
            Self::Users(users) => users.len(),
            Self::Folders(folders) => folders.len(),
            Self::Items(items) => items.len(),
            Self::Instances(instances) => instances.len(),
            Self::Entities(entities) => entities.len(),
            Self::Groups(groups) => groups.len(),
            Self::RoomLists(lists) => lists.len(),
            Self::CalendarGroups(groups) => groups.len(),
            Self::Objects(tenant) | Self::Seen(tenant, _) => objects::count(tenant),
            Self::Places(tenant) => tenant.rooms.len() + tenant.room_lists.len(),
        };
        len as u32
    }

    /// An object with these properties at least; `None` means all.
    pub fn entity(self, position: u32, names: Option<&[&str]>) -> Cow<'a, Entity> {
        let at = position as usize;
        Cow::Borrowed(match self {
            Self::Messages(mailbox) => return mailbox.entity(position, names),
            Self::Objects(tenant) => objects::object(tenant, at).1,
            Self::Seen(tenant, roles) => {
                return Cow::Owned(objects::shown(tenant, at, roles, names));
            }
            Self::Places(tenant) => return Cow::Owned(objects::place(tenant, at)),
            Self::Instances(instances) => return instances[at].entity(names),
            Self::Users(users) => &users[at].entity,
            Self::Folders(folders) => &folders[at].entity,
            Self::Items(items) => &items[at].entity,
            Self::Entities(entities) => &entities[at],
            Self::Groups(groups) => &groups[at].entity,
            Self::RoomLists(lists) => &lists[at].entity,
            Self::CalendarGroups(groups) => &groups[at].entity,
        })
    }

    /// A text of an object, without making an entity.
    pub fn text(self, position: u32, name: &str) -> Option<Cow<'a, str>> {
        let at = position as usize;
        let entity = match self {
            Self::Seen(tenant, _) => objects::object(tenant, at).1,
            _ => match self.entity(position, Some(&[name])) {
                Cow::Borrowed(entity) => entity,
                Cow::Owned(entity) => {
                    let text = entity.get(name)?.as_str()?.to_owned();
                    return Some(Cow::Owned(text));
                }
            },
        };
        entity.get(name).and_then(Value::as_str).map(Cow::Borrowed)
    }

    /// The id of the object that an object is in.
    pub fn parent(self, position: u32) -> Option<&'a str> {
        match self {
            Self::Items(items) => Some(&items[position as usize].parent_id),
            Self::Instances(instances) => Some(instances[position as usize].calendar_id()),
            _ => None,
        }
    }

    pub fn attachments(self, position: u32) -> Cow<'a, [Entity]> {
        match self {
            Self::Messages(mailbox) => mailbox.attachments(position),
            Self::Items(items) => Cow::Borrowed(&items[position as usize].attachments),
            Self::Instances(instances) => Cow::Borrowed(instances[position as usize].attachments()),
            _ => Cow::Borrowed(&[]),
        }
    }
}
