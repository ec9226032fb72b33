//! The parts of a message: body, attachments, and their content.

use mail_parser::{Message as Mime, MessagePart, MimeHeaders, PartType};

use super::charset;
use super::transfer;

/// The parts of a message by their use.
#[derive(Default)]
pub struct Layout<'m> {
    /// The body where HTML is wanted; parts of text alone are among them.
    pub html: Vec<&'m MessagePart<'m>>,
    /// The body where text is wanted.
    pub text: Vec<&'m MessagePart<'m>>,
    pub attachments: Vec<&'m MessagePart<'m>>,
}

impl<'m> Layout<'m> {
    pub fn of(mime: &'m Mime<'m>) -> Self {
        let parts = |ids: &[u32]| -> Vec<&'m MessagePart<'m>> {
            ids.iter()
                .filter_map(|id| mime.parts.get(*id as usize))
                .collect()
        };
        let mut layout = Self {
            html: parts(&mime.html_body),
            text: parts(&mime.text_body),
            attachments: parts(&mime.attachments),
        };
        layout.take_damaged_body();
        layout
    }

    /// The parser takes a text for an attachment if its encoding or the end of its multipart is
    /// damaged. Without any other body it is used as the body.
    fn take_damaged_body(&mut self) {
        if self.html.iter().chain(&self.text).any(|part| is_text(part)) {
            return;
        }
        let is_body = |part: &&MessagePart<'_>| {
            let is_attachment = part
                .content_disposition()
                .is_some_and(|it| it.is_attachment());
            part.is_encoding_problem && is_text(part) && !is_attachment
        };
        if let Some(position) = self.attachments.iter().position(is_body) {
            let part = self.attachments.remove(position);
            self.html = vec![part];
            self.text = vec![part];
        }
    }
}

fn is_text(part: &MessagePart<'_>) -> bool {
    matches!(part.body, PartType::Text(_) | PartType::Html(_))
}

/// Whether a part is text in HTML.
pub fn is_html(part: &MessagePart<'_>) -> bool {
    let is_damaged_html = is_text(part) && part.is_content_type("text", "html");
    matches!(part.body, PartType::Html(_)) || is_damaged_html
}

/// The text of a part in its own charset; `None` if it is not text.
pub fn text(mime: &Mime<'_>, part: &MessagePart<'_>) -> Option<String> {
    let content_type = part.content_type();
    let charset = content_type.and_then(|content_type| content_type.attribute("charset"));
    is_text(part).then(|| charset::decode(&bytes(mime, part), charset))
}

/// The bytes of a part without its transfer encoding. The parser has them too, but not those of
/// text parts, which it decodes, and not those of damaged ones.
pub fn bytes(mime: &Mime<'_>, part: &MessagePart<'_>) -> Vec<u8> {
    let range = part.offset_body as usize..part.offset_end as usize;
    match mime.raw_message.get(range) {
        Some(raw) if is_text(part) || part.is_encoding_problem => {
            match part.content_transfer_encoding() {
                Some(name) if name.eq_ignore_ascii_case("base64") => transfer::base64(raw),
                Some(name) if name.eq_ignore_ascii_case("quoted-printable") => {
                    transfer::quoted_printable(raw)
                }
                _ => raw.to_vec(),
            }
        }
        _ => part.contents().to_vec(),
    }
}
