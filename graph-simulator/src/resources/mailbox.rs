//! The objects of a mailbox.

use super::ask::{Ask, Content};
use super::asked;
use super::catalogue::MAILBOX;
use super::list::{self, Source};
use super::mime;
use super::route::{Action, Place};
use super::rows::Library;
use super::shelf::Shelf;
use super::view;
use super::write::Writer;
use crate::calendar::{self, Calendar, Instance};
use crate::model::{Entity, Mailbox, Slot};
use crate::odata::pairs::option;
use crate::odata::query::Options;
use crate::odata::select::Target;
use crate::refusal::Refusal;
use crate::rules::{
    CALENDAR_VIEW, CALENDARS, CONTACT_FOLDERS, CONTACTS, Collection, EVENTS, MAIL_FOLDERS, MESSAGES,
};
use crate::store::{MailboxIndex, Store};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::HashMap;

/// A mailbox that a request has found.
pub(super) struct Inside<'a> {
    pub(super) ask: &'a Ask<'a>,
    pub(super) owner: &'a Entity,
    pub(super) mailbox: &'a Mailbox,
    pub(super) index: &'a MailboxIndex,
    pub(super) store: &'a Store,
    /// `users('1')`
    pub(super) name: String,
}

/// A user without a mailbox is refused (docs/graph.md#mailboxes).
pub fn answer(ask: &Ask, store: &Store, user: &str, place: &Place) -> Result<Content, Refusal> {
    let position = store.user(user).ok_or_else(|| {
        Refusal::new(
            404,
            "ErrorInvalidUser",
            format!("The requested user '{user}' is invalid."),
        )
    })?;
    let (mailbox, index) = store.mailbox(position).ok_or_else(|| {
        Refusal::new(
            404,
            "MailboxNotEnabledForRESTAPI",
            "The mailbox is either inactive, soft-deleted, or is hosted on-premise.",
        )
    })?;
    let owner = &store.user_at(position).entity;
    let id = owner.get("id").and_then(Value::as_str).unwrap_or(user);
    let name = format!("users('{id}')");
    Inside {
        ask,
        owner,
        mailbox,
        index,
        store,
        name,
    }
    .answer(place)
}

impl<'a> Inside<'a> {
    fn answer(&self, place: &Place) -> Result<Content, Refusal> {
        match place {
            Place::Folders { parent } => self.folders(parent.as_deref()),
            Place::Folder(id) => self.folder(id),
            Place::Messages { folder } => self.messages(folder.as_deref()),
            Place::Message { folder, id } => self.message(folder.as_deref(), id),
            Place::Mime { folder, id } => self.mime(folder.as_deref(), id),
            Place::DefaultCalendar => {
                let row = self.calendar(None)?;
                self.single(&CALENDARS, Shelf::Entities(&self.mailbox.calendars), row)
            }
            Place::Events { calendar } => {
                let events = &self.mailbox.events;
                let rows = self.events(calendar.as_deref())?.iter().copied();
                let rows = rows.filter(|&row| !calendar::is_of_series(&events[row as usize]));
                self.list(&EVENTS, Shelf::Items(events), rows.collect())
            }
            Place::Event { calendar, id } => self.event(calendar.as_deref(), id),
            Place::View { calendar } => {
                let events = self.events(calendar.as_deref())?;
                let shown = self.of_calendar().view(events, view::span(self.ask)?);
                self.instances_of(&CALENDAR_VIEW, &shown)
            }
            Place::Instances { event } => self.instances(event),
            Place::Contacts { folder } => {
                let rows = self.contacts(folder.as_deref())?;
                self.list(&CONTACTS, Shelf::Items(&self.mailbox.contacts), rows.into())
            }
            Place::Contact { folder, id } => self.contact(folder.as_deref(), id),
            Place::ContactFolders { parent } => self.contact_folders(parent.as_deref()),
            Place::ContactFolder(id) => self.contact_folder(id),
            Place::Attachments { owner } => self.attachments(owner),
            Place::Attachment { owner, id, raw } => self.attachment(owner, id, *raw),
            Place::Settings => self.settings(),
            Place::MailboxId => self.mailbox_id(),
            Place::ApiFolders { parent } => self.api_folders(parent.as_deref()),
            Place::ApiItems { folder } => self.api_items(folder),
            Place::Action(action) => {
                let question = self.ask.question()?;
                match action {
                    Action::GetSchedule => asked::schedules(self.ask.base, &question, self.store),
                    Action::GetMailTips => asked::mail_tips(self.ask.base, &question, self.store),
                }
            }
            Place::Listed(address) => Library {
                ask: self.ask,
                data: self.mailbox,
                catalogue: MAILBOX,
                prefix: format!("{}/", self.name),
                missing,
            }
            .answer(address),
        }
    }

