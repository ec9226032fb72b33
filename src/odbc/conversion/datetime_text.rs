//! Dates, times and timestamps read from text.
//!
//! The accepted forms are those of ODBC (`2024-02-29`, `13:45:07.5`, `2024-02-29 13:45:07`, each
//! also in its escape `{ts '...'}`) and of ISO 8601 (a `T` between date and time, `Z` or an offset
//! after it, which is subtracted; the moment in UTC is then put into the zone of the connection). Other text is 22018; a date or time
//! that does not exist is 22007.

use super::datetime::{Clock, MICROSECONDS_PER_SECOND, days_of, join, split, today};
use super::error::ConversionError;
use super::number::Cut;
use exchange_sql::Zone;

/// The meaning of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Days
    Date(i32),
    /// Microseconds
    Time(i64),
    /// Microseconds
    Timestamp(i64),
}

impl Moment {
    /// As a timestamp: a date becomes midnight, a time is today.
    pub fn timestamp(self, zone: Zone) -> i64 {
        match self {
            Moment::Date(days) => join(days, 0),
            Moment::Time(time) => join(today(zone), time),
            Moment::Timestamp(timestamp) => timestamp,
        }
    }
}

/// Reads any of the forms; spaces around it are allowed. Digits of seconds beyond microseconds are
/// cut off.
pub fn parse(text: &str, zone: Zone) -> Result<Cut<Moment>, ConversionError> {
    let text = text.trim_matches(' ');
    let mut cursor = Cursor {
        rest: unescaped(text).unwrap_or(text).as_bytes(),
        zone,
        lost: false,
    };
    let value = cursor.moment()?;
    match cursor.rest.is_empty() {
        true => Ok(Cut {
            value,
            lost: cursor.lost,
        }),
        false => Err(ConversionError::InvalidText),
    }
}

/// The text inside `{d '...'}`, `{t '...'}` or `{ts '...'}`.
fn unescaped(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('{')?.strip_suffix('}')?.trim_matches(' ');
    let quoted = ["ts", "TS", "d", "D", "t", "T"]
        .iter()
        .find_map(|kind| inner.strip_prefix(kind))?;
    Some(
        quoted
            .trim_matches(' ')
            .strip_prefix('\'')?
            .strip_suffix('\'')?
            .trim_matches(' '),
    )
}

/// The rest of the text.
struct Cursor<'a> {
    rest: &'a [u8],
    /// Where a text that says its offset is shown
    zone: Zone,
    /// Whether digits other than zero were cut off.
    lost: bool,
}

