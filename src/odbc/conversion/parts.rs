//! Reading a value in parts (`SQLGetData`).
//!
//! Each part fills its buffer to the last unit, because applications rely on it. pyodbc, for one,
//! assumes that a truncated buffer is full (its size less the terminator), and would otherwise find
//! terminators in the middle of the text. So a part may end inside a UTF-8 sequence, between the two
//! units of a surrogate pair or between the two bytes of a character of a code page, and the next one
//! continues there; joined, the parts are the value. (Bound columns have no next part, so they are cut at whole characters.)
//!
//! A call without room for data asks for the length: it gets the length of the rest, 01004 unless
//! nothing is left, and does not advance.

use super::content::{
    Content, Delivery, Variable, encoded_length, grown, push_code_page, push_hex, push_utf32,
    terminator,
};
use super::error::{ConversionError, Warning};
use super::length::ByteLen;
use super::target::Target;
use super::utf16;
use crate::odbc::text::{Code, CodePage, Form};

/// The position in a value. The caller resets it for each row or column. A change of the C type
/// resets it here, because an application that asks for another type wants the value from its
/// start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartState {
    target: Option<Target>,
    /// Bytes of the content, or its hexadecimal digits, that were read.
    consumed: usize,
    /// Whether the first half of a surrogate pair, or of a code page's character, was read.
    in_character: bool,
    /// Whether a part had question marks for characters that the code page lacks.
    replaced: bool,
    /// Bytes left, once they were counted.
    remaining: Option<ByteLen>,
    finished: bool,
}

impl PartState {
    /// Whether the value was read to its end; the next call then returns `SQL_NO_DATA`.
    pub const fn is_finished(&self) -> bool {
        self.finished
    }

    /// Begins another value. Field by field: a copy of the whole would wait for the stores of its parts.
    pub const fn restart(&mut self) {
        let Self {
            target,
            consumed,
            in_character,
            replaced,
            remaining,
            finished,
        } = self;
        *target = None;
        *consumed = 0;
        *in_character = false;
        *replaced = false;
        *remaining = None;
        *finished = false;
    }

    /// Continues with the same C type, or restarts with another.
    pub(super) fn resume(&mut self, target: Target) {
        if self.target != Some(target) {
            self.restart();
            self.target = Some(target);
        }
    }

    pub(super) const fn finish(&mut self) {
        self.finished = true;
    }
}

/// The outcome of `SQLGetData`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// `SQL_NULL_DATA`
    Null,
    /// The value was already read to its end: `SQL_NO_DATA`
    End,
    Data(Delivery<'a>),
}

/// Writes the next part. `form` is `None` if the buffer takes bytes.
pub(super) fn write<'a>(
    value: &Variable<'a>,
    form: Option<Form>,
    capacity: ByteLen,
    state: &mut PartState,
    out: &'a mut Vec<u8>,
) -> Result<Part<'a>, ConversionError> {
    let unit = terminator(form);
    let minimum = value.minimum.bytes(unit.max(1));
    let fresh = state.consumed == 0;
    if fresh && capacity.0 > 0 && minimum.0 != 0 && minimum.0 + unit > capacity.0 {
        return Err(ConversionError::BufferTooShort);
    }
    let counted = state.remaining;
    let room = capacity.0.saturating_sub(unit);
    let bytes: &[u8] = match (value.content, form) {
        (Content::Text(text), Some(Form::Utf16)) => fill_utf16(text, room / 2, state, out),
        (Content::Text(text), Some(Form::CodePage(page))) if !text.is_ascii() => {
            fill_code_page(text, page, room, state, out)
        }
        (Content::Text(text), Some(Form::Utf32)) => {
            out.clear();
            state.consumed += push_utf32(out, rest_of(text, state), room / 4);
            out
        }
        (Content::Hex(bytes), Some(form)) => {
            let left = (bytes.len() * 2).saturating_sub(state.consumed);
            let count = left.min(room / unit);
            out.clear();
            push_hex(out, bytes, state.consumed, count, form);
            state.consumed += count;
            out
        }
        (Content::Text(text), _) => slice(text.as_bytes(), room, state),
        (Content::Bytes(bytes), _) | (Content::Hex(bytes), None) => slice(bytes, room, state),
    };
    let remaining = counted.unwrap_or_else(|| match value.content {
        // A text that was read whole at once needs no other pass.
        Content::Text(text) if state.consumed == text.len() => ByteLen(bytes.len()),
        content => total(content, form),
    });
    let terminated = if capacity.0 < unit { 0 } else { unit };
    let rest = ByteLen(remaining.0.saturating_sub(bytes.len()));
    state.remaining = Some(rest);
    let complete = rest.0 == 0 && terminated == unit;
    state.finished = complete && capacity.0 > 0;
    Ok(Part::Data(Delivery {
        bytes,
        terminator: terminated,
        length: remaining,
        warning: match (complete, form) {
            (false, _) => Some(Warning::DataTruncated),
            // Told once, with the last part.
            (true, Some(Form::CodePage(page))) if state.replaced => {
                Some(Warning::CharactersReplaced(page.number()))
            }
            (true, _) => None,
        },
    }))
}

