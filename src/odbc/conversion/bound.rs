//! Writing into bound buffers: the value, or as many of its whole characters as fit.

use super::content::{
    Content, Delivery, Variable, encoded_length, grown, prefix, push_code_page, push_hex,
    push_utf32, terminator,
};
use super::error::{ConversionError, Warning};
use super::length::ByteLen;
use super::utf16;
use crate::odbc::text::Form;

/// Writes a value into a buffer of this size in bytes, terminator included. `form` is `None` if the
/// buffer takes bytes. Never cuts a character, a surrogate pair or the two digits of a byte.
#[inline]
pub(super) fn write<'a>(
    value: Variable<'a>,
    form: Option<Form>,
    capacity: ByteLen,
    out: &'a mut Vec<u8>,
) -> Result<Delivery<'a>, ConversionError> {
    let unit = terminator(form);
    let minimum = value.minimum.bytes(unit.max(1));
    if minimum.0 != 0 && minimum.0 + unit > capacity.0 {
        return Err(ConversionError::BufferTooShort);
    }
    let room = ByteLen(capacity.0.saturating_sub(unit));
    let mut lacking = None;
    let (bytes, length) = match (value.content, form) {
        (Content::Bytes(bytes), _) | (Content::Hex(bytes), None) => {
            (&bytes[..bytes.len().min(room.0)], bytes.len())
        }
        (Content::Text(text), None) => (&text.as_bytes()[..text.len().min(room.0)], text.len()),
        (Content::Text(text), Some(Form::Utf8)) => {
            (&text.as_bytes()[..prefix(text, form, room)], text.len())
        }
        // ASCII is the same in every code page.
        (Content::Text(text), Some(Form::CodePage(_))) if text.is_ascii() => {
            (&text.as_bytes()[..text.len().min(room.0)], text.len())
        }
        (Content::Text(text), Some(Form::CodePage(page))) => {
            out.clear();
            let (used, lost) = push_code_page(out, text, page, room.0);
            lacking = lost.then_some(Warning::CharactersReplaced(page.number()));
            (&out[..], out.len() + page.encoded_length(&text[used..]))
        }
        (Content::Text(text), Some(form)) => encode(text, form, room, out),
        (Content::Hex(bytes), Some(form)) => {
            out.clear();
            let total = bytes.len() * 2;
            let digits = room.0 / unit / 2 * 2;
            push_hex(out, bytes, 0, total.min(digits), form);
            (&out[..], total * unit)
        }
    };
    let terminated = if capacity.0 < unit { 0 } else { unit };
    let whole = bytes.len() == length && terminated == unit;
    Ok(Delivery {
        bytes,
        terminator: terminated,
        length: ByteLen(length),
        warning: match whole {
            true => lacking,
            false => Some(Warning::DataTruncated),
        },
    })
}

