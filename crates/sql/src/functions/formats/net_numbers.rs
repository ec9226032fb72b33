//! Patterns for numbers of .NET, in English of the United States.

use super::digits::Digits;
use super::unknown::unknown;
use crate::{Error, ErrorKind};

const KNOWN: &str = "N, F and D with a number of digits after them, such as N2, or 0 # , . and 'text' in quotes, such as \
                     '#,##0.00'";

/// The maximum number of digits for N, F and D.
const MOST_DIGITS: usize = 60;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// N and F
    Fixed {
        grouped: bool,
        places: usize,
    },
    /// D
    Whole {
        least: usize,
    },
    Custom(Custom),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Custom {
    before: String,
    after: String,
    grouped: bool,
    /// The minimum number of digits before the point.
    least: usize,
    /// The minimum and maximum number of digits after the point.
    fraction: (usize, usize),
}

impl Pattern {
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut characters = text.chars();
        let letter = characters.next().filter(char::is_ascii_alphabetic);
        let Some(letter) = letter else {
            return Custom::parse(text).map(Self::Custom);
        };
        let digits = characters.as_str();
        let number = match digits {
            "" => None,
            _ if digits.bytes().all(|digit| digit.is_ascii_digit()) => {
                let number = digits.parse().ok().filter(|number| *number <= MOST_DIGITS);
                Some(number.ok_or_else(wrong)?)
            }
            _ => return Err(wrong()),
        };
        Ok(match letter {
            'n' | 'N' => Self::Fixed {
                grouped: true,
                places: number.unwrap_or(2),
            },
            'f' | 'F' => Self::Fixed {
                grouped: false,
                places: number.unwrap_or(2),
            },
            'd' | 'D' => Self::Whole {
                least: number.unwrap_or(1).max(1),
            },
            _ => return Err(wrong()),
        })
    }

    /// The maximum number of characters for numbers with this many digits before the point.
    pub fn longest(&self, digits: usize) -> usize {
        const SIGN: usize = 1;
        let after_point = |places: usize| if places == 0 { 0 } else { places + 1 };
        SIGN + match self {
            Self::Fixed { grouped, places } => {
                longest_whole(digits, 1, *grouped) + after_point(*places)
            }
            Self::Whole { least } => longest_whole(digits, *least, false),
            Self::Custom(custom) => {
                custom.before.chars().count()
                    + longest_whole(digits, custom.least, custom.grouped)
                    + after_point(custom.fraction.1)
                    + custom.after.chars().count()
            }
        }
    }

    pub fn write(&self, number: &Digits, out: &mut String) -> Result<(), Error> {
        match self {
            Self::Fixed { grouped, places } => {
                let number = number.rounded(*places);
                sign(&number, out);
                whole(&number, 1, *grouped, out);
                if *places > 0 {
                    out.push('.');
                    out.push_str(&number.fraction);
                }
            }
            Self::Whole { least } => {
                if number.fraction.bytes().any(|digit| digit != b'0') {
                    return Err(Error::new(
                        ErrorKind::Syntax,
                        "FORMAT: D is for whole numbers; write F2 or N2",
                    ));
                }
                sign(&number.rounded(0), out);
                whole(number, *least, false, out);
            }
            Self::Custom(custom) => custom.write(number, out),
        }
        Ok(())
    }
}

impl Custom {
    fn parse(text: &str) -> Result<Self, Error> {
        let mut custom = Self::default();
        let mut rest = text;
        custom.before = literals(&mut rest)?;
        let end = rest
            .find(|character| !matches!(character, '0' | '#' | ',' | '.'))
            .unwrap_or(rest.len());
        let (number, mut after) = rest.split_at(end);
        custom.after = literals(&mut after)?;
        if !after.is_empty() {
            return Err(wrong());
        }
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        // A comma before the point divides by a thousand.
        let is_wrong = whole.ends_with(',')
            || whole.starts_with(',')
            || fraction.contains([',', '.'])
            || fraction.contains("#0")
            || number.ends_with('.')
            || whole.is_empty() && fraction.is_empty();
        let places: String = whole.chars().filter(|slot| *slot != ',').collect();
        if is_wrong || places.contains("0#") {
            return Err(wrong());
        }
        custom.grouped = whole.contains(',');
        custom.least = places.matches('0').count();
        custom.fraction = (fraction.matches('0').count(), fraction.len());
        Ok(custom)
    }

    fn write(&self, number: &Digits, out: &mut String) {
        let (least, most) = self.fraction;
        let number = number.rounded(most);
        sign(&number, out);
        out.push_str(&self.before);
        whole(&number, self.least, self.grouped, out);
        let significant = number.fraction.trim_end_matches('0').len();
        let shown = significant.max(least);
        if shown > 0 {
            out.push('.');
            out.push_str(&number.fraction[..shown]);
        }
        out.push_str(&self.after);
    }
}

/// Reads quoted texts, escaped characters and blanks.
fn literals(rest: &mut &str) -> Result<String, Error> {
    let mut text = String::new();
    while let Some(first) = rest.chars().next() {
        match first {
            '\'' | '"' => {
                let (inside, after) = rest[1..].split_once(first).ok_or_else(wrong)?;
                text.push_str(inside);
                *rest = after;
            }
            '\\' => {
                let escaped = rest[1..].chars().next().ok_or_else(wrong)?;
                text.push(escaped);
                *rest = &rest[1 + escaped.len_utf8()..];
            }
            ' ' => {
                text.push(' ');
                *rest = &rest[1..];
            }
            _ => break,
        }
    }
    Ok(text)
}

fn sign(number: &Digits, out: &mut String) {
    if number.negative {
        out.push('-');
    }
}

fn whole(number: &Digits, least: usize, grouped: bool, out: &mut String) {
    let missing = least.saturating_sub(number.whole.len());
    let count = missing + number.whole.len();
    let zeros = std::iter::repeat_n('0', missing);
    for (index, digit) in zeros.chain(number.whole.chars()).enumerate() {
        if grouped && index > 0 && (count - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
}

/// The maximum number of characters of [`whole`].
fn longest_whole(digits: usize, least: usize, grouped: bool) -> usize {
    let count = digits.max(least);
    match grouped {
        true => count + count.saturating_sub(1) / 3,
        false => count,
    }
}

fn wrong() -> Error {
    unknown("FORMAT", "a part", KNOWN)
}