fn total(content: Content<'_>, form: Option<Form>) -> ByteLen {
    match (content, form) {
        (Content::Text(text), form) => encoded_length(text, form),
        (Content::Hex(bytes), Some(form)) => ByteLen(bytes.len() * 2 * form.unit()),
        (Content::Hex(bytes), None) | (Content::Bytes(bytes), _) => ByteLen(bytes.len()),
    }
}

fn slice<'a>(bytes: &'a [u8], room: usize, state: &mut PartState) -> &'a [u8] {
    let rest = bytes.get(state.consumed..).unwrap_or_default();
    let part = &rest[..rest.len().min(room)];
    state.consumed += part.len();
    part
}

fn fill_utf16<'a>(
    text: &str,
    mut room: usize,
    state: &mut PartState,
    out: &'a mut Vec<u8>,
) -> &'a [u8] {
    let mut length = 0;
    let most = room.min(text.len() + 1) * 2;
    let units = grown(out, most);
    if state.in_character && room > 0 {
        let [_, low] = pair_at(rest_of(text, state));
        units[..2].copy_from_slice(&low.to_ne_bytes());
        length = 2;
        room -= 1;
        state.consumed += 4;
        state.in_character = false;
    }
    if state.in_character {
        return &[];
    }
    let (used, written) = utf16::encode(rest_of(text, state), &mut units[length..]);
    state.consumed += used;
    length += written;
    room -= written / 2;
    if room > 0 && state.consumed < text.len() {
        let [high, _] = pair_at(rest_of(text, state));
        units[length..length + 2].copy_from_slice(&high.to_ne_bytes());
        length += 2;
        state.in_character = true;
    }
    &units[..length]
}

fn fill_code_page<'a>(
    text: &str,
    page: CodePage,
    mut room: usize,
    state: &mut PartState,
    out: &'a mut Vec<u8>,
) -> &'a [u8] {
    out.clear();
    let two_bytes = |state: &PartState| match rest_of(text, state).chars().next() {
        Some(character) => (page.code_or_replacement(character), character.len_utf8()),
        None => (Code::REPLACEMENT, 0),
    };
    if state.in_character && room > 0 {
        let (code, length) = two_bytes(state);
        out.extend(code.bytes().last());
        room -= 1;
        state.consumed += length;
        state.in_character = false;
    }
    if state.in_character {
        return &[];
    }
    let before = out.len();
    let (used, lost) = push_code_page(out, rest_of(text, state), page, room);
    state.consumed += used;
    state.replaced |= lost;
    room -= out.len() - before;
    // Only a character of two bytes is left that did not fit.
    if room > 0 && state.consumed < text.len() {
        out.extend(two_bytes(state).0.bytes().first());
        state.in_character = true;
    }
    out
}

/// The rest of the text; empty if the state belongs to another value.
fn rest_of<'a>(text: &'a str, state: &PartState) -> &'a str {
    text.get(state.consumed..).unwrap_or_default()
}

