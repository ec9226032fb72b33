//! A parsed pattern for dates and times, in any dialect.

use chrono::{Datelike, NaiveDateTime, Timelike};
use std::fmt::Write;

/// Between the day of a Julian date and the number of the day since 0001-01-01.
const JULIAN: i32 = 1_721_425;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    /// A number of at least this many digits.
    Number(Part, usize),
    /// The last digits of the year.
    LastOfYear(usize),
    Name {
        of: Named,
        length: Length,
        case: Case,
        /// Padded to the longest name.
        padded: bool,
    },
    /// The half of the day: `AM`, `A.M.`, `A`.
    Half {
        form: Half,
        case: Case,
    },
    /// This many digits of the second's fraction.
    Fraction(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Year,
    IsoYear,
    Century,
    Quarter,
    Month,
    WeekOfYear,
    WeekOfMonth,
    IsoWeek,
    DayOfYear,
    Day,
    /// 1 is Sunday.
    Weekday,
    /// 1 is Monday.
    IsoWeekday,
    Julian,
    Hour24,
    Hour12,
    Minute,
    Second,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    Month,
    Weekday,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    Full,
    Three,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    Upper,
    Capital,
    Lower,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    Two,
    Points,
    One,
}

/// `September` and `Wednesday`
const LONGEST_NAME: usize = 9;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(pub Vec<Piece>);

impl Pattern {
    pub fn write(&self, civil: NaiveDateTime, out: &mut String) {
        for piece in &self.0 {
            // Writing to a string cannot fail.
            let _ = write(piece, civil, out);
        }
    }

    /// Whether it shows a part of the date.
    pub fn has_date(&self) -> bool {
        self.0.iter().any(|piece| match piece {
            Piece::Number(part, _) => !matches!(
                part,
                Part::Hour24 | Part::Hour12 | Part::Minute | Part::Second
            ),
            Piece::LastOfYear(_) | Piece::Name { .. } => true,
            Piece::Text(_) | Piece::Half { .. } | Piece::Fraction(_) => false,
        })
    }

    /// The maximum number of characters of its output.
    pub fn longest(&self) -> usize {
        let each = self.0.iter().map(|piece| match piece {
            Piece::Text(text) => text.chars().count(),
            Piece::Number(part, width) => (*width).max(match part {
                Part::Julian => 7,
                Part::Year | Part::IsoYear => 4,
                // The years from 9901 on are in the hundredth century.
                Part::DayOfYear | Part::Century => 3,
                Part::Quarter | Part::WeekOfMonth | Part::Weekday | Part::IsoWeekday => 1,
                _ => 2,
            }),
            Piece::LastOfYear(digits) | Piece::Fraction(digits) => *digits,
            Piece::Name {
                length: Length::Full,
                ..
            } => LONGEST_NAME,
            Piece::Name { .. } => 3,
            Piece::Half { form, .. } => match form {
                Half::One => 1,
                Half::Two => 2,
                Half::Points => 4,
            },
        });
        each.sum()
    }
}

fn write(piece: &Piece, civil: NaiveDateTime, out: &mut String) -> std::fmt::Result {
    match piece {
        Piece::Text(text) => out.write_str(text),
        Piece::Number(part, width) => write!(out, "{:0width$}", number(*part, civil)),
        Piece::LastOfYear(digits) => {
            let last = civil.year() % 10_i32.pow(u32::try_from(*digits).unwrap_or(4));
            write!(out, "{last:0digits$}")
        }
        Piece::Name {
            of,
            length,
            case,
            padded,
        } => {
            let name = match (of, length) {
                (Named::Month, Length::Full) => civil.format("%B").to_string(),
                (Named::Month, Length::Three) => civil.format("%b").to_string(),
                (Named::Weekday, Length::Full) => civil.format("%A").to_string(),
                (Named::Weekday, Length::Three) => civil.format("%a").to_string(),
            };
            let name = cased(&name, *case);
            match padded {
                true => write!(out, "{name:LONGEST_NAME$}"),
                false => out.write_str(&name),
            }
        }
        Piece::Half { form, case } => {
            let is_morning = civil.hour() < 12;
            let text = match (form, is_morning) {
                (Half::Two, true) => "AM",
                (Half::Two, false) => "PM",
                (Half::Points, true) => "A.M.",
                (Half::Points, false) => "P.M.",
                (Half::One, true) => "A",
                (Half::One, false) => "P",
            };
            match case {
                Case::Lower => out.write_str(&text.to_lowercase()),
                Case::Upper | Case::Capital => out.write_str(text),
            }
        }
        Piece::Fraction(digits) => {
            let all = format!("{:09}", civil.nanosecond() % 1_000_000_000);
            out.write_str(&all[..(*digits).min(all.len())])
        }
    }
}

fn cased(name: &str, case: Case) -> String {
    match case {
        Case::Upper => name.to_uppercase(),
        Case::Capital => name.to_owned(),
        Case::Lower => name.to_lowercase(),
    }
}

fn number(part: Part, civil: NaiveDateTime) -> i32 {
    let number = match part {
        Part::Year => return civil.year(),
        Part::IsoYear => return civil.iso_week().year(),
        Part::Century => return (civil.year() + 99) / 100,
        Part::Julian => return civil.num_days_from_ce() + JULIAN,
        Part::Quarter => civil.month0() / 3 + 1,
        Part::Month => civil.month(),
        Part::WeekOfYear => civil.ordinal0() / 7 + 1,
        Part::WeekOfMonth => civil.day0() / 7 + 1,
        Part::IsoWeek => civil.iso_week().week(),
        Part::DayOfYear => civil.ordinal(),
        Part::Day => civil.day(),
        Part::Weekday => civil.weekday().number_from_sunday(),
        Part::IsoWeekday => civil.weekday().number_from_monday(),
        Part::Hour24 => civil.hour(),
        Part::Hour12 => (civil.hour() + 11) % 12 + 1,
        Part::Minute => civil.minute(),
        Part::Second => civil.second(),
    };
    number.cast_signed()
}
