//! Patterns of Oracle and PostgreSQL for numbers, as far as both have the same meaning.

use super::digits::Digits;
use super::unknown::unknown;
use crate::{Error, ErrorKind};

const KNOWN: &str =
    "9 0 . D , G, S at the beginning or end, MI or PR at the end, and FM at the beginning";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    /// 9: blank before the first digit
    Digit,
    /// 0
    Zero,
    Comma,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// A minus before the first digit
    Minus,
    /// S before the first digit
    Before,
    /// S after the number
    After,
    /// MI
    MinusAfter,
    /// PR
    Angles,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    whole: Vec<Slot>,
    /// `None` without a point
    fraction: Option<Vec<Slot>>,
    sign: Sign,
    /// FM: no blanks
    fill: bool,
}

impl Pattern {
    pub fn parse(text: &str) -> Result<Self, Error> {
        let wrong = || unknown("TO_CHAR", "one of the characters", KNOWN);
        let upper = text.to_ascii_uppercase();
        let mut rest = upper.as_str();
        let fill = rest.starts_with("FM");
        rest = rest.strip_prefix("FM").unwrap_or(rest);
        let mut sign = Sign::Minus;
        if let Some(after) = rest.strip_prefix('S') {
            (sign, rest) = (Sign::Before, after);
        }
        for (name, of) in [
            ("MI", Sign::MinusAfter),
            ("PR", Sign::Angles),
            ("S", Sign::After),
        ] {
            if let Some(before) = rest.strip_suffix(name) {
                if sign != Sign::Minus {
                    return Err(wrong());
                }
                (sign, rest) = (of, before);
            }
        }
        let mut pattern = Self {
            whole: Vec::new(),
            fraction: None,
            sign,
            fill,
        };
        for character in rest.chars() {
            let slot = match character {
                '9' => Slot::Digit,
                '0' => Slot::Zero,
                ',' | 'G' if pattern.fraction.is_none() && !pattern.whole.is_empty() => Slot::Comma,
                '.' | 'D' if pattern.fraction.is_none() => {
                    pattern.fraction = Some(Vec::new());
                    continue;
                }
                _ => return Err(wrong()),
            };
            pattern
                .fraction
                .as_mut()
                .unwrap_or(&mut pattern.whole)
                .push(slot);
        }
        let has_digits = pattern
            .whole
            .iter()
            .chain(pattern.fraction.iter().flatten())
            .count()
            > 0;
        match has_digits {
            true => Ok(pattern),
            false => Err(wrong()),
        }
    }

    pub fn longest(&self) -> usize {
        let fraction = self.fraction.as_ref().map_or(0, |slots| slots.len() + 1);
        self.whole.len() + fraction + 2
    }

    pub fn write(&self, number: &Digits, out: &mut String) -> Result<(), Error> {
        let places = self.fraction.as_ref().map_or(0, Vec::len);
        let number = number.rounded(places);
        let mut body = self.whole_part(&number)?;
        if let Some(slots) = &self.fraction {
            body.push('.');
            let last_zero = slots.iter().rposition(|slot| *slot == Slot::Zero);
            let kept = last_zero.map_or(0, |index| index + 1);
            let significant = number.fraction.trim_end_matches('0').len();
            let shown = if self.fill {
                significant.max(kept)
            } else {
                places
            };
            body.push_str(&number.fraction[..shown]);
        }
        let text = self.signed(&body, number.negative);
        out.push_str(if self.fill { text.trim() } else { &text });
        Ok(())
    }

    fn whole_part(&self, number: &Digits) -> Result<String, Error> {
        let is_digit = |slot: &&Slot| **slot != Slot::Comma;
        let places = self.whole.iter().filter(is_digit).count();
        let missing = places
            .checked_sub(number.whole.len())
            .ok_or_else(too_small)?;
        let digits = self.whole.iter().filter(is_digit);
        let first_zero = digits.clone().position(|slot| *slot == Slot::Zero);
        // A single zero is shown if there would be no digit otherwise.
        let needs_one = self.fraction.is_none() && number.whole.is_empty();
        let mut first = first_zero.map_or(missing, |zero| zero.min(missing));
        if needs_one {
            first = first.min(places.saturating_sub(1));
        }
        let zeros = std::iter::repeat_n('0', missing);
        let mut all = zeros.chain(number.whole.chars()).enumerate();
        let mut text = String::with_capacity(self.whole.len());
        let mut shows = false;
        for slot in &self.whole {
            if *slot == Slot::Comma {
                text.push(if shows { ',' } else { ' ' });
            } else if let Some((index, digit)) = all.next() {
                shows = index >= first;
                text.push(if shows { digit } else { ' ' });
            }
        }
        Ok(text)
    }

    fn signed(&self, body: &str, negative: bool) -> String {
        let number = body.trim_start();
        let blanks = &body[..body.len() - number.len()];
        match (self.sign, negative) {
            (Sign::Minus, false) => format!(" {body}"),
            (Sign::Minus, true) => format!("{blanks}-{number}"),
            (Sign::Before, false) => format!("{blanks}+{number}"),
            (Sign::Before, true) => format!("{blanks}-{number}"),
            (Sign::After, false) => format!("{body}+"),
            (Sign::After | Sign::MinusAfter, true) => format!("{body}-"),
            (Sign::MinusAfter, false) => format!("{body} "),
            (Sign::Angles, false) => format!(" {body} "),
            (Sign::Angles, true) => format!("{blanks}<{number}>"),
        }
    }
}

fn too_small() -> Error {
    Error::new(
        ErrorKind::NumericOutOfRange,
        "a number has more digits than the pattern of TO_CHAR has places for; write more 9s",
    )
}
