//! Attachments of messages and events (docs/graph.md#attachments).

use super::ask::Content;
use super::kind::odata_type;
use super::mailbox::{Inside, find, id_of, missing};
use super::route::Owner;
use super::shelf::Shelf;
use crate::model::Entity;
use crate::refusal::Refusal;
use crate::rules::ATTACHMENTS;
use base64::Engine;
use serde_json::Value;
use std::borrow::Cow;

impl<'a> Inside<'a> {
    fn attachments_of(&self, owner: &Owner) -> Result<Cow<'a, [Entity]>, Refusal> {
        match owner {
            Owner::Message(id) => Ok(self.mailbox.attachments(self.slot(id)?)),
            Owner::Event(id) => {
                if let Some(occurrence) = self.of_calendar().occurrence(id) {
                    return Ok(Cow::Borrowed(occurrence.attachments()));
                }
                let event = find(&self.index.events, id)?;
                Ok(Cow::Borrowed(
                    &self.mailbox.events[event as usize].attachments,
                ))
            }
        }
    }

    pub(super) fn attachments(&self, owner: &Owner) -> Result<Content, Refusal> {
        let attachments = self.attachments_of(owner)?;
        let rows = (0..attachments.len() as u32).collect();
        let shelf = Shelf::Entities(&attachments);
        self.list(&ATTACHMENTS, shelf, Cow::Owned(rows))
    }

    pub(super) fn attachment(
        &self,
        owner: &Owner,
        id: &str,
        raw: bool,
    ) -> Result<Content, Refusal> {
        let attachments = self.attachments_of(owner)?;
        let row = attachments
            .iter()
            .position(|attachment| id_of(attachment) == id);
        let row = row.ok_or_else(|| missing(id))?;
        match raw {
            true => value(&attachments[row]),
            false => self.single(&ATTACHMENTS, Shelf::Entities(&attachments), row as u32),
        }
    }
}

/// `/$value` of an attachment (docs/graph.md#attachments).
fn value(attachment: &Entity) -> Result<Content, Refusal> {
    let text = |name| attachment.get(name).and_then(Value::as_str);
    match odata_type(attachment) {
        Some("fileAttachment") => {
            let bytes = base64::engine::general_purpose::STANDARD
                .decode(text("contentBytes").unwrap_or_default())
                .map_err(|_| {
                    Refusal::new(
                        500,
                        "ErrorInternalServerError",
                        "The attachment is damaged.",
                    )
                })?;
            let content_type = text("contentType")
                .unwrap_or("application/octet-stream")
                .to_owned();
            Ok(Content::Bytes {
                content_type,
                bytes,
            })
        }
        Some("referenceAttachment") => Err(Refusal::new(
            405,
            "ErrorInvalidRequest",
            "A reference attachment has no content of its own.",
        )),
        _ => Err(Refusal::not_simulated("the content of attached items")),
    }
}
