//! Decodes the replies that Microsoft's documentation shows, so that nothing in them is lost.
//!
//! The samples do not belong to the project. The test looks for them in `GRAPH_SAMPLES` and beside the project; without
//! them it reports that it was skipped.

use super::*;
use crate::decode::{DecodeOptions, Decoder, RowContext};
use crate::definition::{Collection, Context, Table};
use datafusion::arrow::array::{Array, RecordBatch};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Samples of lists, and properties in them that no table has: those of other versions of Graph, or of no type in its
/// metadata. The samples of events are in another zone than the driver asks for, and those of contacts and calendar
/// views have placeholders for times.
const LISTS: &[(&str, &Table, &[&str])] = &[
    (
        "calendar-list-calendarpermissions.1",
        &CALENDAR_PERMISSIONS,
        &[],
    ),
    ("group-list-members.1", &GROUP_MEMBERS, &[]),
    (
        "group-list.1",
        &GROUPS,
        &[
            "creationOptions",
            "onPremisesProvisioningErrors",
            "isManagementRestricted",
        ],
    ),
    (
        "inferenceclassification-list-overrides.1",
        &INFERENCE_OVERRIDES,
        &[],
    ),
    (
        "mailbox-list-folders.1",
        &MAILBOX_FOLDERS,
        &["parentMailboxUrl", "wellKnownName"],
    ),
    (
        "mailboxfolder-list-childfolders.1",
        &MAILBOX_FOLDERS,
        &["parentMailboxUrl"],
    ),
    ("mailboxfolder-list-items.1", &MAILBOX_ITEMS, &[]),
    ("mailboxfolder-list-items.2", &MAILBOX_ITEMS, &[]),
    ("mailfolder-list-messagerules.1", &MESSAGE_RULES, &[]),
    (
        "messagetracingroot-list-messagetraces.1",
        &MESSAGE_TRACES,
        &[],
    ),
    (
        "messagetracingroot-list-messagetraces.2",
        &MESSAGE_TRACES,
        &[],
    ),
    (
        "messagetracingroot-list-messagetraces.3",
        &MESSAGE_TRACES,
        &[],
    ),
    (
        "messagetracingroot-list-messagetraces.4",
        &MESSAGE_TRACES,
        &[],
    ),
    ("orgcontact-list.1", &ORG_CONTACTS, &[]),
    (
        "organization-list.1",
        &ORGANIZATION,
        &[
            "directorySizeQuota",
            "isMultipleDataLocationsForServicesEnabled",
            "onPremisesSyncStatus",
        ],
    ),
    ("outlookuser-list-mastercategories.1", &CATEGORIES, &[]),
    ("place-list.1", &ROOMS, &["isManaged", "displayDevice"]),
    ("place-list.2", &ROOM_LISTS, &["geocoordinates"]),
    ("todo-list-lists.1", &TODO_LISTS, &[]),
    ("todotask-list-linkedresources.1", &LINKED_RESOURCES, &[]),
    ("subscribedsku-list.1", &SUBSCRIBED_SKUS, &[]),
    (
        "todotasklist-list-tasks.1",
        &TODO_TASKS,
        &["linkedResources"],
    ),
    ("user-list-calendargroups.1", &CALENDAR_GROUPS, &[]),
    ("user-list-calendars.1", &CALENDARS, &[]),
    ("user-list-contactfolders.1", &CONTACT_FOLDERS, &[]),
    ("user-list-people.1", &PEOPLE, &[]),
];

/// Samples of one object.
const OBJECTS: &[(&str, &Table)] = &[("user-get-mailboxsettings.1", &MAILBOX_SETTINGS)];

