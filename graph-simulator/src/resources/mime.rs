//! A message as Internet mail has it (docs/graph.md#mime), made from its properties: the same for the same message.

use super::kind::odata_type;
use super::text;
use crate::model::Entity;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::DateTime;
use serde_json::Value;

/// RFC 5322 wants lines of at most 78 characters, RFC 2045 base64 in lines of 76.
const LINE: usize = 76;

/// Bytes of an encoded word: 60 characters of base64, with the marks around them less than the 75 of RFC 2047.
const WORD: usize = 45;

/// The message with its attachments. Links have no content.
pub fn write(message: &Entity, attachments: &[Entity]) -> Vec<u8> {
    let mut mail = Mail::default();
    mail.headers(message);
    let files: Vec<&Entity> = attachments
        .iter()
        .filter(|attachment| odata_type(attachment) != Some("referenceAttachment"))
        .collect();
    mail.header("MIME-Version", "1.0");
    match files.is_empty() {
        true => mail.body(message, 1),
        false => {
            mail.open("mixed", 0);
            mail.next(0);
            mail.body(message, 1);
            for file in files {
                mail.next(0);
                mail.attachment(file);
            }
            mail.close(0);
        }
    }
    mail.0
}

#[derive(Default)]
struct Mail(Vec<u8>);

impl Mail {
    fn line(&mut self, line: &str) {
        self.0.extend_from_slice(line.as_bytes());
        self.0.extend_from_slice(b"\r\n");
    }

    /// A header whose value is as it must be.
    fn header(&mut self, name: &str, value: &str) {
        self.line(&format!("{name}: {value}"));
    }

    /// Values, each in a line.
    fn list(&mut self, name: &str, values: &[String]) {
        if !values.is_empty() {
            self.header(name, &values.join(",\r\n "));
        }
    }

    fn headers(&mut self, message: &Entity) {
        let kept = message.get("internetMessageHeaders");
        for header in kept.and_then(Value::as_array).into_iter().flatten() {
            let (name, value) = (string(header, "name"), string(header, "value"));
            if is_name(name) && !is_made(name) {
                self.header(name, &encoded(value));
            }
        }
        for (name, property) in [
            ("From", "from"),
            ("Sender", "sender"),
            ("Reply-To", "replyTo"),
            ("To", "toRecipients"),
            ("Cc", "ccRecipients"),
            ("Bcc", "bccRecipients"),
        ] {
            let is_author = property == "sender" && message.get("sender") == message.get("from");
            if !is_author {
                self.list(name, &people(message.get(property)));
            }
        }
        let text = |name: &str| message.get(name).and_then(Value::as_str);
        self.header("Subject", &encoded(text("subject").unwrap_or_default()));
        let date = text("sentDateTime").or_else(|| text("createdDateTime"));
        let date = date.and_then(|date| DateTime::parse_from_rfc3339(date).ok());
        if let Some(date) = date {
            self.header("Date", &date.to_rfc2822());
        }
        if let Some(id) = text("internetMessageId").filter(|id| id.is_ascii()) {
            self.header("Message-ID", id);
        }
        match text("importance") {
            Some("high") => self.header("Importance", "high"),
            Some("low") => self.header("Importance", "low"),
            _ => {}
        }
    }

    /// Text alone, or text and HTML.
    fn body(&mut self, message: &Entity, level: usize) {
        let body = message.get("body").unwrap_or(&Value::Null);
        let plain = text::readable(body);
        if string(body, "contentType") != "html" {
            self.part("text/plain; charset=utf-8", plain.as_bytes());
            return;
        }
        self.open("alternative", level);
        self.next(level);
        self.part("text/plain; charset=utf-8", plain.as_bytes());
        self.next(level);
        let html = string(body, "content");
        self.part("text/html; charset=utf-8", html.as_bytes());
        self.close(level);
    }

