//! `INITCAP`, `TRANSLATE`

use crate::Error;
use crate::functions::call::{Call, Written};
use crate::functions::definition::Parameter::Text;
use crate::functions::definition::{Function, Returns};
use datafusion::arrow::array::ArrayRef;

pub const FUNCTIONS: &[Function] = &[
    Function::new("initcap", &[Text], Returns::Text, initcap),
    Function::new("translate", &[Text, Text, Text], Returns::Text, translate),
];

/// Capitalizes words; characters other than letters and digits separate them.
fn initcap(call: &Call) -> Result<ArrayRef, Error> {
    let texts = call.text(0);
    call.write(|row, out| {
        let mut inside = false;
        for letter in texts.value(row).chars() {
            match inside {
                true => out.extend(letter.to_lowercase()),
                false => out.extend(letter.to_uppercase()),
            }
            inside = letter.is_alphanumeric();
        }
        Ok(Written::Text)
    })
}

/// Replaces each character of the second text by the one at its position in the third, or removes
/// it.
fn translate(call: &Call) -> Result<ArrayRef, Error> {
    let (texts, from, to) = (call.text(0), call.text(1), call.text(2));
    call.write(|row, out| {
        let (from, to) = (from.value(row), to.value(row));
        for letter in texts.value(row).chars() {
            match from.chars().position(|each| each == letter) {
                None => out.push(letter),
                Some(place) => out.extend(to.chars().nth(place)),
            }
        }
        Ok(Written::Text)
    })
}
