//! Intervals as text: `[-]y-mm`, `[-]d hh:mm:ss[.ffffff]`, and the shorter forms of the other kinds.

use super::error::ConversionError;
use super::interval::{Field, Interval, IntervalKind};
use super::length::CharLen;
use super::number::Literal;
use std::fmt::Write;

/// Appends `[-]y-mm`, or the number of a single field.
pub fn write_months(out: &mut String, months: i64, kind: IntervalKind) -> CharLen {
    let start = out.len();
    let magnitude = months.unsigned_abs();
    if months < 0 {
        out.push('-');
    }
    let _ = match kind {
        IntervalKind::Year => write!(out, "{}", magnitude / 12),
        IntervalKind::Month => write!(out, "{magnitude}"),
        _ => write!(out, "{}-{:02}", magnitude / 12, magnitude % 12),
    };
    CharLen(out.len() - start)
}

/// Appends the fields of the kind, `d hh:mm:ss` for days to seconds, with six fraction digits if
/// there is a fraction. Returns the number of characters that must not be cut off: all but the
/// fraction.
pub fn write_day_time(out: &mut String, nanoseconds: i128, kind: IntervalKind) -> CharLen {
    let start = out.len();
    let (first, last) = kind.fields().unwrap_or((Field::Day, Field::Second));
    if nanoseconds < 0 {
        out.push('-');
    }
    let mut rest = nanoseconds.unsigned_abs() as i128;
    for field in Field::ALL
        .into_iter()
        .filter(|field| (first..=last).contains(field))
    {
        let value = rest / field.nanoseconds();
        rest %= field.nanoseconds();
        let _ = match (field == first, field) {
            (true, _) => write!(out, "{value}"),
            (_, Field::Hour) => write!(out, " {value:02}"),
            _ => write!(out, ":{value:02}"),
        };
    }
    let minimum = CharLen(out.len() - start);
    let microseconds = rest / 1000;
    if last == Field::Second && microseconds != 0 {
        let _ = write!(out, ".{microseconds:06}");
    }
    minimum
}

/// Reads an interval; `kind` gives the units of a text with few fields.
pub fn parse(text: &str, kind: IntervalKind) -> Result<Interval, ConversionError> {
    let text = text.trim_matches(' ');
    let (negative, body) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let interval = match kind.fields() {
        None => Interval::Months(parse_months(body, kind)?),
        Some((first, last)) => Interval::Nanoseconds(parse_day_time(body, first, last)?),
    };
    Ok(match (interval, negative) {
        (Interval::Months(value), true) => Interval::Months(-value),
        (Interval::Nanoseconds(value), true) => Interval::Nanoseconds(-value),
        (positive, false) => positive,
    })
}

fn parse_months(text: &str, kind: IntervalKind) -> Result<i64, ConversionError> {
    match text.split_once('-') {
        Some((years, months)) => {
            let months = count(months)?;
            if months > 11 {
                return Err(ConversionError::InvalidText);
            }
            Ok(count(years)? * 12 + months)
        }
        None if kind == IntervalKind::Month => count(text),
        None => Ok(count(text)? * 12),
    }
}

/// Digits only; more than any field has are an overflow.
fn count(text: &str) -> Result<i64, ConversionError> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ConversionError::InvalidText);
    }
    text.parse::<u32>()
        .map(i64::from)
        .map_err(|_| ConversionError::IntervalOverflow)
}

/// `d hh[:mm[:ss[.f]]]`, `hh:mm[:ss[.f]]`, `mm:ss[.f]`, or a number of the first field.
fn parse_day_time(text: &str, first: Field, last: Field) -> Result<i128, ConversionError> {
    if let Some((days, clock)) = text.split_once(' ') {
        let days = i128::from(count(days)?) * Field::Day.nanoseconds();
        let clock = parse_clock(clock.trim_matches(' '), Field::Hour)?;
        return match clock < Field::Day.nanoseconds() {
            true => Ok(days + clock),
            false => Err(ConversionError::InvalidText),
        };
    }
    // Two parts are minutes and seconds only if the kind has no hours.
    let minutes_first = text.matches(':').count() == 1 && first == Field::Minute;
    match text.contains(':') {
        true if minutes_first && last == Field::Second => parse_clock(text, Field::Minute),
        true => parse_clock(text, Field::Hour),
        false => single(text, first),
    }
}

/// Fields joined with `:`, the first without a limit, the others less than 60.
fn parse_clock(text: &str, first: Field) -> Result<i128, ConversionError> {
    let mut fields = Field::ALL.into_iter().filter(|field| *field >= first);
    let mut total = 0;
    for part in text.split(':') {
        let field = fields.next().ok_or(ConversionError::InvalidText)?;
        let value = match field {
            Field::Second => single(part, field)?,
            _ => i128::from(count(part)?) * field.nanoseconds(),
        };
        if field != first && value >= 60 * field.nanoseconds() {
            return Err(ConversionError::InvalidText);
        }
        total += value;
    }
    Ok(total)
}

/// A number of one unit, perhaps with a fraction.
fn single(text: &str, field: Field) -> Result<i128, ConversionError> {
    if !text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        return Err(ConversionError::InvalidText);
    }
    let cut = Literal::parse(text)?
        .scaled(9)
        .map_err(|_| ConversionError::IntervalOverflow)?;
    cut.value
        .checked_mul(field.nanoseconds())
        .map(|value| value / 1_000_000_000)
        .ok_or(ConversionError::IntervalOverflow)
}