    pub(super) fn list(
        &self,
        collection: &'static Collection,
        shelf: Shelf,
        rows: Cow<[u32]>,
    ) -> Result<Content, Refusal> {
        let name = format!("{}/{}", self.name, collection.name);
        let source = Source {
            collection,
            name,
            shelf,
            rows,
            received: None,
        };
        list::page(self.ask, &source).map(Content::Json)
    }

    pub(super) fn single(
        &self,
        collection: &'static Collection,
        shelf: Shelf,
        row: u32,
    ) -> Result<Content, Refusal> {
        let ask = self.ask;
        let options = Options::read(&ask.pairs, collection, Target::Single, ask.consistency)?;
        let name = format!("{}/{}", self.name, collection.name);
        let source = Source {
            collection,
            name,
            shelf,
            rows: Cow::Borrowed(&[]),
            received: None,
        };
        let context = format!("{}/$entity", list::context(ask, &source, &options));
        let writer = Writer::new(collection, &options, &ask.prefer, shelf);
        Ok(Content::Json(writer.single(row, &context)))
    }

    /// docs/graph.md#messages-select
    fn check_casts(&self) -> Result<(), Refusal> {
        let selected = option(&self.ask.pairs, "$select").unwrap_or_default();
        match self.mailbox.refuses_casts && selected.contains("microsoft.graph.") {
            true => Err(Refusal::unknown_property(
                "microsoft.graph.eventMessage",
                "message",
            )),
            false => Ok(()),
        }
    }

    fn messages(&self, folder: Option<&str>) -> Result<Content, Refusal> {
        self.check_casts()?;
        let (name, rows) = match folder {
            None => (
                format!("{}/messages", self.name),
                self.index.messages_by_date.as_slice(),
            ),
            Some(folder) => {
                let id = self.folder_id(folder)?;
                let name = format!("{}/mailFolders('{folder}')/messages", self.name);
                (name, group(&self.index.messages_by_folder, id))
            }
        };
        let source = Source {
            collection: &MESSAGES,
            name,
            shelf: Shelf::Messages(self.mailbox),
            rows: Cow::Borrowed(rows),
            received: Some(&self.index.received),
        };
        list::page(self.ask, &source).map(Content::Json)
    }

    fn message(&self, folder: Option<&str>, id: &str) -> Result<Content, Refusal> {
        self.check_casts()?;
        let row = self.message_in(folder, id)?;
        self.single(&MESSAGES, Shelf::Messages(self.mailbox), row)
    }

    /// docs/graph.md#mime
    fn mime(&self, folder: Option<&str>, id: &str) -> Result<Content, Refusal> {
        if let Some((name, _)) = self.ask.pairs.first() {
            return Err(Refusal::bad_request(format!(
                "The query option '{name}' cannot be applied to the content of a message."
            )));
        }
        let row = self.message_in(folder, id)?;
        let bytes = mime::write(
            &self.mailbox.entity(row, None),
            &self.mailbox.attachments(row),
        );
        Ok(Content::Bytes {
            content_type: "text/plain".to_owned(),
            bytes,
        })
    }

