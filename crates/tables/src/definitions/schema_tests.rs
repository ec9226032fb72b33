//! Compares the definitions with Microsoft's own schema, so that no property is missing or
//! misspelt.
//!
//! The schema (condensed to JSON) does not belong to the project. The test looks for it in
//! `GRAPH_SCHEMA` and beside the project; without it the test reports that it was skipped.

use super::*;
use crate::ColumnType;
use crate::definition::{Collection, Column, ColumnSource, Encoding, Table};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Properties of a user that Graph refuses in a collection.
const ONE_USER_ONLY: &[&str] = &[
    "aboutMe",
    "birthday",
    "hireDate",
    "interests",
    "mailboxSettings",
    "mySite",
    "pastProjects",
    "preferredName",
    "responsibilities",
    "schools",
    "skills",
];

/// Properties of masters, and those that Graph does not select in a calendar view.
const NOT_OF_OCCURRENCES: &[&str] = &[
    "cancelledOccurrences",
    "createdDateTime",
    "lastModifiedDateTime",
    "recurrence",
];

/// Properties of a group that Graph has for one group at a time only, or for filters.
const ONE_GROUP_ONLY: &[&str] = &[
    "allowExternalSenders",
    "autoSubscribeNewMembers",
    "hasMembersWithLicenseErrors",
    "hideFromAddressLists",
    "hideFromOutlookClients",
    "isArchived",
    "isSubscribedByMail",
    "unseenCount",
];

/// The schema; `None` if it is not there, which is reported.
fn schema() -> Option<Schema> {
    let path = std::env::var_os("GRAPH_SCHEMA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/graph/schema.json"),
        PathBuf::from,
    );
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: there is no schema at {}", path.display());
        return None;
    };
    Some(Schema(serde_json::from_str(&text).unwrap()))
}

#[test]
fn tables_have_every_property_of_their_type() {
    let Some(schema) = schema() else { return };
    schema.compare(&CALENDARS, "calendar", &[]);
    schema.compare(&CONTACTS, "contact", &[]);
    schema.compare(&EVENTS, "event", &[]);
    schema.compare(&CALENDAR_VIEW, "event", NOT_OF_OCCURRENCES);
    schema.compare(&EVENT_INSTANCES, "event", NOT_OF_OCCURRENCES);
    schema.compare(&MAIL_FOLDERS, "mailSearchFolder", &[]);
    schema.compare(&EVENT_ATTACHMENTS, "fileAttachment", &[]);
    schema.compare(&MESSAGE_ATTACHMENTS, "fileAttachment", &[]);
    schema.compare(&MESSAGES, "message", &[]);
    schema.compare(&USERS, "user", ONE_USER_ONLY);
    // A mode has no properties of its own.
    schema.compare(&WORKSPACES, "workspace", &["mode"]);
    schema.compare(&CALENDAR_GROUPS, "calendarGroup", &[]);
    schema.compare(&CALENDAR_PERMISSIONS, "calendarPermission", &[]);
    // Documented properties that the metadata lacks.
    let undeclared = &["parentMailboxUrl", "wellKnownName"];
    schema.compare(&MAILBOX_FOLDERS, "mailboxFolder", undeclared);
    schema.compare(&MAILBOX_ITEMS, "mailboxItem", &[]);
    schema.compare(&CATEGORIES, "outlookCategory", &[]);
    schema.compare(&CHECKLIST_ITEMS, "checklistItem", &[]);
    schema.compare(&CONTACT_FOLDERS, "contactFolder", &[]);
    schema.compare(&MAIL_TIPS, "mailTips", &[]);
    schema.compare(&GROUP_CONVERSATIONS, "conversation", &[]);
    schema.compare(&GROUP_POSTS, "post", &[]);
    schema.compare(&GROUP_THREADS, "conversationThread", &[]);
    schema.compare(&GROUPS, "group", ONE_GROUP_ONLY);
    schema.compare(&INFERENCE_OVERRIDES, "inferenceClassificationOverride", &[]);
    schema.compare(&LINKED_RESOURCES, "linkedResource", &[]);
    schema.compare(&MAILBOX_SETTINGS, "mailboxSettings", &[]);
    schema.compare(&MESSAGE_RULES, "messageRule", &[]);
    schema.compare(&MESSAGE_TRACES, "exchangeMessageTrace", &[]);
    schema.compare(&ORG_CONTACTS, "orgContact", &[]);
    schema.compare(&ORGANIZATION, "organization", &[]);
    schema.compare(&PEOPLE, "person", &[]);
    schema.compare(&ROOM_LISTS, "roomList", &[]);
    schema.compare(&ROOMS, "room", &[]);
    schema.compare(&SUBSCRIBED_SKUS, "subscribedSku", &[]);
    schema.compare(&TASK_ATTACHMENTS, "taskFileAttachment", &["contentBytes"]);
    schema.compare(&TODO_LISTS, "todoTaskList", &[]);
    schema.compare(&TODO_TASKS, "todoTask", &[]);
}

