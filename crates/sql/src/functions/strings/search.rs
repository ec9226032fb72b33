//! `LOCATE`, `CHARINDEX`, `POSITION`, `REPLACE`

use super::text::{count, length, place_of};
use crate::Error;
use crate::functions::call::{Call, LONGEST_TEXT, Written, too_long};
use crate::functions::definition::Parameter::{Integer, Text};
use crate::functions::definition::{Function, Returns};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::Int32Type;

pub const FUNCTIONS: &[Function] = &[
    LOCATE,
    Function::new("replace", &[Text, Text, Text], Returns::Text, replace),
];

pub const LOCATE: Function =
    Function::new("locate", &[Text, Text, Integer], Returns::Integer, locate)
        .required(2)
        .also(&["charindex", "position"]);

/// The position of the first text in the second, at or after a start; 0 if not found.
fn locate(call: &Call) -> Result<ArrayRef, Error> {
    let (needles, texts) = (call.text(0), call.text(1));
    let starts = (call.count() > 2).then(|| call.integer(2));
    call.primitive::<Int32Type>(|row| {
        let text = texts.value(row);
        let skipped = starts.map_or(0, |starts| count(starts.value(row).saturating_sub(1)));
        // An empty text is found anywhere, but not beyond the end.
        let found = place_of(text, skipped)
            .and_then(|from| Some(from + text[from..].find(needles.value(row))?));
        let position = found.map(|at| length(&text[..at]) + 1);
        Ok(position.map_or(0, |position| i32::try_from(position).unwrap_or(i32::MAX)))
    })
}

/// An empty search text replaces nothing.
fn replace(call: &Call) -> Result<ArrayRef, Error> {
    let (texts, sought, replacements) = (call.text(0), call.text(1), call.text(2));
    call.write(|row, out| {
        let (text, sought) = (texts.value(row), sought.value(row));
        if sought.is_empty() {
            out.push_str(text);
            return Ok(Written::Text);
        }
        let mut copied = 0;
        for (at, _) in text.match_indices(sought) {
            out.push_str(&text[copied..at]);
            out.push_str(replacements.value(row));
            copied = at + sought.len();
            if out.len() > LONGEST_TEXT {
                return Err(too_long());
            }
        }
        out.push_str(&text[copied..]);
        Ok(Written::Text)
    })
}
