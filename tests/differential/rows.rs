//! The expected rows of each table, made from the tenant's entities without the driver's code.
//!
//! A column is found by its name: the parts between `_` are the path of a property. The few other
//! columns are computed here a second time, in the simplest way.

use crate::cell::Cell;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use driver_harness::tenant::{self, text};
use graph_simulator::model::{Entity, Folder, Mailbox, Tenant};
use serde_json::Value;

/// The kind of a column's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Bit,
    Integer,
    Double,
    Timestamp,
    Date,
    Binary,
}

/// A column as the driver's catalog has it.
#[derive(Clone, Debug)]
pub struct Column {
    pub name: String,
    pub kind: Kind,
}

#[derive(Clone, Debug)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
}

/// Lists of structures that are shown as JSON.
const JSON: &[&str] = &[
    "internetMessageHeaders",
    "locations",
    "onlineMeeting_phones",
    "assignedLicenses",
    "assignedPlans",
    "identities",
];

/// Names that Graph accepts in place of ids, as far as the mailboxes here have them.
const WELL_KNOWN: &[&str] = &["inbox", "drafts", "sentitems", "deleteditems"];

/// An entity with related facts.
struct Source<'t> {
    entity: &'t Entity,
    mailbox: &'t str,
    parent: &'t str,
    folder: Option<(String, usize, Option<&'t str>)>,
}

/// The rows of a table, for these mailboxes if it belongs to a mailbox.
pub fn rows(tenant: &Tenant, mailboxes: &[&str], table: &Table) -> Vec<Vec<Cell>> {
    let sources = match table.name.as_str() {
        "Users" => tenant
            .users
            .iter()
            .map(|user| of("", "", &user.entity))
            .collect(),
        _ => mailboxes
            .iter()
            .flat_map(|name| in_mailbox(tenant, name, &table.name))
            .collect::<Vec<_>>(),
    };
    let row = |source| {
        table
            .columns
            .iter()
            .map(|column| cell(source, &table.name, column))
            .collect()
    };
    sources.iter().map(row).collect()
}

fn of<'t>(mailbox: &'t str, parent: &'t str, entity: &'t Entity) -> Source<'t> {
    Source {
        entity,
        mailbox,
        parent,
        folder: None,
    }
}

fn in_mailbox<'t>(directory: &'t Tenant, name: &'t str, table: &str) -> Vec<Source<'t>> {
    let user = tenant::user(directory, name);
    let mailbox = user.mailbox.as_ref().expect("a user with a mailbox");
    match table {
        "Messages" => tenant::messages(mailbox)
            .map(|item| of(name, "", &item.entity))
            .collect(),
        "MessageAttachments" => {
            let all = tenant::messages(mailbox).flat_map(|message| {
                let id = text(&message.entity, "id");
                message
                    .attachments
                    .iter()
                    .map(move |attachment| of(name, id, attachment))
            });
            all.collect()
        }
        "MailFolders" => tenant::folders(mailbox)
            .map(|folder| in_tree(mailbox, name, folder))
            .collect(),
        "Calendars" => mailbox
            .calendars
            .iter()
            .map(|calendar| of(name, "", calendar))
            .collect(),
        // Graph lists single events and masters of series.
        "Events" => mailbox
            .events
            .iter()
            .filter(|item| item.entity["type"] != "exception")
            .map(|item| of(name, &item.parent_id, &item.entity))
            .collect(),
        "Contacts" => mailbox
            .contacts
            .iter()
            .map(|item| of(name, "", &item.entity))
            .collect(),
        other => panic!("no rows are known for {other}"),
    }
}

fn in_tree<'t>(mailbox: &'t Mailbox, name: &'t str, folder: &'t Folder) -> Source<'t> {
    let parent_of = |folder: &Folder| {
        let id = text(&folder.entity, "parentFolderId").to_owned();
        mailbox
            .folders
            .iter()
            .find(|other| text(&other.entity, "id") == id)
    };
    let mut path = text(&folder.entity, "displayName").to_owned();
    let mut depth = 1;
    let mut above = parent_of(folder);
    while let Some(parent) = above {
        path = format!("{}/{path}", text(&parent.entity, "displayName"));
        depth += 1;
        above = parent_of(parent);
    }
    let well_known = folder
        .well_known_name
        .as_deref()
        .filter(|name| WELL_KNOWN.contains(name));
    Source {
        folder: Some((path, depth, well_known)),
        ..of(name, "", &folder.entity)
    }
}

