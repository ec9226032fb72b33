//! Adele's tasks.

use crate::entities::folder::TASKS;
use crate::entities::ids::{Ids, Kind, guid};
use crate::entities::whole;
use crate::model::{Item, Mailbox};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// Name, and the name of a list that every mailbox has.
const LISTS: &[(&str, &str)] = &[
    ("Tasks", "defaultList"),
    ("Release 2.42", "none"),
    ("Moving house", "none"),
    ("Flagged email", "flaggedEmails"),
];

/// List, title, status, importance, day it is due, categories, and its steps.
type Row = (
    usize,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

/// A step that is done begins with a plus.
#[rustfmt::skip] // one line for each task
const ROWS: &[Row] = &[
    (0, "Renew the passport", "notStarted", "normal", "2002-10-31", &["Travel"], &[]),
    (0, "Book a train to Zürich", "completed", "high", "2002-09-20", &["Travel"], &[]),
    (0, "Ask Grace about the concert", "notStarted", "low", "", &[], &[]),
    (1, "Write the release notes", "inProgress", "high", "2002-09-23", &[],
        &["+Collect the changes", "+Ask Hiroshi about the build", "Have Megan read them"]),
    (1, "Tag the release", "notStarted", "high", "2002-09-24", &[], &["Freeze the branch", "Tag", "Announce"]),
    (1, "Call Fabrikam about the upgrade", "waitingOnOthers", "normal", "2002-09-26", &["Customers"], &[]),
    (1, "Retire release 2.39", "deferred", "low", "", &[], &[]),
    (2, "Pack the books", "completed", "normal", "2002-09-20", &[], &["+Living room", "+Study"]),
    (2, "Have the post redirected", "notStarted", "normal", "2002-09-21", &[], &[]),
];

const NOTES: &str = "Write the release notes";
const TAG: &str = "Tag the release";

pub fn fill(mailbox: &mut Mailbox, ids: &Ids) {
    let list_id = |list: usize| ids.folder(TASKS + list as u32);
    let lists = LISTS.iter().enumerate();
    mailbox.todo_lists = lists
        .map(|(number, (name, known))| {
            whole(
                "todoTaskList",
                json!({
                    "id": list_id(number),
                    "displayName": name,
                    "isOwner": true,
                    "isShared": number == 1,
                    "wellknownListName": known,
                }),
            )
        })
        .collect();
    for (number, row) in ROWS.iter().enumerate() {
        let id = ids.item(Kind::Task, number as u64);
        mailbox.todo_tasks.push(Item {
            parent_id: list_id(row.0),
            entity: whole("todoTask", facts(row, &id)),
            attachments: Vec::new(),
        });
        for step in row.6 {
            mailbox
                .checklist_items
                .push(inside(&id, "checklistItem", self::step(&id, step)));
        }
        match row.1 {
            NOTES => mailbox.task_attachments.push(changes(&id, ids)),
            TAG => mailbox.linked_resources.extend(links(&id)),
            _ => {}
        }
    }
}

fn facts(row: &Row, id: &str) -> Value {
    let (_, title, status, importance, due, categories, _) = row;
    let is_done = *status == "completed";
    let midnight =
        |day: &str| json!({ "dateTime": format!("{day}T00:00:00.0000000"), "timeZone": "UTC" });
    let due = (!due.is_empty()).then(|| midnight(due));
    let note = match *title {
        NOTES => "Short, please: nobody reads more than a page.",
        _ => "",
    };
    json!({
        "id": id,
        "title": title,
        "status": status,
        "importance": importance,
        "body": { "contentType": "text", "content": note },
        "bodyLastModifiedDateTime": "2002-09-12T08:15:00Z",
        "categories": categories,
        "createdDateTime": "2002-09-09T07:45:12.3456789Z",
        "lastModifiedDateTime": "2002-09-16T11:20:30.1234567Z",
        "dueDateTime": due,
        "completedDateTime": is_done.then(|| midnight("2002-09-18")),
        "isReminderOn": false,
        "hasAttachments": *title == NOTES,
    })
}

fn step(task_id: &str, step: &str) -> Value {
    let done = step.strip_prefix('+');
    json!({
        "id": guid(&["sample", "step", task_id, step]),
        "displayName": done.unwrap_or(step),
        "isChecked": done.is_some(),
        "checkedDateTime": done.map(|_| "2002-09-16T11:20:30.1234567Z"),
        "createdDateTime": "2002-09-09T07:45:12.3456789Z",
    })
}

fn changes(task_id: &str, ids: &Ids) -> Item {
    let text = "- Sorting by size is faster.\r\n- Empty folders can be deleted.\r\n";
    inside(
        task_id,
        "taskFileAttachment",
        json!({
            "@odata.type": "#microsoft.graph.taskFileAttachment",
            "id": ids.attachment(task_id, 0),
            "name": "changes.txt",
            "contentType": "text/plain",
            "size": text.len(),
            "lastModifiedDateTime": "2002-09-12T08:14:00Z",
            "contentBytes": STANDARD.encode(text),
        }),
    )
}

fn links(task_id: &str) -> Vec<Item> {
    let all = [
        (
            "Tracker",
            "Release 2.42",
            "REL-242",
            "https://tracker.contoso.example/REL-242",
        ),
        (
            "Builds",
            "Nightly build",
            "nightly",
            "https://builds.contoso.example/nightly",
        ),
    ];
    let all = all.iter();
    all.map(|(application, name, external, url)| {
        inside(
            task_id,
            "linkedResource",
            json!({
                "id": guid(&["sample", "link", external]),
                "applicationName": application,
                "displayName": name,
                "externalId": external,
                "webUrl": url,
            }),
        )
    })
    .collect()
}

fn inside(task_id: &str, type_name: &str, known: Value) -> Item {
    Item {
        parent_id: task_id.to_owned(),
        entity: whole(type_name, known),
        attachments: Vec::new(),
    }
}
