//! `REGEXP_LIKE`, `REGEXP_REPLACE` and the like: regular expressions.
//!
//! The expressions are those of RE2 and of Rust, as in SQL Server: there are neither
//! back-references nor look-around, so the time of an expression is proportional to the text.
//! Positions count characters, from 1.

use super::text::{count, length, place_of};
use crate::functions::call::{Call, LONGEST_TEXT, Written, too_long};
use crate::functions::definition::Parameter::{Integer, Text};
use crate::functions::definition::{Function, Returns};
use crate::functions::latest::Latest;
use crate::{Error, ErrorKind};
use datafusion::arrow::array::{Array, ArrayRef, BooleanArray, PrimitiveArray, StringArray};
use datafusion::arrow::datatypes::{Int32Type, Int64Type};
use regex::{Captures, Regex, RegexBuilder};
use std::sync::Arc;

pub const FUNCTIONS: &[Function] = &[
    Function::new("regexp_like", &[Text, Text, Text], Returns::Boolean, like).required(2),
    Function::new(
        "regexp_count",
        &[Text, Text, Integer, Text],
        Returns::Integer,
        occurrences,
    )
    .required(2),
    Function::new(
        "regexp_instr",
        &[Text, Text, Integer, Integer, Integer, Text],
        Returns::Integer,
        instr,
    )
    .required(2),
    Function::new(
        "regexp_substr",
        &[Text, Text, Integer, Integer, Text, Integer],
        Returns::Text,
        substr,
    )
    .required(2),
    Function::new(
        "regexp_replace",
        &[Text, Text, Text, Integer, Integer, Text],
        Returns::Text,
        replace,
    )
    .required(3),
];

/// The expressions of a call. A constant one is compiled once.
struct Patterns<'a> {
    patterns: &'a StringArray,
    flags: Option<&'a StringArray>,
    compiled: Latest<(&'a str, &'a str), Regex>,
}

impl<'a> Patterns<'a> {
    /// `flags` is the index of the argument with the flags.
    fn of(call: &'a Call, flags: usize) -> Self {
        Self {
            patterns: call.text(1),
            flags: (call.count() > flags).then(|| call.text(flags)),
            compiled: Latest::new(),
        }
    }

    fn at(&mut self, row: usize) -> Result<&Regex, Error> {
        let flags = self.flags.map_or("", |flags| flags.value(row));
        let key = (self.patterns.value(row), flags);
        self.compiled
            .of(key, |(pattern, flags)| compiled(pattern, flags))
    }
}

fn compiled(pattern: &str, flags: &str) -> Result<Regex, Error> {
    let mut builder = RegexBuilder::new(pattern);
    for flag in flags.chars() {
        match flag {
            'i' => builder.case_insensitive(true),
            'c' => builder.case_insensitive(false),
            'm' => builder.multi_line(true),
            's' => builder.dot_matches_new_line(true),
            _ => {
                return Err(Error::new(
                    ErrorKind::Syntax,
                    "the flags of a regular expression are i (without case), c (with case), m (^ and $ at every line) \
                     and s (. is any character, line ends too)",
                ));
            }
        };
    }
    builder.build().map_err(|_| invalid())
}

fn invalid() -> Error {
    Error::new(
        ErrorKind::Syntax,
        "a regular expression is not valid, or too large; a character with a meaning of its own needs a backslash, and \
         there are neither back-references nor look-around",
    )
}

/// Calls `found` for each match from a byte on, until it stops the search.
fn matches<'t>(
    regex: &Regex,
    text: &'t str,
    from: usize,
    mut found: impl FnMut(Captures<'t>) -> Result<More, Error>,
) -> Result<(), Error> {
    let (mut at, mut last_end) = (from, None);
    while at <= text.len() {
        let Some(captures) = regex.captures_at(text, at) else {
            break;
        };
        let whole = captures.get_match();
        let (start, end) = (whole.start(), whole.end());
        at = end;
        if start == end {
            // Skips a character, so that the search advances.
            at += text[end..].chars().next().map_or(1, char::len_utf8);
            if last_end == Some(end) {
                continue;
            }
        }
        last_end = Some(end);
        if found(captures)? == More::Enough {
            break;
        }
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum More {
    Wanted,
    Enough,
}

/// An optional number.
struct Numbers<'a> {
    values: Option<&'a PrimitiveArray<Int64Type>>,
    otherwise: i64,
}

impl<'a> Numbers<'a> {
    fn of(call: &'a Call, index: usize, otherwise: i64) -> Self {
        Self {
            values: (call.count() > index).then(|| call.integer(index)),
            otherwise,
        }
    }

    /// At least `least`.
    fn at(&self, row: usize, least: i64) -> Result<i64, Error> {
        let number = self
            .values
            .map_or(self.otherwise, |values| values.value(row));
        match number >= least {
            true => Ok(number),
            false => Err(Error::new(
                ErrorKind::Syntax,
                format!("a position or number of a match is smaller than {least}"),
            )),
        }
    }
}

/// The byte of a position; `None` beyond the end.
fn start(text: &str, position: i64) -> Option<usize> {
    place_of(text, count(position - 1))
}

fn like(call: &Call) -> Result<ArrayRef, Error> {
    let texts = call.text(0);
    let mut patterns = Patterns::of(call, 2);
    let nulls = |row| call.arguments.iter().any(|argument| argument.is_null(row));
    let values = (0..call.rows).map(|row| match nulls(row) {
        true => Ok(None),
        false => Ok(Some(patterns.at(row)?.is_match(texts.value(row)))),
    });
    let values = values.collect::<Result<BooleanArray, Error>>()?;
    Ok(Arc::new(values))
}

fn occurrences(call: &Call) -> Result<ArrayRef, Error> {
    let texts = call.text(0);
    let starts = Numbers::of(call, 2, 1);
    let mut patterns = Patterns::of(call, 3);
    call.primitive::<Int32Type>(|row| {
        let text = texts.value(row);
        let mut number = 0_i32;
        if let Some(from) = start(text, starts.at(row, 1)?) {
            matches(patterns.at(row)?, text, from, |_| {
                number = number.saturating_add(1);
                Ok(More::Wanted)
            })?;
        }
        Ok(number)
    })
}

/// The n-th match from a byte on.
fn nth<'t>(
    regex: &Regex,
    text: &'t str,
    from: usize,
    occurrence: i64,
) -> Result<Option<Captures<'t>>, Error> {
    let mut left = occurrence;
    let mut result = None;
    matches(regex, text, from, |captures| {
        left -= 1;
        if left > 0 {
            return Ok(More::Wanted);
        }
        result = Some(captures);
        Ok(More::Enough)
    })?;
    Ok(result)
}

