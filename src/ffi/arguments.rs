//! Typed arguments of the exported functions.
//!
//! ODBC's rule for lengths of text hides in its prototypes. If the pointer has a character type,
//! lengths count characters; if it is an `SQLPOINTER`, they count bytes. The pointer's type decides
//! here, so a length cannot be taken for the other kind.

use super::types::{Char, Pointer, WChar};
use crate::odbc::memory::AppPtr;
use crate::odbc::text::{Counts, LengthWord, Spelling, TextIn, TextOut};

/// A character type of a prototype; it determines the spelling.
pub(super) trait Character {
    const SPELLING: Spelling;
}

impl Character for Char {
    const SPELLING: Spelling = Spelling::Ansi;
}

impl Character for WChar {
    const SPELLING: Spelling = Spelling::Wide;
}

/// The integer type of an output length.
pub(super) trait Length {
    const WORD: LengthWord;
}

impl Length for i16 {
    const WORD: LengthWord = LengthWord::Short;
}

impl Length for i32 {
    const WORD: LengthWord = LengthWord::Integer;
}

/// An address in the application's memory.
pub(super) fn at<T>(pointer: *mut T) -> AppPtr {
    AppPtr::new(pointer.expose_provenance())
}

/// A handle's token.
pub(super) fn token(handle: impl Into<AnyHandle>) -> usize {
    handle.into().0
}

/// A handle of any kind.
pub(super) struct AnyHandle(usize);

macro_rules! any_handle {
    ($($kind:ident),*) => {$(
        impl From<odbc_sys::$kind> for AnyHandle {
            fn from(handle: odbc_sys::$kind) -> Self {
                Self(handle.0.addr())
            }
        }
    )*};
}

any_handle!(Handle, HEnv, HDbc, HStmt, HDesc);

/// Text with a length in characters.
pub(super) fn text<C: Character>(pointer: *mut C, length: impl Into<i32>) -> TextIn {
    TextIn {
        at: at(pointer),
        length: length.into() as isize,
        counts: Counts::Characters,
        spelling: C::SPELLING,
    }
}

/// Text behind an `SQLPOINTER`, with a length in bytes.
pub(super) fn value(pointer: Pointer, length: i32, spelling: Spelling) -> TextIn {
    TextIn {
        at: at(pointer),
        length: length as isize,
        counts: Counts::Bytes,
        spelling,
    }
}

/// A buffer for text, with its size and the text's length in characters.
pub(super) fn text_buffer<C: Character, L: Length>(
    pointer: *mut C,
    capacity: impl Into<i32>,
    length: *mut L,
) -> TextOut {
    TextOut {
        at: at(pointer),
        capacity: capacity.into() as isize,
        counts: Counts::Characters,
        spelling: C::SPELLING,
        length_at: at(length),
        length_word: L::WORD,
    }
}

/// A buffer behind an `SQLPOINTER`, with its size and the value's length in bytes.
pub(super) fn value_buffer<L: Length>(
    pointer: Pointer,
    capacity: impl Into<i32>,
    length: *mut L,
    spelling: Spelling,
) -> TextOut {
    TextOut {
        at: at(pointer),
        capacity: capacity.into() as isize,
        counts: Counts::Bytes,
        spelling,
        length_at: at(length),
        length_word: L::WORD,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ptr;

    #[test]
    fn the_type_of_the_pointer_decides_what_lengths_count() {
        let mut short = 0_i16;
        let wide = text_buffer(ptr::null_mut::<WChar>(), 7_i16, &raw mut short);
        assert_eq!(
            (wide.counts, wide.spelling),
            (Counts::Characters, Spelling::Wide)
        );
        assert_eq!((wide.capacity, wide.length_word), (7, LengthWord::Short));
        let mut integer = 0_i32;
        let bytes = value_buffer(ptr::null_mut(), 7, &raw mut integer, Spelling::Wide);
        assert_eq!(
            (bytes.counts, bytes.length_word),
            (Counts::Bytes, LengthWord::Integer)
        );
        assert_eq!(text(ptr::null_mut::<Char>(), -3_i16).length, -3);
        assert_eq!(text(ptr::null_mut::<Char>(), 70_000_i32).length, 70_000);
    }
}
