//! `SOUNDEX`, `DIFFERENCE`

use crate::Error;
use crate::functions::call::{Call, Written};
use crate::functions::definition::Parameter::Text;
use crate::functions::definition::{Function, Returns};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::Int32Type;

pub const FUNCTIONS: &[Function] = &[
    Function::new("soundex", &[Text], Returns::Text, soundex),
    Function::new("difference", &[Text, Text], Returns::Integer, difference),
];

fn soundex(call: &Call) -> Result<ArrayRef, Error> {
    let texts = call.text(0);
    call.write(|row, out| {
        out.extend(code(texts.value(row)).map(char::from));
        Ok(Written::Text)
    })
}

/// The number of equal characters in the two four-character codes.
fn difference(call: &Call) -> Result<ArrayRef, Error> {
    let (left, right) = (call.text(0), call.text(1));
    call.primitive::<Int32Type>(|row| {
        let (left, right) = (code(left.value(row)), code(right.value(row)));
        let same = left
            .iter()
            .zip(&right)
            .filter(|(left, right)| left == right);
        Ok(same.count() as i32)
    })
}

/// American Soundex: the first letter and three digits. Adjacent letters of one group, or with only
/// H or W between them, count once. Characters other than A to Z are skipped.
fn code(text: &str) -> [u8; 4] {
    let mut code = *b"0000";
    let mut filled = 0;
    let mut last = None;
    for letter in text
        .bytes()
        .filter(u8::is_ascii_alphabetic)
        .map(|b| b.to_ascii_uppercase())
    {
        let group = group(letter);
        if filled == 0 {
            code[0] = letter;
            filled = 1;
        } else if let Some(digit) = group
            && group != last
        {
            code[filled] = digit;
            filled += 1;
        }
        if filled == code.len() {
            break;
        }
        if !matches!(letter, b'H' | b'W') {
            last = group;
        }
    }
    code
}

fn group(letter: u8) -> Option<u8> {
    Some(match letter {
        b'B' | b'F' | b'P' | b'V' => b'1',
        b'C' | b'G' | b'J' | b'K' | b'Q' | b'S' | b'X' | b'Z' => b'2',
        b'D' | b'T' => b'3',
        b'L' => b'4',
        b'M' | b'N' => b'5',
        b'R' => b'6',
        _ => return None,
    })
}
