//! Text that crosses the boundary: names, statements, messages. (Column values have their own
//! writers in `conversion`.)
//!
//! Every ODBC function has an ANSI spelling, whose text is UTF-8 here, and a wide one, whose units
//! are 2 or 4 bytes wide, like the driver manager's. Some functions count bytes, others characters
//! (units). [`TextIn`] and [`TextOut`] record which, so that no caller multiplies a length.

use super::diagnostics::{Error, sqlstate};
use super::memory::{AppMemory, AppPtr};

/// Which spelling of a function the application called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    Ansi,
    Wide,
}

/// How many bytes a wide character has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WideWidth {
    /// unixODBC and Windows: UTF-16.
    #[default]
    Two,
    /// iODBC: UTF-32.
    Four,
}

impl WideWidth {
    /// `SQL_DM_CP_UTF16`, `SQL_DM_CP_UCS4`: how iODBC names the width.
    pub const fn iodbc_code(self) -> usize {
        match self {
            WideWidth::Two => 1,
            WideWidth::Four => 3,
        }
    }

    pub const fn from_iodbc_code(code: usize) -> Option<Self> {
        match code {
            1 => Some(WideWidth::Two),
            3 => Some(WideWidth::Four),
            _ => None,
        }
    }
}

/// Text's form in the application's memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Utf8,
    Utf16,
    Utf32,
}

impl Form {
    pub const fn of(spelling: Spelling, width: WideWidth) -> Self {
        match (spelling, width) {
            (Spelling::Ansi, _) => Form::Utf8,
            (Spelling::Wide, WideWidth::Two) => Form::Utf16,
            (Spelling::Wide, WideWidth::Four) => Form::Utf32,
        }
    }

    pub const fn unit(self) -> usize {
        match self {
            Form::Utf8 => 1,
            Form::Utf16 => 2,
            Form::Utf32 => 4,
        }
    }
}

/// The unit of text lengths of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    Bytes,
    /// Units of the spelling: bytes in ANSI spelling, wide characters in the wide one.
    Characters,
}

/// Text given by the application.
#[derive(Clone, Copy, Debug)]
pub struct TextIn {
    pub at: AppPtr,
    /// Length as given, or `SQL_NTS`.
    pub length: isize,
    pub counts: Counts,
    pub spelling: Spelling,
}

impl TextIn {
    /// The text, or `None` for a null address. A negative length other than `SQL_NTS` is HY090.
    pub fn read(&self, memory: &impl AppMemory, width: WideWidth) -> Result<Option<String>, Error> {
        if self.at.is_null() {
            return Ok(None);
        }
        let form = Form::of(self.spelling, width);
        let bytes = match self.length {
            super::constants::indicator::NTS => read_terminated(memory, self.at, form.unit()),
            length if length < 0 => return Err(Error::of(sqlstate::HY090)),
            length => {
                let bytes = match self.counts {
                    Counts::Bytes => length as usize / form.unit() * form.unit(),
                    Counts::Characters => (length as usize).saturating_mul(form.unit()),
                };
                memory.read_vec(self.at, bytes)
            }
        };
        Ok(Some(decode(&bytes, form)))
    }

    /// The text; a null address is HY009.
    pub fn required(&self, memory: &impl AppMemory, width: WideWidth) -> Result<String, Error> {
        self.read(memory, width)?
            .ok_or_else(|| Error::of(sqlstate::HY009))
    }
}

/// The bytes up to a terminator of `unit` zero bytes.
pub fn read_terminated(memory: &impl AppMemory, at: AppPtr, unit: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut word = [0; 4];
    loop {
        memory.read(at.plus(bytes.len()), &mut word[..unit]);
        if word[..unit].iter().all(|byte| *byte == 0) {
            return bytes;
        }
        bytes.extend_from_slice(&word[..unit]);
    }
}

/// Decodes text; invalid sequences become U+FFFD.
pub fn decode(bytes: &[u8], form: Form) -> String {
    match form {
        Form::Utf8 => String::from_utf8_lossy(bytes).into_owned(),
        Form::Utf16 => {
            let units = bytes
                .chunks_exact(2)
                .map(|unit| u16::from_ne_bytes([unit[0], unit[1]]));
            char::decode_utf16(units)
                .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect()
        }
        Form::Utf32 => bytes
            .chunks_exact(4)
            .map(|unit| u32::from_ne_bytes([unit[0], unit[1], unit[2], unit[3]]))
            .map(|unit| char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect(),
    }
}

/// Text's bytes, without a terminator.
pub fn encode(text: &str, form: Form) -> Vec<u8> {
    match form {
        Form::Utf8 => text.as_bytes().to_vec(),
        Form::Utf16 => text.encode_utf16().flat_map(u16::to_ne_bytes).collect(),
        Form::Utf32 => text
            .chars()
            .flat_map(|c| u32::from(c).to_ne_bytes())
            .collect(),
    }
}

/// Whether the buffer held the text.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    Whole,
    Truncated,
}

/// The integer type of an output length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LengthWord {
    Short,
    Integer,
}

/// A buffer of the application for text, and the address of its length.
#[derive(Clone, Copy, Debug)]
pub struct TextOut {
    pub at: AppPtr,
    /// Room in the buffer, terminator included.
    pub capacity: isize,
    pub counts: Counts,
    pub spelling: Spelling,
    pub length_at: AppPtr,
    pub length_word: LengthWord,
}

