//! Converts a message of RFC 5322 and MIME to Graph's facts.

use chrono::{DateTime, Utc};
use mail_parser::{HeaderName, HeaderValue, Message as Mime, MessageParser};

use super::parts::Layout;
use super::{attachments, body, headers, repair, state};
use crate::entities::attachment::{Attachment, Item};
use crate::entities::message::Message;

/// A message with its attachments, and its references to a conversation.
pub struct Parsed {
    pub message: Message,
    pub attachments: Vec<Attachment>,
    /// Ids of the messages that it answers, the oldest first.
    pub references: Vec<String>,
    /// The subject without `Re:` and the like.
    pub topic: String,
}

/// Parses a message. Every message can be parsed: one without any header is all body.
pub fn parse(raw: &[u8], delivered: Option<DateTime<Utc>>) -> Parsed {
    let repaired = repair::repair(raw);
    match MessageParser::default().parse(repaired.as_ref()) {
        Some(mime) => {
            let mut parsed = convert(&mime, delivered);
            // As they were sent, encoded words included.
            parsed.message.headers = headers::raw(raw);
            parsed
        }
        None => headless(raw, delivered),
    }
}

/// A message that is attached to another one.
fn attached(mime: &Mime<'_>) -> Item {
    let parsed = convert(mime, None);
    Item {
        message: parsed.message,
        attachments: parsed.attachments,
    }
}

/// Converts a parsed message; attached messages use it, too.
fn convert(mime: &Mime<'_>, delivered: Option<DateTime<Utc>>) -> Parsed {
    let layout = Layout::of(mime);
    let body = body::read(mime, &layout);
    let attachments = attachments::read(mime, &layout, &body.body, attached);
    let sent = headers::sent(mime);
    let received = headers::received(mime).or(delivered.filter(|time| time.timestamp() > 0));
    let received = received.or(sent).unwrap_or_default();
    let state = state::read(mime);
    let from = headers::first_address(mime, HeaderName::From);
    let sender = headers::first_address(mime, HeaderName::Sender);
    let message = Message {
        subject: mime.subject().map(str::to_owned),
        body: body.body,
        text: body.text,
        unique_body: body.unique,
        sender: sender.clone().or_else(|| from.clone()),
        from: from
            .or(sender)
            .or_else(|| headers::first_address(mime, HeaderName::ReturnPath)),
        to: headers::addresses(mime, HeaderName::To),
        cc: headers::addresses(mime, HeaderName::Cc),
        bcc: headers::addresses(mime, HeaderName::Bcc),
        reply_to: headers::addresses(mime, HeaderName::ReplyTo),
        created: received,
        modified: received,
        received,
        sent: sent.unwrap_or(received),
        internet_message_id: mime.message_id().map(|id| format!("<{id}>")),
        headers: headers::parsed(mime),
        importance: headers::importance(mime),
        flag: state.flag,
        categories: headers::texts(mime.keywords()),
        is_read: state.is_read,
        is_draft: state.is_draft,
        is_read_receipt_requested: mime.header("Disposition-Notification-To").is_some(),
        is_unimportant: headers::is_bulk(mime),
        has_attachments: attachments.iter().any(|attachment| !attachment.is_inline),
        ..Message::default()
    };
    Parsed {
        message,
        attachments,
        references: references(mime),
        topic: mime.thread_name().unwrap_or_default().to_lowercase(),
    }
}

fn headless(raw: &[u8], delivered: Option<DateTime<Utc>>) -> Parsed {
    let body = body::plain(raw);
    let time = delivered.unwrap_or_default();
    Parsed {
        message: Message {
            text: body.content.clone(),
            body,
            created: time,
            modified: time,
            received: time,
            sent: time,
            is_read: true,
            ..Message::default()
        },
        attachments: Vec::new(),
        references: Vec::new(),
        topic: String::new(),
    }
}

/// Ids of the messages before this one in its thread.
fn references(mime: &Mime<'_>) -> Vec<String> {
    let ids = |header: &HeaderValue<'_>| headers::texts(header);
    let mut references = ids(mime.references());
    for id in ids(mime.in_reply_to()) {
        // Old mailers put more than ids into In-Reply-To.
        if id.contains('@') && !references.contains(&id) {
            references.push(id);
        }
    }
    references
}