    fn message_in(&self, folder: Option<&str>, id: &str) -> Result<Slot, Refusal> {
        let row = self.slot(id)?;
        if let Some(folder) = folder {
            let folder = self.folder_id(folder)?;
            within(self.mailbox.folder_of(row), folder)?;
        }
        Ok(row)
    }

    pub(super) fn slot(&self, id: &str) -> Result<Slot, Refusal> {
        let slot = self.index.message(self.mailbox, id);
        slot.ok_or_else(|| missing(id))
    }

    fn folders(&self, parent: Option<&str>) -> Result<Content, Refusal> {
        let parent = match parent {
            Some(parent) => self.folder_id(parent)?,
            None => &self.mailbox.root_folder_id,
        };
        let hidden = option(&self.ask.pairs, "includeHiddenFolders")
            .is_some_and(|value| value.eq_ignore_ascii_case("true"));
        let is_hidden = |row: &&u32| {
            let folder = &self.mailbox.folders[**row as usize].entity;
            folder.get("isHidden").and_then(Value::as_bool) == Some(true)
        };
        let rows = group(&self.index.child_folders, parent).iter();
        let rows = rows
            .filter(|row| hidden || !is_hidden(row))
            .copied()
            .collect();
        self.list(
            &MAIL_FOLDERS,
            Shelf::Folders(&self.mailbox.folders),
            Cow::Owned(rows),
        )
    }

    fn folder(&self, id: &str) -> Result<Content, Refusal> {
        if self.is_root(id) {
            return self.single(&MAIL_FOLDERS, Shelf::Entities(&[self.root_folder()]), 0);
        }
        let row = self.index.folder(id).ok_or_else(|| missing(id))?;
        self.single(&MAIL_FOLDERS, Shelf::Folders(&self.mailbox.folders), row)
    }

    fn is_root(&self, id: &str) -> bool {
        id == self.mailbox.root_folder_id || id.eq_ignore_ascii_case("msgfolderroot")
    }

    /// The root folder, which no list shows.
    fn root_folder(&self) -> Entity {
        let id = &self.mailbox.root_folder_id;
        let held = group(&self.index.messages_by_folder, id).len();
        let children = group(&self.index.child_folders, id).len();
        let folder = json!({
            "id": id,
            "displayName": "Top of Information Store",
            "parentFolderId": null,
            "childFolderCount": children,
            "unreadItemCount": 0,
            "totalItemCount": held,
            "isHidden": false,
        });
        folder.as_object().cloned().unwrap_or_default()
    }

