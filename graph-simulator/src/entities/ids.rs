//! Ids, change keys and conversation ids, built the way Exchange builds them (docs/graph.md#ids).
//!
//! An id is base64url text over a structure: the mailbox, the store, the container and a counter.
//! The counter is scrambled, so that neighbours look as different as in a real mailbox. A mailbox
//! can hold pairs of items whose ids differ only in the case of one letter, as real ones do.

use std::hash::Hasher;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use siphasher::sip128::{Hasher128, SipHasher13};

/// The kind of an id; ids of different kinds never collide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Message,
    Event,
    Contact,
    Task,
}

impl Kind {
    /// The number of the kind's default folder, which is part of the ids of its items.
    fn container(self) -> u8 {
        match self {
            Kind::Message => 0x0c,
            Kind::Event => 0x0d,
            Kind::Contact => 0x0e,
            Kind::Task => 0x12,
        }
    }
}

/// Counters have 42 bits: seven base64 characters, after one that distinguishes plain ids from
/// twins.
const COUNTER_BITS: u32 = 42;
const PLAIN: u64 = 0; // 'A'
const UPPER_TWIN: u64 = 16; // 'Q'
const LOWER_TWIN: u64 = 42; // 'q'
/// Odd, so that multiplying by it is reversible.
const SCRAMBLE: u64 = 0x2_9E37_79B9_7F4B & COUNTER_MASK | 1;
const COUNTER_MASK: u64 = (1 << COUNTER_BITS) - 1;

/// Multiplying by it reverses multiplying by [`SCRAMBLE`]: Newton's iteration, which doubles the bits that are right.
const UNSCRAMBLE: u64 = {
    let mut inverse = SCRAMBLE;
    let mut bits = 3;
    while bits < COUNTER_BITS {
        let error = 2_u64.wrapping_sub(SCRAMBLE.wrapping_mul(inverse));
        inverse = inverse.wrapping_mul(error);
        bits *= 2;
    }
    inverse & COUNTER_MASK
};

/// Generates ids for one mailbox.
#[derive(Clone, Debug)]
pub struct Ids {
    guid: String,
    store: [u8; 16],
    replica: [u8; 16],
}

impl Ids {
    /// Ids that depend only on this name; a user's principal name is suitable.
    pub fn new(mailbox: &str) -> Self {
        Self {
            guid: guid(&["mailbox", mailbox]),
            store: digest(&["store", mailbox]),
            replica: digest(&["replica", mailbox]),
        }
    }

    /// Id of the folder, calendar or contact folder with this number: 120 characters.
    pub fn folder(&self, number: u32) -> String {
        let mut bytes = self.prefix(3, 0x2e);
        bytes.extend_from_slice(&self.store);
        bytes.extend_from_slice(&[1, 0]);
        bytes.extend_from_slice(&self.replica);
        bytes.extend_from_slice(&u64::from(number).to_be_bytes());
        URL_SAFE.encode(bytes)
    }

    /// Id of the item with this number: 152 characters. Different numbers give different ids.
    pub fn item(&self, kind: Kind, number: u64) -> String {
        self.tagged_item(kind, number, PLAIN)
    }

    /// Two ids that are equal when case is ignored.
    pub fn twins(&self, kind: Kind, number: u64) -> [String; 2] {
        [UPPER_TWIN, LOWER_TWIN].map(|tag| self.tagged_item(kind, number, tag))
    }

    fn tagged_item(&self, kind: Kind, number: u64, tag: u64) -> String {
        let counter = number.wrapping_mul(SCRAMBLE).wrapping_add(self.offset()) & COUNTER_MASK;
        let mut bytes = self.prefix(3, 0x46);
        bytes.extend_from_slice(&self.store);
        bytes.extend_from_slice(&[7, 0]);
        bytes.extend_from_slice(&self.replica);
        bytes.extend_from_slice(&[0, 0, 0, 0, 1, kind.container(), 0, 0]);
        bytes.extend_from_slice(&self.replica);
        bytes.extend_from_slice(&((tag << COUNTER_BITS | counter) << 16).to_be_bytes());
        URL_SAFE.encode(bytes)
    }

    /// The only number that the item with this id can have. Other texts may bring a number too.
    pub fn number(&self, id: &str) -> Option<u64> {
        let bytes = URL_SAFE.decode(id).ok()?;
        let (_, tail) = bytes.split_last_chunk::<8>()?;
        let counter = (u64::from_be_bytes(*tail) >> 16) & COUNTER_MASK;
        let scrambled = counter.wrapping_sub(self.offset());
        Some(scrambled.wrapping_mul(UNSCRAMBLE) & COUNTER_MASK)
    }

    fn offset(&self) -> u64 {
        u64::from_be_bytes(self.store[..8].try_into().expect("8 of 16 bytes"))
    }

    /// Id of an attachment of the item.
    pub fn attachment(&self, item_id: &str, number: usize) -> String {
        let mut bytes = URL_SAFE.decode(item_id).expect("an id is base64url");
        bytes.extend_from_slice(&[1, 0x12, 0, 0x10, 0]);
        bytes.extend_from_slice(&digest(&["attachment", item_id, &number.to_string()]));
        URL_SAFE.encode(bytes)
    }

