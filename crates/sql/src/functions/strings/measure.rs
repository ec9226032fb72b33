//! `LENGTH`, `LEN`, `ASCII`

use super::text;
use crate::Error;
use crate::functions::call::Call;
use crate::functions::definition::Parameter::Text;
use crate::functions::definition::{Function, Returns};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::Int32Type;

pub const FUNCTIONS: &[Function] = &[
    Function::new("length", &[Text], Returns::Integer, length).also(&["len"]),
    Function::new("ascii", &[Text], Returns::Integer, ascii).also(&["unicode"]),
];

/// ODBC: "the number of characters in string_exp, excluding trailing blanks".
fn length(call: &Call) -> Result<ArrayRef, Error> {
    let texts = call.text(0);
    call.primitive::<Int32Type>(|row| {
        let length = text::length(texts.value(row).trim_end_matches(' '));
        Ok(i32::try_from(length).unwrap_or(i32::MAX))
    })
}

/// The code of the first character; 0 for an empty text.
fn ascii(call: &Call) -> Result<ArrayRef, Error> {
    let texts = call.text(0);
    call.primitive::<Int32Type>(|row| {
        let first = texts.value(row).chars().next();
        Ok(first.map_or(0, |first| u32::from(first).cast_signed()))
    })
}