#[test]
fn samples_are_decoded_without_loss() {
    let Some(folder) = samples() else { return };
    let mut lost = Vec::new();
    for (name, table, others) in LISTS {
        let body = read(&folder, name);
        let rows = body["value"].as_array().unwrap();
        let rows: Vec<Value> = rows.iter().map(with_id).collect();
        assert!(!rows.is_empty(), "{name}");
        let page = serde_json::json!({ "value": rows }).to_string();
        let batch = decoder(table).page(page.as_bytes(), &context());
        let batch = match batch {
            Ok(page) => page.batch,
            Err(error) => {
                lost.push(format!("{name}: {error}"));
                continue;
            }
        };
        assert_eq!(batch.num_rows(), rows.len(), "{name}");
        for (place, row) in rows.iter().enumerate() {
            compare(table, &batch, place, row, others, &mut lost);
        }
    }
    for (name, table) in OBJECTS {
        let body = read(&folder, name);
        let batch = decoder(table).entity(body.to_string().as_bytes(), &context());
        let batch = batch.unwrap_or_else(|error| panic!("{name}: {error}"));
        compare(table, &batch, 0, &body, &[], &mut lost);
    }
    lost.sort();
    lost.dedup();
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn the_sample_of_a_report_is_decoded_without_loss() {
    let Some(folder) = samples() else { return };
    let body = read(&folder, "x-report-mailbox-detail-csv.constructed");
    let Collection::Report(report) = &MAILBOX_USAGE.collection else {
        panic!("no report");
    };
    let context = RowContext {
        report_period: Some(7),
        ..context()
    };
    let text = body.as_str().unwrap();
    let file = decoder(&MAILBOX_USAGE).file(report, text.as_bytes(), &context);
    let file = file.unwrap();
    assert!(file.conceals_names);
    let [rows] = file.batches.as_slice() else {
        panic!("several batches");
    };
    assert_eq!(rows.num_rows(), 3);
    let nulls = |name: &str| {
        let column = MAILBOX_USAGE.column_index(name).unwrap();
        rows.column(column).null_count()
    };
    for column in MAILBOX_USAGE.columns {
        let expected = match column.name {
            "deletedDate" => 2,
            "lastActivityDate"
            | "issueWarningQuotaInBytes"
            | "prohibitSendQuotaInBytes"
            | "prohibitSendReceiveQuotaInBytes"
            | "deletedItemQuota" => 1,
            _ => 0,
        };
        assert_eq!(nulls(column.name), expected, "{}", column.name);
    }
}

/// The folder of the samples; `None` if it is not there, which is reported.
fn samples() -> Option<PathBuf> {
    let folder = std::env::var_os("GRAPH_SAMPLES").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/graph/samples"),
        PathBuf::from,
    );
    if !folder.is_dir() {
        eprintln!("SKIPPED: there are no samples at {}", folder.display());
        return None;
    }
    Some(folder)
}

/// The body of a sample.
fn read(folder: &Path, name: &str) -> Value {
    let text = std::fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
    serde_json::from_str::<Value>(&text).unwrap()["body"].take()
}

/// Some samples leave the id out.
fn with_id(row: &Value) -> Value {
    let mut row = row.clone();
    if row.get("id").is_none_or(Value::is_null) {
        row["id"] = "id".into();
    }
    row
}

fn decoder(table: &'static Table) -> Decoder {
    let all: Vec<usize> = (0..table.columns.len()).collect();
    Decoder::new(table, &all, DecodeOptions::default())
}

fn context() -> RowContext {
    let parents = [
        Context::CalendarId,
        Context::GroupId,
        Context::TodoListId,
        Context::TodoTaskId,
        Context::ThreadId,
        Context::MailboxFolderId,
    ];
    RowContext {
        mailbox: "ann@x.org".to_owned(),
        parents: parents.map(|parent| (parent, "P".to_owned())).to_vec(),
        ..RowContext::default()
    }
}

/// Every value of the row has a column, and is there.
fn compare(
    table: &Table,
    batch: &RecordBatch,
    place: usize,
    row: &Value,
    others: &[&str],
    lost: &mut Vec<String>,
) {
    for (name, value) in row.as_object().unwrap() {
        if name.contains('@') || others.contains(&name.as_str()) {
            continue;
        }
        values(table, batch, place, (name, value), lost);
    }
}

fn values(
    table: &Table,
    batch: &RecordBatch,
    place: usize,
    (path, value): (&str, &Value),
    lost: &mut Vec<String>,
) {
    match (table.column_index(path), value) {
        (_, Value::Null) => {}
        (Some(column), _) if batch.column(column).is_valid(place) => {}
        (None, Value::Object(members)) => {
            for (name, value) in members {
                if !name.contains('@') {
                    values(
                        table,
                        batch,
                        place,
                        (&format!("{path}_{name}"), value),
                        lost,
                    );
                }
            }
        }
        _ => lost.push(format!("{}.{path}", table.name)),
    }
}
