//! A small tenant in which everything that can be odd is odd: ids that differ in case only, nulls,
//! empty texts, quotes, wildcards, emoji, writing from right to left, the first and the last moment
//! of the calendar.
//!
//! The entities are written as Graph would send them, with nothing of the driver's or the
//! simulator's own code, so that the rows expected from them are nobody's echo.

mod attachments;
mod calendar;
mod contacts;
mod directory;
mod entities;
mod mail;
mod names;
mod organization;
mod properties;
mod reports;
mod shapes;
mod small;
mod texts;
mod traces;

pub use entities::text;
use graph_simulator::model::{Application, Folder, Item, Mailbox, Tenant, User};
use names::DOMAIN;
pub use names::{ALICE, BOB, CAROL, CLIENT, SECRET, TENANT};

/// The tenant. It is the same every time.
pub fn odd() -> Tenant {
    let mut users = directory::users();
    for (user, seed) in users.iter_mut().zip(0..) {
        let has_mailbox = [ALICE, BOB].contains(&text(&user.entity, "userPrincipalName"));
        user.mailbox = has_mailbox.then(|| mailbox(seed));
        if has_mailbox {
            let settings = small::settings(seed);
            user.entity
                .insert("mailboxSettings".to_owned(), settings.into());
        }
    }
    let mut tenant = Tenant {
        id: TENANT.to_owned(),
        domain: DOMAIN.to_owned(),
        applications: vec![Application {
            client_id: CLIENT.to_owned(),
            client_secret: SECRET.to_owned(),
            ..Application::default()
        }],
        users,
        ..Tenant::default()
    };
    organization::fill(&mut tenant);
    reports::fill(&mut tenant);
    tenant.traces = traces::traces();
    tenant
}

/// A mailbox; different seeds give different ones.
fn mailbox(seed: usize) -> Mailbox {
    let mut mailbox = Mailbox::default();
    mail::fill(&mut mailbox, seed);
    calendar::fill(&mut mailbox, seed);
    contacts::fill(&mut mailbox, seed);
    small::fill(&mut mailbox, seed);
    mailbox
}

/// The user of this principal name.
pub fn user<'t>(tenant: &'t Tenant, name: &str) -> &'t User {
    let found = tenant
        .users
        .iter()
        .find(|user| text(&user.entity, "userPrincipalName") == name);
    found.unwrap_or_else(|| panic!("the tenant has no {name}"))
}

/// The folders from this one up to the one at the top; `None` where they lead somewhere else.
fn way_up<'m>(mailbox: &'m Mailbox, id: &str) -> Option<Vec<&'m Folder>> {
    let mut way: Vec<&Folder> = Vec::new();
    let mut at = id.to_owned();
    while at != mailbox.root_folder_id {
        let found = |folder: &&Folder| text(&folder.entity, "id") == at;
        let folder = mailbox.folders.iter().find(found)?;
        at = text(&folder.entity, "parentFolderId").to_owned();
        way.push(folder);
    }
    Some(way)
}

/// The folders that lie below the top of the mailbox.
pub fn folders(mailbox: &Mailbox) -> impl Iterator<Item = &Folder> {
    let folders = mailbox.folders.iter();
    folders.filter(|folder| way_up(mailbox, text(&folder.entity, "id")).is_some())
}

/// The messages that Graph lists for the mailbox as a whole.
pub fn messages(mailbox: &Mailbox) -> impl Iterator<Item = &Item> {
    let is_hidden = |folder: &&Folder| folder.entity["isHidden"] == true;
    let messages = mailbox.messages.iter();
    messages.filter(move |message| {
        let way = way_up(mailbox, &message.parent_id);
        way.is_some_and(|way| !mailbox.hidden.unlisted || !way.iter().any(is_hidden))
    })
}