    /// The key of a version of the item with this number.
    pub fn change_key(&self, kind: Kind, number: u64) -> String {
        let mut bytes = match kind {
            Kind::Message => vec![9, 0, 0, 0, 0x16, 0, 0, 0],
            Kind::Contact => vec![0x11, 0, 0, 0, 0x16, 0, 0, 0],
            Kind::Event | Kind::Task => Vec::new(),
        };
        bytes.extend_from_slice(&self.replica);
        bytes.extend_from_slice(&(number.wrapping_add(0x2f_0000)).to_be_bytes()[2..]);
        STANDARD.encode(bytes)
    }

    /// Id of a conversation: 80 characters.
    pub fn conversation(&self, conversation: &[u8; 16]) -> String {
        let mut bytes = self.prefix(4, 0x10);
        bytes.truncate(4 + 36);
        bytes.extend_from_slice(&[0, 0x10, 0]);
        bytes.extend_from_slice(conversation);
        URL_SAFE.encode(bytes)
    }

    fn prefix(&self, format: u8, entry_length: u8) -> Vec<u8> {
        let mut bytes = vec![0, format, 0x24, 0];
        bytes.extend_from_slice(self.guid.as_bytes());
        bytes.extend_from_slice(&[0, entry_length, 0, 0, 0, 0, 0]);
        bytes
    }
}

/// Sixteen bytes that depend only on these texts, in every version.
pub fn digest(texts: &[&str]) -> [u8; 16] {
    let mut hasher = SipHasher13::new();
    for text in texts {
        hasher.write(text.as_bytes());
        hasher.write_u8(0xff); // in no UTF-8 text
    }
    hasher.finish128().as_bytes()
}

/// A GUID that depends only on these texts.
pub fn guid(texts: &[&str]) -> String {
    let mut bytes = digest(texts);
    bytes[6] = bytes[6] & 0x0f | 0x40; // version 4
    bytes[8] = bytes[8] & 0x3f | 0x80; // variant of RFC 9562
    let mut guid = String::with_capacity(36);
    for (position, byte) in bytes.into_iter().enumerate() {
        if [4, 6, 8, 10].contains(&position) {
            guid.push('-');
        }
        guid.push(hex_digit(byte >> 4));
        guid.push(hex_digit(byte & 0x0f));
    }
    guid
}

fn hex_digit(value: u8) -> char {
    char::from(b"0123456789abcdef"[usize::from(value)])
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_have_the_form_of_outlook() {
        let ids = Ids::new("ann@contoso.example");
        let item = ids.item(Kind::Message, 1);
        assert!(
            item.starts_with("AAMkA") && item.ends_with("AAA="),
            "{item}"
        );
        assert_eq!(item.len(), 152);
        let folder = ids.folder(1);
        assert!(folder.starts_with("AAMkA"), "{folder}");
        assert_eq!(folder.len(), 120);
        let conversation = ids.conversation(&digest(&["subject"]));
        assert!(conversation.starts_with("AAQkA"), "{conversation}");
        assert_eq!(conversation.len(), 80);
        assert_eq!(ids.change_key(Kind::Message, 1).len(), 40);
        assert!(ids.attachment(&item, 0).starts_with(&item[..148]));
    }

    #[test]
    fn ids_depend_on_the_mailbox_the_kind_and_the_number_alone() {
        let ids = Ids::new("ann@contoso.example");
        let again = Ids::new("ann@contoso.example");
        assert_eq!(ids.item(Kind::Message, 7), again.item(Kind::Message, 7));
        let others = [
            Ids::new("bob@contoso.example").item(Kind::Message, 7),
            ids.item(Kind::Event, 7),
            ids.item(Kind::Message, 8),
        ];
        assert!(
            others
                .iter()
                .all(|other| *other != ids.item(Kind::Message, 7))
        );
    }

    #[test]
    fn many_ids_are_all_different_even_without_case() {
        let ids = Ids::new("ann@contoso.example");
        let mut exact = HashSet::new();
        let mut caseless = HashSet::new();
        for number in 0..20_000 {
            let id = ids.item(Kind::Message, number);
            caseless.insert(id.to_ascii_lowercase());
            exact.insert(id);
        }
        assert_eq!(exact.len(), 20_000);
        assert_eq!(caseless.len(), 20_000);
    }

    #[test]
    fn an_id_leads_back_to_its_number() {
        let ids = Ids::new("ann@contoso.example");
        for number in [0, 1, 2, 999_999, COUNTER_MASK] {
            assert_eq!(ids.number(&ids.item(Kind::Message, number)), Some(number));
            for twin in ids.twins(Kind::Message, number) {
                assert_eq!(ids.number(&twin), Some(number));
            }
        }
        assert_eq!(ids.number("AAMk"), None);
        assert_eq!(ids.number("not base64!"), None);
    }

    #[test]
    fn twins_differ_in_the_case_of_one_letter() {
        let ids = Ids::new("ann@contoso.example");
        let [upper, lower] = ids.twins(Kind::Message, 3);
        assert_ne!(upper, lower);
        assert!(upper.eq_ignore_ascii_case(&lower));
        let differences = upper.bytes().zip(lower.bytes()).filter(|(a, b)| a != b);
        assert_eq!(differences.count(), 1);
        assert_ne!(upper, ids.item(Kind::Message, 3));
    }

    #[test]
    fn a_guid_is_a_random_one_in_form() {
        let guid = guid(&["x"]);
        assert_eq!(guid.len(), 36);
        assert_eq!(&guid[14..15], "4");
        assert!("89ab".contains(&guid[19..20]));
    }
}
