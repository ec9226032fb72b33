//! Bytes of mail to text, whatever the charset's name, and whether or not it is right.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use mail_parser::decoders::charsets::map::charset_decoder;

/// Invented names of mailers, and their meanings.
const ALIASES: &[(&str, &str)] = &[
    ("chinesebig5", "big5"),
    ("gb2312_charset", "gb2312"),
    ("x-gb2312", "gb2312"),
    ("cp932", "shift_jis"),
    ("utf8", "utf-8"),
];

/// Unreliable names: many mailers write them for any text.
const UNRELIABLE: &[&str] = &["", "us-ascii", "ascii", "utf-8"];

/// Mail says ISO 8859-1 and means Windows-1252.
const SAME_AS_WINDOWS_1252: &[&str] = &[
    "iso-8859-1",
    "iso8859-1",
    "latin1",
    "windows-1252",
    "cp1252",
];

/// Decodes text of the given charset. A charset that is missing, unknown or evidently wrong counts
/// as UTF-8 if the bytes allow that, otherwise as Windows-1252, which can decode any byte.
pub fn decode(bytes: &[u8], charset: Option<&str>) -> String {
    let name = charset.map(plain_name).unwrap_or_default();
    // Some mailers call any text "unicode"; true UTF-16 has zero bytes in nearly every text.
    let is_false_utf16 = is_utf16(&name) && !bytes.contains(&0);
    if name.starts_with("iso-2022-jp") {
        return decoded(&without_idle_escapes(bytes), &name);
    }
    if !UNRELIABLE.contains(&name.as_str()) && !is_false_utf16 {
        return decoded(bytes, &name);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => windows_1252(bytes),
    }
}

fn decoded(bytes: &[u8], name: &str) -> String {
    match charset_decoder(name.as_bytes()) {
        Some(_) if SAME_AS_WINDOWS_1252.contains(&name) => windows_1252(bytes),
        Some(decoder) => decoder(bytes),
        None => std::str::from_utf8(bytes).map_or_else(|_| windows_1252(bytes), str::to_owned),
    }
}

/// Decodes any byte; unassigned ones become control characters.
fn windows_1252(bytes: &[u8]) -> String {
    WINDOWS_1252
        .decode_without_bom_handling(bytes)
        .0
        .into_owned()
}

/// Text without escape sequences that are followed directly by another one. Joined encoded words
/// are full of them, and the decoder treats them as errors.
fn without_idle_escapes(bytes: &[u8]) -> Cow<'_, [u8]> {
    let is_escape = |position: usize| bytes.get(position) == Some(&0x1b);
    if !(0..bytes.len()).any(|position| is_escape(position) && is_escape(position + 3)) {
        return Cow::Borrowed(bytes);
    }
    let mut kept = Vec::with_capacity(bytes.len());
    let mut position = 0;
    while position < bytes.len() {
        if is_escape(position) && is_escape(position + 3) {
            position += 3;
        } else {
            kept.push(bytes[position]);
            position += 1;
        }
    }
    Cow::Owned(kept)
}

/// The name in lower case, without the quotes and blanks that come with it, aliases resolved.
fn plain_name(charset: &str) -> String {
    let name = charset
        .trim_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'')
        .to_ascii_lowercase();
    match ALIASES.iter().find(|(alias, _)| *alias == name) {
        Some((_, meaning)) => (*meaning).to_owned(),
        None => name,
    }
}

fn is_utf16(name: &str) -> bool {
    name.starts_with("utf-16") || name.starts_with("utf16") || name.contains("unicode")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legacy_charsets_are_read() {
        let cases: &[(&[u8], &str, &str)] = &[
            (b"\x1b$B%O%m!<\x1b(B!", "ISO-2022-JP", "ハロー!"),
            (b"\xf0\xd2\xc9\xd7\xc5\xd4", "koi8-r", "Привет"),
            (b"\xc4\xe3\xba\xc3", "gb2312", "你好"),
            (b"\xa7A\xa6n", "big5", "你好"),
            (b"\xbe\xc8\xb3\xe7", "ks_c_5601-1987", "안녕"),
            (b"\x93quoted\x94 \x80", "windows-1252", "“quoted” €"),
            (b"\xcf\xf0\xe8", "windows-1251", "При"),
            (b"na\xefve \x80", "iso-8859-1", "naïve €"),
            (b"\xa4", "iso-8859-15", "€"),
            // Two words of one text
            (b"\x1b$B%O\x1b(B\x1b$B%m\x1b(B", "iso-2022-jp", "ハロ"),
        ];
        for (bytes, charset, text) in cases {
            assert_eq!(decode(bytes, Some(charset)), *text, "{charset}");
        }
    }

    #[test]
    fn names_may_be_quoted_or_made_up() {
        assert_eq!(decode(b"\xa7A\xa6n", Some("chinesebig5")), "你好");
        assert_eq!(decode(b"\xe9", Some("iso-8859-1'")), "é");
    }

    #[test]
    fn a_missing_unknown_or_wrong_charset_still_gives_text() {
        for charset in [
            None,
            Some("default_charset"),
            Some("us-ascii"),
            Some("utf-8"),
        ] {
            assert_eq!(decode("é".as_bytes(), charset), "é", "{charset:?}");
            assert_eq!(decode(b"caf\xe9", charset), "café", "{charset:?}");
        }
        assert_eq!(decode(b"\x81", None), "\u{81}");
        assert_eq!(decode(b"plain", Some("unicode")), "plain");
        assert_eq!(decode(b"\0p\0l", Some("utf-16be")), "pl");
    }
}