impl Cursor<'_> {
    fn moment(&mut self) -> Result<Moment, ConversionError> {
        if self.rest.get(2) == Some(&b':') {
            return Ok(Moment::Time(self.time()?));
        }
        let days = self.date()?;
        let separated = matches!(self.rest.first(), Some(b' ' | b'T' | b't'));
        if !separated {
            return Ok(Moment::Date(days));
        }
        self.rest = &self.rest[1..];
        let local = join(days, self.time()?);
        let timestamp = match self.offset()? {
            None => local,
            Some(offset) => self.zone.shown(local - offset),
        };
        let (days, _) = split(timestamp);
        // The offset may lead to years that ODBC does not have.
        super::datetime::encode_date(days)?;
        Ok(Moment::Timestamp(timestamp))
    }

    fn date(&mut self) -> Result<i32, ConversionError> {
        let year = self.number(4)?;
        self.expect(b'-')?;
        let month = self.number(2)?;
        self.expect(b'-')?;
        let day = self.number(2)?;
        days_of(year as i32, month, day)
    }

    /// `hh:mm[:ss[.f...]]`
    fn time(&mut self) -> Result<i64, ConversionError> {
        let hour = self.number(2)? as u16;
        self.expect(b':')?;
        let minute = self.number(2)? as u16;
        let mut clock = Clock {
            hour,
            minute,
            second: 0,
            microsecond: 0,
        };
        if self.rest.first() == Some(&b':') {
            self.rest = &self.rest[1..];
            clock.second = self.number(2)? as u16;
            clock.microsecond = self.fraction()?;
        }
        clock.microseconds()
    }

    /// Microseconds.
    fn fraction(&mut self) -> Result<u32, ConversionError> {
        if !matches!(self.rest.first(), Some(b'.' | b',')) {
            return Ok(0);
        }
        self.rest = &self.rest[1..];
        let count = self
            .rest
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if count == 0 {
            return Err(ConversionError::InvalidText);
        }
        let (digits, rest) = self.rest.split_at(count);
        self.rest = rest;
        self.lost |= digits.iter().skip(6).any(|digit| *digit != b'0');
        let padded = digits
            .iter()
            .copied()
            .chain(std::iter::repeat(b'0'))
            .take(6);
        Ok(padded.fold(0, |value, digit| value * 10 + u32::from(digit - b'0')))
    }

    /// The offset of local time from UTC in microseconds, if the text says one.
    fn offset(&mut self) -> Result<Option<i64>, ConversionError> {
        let sign = match self.rest.first() {
            None => return Ok(None),
            Some(b'Z' | b'z') => {
                self.rest = &self.rest[1..];
                return Ok(Some(0));
            }
            Some(b'+') => 1,
            Some(b'-') => -1,
            Some(_) => return Err(ConversionError::InvalidText),
        };
        self.rest = &self.rest[1..];
        let hours = self.number(2)?;
        if self.rest.first() == Some(&b':') {
            self.rest = &self.rest[1..];
        }
        let minutes = if self.rest.is_empty() {
            0
        } else {
            self.number(2)?
        };
        if hours > 23 || minutes > 59 {
            return Err(ConversionError::InvalidDatetime);
        }
        let seconds = sign * i64::from(hours * 3600 + minutes * 60);
        Ok(Some(seconds * MICROSECONDS_PER_SECOND))
    }

    fn number(&mut self, width: usize) -> Result<u32, ConversionError> {
        let (digits, rest) = self
            .rest
            .split_at_checked(width)
            .ok_or(ConversionError::InvalidText)?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return Err(ConversionError::InvalidText);
        }
        self.rest = rest;
        Ok(digits
            .iter()
            .fold(0, |value, digit| value * 10 + u32::from(digit - b'0')))
    }

    fn expect(&mut self, byte: u8) -> Result<(), ConversionError> {
        match self.rest.split_first() {
            Some((first, rest)) if *first == byte => {
                self.rest = rest;
                Ok(())
            }
            _ => Err(ConversionError::InvalidText),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::odbc::conversion::datetime::{write_date, write_timestamp};
    use proptest::prelude::*;

    fn parsed(text: &str) -> Result<Moment, ConversionError> {
        parse(text, Zone::UTC).map(|cut| cut.value)
    }

    fn timestamp(text: &str) -> i64 {
        match parsed(text) {
            Ok(Moment::Timestamp(value)) => value,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn odbc_and_iso_forms_mean_the_same() {
        let expected = timestamp("2024-02-29 13:45:07.25");
        for text in [
            "2024-02-29T13:45:07.25",
            " 2024-02-29T13:45:07.250Z ",
            "2024-02-29T15:45:07.25+02:00",
            "2024-02-29 08:15:07.25-0530",
            "2024-02-29T14:45:07,25+01",
            "{ts '2024-02-29 13:45:07.250000'}",
            "2024-02-29 13:45:07.2500009",
        ] {
            assert_eq!(timestamp(text), expected, "{text}");
        }
        assert_eq!(parsed("{d '1970-01-02'}"), Ok(Moment::Date(1)));
        assert_eq!(parsed("00:00:01"), Ok(Moment::Time(1_000_000)));
        assert_eq!(parsed("{t '00:01:00'}"), Ok(Moment::Time(60_000_000)));
        assert_eq!(timestamp("1970-01-01 00:01"), 60_000_000);
    }

    #[test]
    fn text_that_is_no_moment_differs_from_a_moment_that_is_not() {
        for text in [
            "",
            "x",
            "2024-2-9",
            "2024-02-29 ",
            "20240229",
            "2024-02-29 13",
            "12:00:00 PM",
        ] {
            let expected = match text {
                "2024-02-29 " => Ok(Moment::Date(19782)),
                _ => Err(ConversionError::InvalidText),
            };
            assert_eq!(parsed(text), expected, "{text}");
        }
        for text in [
            "2023-02-29",
            "2024-13-01",
            "0000-01-01",
            "25:00:00",
            "12:60:00",
            "2024-01-01 24:00:00",
        ] {
            assert_eq!(
                parsed(text),
                Err(ConversionError::InvalidDatetime),
                "{text}"
            );
        }
        assert_eq!(
            parsed("9999-12-31T23:59:59-01:00"),
            Err(ConversionError::DatetimeOverflow)
        );
    }

    proptest! {
        #[test]
        fn every_date_reads_back(days in -719_162_i32..=2_932_896) {
            let mut text = String::new();
            write_date(&mut text, days.into()).unwrap();
            prop_assert_eq!(parsed(&text), Ok(Moment::Date(days)));
        }

        #[test]
        fn every_timestamp_reads_back(
            value in -62_135_596_800_000_000_i64..=253_402_300_799_999_999
        ) {
            let mut text = String::new();
            write_timestamp(&mut text, value, 6).unwrap();
            prop_assert_eq!(parsed(&text), Ok(Moment::Timestamp(value)));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,30}") {
            let _ = parse(&text, Zone::UTC);
        }

        #[test]
        fn nearly_valid_text_does_not_panic(text in "[0-9T:. {}'dtsZ+-]{0,32}") {
            let _ = parse(&text, Zone::UTC);
        }
    }
}
