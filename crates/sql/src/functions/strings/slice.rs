//! `LEFT`, `RIGHT`, `SUBSTRING`

use super::text::{byte_of, characters, count, length};
use crate::Error;
use crate::functions::call::{Call, Written};
use crate::functions::definition::Parameter::{Integer, Text};
use crate::functions::definition::{Function, Returns};
use datafusion::arrow::array::ArrayRef;

pub const FUNCTIONS: &[Function] = &[
    Function::new("left", &[Text, Integer], Returns::Text, left),
    Function::new("right", &[Text, Integer], Returns::Text, right),
    SUBSTRING,
];

pub const SUBSTRING: Function = Function::new(
    "substring",
    &[Text, Integer, Integer],
    Returns::Text,
    substring,
)
.required(2)
.also(&["substr", "mid"]);

fn left(call: &Call) -> Result<ArrayRef, Error> {
    let (texts, counts) = (call.text(0), call.integer(1));
    call.write(|row, out| {
        out.push_str(characters(texts.value(row), 0, count(counts.value(row))));
        Ok(Written::Text)
    })
}

fn right(call: &Call) -> Result<ArrayRef, Error> {
    let (texts, counts) = (call.text(0), call.integer(1));
    call.write(|row, out| {
        let text = texts.value(row);
        let skipped = length(text).saturating_sub(count(counts.value(row)));
        out.push_str(&text[byte_of(text, skipped)..]);
        Ok(Written::Text)
    })
}

/// As in the SQL standard, a start before the text counts towards the length: `SUBSTRING('abc', 0, 2)`
/// is `a`.
fn substring(call: &Call) -> Result<ArrayRef, Error> {
    let (texts, starts) = (call.text(0), call.integer(1));
    let lengths = (call.count() > 2).then(|| call.integer(2));
    call.write(|row, out| {
        let start = starts.value(row);
        let length = lengths.map_or(i64::MAX, |lengths| lengths.value(row));
        let end = start.saturating_add(length.max(0));
        let from = start.max(1);
        let length = count(end.saturating_sub(from));
        out.push_str(characters(texts.value(row), count(from - 1), length));
        Ok(Written::Text)
    })
}
