//! `INSTR`, `STRPOS`, `STARTS_WITH`, `ENDS_WITH`, `SPLIT_PART`

use super::text::{length, place_of};
use crate::functions::call::{Call, Written};
use crate::functions::definition::Parameter::{Integer, Text};
use crate::functions::definition::{Function, Returns};
use crate::{Error, ErrorKind};
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

/// The position of a text in another, at or after a start, for its n-th occurrence. A negative
/// start counts from the end and searches backwards, as in Oracle.
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

/// The position of the text; occurrences may overlap.
fn position(text: &str, sought: &str, start: i64, skipped: usize) -> Option<usize> {
    let wanted = usize::try_from(start.unsigned_abs()).ok()?;
    let at = match start {
        0 => return None,
        1.. => forwards(text, sought, place_of(text, wanted - 1)?, skipped)?,
        _ => {
            let latest = length(text).checked_sub(wanted)?;
            backwards(text, sought, place_of(text, latest)?, skipped)?
        }
    };
    Some(length(&text[..at]) + 1)
}

/// The byte position of an occurrence, searching from a byte on.
fn forwards(text: &str, sought: &str, from: usize, skipped: usize) -> Option<usize> {
    let mut at = from + text[from..].find(sought)?;
    for _ in 0..skipped {
        let next = at + text[at..].chars().next()?.len_utf8();
        at = next + text[next..].find(sought)?;
    }
    Some(at)
}

/// The byte position of an occurrence that begins at or before a byte, searching backwards.
fn backwards(text: &str, sought: &str, latest: usize, skipped: usize) -> Option<usize> {
    let up_to = |latest: usize| text.floor_char_boundary(latest + sought.len());
    let mut at = text[..up_to(latest)].rfind(sought)?;
    for _ in 0..skipped {
        let before = at - text[..at].chars().next_back()?.len_utf8();
        at = text[..up_to(before)].rfind(sought)?;
    }
    Some(at)
}

/// One of the parts between separators, counted from 1, or from -1 at the end; an empty text if it
/// does not exist.
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::time::{Duration, Instant};

    /// Every occurrence, one after the other.
    fn slowly(text: &str, sought: &str, start: i64, skipped: usize) -> Option<usize> {
        let ends = text
            .char_indices()
            .map(|(byte, _)| byte)
            .chain([text.len()]);
        let all = ends.enumerate();
        let mut found: Vec<i64> = all
            .filter(|(_, byte)| text[*byte..].starts_with(sought))
            .map(|(index, _)| index as i64 + 1)
            .collect();
        if start < 0 {
            let latest = length(text) as i64 + 1 + start;
            found.retain(|position| *position <= latest);
            found.reverse();
        } else {
            found.retain(|position| start > 0 && *position >= start);
        }
        found.get(skipped).map(|position| *position as usize)
    }

    proptest! {
        #[test]
        fn a_place_is_that_of_comparing_everywhere(
            text in "[aé📧]{0,12}",
            sought in "[aé📧]{0,3}",
            start in -14_i64..14,
            skipped in 0_usize..4,
        ) {
            let found = position(&text, &sought, start, skipped);
            prop_assert_eq!(found, slowly(&text, &sought, start, skipped));
        }
    }

    #[test]
    fn a_long_text_is_searched_once() {
        let text = "a".repeat(2_000_000);
        let sought = format!("{}b", "a".repeat(1_000_000));
        let began = Instant::now();
        assert_eq!(position(&text, &sought, 1, 0), None);
        assert_eq!(position(&text, &sought, -1, 0), None);
        assert!(began.elapsed() < Duration::from_secs(10));
    }
}
