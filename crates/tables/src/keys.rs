//! Keys of rows: `compositeKey` and `safeKey`.
//!
//! Graph's ids distinguish upper and lower case (docs/graph.md#ids), but many hosts do not. Both
//! keys are texts made from the id, so they can be read back and either can be used to fetch the
//! row.

use super::definition::Table;

/// The ids in a `compositeKey`: the parents that are needed to address the row (the message of an
/// attachment), the row's own id, and the `changeKey` if rows have one. An event or a contact has
/// its own path in the mailbox, so its calendar or folder is not part of its key.
///
/// The parts are joined with `|`; `|` and `%` inside a part (Graph uses neither) are escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompositeKey {
    pub parents: Vec<String>,
    pub id: String,
    pub change_key: Option<String>,
}

impl CompositeKey {
    /// Reads the key of a row of `table`; `None` if no row can have this key.
    pub fn parse(table: &Table, key: &str) -> Option<Self> {
        let mut parts = key.split('|').map(unescape).collect::<Option<Vec<_>>>()?;
        let change_key = if table.has_change_key() {
            Some(parts.pop()?)
        } else {
            None
        };
        let id = parts.pop()?;
        let complete = parts.len() == table.parents_of_id().len();
        let filled = parts.iter().chain([&id]).all(|part| !part.is_empty());
        let key = Self {
            parents: parts,
            id,
            change_key,
        };
        (complete && filled).then_some(key)
    }

    /// Writes the key.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for part in self
            .parents
            .iter()
            .chain([&self.id])
            .chain(&self.change_key)
        {
            push_part(&mut text, part);
        }
        text
    }
}

/// Appends one more part to a `compositeKey` that begins as an empty text.
pub(super) fn push_part(key: &mut String, part: &str) {
    if !key.is_empty() {
        key.push('|');
    }
    if part.bytes().any(|byte| matches!(byte, b'|' | b'%')) {
        key.push_str(&part.replace('%', "%25").replace('|', "%7C"));
    } else {
        key.push_str(part);
    }
}

fn unescape(part: &str) -> Option<String> {
    let text = part.replace("%7C", "|");
    let valid = part
        .match_indices('%')
        .all(|(at, _)| matches!(part.get(at + 1..at + 3), Some("25" | "7C")));
    valid.then(|| text.replace("%25", "%"))
}

/// 32 characters without case. Letters that some collation confuses or merges with others are left
/// out: `w` (equals `v` in Swedish), `y` (`i` in Lithuanian), `s` and `z` (doubled digraphs in
/// Hungarian).
const ALPHABET: &[u8; 32] = b"0123456789abcdefghijklmnopqrtuvx";

/// The 64 characters of Graph's ids, in the order of base64url.
const ID_ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// First characters of a safe key: the number of `=` at the end of the id, whose other characters
/// have 6 bits each.
const PADDINGS: &[u8; 3] = b"abc";
/// First character of a safe key with the bytes of any other text.
const BYTES: u8 = b'u';

/// Re-encodes an id so that different ids stay different under every collation. It uses 6
/// characters for 5 of an id, so an id of up to 211 gives a key of at most 255.
pub fn safe_key(id: &str) -> String {
    let mut key = String::with_capacity(id.len() * 8 / 5 + 2);
    push_safe_key(&mut key, id);
    key
}

/// Appends the safe key of `id`.
pub(super) fn push_safe_key(key: &mut String, id: &str) {
    let core = id.trim_end_matches('=');
    match PADDINGS.get(id.len() - core.len()) {
        Some(&padding) if core.bytes().all(|byte| symbol(byte) != NO_SYMBOL) => {
            key.push(char::from(padding));
            push_digits(key, core.bytes().map(symbol), 6);
        }
        _ => {
            key.push(char::from(BYTES));
            push_digits(key, id.bytes(), 8);
        }
    }
}

/// The id for this safe key; `None` if it is not a safe key.
pub fn id_from_safe_key(key: &str) -> Option<String> {
    let (&form, digits) = key.as_bytes().split_first()?;
    let id = match PADDINGS.iter().position(|&padding| padding == form) {
        Some(padding) => {
            let symbols = from_digits(digits, 6)?;
            let core = symbols
                .into_iter()
                .map(|symbol| ID_ALPHABET[usize::from(symbol)] as char);
            core.chain(std::iter::repeat_n('=', padding)).collect()
        }
        None if form == BYTES => String::from_utf8(from_digits(digits, 8)?).ok()?,
        None => return None,
    };
    // An id has only one key, so other texts that decode to the id are refused.
    (safe_key(&id) == key).then_some(id)
}

const NO_SYMBOL: u8 = u8::MAX;

/// The index of each byte in [`ID_ALPHABET`]. It is a table because ids are random and keys are
/// made for every row.
const SYMBOLS: [u8; 256] = {
    let mut symbols = [NO_SYMBOL; 256];
    let mut place = 0;
    while place < ID_ALPHABET.len() {
        symbols[ID_ALPHABET[place] as usize] = place as u8;
        place += 1;
    }
    symbols
};

fn symbol(byte: u8) -> u8 {
    SYMBOLS[usize::from(byte)]
}

/// Writes symbols of `width` bits as digits of 5 bits, padding the last one with zeros.
fn push_digits(key: &mut String, symbols: impl Iterator<Item = u8>, width: u32) {
    let (mut bits, mut count) = (0_u32, 0);
    let digit = |bits: u32| char::from(ALPHABET[(bits & 31) as usize]);
    for symbol in symbols {
        bits = (bits << width) | u32::from(symbol);
        count += width;
        while count >= 5 {
            count -= 5;
            key.push(digit(bits >> count));
        }
        bits &= (1 << count) - 1;
    }
    if count > 0 {
        key.push(digit(bits << (5 - count)));
    }
}

