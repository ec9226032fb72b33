//! A quick reader of JSON for serde, for the usual form of Graph's replies.
//!
//! It is several times as fast as serde_json because the text was validated as a whole before, so that a string ends at
//! its next quotation mark. It reads nothing that serde_json does not read in the same way, but not everything that it
//! reads, and it says nothing about errors. So a reply that it does not read has to be read again, by serde_json.

use memchr::memchr2;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use std::fmt;

/// serde_json does not read what is nested deeper than 128.
const DEEPEST: u8 = 100;
/// More digits may not fit into 64 bits.
const MOST_DIGITS: usize = 18;
const WORD: usize = size_of::<u64>();
/// Strings up to this length are searched without a call of another crate.
const SHORT: usize = 4 * WORD;

/// The JSON is not in the usual form, or is not what a visitor expects.
#[derive(Debug)]
pub(super) struct Unusual;

impl fmt::Display for Unusual {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("unusual JSON")
    }
}

impl std::error::Error for Unusual {}

impl Error for Unusual {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

pub(super) struct Reader<'de> {
    json: &'de str,
    at: usize,
    depth: u8,
    /// The text of the last string that had escapes.
    text: String,
}

impl<'de> Reader<'de> {
    /// A reader of a whole reply; `None` if that must be read by serde_json.
    pub(super) fn new(reply: &'de [u8]) -> Option<Self> {
        // Control characters are not allowed in strings. Between tokens they are white space, which Graph does not send.
        let lowest = reply.iter().fold(u8::MAX, |lowest, byte| lowest.min(*byte));
        if lowest < b' ' {
            return None;
        }
        Some(Self {
            json: std::str::from_utf8(reply).ok()?,
            at: 0,
            depth: 0,
            text: String::new(),
        })
    }

    /// Whether everything was read.
    pub(super) fn is_at_end(&self) -> bool {
        self.json.as_bytes()[self.at..].trim_ascii().is_empty()
    }

    /// The next byte that is no space, which is not taken.
    #[inline(always)]
    fn peek(&mut self) -> Result<u8, Unusual> {
        loop {
            match self.json.as_bytes().get(self.at) {
                Some(b' ') => self.at += 1,
                Some(byte) => return Ok(*byte),
                None => return Err(Unusual),
            }
        }
    }

    #[inline(always)]
    fn take(&mut self, expected: u8) -> Result<(), Unusual> {
        match self.peek()? == expected {
            true => {
                self.at += 1;
                Ok(())
            }
            false => Err(Unusual),
        }
    }

    #[inline(always)]
    fn take_word<T>(&mut self, word: &str, value: T) -> Result<T, Unusual> {
        match self.json.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            true => {
                self.at += word.len();
                Ok(value)
            }
            false => Err(Unusual),
        }
    }

    /// The string at whose quotation mark the reader is; `None` if it has escapes and is in `self.text`.
    #[inline(always)]
    fn string(&mut self) -> Result<Option<&'de str>, Unusual> {
        let json = self.json;
        let start = self.at + 1;
        let end = start + end_of_plain(&json.as_bytes()[start..]).ok_or(Unusual)?;
        if json.as_bytes()[end] != b'"' {
            return self.with_escapes(start, end);
        }
        self.at = end + 1;
        Ok(Some(&json[start..end]))
    }

    /// Writes a string from `start` into `self.text`. Its first escape is at `end`.
    fn with_escapes(&mut self, start: usize, mut end: usize) -> Result<Option<&'de str>, Unusual> {
        let json = self.json;
        self.text.clear();
        self.text.push_str(&json[start..end]);
        while json.as_bytes()[end] == b'\\' {
            let after = end + 1 + self.escape(&json.as_bytes()[end + 1..])?;
            end = after + end_of_plain(&json.as_bytes()[after..]).ok_or(Unusual)?;
            self.text.push_str(&json[after..end]);
        }
        self.at = end + 1;
        Ok(None)
    }

    /// Adds the character of an escape that goes on with these bytes, and gives the number of its own.
    fn escape(&mut self, rest: &[u8]) -> Result<usize, Unusual> {
        let (character, length) = match rest.first() {
            Some(b'n') => ('\n', 1),
            Some(b'r') => ('\r', 1),
            Some(b't') => ('\t', 1),
            Some(b'b') => ('\u{8}', 1),
            Some(b'f') => ('\u{c}', 1),
            Some(byte @ (b'"' | b'\\' | b'/')) => (char::from(*byte), 1),
            Some(b'u') => {
                let high = unit(&rest[1..])?;
                match char::from_u32(high) {
                    Some(character) => (character, 5),
                    None => {
                        let low = rest[5..].strip_prefix(br"\u").ok_or(Unusual)?;
                        (pair(high, unit(low)?)?, 11)
                    }
                }
            }
            _ => return Err(Unusual),
        };
        self.text.push(character);
        Ok(length)
    }

    fn number<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Unusual> {
        let rest = &self.json.as_bytes()[self.at..];
        let is_part = |byte: &&u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let length = rest.iter().take_while(is_part).count();
        let number = &self.json[self.at..self.at + length];
        self.at += length;
        let is_short = length <= MOST_DIGITS && (length == 1 || !number.starts_with('0'));
        if is_short && let Some(value) = digits(number) {
            return visitor.visit_u64(value);
        }
        let mut json = serde_json::Deserializer::from_str(number);
        let value = json.deserialize_any(visitor).map_err(|_| Unusual)?;
        json.end().map_err(|_| Unusual)?;
        Ok(value)
    }

    fn deeper<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Unusual>,
    ) -> Result<T, Unusual> {
        if self.depth == DEEPEST {
            return Err(Unusual);
        }
        self.at += 1;
        self.depth += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }
}

