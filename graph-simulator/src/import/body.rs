//! The body of a message: HTML where it has some, else text.

use mail_parser::decoders::html::html_to_text;
use mail_parser::{Message as Mime, MessagePart};

use super::charset;
use super::parts::{self, Layout};
use crate::entities::message::{Body, ContentType};

/// A body in Graph's forms.
pub struct Bodies {
    pub body: Body,
    pub text: String,
    pub unique: Option<Body>,
}

/// The body of a message. All text that is not an attachment belongs to it, as mailers show it.
pub fn read(mime: &Mime<'_>, layout: &Layout<'_>) -> Bodies {
    let is_html = layout.html.iter().any(|part| parts::is_html(part));
    let text = joined(mime, &layout.text, ContentType::Text);
    let body = if is_html {
        Body {
            content_type: ContentType::Html,
            content: joined(mime, &layout.html, ContentType::Html),
        }
    } else {
        Body {
            content_type: ContentType::Text,
            content: text.clone(),
        }
    };
    // Some mailers write only HTML, with an empty text part.
    let text = if is_html && text.trim().is_empty() {
        with_crlf(&html_to_text(&body.content))
    } else {
        text
    };
    let unique = (!is_html)
        .then(|| without_quotations(&body.content))
        .flatten();
    Bodies { body, text, unique }
}

/// A body of text alone.
pub fn plain(bytes: &[u8]) -> Body {
    Body {
        content_type: ContentType::Text,
        content: with_crlf(&charset::decode(bytes, None)),
    }
}

/// The content of all parts that are text, in one of the two forms.
fn joined(mime: &Mime<'_>, parts: &[&MessagePart<'_>], form: ContentType) -> String {
    let mut content = String::new();
    for part in parts {
        let Some(text) = parts::text(mime, part) else {
            continue;
        };
        content.push_str(&match (parts::is_html(part), form) {
            (true, ContentType::Html) | (false, ContentType::Text) => text,
            (true, ContentType::Text) => html_to_text(&text),
            (false, ContentType::Html) => escaped(&text),
        });
    }
    with_crlf(&content)
}

/// Text as HTML.
fn escaped(text: &str) -> String {
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    format!("<pre>{text}</pre>")
}

/// Exchange ends lines with both characters.
fn with_crlf(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', "\r\n")
}

/// A text without the lines that quote another message and those that introduce them, if it has
/// such lines.
fn without_quotations(text: &str) -> Option<Body> {
    let is_quotation = |line: &str| line.starts_with('>');
    if !text.lines().any(is_quotation) {
        return None;
    }
    let mut kept: Vec<&str> = Vec::new();
    for line in text.lines() {
        if !is_quotation(line) {
            kept.push(line);
        } else if let Some(position) = kept.iter().rposition(|line| !line.trim().is_empty())
            && kept[position].trim_end().ends_with("wrote:")
        {
            kept.truncate(position);
        }
    }
    Some(Body {
        content_type: ContentType::Text,
        content: kept.join("\r\n"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_is_not_unique() {
        let text = "Hello\r\n\r\nOn Monday Ann wrote:\r\n> old\r\n> older\r\nnew\r\n";
        assert_eq!(
            without_quotations(text).unwrap().content,
            "Hello\r\n\r\nnew"
        );
        assert!(without_quotations("Hello\r\n").is_none());
    }

    #[test]
    fn every_line_ends_with_both_characters() {
        assert_eq!(with_crlf("a\nb\r\nc"), "a\r\nb\r\nc");
    }
}
