//! Text that crosses the boundary: names, statements, messages. (Column values have their own
//! writers in `conversion`.)
//!
//! Every ODBC function has an ANSI spelling and a wide one; [`Encoding`] has the encodings of both. Some
//! functions count bytes, others characters (units). [`TextIn`] and [`TextOut`] record which, so that no
//! caller multiplies a length.

mod code_page;
mod encoding;

use super::diagnostics::{Error, sqlstate};
use super::memory::{AppMemory, AppPtr};
// Only Windows and tests have code pages.
#[cfg(any(windows, test))]
pub use code_page::Characters;
pub use code_page::{Code, CodePage};
use encoding::cut;
pub use encoding::{Encoding, Form, Narrow, Spelling, WideWidth, decode, encode};

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
    pub fn read(
        &self,
        memory: &impl AppMemory,
        encoding: Encoding,
    ) -> Result<Option<String>, Error> {
        if self.at.is_null() {
            return Ok(None);
        }
        let form = Form::of(self.spelling, encoding);
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
    pub fn required(&self, memory: &impl AppMemory, encoding: Encoding) -> Result<String, Error> {
        self.read(memory, encoding)?
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
        encoding: Encoding,
        text: &str,
    ) -> Result<Written, Error> {
        let form = Form::of(self.spelling, encoding);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::odbc::testing::Arena;
    use crate::odbc::testing::code_pages::{japanese, western};
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
            wide.write(&arena, Encoding::default(), "abc").unwrap(),
            Written::Whole
        );
        assert_eq!(arena.i16(length), 6);
        let wide = out(AppPtr::NULL, 0, Counts::Characters, Spelling::Wide, length);
        assert_eq!(
            wide.write(&arena, Encoding::default(), "abc").unwrap(),
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
            text.read(&arena, Encoding::default()).unwrap_err().state,
            sqlstate::HY090
        );
    }

    fn any_encoding(narrow: usize, four: bool) -> Encoding {
        let wide = if four {
            WideWidth::Four
        } else {
            WideWidth::Two
        };
        let narrow = match narrow {
            0 => Narrow::Utf8,
            1 => Narrow::CodePage(western()),
            _ => Narrow::CodePage(japanese()),
        };
        Encoding { narrow, wide }
    }

    /// The characters of the text that the encoding has.
    fn within(text: String, spelling: Spelling, encoding: Encoding) -> String {
        match Form::of(spelling, encoding) {
            Form::CodePage(page) => text.chars().filter(|c| page.code(*c).is_some()).collect(),
            _ => text,
        }
    }

    #[test]
    fn a_code_page_writes_question_marks_for_characters_that_it_lacks() {
        let arena = Arena::new();
        let (at, length_at) = (arena.allocate(8), arena.allocate(2));
        let encoding = any_encoding(1, false);
        let written = out(at, 8, Counts::Bytes, Spelling::Ansi, length_at)
            .write(&arena, encoding, "ü日😀€")
            .unwrap();
        assert_eq!(written, Written::Whole);
        assert_eq!(
            (&arena.bytes(at, 5)[..], arena.i16(length_at)),
            (&b"\xFC??\x80\0"[..], 4)
        );
    }

    proptest! {
        #[test]
        fn any_text_survives_both_directions(
            text in "[^\0]{0,40}|[aé€日表ｱ]{0,40}", narrow in 0..3_usize, four in any::<bool>(), ansi in any::<bool>()
        ) {
            let encoding = any_encoding(narrow, four);
            let spelling = if ansi { Spelling::Ansi } else { Spelling::Wide };
            let text = within(text, spelling, encoding);
            let arena = Arena::new();
            let (at, length_at) = (arena.allocate(400), arena.allocate(2));
            let written = out(at, 400, Counts::Bytes, spelling, length_at)
                .write(&arena, encoding, &text).unwrap();
            prop_assert_eq!(written, Written::Whole);
            let given = TextIn { at, length: -3, counts: Counts::Characters, spelling };
            prop_assert_eq!(given.read(&arena, encoding).unwrap().unwrap(), text);
        }

        #[test]
        fn a_short_buffer_gets_a_prefix_of_whole_characters_and_a_terminator(
            text in "[^\0]{0,20}|[aé€日表ｱ]{0,20}", capacity in 0_isize..30,
            narrow in 0..3_usize, four in any::<bool>(), ansi in any::<bool>()
        ) {
            let encoding = any_encoding(narrow, four);
            let spelling = if ansi { Spelling::Ansi } else { Spelling::Wide };
            let text = within(text, spelling, encoding);
            let form = Form::of(spelling, encoding);
            let arena = Arena::new();
            let (at, length_at) = (arena.allocate(400), arena.allocate(2));
            let before = arena.bytes(at, 400);
            let written = out(at, capacity, Counts::Characters, spelling, length_at)
                .write(&arena, encoding, &text).unwrap();
            let total = encode(&text, form).len() / form.unit();
            prop_assert_eq!(arena.i16(length_at) as usize, total);
            prop_assert_eq!(written == Written::Whole, total < capacity as usize);
            let end = capacity as usize * form.unit();
            prop_assert_eq!(&arena.bytes(at, 400)[end..], &before[end..]);
            if capacity > 0 {
                let given = TextIn { at, length: -3, counts: Counts::Characters, spelling };
                let read = given.read(&arena, encoding).unwrap().unwrap();
                prop_assert!(text.starts_with(&read));
            }
        }
    }
}
