//! The forms of literals in ODBC.
//!
//! <https://learn.microsoft.com/en-us/sql/odbc/reference/appendixes/date-time-and-timestamp-escape-sequences>

use chrono::{NaiveDate, NaiveTime};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Temporal {
    Date,
    Time,
    Timestamp,
}

impl Temporal {
    /// The correct form, for messages.
    pub fn form(self) -> &'static str {
        match self {
            Self::Date => "not a valid date; dates are written as in {d '2026-11-23'}",
            Self::Time => "not a valid time; times are written as in {t '10:30:00'}",
            Self::Timestamp => {
                "not a valid timestamp; timestamps are written as in {ts '2026-11-23 10:30:00.000'}"
            }
        }
    }
}

/// Whether a text has the prescribed form and names a moment that exists.
pub fn is_valid(temporal: Temporal, text: &str) -> bool {
    match temporal {
        Temporal::Date => is_date(text),
        Temporal::Time => is_time(text),
        Temporal::Timestamp => text
            .split_once([' ', 'T'])
            .is_some_and(|(date, time)| is_date(date) && is_time(time)),
    }
}

/// `yyyy-mm-dd`
fn is_date(text: &str) -> bool {
    has_form(text, "0000-00-00") && NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
}

/// `hh:mm:ss[.f...]`, with at most the nine digits of a nanosecond
fn is_time(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = fraction.bytes().all(|byte| byte.is_ascii_digit());
    digits
        && (1..=9).contains(&fraction.len())
        && has_form(whole, "00:00:00")
        && NaiveTime::parse_from_str(whole, "%H:%M:%S").is_ok_and(|_| !whole.ends_with("60"))
}

/// `8-4-4-4-12` hexadecimal digits
pub fn is_guid(text: &str) -> bool {
    let groups = text.split('-').map(str::len);
    groups.eq([8, 4, 4, 4, 12])
        && text
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// Same length, digits where the form has `0`, the same character elsewhere.
fn has_form(text: &str, form: &str) -> bool {
    let fits = |(byte, wanted): (u8, u8)| match wanted {
        b'0' => byte.is_ascii_digit(),
        other => byte == other,
    };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_moments_that_exist_are_valid() {
        use Temporal::{Date, Time, Timestamp};
        let cases = [
            (Date, "2026-11-23", true),
            (Date, "2024-02-29", true),
            (Date, "2023-02-29", false),
            (Date, "2026-1-2", false),
            (Date, "2026-13-01", false),
            (Date, "23/11/2026", false),
            (Date, "", false),
            (Date, "２０２６-01-01", false),
            (Time, "23:59:59", true),
            (Time, "23:59:59.123456789", true),
            (Time, "23:59:59.", false),
            (Time, "23:59:59.1234567890", false),
            (Time, "24:00:00", false),
            (Time, "23:59:60", false),
            (Time, "23:59", false),
            (Timestamp, "9999-12-31 23:59:59.999", true),
            (Timestamp, "2026-11-23T10:00:00", true),
            (Timestamp, "2026-11-23", false),
            (Timestamp, "2026-11-23  10:00:00", false),
            (Timestamp, "2026-11-23 10:00:00Z", false),
        ];
        for (temporal, text, valid) in cases {
            assert_eq!(is_valid(temporal, text), valid, "{temporal:?} {text}");
        }
    }

    #[test]
    fn a_guid_has_five_groups_of_hexadecimal_digits() {
        assert!(is_guid("00112233-4455-6677-8899-aAbBcCdDeEfF"));
        assert!(!is_guid("00112233-4455-6677-8899-aabbccddeeffx"));
        assert!(!is_guid("{0112233-4455-6677-8899-aabbccddeeff"));
        assert!(!is_guid("00112233445566778899aabbccddeeff"));
    }
}
