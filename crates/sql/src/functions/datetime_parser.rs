//! Dates and times as applications write them: `2026-11-23`, `20261123`, `10:00`, `10:00:00.5`,
//! `2026-11-23 10:00:00`, ISO 8601 with `T`, `Z` or an offset. Digits beyond microseconds are cut
//! off.

use super::epoch::{self, DAY, HOUR, MINUTE, SECOND};
use exchange_config::Zone;

/// The parsed value of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parsed {
    /// Days since 1970-01-01
    Date(i32),
    /// Microseconds since midnight
    Time(i64),
    /// Microseconds since 1970-01-01 on the clocks of the connection's zone
    Timestamp(i64),
    /// The same in UTC, of a text that says its offset
    Moment(i64),
}

impl Parsed {
    /// A moment as the clocks of the zone show it.
    pub fn in_zone(self, zone: Zone) -> Self {
        match self {
            Self::Moment(moment) => Self::Timestamp(zone.shown(moment)),
            local => local,
        }
    }
}

/// Reads a text; `None` if it is neither a date nor a time. Spaces around it are ignored.
pub fn parse(text: &str) -> Option<Parsed> {
    let mut scanner = Scanner {
        rest: text.trim_ascii().as_bytes(),
    };
    if scanner.digits_ahead() <= 2 {
        let time = scanner.time()?;
        return scanner.is_empty().then_some(Parsed::Time(time));
    }
    let days = scanner.date()?;
    if scanner.is_empty() {
        return Some(Parsed::Date(days));
    }
    scanner.any_of(b"Tt ")?;
    while scanner.any_of(b" ").is_some() {}
    let time = scanner.time()?;
    while scanner.any_of(b" ").is_some() {}
    let local = epoch::midnight(days) + time;
    if scanner.is_empty() {
        return Some(Parsed::Timestamp(epoch::checked(local).ok()?));
    }
    let moment = epoch::checked(local - scanner.offset()?).ok()?;
    scanner.is_empty().then_some(Parsed::Moment(moment))
}

/// A date counts as its midnight.
pub fn parse_timestamp(text: &str, zone: Zone) -> Option<i64> {
    match parse(text)?.in_zone(zone) {
        Parsed::Date(days) => Some(epoch::midnight(days)),
        Parsed::Timestamp(microseconds) | Parsed::Moment(microseconds) => Some(microseconds),
        Parsed::Time(_) => None,
    }
}

/// A timestamp's time is cut off.
pub fn parse_date(text: &str, zone: Zone) -> Option<i32> {
    match parse(text)?.in_zone(zone) {
        Parsed::Date(days) => Some(days),
        Parsed::Timestamp(microseconds) | Parsed::Moment(microseconds) => {
            epoch::day_of(microseconds).ok()
        }
        Parsed::Time(_) => None,
    }
}

/// A timestamp's date is cut off.
pub fn parse_time(text: &str, zone: Zone) -> Option<i64> {
    match parse(text)?.in_zone(zone) {
        Parsed::Time(microseconds) => Some(microseconds),
        Parsed::Timestamp(microseconds) | Parsed::Moment(microseconds) => {
            Some(microseconds.rem_euclid(DAY))
        }
        Parsed::Date(_) => None,
    }
}

struct Scanner<'a> {
    rest: &'a [u8],
}

