//! The rows of tables that have a row for each value of a list, made from the lists of the tenant's entities.

use crate::cell::Cell;
use crate::rows::{self, Column, Table, property, safe_key, sources};
use driver_harness::tenant::text;
use graph_simulator::model::{Entity, Tenant};
use serde_json::{Value, json};

/// A table, the table that has its lists, and each list with its kind.
type Lists = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

const LISTS: &[Lists] = &[
    (
        "ContactEmailAddresses",
        "Contacts",
        &[("", "emailAddresses")],
    ),
    (
        "ContactPhones",
        "Contacts",
        &[
            ("business", "businessPhones"),
            ("home", "homePhones"),
            ("mobile", "mobilePhone"),
        ],
    ),
    ("EventAttendees", "Events", &[("", "attendees")]),
    ("EventCategories", "Events", &[("", "categories")]),
    ("EventLocations", "Events", &[("", "locations")]),
    ("MessageCategories", "Messages", &[("", "categories")]),
    (
        "MessageHeaders",
        "Messages",
        &[("", "internetMessageHeaders")],
    ),
    (
        "MessageRecipients",
        "Messages",
        &[
            ("to", "toRecipients"),
            ("cc", "ccRecipients"),
            ("bcc", "bccRecipients"),
            ("replyTo", "replyTo"),
        ],
    ),
    ("UserLicenses", "Users", &[("", "assignedLicenses")]),
    ("UserProxyAddresses", "Users", &[("", "proxyAddresses")]),
];

/// The rows of any table.
pub fn rows(tenant: &Tenant, mailboxes: &[&str], table: &Table) -> Vec<Vec<Cell>> {
    let Some((_, parents, lists)) = LISTS.iter().find(|(name, ..)| *name == table.name) else {
        return rows::rows(tenant, mailboxes, table);
    };
    let mut rows = Vec::new();
    for parent in sources(tenant, mailboxes, parents) {
        for (kind, list) in *lists {
            let values = match parent.entity.get(*list) {
                None | Some(Value::Null) => Vec::new(),
                Some(Value::Array(values)) => values.clone(),
                Some(value) => vec![value.clone()],
            };
            for (value, ordinal) in values.iter().zip(1..) {
                let place = Place {
                    mailbox: parent.mailbox,
                    parent: text(parent.entity, "id"),
                    kind,
                    ordinal,
                };
                let value = flat(&table.name, value);
                let columns = table.columns.iter();
                rows.push(columns.map(|column| place.cell(&value, column)).collect());
            }
        }
    }
    rows
}

struct Place<'a> {
    mailbox: &'a str,
    parent: &'a str,
    kind: &'a str,
    ordinal: i64,
}

impl Place<'_> {
    fn cell(&self, value: &Entity, column: &Column) -> Cell {
        let some = |text: &str| Cell::Text(text.to_owned());
        match column.name.as_str() {
            "mailbox" => some(self.mailbox),
            "messageId" | "eventId" | "contactId" | "userId" => some(self.parent),
            "kind" => some(self.kind),
            "ordinal" => Cell::Integer(self.ordinal),
            "id" | "compositeKey" => Cell::Text(self.id()),
            "safeKey" => Cell::Text(safe_key(&self.id())),
            name => property(value, name, column.kind),
        }
    }

    fn id(&self) -> String {
        let parts = [self.kind, &self.ordinal.to_string(), self.parent];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join("-")
    }
}

/// The value as an object with a member for each column.
fn flat(table: &str, value: &Value) -> Entity {
    let flat = match table {
        "ContactPhones" => json!({ "number": value }),
        "EventCategories" | "MessageCategories" => json!({ "category": value }),
        "MessageRecipients" => value["emailAddress"].clone(),
        "EventAttendees" => json!({
            "type": value["type"],
            "name": value["emailAddress"]["name"],
            "address": value["emailAddress"]["address"],
            "response": value["status"]["response"],
            "responseTime": value["status"]["time"],
        }),
        "UserProxyAddresses" => {
            let text = value.as_str().expect("a text");
            let (prefix, address) = text.split_once(':').expect("a prefix");
            json!({ "prefix": prefix, "address": address, "isPrimary": prefix == "SMTP" })
        }
        _ => value.clone(),
    };
    match flat {
        Value::Object(flat) => flat,
        Value::Null => Entity::new(),
        other => panic!("{table} has {other}"),
    }
}
