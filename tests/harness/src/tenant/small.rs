//! The smaller collections of a mailbox: tasks, categories, rules, people and others.

use super::entities::{CALENDAR, change_key, id, text};
use super::properties::{
    CALENDAR_GROUP, CALENDAR_PERMISSION, CATEGORY, CHECKLIST_ITEM, LINKED_RESOURCE,
    MAILBOX_SETTINGS, OVERRIDE, PERSON, RULE, TASK_ATTACHMENT, TODO_LIST, TODO_TASK,
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
