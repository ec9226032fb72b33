//! Repairs header blocks for the parser.
//!
//! Standards only allow ASCII in headers, with other text in encoded words (RFC 2047) of whole
//! characters. Real mail breaks both rules: it has bare bytes of some legacy charset, and
//! characters that are split between words. Both are converted to the standard form.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::charset::decode;
use super::transfer;

/// The message with its header block repaired if necessary.
pub fn repair(raw: &[u8]) -> Cow<'_, [u8]> {
    let (header, rest) = raw.split_at(header_length(raw));
    let has_escape = header.contains(&0x1b);
    let has_words = header.windows(2).any(|pair| pair == b"=?");
    if header.is_ascii() && !has_escape && !has_words {
        return Cow::Borrowed(raw);
    }
    let text = if header.is_ascii() && !has_escape {
        String::from_utf8_lossy(header).into_owned()
    } else {
        decode(header, header_charset(raw, has_escape).as_deref())
    };
    let mut repaired = join_words(&text).into_bytes();
    repaired.extend_from_slice(rest);
    Cow::Owned(repaired)
}

/// Length of everything before the first empty line.
fn header_length(raw: &[u8]) -> usize {
    let mut length = 0;
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        if matches!(line, b"\n" | b"\r\n") {
            return length;
        }
        length += line.len();
    }
    length
}

/// The charset of bare bytes in a header: UTF-8 if they are valid, otherwise the first charset that
/// the message names, since its writer will not have used two.
fn header_charset(raw: &[u8], has_escape: bool) -> Option<String> {
    let header = &raw[..header_length(raw)];
    if has_escape {
        return Some("iso-2022-jp".to_owned());
    }
    if std::str::from_utf8(header).is_ok() {
        return None;
    }
    const NAME: &[u8] = b"charset=";
    let start = raw
        .windows(NAME.len())
        .position(|window| window.eq_ignore_ascii_case(NAME))?
        + NAME.len();
    let value = raw[start..].strip_prefix(b"\"").unwrap_or(&raw[start..]);
    let end = value.iter().position(|byte| b"\"; \t\r\n>".contains(byte));
    let value = &value[..end.unwrap_or(value.len())];
    std::str::from_utf8(value).ok().map(str::to_owned)
}

/// An encoded word: `=?charset?encoding?text?=`.
struct Word<'a> {
    charset: &'a str,
    encoding: u8,
    text: &'a str,
}

impl<'a> Word<'a> {
    /// The word at the beginning of the text, and the rest.
    fn split(text: &'a str) -> Option<(Self, &'a str)> {
        let (charset, rest) = text.strip_prefix("=?")?.split_once('?')?;
        let (encoding, rest) = rest.split_once('?')?;
        let (text, rest) = rest.split_once("?=")?;
        let encoding = match encoding {
            "b" | "B" => b'B',
            "q" | "Q" => b'Q',
            _ => return None,
        };
        // A language may follow the charset (RFC 2231).
        let charset = charset.split('*').next().filter(|name| is_token(name))?;
        let is_one_field = !text.contains("\n\n") && !text.contains("=?");
        is_one_field.then_some((
            Self {
                charset,
                encoding,
                text,
            },
            rest,
        ))
    }

    fn bytes(&self) -> Vec<u8> {
        if self.encoding == b'B' {
            return transfer::base64(self.text.as_bytes());
        }
        // As quoted-printable, except for blanks.
        transfer::quoted_printable(self.text.replace('_', " ").as_bytes())
    }
}

fn is_token(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'=')
}

/// Replaces every run of encoded words of one charset, with nothing but white space between them, by
/// one word in UTF-8.
fn join_words(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(position) = rest.find("=?") {
        joined.push_str(&rest[..position]);
        rest = &rest[position..];
        match run_of_words(rest) {
            Some((decoded, after)) => {
                joined.push_str("=?utf-8?B?");
                joined.push_str(&STANDARD.encode(decoded));
                joined.push_str("?=");
                rest = after;
            }
            None => {
                joined.push_str("=?");
                rest = &rest[2..];
            }
        }
    }
    joined.push_str(rest);
    joined
}

fn run_of_words(text: &str) -> Option<(String, &str)> {
    let (first, mut rest) = Word::split(text)?;
    let mut bytes = first.bytes();
    while let Some((word, after)) = Word::split(rest.trim_start())
        && word.charset.eq_ignore_ascii_case(first.charset)
        && is_one_field(rest)
    {
        bytes.extend(word.bytes());
        rest = after;
    }
    Some((decode(&bytes, Some(first.charset)), rest))
}

/// Whether the white space at the start stays within a header field: a line break is followed by a
/// blank.
fn is_one_field(text: &str) -> bool {
    let blanks = &text[..text.len() - text.trim_start().len()];
    !blanks.ends_with('\n') && !blanks.contains("\n\n") && !blanks.contains("\n\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(raw: &[u8]) -> String {
        String::from_utf8(repair(raw).into_owned()).unwrap()
    }

    fn word(text: &str) -> String {
        format!("=?utf-8?B?{}?=", STANDARD.encode(text))
    }

    #[test]
    fn good_headers_stay_untouched() {
        let raw = b"Subject: hello\n\nbody \xff";
        assert!(matches!(repair(raw), Cow::Borrowed(bytes) if bytes == raw));
    }

    #[test]
    fn a_character_split_between_words_is_put_together() {
        let raw = b"Subject: =?gb2312?B?xOO6?=\n =?GB2312?B?ww==?=\n\n";
        assert_eq!(repaired(raw), format!("Subject: {}\n\n", word("你好")));
    }

    #[test]
    fn words_of_different_charsets_or_fields_stay_apart() {
        let raw = b"A: =?utf-8?Q?a?= =?iso-8859-1?Q?b?=\nB: =?iso-8859-1?Q?c_d=E9?=\n\n";
        let expected = format!("A: {} {}\nB: {}\n\n", word("a"), word("b"), word("c dé"));
        assert_eq!(repaired(raw), expected);
    }

    #[test]
    fn bare_bytes_have_the_charset_of_the_message() {
        let raw = b"Subject: \xc4\xe3\xba\xc3\nContent-Type: text/plain; charset=\"gb2312\"\n\nx";
        assert!(repaired(raw).starts_with("Subject: 你好\n"));
        let raw = b"Subject: caf\xe9\n\nx";
        assert!(repaired(raw).starts_with("Subject: café\n"));
        let raw = "Subject: café\nContent-Type: text/plain; charset=gb2312\n\nx";
        assert!(repaired(raw.as_bytes()).starts_with("Subject: café\n"));
        let raw = b"Subject: \x1b$B%O%m!<\x1b(B\n\n";
        assert!(repaired(raw).starts_with("Subject: ハロー\n"));
    }

    #[test]
    fn what_only_looks_like_a_word_stays() {
        for raw in [
            "A: =?x\n\nb",
            "A: =?utf-8?X?a?=\n\nb",
            "A: =?utf-8?Q?a\n\n?=b",
            "A: =?=?=?\n\n",
        ] {
            assert_eq!(repaired(raw.as_bytes()), raw);
        }
    }
}