/// The two units of the first character.
fn pair_at(text: &str) -> [u16; 2] {
    let mut units = [0; 2];
    if let Some(character) = text.chars().next() {
        character.encode_utf16(&mut units);
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::odbc::conversion::length::CharLen;
    use crate::odbc::testing::code_pages::{japanese, western};
    use crate::odbc::text::{Form, encode};
    use proptest::prelude::*;

    fn free(content: Content<'_>) -> Variable<'_> {
        Variable {
            content,
            minimum: CharLen(0),
        }
    }

    const FORMS: [fn() -> Form; 5] = [
        || Form::Utf8,
        || Form::Utf16,
        || Form::Utf32,
        || Form::CodePage(western()),
        || Form::CodePage(japanese()),
    ];

    fn next<'a>(
        content: Content<'a>,
        form: Option<Form>,
        size: usize,
        state: &mut PartState,
        out: &'a mut Vec<u8>,
    ) -> Delivery<'a> {
        match write(&free(content), form, ByteLen(size), state, out) {
            Ok(Part::Data(delivery)) => delivery,
            other => panic!("{other:?}"),
        }
    }

    /// The warning about characters that the code page lacks.
    fn lost(content: Content<'_>, form: Option<Form>) -> Option<Warning> {
        match (content, form) {
            (Content::Text(text), Some(Form::CodePage(page))) if !page.has_all(text) => {
                Some(Warning::CharactersReplaced(page.number()))
            }
            _ => None,
        }
    }

    /// Reads to the end with buffers of these sizes, over and over, checking every answer.
    fn read_all(content: Content<'_>, form: Option<Form>, sizes: &[usize], expected: &[u8]) {
        let mut state = PartState::default();
        let mut got = Vec::new();
        let mut out = Vec::new();
        let unit = terminator(form);
        for size in sizes.iter().copied().cycle() {
            let part = next(content, form, size, &mut state, &mut out);
            assert_eq!(part.length, ByteLen(expected.len() - got.len()));
            assert!(part.bytes.len() + part.terminator <= size);
            got.extend_from_slice(part.bytes);
            if part.warning == Some(Warning::DataTruncated) {
                let room = size.saturating_sub(unit);
                assert_eq!(
                    part.bytes.len(),
                    room - room % unit.max(1),
                    "a part fills its buffer"
                );
            } else if size > 0 {
                assert_eq!(part.warning, lost(content, form), "the last part tells it");
                break;
            }
        }
        assert!(state.is_finished());
        assert_eq!(got, expected);
    }

    #[test]
    fn a_question_for_the_length_reads_nothing() {
        let mut state = PartState::default();
        let mut out = Vec::new();
        let text = Content::Text("abc");
        for size in [0, 1, 0] {
            let part = next(text, Some(Form::Utf16), size, &mut state, &mut out);
            assert_eq!(
                (part.bytes.len(), part.terminator, part.length),
                (0, 0, ByteLen(6))
            );
            assert_eq!(part.warning, Some(Warning::DataTruncated));
        }
        let part = next(text, Some(Form::Utf16), 8, &mut state, &mut out);
        assert_eq!((part.bytes.len(), part.warning), (6, None));
    }

    #[test]
    fn an_empty_value_is_still_there_after_a_question_for_its_length() {
        let mut out = Vec::new();
        let mut state = PartState::default();
        let empty = Content::Text("");
        let part = next(empty, Some(Form::Utf8), 0, &mut state, &mut out);
        assert_eq!(
            (part.length, part.warning),
            (ByteLen(0), Some(Warning::DataTruncated))
        );
        assert!(!state.is_finished());
        let part = next(empty, Some(Form::Utf8), 1, &mut state, &mut out);
        assert_eq!((part.terminator, part.warning), (1, None));
        assert!(state.is_finished());
        let mut state = PartState::default();
        let part = next(Content::Bytes(&[]), None, 0, &mut state, &mut out);
        assert_eq!((part.warning, state.is_finished()), (None, false));
    }

    #[test]
    fn a_number_is_cut_only_behind_its_whole_digits() {
        let mut out = Vec::new();
        let mut state = PartState::default();
        let value = Variable {
            content: Content::Text("123.45"),
            minimum: CharLen(3),
        };
        let mut next = |size| {
            write(
                &value,
                Some(Form::Utf8),
                ByteLen(size),
                &mut state,
                &mut out,
            )
            .map(|part| match part {
                Part::Data(delivery) => delivery.bytes.to_vec(),
                other => panic!("{other:?}"),
            })
        };
        assert_eq!(next(3), Err(ConversionError::BufferTooShort));
        assert_eq!(next(0).unwrap(), b"");
        assert_eq!(next(5).unwrap(), b"123.");
        assert_eq!(next(2).unwrap(), b"4");
        assert_eq!(next(9).unwrap(), b"5");
    }

    #[test]
    fn a_character_of_two_bytes_is_split_between_parts() {
        let (mut state, mut out) = (PartState::default(), Vec::new());
        let mut next = |size| {
            let form = Some(Form::CodePage(japanese()));
            let part = next(Content::Text("a日€"), form, size, &mut state, &mut out);
            (part.bytes.to_vec(), part.length.0, part.warning)
        };
        let truncated = Some(Warning::DataTruncated);
        assert_eq!(next(3), (b"a\x93".to_vec(), 4, truncated));
        assert_eq!(next(1), (vec![], 2, truncated));
        assert_eq!(next(2), (b"\xFA".to_vec(), 2, truncated));
        let replaced = Some(Warning::CharactersReplaced(932));
        assert_eq!(next(2), (b"?".to_vec(), 1, replaced));
    }

    proptest! {
        #[test]
        fn any_buffer_sizes_reassemble_text(
            text in "[a-z]{0,90}|\\PC{0,40}|[aé漢😀]{0,70}|[a表ｱ]{0,60}",
            mut sizes in prop::collection::vec(0_usize..40, 0..8),
            last in 8_usize..50,
        ) {
            sizes.push(last);
            for form in FORMS.map(|form| form()) {
                read_all(Content::Text(&text), Some(form), &sizes, &encode(&text, form));
            }
            read_all(Content::Text(&text), None, &sizes, text.as_bytes());
        }

        #[test]
        fn any_buffer_sizes_reassemble_bytes(
            bytes in prop::collection::vec(any::<u8>(), 0..60),
            mut sizes in prop::collection::vec(0_usize..30, 0..8),
            last in 8_usize..50,
        ) {
            sizes.push(last);
            let hex: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
            for form in FORMS.map(|form| form()) {
                read_all(Content::Hex(&bytes), Some(form), &sizes, &encode(&hex, form));
            }
            read_all(Content::Bytes(&bytes), None, &sizes, &bytes);
        }
    }
}