/// The number of bytes before the first quotation mark or backslash.
#[inline(always)]
fn end_of_plain(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while at < SHORT
        && let Some(word) = bytes[at..].first_chunk::<WORD>()
    {
        let word = u64::from_le_bytes(*word);
        let found = zeros(word ^ each(b'"')) | zeros(word ^ each(b'\\'));
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += WORD;
    }
    memchr2(b'"', b'\\', &bytes[at..]).map(|found| at + found)
}

/// A word with this byte everywhere.
const fn each(byte: u8) -> u64 {
    u64::MAX / 255 * byte as u64
}

/// The highest bit of each byte that is zero, up to the first of them; those after it mean nothing.
fn zeros(word: u64) -> u64 {
    word.wrapping_sub(each(1)) & !word & each(0x80)
}

fn digits(number: &str) -> Option<u64> {
    let number = number.as_bytes();
    let value = number.iter().try_fold(0, |value, digit| {
        digit
            .is_ascii_digit()
            .then(|| value * 10 + u64::from(digit - b'0'))
    });
    value.filter(|_| !number.is_empty())
}

/// Four hexadecimal digits.
fn unit(bytes: &[u8]) -> Result<u32, Unusual> {
    let digits = bytes.first_chunk::<4>().ok_or(Unusual)?;
    digits.iter().try_fold(0, |unit, digit| {
        let digit = char::from(*digit).to_digit(16).ok_or(Unusual)?;
        Ok(unit << 4 | digit)
    })
}

/// The character of a surrogate pair.
fn pair(high: u32, low: u32) -> Result<char, Unusual> {
    let units = [high as u16, low as u16];
    let mut characters = char::decode_utf16(units);
    match (characters.next(), characters.next()) {
        (Some(Ok(character)), None) => Ok(character),
        _ => Err(Unusual),
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Unusual;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unusual> {
        match self.peek()? {
            b'"' => match self.string()? {
                Some(text) => visitor.visit_borrowed_str(text),
                None => visitor.visit_str(&self.text),
            },
            b'{' => self.deeper(|reader| {
                let mut members = Items::new(reader);
                let value = visitor.visit_map(&mut members)?;
                members.end(value)
            }),
            b'[' => self.deeper(|reader| {
                let mut elements = Items::new(reader);
                let value = visitor.visit_seq(&mut elements)?;
                elements.end(value)
            }),
            b't' => {
                self.take_word("true", ())?;
                visitor.visit_bool(true)
            }
            b'f' => {
                self.take_word("false", ())?;
                visitor.visit_bool(false)
            }
            b'n' => {
                self.take_word("null", ())?;
                visitor.visit_unit()
            }
            _ => self.number(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unusual> {
        match self.peek()? {
            b'n' => {
                self.take_word("null", ())?;
                visitor.visit_none()
            }
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unusual> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

/// The members of an object or the elements of an array.
struct Items<'r, 'de> {
    reader: &'r mut Reader<'de>,
    has_begun: bool,
    has_ended: bool,
}

impl<'r, 'de> Items<'r, 'de> {
    fn new(reader: &'r mut Reader<'de>) -> Self {
        Self {
            reader,
            has_begun: false,
            has_ended: false,
        }
    }

    /// Goes to the next item; `false` if the end comes instead.
    fn next(&mut self, end: u8) -> Result<bool, Unusual> {
        let next = self.reader.peek()?;
        if next == end {
            self.reader.at += 1;
            self.has_ended = true;
            return Ok(false);
        }
        if std::mem::replace(&mut self.has_begun, true) {
            self.reader.take(b',')?;
        }
        Ok(true)
    }

    fn end<T>(self, value: T) -> Result<T, Unusual> {
        match self.has_ended {
            true => Ok(value),
            false => Err(Unusual),
        }
    }
}

impl<'de> MapAccess<'de> for &mut Items<'_, 'de> {
    type Error = Unusual;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Unusual> {
        if !self.next(b'}')? {
            return Ok(None);
        }
        match self.reader.peek()? {
            b'"' => seed.deserialize(&mut *self.reader).map(Some),
            _ => Err(Unusual),
        }
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unusual> {
        self.reader.take(b':')?;
        seed.deserialize(&mut *self.reader)
    }
}

impl<'de> SeqAccess<'de> for &mut Items<'_, 'de> {
    type Error = Unusual;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unusual> {
        match self.next(b']')? {
            true => seed.deserialize(&mut *self.reader).map(Some),
            false => Ok(None),
        }
    }
}
