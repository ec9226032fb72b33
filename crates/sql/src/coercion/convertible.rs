//! The allowed conversions, as in the table of CAST in standard SQL.
//!
//! The engine converts more: a date to the number of days since 1970, a number to its bytes in
//! memory. Such results differ from database to database, so they are refused.

use crate::functions::type_families::{is_interval, is_text, is_truth};
use crate::{Error, ErrorKind};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, StringArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{
    DataType, IntervalMonthDayNanoType, IntervalUnit, IntervalYearMonthType,
};
use std::fmt::Write;
use std::sync::Arc;

/// Types with the same conversions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Truth,
    Date,
    Time,
    Timestamp,
    Bytes,
    Interval,
}

impl Kind {
    /// `None` if it is not a type of SQL here.
    fn of(data_type: &DataType) -> Option<Self> {
        Some(match data_type {
            each if is_text(each) => Kind::Text,
            each if is_truth(each) => Kind::Truth,
            each if each.is_numeric() => Kind::Number,
            each if is_interval(each) => Kind::Interval,
            DataType::Date32 | DataType::Date64 => Kind::Date,
            DataType::Time32(_) | DataType::Time64(_) => Kind::Time,
            DataType::Timestamp(..) => Kind::Timestamp,
            DataType::Binary
            | DataType::LargeBinary
            | DataType::BinaryView
            | DataType::FixedSizeBinary(_) => Kind::Bytes,
            _ => return None,
        })
    }

    fn becomes(self, target: Self) -> bool {
        use Kind::{Date, Interval, Number, Text, Time, Timestamp, Truth};
        self == target
            || matches!(
                (self, target),
                (Text, _)
                    | (_, Text)
                    | (Number, Truth)
                    | (Truth, Number)
                    // Days that are added to a date
                    | (Number, Interval)
                    | (Date, Timestamp)
                    | (Timestamp, Date | Time)
            )
    }

    const fn name(self) -> &'static str {
        match self {
            Kind::Text => "a text",
            Kind::Number => "a number",
            Kind::Truth => "a truth value",
            Kind::Date => "a date",
            Kind::Time => "a time",
            Kind::Timestamp => "a timestamp",
            Kind::Bytes => "binary data",
            Kind::Interval => "an interval",
        }
    }
}

/// An error if values of the source cannot be converted to the target.
pub fn check(source: &DataType, target: &DataType) -> Result<(), Error> {
    let (Some(source), Some(target)) = (Kind::of(source), Kind::of(target)) else {
        return Ok(());
    };
    if source.becomes(target) {
        return Ok(());
    }
    let (from, to) = (source.name(), target.name());
    Err(Error::new(
        ErrorKind::Syntax,
        format!(
            "{from} cannot be converted to {to} or compared with it; EXTRACT, TIMESTAMPADD and \
             TIMESTAMPDIFF count parts of dates and times"
        ),
    ))
}

/// Intervals as ODBC writes them: `1-02` and `3 04:05:06.7`.
pub fn interval_text(array: &ArrayRef) -> Result<ArrayRef, Error> {
    let texts: StringArray = match array.data_type() {
        DataType::Interval(IntervalUnit::YearMonth) => array
            .as_primitive::<IntervalYearMonthType>()
            .iter()
            .map(|months| months.map(|months| year_month(months.into())))
            .collect(),
        _ => {
            let intervals = cast(array, &DataType::Interval(IntervalUnit::MonthDayNano))
                .map_err(|error| Error::new(ErrorKind::InvalidCast, error.to_string()))?;
            intervals
                .as_primitive::<IntervalMonthDayNanoType>()
                .iter()
                .map(|interval| {
                    let interval = interval?;
                    let days = i128::from(interval.days) * DAY;
                    Some(day_second(days + i128::from(interval.nanoseconds)))
                })
                .collect()
        }
    };
    Ok(Arc::new(texts))
}

fn year_month(months: i64) -> String {
    let sign = if months < 0 { "-" } else { "" };
    let months = months.abs();
    format!("{sign}{}-{:02}", months / 12, months % 12)
}

/// Nanoseconds
const SECOND: i128 = 1_000_000_000;
const DAY: i128 = 86_400 * SECOND;

fn day_second(nanoseconds: i128) -> String {
    let sign = if nanoseconds < 0 { "-" } else { "" };
    let all = nanoseconds.abs();
    let (days, seconds) = (all / DAY, all % DAY / SECOND);
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    let mut text = format!("{sign}{days} {hours:02}:{minutes:02}:{:02}", seconds % 60);
    let microseconds = all % SECOND / 1000;
    if microseconds != 0 {
        let _ = write!(text, ".{microseconds:06}");
        text.truncate(text.trim_end_matches('0').len());
    }
    text
}
