//! Attachments: files, attached messages and links.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::entity;
use super::ids::Ids;
use super::message::Message;
use super::time::moment;
use crate::model::Entity;

/// The attached content.
#[derive(Clone, Debug)]
pub enum Content {
    File {
        bytes: Vec<u8>,
        content_id: Option<String>,
    },
    Item(Box<Item>),
    /// A link to a file elsewhere.
    Reference,
}

/// An attached message.
#[derive(Clone, Debug)]
pub struct Item {
    pub message: Message,
    pub attachments: Vec<Attachment>,
}

/// The facts of an attachment.
#[derive(Clone, Debug)]
pub struct Attachment {
    pub name: Option<String>,
    pub content_type: Option<String>,
    pub is_inline: bool,
    pub size: usize,
    pub modified: DateTime<Utc>,
    pub content: Content,
}

impl Attachment {
    /// The entity with the given id. An attached message also has the navigation property `item`,
    /// which Graph returns only when it is expanded.
    pub fn entity(&self, id: &str, ids: &Ids) -> Entity {
        let mut entity = entity! {
            "@odata.type": self.odata_type(),
            "id": id,
            "lastModifiedDateTime": moment(self.modified),
            "name": self.name.as_deref(),
            "contentType": self.content_type.as_deref(),
            "size": self.size,
            "isInline": self.is_inline,
        };
        match &self.content {
            Content::File { bytes, content_id } => {
                entity.insert("contentBytes".into(), STANDARD.encode(bytes).into());
                entity.insert("contentId".into(), content_id.clone().into());
                entity.insert("contentLocation".into(), Value::Null);
            }
            Content::Item(item) => {
                entity.insert("item".into(), Value::Object(item.entity(id, ids)));
            }
            Content::Reference => {}
        }
        entity
    }

    fn odata_type(&self) -> &'static str {
        match self.content {
            Content::File { .. } => "#microsoft.graph.fileAttachment",
            Content::Item(_) => "#microsoft.graph.itemAttachment",
            Content::Reference => "#microsoft.graph.referenceAttachment",
        }
    }
}

impl Item {
    /// The message without an id and a folder, with its attachments.
    fn entity(&self, attachment_id: &str, ids: &Ids) -> Entity {
        let mut entity = self.message.entity(ids, "", 0, "");
        entity.insert("@odata.type".into(), "#microsoft.graph.message".into());
        entity.insert("parentFolderId".into(), Value::Null);
        let attachments = self
            .attachments
            .iter()
            .enumerate()
            .map(|(number, attachment)| {
                let id = ids.attachment(attachment_id, number);
                Value::Object(attachment.entity(&id, ids))
            });
        entity.insert("attachments".into(), attachments.collect());
        entity
    }
}
