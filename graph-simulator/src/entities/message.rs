//! Messages.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, NaiveDateTime, Utc};
use serde_json::{Value, json};

use super::ids::{Ids, Kind, digest};
use super::time::{moment, zoned};
use super::{Address, entity, recipients};
use crate::model::{Entity, Shown};

/// Graph cuts previews after this many characters.
const PREVIEW_LENGTH: usize = 255;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ContentType {
    #[default]
    Text,
    Html,
}

impl ContentType {
    pub fn as_str(self) -> &'static str {
        match self {
            ContentType::Text => "text",
            ContentType::Html => "html",
        }
    }
}

/// A body, or the new part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    pub content_type: ContentType,
    pub content: String,
}

impl Body {
    pub fn value(&self) -> Value {
        entity! {
            "contentType": self.content_type.as_str(),
            "content": self.content.as_str(),
        }
        .into()
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Importance {
    Low,
    #[default]
    Normal,
    High,
}

impl Importance {
    pub fn as_str(self) -> &'static str {
        match self {
            Importance::Low => "low",
            Importance::Normal => "normal",
            Importance::High => "high",
        }
    }
}

/// A follow-up flag; its times are in UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flag {
    #[default]
    NotFlagged,
    Flagged {
        due: Option<NaiveDateTime>,
    },
    Complete {
        completed: NaiveDateTime,
    },
}

impl Flag {
    fn value(self) -> Value {
        match self {
            Flag::NotFlagged => json!({ "flagStatus": "notFlagged" }),
            Flag::Flagged { due: None } => json!({ "flagStatus": "flagged" }),
            Flag::Flagged { due: Some(due) } => json!({
                "flagStatus": "flagged",
                "startDateTime": zoned(due),
                "dueDateTime": zoned(due),
            }),
            Flag::Complete { completed } => json!({
                "flagStatus": "complete",
                "completedDateTime": zoned(completed),
            }),
        }
    }
}

/// The conversation of a message, and its position there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conversation {
    pub key: [u8; 16],
    /// Its first moment.
    pub start: DateTime<Utc>,
    /// The number of messages in its chain of answers.
    pub depth: usize,
}

impl Conversation {
    /// The conversation named by this text: its topic, or the id of its first message.
    pub fn of(topic: &str, start: DateTime<Utc>, depth: usize) -> Self {
        Self {
            key: digest(&["conversation", topic]),
            start,
            depth,
        }
    }

    /// A header of 22 bytes (version, time, GUID), then five for each answer.
    fn index(&self) -> String {
        const UNIX_EPOCH_AS_FILETIME: i64 = 116_444_736_000_000_000;
        let ticks = self
            .start
            .timestamp()
            .saturating_mul(10_000_000)
            .saturating_add(UNIX_EPOCH_AS_FILETIME);
        let mut bytes = vec![1];
        bytes.extend_from_slice(&ticks.max(0).to_be_bytes()[..5]);
        bytes.extend_from_slice(&self.key);
        for answer in 0..self.depth.min(100) {
            bytes.extend_from_slice(&[0, 0, 0, answer as u8, 0x10]);
        }
        STANDARD.encode(bytes)
    }
}

/// The facts of a message.
#[derive(Clone, Debug, Default)]
pub struct Message {
    pub subject: Option<String>,
    pub body: Body,
    /// The body as text; the preview is its beginning.
    pub text: String,
    /// The new part of the body; `None` if that is the whole body.
    pub unique_body: Option<Body>,
    pub from: Option<Address>,
    pub sender: Option<Address>,
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub bcc: Vec<Address>,
    pub reply_to: Vec<Address>,
    pub created: DateTime<Utc>,
    pub modified: DateTime<Utc>,
    pub received: DateTime<Utc>,
    pub sent: DateTime<Utc>,
    pub internet_message_id: Option<String>,
    pub headers: Vec<(String, String)>,
    pub importance: Importance,
    pub flag: Flag,
    pub categories: Vec<String>,
    pub conversation: Conversation,
    pub is_read: bool,
    pub is_draft: bool,
    pub is_read_receipt_requested: bool,
    pub is_unimportant: bool,
    pub has_attachments: bool,
}

/// The names of a message's properties.
pub const PROPERTIES: &[&str] = &[
    "@odata.etag",
    "id",
    "createdDateTime",
    "lastModifiedDateTime",
    "changeKey",
    "categories",
    "receivedDateTime",
    "sentDateTime",
    "hasAttachments",
    "internetMessageId",
    "subject",
    "bodyPreview",
    "importance",
    "parentFolderId",
    "conversationId",
    "conversationIndex",
    "isDeliveryReceiptRequested",
    "isReadReceiptRequested",
    "isRead",
    "isDraft",
    "webLink",
    "inferenceClassification",
    "body",
    "uniqueBody",
    "sender",
    "from",
    "toRecipients",
    "ccRecipients",
    "bccRecipients",
    "replyTo",
    "flag",
    "internetMessageHeaders",
];

