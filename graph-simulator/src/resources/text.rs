//! Bodies as text and as HTML.
//!
//! Exchange's own conversion is elaborate. This one drops tags and the content of `head`, `style`
//! and `script`, and folds blanks; it breaks lines at block elements and decodes the commonest
//! entities.

use serde_json::Value;

/// The readable text of an HTML body.
pub fn from_html(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        push_words(&mut text, &rest[..start]);
        let tag = &rest[start..];
        if let Some(comment) = tag.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let Some(end) = tag.find('>') else {
            rest = "";
            break;
        };
        let name = tag_name(&tag[1..end]);
        rest = &tag[end + 1..];
        match name.as_str() {
            "head" | "style" | "script" => rest = after_element(rest, &name),
            "br" | "/p" | "/div" | "/tr" | "/li" | "/h1" | "/h2" | "/h3" | "/h4" | "/table" => {
                text.truncate(text.trim_end_matches(' ').len());
                text.push_str("\r\n");
            }
            _ => {}
        }
    }
    push_words(&mut text, rest);
    text.trim().to_owned()
}

/// The readable text of a body in either form.
pub fn readable(body: &Value) -> String {
    let part = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    match part("contentType") {
        "html" => from_html(part("content")),
        _ => part("content").to_owned(),
    }
}

/// A text body as HTML.
pub fn to_html(text: &str) -> String {
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    format!("<html><body><pre>{escaped}</pre></body></html>")
}

fn tag_name(inside: &str) -> String {
    let end = inside
        .char_indices()
        .position(|(at, c)| c.is_whitespace() || (at > 0 && c == '/'))
        .unwrap_or(usize::MAX);
    inside.chars().take(end).collect::<String>().to_lowercase()
}

fn after_element<'a>(text: &'a str, name: &str) -> &'a str {
    let end = format!("</{name}");
    let lower = text.to_ascii_lowercase();
    let Some(at) = lower.find(&end) else {
        return "";
    };
    text[at..].split_once('>').map_or("", |(_, after)| after)
}

/// Adds text with its blanks folded and its entities decoded.
fn push_words(text: &mut String, part: &str) {
    let decoded = decode_entities(part);
    for c in decoded.chars() {
        match c {
            ' ' | '\t' | '\r' | '\n' => {
                if !text.is_empty() && !text.ends_with([' ', '\n']) {
                    text.push(' ');
                }
            }
            c => text.push(c),
        }
    }
}

fn decode_entities(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        let tail = &rest[at..];
        let entity = tail
            .find(';')
            .filter(|end| *end <= 10)
            .and_then(|end| Some((entity(&tail[1..end])?, end + 1)));
        let (c, length) = entity.unwrap_or(('&', 1));
        decoded.push(c);
        rest = &tail[length..];
    }
    decoded + rest
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tags_go_and_lines_stay() {
        let html = "<html><head><title>x</title></head><body><p>Dear&nbsp;Ann,</p><div>1 &lt; 2 &amp;\n 3<br/>Bye</div>\
                    <style>p {}</style><!-- no --></body></html>";
        assert_eq!(from_html(html), "Dear\u{a0}Ann,\r\n1 < 2 & 3\r\nBye");
    }

    #[test]
    fn unfinished_html_gives_what_there_is() {
        assert_eq!(from_html("a <b"), "a");
        assert_eq!(
            from_html("a & b &#x41; &#65 &bogus;"),
            "a & b A &#65 &bogus;"
        );
    }

    proptest! {
        #[test]
        fn any_text_survives_html(text in "[a-z<>&;#\"' é]{0,60}") {
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(words(&from_html(&to_html(&text))), words(&text));
        }

        #[test]
        fn no_html_panics(html in "(<[a-z/!-]{0,6}>?|[a-zé &;#0-9]{0,5}){0,20}") {
            from_html(&html);
        }
    }
}