/// Reads the digits of [`push_digits`]. Padding bits are ignored.
fn from_digits(digits: &[u8], width: u32) -> Option<Vec<u8>> {
    let (mut bits, mut count) = (0_u32, 0);
    let mut symbols = Vec::with_capacity(digits.len());
    for digit in digits {
        let value = ALPHABET.iter().position(|character| character == digit)?;
        bits = (bits << 5) | value as u32;
        count += 5;
        if count >= width {
            count -= width;
            symbols.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    Some(symbols)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::{EVENTS, MAIL_FOLDERS, MESSAGE_ATTACHMENTS, MESSAGES};
    use proptest::prelude::*;

    const ID: &str = "AAMkAGI2TG93AAA_zZ09-Yw==";

    fn key(parents: &[&str], id: &str, change_key: Option<&str>) -> CompositeKey {
        CompositeKey {
            parents: parents.iter().map(|&parent| parent.to_owned()).collect(),
            id: id.to_owned(),
            change_key: change_key.map(str::to_owned),
        }
    }

    #[test]
    fn a_composite_key_joins_parents_id_and_change_key() {
        assert_eq!(key(&[], ID, Some("CQ+/")).to_text(), format!("{ID}|CQ+/"));
        assert_eq!(key(&["M"], ID, None).to_text(), format!("M|{ID}"));
    }

    #[test]
    fn a_composite_key_is_read_as_its_table_has_it() {
        let parse = CompositeKey::parse;
        assert_eq!(parse(&MESSAGES, "A|b"), Some(key(&[], "A", Some("b"))));
        assert_eq!(parse(&MESSAGES, "A|"), Some(key(&[], "A", Some(""))));
        assert_eq!(parse(&EVENTS, "A|b"), Some(key(&[], "A", Some("b"))));
        assert_eq!(parse(&MAIL_FOLDERS, "A"), Some(key(&[], "A", None)));
        assert_eq!(
            parse(&MESSAGE_ATTACHMENTS, "M|A"),
            Some(key(&["M"], "A", None))
        );
    }

    #[test]
    fn what_cannot_be_a_key_is_none() {
        for text in ["", "A", "|b", "A|b|c", "A|b%", "A%20|b"] {
            assert_eq!(CompositeKey::parse(&MESSAGES, text), None, "{text}");
        }
        assert_eq!(CompositeKey::parse(&MAIL_FOLDERS, "A|b"), None);
        assert_eq!(CompositeKey::parse(&MESSAGE_ATTACHMENTS, "|A"), None);
    }

    #[test]
    fn a_safe_key_is_stable() {
        // Applications store these texts, so they must never change.
        assert_eq!(safe_key(""), "a");
        assert_eq!(safe_key("AAMkAGI2TG93AAA="), "b001i80326p66vuo000");
        assert_eq!(safe_key("5c7188eb-da70-4f1a"), "atn7fbtv7jftudevjuofub8");
        assert_eq!(safe_key("a+b"), "uc4lm4");
    }

    #[test]
    fn a_safe_key_of_a_usual_id_fits_an_indexed_text() {
        assert_eq!(safe_key(&"A".repeat(211)).len(), 255);
    }

    #[test]
    fn texts_that_are_no_safe_key_are_none() {
        for text in [
            "", "x", "a1", "B00", "b00032H0", "aw", "u1", "é", "a01", "a0x",
        ] {
            assert_eq!(id_from_safe_key(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn safe_keys_are_read_back(id in "\\PC*") {
            prop_assert_eq!(id_from_safe_key(&safe_key(&id)), Some(id));
        }

        #[test]
        fn safe_keys_of_graph_ids_are_read_back(id in "[A-Za-z0-9_-]{0,200}={0,2}") {
            let key = safe_key(&id);
            prop_assert!(key.len() <= 1 + id.len() * 6 / 5 + 1);
            prop_assert_eq!(id_from_safe_key(&key), Some(id));
        }

        #[test]
        fn safe_keys_need_no_case(id in "\\PC*") {
            let key = safe_key(&id);
            prop_assert!(key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()));
        }

        #[test]
        fn ids_that_differ_only_in_case_have_different_safe_keys(id in "[A-Za-z0-9_-]{1,80}") {
            let other: String = id.chars().map(|character| {
                if character.is_lowercase() { character.to_ascii_uppercase() }
                else { character.to_ascii_lowercase() }
            }).collect();
            prop_assert_eq!(safe_key(&id) == safe_key(&other), id == other);
        }

        #[test]
        fn whatever_decodes_encodes_to_the_same_key(key in "[abcu][0-9a-z]{0,40}") {
            if let Some(id) = id_from_safe_key(&key) {
                prop_assert_eq!(safe_key(&id), key);
            }
        }

        #[test]
        fn composite_keys_are_read_back(id in "\\PC+", change_key in "\\PC*", parent in "\\PC+") {
            let message = key(&[], &id, Some(&change_key));
            prop_assert_eq!(CompositeKey::parse(&MESSAGES, &message.to_text()), Some(message));
            let attachment = key(&[&parent], &id, None);
            let text = attachment.to_text();
            prop_assert_eq!(CompositeKey::parse(&MESSAGE_ATTACHMENTS, &text), Some(attachment));
        }
    }
}
