//! `DATE_TRUNC`, `DATETRUNC`: the beginning of the year, month or hour of a moment.

use crate::functions::call::Call;
use crate::functions::datetime_argument::DatetimeArgument;
use crate::functions::definition::Parameter::{Day, Moment, Unit as Name};
use crate::functions::definition::{Function, Returns};
use crate::functions::epoch::{self, DAY, HOUR, MINUTE, SECOND};
use crate::functions::type_families::{TIME, TIMESTAMP};
use crate::functions::unit::{self, Unit};
use crate::{Error, ErrorKind};
use chrono::{Datelike, NaiveDate, Weekday};
use datafusion::arrow::array::{ArrayRef, new_null_array};
use datafusion::arrow::datatypes::{
    DataType, Date32Type, Time64MicrosecondType, TimestampMicrosecondType,
};
use datafusion::common::ScalarValue;

pub const FUNCTIONS: &[Function] = &[
    // PostgreSQL's version: weeks begin on Monday and the result is a timestamp.
    Function::new("date_trunc", &[Name, Day], Returns::Timestamp, date_trunc),
    // T-SQL's version: weeks begin on Sunday and the result has the argument's type.
    Function::new(
        "datetrunc",
        &[Name, Moment],
        Returns::Computed(kept),
        datetrunc,
    ),
];

fn kept(arguments: &[&DataType], _: &[Option<&ScalarValue>]) -> DataType {
    match arguments[1] {
        DataType::Date32 => DataType::Date32,
        DataType::Time64(_) => TIME,
        _ => TIMESTAMP,
    }
}

fn date_trunc(call: &Call) -> Result<ArrayRef, Error> {
    let Some(unit) = Unit::of(call)? else {
        return Ok(new_null_array(&call.return_type, call.rows));
    };
    let moments = DatetimeArgument::of(call, 1)?;
    call.primitive::<TimestampMicrosecondType>(|row| {
        truncated(unit, Weekday::Mon, moments.day_at(row)?)
    })
}

fn datetrunc(call: &Call) -> Result<ArrayRef, Error> {
    let Some(unit) = Unit::of(call)? else {
        return Ok(new_null_array(&call.return_type, call.rows));
    };
    let moments = DatetimeArgument::of(call, 1)?;
    let at = |row| truncated(unit, Weekday::Sun, moments.at(row)?);
    match (&moments, unit.is_whole_days()) {
        (DatetimeArgument::Times(..), true) => Err(Error::new(
            ErrorKind::Syntax,
            "a time has no year, month or day; give a date or a timestamp",
        )),
        (DatetimeArgument::Dates(_), false) => Err(Error::new(
            ErrorKind::Syntax,
            "a date has no hour, minute or second; convert it with CAST(x AS TIMESTAMP)",
        )),
        (DatetimeArgument::Times(times, _), false) => {
            call.primitive::<Time64MicrosecondType>(|row| {
                truncated(unit, Weekday::Sun, times.value(row))
            })
        }
        (DatetimeArgument::Dates(_), true) => {
            call.primitive::<Date32Type>(|row| epoch::day_of(at(row)?))
        }
        _ => call.primitive::<TimestampMicrosecondType>(at),
    }
}

/// The beginning of the unit that contains the moment.
fn truncated(unit: Unit, first_of_week: Weekday, microseconds: i64) -> Result<i64, Error> {
    let part = match unit {
        Unit::Year | Unit::Quarter | Unit::Month | Unit::Week | Unit::IsoWeek => {
            return first_day(unit, first_of_week, microseconds);
        }
        Unit::Day | Unit::DayOfYear => DAY,
        Unit::Hour => HOUR,
        Unit::Minute => MINUTE,
        Unit::Second => SECOND,
        Unit::Millisecond => 1_000,
        // Microseconds are the finest unit.
        Unit::Microsecond | Unit::Nanosecond => 1,
        Unit::Weekday => return Err(unit::unknown()),
    };
    epoch::checked(microseconds - microseconds.rem_euclid(part))
}

fn first_day(unit: Unit, first_of_week: Weekday, microseconds: i64) -> Result<i64, Error> {
    let date = epoch::civil(microseconds)?.date();
    let of_month = |month| NaiveDate::from_ymd_opt(date.year(), month, 1);
    let first = match unit {
        Unit::Year => of_month(1),
        Unit::Quarter => of_month(date.month0() / 3 * 3 + 1),
        Unit::Month => of_month(date.month()),
        Unit::IsoWeek => Some(date.week(Weekday::Mon).first_day()),
        _ => Some(date.week(first_of_week).first_day()),
    };
    epoch::checked(epoch::midnight(
        first.ok_or_else(epoch::overflow)?.to_epoch_days(),
    ))
}
