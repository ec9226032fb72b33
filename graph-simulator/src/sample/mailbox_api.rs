//! Adele's mailbox in the import and export API: her mail and her calendar, under ids of their own.

use crate::entities::whole;
use crate::model::{Entity, Item, Mailbox};
use serde_json::{Value, json};

pub fn fill(mailbox: &mut Mailbox) {
    let calendars = mailbox.calendars.first().map(|calendar| {
        let id = calendar["id"].as_str().unwrap_or_default();
        let events = mailbox.events.iter().filter(|event| event.parent_id == id);
        let name = calendar["name"].as_str().unwrap_or_default();
        folder(mailbox, id, None, (name, "IPF.Appointment"), events.count())
    });
    let of_mail = mailbox.folders.iter().map(|known| {
        let text = |name: &str| known.entity[name].as_str().unwrap_or_default();
        let held = mailbox.messages.iter();
        let held = held.filter(|message| message.parent_id == text("id"));
        let parent = Some(text("parentFolderId")).filter(|id| *id != mailbox.root_folder_id);
        let kind = (text("displayName"), "IPF.Note");
        folder(mailbox, text("id"), parent, kind, held.count())
    });
    let folders: Vec<Item> = of_mail.chain(calendars).collect();
    let mail = mailbox
        .messages
        .iter()
        .map(|message| item(message, "IPM.Note"));
    let events = mailbox.events.iter();
    let events = events.map(|event| item(event, "IPM.Appointment"));
    let is_held = |item: &Item| {
        let mut folders = folders.iter();
        folders.any(|folder| folder.entity["id"] == item.parent_id.as_str())
    };
    let items: Vec<Item> = mail.chain(events).filter(is_held).collect();
    mailbox.api_folders = folders;
    mailbox.api_items = items;
}

/// Another id than that of the mail folder or message.
fn id(known: &str) -> String {
    format!("ED{known}")
}

fn folder(
    mailbox: &Mailbox,
    known: &str,
    parent: Option<&str>,
    (name, kind): (&str, &str),
    items: usize,
) -> Item {
    let folders = mailbox.folders.iter();
    let children = folders.filter(|folder| folder.entity["parentFolderId"] == known);
    let entity = json!({
        "id": id(known),
        "displayName": name,
        "parentFolderId": id(parent.unwrap_or(&mailbox.root_folder_id)),
        "childFolderCount": children.count(),
        "totalItemCount": items,
        "type": kind,
    });
    Item {
        parent_id: parent.map(id).unwrap_or_default(),
        entity: whole("mailboxFolder", entity),
        attachments: Vec::new(),
    }
}

fn item(known: &Item, kind: &str) -> Item {
    let get = |name: &str| known.entity.get(name).cloned().unwrap_or(Value::Null);
    let entity = json!({
        "id": id(known.entity["id"].as_str().unwrap_or_default()),
        "categories": get("categories"),
        "changeKey": get("changeKey"),
        "createdDateTime": get("createdDateTime"),
        "lastModifiedDateTime": get("lastModifiedDateTime"),
        "size": size(&known.entity),
        "type": kind,
    });
    Item {
        parent_id: id(&known.parent_id),
        entity: whole("mailboxItem", entity),
        attachments: Vec::new(),
    }
}

/// As long as its JSON.
fn size(entity: &Entity) -> usize {
    serde_json::to_string(entity).map_or(0, |text| text.len())
}