impl TextOut {
    /// Writes the text with a terminator, cut at a whole character if it does not fit, and its
    /// total length. Without a buffer only the length is written.
    pub fn write(
        &self,
        memory: &impl AppMemory,
        width: WideWidth,
        text: &str,
    ) -> Result<Written, Error> {
        let form = Form::of(self.spelling, width);
        if self.capacity < 0 && !self.at.is_null() {
            return Err(Error::of(sqlstate::HY090));
        }
        let bytes = encode(text, form);
        self.write_length(memory, bytes.len(), form);
        if self.at.is_null() {
            return Ok(Written::Whole);
        }
        let room = match self.counts {
            Counts::Bytes => self.capacity as usize / form.unit(),
            Counts::Characters => self.capacity as usize,
        };
        if room == 0 {
            return Ok(Written::Truncated);
        }
        let whole = bytes.len() / form.unit();
        let kept = if whole < room {
            bytes.len()
        } else {
            cut(&bytes, (room - 1) * form.unit(), form)
        };
        memory.write(self.at, &bytes[..kept]);
        memory.write(self.at.plus(kept), &[0; 4][..form.unit()]);
        Ok(if kept == bytes.len() {
            Written::Whole
        } else {
            Written::Truncated
        })
    }

    fn write_length(&self, memory: &impl AppMemory, bytes: usize, form: Form) {
        let length = match self.counts {
            Counts::Bytes => bytes,
            Counts::Characters => bytes / form.unit(),
        };
        match self.length_word {
            LengthWord::Short => {
                memory.write_i16(self.length_at, i16::try_from(length).unwrap_or(i16::MAX));
            }
            LengthWord::Integer => {
                memory.write_i32(self.length_at, i32::try_from(length).unwrap_or(i32::MAX));
            }
        }
    }
}

/// The longest prefix of at most `limit` bytes that ends at a whole character.
fn cut(bytes: &[u8], limit: usize, form: Form) -> usize {
    let mut end = limit.min(bytes.len());
    match form {
        Form::Utf8 => {
            while end > 0 && end < bytes.len() && bytes[end] & 0xC0 == 0x80 {
                end -= 1;
            }
        }
        Form::Utf16 => {
            let splits_pair = end >= 2
                && end + 2 <= bytes.len()
                && (0xDC00..0xE000).contains(&u16::from_ne_bytes([bytes[end], bytes[end + 1]]));
            if splits_pair {
                end -= 2;
            }
        }
        Form::Utf32 => {}
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::odbc::testing::Arena;
    use proptest::prelude::*;

    fn out(
        at: AppPtr,
        capacity: isize,
        counts: Counts,
        spelling: Spelling,
        length_at: AppPtr,
    ) -> TextOut {
        TextOut {
            at,
            capacity,
            counts,
            spelling,
            length_at,
            length_word: LengthWord::Short,
        }
    }

    #[test]
    fn a_null_buffer_still_gets_the_total_length() {
        let arena = Arena::new();
        let length = arena.allocate(2);
        let wide = out(AppPtr::NULL, 0, Counts::Bytes, Spelling::Wide, length);
        assert_eq!(
            wide.write(&arena, WideWidth::Two, "abc").unwrap(),
            Written::Whole
        );
        assert_eq!(arena.i16(length), 6);
        let wide = out(AppPtr::NULL, 0, Counts::Characters, Spelling::Wide, length);
        assert_eq!(
            wide.write(&arena, WideWidth::Two, "abc").unwrap(),
            Written::Whole
        );
        assert_eq!(arena.i16(length), 3);
    }

    #[test]
    fn a_negative_length_is_hy090() {
        let arena = Arena::new();
        let at = arena.text("abc");
        let text = TextIn {
            at,
            length: -7,
            counts: Counts::Characters,
            spelling: Spelling::Ansi,
        };
        assert_eq!(
            text.read(&arena, WideWidth::Two).unwrap_err().state,
            sqlstate::HY090
        );
    }

    proptest! {
        #[test]
        fn any_text_survives_both_directions(
            text in "[^\0]{0,40}", four in any::<bool>(), ansi in any::<bool>()
        ) {
            let width = if four { WideWidth::Four } else { WideWidth::Two };
            let spelling = if ansi { Spelling::Ansi } else { Spelling::Wide };
            let arena = Arena::new();
            let (at, length_at) = (arena.allocate(400), arena.allocate(2));
            let written = out(at, 400, Counts::Bytes, spelling, length_at)
                .write(&arena, width, &text).unwrap();
            prop_assert_eq!(written, Written::Whole);
            let given = TextIn { at, length: -3, counts: Counts::Characters, spelling };
            prop_assert_eq!(given.read(&arena, width).unwrap().unwrap(), text);
        }

        #[test]
        fn a_short_buffer_gets_a_prefix_of_whole_characters_and_a_terminator(
            text in "[^\0]{0,20}", capacity in 0_isize..30, four in any::<bool>(), ansi in any::<bool>()
        ) {
            let width = if four { WideWidth::Four } else { WideWidth::Two };
            let spelling = if ansi { Spelling::Ansi } else { Spelling::Wide };
            let form = Form::of(spelling, width);
            let arena = Arena::new();
            let (at, length_at) = (arena.allocate(400), arena.allocate(2));
            let before = arena.bytes(at, 400);
            let written = out(at, capacity, Counts::Characters, spelling, length_at)
                .write(&arena, width, &text).unwrap();
            let total = encode(&text, form).len() / form.unit();
            prop_assert_eq!(arena.i16(length_at) as usize, total);
            prop_assert_eq!(written == Written::Whole, total < capacity as usize);
            let end = capacity as usize * form.unit();
            prop_assert_eq!(&arena.bytes(at, 400)[end..], &before[end..]);
            if capacity > 0 {
                let given = TextIn { at, length: -3, counts: Counts::Characters, spelling };
                let read = given.read(&arena, width).unwrap().unwrap();
                prop_assert!(text.starts_with(&read));
            }
        }
    }
}
