//! A small tenant in which everything that can be odd is odd: ids that differ in case only, nulls,
//! empty texts, quotes, wildcards, emoji, writing from right to left, the first and the last moment
//! of the calendar.
//!
//! The entities are written as Graph would send them, with nothing of the driver's or the
//! simulator's own code, so that the rows expected from them are nobody's echo.

mod calendar;
mod contacts;
mod directory;
mod mail;
mod texts;

use graph_simulator::model::{Application, Entity, Folder, Item, Mailbox, Tenant, User};
use serde_json::Value;

pub const TENANT: &str = "6f0fbfd5-9d84-4f2c-8f1f-0d6a3c0f5a11";
pub const DOMAIN: &str = "contoso.example";
pub const CLIENT: &str = "1d1a1c1e-0000-4000-8000-00000000c11e";
pub const SECRET: &str = "s3cret~Value;with}odd{signs";
pub const ALICE: &str = "alice@contoso.example";
pub const BOB: &str = "bob@contoso.example";
/// Has no mailbox.
pub const CAROL: &str = "carol@contoso.example";

/// The tenant. It is the same every time.
pub fn odd() -> Tenant {
    let mut users = directory::users();
    for (user, seed) in users.iter_mut().zip(0..) {
        let has_mailbox = [ALICE, BOB].contains(&text(&user.entity, "userPrincipalName"));
        user.mailbox = has_mailbox.then(|| mailbox(seed));
    }
    Tenant {
        id: TENANT.to_owned(),
        domain: DOMAIN.to_owned(),
        applications: vec![Application {
            client_id: CLIENT.to_owned(),
            client_secret: SECRET.to_owned(),
        }],
        users,
    }
}

/// A mailbox; different seeds give different ones.
fn mailbox(seed: usize) -> Mailbox {
    let mut mailbox = Mailbox::default();
    mail::fill(&mut mailbox, seed);
    calendar::fill(&mut mailbox, seed);
    contacts::fill(&mut mailbox, seed);
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

/// A text property, or an empty text.
pub fn text<'e>(entity: &'e Entity, name: &str) -> &'e str {
    entity.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Letters that mark what an id names.
const MESSAGE: &str = "BGAAAM";
const FOLDER: &str = "AuAAAF";
const CALENDAR: &str = "AuAAAC";
const EVENT: &str = "ENAAAE";
const CONTACT_FOLDER: &str = "AuAAAD";
const CONTACT: &str = "EOAAAT";

/// An id as Exchange makes them. Numbers 2n and 2n + 1 differ in the case of one letter only.
fn id(seed: usize, kind: &str, number: usize) -> String {
    let twin = if number.is_multiple_of(2) { 'Q' } else { 'q' };
    let pair = number / 2;
    format!(
        "AAMkAGVmMDEzMTM4LTZmYWUtNDdkNC1hMDZiLTU1OGY5OTZhYmY4OA{seed}_{kind}AAAiQ8W967B7TKBjgx9rVEURB{twin}{pair:0>4}-Zz="
    )
}

fn change_key(seed: usize, kind: &str, number: usize) -> String {
    format!("CQAAABYAAAAiQ8W967B7TKBjgx9rVEUR{seed}{kind}{number:0>3}+/")
}

fn entity(value: Value) -> Entity {
    match value {
        Value::Object(map) => map,
        other => panic!("an entity is an object, not {other}"),
    }
}

/// Puts properties away that are null, as Graph often does.
fn leave_out_nulls(entity: &mut Entity) {
    entity.retain(|_, value| !value.is_null());
}