fn cell(source: &Source, table: &str, column: &Column) -> Cell {
    let id = text(source.entity, "id");
    let some = |text: &str| Cell::Text(text.to_owned());
    match column.name.as_str() {
        "mailbox" => some(source.mailbox),
        "safeKey" => Cell::Text(safe_key(id)),
        "compositeKey" => Cell::Text(match table {
            "MessageAttachments" => format!("{}|{id}", source.parent),
            "Users" | "MailFolders" => id.to_owned(),
            _ => format!("{id}|{}", text(source.entity, "changeKey")),
        }),
        "calendarId" | "messageId" => some(source.parent),
        "attachmentType" => {
            some(text(source.entity, "@odata.type").trim_start_matches("#microsoft.graph."))
        }
        "path" | "depth" | "wellKnownName" => {
            let (path, depth, well_known) = source.folder.as_ref().expect("a folder");
            match column.name.as_str() {
                "path" => some(path),
                "depth" => Cell::Integer(*depth as i64),
                _ => well_known.map_or(Cell::Null, some),
            }
        }
        name => property(source.entity, name, column.kind),
    }
}

fn property(entity: &Entity, name: &str, kind: Kind) -> Cell {
    let mut path = name.split('_');
    let mut value = path
        .next()
        .and_then(|first| entity.get(first))
        .unwrap_or(&Value::Null);
    for segment in path {
        value = value.get(segment).unwrap_or(&Value::Null);
    }
    match (kind, value) {
        (_, Value::Null) => Cell::Null,
        (Kind::Bit, Value::Bool(value)) => Cell::Integer((*value).into()),
        (Kind::Integer, value) => Cell::Integer(value.as_i64().expect("a whole number")),
        (Kind::Double, value) => Cell::Double(value.as_f64().expect("a number")),
        (Kind::Timestamp, Value::String(text)) => Cell::Text(moment(text)),
        (Kind::Date, Value::String(text)) => Cell::Text(text.clone()),
        (Kind::Binary, Value::String(text)) => Cell::Bytes(STANDARD.decode(text).expect("base64")),
        (Kind::Text, Value::String(text)) => Cell::Text(text.clone()),
        (Kind::Text, value) if JSON.contains(&name) => Cell::Text(value.to_string()),
        (Kind::Text, Value::Array(list)) => Cell::Text(readable(list)),
        (kind, value) => panic!("{name} is {value}, which is no {kind:?}"),
    }
}

/// A moment in a text of fixed width; digits beyond microseconds are cut off.
fn moment(text: &str) -> String {
    let zoned = if text.ends_with('Z') {
        text.to_owned()
    } else {
        format!("{text}Z")
    };
    let moment: DateTime<Utc> = zoned.parse().expect("a moment");
    let micros = moment.timestamp_subsec_nanos() / 1000;
    format!("{}.{micros:06}", moment.format("%Y-%m-%d %H:%M:%S"))
}

/// A list as one text: values separated by `; `, in quotes if they could be misread.
fn readable(list: &[Value]) -> String {
    let values = list.iter().map(|value| match value {
        Value::String(text) => {
            let odd = text.is_empty()
                || text.trim() != text
                || text.contains([';', '<'])
                || ["\"", "[\"", "[{", "[]"]
                    .iter()
                    .any(|start| text.starts_with(start));
            if odd { in_quotes(text) } else { text.clone() }
        }
        person => person_text(person.get("emailAddress").unwrap_or(person)),
    });
    values.collect::<Vec<_>>().join("; ")
}

fn person_text(person: &Value) -> String {
    let part = |name: &str| person.get(name).and_then(Value::as_str).unwrap_or_default();
    let (name, address) = (part("name"), part("address"));
    let has = |text: &str, characters: &str| text.contains(|c| characters.contains(c));
    if address.is_empty() {
        return in_quotes(name);
    }
    let alone = name.is_empty() || name == address;
    if alone && address.trim() == address && !has(address, "\";<>\\") {
        return address.to_owned();
    }
    let address = address.replace('\\', "\\\\").replace('>', "\\>");
    match alone {
        true => format!("<{address}>"),
        false if name.trim() == name && !has(name, "\";<>\\,@:()[]") => {
            format!("{name} <{address}>")
        }
        false => format!("{} <{address}>", in_quotes(name)),
    }
}

fn in_quotes(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The id in 32 characters without case: its bits, five at a time.
fn safe_key(id: &str) -> String {
    const DIGITS: &[u8] = b"0123456789abcdefghijklmnopqrtuvx";
    const SYMBOLS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let core = id.trim_end_matches('=');
    let padding = id.len() - core.len();
    let symbols: Option<Vec<usize>> = core.chars().map(|c| SYMBOLS.find(c)).collect();
    let (form, mut bits) = match symbols.filter(|_| padding < 3) {
        Some(symbols) => (
            "abc".as_bytes()[padding],
            symbols
                .iter()
                .map(|symbol| format!("{symbol:06b}"))
                .collect::<String>(),
        ),
        None => (b'u', id.bytes().map(|byte| format!("{byte:08b}")).collect()),
    };
    while !bits.len().is_multiple_of(5) {
        bits.push('0');
    }
    let digits = bits.as_bytes().chunks(5).map(|five| {
        five.iter()
            .fold(0, |number, bit| number * 2 + usize::from(bit - b'0'))
    });
    std::iter::once(form)
        .chain(digits.map(|digit| DIGITS[digit]))
        .map(char::from)
        .collect()
}