    /// The id of a folder, given by its id or its well-known name
    /// (docs/graph.md#well-known-folders).
    fn folder_id(&self, name: &str) -> Result<&'a str, Refusal> {
        if self.is_root(name) {
            return Ok(&self.mailbox.root_folder_id);
        }
        let row = self.index.folder(name).ok_or_else(|| missing(name))?;
        Ok(id_of(&self.mailbox.folders[row as usize].entity))
    }

    /// The default calendar, or one.
    fn calendar(&self, id: Option<&str>) -> Result<u32, Refusal> {
        match id {
            Some(id) => find(&self.index.calendars, id),
            None if self.mailbox.calendars.is_empty() => Err(Refusal::item_not_found()),
            None => Ok(0),
        }
    }

    fn events(&self, calendar: Option<&str>) -> Result<&'a [u32], Refusal> {
        let row = self.calendar(calendar)?;
        let id = id_of(&self.mailbox.calendars[row as usize]);
        Ok(group(&self.index.events_by_calendar, id))
    }

    fn event(&self, calendar: Option<&str>, id: &str) -> Result<Content, Refusal> {
        let occurrence = self.of_calendar().occurrence(id);
        let occurrence = occurrence.as_slice();
        let (shelf, row) = match occurrence {
            [] => (
                Shelf::Items(&self.mailbox.events),
                find(&self.index.events, id)?,
            ),
            _ => (Shelf::Instances(occurrence), 0),
        };
        if let Some(calendar) = calendar {
            find(&self.index.calendars, calendar)?;
            within(shelf.parent(row).unwrap_or_default(), calendar)?;
        }
        self.single(&EVENTS, shelf, row)
    }

    pub(super) fn of_calendar(&self) -> Calendar<'a> {
        Calendar::new(self.mailbox, self.index)
    }

    pub(super) fn instances_of(
        &self,
        collection: &'static Collection,
        shown: &[Instance],
    ) -> Result<Content, Refusal> {
        let rows = (0..shown.len() as u32).collect();
        self.list(collection, Shelf::Instances(shown), Cow::Owned(rows))
    }

    /// The id of a contact folder; the default one has a name too.
    fn contact_folder_id<'b>(&'b self, name: &'b str) -> Result<&'b str, Refusal> {
        let default = &self.mailbox.default_contact_folder_id;
        if name == default || name.eq_ignore_ascii_case("contacts") {
            return Ok(default);
        }
        find(&self.index.contact_folders, name).map(|_| name)
    }

    fn contacts(&self, folder: Option<&str>) -> Result<&'a [u32], Refusal> {
        match folder {
            None => Ok(group(
                &self.index.contacts_by_folder,
                &self.mailbox.default_contact_folder_id,
            )),
            Some(name) => {
                let id = self.contact_folder_id(name)?;
                Ok(group(&self.index.contacts_by_folder, id))
            }
        }
    }

    fn contact(&self, folder: Option<&str>, id: &str) -> Result<Content, Refusal> {
        let row = find(&self.index.contacts, id)?;
        if let Some(folder) = folder {
            let folder = self.contact_folder_id(folder)?;
            within(&self.mailbox.contacts[row as usize].parent_id, folder)?;
        }
        self.single(&CONTACTS, Shelf::Items(&self.mailbox.contacts), row)
    }

    fn contact_folders(&self, parent: Option<&str>) -> Result<Content, Refusal> {
        let parent = match parent {
            Some(parent) => self.contact_folder_id(parent)?,
            None => &self.mailbox.default_contact_folder_id,
        };
        let rows = group(&self.index.child_contact_folders, parent);
        self.list(
            &CONTACT_FOLDERS,
            Shelf::Entities(&self.mailbox.contact_folders),
            rows.into(),
        )
    }

    fn contact_folder(&self, id: &str) -> Result<Content, Refusal> {
        let row = find(&self.index.contact_folders, id)?;
        self.single(
            &CONTACT_FOLDERS,
            Shelf::Entities(&self.mailbox.contact_folders),
            row,
        )
    }
}

pub(super) fn id_of(entity: &Entity) -> &str {
    entity.get("id").and_then(Value::as_str).unwrap_or_default()
}

fn group<'a>(groups: &'a HashMap<String, Vec<u32>>, id: &str) -> &'a [u32] {
    groups.get(id).map_or(&[], Vec::as_slice)
}

pub(super) fn find(ids: &HashMap<String, u32>, id: &str) -> Result<u32, Refusal> {
    ids.get(id).copied().ok_or_else(|| missing(id))
}

/// An object addressed below a parent must be in it.
fn within(parent: &str, addressed: &str) -> Result<(), Refusal> {
    if parent == addressed {
        Ok(())
    } else {
        Err(Refusal::item_not_found())
    }
}

/// The refusal of an id that may once have existed, or that never did (docs/graph.md#direct-reads).
pub(super) fn missing(id: &str) -> Refusal {
    let plausible = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '=');
    if !id.is_empty() && id.chars().all(plausible) {
        Refusal::item_not_found()
    } else {
        Refusal::malformed_id()
    }
}
