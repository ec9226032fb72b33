//! Values of varying length, prepared for a buffer.
//!
//! A value is text, bytes, or bytes to be shown as hexadecimal digits. The buffer takes text in one of
//! the forms of [`Form`] with a terminator, or bytes without one. [`super::bound`] and [`super::parts`]
//! decide how much of it goes into one buffer.

use super::error::Warning;
use super::length::{ByteLen, CharLen};
use crate::odbc::text::{Code, CodePage, Form};

/// The value to write.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Content<'a> {
    Text(&'a str),
    /// Shown as upper-case hexadecimal digits.
    Hex(&'a [u8]),
    Bytes(&'a [u8]),
}

/// Content, and the part that a buffer must hold for anything to be delivered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Variable<'a> {
    pub content: Content<'a>,
    /// Characters (of text) or bytes that must not be cut off, else the outcome is 22003: the whole
    /// digits of a number, a date without its fraction.
    pub minimum: CharLen,
}

/// The output for one buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery<'a> {
    pub bytes: &'a [u8],
    /// Zero bytes that follow.
    pub terminator: usize,
    /// The output for the length/indicator buffer: the whole length (of the rest, if a value is
    /// read in parts), without the terminator.
    pub length: ByteLen,
    pub warning: Option<Warning>,
}

impl<'a> Delivery<'a> {
    /// A value of a fixed size.
    #[inline]
    pub fn fixed(bytes: &'a [u8], warning: Option<Warning>) -> Self {
        Self {
            bytes,
            terminator: 0,
            length: ByteLen(bytes.len()),
            warning,
        }
    }
}

/// Bytes of a terminator, and of the units of a text buffer; byte buffers have no terminator.
#[inline]
pub(super) fn terminator(form: Option<Form>) -> usize {
    form.map_or(0, Form::unit)
}

/// Cuts text and bytes at `SQL_ATTR_MAX_LENGTH`, in the buffer's units and never inside a
/// character.
pub(super) fn limit(content: Content<'_>, form: Option<Form>, max: ByteLen) -> Content<'_> {
    match content {
        Content::Text(text) => Content::Text(&text[..prefix(text, form, max)]),
        Content::Hex(bytes) => Content::Hex(&bytes[..bytes.len().min(max.0)]),
        Content::Bytes(bytes) => Content::Bytes(&bytes[..bytes.len().min(max.0)]),
    }
}

/// The longest prefix of whole characters that takes at most `room` bytes in the form.
#[inline]
pub(super) fn prefix(text: &str, form: Option<Form>, room: ByteLen) -> usize {
    let mut left = match form {
        None | Some(Form::Utf8) => return text.floor_char_boundary(room.0),
        Some(_) if encoded_length(text, form).0 <= room.0 => return text.len(),
        Some(_) => room.0,
    };
    let width = |character: char| match form {
        Some(Form::CodePage(page)) => page.code_or_replacement(character).bytes().len(),
        Some(Form::Utf16) => character.len_utf16() * 2,
        _ => 4,
    };
    for (at, character) in text.char_indices() {
        match left.checked_sub(width(character)) {
            Some(rest) => left = rest,
            None => return at,
        }
    }
    text.len()
}

/// Bytes of text in a form.
pub(super) fn encoded_length(text: &str, form: Option<Form>) -> ByteLen {
    ByteLen(match form {
        None | Some(Form::Utf8) => text.len(),
        Some(Form::CodePage(page)) => page.encoded_length(text),
        Some(Form::Utf16) => utf16_units(text.as_bytes()) * 2,
        Some(Form::Utf32) => text.bytes().filter(|byte| !is_continuation(*byte)).count() * 4,
    })
}

const fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

/// One unit for each character, and another for each with four bytes.
fn utf16_units(bytes: &[u8]) -> usize {
    // Sums of bytes in short runs vectorise; 127 times two still fits a byte.
    bytes
        .chunks(127)
        .map(|run| {
            let units: u8 = run
                .iter()
                .map(|byte| u8::from(!is_continuation(*byte)) + u8::from(*byte >= 0xF0))
                .sum();
            usize::from(units)
        })
        .sum()
}

/// The first `length` bytes of the buffer. It only grows: its old content is overwritten, not cleared.
pub(super) fn grown(buffer: &mut Vec<u8>, length: usize) -> &mut [u8] {
    if buffer.len() < length {
        buffer.resize(length, 0);
    }
    &mut buffer[..length]
}

/// Appends the beginning of the text in UTF-32, up to `room` characters. Returns the number of
/// bytes of the text that were used.
pub(super) fn push_utf32(out: &mut Vec<u8>, text: &str, room: usize) -> usize {
    let mut at = 0;
    for character in text.chars().take(room) {
        out.extend_from_slice(&u32::from(character).to_ne_bytes());
        at += character.len_utf8();
    }
    at
}

/// Appends the beginning of the text in the code page, as many whole characters as `room` bytes hold. Returns the
/// number of bytes of the text that were used, and whether the page lacked a character of them.
pub(super) fn push_code_page(
    out: &mut Vec<u8>,
    text: &str,
    page: CodePage,
    room: usize,
) -> (usize, bool) {
    let (mut at, mut room, mut lost) = (0, room, false);
    for character in text.chars() {
        let code = page.code(character);
        let bytes = code.unwrap_or(Code::REPLACEMENT);
        let Some(rest) = room.checked_sub(bytes.bytes().len()) else {
            break;
        };
        out.extend_from_slice(bytes.bytes());
        room = rest;
        lost |= code.is_none();
        at += character.len_utf8();
    }
    (at, lost)
}

/// Appends `count` hexadecimal digits, starting at digit `from`, in the form.
pub(super) fn push_hex(out: &mut Vec<u8>, bytes: &[u8], from: usize, count: usize, form: Form) {
    match form {
        Form::Utf8 | Form::CodePage(_) => push_digits(out, bytes, from, count, |digit| [digit]),
        Form::Utf16 => push_digits(out, bytes, from, count, |digit| {
            u16::from(digit).to_ne_bytes()
        }),
        Form::Utf32 => push_digits(out, bytes, from, count, |digit| {
            u32::from(digit).to_ne_bytes()
        }),
    }
}

fn push_digits<const N: usize>(
    out: &mut Vec<u8>,
    bytes: &[u8],
    from: usize,
    count: usize,
    encode: impl Fn(u8) -> [u8; N],
) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    if count == 0 {
        return;
    }
    let digit = |nibble: u8| encode(DIGITS[usize::from(nibble & 15)]);
    let end = from + count;
    let start = out.len();
    let touched = &bytes[from / 2..end.div_ceil(2)];
    out.resize(start + touched.len() * 2 * N, 0);
    for (pair, byte) in out[start..].chunks_exact_mut(2 * N).zip(touched) {
        pair[..N].copy_from_slice(&digit(byte >> 4));
        pair[N..].copy_from_slice(&digit(*byte));
    }
    // Parts may begin and end between the two digits of a byte.
    if end % 2 == 1 {
        out.truncate(out.len() - N);
    }
    if from % 2 == 1 {
        out.drain(start..start + N);
    }
}