#[inline]
fn encode<'a>(text: &str, form: Form, room: ByteLen, out: &'a mut Vec<u8>) -> (&'a [u8], usize) {
    let (used, written) = match form {
        Form::Utf16 => {
            let most = (room.0 / 2).min(text.len()) * 2;
            utf16::encode(text, grown(out, most))
        }
        _ => {
            out.clear();
            let used = push_utf32(out, text, room.0 / form.unit());
            (used, out.len())
        }
    };
    let rest = match used == text.len() {
        true => 0,
        false => encoded_length(&text[used..], Some(form)).0,
    };
    (&out[..written], written + rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::odbc::conversion::length::CharLen;
    use crate::odbc::testing::code_pages::{japanese, western};
    use crate::odbc::text::{decode, encode};
    use proptest::prelude::*;

    fn free(content: Content<'_>) -> Variable<'_> {
        Variable {
            content,
            minimum: CharLen(0),
        }
    }

    #[test]
    fn a_surrogate_pair_is_not_cut() {
        let mut out = Vec::new();
        let value = free(Content::Text("a😀"));
        let cut = write(value, Some(Form::Utf16), ByteLen(6), &mut out).unwrap();
        assert_eq!(
            (cut.bytes.len(), cut.terminator, cut.length),
            (2, 2, ByteLen(6))
        );
        assert_eq!(cut.warning, Some(Warning::DataTruncated));
        let whole = write(value, Some(Form::Utf16), ByteLen(8), &mut out).unwrap();
        assert_eq!((whole.bytes.len(), whole.warning), (6, None));
    }

    #[test]
    fn a_buffer_without_room_for_the_terminator_gets_nothing() {
        let mut out = Vec::new();
        let cut = write(
            free(Content::Text("")),
            Some(Form::Utf16),
            ByteLen(1),
            &mut out,
        )
        .unwrap();
        assert_eq!(
            (cut.bytes.len(), cut.terminator, cut.length),
            (0, 0, ByteLen(0))
        );
        assert_eq!(cut.warning, Some(Warning::DataTruncated));
    }

    #[test]
    fn bytes_become_upper_case_digits() {
        let mut out = Vec::new();
        let value = free(Content::Hex(&[0, 0xFF, 0x1A]));
        let whole = write(value, Some(Form::Utf8), ByteLen(7), &mut out).unwrap();
        assert_eq!((whole.bytes, whole.warning), (&b"00FF1A"[..], None));
        let cut = write(value, Some(Form::Utf8), ByteLen(4), &mut out).unwrap();
        assert_eq!((cut.bytes, cut.length), (&b"00"[..], ByteLen(6)));
    }

    #[test]
    fn whole_digits_are_not_cut() {
        let mut out = Vec::new();
        let value = Variable {
            content: Content::Text("12.5"),
            minimum: CharLen(2),
        };
        let short = write(value, Some(Form::Utf8), ByteLen(2), &mut out);
        assert_eq!(short, Err(ConversionError::BufferTooShort));
        let cut = write(value, Some(Form::Utf8), ByteLen(3), &mut out).unwrap();
        assert_eq!(
            (cut.bytes, cut.warning),
            (&b"12"[..], Some(Warning::DataTruncated))
        );
        assert!(write(value, Some(Form::Utf16), ByteLen(5), &mut out).is_err());
        assert!(write(value, Some(Form::Utf16), ByteLen(6), &mut out).is_ok());
    }

    proptest! {
        #[test]
        fn a_bound_column_is_cut_at_a_whole_character(
            text in "[a-z]{0,40}|\\PC{0,40}|[aé漢😀]{0,70}|[a表ｱ]{0,60}", capacity in 0_usize..200
        ) {
            for form in [
                Form::Utf8,
                Form::Utf16,
                Form::Utf32,
                Form::CodePage(western()),
                Form::CodePage(japanese()),
            ] {
                let mut out = Vec::new();
                let delivery =
                    write(free(Content::Text(&text)), Some(form), ByteLen(capacity), &mut out).unwrap();
                prop_assert!(delivery.bytes.len() + delivery.terminator <= capacity);
                let length = |text: &str| encode(text, form).len();
                // Question marks have the places of characters that the form lacks.
                let seen = |text: &str| decode(&encode(text, form), form);
                let part = decode(delivery.bytes, form);
                prop_assert!(seen(&text).starts_with(&part));
                let total = length(&text);
                prop_assert_eq!(delivery.length, ByteLen(total));
                let whole = total + form.unit() <= capacity;
                let lost = match form {
                    Form::CodePage(page) if !page.has_all(&text) => {
                        Some(Warning::CharactersReplaced(page.number()))
                    }
                    _ => None,
                };
                let warning = if whole { lost } else { Some(Warning::DataTruncated) };
                prop_assert_eq!(delivery.warning, warning);
                prop_assert_eq!(whole, delivery.terminator != 0 && part == seen(&text));
                // The prefix is the longest that fits.
                if let Some(next) = text.chars().nth(part.chars().count()) {
                    let more = delivery.bytes.len() + form.unit() + length(&next.to_string());
                    prop_assert!(more > capacity);
                }
            }
        }
    }
}