    fn attachment(&mut self, attachment: &Entity) {
        let property = |name: &str| attachment.get(name).and_then(Value::as_str);
        let name = encoded(property("name").unwrap_or_default());
        let is_inline = attachment.get("isInline") == Some(&Value::Bool(true));
        let way = if is_inline { "inline" } else { "attachment" };
        self.header(
            "Content-Disposition",
            &format!("{way};\r\n filename=\"{}\"", quoted(&name)),
        );
        if let Some(id) = property("contentId").filter(|id| id.is_ascii()) {
            self.header("Content-ID", &format!("<{id}>"));
        }
        if let Some(item) = attachment.get("item").and_then(Value::as_object) {
            let inside = item.get("attachments").and_then(Value::as_array);
            let inside: Vec<Entity> = inside
                .into_iter()
                .flatten()
                .filter_map(|attachment| attachment.as_object().cloned())
                .collect();
            self.header("Content-Type", "message/rfc822");
            self.line("");
            self.0.extend(write(item, &inside));
            return;
        }
        let bytes = STANDARD.decode(property("contentBytes").unwrap_or_default());
        let kind = property("contentType").filter(|kind| kind.is_ascii());
        let kind = kind.unwrap_or("application/octet-stream");
        self.part(kind, &bytes.unwrap_or_default());
    }

    /// The rest of a part's headers, and its content.
    fn part(&mut self, content_type: &str, content: &[u8]) {
        self.header("Content-Type", content_type);
        self.header("Content-Transfer-Encoding", "base64");
        self.line("");
        for line in STANDARD.encode(content).as_bytes().chunks(LINE) {
            self.0.extend_from_slice(line);
            self.0.extend_from_slice(b"\r\n");
        }
    }

    /// Several parts. No base64 has such a boundary; attached messages have their own inside.
    fn open(&mut self, kind: &str, level: usize) {
        let boundary = boundary(level);
        self.header(
            "Content-Type",
            &format!("multipart/{kind};\r\n boundary=\"{boundary}\""),
        );
        self.line("");
    }

    fn next(&mut self, level: usize) {
        self.line(&format!("--{}", boundary(level)));
    }

    fn close(&mut self, level: usize) {
        self.line(&format!("--{}--", boundary(level)));
    }
}

fn boundary(level: usize) -> String {
    format!("_{level:03}_part_")
}

fn string<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Headers that are made from properties, or that describe the parts.
fn is_made(name: &str) -> bool {
    const MADE: &[&str] = &[
        "from",
        "sender",
        "reply-to",
        "to",
        "cc",
        "bcc",
        "subject",
        "date",
        "message-id",
        "importance",
        "mime-version",
    ];
    let name = name.to_ascii_lowercase();
    MADE.contains(&name.as_str()) || name.starts_with("content-")
}

fn is_name(name: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_graphic() && byte != b':';
    !name.is_empty() && name.bytes().all(is_allowed)
}

/// A recipient, or a list of them.
fn people(value: Option<&Value>) -> Vec<String> {
    let people = match value {
        Some(Value::Array(people)) => people.as_slice(),
        Some(person @ Value::Object(_)) => std::slice::from_ref(person),
        _ => &[],
    };
    let person = |person: &Value| {
        let person = person.get("emailAddress")?;
        let address = string(person, "address");
        let address: String = address.chars().filter(char::is_ascii_graphic).collect();
        let name = string(person, "name");
        Some(match (is_plain(name), name.is_empty()) {
            (_, true) => format!("<{address}>"),
            (true, _) => format!("\"{}\" <{address}>", quoted(name)),
            (false, _) => format!("{} <{address}>", encoded(name)),
        })
    };
    people.iter().filter_map(person).collect()
}

/// The inside of a quoted text.
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// Whether a header can have the text without encoding. A text that looks encoded already has to be encoded once more.
fn is_plain(text: &str) -> bool {
    let is_printable = |c: char| c.is_ascii_graphic() || c == ' ';
    text.len() <= LINE
        && text.chars().all(is_printable)
        && text.trim() == text
        && !text.contains("=?")
}

