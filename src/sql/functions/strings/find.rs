//! `INSTR`, `STRPOS`, `STARTS_WITH`, `ENDS_WITH`, `SPLIT_PART`

use super::text::length;
use crate::sql::functions::call::{Call, Written};
use crate::sql::functions::definition::Parameter::{Integer, Text};
use crate::sql::functions::definition::{Function, Returns};
use crate::sql::{Error, ErrorKind};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::Int32Type;

pub const FUNCTIONS: &[Function] = &[
    Function::new(
        "instr",
        &[Text, Text, Integer, Integer],
        Returns::Integer,
        instr,
    )
    .required(2),
    Function::new("strpos", &[Text, Text], Returns::Integer, instr),
    Function::new("starts_with", &[Text, Text], Returns::Boolean, |call| {
        let (texts, sought) = (call.text(0), call.text(1));
        Ok(call.truth(|row| texts.value(row).starts_with(sought.value(row))))
    }),
    Function::new("ends_with", &[Text, Text], Returns::Boolean, |call| {
        let (texts, sought) = (call.text(0), call.text(1));
        Ok(call.truth(|row| texts.value(row).ends_with(sought.value(row))))
    }),
    Function::new(
        "split_part",
        &[Text, Text, Integer],
        Returns::Text,
        split_part,
    ),
];

/// Where a text begins in another, at or after a position, and for the how many-th time. A negative position counts from
/// the end, and goes backwards from there, as in Oracle.
fn instr(call: &Call) -> Result<ArrayRef, Error> {
    let (texts, sought) = (call.text(0), call.text(1));
    let starts = (call.count() > 2).then(|| call.integer(2));
    let occurrences = (call.count() > 3).then(|| call.integer(3));
    call.primitive::<Int32Type>(|row| {
        let start = starts.map_or(1, |starts| starts.value(row));
        let occurrence = occurrences.map_or(1, |numbers| numbers.value(row));
        let Some(skipped) = usize::try_from(occurrence)
            .ok()
            .and_then(|n| n.checked_sub(1))
        else {
            return Err(Error::new(
                ErrorKind::Syntax,
                "the occurrence is counted from 1",
            ));
        };
        let found = position(texts.value(row), sought.value(row), start, skipped);
        Ok(found.map_or(0, |at| i32::try_from(at).unwrap_or(i32::MAX)))
    })
}

fn position(text: &str, sought: &str, start: i64, skipped: usize) -> Option<usize> {
    let begins = |(_, (at, _)): &(usize, (usize, char))| text[*at..].starts_with(sought);
    let ends = text.len();
    let places = text.char_indices().chain([(ends, '\0')]).enumerate();
    let wanted = usize::try_from(start.unsigned_abs()).ok()?;
    let found = match start {
        0 => None,
        1.. => places.skip(wanted - 1).filter(begins).nth(skipped),
        _ => {
            let last = (length(text) + 1).checked_sub(wanted)?;
            let mut found: Vec<_> = places.take(last).filter(begins).collect();
            let index = found.len().checked_sub(skipped + 1)?;
            Some(found.swap_remove(index))
        }
    };
    found.map(|(number, _)| number + 1)
}

/// One of the parts between separators, counted from 1, or from -1 at the end; an empty text where there is none.
fn split_part(call: &Call) -> Result<ArrayRef, Error> {
    let (texts, separators, numbers) = (call.text(0), call.text(1), call.integer(2));
    call.write(|row, out| {
        let (text, separator, number) =
            (texts.value(row), separators.value(row), numbers.value(row));
        let index = usize::try_from(number.unsigned_abs())
            .ok()
            .and_then(|number| number.checked_sub(1))
            .ok_or_else(no_part)?;
        let part = match (separator.is_empty(), number > 0) {
            (true, _) => Some(text).filter(|_| index == 0),
            (false, true) => text.split(separator).nth(index),
            (false, false) => {
                let parts: Vec<&str> = text.split(separator).collect();
                parts.iter().rev().nth(index).copied()
            }
        };
        out.push_str(part.unwrap_or_default());
        Ok(Written::Text)
    })
}

fn no_part() -> Error {
    Error::new(
        ErrorKind::Syntax,
        "the parts of a text are counted from 1, or from -1 at its end; there is no part 0",
    )
}
