//! Patterns for dates and times of .NET, in English of the United States.

use super::datetime_pattern::{Case, Half, Length, Named, Part, Pattern, Piece};
use super::unknown::unknown;
use crate::{Error, ErrorKind};

const KNOWN: &str = "yyyy yy MMMM MMM MM M dddd ddd dd d HH H hh h mm m ss s f to fffffff tt t, the letters T and Z, \
                     'text' in quotes, punctuation, and alone d t T g G s u";

/// A single letter is a named pattern.
const NAMED: &[(&str, &str)] = &[
    ("d", "M/d/yyyy"),
    ("t", "h:mm tt"),
    ("T", "h:mm:ss tt"),
    ("g", "M/d/yyyy h:mm tt"),
    ("G", "M/d/yyyy h:mm:ss tt"),
    ("s", "yyyy-MM-ddTHH:mm:ss"),
    ("u", "yyyy-MM-dd HH:mm:ssZ"),
];

pub fn pattern(text: &str) -> Result<Pattern, Error> {
    let named = NAMED.iter().find(|(name, _)| *name == text);
    let text = named.map_or(text, |(_, pattern)| *pattern);
    // With % a single letter is a part.
    let mut rest = match text.strip_prefix('%') {
        Some(rest) => rest,
        None if text.chars().count() == 1 && text.chars().all(char::is_alphabetic) => {
            return Err(unknown("FORMAT", "this letter alone", KNOWN));
        }
        None => text,
    };
    let mut pieces = Vec::new();
    while let Some(first) = rest.chars().next() {
        let run = rest.chars().take_while(|next| *next == first).count();
        if let Some(piece) = field(first, run) {
            pieces.push(piece);
            rest = &rest[run..];
            continue;
        }
        match first {
            '\'' | '"' => {
                let Some((inside, after)) = rest[1..].split_once(first) else {
                    return Err(unknown("FORMAT", "a quote that is not closed", KNOWN));
                };
                pieces.push(Piece::Text(inside.to_owned()));
                rest = after;
            }
            '\\' => {
                let Some(escaped) = rest[1..].chars().next() else {
                    return Err(unknown("FORMAT", "a backslash at the end", KNOWN));
                };
                pieces.push(Piece::Text(escaped.to_string()));
                rest = &rest[1 + escaped.len_utf8()..];
            }
            'T' | 'Z' if run == 1 => {
                pieces.push(Piece::Text(first.to_string()));
                rest = &rest[1..];
            }
            _ if first.is_alphanumeric() || first == '%' => {
                return Err(unknown("FORMAT", "one of the letters", KNOWN));
            }
            _ => {
                pieces.push(Piece::Text(first.to_string()));
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    check_minutes(&pieces)?;
    Ok(Pattern(pieces))
}

fn field(letter: char, run: usize) -> Option<Piece> {
    let name = |of, length| Piece::Name {
        of,
        length,
        case: Case::Capital,
        padded: false,
    };
    Some(match (letter, run) {
        ('y', 4) => Piece::Number(Part::Year, 4),
        ('y', 2) => Piece::LastOfYear(2),
        ('M', 1 | 2) => Piece::Number(Part::Month, run),
        ('M', 3) => name(Named::Month, Length::Three),
        ('M', 4) => name(Named::Month, Length::Full),
        ('d', 1 | 2) => Piece::Number(Part::Day, run),
        ('d', 3) => name(Named::Weekday, Length::Three),
        ('d', 4) => name(Named::Weekday, Length::Full),
        ('H', 1 | 2) => Piece::Number(Part::Hour24, run),
        ('h', 1 | 2) => Piece::Number(Part::Hour12, run),
        ('m', 1 | 2) => Piece::Number(Part::Minute, run),
        ('s', 1 | 2) => Piece::Number(Part::Second, run),
        ('f', 1..=7) => Piece::Fraction(run),
        ('t', 1 | 2) => Piece::Half {
            form: if run == 1 { Half::One } else { Half::Two },
            case: Case::Upper,
        },
        _ => return None,
    })
}

/// Access and others use `mm` for the month.
fn check_minutes(pieces: &[Piece]) -> Result<(), Error> {
    let has = |wanted: &dyn Fn(&Piece) -> bool| pieces.iter().any(wanted);
    let is_part = |piece: &Piece, parts: &[Part]| match piece {
        Piece::Number(part, _) => parts.contains(part),
        Piece::LastOfYear(_) => parts.contains(&Part::Year),
        _ => false,
    };
    let minutes = has(&|piece| is_part(piece, &[Part::Minute]));
    let hours = has(&|piece| is_part(piece, &[Part::Hour24, Part::Hour12]));
    let days = has(&|piece| is_part(piece, &[Part::Year, Part::Day]));
    match minutes && days && !hours {
        true => Err(Error::new(
            ErrorKind::Syntax,
            "FORMAT: mm is minutes; write MM for months, or HH:mm for hours and minutes",
        )),
        false => Ok(()),
    }
}
