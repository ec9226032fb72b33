//! `YEAR`, `DAYOFWEEK`, `EXTRACT`, `DATEPART` and the like: parts of a date or time as numbers.

use crate::functions::call::Call;
use crate::functions::datetime_argument::DatetimeArgument;
use crate::functions::definition::Parameter::{Day, Moment, MomentOrInterval, Unit as Name};
use crate::functions::definition::{Function, Returns};
use crate::functions::epoch::{self, HOUR, MINUTE, SECOND};
use crate::functions::type_families::is_interval;
use crate::functions::unit::{self, Unit};
use crate::{Error, ErrorKind};
use chrono::{Datelike, NaiveDateTime, Timelike};
use datafusion::arrow::array::{ArrayRef, AsArray, new_null_array};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Int32Type, IntervalMonthDayNanoType, IntervalUnit};

pub const FUNCTIONS: &[Function] = &[
    of_day("year", |call| days(call, Unit::Year)),
    of_day("quarter", |call| days(call, Unit::Quarter)),
    of_day("month", |call| days(call, Unit::Month)),
    of_day("week", |call| days(call, Unit::Week)),
    of_day("dayofmonth", |call| days(call, Unit::Day)).also(&["day"]),
    of_day("dayofweek", |call| days(call, Unit::Weekday)),
    of_day("dayofyear", |call| days(call, Unit::DayOfYear)),
    of_clock("hour", |call| times(call, Unit::Hour)),
    of_clock("minute", |call| times(call, Unit::Minute)),
    of_clock("second", |call| times(call, Unit::Second)),
    EXTRACT,
    Function::new("datepart", &[Name, Moment], Returns::Integer, extract),
];

pub const EXTRACT: Function = Function::new(
    "extract",
    &[Name, MomentOrInterval],
    Returns::Integer,
    extract,
);

const fn of_day(name: &'static str, run: fn(&Call) -> Result<ArrayRef, Error>) -> Function {
    Function::new(name, &[Day], Returns::Integer, run)
}

const fn of_clock(name: &'static str, run: fn(&Call) -> Result<ArrayRef, Error>) -> Function {
    Function::new(name, &[Moment], Returns::Integer, run)
}

fn days(call: &Call, unit: Unit) -> Result<ArrayRef, Error> {
    let moments = DatetimeArgument::of(call, 0)?;
    call.primitive::<Int32Type>(|row| Ok(part(epoch::civil(moments.day_at(row)?)?, unit)))
}

fn times(call: &Call, unit: Unit) -> Result<ArrayRef, Error> {
    let moments = DatetimeArgument::of(call, 0)?;
    call.primitive::<Int32Type>(|row| Ok(part(epoch::civil(moments.at(row)?)?, unit)))
}

fn extract(call: &Call) -> Result<ArrayRef, Error> {
    let Some(unit) = Unit::of(call)? else {
        return Ok(new_null_array(&call.return_type, call.rows));
    };
    if is_interval(call.data_type(1)) {
        return extract_from_interval(call, unit);
    }
    let moments = DatetimeArgument::of(call, 1)?;
    let only_time = matches!(moments, DatetimeArgument::Times(..)) && unit.is_whole_days();
    if only_time {
        return Err(Error::new(
            ErrorKind::Syntax,
            "a time has no year, month or day; give a date or a timestamp",
        ));
    }
    call.primitive::<Int32Type>(|row| Ok(part(epoch::civil(moments.at(row)?)?, unit)))
}

/// A part of a moment. Weeks begin on Sunday, and the first begins on the first of January, as in
/// `DATEPART` of SQL Server and `WEEKNUM` of Excel.
pub fn part(civil: NaiveDateTime, unit: Unit) -> i32 {
    let weekday = civil.weekday().num_days_from_sunday();
    let number = match unit {
        Unit::Year => return civil.year(),
        Unit::Quarter => civil.month().div_ceil(3),
        Unit::Month => civil.month(),
        Unit::DayOfYear => civil.ordinal(),
        Unit::Day => civil.day(),
        Unit::Week => (civil.ordinal0() + 6 - weekday) / 7 + 1,
        Unit::IsoWeek => civil.iso_week().week(),
        Unit::Weekday => weekday + 1,
        Unit::Hour => civil.hour(),
        Unit::Minute => civil.minute(),
        Unit::Second => civil.second(),
        Unit::Millisecond => civil.nanosecond() / 1_000_000,
        Unit::Microsecond => civil.nanosecond() / 1_000,
        Unit::Nanosecond => civil.nanosecond(),
    };
    number.cast_signed()
}

/// A part of an interval: months are counted in years, and hours in days only if the interval has
/// days.
fn extract_from_interval(call: &Call, unit: Unit) -> Result<ArrayRef, Error> {
    let canonical = cast(
        &call.arguments[1],
        &DataType::Interval(IntervalUnit::MonthDayNano),
    );
    let canonical = canonical.map_err(|_| unit::unknown())?;
    let intervals = canonical.as_primitive::<IntervalMonthDayNanoType>();
    call.primitive::<Int32Type>(|row| {
        let interval = intervals.value(row);
        let time = interval.nanoseconds / 1_000;
        let number = match unit {
            Unit::Year => i64::from(interval.months / 12),
            Unit::Month => i64::from(interval.months % 12),
            Unit::Day => i64::from(interval.days),
            Unit::Hour => time / HOUR,
            Unit::Minute => time % HOUR / MINUTE,
            Unit::Second => time % MINUTE / SECOND,
            _ => return Err(unit::unknown()),
        };
        i32::try_from(number).map_err(|_| epoch::overflow())
    })
}
