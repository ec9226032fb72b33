//! `TO_CHAR` with the patterns of Oracle and PostgreSQL, `FORMAT` with those of .NET, as in SQL
//! Server.
//!
//! A pattern that is unknown, or that databases interpret differently, is an error. If an unknown
//! letter were printed unchanged, nobody would notice that the date is wrong.

mod datetime_pattern;
mod digits;
mod net_moments;
mod net_numbers;
mod to_char_moments;
mod to_char_numbers;
mod unknown;

#[cfg(test)]
mod tests;

use super::call::{Call, Written};
use super::datetime_argument::DatetimeArgument;
use super::definition::Parameter::{NumberOrMoment, Text};
use super::definition::{Function, Returns};
use super::epoch;
use super::latest::Latest;
use crate::{Error, ErrorKind};
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::datatypes::{DataType, Decimal128Type, Float64Type, Int64Type};
use datetime_pattern::Pattern;
use digits::Digits;

pub const FUNCTIONS: &[Function] = &[
    Function::new("to_char", &[NumberOrMoment, Text], Returns::Text, to_char),
    Function::new(
        "format",
        &[NumberOrMoment, Text, Text],
        Returns::Text,
        format,
    )
    .required(2),
];

/// The maximum number of characters that a constant pattern produces for a value of this type, if
/// known.
pub fn longest(function: &str, pattern: &str, value: &DataType) -> Option<usize> {
    Some(match (function, value.is_numeric()) {
        ("to_char", true) => to_char_numbers::Pattern::parse(pattern).ok()?.longest(),
        ("to_char", false) => to_char_moments::pattern(pattern).ok()?.longest(),
        (_, true) => net_numbers::Pattern::parse(pattern)
            .ok()?
            .longest(most_digits(value)),
        (_, false) => net_moments::pattern(pattern).ok()?.longest(),
    })
}

/// The maximum number of digits before the point after rounding a number of this type.
fn most_digits(number: &DataType) -> usize {
    match *number {
        DataType::Int64 => 19,
        DataType::Decimal128(precision, scale) => {
            let whole = i16::from(precision) - i16::from(scale);
            // 9.9 becomes 10.
            let carried = i16::from(scale > 0);
            usize::try_from(whole + carried).unwrap_or(0)
        }
        // The largest floating number.
        _ => 309,
    }
}

fn to_char(call: &Call) -> Result<ArrayRef, Error> {
    match call.data_type(0).is_numeric() {
        true => numbers(
            call,
            to_char_numbers::Pattern::parse,
            |pattern, number, out| pattern.write(number, out),
        ),
        false => times(call, to_char_moments::pattern),
    }
}

fn format(call: &Call) -> Result<ArrayRef, Error> {
    check_culture(call)?;
    match call.data_type(0).is_numeric() {
        true => numbers(call, net_numbers::Pattern::parse, |pattern, number, out| {
            pattern.write(number, out)
        }),
        false => times(call, net_moments::pattern),
    }
}

/// Names of days and months, points and commas are English.
fn check_culture(call: &Call) -> Result<(), Error> {
    if call.count() < 3 {
        return Ok(());
    }
    let cultures = call.text(2);
    let is_other = |culture: &str| !culture.eq_ignore_ascii_case("en-us");
    match cultures.iter().flatten().any(is_other) {
        true => Err(Error::new(
            ErrorKind::Syntax,
            "FORMAT knows the culture en-US only; leave the third argument out",
        )),
        false => Ok(()),
    }
}

fn times(call: &Call, parse: fn(&str) -> Result<Pattern, Error>) -> Result<ArrayRef, Error> {
    let (moments, texts) = (DatetimeArgument::of(call, 0)?, call.text(1));
    let is_time = matches!(moments, DatetimeArgument::Times(..));
    let mut patterns = Latest::new();
    call.write(|row, out| {
        let pattern = patterns.of(texts.value(row), |text| parse(text))?;
        if is_time && pattern.has_date() {
            return Err(Error::new(
                ErrorKind::Syntax,
                "a time has no year, month or day; give a date or a timestamp",
            ));
        }
        pattern.write(epoch::civil(moments.at(row)?)?, out);
        Ok(Written::Text)
    })
}

fn numbers<P>(
    call: &Call,
    parse: fn(&str) -> Result<P, Error>,
    write: fn(&P, &Digits, &mut String) -> Result<(), Error>,
) -> Result<ArrayRef, Error> {
    let array = &call.arguments[0];
    let texts = call.text(1);
    let mut patterns = Latest::new();
    call.write(|row, out| {
        let pattern = patterns.of(texts.value(row), |text| parse(text))?;
        write(pattern, &digits_of(array, row), out)?;
        Ok(Written::Text)
    })
}

fn digits_of(array: &ArrayRef, row: usize) -> Digits {
    match *array.data_type() {
        DataType::Decimal128(_, scale) => {
            Digits::of_decimal(array.as_primitive::<Decimal128Type>().value(row), scale)
        }
        DataType::Int64 => {
            Digits::of_decimal(i128::from(array.as_primitive::<Int64Type>().value(row)), 0)
        }
        _ => Digits::of_float(array.as_primitive::<Float64Type>().value(row)),
    }
}
