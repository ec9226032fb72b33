//! `LPAD`, `RPAD`

use super::text::{byte_of, count, length};
use crate::Error;
use crate::functions::call::{Call, LONGEST_TEXT, Written, too_long};
use crate::functions::definition::Parameter::{Integer, Text};
use crate::functions::definition::{Function, Returns};
use datafusion::arrow::array::ArrayRef;

pub const FUNCTIONS: &[Function] = &[
    Function::new("lpad", &[Text, Integer, Text], Returns::Text, |call| {
        pad(call, Side::Left)
    })
    .required(2),
    Function::new("rpad", &[Text, Integer, Text], Returns::Text, |call| {
        pad(call, Side::Right)
    })
    .required(2),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// Pads a text to a number of characters, with spaces unless another text is given. A longer text
/// is cut.
fn pad(call: &Call, side: Side) -> Result<ArrayRef, Error> {
    let (texts, lengths) = (call.text(0), call.integer(1));
    let fills = (call.count() > 2).then(|| call.text(2));
    call.write(|row, out| {
        let text = texts.value(row);
        let fill = fills.map_or(" ", |fills| fills.value(row));
        let wanted = count(lengths.value(row));
        let missing = wanted.saturating_sub(length(text));
        if missing == 0 || fill.is_empty() {
            out.push_str(&text[..byte_of(text, wanted)]);
            return Ok(Written::Text);
        }
        // No character has more than four bytes.
        if missing.saturating_mul(4).saturating_add(text.len()) > LONGEST_TEXT {
            return Err(too_long());
        }
        if side == Side::Right {
            out.push_str(text);
        }
        out.extend(fill.chars().cycle().take(missing));
        if side == Side::Left {
            out.push_str(text);
        }
        Ok(Written::Text)
    })
}