/// The position of a match, or with the option 1 the position after it; 0 if there is no match.
fn instr(call: &Call) -> Result<ArrayRef, Error> {
    let texts = call.text(0);
    let (starts, numbers) = (Numbers::of(call, 2, 1), Numbers::of(call, 3, 1));
    let options = Numbers::of(call, 4, 0);
    let mut patterns = Patterns::of(call, 5);
    call.primitive::<Int32Type>(|row| {
        let text = texts.value(row);
        let Some(from) = start(text, starts.at(row, 1)?) else {
            return Ok(0);
        };
        let found = nth(patterns.at(row)?, text, from, numbers.at(row, 1)?)?;
        let after = options.at(row, 0)? > 0;
        let place = found.map(|captures| {
            let whole = captures.get_match();
            let byte = if after { whole.end() } else { whole.start() };
            length(&text[..byte]) + 1
        });
        Ok(place.map_or(0, |place| i32::try_from(place).unwrap_or(i32::MAX)))
    })
}

/// A match, or one of its groups; null if there is no match.
fn substr(call: &Call) -> Result<ArrayRef, Error> {
    let texts = call.text(0);
    let (starts, numbers) = (Numbers::of(call, 2, 1), Numbers::of(call, 3, 1));
    let mut patterns = Patterns::of(call, 4);
    let groups = Numbers::of(call, 5, 0);
    call.write(|row, out| {
        let text = texts.value(row);
        let Some(from) = start(text, starts.at(row, 1)?) else {
            return Ok(Written::Null);
        };
        let group = count(groups.at(row, 0)?);
        let found = nth(patterns.at(row)?, text, from, numbers.at(row, 1)?)?;
        match found.as_ref().and_then(|captures| captures.get(group)) {
            Some(part) => {
                out.push_str(part.as_str());
                Ok(Written::Text)
            }
            None => Ok(Written::Null),
        }
    })
}

/// Replaces all matches, or the n-th one, as Oracle and SQL Server do.
fn replace(call: &Call) -> Result<ArrayRef, Error> {
    let (texts, templates) = (call.text(0), call.text(2));
    let (starts, numbers) = (Numbers::of(call, 3, 1), Numbers::of(call, 4, 0));
    let mut patterns = Patterns::of(call, 5);
    let mut known = Latest::new();
    call.write(|row, out| {
        let text = texts.value(row);
        let template = known.of(templates.value(row), |written| template(written))?;
        let wanted = numbers.at(row, 0)?;
        let (mut copied, mut number) = (0, 0);
        if let Some(from) = start(text, starts.at(row, 1)?) {
            matches(patterns.at(row)?, text, from, |captures| {
                number += 1;
                if wanted != 0 && wanted != number {
                    return Ok(More::Wanted);
                }
                let whole = captures.get_match();
                out.push_str(&text[copied..whole.start()]);
                for part in template {
                    out.push_str(match part {
                        Part::Text(text) => text,
                        Part::Group(group) => {
                            captures.get(*group).map_or("", |group| group.as_str())
                        }
                    });
                }
                copied = whole.end();
                if out.len() > LONGEST_TEXT {
                    return Err(too_long());
                }
                Ok(if wanted == 0 {
                    More::Wanted
                } else {
                    More::Enough
                })
            })?;
        }
        out.push_str(&text[copied..]);
        Ok(Written::Text)
    })
}

/// A part of a replacement.
enum Part {
    Text(String),
    Group(usize),
}

/// `\1` to `\9` are groups, `\0` and `\&` the whole match, `\\` is a backslash.
fn template(written: &str) -> Result<Vec<Part>, Error> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut characters = written.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            text.push(character);
            continue;
        }
        let group = match characters.next() {
            Some('\\') => {
                text.push('\\');
                continue;
            }
            Some('&') => 0,
            Some(digit) if digit.is_ascii_digit() => digit as usize - '0' as usize,
            _ => {
                return Err(Error::new(
                    ErrorKind::Syntax,
                    "after a backslash in a replacement the number of a group, & or another backslash is expected",
                ));
            }
        };
        parts.push(Part::Text(std::mem::take(&mut text)));
        parts.push(Part::Group(group));
    }
    parts.push(Part::Text(text));
    Ok(parts)
}
