//! A message as the index of mail sees it.

use crate::model::Entity;
use crate::odata::moment::{self, Ticks};
use crate::resources::readable;
use serde_json::Value;

/// A part of a message that is searched for words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Attachment,
    Bcc,
    Body,
    Cc,
    From,
    Subject,
    To,
}

/// The properties of a row that a search looks at.
pub const PROPERTIES: &[&str] = &[
    "@odata.type",
    "bccRecipients",
    "body",
    "ccRecipients",
    "from",
    "hasAttachments",
    "importance",
    "receivedDateTime",
    "sentDateTime",
    "subject",
    "toRecipients",
];

pub struct Message<'a> {
    pub row: &'a Entity,
    pub attachments: &'a [Entity],
}

impl Message<'_> {
    /// The texts of a field; a phrase never spans two of them.
    pub fn texts(&self, field: Field) -> Vec<String> {
        match field {
            Field::Subject => self.text("subject").into_iter().collect(),
            Field::Body => self.row.get("body").map(readable).into_iter().collect(),
            Field::From => self.row.get("from").map_or_else(Vec::new, recipient),
            Field::To => self.recipients("toRecipients"),
            Field::Cc => self.recipients("ccRecipients"),
            Field::Bcc => self.recipients("bccRecipients"),
            Field::Attachment => {
                let names = self.attachments.iter();
                names
                    .filter_map(|attachment| attachment.get("name")?.as_str().map(str::to_owned))
                    .collect()
            }
        }
    }

    fn text(&self, property: &str) -> Option<String> {
        self.row.get(property)?.as_str().map(str::to_owned)
    }

    fn recipients(&self, property: &str) -> Vec<String> {
        let list = self.row.get(property).and_then(Value::as_array);
        list.into_iter().flatten().flat_map(recipient).collect()
    }

    pub fn has_attachments(&self) -> bool {
        self.row.get("hasAttachments").and_then(Value::as_bool) == Some(true)
    }

    pub fn importance(&self) -> &str {
        let importance = self.row.get("importance").and_then(Value::as_str);
        importance.unwrap_or_default()
    }

    /// Requests for meetings and answers to them are kept with the mail.
    pub fn kind(&self) -> &'static str {
        let derived = self.row.get("@odata.type").and_then(Value::as_str);
        match derived {
            Some(name) if name.starts_with("#microsoft.graph.eventMessage") => "meetings",
            _ => "email",
        }
    }

    pub fn time(&self, property: &str) -> Option<Ticks> {
        moment::offset(self.row.get(property)?.as_str()?)
    }
}

/// The display name and the address, each a text of its own.
fn recipient(value: &Value) -> Vec<String> {
    let part = |name: &str| {
        let text = value.get("emailAddress")?.get(name)?;
        text.as_str().map(str::to_owned)
    };
    [part("name"), part("address")]
        .into_iter()
        .flatten()
        .collect()
}
