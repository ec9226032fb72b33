//! Parts of dates and times, by all their names in ODBC and T-SQL.

use super::call::Call;
use crate::{Error, ErrorKind};
use datafusion::arrow::array::Array;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Year,
    Quarter,
    Month,
    DayOfYear,
    Day,
    /// Of the year; weeks begin on Sunday, the first may be short.
    Week,
    /// Of the year; weeks begin on Monday, the first is the one with the year's first Thursday.
    IsoWeek,
    /// 1 is Sunday.
    Weekday,
    Hour,
    Minute,
    Second,
    Millisecond,
    Microsecond,
    /// Also ODBC's "fraction of a second": billionths.
    Nanosecond,
}

/// Every name of every unit, ODBC's first (`SQL_TSI_` is removed before it is looked up).
const NAMES: &[(Unit, &[&str])] = &[
    (Unit::Year, &["year", "years", "yyyy", "yy"]),
    (Unit::Quarter, &["quarter", "quarters", "qq", "q"]),
    (Unit::Month, &["month", "months", "mm", "m"]),
    (Unit::DayOfYear, &["dayofyear", "doy", "dy", "y"]),
    (Unit::Day, &["day", "days", "dd", "d"]),
    (Unit::Week, &["week", "weeks", "wk", "ww"]),
    (Unit::IsoWeek, &["iso_week", "isoweek", "isowk", "isoww"]),
    (Unit::Weekday, &["weekday", "dayofweek", "dw", "w"]),
    (Unit::Hour, &["hour", "hours", "hh"]),
    (Unit::Minute, &["minute", "minutes", "mi", "n"]),
    (Unit::Second, &["second", "seconds", "ss", "s"]),
    (Unit::Millisecond, &["millisecond", "milliseconds", "ms"]),
    (Unit::Microsecond, &["microsecond", "microseconds", "mcs"]),
    (
        Unit::Nanosecond,
        &["frac_second", "nanosecond", "nanoseconds", "ns"],
    ),
];

impl Unit {
    /// Finds a unit by name, in any case.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        let name = name.strip_prefix("sql_tsi_").unwrap_or(&name);
        NAMES
            .iter()
            .find(|(_, names)| names.contains(&name))
            .map(|(unit, _)| *unit)
    }

    /// Whether the unit is as long as a day or longer, so that adding it to a date gives a date.
    pub fn is_whole_days(self) -> bool {
        !matches!(
            self,
            Self::Hour
                | Self::Minute
                | Self::Second
                | Self::Millisecond
                | Self::Microsecond
                | Self::Nanosecond
        )
    }

    /// The unit in a call's first argument; `None` if it is null or there is no row.
    pub fn of(call: &Call) -> Result<Option<Self>, Error> {
        if !call.constant[0] {
            return Err(unknown());
        }
        if call.rows == 0 || call.arguments[0].is_null(0) {
            return Ok(None);
        }
        Self::parse(call.text(0).value(0))
            .map(Some)
            .ok_or_else(unknown)
    }
}

pub fn unknown() -> Error {
    Error::new(
        ErrorKind::Syntax,
        "the first argument must name a unit: SQL_TSI_FRAC_SECOND, SQL_TSI_SECOND, SQL_TSI_MINUTE, \
         SQL_TSI_HOUR, SQL_TSI_DAY, SQL_TSI_WEEK, SQL_TSI_MONTH, SQL_TSI_QUARTER, SQL_TSI_YEAR, or one \
         of these without SQL_TSI_",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_means_two_units() {
        let names: Vec<&str> = NAMES
            .iter()
            .flat_map(|(_, names)| names.iter().copied())
            .collect();
        let distinct: std::collections::HashSet<_> = names.iter().collect();
        assert_eq!(distinct.len(), names.len());
    }

    #[test]
    fn every_interval_of_odbc_is_known() {
        for (name, unit) in [
            ("SQL_TSI_FRAC_SECOND", Unit::Nanosecond),
            ("SQL_TSI_SECOND", Unit::Second),
            ("SQL_TSI_MINUTE", Unit::Minute),
            ("SQL_TSI_HOUR", Unit::Hour),
            ("sql_tsi_day", Unit::Day),
            ("SQL_TSI_WEEK", Unit::Week),
            ("SQL_TSI_MONTH", Unit::Month),
            ("SQL_TSI_QUARTER", Unit::Quarter),
            ("Sql_Tsi_Year", Unit::Year),
        ] {
            assert_eq!(Unit::parse(name), Some(unit), "{name}");
        }
        assert_eq!(Unit::parse("fortnight"), None);
    }
}