/// Encoded words, unless the text is plain.
fn encoded(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut words = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut end = WORD.min(rest.len());
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        words.push(format!("=?utf-8?B?{}?=", STANDARD.encode(&rest[..end])));
        rest = &rest[end..];
    }
    words.join("\r\n ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use mail_parser::{MessageParser, MimeHeaders};
    use serde_json::json;

    fn entity(value: Value) -> Entity {
        value.as_object().cloned().expect("an object")
    }

    #[test]
    fn a_message_of_text_has_headers_and_its_body() {
        let message = entity(json!({
            "subject": "Hello",
            "from": { "emailAddress": { "name": "Lee, \"Ann\"", "address": "ann@x.org" } },
            "sender": { "emailAddress": { "name": "Lee, \"Ann\"", "address": "ann@x.org" } },
            "toRecipients": [
                { "emailAddress": { "address": "bob@x.org" } },
                { "emailAddress": { "name": "Zoë", "address": "zoe@x.org" } },
            ],
            "sentDateTime": "2026-03-01T09:30:00Z",
            "internetMessageId": "<1@x.org>",
            "importance": "high",
            "internetMessageHeaders": [
                { "name": "Received", "value": "from a by b" },
                { "name": "Subject", "value": "as it was sent" },
                { "name": "Content-Type", "value": "text/html" },
                { "name": "not a name", "value": "x" },
            ],
            "body": { "contentType": "text", "content": "Hi\n" },
        }));
        let text = String::from_utf8(write(&message, &[])).expect("ASCII");
        assert_eq!(
            text,
            "Received: from a by b\r\nFrom: \"Lee, \\\"Ann\\\"\" <ann@x.org>\r\nTo: <bob@x.org>,\r\n =?utf-8?B?Wm/Dqw==?= \
             <zoe@x.org>\r\nSubject: Hello\r\nDate: Sun, 1 Mar 2026 09:30:00 +0000\r\nMessage-ID: <1@x.org>\r\nImportance: \
             high\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: \
             base64\r\n\r\nSGkK\r\n"
        );
    }

    #[test]
    fn long_and_foreign_texts_become_encoded_words() {
        let subject = "Grüße, 世界! ".repeat(20);
        let text = encoded(&subject);
        assert!(text.lines().all(|line| line.len() <= LINE), "{text}");
        let message = entity(json!({ "subject": subject }));
        let mail = write(&message, &[]);
        let read = MessageParser::default().parse(&mail).expect("a message");
        assert_eq!(read.subject(), Some(subject.as_str()));
    }

    /// Whatever the sample has comes back from a parser of Internet mail.
    #[test]
    fn messages_of_the_sample_are_read_back() {
        let tenant = sample::tenant();
        let mailboxes = tenant.users.iter().filter_map(|user| user.mailbox.as_ref());
        let mut files = 0;
        for message in mailboxes.flat_map(|mailbox| mailbox.every_message().collect::<Vec<_>>()) {
            let mail = write(&message.entity, &message.attachments);
            let read = MessageParser::default().parse(&mail).expect("a message");
            let text = |name: &str| message.entity[name].as_str();
            let subject = text("subject").filter(|subject| !subject.is_empty());
            assert_eq!(read.subject(), subject);
            let body = text::readable(&message.entity["body"]);
            let plain = read.body_text(0).unwrap_or_default();
            assert_eq!(plain.trim(), body.trim());
            let mut kept = read.attachments();
            for attachment in &message.attachments {
                let Some(content) = attachment.get("contentBytes").and_then(Value::as_str) else {
                    continue;
                };
                files += 1;
                let found = kept.next().expect("the file");
                // The parser changes the characters of texts.
                let kind = attachment["contentType"].as_str().unwrap_or_default();
                if !kind.starts_with("text/") {
                    assert_eq!(STANDARD.encode(found.contents()), content);
                }
                let name = attachment["name"].as_str().unwrap_or_default();
                assert_eq!(found.attachment_name().unwrap_or_default(), name);
            }
        }
        assert!(files > 0);
    }
}
