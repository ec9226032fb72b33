//! `CONCAT`, `INSERT`, `STUFF`, `REPEAT`, `SPACE`, `CHAR`

use super::text::{byte_of, count, length};
use crate::Error;
use crate::functions::call::{Call, LONGEST_TEXT, Written, too_long};
use crate::functions::definition::Parameter::{Integer, Text};
use crate::functions::definition::{Function, Returns};
use datafusion::arrow::array::ArrayRef;

pub const FUNCTIONS: &[Function] = &[
    Function::new("concat", &[Text], Returns::Text, concat).repeating(),
    Function::new(
        "insert",
        &[Text, Integer, Integer, Text],
        Returns::Text,
        insert,
    )
    .also(&["stuff"]),
    Function::new("repeat", &[Text, Integer], Returns::Text, repeat).also(&["replicate"]),
    Function::new("space", &[Integer], Returns::Text, space),
    Function::new("char", &[Integer], Returns::Text, char).also(&["chr", "nchar"]),
];

fn concat(call: &Call) -> Result<ArrayRef, Error> {
    let texts: Vec<_> = (0..call.count()).map(|index| call.text(index)).collect();
    call.write(|row, out| {
        texts.iter().for_each(|text| out.push_str(text.value(row)));
        Ok(Written::Text)
    })
}

/// Replaces `length` characters from a position on. Null if the position is outside the text or the
/// length negative, as in SQL Server, whose driver runs this as `STUFF`.
fn insert(call: &Call) -> Result<ArrayRef, Error> {
    let (texts, starts, lengths) = (call.text(0), call.integer(1), call.integer(2));
    let inserted = call.text(3);
    call.write(|row, out| {
        let (text, start, removed) = (texts.value(row), starts.value(row), lengths.value(row));
        if start < 1 || removed < 0 || count(start) > length(text).max(1) {
            return Ok(Written::Null);
        }
        let from = byte_of(text, count(start - 1));
        out.push_str(&text[..from]);
        out.push_str(inserted.value(row));
        let rest = &text[from..];
        out.push_str(&rest[byte_of(rest, count(removed))..]);
        Ok(Written::Text)
    })
}

fn repeat(call: &Call) -> Result<ArrayRef, Error> {
    let (texts, counts) = (call.text(0), call.integer(1));
    call.write(|row, out| repeated(texts.value(row), counts.value(row), out))
}

fn space(call: &Call) -> Result<ArrayRef, Error> {
    let counts = call.integer(0);
    call.write(|row, out| repeated(" ", counts.value(row), out))
}

fn repeated(text: &str, times: i64, out: &mut String) -> Result<Written, Error> {
    if text.is_empty() {
        return Ok(Written::Text);
    }
    let times = count(times);
    if text.len().saturating_mul(times) > LONGEST_TEXT {
        return Err(too_long());
    }
    (0..times).for_each(|_| out.push_str(text));
    Ok(Written::Text)
}

/// The character of a code; null if it does not exist.
fn char(call: &Call) -> Result<ArrayRef, Error> {
    let codes = call.integer(0);
    call.write(|row, out| {
        let code = u32::try_from(codes.value(row))
            .ok()
            .and_then(char::from_u32);
        match code {
            Some(character) => {
                out.push(character);
                Ok(Written::Text)
            }
            None => Ok(Written::Null),
        }
    })
}