/// The id, version and folder of a message in its mailbox.
#[derive(Clone, Copy, Debug)]
pub struct Identity<'a> {
    pub ids: &'a Ids,
    pub id: &'a str,
    pub version: u64,
    pub folder_id: &'a str,
}

impl Message {
    /// The entity with the given id and version number.
    pub fn entity(&self, ids: &Ids, id: &str, version: u64, folder_id: &str) -> Entity {
        let identity = Identity {
            ids,
            id,
            version,
            folder_id,
        };
        self.part(&identity, PROPERTIES)
    }

    /// Some properties of the entity.
    pub fn part(&self, identity: &Identity, names: &[&str]) -> Entity {
        let properties = names.iter().filter_map(|name| {
            let value = self.property(identity, name)?;
            Some(((*name).to_owned(), value.into_value()))
        });
        properties.collect()
    }

    /// One property of the entity.
    pub fn property<'a>(&'a self, identity: &Identity<'a>, name: &str) -> Option<Shown<'a>> {
        let Identity {
            ids,
            id,
            version,
            folder_id,
        } = *identity;
        let change_key = || ids.change_key(Kind::Message, version);
        let recipient = |mailbox: &Option<Address>| mailbox.as_ref().map(Address::recipient);
        Some(match name {
            "@odata.etag" => format!("W/\"{}\"", change_key()).into(),
            "id" => id.into(),
            "createdDateTime" => moment(self.created).into(),
            "lastModifiedDateTime" => moment(self.modified).into(),
            "changeKey" => change_key().into(),
            "categories" => Value::from(self.categories.as_slice()).into(),
            "receivedDateTime" => moment(self.received).into(),
            "sentDateTime" => moment(self.sent).into(),
            "hasAttachments" => self.has_attachments.into(),
            "internetMessageId" => self.internet_message_id.as_deref().into(),
            "subject" => self.subject.as_deref().into(),
            "bodyPreview" => preview(&self.text).into(),
            "importance" => self.importance.as_str().into(),
            "parentFolderId" => folder_id.into(),
            "conversationId" => ids.conversation(&self.conversation.key).into(),
            "conversationIndex" => self.conversation.index().into(),
            "isDeliveryReceiptRequested" => Value::Null.into(),
            "isReadReceiptRequested" => self.is_read_receipt_requested.into(),
            "isRead" => self.is_read.into(),
            "isDraft" => self.is_draft.into(),
            "webLink" => web_link(id).into(),
            "inferenceClassification" => match self.is_unimportant {
                true => "other".into(),
                false => "focused".into(),
            },
            "body" => self.body.value().into(),
            "uniqueBody" => self
                .unique_body
                .as_ref()
                .unwrap_or(&self.body)
                .value()
                .into(),
            "sender" => recipient(&self.sender).into(),
            "from" => recipient(&self.from).into(),
            "toRecipients" => recipients(&self.to).into(),
            "ccRecipients" => recipients(&self.cc).into(),
            "bccRecipients" => recipients(&self.bcc).into(),
            "replyTo" => recipients(&self.reply_to).into(),
            "flag" => self.flag.value().into(),
            "internetMessageHeaders" => self.headers().into(),
            _ => return None,
        })
    }

    fn headers(&self) -> Value {
        let headers = self.headers.iter();
        headers
            .map(|(name, value)| entity! { "name": name.as_str(), "value": value.as_str() })
            .collect()
    }
}

/// The beginning of a text, without the white space at both ends.
pub fn preview(text: &str) -> &str {
    let text = text.trim();
    let end = text.char_indices().nth(PREVIEW_LENGTH);
    end.map_or(text, |(end, _)| &text[..end])
}

fn web_link(id: &str) -> String {
    let id = id.replace('=', "%3D");
    format!("https://outlook.office365.com/owa/?ItemID={id}&exvsurl=1&viewmodel=ReadMessageItem")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_etag_is_the_change_key() {
        let ids = Ids::new("ann@contoso.example");
        let entity = Message::default().entity(&ids, "id", 3, "folder");
        let change_key = entity["changeKey"].as_str().unwrap();
        assert_eq!(entity["@odata.etag"], format!("W/\"{change_key}\""));
        assert_eq!(entity["parentFolderId"], "folder");
    }

    #[test]
    fn a_preview_counts_characters_not_bytes() {
        let text = format!("  {}", "ä".repeat(300));
        assert_eq!(preview(&text), "ä".repeat(255));
    }

    #[test]
    fn answers_lengthen_the_conversation_index() {
        let start = DateTime::from_timestamp(1_500_000_000, 0).unwrap();
        let index = |depth| STANDARD.decode(Conversation::of("topic", start, depth).index());
        assert_eq!(index(0).unwrap().len(), 22);
        assert_eq!(index(2).unwrap().len(), 32);
        assert_eq!(index(0).unwrap()[..3], [1, 1, 0xd2]); // FILETIME of July 2017
    }
}
