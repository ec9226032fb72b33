//! `LPAD`, `RPAD`

use super::text::{characters, count, length};
use crate::sql::Error;
use crate::sql::functions::call::{Call, LONGEST_TEXT, Written, too_long};
use crate::sql::functions::definition::Parameter::{Integer, Text};
use crate::sql::functions::definition::{Function, Returns};
use datafusion::arrow::array::ArrayRef;

pub const FUNCTIONS: &[Function] = &[
    Function::new("lpad", &[Text, Integer, Text], Returns::Text, |call| {
        padded(call, |text, padding| (padding, text))
    })
    .required(2),
    Function::new("rpad", &[Text, Integer, Text], Returns::Text, |call| {
        padded(call, |text, padding| (text, padding))
    })
    .required(2),
];

type Order = for<'a> fn(&'a str, &'a str) -> (&'a str, &'a str);

/// The text with so many characters: filled up, or cut at its end where it is longer.
fn padded(call: &Call, order: Order) -> Result<ArrayRef, Error> {
    let (texts, lengths) = (call.text(0), call.integer(1));
    let fills = (call.count() > 2).then(|| call.text(2));
    let mut padding = String::new();
    call.write(|row, out| {
        let wanted = count(lengths.value(row));
        let text = characters(texts.value(row), 0, wanted);
        let fill = fills.map_or(" ", |fills| fills.value(row));
        let missing = wanted - length(text);
        padding.clear();
        if !fill.is_empty() {
            if fill.len().saturating_mul(missing) > LONGEST_TEXT {
                return Err(too_long());
            }
            padding.extend(fill.chars().cycle().take(missing));
        }
        let (first, second) = order(text, &padding);
        out.push_str(first);
        out.push_str(second);
        Ok(Written::Text)
    })
}
