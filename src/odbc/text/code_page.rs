//! Windows' ANSI code pages: text with one or two bytes a character.
//!
//! The system knows the characters ([`Characters`]). They are copied into tables when text that is not ASCII is first
//! converted, so that a conversion asks nobody, and tests can bring code pages of their own.

use std::fmt;
use std::sync::OnceLock;

/// The bytes of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    bytes: [u8; 2],
    length: usize,
}

impl Code {
    /// Takes the place of a character that the page lacks.
    pub const REPLACEMENT: Self = Self::one(b'?');

    pub const fn one(byte: u8) -> Self {
        Self {
            bytes: [byte, 0],
            length: 1,
        }
    }

    pub const fn two(bytes: [u8; 2]) -> Self {
        Self { bytes, length: 2 }
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

/// The characters of a code page.
pub trait Characters: Send + Sync {
    /// Whether the byte is the first one of two.
    fn is_lead(&self, byte: u8) -> bool;

    /// The UTF-16 unit of one character's bytes.
    fn decode(&self, bytes: &[u8]) -> Option<u16>;

    /// The bytes of a UTF-16 unit; `None` if the page lacks the character.
    fn encode(&self, unit: u16) -> Option<Code>;
}

/// A code page. Two with the same number are equal.
#[derive(Clone, Copy)]
pub struct CodePage(&'static Page);

struct Page {
    number: u32,
    characters: Box<dyn Characters>,
    tables: OnceLock<Tables>,
}

/// Units of no character, which is also a noncharacter of Unicode.
const NO_UNIT: u16 = 0xFFFF;

struct Tables {
    leads: [bool; 256],
    /// Units of single bytes.
    ones: [u16; 256],
    /// Units of pairs of bytes, 256 for each lead byte; empty if the page has no lead bytes.
    twos: Vec<u16>,
    /// Both bytes of every unit, the second one alone if the character has one byte; 0 if the page lacks it.
    codes: Vec<u16>,
}

impl CodePage {
    /// Keeps the page until the process ends, so each should be made once. `None` if ASCII is not itself in the page:
    /// no ANSI code page is like that, and conversions rely on it.
    #[cfg_attr(not(any(windows, test)), allow(dead_code))]
    pub fn new(number: u32, characters: Box<dyn Characters>) -> Option<Self> {
        let same = |byte: u8| {
            !characters.is_lead(byte)
                && characters.decode(&[byte]) == Some(byte.into())
                && characters.encode(byte.into()) == Some(Code::one(byte))
        };
        let page = (1..0x80).all(same).then_some(Page {
            number,
            characters,
            tables: OnceLock::new(),
        })?;
        Some(Self(Box::leak(Box::new(page))))
    }

    pub const fn number(self) -> u32 {
        self.0.number
    }

    fn tables(self) -> &'static Tables {
        let page = self.0;
        page.tables
            .get_or_init(|| Tables::new(page.characters.as_ref()))
    }

    /// The character's bytes; `None` if the page lacks it.
    pub fn code(self, character: char) -> Option<Code> {
        if character.is_ascii() {
            return Some(Code::one(character as u8));
        }
        let unit = u16::try_from(u32::from(character)).ok()?;
        match self.tables().codes[usize::from(unit)].to_be_bytes() {
            [0, 0] => None,
            [0, byte] => Some(Code::one(byte)),
            both => Some(Code::two(both)),
        }
    }

    /// The bytes to write for a character: its own, or those of a question mark.
    pub fn code_or_replacement(self, character: char) -> Code {
        self.code(character).unwrap_or(Code::REPLACEMENT)
    }

    /// The text's bytes.
    pub fn encoded(self, text: &str) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(text.len());
        for character in text.chars() {
            bytes.extend_from_slice(self.code_or_replacement(character).bytes());
        }
        bytes
    }

    /// The number of the text's bytes.
    pub fn encoded_length(self, text: &str) -> usize {
        match text.is_ascii() {
            true => text.len(),
            false => text
                .chars()
                .map(|character| self.code_or_replacement(character).length)
                .sum(),
        }
    }

    /// Whether the page has all characters of the text.
    #[cfg(test)]
    pub fn has_all(self, text: &str) -> bool {
        text.is_ascii() || text.chars().all(|character| self.code(character).is_some())
    }

    /// The characters of the bytes, `None` for each byte that belongs to no character.
    pub fn decode(self, bytes: &[u8]) -> impl Iterator<Item = Option<char>> {
        let tables = self.tables();
        let mut rest = bytes;
        std::iter::from_fn(move || {
            let (unit, length) = tables.first(rest)?;
            let character = Some(unit).filter(|unit| *unit != NO_UNIT);
            let character = character.and_then(|unit| char::from_u32(unit.into()));
            // The byte after half a character may be a whole one.
            rest = &rest[if character.is_some() { length } else { 1 }..];
            Some(character)
        })
    }

    /// The longest prefix of at most `limit` bytes that ends at a whole character.
    pub fn whole_prefix(self, bytes: &[u8], limit: usize) -> usize {
        if bytes.len() <= limit {
            return bytes.len();
        }
        let mut end = 0;
        while let Some((_, length)) = self.tables().first(&bytes[end..])
            && end + length <= limit
        {
            end += length;
        }
        end
    }
}

impl PartialEq for CodePage {
    fn eq(&self, other: &Self) -> bool {
        self.number() == other.number()
    }
}

impl Eq for CodePage {}

impl fmt::Debug for CodePage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "CodePage({})", self.number())
    }
}

