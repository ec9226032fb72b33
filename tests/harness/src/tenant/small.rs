//! The smaller collections of a mailbox: tasks, categories, rules, people and others.

use super::entities::{CALENDAR, change_key, id, text};
use super::properties::{
    CALENDAR_GROUP, CALENDAR_PERMISSION, CATEGORY, CHECKLIST_ITEM, LINKED_RESOURCE, MAILBOX_FOLDER,
    MAILBOX_ITEM, MAILBOX_SETTINGS, OVERRIDE, PERSON, RULE, TASK_ATTACHMENT, TODO_LIST, TODO_TASK,
};
use super::shapes::{Kind, shape};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use graph_simulator::model::{CalendarGroup, Entity, Item, Mailbox};
use serde_json::{Value, json};

const LISTS: usize = 4;
const TASKS: usize = 24;

pub fn fill(mailbox: &mut Mailbox, seed: usize) {
    let entities = |properties, kind: &str, count: usize| -> Vec<Entity> {
        let entity = |number| some(properties, seed, kind, number, json!({}));
        (0..count).map(entity).collect()
    };
    mailbox.categories = entities(CATEGORY, "CATEGO", 9);
    mailbox.message_rules = entities(RULE, "RULERU", 12);
    mailbox.inference_overrides = entities(OVERRIDE, "OVERRI", 6);
    mailbox.people = entities(PERSON, "PERSON", 15);
    mailbox.todo_lists = entities(TODO_LIST, "TODOLI", LISTS);
    mailbox_api(mailbox, seed);
    calendars(mailbox, seed);
    tasks(mailbox, seed);
}

/// The settings of a mailbox, which have no id.
pub fn settings(seed: usize) -> Entity {
    shape(MAILBOX_SETTINGS, seed, json!({}))
}

fn some(
    properties: &[(&str, Kind)],
    seed: usize,
    kind: &str,
    number: usize,
    mut others: Value,
) -> Entity {
    others["id"] = json!(id(seed, kind, number));
    shape(properties, number + seed * 5, others)
}

fn calendars(mailbox: &mut Mailbox, seed: usize) {
    mailbox.calendar_groups = (0..3)
        .map(|number| {
            let others = json!({
                "changeKey": change_key(seed, "CALGRO", number),
                "classId": "0006f0b7-0000-0000-c000-000000000046",
            });
            CalendarGroup {
                entity: some(CALENDAR_GROUP, seed, "CALGRO", number, others),
                calendars: vec![id(seed, CALENDAR, number)],
            }
        })
        .collect();
    // Entries of different calendars have the same ids, and the last calendar has none.
    mailbox.calendar_permissions = (0..9)
        .map(|number| {
            let mut entity = some(CALENDAR_PERMISSION, seed, "PERMIS", number, json!({}));
            entity["id"] = json!(format!("RGVmYXVsdA{}==", number / 3));
            item(id(seed, CALENDAR, number % 3), entity)
        })
        .collect();
}

/// Folders of the import and export API, in several levels, and their items. Items of different folders have the same ids.
fn mailbox_api(mailbox: &mut Mailbox, seed: usize) {
    let folder_id = |number: usize| id(seed, "APIFOL", number);
    let folders = (0..14).map(|number: usize| {
        // Ten of them are in the root, and the others in one of those before.
        let parent = number.checked_sub(10).map(|place| folder_id(place * 4));
        let others = json!({ "parentFolderId": parent.clone().unwrap_or_else(|| folder_id(99)) });
        let mut entity = some(MAILBOX_FOLDER, seed, "APIFOL", number, others);
        if entity.get("displayName").is_none_or(Value::is_null) {
            entity["displayName"] = json!(format!("Folder {number}"));
        }
        item(parent.unwrap_or_default(), entity)
    });
    mailbox.api_folders = folders.collect();
    let items = (0..60).map(|number: usize| {
        let others = json!({ "changeKey": change_key(seed, "APIITE", number) });
        let mut entity = some(MAILBOX_ITEM, seed, "APIITE", number, others);
        entity["id"] = json!(id(seed, "APIITE", number % 36));
        let other = number % 12;
        let folder = match number < 24 {
            true => 3,
            false => other + usize::from(other >= 3),
        };
        item(folder_id(folder), entity)
    });
    mailbox.api_items = items.collect();
}

fn tasks(mailbox: &mut Mailbox, seed: usize) {
    // The last list is empty.
    let list = |number: usize| text(&mailbox.todo_lists[number % (LISTS - 1)], "id").to_owned();
    let tasks = (0..TASKS).map(|number| {
        item(
            list(number),
            some(TODO_TASK, seed, "TASKTA", number, json!({})),
        )
    });
    mailbox.todo_tasks = tasks.collect();
    // Of some tasks none, of others several.
    let children = |properties, kind: &str, count: usize, content: bool| -> Vec<Item> {
        let child = |number: usize| {
            let task = &mailbox.todo_tasks[number * 5 % (TASKS / 2)];
            let others = match content {
                true => json!({
                    "@odata.type": "#microsoft.graph.taskFileAttachment",
                    "contentBytes": STANDARD.encode([0, 255, number as u8]),
                }),
                false => json!({}),
            };
            let entity = some(properties, seed, kind, number, others);
            item(text(&task.entity, "id").to_owned(), entity)
        };
        (0..count).map(child).collect()
    };
    let items = children(CHECKLIST_ITEM, "CHECKL", 20, false);
    let resources = children(LINKED_RESOURCE, "LINKED", 14, false);
    let attachments = children(TASK_ATTACHMENT, "TASKAT", 10, true);
    mailbox.checklist_items = items;
    mailbox.linked_resources = resources;
    mailbox.task_attachments = attachments;
}

fn item(parent_id: String, entity: Entity) -> Item {
    Item {
        parent_id,
        entity,
        attachments: Vec::new(),
    }
}
