//! Patterns of Oracle and PostgreSQL for dates and times, as far as both have the same meaning.

use super::datetime_pattern::{Case, Half, Length, Named, Part, Pattern, Piece};
use super::unknown::unknown;
use crate::Error;

const KNOWN: &str = "YYYY YYY YY Y IYYY CC Q MM MON MONTH WW W IW DDD DD D ID DY DAY J HH24 HH12 HH MI SS MS US FF1 to \
                     FF6 AM A.M., FM before one of them, \"text\" in double quotes, and punctuation";

#[derive(Clone, Copy)]
enum Field {
    Number(Part, usize),
    LastOfYear(usize),
    Name(Named, Length),
    Half(Half),
    Fraction(usize),
}

/// Longer names come before those that they begin with.
#[rustfmt::skip]
const FIELDS: &[(&str, Field)] = &[
    ("YYYY", Field::Number(Part::Year, 4)),
    ("YYY", Field::LastOfYear(3)),
    ("YY", Field::LastOfYear(2)),
    ("Y", Field::LastOfYear(1)),
    ("IYYY", Field::Number(Part::IsoYear, 4)),
    ("IW", Field::Number(Part::IsoWeek, 2)),
    ("ID", Field::Number(Part::IsoWeekday, 1)),
    ("CC", Field::Number(Part::Century, 2)),
    ("Q", Field::Number(Part::Quarter, 1)),
    ("MONTH", Field::Name(Named::Month, Length::Full)),
    ("MON", Field::Name(Named::Month, Length::Three)),
    ("MM", Field::Number(Part::Month, 2)),
    ("MI", Field::Number(Part::Minute, 2)),
    ("MS", Field::Fraction(3)),
    ("WW", Field::Number(Part::WeekOfYear, 2)),
    ("W", Field::Number(Part::WeekOfMonth, 1)),
    ("DDD", Field::Number(Part::DayOfYear, 3)),
    ("DD", Field::Number(Part::Day, 2)),
    ("DAY", Field::Name(Named::Weekday, Length::Full)),
    ("DY", Field::Name(Named::Weekday, Length::Three)),
    ("D", Field::Number(Part::Weekday, 1)),
    ("J", Field::Number(Part::Julian, 1)),
    ("HH24", Field::Number(Part::Hour24, 2)),
    ("HH12", Field::Number(Part::Hour12, 2)),
    ("HH", Field::Number(Part::Hour12, 2)),
    ("SS", Field::Number(Part::Second, 2)),
    ("US", Field::Fraction(6)),
    ("FF1", Field::Fraction(1)),
    ("FF2", Field::Fraction(2)),
    ("FF3", Field::Fraction(3)),
    ("FF4", Field::Fraction(4)),
    ("FF5", Field::Fraction(5)),
    ("FF6", Field::Fraction(6)),
    ("A.M.", Field::Half(Half::Points)),
    ("P.M.", Field::Half(Half::Points)),
    ("AM", Field::Half(Half::Two)),
    ("PM", Field::Half(Half::Two)),
];

pub fn pattern(text: &str) -> Result<Pattern, Error> {
    let mut pieces = Vec::new();
    let mut rest = text;
    // Oracle's FM affects all later fields, PostgreSQL's only the next one. Patterns with a
    // difference are refused.
    let (mut fill, mut was_filled) = (false, false);
    while let Some(first) = rest.chars().next() {
        if let Some(quoted) = rest.strip_prefix('"') {
            let Some((inside, after)) = quoted.split_once('"') else {
                return Err(unknown("TO_CHAR", "a quote that is not closed", KNOWN));
            };
            pieces.push(Piece::Text(inside.to_owned()));
            rest = after;
        } else if begins(rest, "FM") && !begins(rest, "FMFM") {
            if was_filled {
                return Err(ambiguous());
            }
            (fill, was_filled) = (true, true);
            rest = &rest[2..];
        } else if let Some((name, field)) = FIELDS.iter().find(|(name, _)| begins(rest, name)) {
            let (written, after) = rest.split_at(name.len());
            let piece = piece(*field, written, fill)?;
            if was_filled && !fill && piece != self::piece(*field, written, true)? {
                return Err(ambiguous());
            }
            fill = false;
            pieces.push(piece);
            rest = after;
            if begins(rest, "TH") || begins(rest, "SP") {
                return Err(unknown("TO_CHAR", "TH and SP", KNOWN));
            }
        } else if first.is_alphanumeric() || first == '\\' {
            return Err(unknown("TO_CHAR", "one of the letters", KNOWN));
        } else {
            pieces.push(Piece::Text(first.to_string()));
            rest = &rest[first.len_utf8()..];
        }
    }
    match fill {
        true => Err(unknown("TO_CHAR", "FM at the end", KNOWN)),
        false => Ok(Pattern(pieces)),
    }
}

fn begins(text: &str, name: &str) -> bool {
    text.get(..name.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(name))
}

/// `fill` leaves out zeros and blanks for padding.
fn piece(field: Field, written: &str, fill: bool) -> Result<Piece, Error> {
    Ok(match field {
        Field::Number(part @ (Part::Year | Part::IsoYear), width) => Piece::Number(part, width),
        Field::Number(part, width) => Piece::Number(part, if fill { 1 } else { width }),
        Field::LastOfYear(digits) => Piece::LastOfYear(digits),
        Field::Name(of, length) => Piece::Name {
            of,
            length,
            case: case(written)?,
            padded: !fill && length == Length::Full,
        },
        Field::Half(form) => Piece::Half {
            form,
            case: match written.starts_with(|first: char| first.is_lowercase()) {
                true => Case::Lower,
                false => Case::Upper,
            },
        },
        Field::Fraction(digits) => Piece::Fraction(digits),
    })
}

/// `MONTH`, `Month` or `month`.
fn case(written: &str) -> Result<Case, Error> {
    let is_upper = |letter: char| letter.is_ascii_uppercase();
    let (first, others) = written.split_at(1);
    match (first.chars().all(is_upper), others) {
        (true, others) if others.chars().all(is_upper) => Ok(Case::Upper),
        (true, others) if !others.chars().any(is_upper) => Ok(Case::Capital),
        (false, others) if !others.chars().any(is_upper) => Ok(Case::Lower),
        _ => Err(unknown("TO_CHAR", "a name in mixed case", KNOWN)),
    }
}

fn ambiguous() -> Error {
    unknown(
        "TO_CHAR",
        "more than one field with or after FM, which databases read differently (FORMAT has 'd' and 'M')",
        KNOWN,
    )
}