impl Scanner<'_> {
    fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    fn digits_ahead(&self) -> usize {
        self.rest
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    }

    fn any_of(&mut self, wanted: &[u8]) -> Option<u8> {
        let (&first, rest) = self.rest.split_first()?;
        wanted.contains(&first).then(|| {
            self.rest = rest;
            first
        })
    }

    /// A number of at least `fewest` and at most `most` digits.
    fn number(&mut self, fewest: usize, most: usize) -> Option<i64> {
        let count = self.digits_ahead().min(most);
        if count < fewest {
            return None;
        }
        let (digits, rest) = self.rest.split_at(count);
        self.rest = rest;
        Some(
            digits
                .iter()
                .fold(0, |number, digit| number * 10 + i64::from(digit - b'0')),
        )
    }

    fn date(&mut self) -> Option<i32> {
        let compact = self.digits_ahead() == 8;
        let year = self.number(4, 4)?;
        let (month, day) = if compact {
            (self.number(2, 2)?, self.number(2, 2)?)
        } else {
            let separator = self.any_of(b"-/")?;
            let month = self.number(1, 2)?;
            self.any_of(&[separator])?;
            (month, self.number(1, 2)?)
        };
        Some(epoch::date(year, month, day)?.to_epoch_days())
    }

    fn time(&mut self) -> Option<i64> {
        let hour = self.number(1, 2).filter(|hour| *hour < 24)?;
        self.any_of(b":")?;
        let minute = self.number(2, 2).filter(|minute| *minute < 60)?;
        let mut time = hour * HOUR + minute * MINUTE;
        if self.any_of(b":").is_some() {
            time += self.number(2, 2).filter(|second| *second < 60)? * SECOND;
            if self.any_of(b".,").is_some() {
                time += self.fraction()?;
            }
        }
        Some(time)
    }

    fn fraction(&mut self) -> Option<i64> {
        let count = self.digits_ahead();
        let (digits, rest) = self.rest.split_at(count);
        self.rest = rest;
        let padded = digits.iter().chain(std::iter::repeat(&b'0')).take(6);
        (count > 0).then(|| padded.fold(0, |number, digit| number * 10 + i64::from(digit - b'0')))
    }

    /// The text's offset from UTC.
    fn offset(&mut self) -> Option<i64> {
        if self.any_of(b"Zz").is_some() {
            return Some(0);
        }
        let sign = match self.any_of(b"+-")? {
            b'-' => -1,
            _ => 1,
        };
        let hours = self.number(2, 2)?;
        let colon = self.any_of(b":").is_some();
        let minutes = if colon || !self.is_empty() {
            self.number(2, 2)?
        } else {
            0
        };
        (hours < 24 && minutes < 60).then_some(sign * (hours * HOUR + minutes * MINUTE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// 2026-11-23T10:00:00Z
    const TEN: i64 = 1_795_428_000 * SECOND;

    #[test]
    fn timestamps_have_many_spellings() {
        for text in [
            "2026-11-23 10:00:00",
            " 2026-11-23T10:00:00Z ",
            "2026-11-23t10:00",
            "2026/11/23 10:00:00.0000000",
            "20261123 10:00:00",
            "2026-11-23T12:00:00+02:00",
            "2026-11-23T12:00:00 +0200",
            "2026-11-23 04:30:00-05:30",
            "2026-11-23 12:00:00+02",
            "2026-11-23T10:00:00.000000999",
        ] {
            assert_eq!(parse_timestamp(text, Zone::UTC), Some(TEN), "{text}");
        }
        assert_eq!(
            parse_timestamp("2026-11-23 10:00:00.25", Zone::UTC),
            Some(TEN + SECOND / 4)
        );
    }

    /// Ten o'clock in UTC is eleven in Berlin's winter.
    #[test]
    fn a_text_that_says_its_offset_is_shown_in_the_zone() {
        let berlin = Zone::named("Europe/Berlin").unwrap();
        for text in ["2026-11-23T10:00:00Z", "2026-11-23 12:00:00+02:00"] {
            assert_eq!(parse_timestamp(text, berlin), Some(TEN + HOUR), "{text}");
            assert_eq!(parse_time(text, berlin), Some(11 * HOUR), "{text}");
        }
        assert_eq!(parse_timestamp("2026-11-23T10:00:00", berlin), Some(TEN));
        assert_eq!(parse_date("2026-11-23T23:30:00Z", berlin), Some(20_781));
        assert_eq!(parse_date("2026-11-23T23:30:00", berlin), Some(20_780));
        // A sign of no time stays.
        let none = parse_timestamp("0001-01-01T00:00:00Z", Zone::UTC);
        assert_eq!(parse_timestamp("0001-01-01T00:00:00Z", berlin), none);
    }

    #[test]
    fn dates_and_times_stand_alone() {
        assert_eq!(parse("2026-11-23"), Some(Parsed::Date(20_780)));
        assert_eq!(parse("2026-1-2"), parse("20260102"));
        assert_eq!(parse("10:00"), Some(Parsed::Time(10 * HOUR)));
        assert_eq!(
            parse("9:00:00.5"),
            Some(Parsed::Time(9 * HOUR + SECOND / 2))
        );
    }

    #[test]
    fn the_first_and_the_last_moment_are_read() {
        assert_eq!(
            parse_timestamp("0001-01-01", Zone::UTC),
            Some(-62_135_596_800 * SECOND)
        );
        let last = 253_402_300_800 * SECOND - 1;
        assert_eq!(
            parse_timestamp("9999-12-31 23:59:59.9999999", Zone::UTC),
            Some(last)
        );
        assert_eq!(parse("0000-12-31"), None);
        assert_eq!(parse("0001-01-01 00:00:00+01:00"), None);
    }

    #[test]
    fn what_is_missing_is_added_and_what_is_too_much_cut_off() {
        assert_eq!(
            parse_timestamp("2026-11-23", Zone::UTC),
            Some(TEN - 10 * HOUR)
        );
        assert_eq!(parse_date("2026-11-23 10:00:00", Zone::UTC), Some(20_780));
        assert_eq!(
            parse_time("2026-11-23 10:00:00", Zone::UTC),
            Some(10 * HOUR)
        );
        assert_eq!(parse_timestamp("10:00", Zone::UTC), None);
        assert_eq!(parse_date("10:00", Zone::UTC), None);
        assert_eq!(parse_time("2026-11-23", Zone::UTC), None);
    }

    #[test]
    fn other_texts_are_none() {
        for text in [
            "",
            "x",
            "10",
            "2026",
            "2026-11",
            "2026-13-01",
            "2026-02-29",
            "2026-11/23",
            "2026-11-23 ",
            "2026-11-23T",
            "2026-11-23 25:00:00",
            "2026-11-23 10:60",
            "2026-11-23 10:00:00.",
            "2026-11-23 10:00:00 x",
            "2026-11-23 10:00:00+2",
            "202611230",
            "24:00",
            "10:00:00Z",
        ] {
            let expected = (text == "2026-11-23 ").then_some(Parsed::Date(20_780));
            assert_eq!(parse(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_moment_is_read_as_it_is_written(microseconds in -62_135_596_800_000_000_i64..253_402_300_800_000_000) {
            let moment = chrono::DateTime::from_timestamp_micros(microseconds).unwrap();
            for format in ["%Y-%m-%d %H:%M:%S%.6f", "%Y-%m-%dT%H:%M:%S%.9fZ", "%Y%m%d %H:%M:%S%.6f+00:00"] {
                let text = moment.format(format).to_string();
                prop_assert_eq!(parse_timestamp(&text, Zone::UTC), Some(microseconds), "{}", text);
            }
        }

        #[test]
        fn no_text_is_too_odd(text in "[0-9:TZ.+/ -]{0,30}|\\PC*") {
            let _ = parse(&text);
        }
    }
}
