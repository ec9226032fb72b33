//! The attachments of a message.

use mail_parser::{Message as Mime, MessagePart, MimeHeaders, PartType};

use super::headers;
use super::parts::{self, Layout};
use crate::entities::attachment::{Attachment, Content, Item};
use crate::entities::message::{Body, ContentType};

/// The attachments of a message, in their order. `item` reads a message that is one.
pub fn read(
    mime: &Mime<'_>,
    layout: &Layout<'_>,
    body: &Body,
    item: fn(&Mime<'_>) -> Item,
) -> Vec<Attachment> {
    let time = headers::received(mime)
        .or_else(|| headers::sent(mime))
        .unwrap_or_default();
    let mut attachments = Vec::new();
    for part in &layout.attachments {
        let number = attachments.len() + 1;
        attachments.push(match &part.body {
            PartType::Message(inner) => {
                let item = item(inner);
                Attachment {
                    name: item.message.subject.clone(),
                    content_type: None,
                    is_inline: false,
                    size: part.raw_len() as usize,
                    modified: time,
                    content: Content::Item(Box::new(item)),
                }
            }
            _ => {
                let bytes = parts::bytes(mime, part);
                let content_type = content_type(part);
                let content_id = part.content_id().map(str::to_owned);
                Attachment {
                    name: Some(name(part, &content_type, number)),
                    is_inline: is_inline(content_id.as_deref(), body),
                    content_type: Some(content_type),
                    size: bytes.len(),
                    modified: time,
                    content: Content::File { bytes, content_id },
                }
            }
        });
    }
    attachments
}

fn content_type(part: &MessagePart<'_>) -> String {
    match part.content_type() {
        Some(content_type) => {
            let subtype = content_type.subtype().unwrap_or("octet-stream");
            format!("{}/{subtype}", content_type.ctype()).to_ascii_lowercase()
        }
        None if matches!(part.body, PartType::Text(_)) => "text/plain".to_owned(),
        None => "application/octet-stream".to_owned(),
    }
}

/// The name of the file, or Exchange's name for a file without one.
fn name(part: &MessagePart<'_>, content_type: &str, number: usize) -> String {
    if let Some(name) = part
        .attachment_name()
        .filter(|name| !name.trim().is_empty())
    {
        return name.to_owned();
    }
    let extension = match content_type {
        "text/plain" => "txt",
        "text/html" => "htm",
        "image/gif" => "gif",
        "image/jpeg" | "image/jpg" => "jpg",
        "image/png" => "png",
        _ => "dat",
    };
    format!("ATT{number:05}.{extension}")
}

/// Inline attachments are shown in the body: HTML names them by their Content-ID.
fn is_inline(content_id: Option<&str>, body: &Body) -> bool {
    let Some(content_id) = content_id else {
        return false;
    };
    body.content_type == ContentType::Html && body.content.contains(&format!("cid:{content_id}"))
}