impl Tables {
    fn new(characters: &dyn Characters) -> Self {
        let byte = |index: usize| index as u8;
        let leads: [bool; 256] = std::array::from_fn(|index| characters.is_lead(byte(index)));
        let ones = std::array::from_fn(|index| match leads[index] {
            true => NO_UNIT,
            false => characters.decode(&[byte(index)]).unwrap_or(NO_UNIT),
        });
        let mut twos = Vec::new();
        if leads.contains(&true) {
            twos.resize(1 << 16, NO_UNIT);
            for lead in (0..256).filter(|lead| leads[*lead]) {
                for trail in 0..256 {
                    let unit = characters.decode(&[byte(lead), byte(trail)]);
                    twos[lead << 8 | trail] = unit.unwrap_or(NO_UNIT);
                }
            }
        }
        let code = |unit| match characters.encode(unit)?.bytes() {
            [one] => Some(u16::from(*one)),
            [lead, trail] => Some(u16::from_be_bytes([*lead, *trail])),
            _ => None,
        };
        Self {
            leads,
            ones,
            twos,
            codes: (0..=u16::MAX).map(|unit| code(unit).unwrap_or(0)).collect(),
        }
    }

    /// The unit of the first character, and the number of its bytes.
    fn first(&self, bytes: &[u8]) -> Option<(u16, usize)> {
        let first = *bytes.first()?;
        let index = usize::from(first);
        Some(match (self.leads[index], bytes.get(1)) {
            (false, _) => (self.ones[index], 1),
            (true, None) => (NO_UNIT, 1),
            (true, Some(trail)) => (self.twos[index << 8 | usize::from(*trail)], 2),
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::odbc::testing::code_pages::{japanese, western};
    use proptest::prelude::*;

    #[test]
    fn characters_have_the_bytes_of_the_page() {
        let code = |page: super::CodePage, character| {
            page.code(character).map(|code| code.bytes().to_vec())
        };
        assert_eq!(code(western(), 'a'), Some(vec![b'a']));
        assert_eq!(code(western(), '€'), Some(vec![0x80]));
        assert_eq!(code(western(), '日'), None);
        assert_eq!(code(western(), '😀'), None);
        assert_eq!(code(japanese(), '日'), Some(vec![0x93, 0xFA]));
        assert_eq!(code(japanese(), 'ｱ'), Some(vec![0xB1]));
        assert_eq!(code(japanese(), '\\'), Some(vec![0x5C]));
        assert_eq!(western().code_or_replacement('日').bytes(), b"?");
    }

    #[test]
    fn half_a_character_does_not_swallow_the_next() {
        let decoded: Vec<_> = japanese().decode(b"\x93\xFAa\x93\x20\x93").collect();
        assert_eq!(decoded, [Some('日'), Some('a'), None, Some(' '), None]);
    }

    #[test]
    fn a_prefix_ends_between_characters() {
        // The second byte of the second character is a backslash in ASCII.
        let bytes = b"a\x95\x5Cb";
        let cuts: Vec<_> = (0..6)
            .map(|limit| japanese().whole_prefix(bytes, limit))
            .collect();
        assert_eq!(cuts, [0, 1, 1, 3, 4, 4]);
    }

    #[test]
    fn pages_are_equal_if_their_numbers_are() {
        assert_eq!(western(), western());
        assert_ne!(western(), japanese());
        assert_eq!(format!("{:?}", japanese()), "CodePage(932)");
    }

    proptest! {
        #[test]
        fn text_of_the_page_survives_both_directions(text in "[a-z日本語ｱ表ソ]{0,30}|[ -~éüß€]{0,30}") {
            for page in [western(), japanese()] {
                let bytes = page.encoded(&text);
                prop_assert_eq!(bytes.len(), page.encoded_length(&text));
                let back: Option<String> = page.decode(&bytes).collect();
                prop_assert_eq!(page.has_all(&text), back == Some(text.clone()));
            }
        }

        #[test]
        fn any_bytes_are_decoded_to_their_end(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            for page in [western(), japanese()] {
                let characters = page.decode(&bytes).count();
                prop_assert!(characters <= bytes.len() && characters * 2 >= bytes.len());
                for limit in 0..bytes.len() {
                    let end = page.whole_prefix(&bytes, limit);
                    prop_assert!(end <= limit && limit - end <= 1);
                }
            }
        }
    }
}