#[test]
fn reports_have_every_field_of_their_file() {
    let Some(schema) = schema() else { return };
    let mut reports = 0;
    for table in TABLES {
        let Collection::Report(report) = table.collection else {
            continue;
        };
        reports += 1;
        let known = schema.0["csvReports"]["reports"].as_array().unwrap().iter();
        let mut known = known.filter(|known| known["function"] == report.function);
        let fields = known.next().expect(report.function)["columns"].as_array();
        for field in fields.expect("columns") {
            let header = field["name"].as_str().unwrap();
            // The driver knows which report it asked for.
            if header == "Report Period" {
                continue;
            }
            let mut columns = table.columns.iter();
            let is_it = |column: &&Column| matches!(column.source, ColumnSource::Field(known) if known == header);
            let column = columns.find(is_it);
            let column = column.unwrap_or_else(|| panic!("{} has no {header}", table.name));
            let suits = match field["type"].as_str().unwrap() {
                "date" => column.column_type == ColumnType::Date,
                "boolean" => column.column_type == ColumnType::Bit,
                "int64" => column.column_type == ColumnType::BigInt,
                _ => matches!(column.column_type, ColumnType::Varchar { .. }),
            };
            assert!(suits, "{}.{}", table.name, column.name);
            let name = field["betaJson"].as_str().unwrap_or(column.name);
            assert_eq!(column.name, name, "{}", table.name);
        }
    }
    assert_eq!(reports, 4);
}

struct Schema(Value);

impl Schema {
    fn compare(&self, table: &Table, entity: &str, left_out: &[&str]) {
        let mut leaves = BTreeMap::new();
        let types = ["entityTypes", "complexTypes"].map(|kind| &self.0[kind][entity]);
        let known = types.into_iter().find(|kind| kind.is_object());
        self.flatten(known.expect("a known type"), "", &mut leaves);
        leaves.retain(|path, _| !left_out.contains(&path.split('/').next().unwrap()));
        for derived in table.columns.iter().filter_map(derived_type) {
            let mut more = BTreeMap::new();
            self.flatten(&self.0["entityTypes"][derived], "", &mut more);
            let selected = |path: &str| {
                let mut columns = table.columns.iter();
                columns.any(|column| column.odata_path().as_deref() == Some(path))
            };
            leaves.extend(more.into_iter().filter(|(path, _)| selected(path)));
        }
        for column in table.columns {
            let ColumnSource::Property { encoding, .. } = column.source else {
                continue;
            };
            // The driver makes ids of answers.
            let is_answer = matches!(table.collection, Collection::Asked(_));
            if is_answer && column.name == "id" {
                continue;
            }
            let path = column.odata_path().unwrap();
            let kind = leaves
                .remove(&path)
                .unwrap_or_else(|| panic!("{entity} has no {path}"));
            assert!(suits(&kind, column, encoding), "{entity} {path} is {kind}");
        }
        assert!(leaves.is_empty(), "{} lacks {leaves:?}", table.name);
    }

    /// The paths and types of all properties except single structures.
    fn flatten(&self, entity: &Value, parents: &str, leaves: &mut BTreeMap<String, String>) {
        for property in entity["properties"].as_array().unwrap() {
            let text = |key: &str| property[key].as_str().unwrap();
            let path = format!("{parents}{}", text("name"));
            let kind = text("type");
            let structure = &self.0["complexTypes"][kind];
            if property["collection"] == true {
                let element = if structure.is_object() { kind } else { "text" };
                leaves.insert(path, format!("list of {element}"));
            } else if kind == "dateTimeTimeZone" {
                leaves.insert(format!("{path}/dateTime"), kind.to_owned());
                leaves.insert(format!("{path}/timeZone"), "Edm.String".to_owned());
            } else if structure.is_object() {
                self.flatten(structure, &format!("{path}/"), leaves);
            } else {
                leaves.insert(path, kind.to_owned());
            }
        }
    }
}

/// The derived type of the property that a column selects.
fn derived_type(column: &Column) -> Option<&'static str> {
    let (derived, _) = column.select?.split_once('/')?;
    derived.strip_prefix("microsoft.graph.")
}

/// Whether a column can hold the values of a property of this type.
fn suits(kind: &str, column: &Column, encoding: Encoding) -> bool {
    let is_text = matches!(
        column.column_type,
        ColumnType::Varchar { .. } | ColumnType::LongVarchar
    );
    let is_timestamp = matches!(column.column_type, ColumnType::Timestamp { .. });
    let scalar = encoding == Encoding::Scalar;
    match kind {
        "Edm.Boolean" => scalar && column.column_type == ColumnType::Bit,
        "Edm.Int32" => scalar && column.column_type == ColumnType::Integer,
        "Edm.Int64" => scalar && column.column_type == ColumnType::BigInt,
        "Edm.Double" => scalar && column.column_type == ColumnType::Double,
        "Edm.TimeOfDay" => scalar && matches!(column.column_type, ColumnType::Time { .. }),
        "Edm.Date" => scalar && column.column_type == ColumnType::Date,
        "Edm.DateTimeOffset" => scalar && is_timestamp,
        "Edm.Binary" => {
            encoding == Encoding::Base64 && column.column_type == ColumnType::LongVarbinary
        }
        "dateTimeTimeZone" => encoding == Encoding::DateTimeTimeZone && is_timestamp,
        "list of text" => encoding == Encoding::Strings && is_text,
        "list of recipient" => encoding == Encoding::Recipients && is_text,
        "list of attendee" => encoding == Encoding::Attendees && is_text,
        "list of emailAddress" => encoding == Encoding::EmailAddresses && is_text,
        list if list.starts_with("list of") => encoding == Encoding::Json && is_text,
        // Texts and enumerations
        _ => scalar && is_text,
    }
}
