//! `TIMESTAMPDIFF` counts whole units that have passed, `DATEDIFF` (T-SQL) the boundaries between
//! them: from 23:59 to 00:01 no hour passes, but one boundary of hours and one of days.

use super::add::added;
use crate::functions::call::Call;
use crate::functions::datetime_argument::DatetimeArgument;
use crate::functions::definition::Parameter::{Moment, Unit as Name};
use crate::functions::definition::{Function, Returns};
use crate::functions::epoch::{self, DAY, HOUR, MINUTE, SECOND};
use crate::functions::unit::{self, Unit};
use crate::{Error, ErrorKind};
use chrono::{Datelike, NaiveDateTime};
use datafusion::arrow::array::{ArrayRef, new_null_array};
use datafusion::arrow::datatypes::Int64Type;

pub const FUNCTIONS: &[Function] = &[
    Function::new(
        "timestampdiff",
        &[Name, Moment, Moment],
        Returns::BigInt,
        |call| each(call, passed),
    ),
    Function::new(
        "datediff",
        &[Name, Moment, Moment],
        Returns::BigInt,
        |call| each(call, crossed),
    )
    .also(&["datediff_big"]),
];

type Difference = fn(Unit, i64, i64) -> Result<i64, Error>;

fn each(call: &Call, difference: Difference) -> Result<ArrayRef, Error> {
    let Some(unit) = Unit::of(call)? else {
        return Ok(new_null_array(&call.return_type, call.rows));
    };
    let (from, to) = (
        DatetimeArgument::of(call, 1)?,
        DatetimeArgument::of(call, 2)?,
    );
    call.primitive::<Int64Type>(|row| difference(unit, from.at(row)?, to.at(row)?))
}

/// The number of whole units from `from` to `to`.
fn passed(unit: Unit, from: i64, to: i64) -> Result<i64, Error> {
    let (from, to) = (epoch::checked(from)?, epoch::checked(to)?);
    let step = match unit {
        Unit::Year => return months_passed(from, to).map(|months| months / 12),
        Unit::Quarter => return months_passed(from, to).map(|months| months / 3),
        Unit::Month => return months_passed(from, to),
        Unit::Week | Unit::IsoWeek => 7 * DAY,
        Unit::Day | Unit::DayOfYear | Unit::Weekday => DAY,
        Unit::Hour => HOUR,
        Unit::Minute => MINUTE,
        Unit::Second => SECOND,
        Unit::Millisecond => 1_000,
        Unit::Microsecond => 1,
        Unit::Nanosecond => return nanoseconds(from, to),
    };
    Ok((to - from) / step)
}

/// The greatest number of months that can be added to `from` without exceeding `to`.
fn months_passed(from: i64, to: i64) -> Result<i64, Error> {
    let months = month_number(epoch::civil(to)?) - month_number(epoch::civil(from)?);
    let reached = added(Unit::Month, months, from)?;
    Ok(match months {
        1.. if reached > to => months - 1,
        ..=-1 if reached < to => months + 1,
        months => months,
    })
}

fn month_number(civil: NaiveDateTime) -> i64 {
    i64::from(civil.year()) * 12 + i64::from(civil.month0())
}

/// The number of unit boundaries between the two.
fn crossed(unit: Unit, from: i64, to: i64) -> Result<i64, Error> {
    if unit == Unit::Nanosecond {
        return nanoseconds(epoch::checked(from)?, epoch::checked(to)?);
    }
    Ok(border(unit, to)? - border(unit, from)?)
}

/// The number of the unit that contains the moment.
fn border(unit: Unit, moment: i64) -> Result<i64, Error> {
    let civil = epoch::civil(moment)?;
    let days = moment.div_euclid(DAY);
    Ok(match unit {
        Unit::Year => i64::from(civil.year()),
        Unit::Quarter => month_number(civil).div_euclid(3),
        Unit::Month => month_number(civil),
        Unit::Day | Unit::DayOfYear | Unit::Weekday => days,
        // 1970-01-01 was a Thursday. Weeks begin on Sunday, ISO's on Monday.
        Unit::Week => (days + 4).div_euclid(7),
        Unit::IsoWeek => (days + 3).div_euclid(7),
        Unit::Hour => moment.div_euclid(HOUR),
        Unit::Minute => moment.div_euclid(MINUTE),
        Unit::Second => moment.div_euclid(SECOND),
        Unit::Millisecond => moment.div_euclid(1_000),
        Unit::Microsecond => moment,
        Unit::Nanosecond => return Err(unit::unknown()),
    })
}

fn nanoseconds(from: i64, to: i64) -> Result<i64, Error> {
    (to - from).checked_mul(1_000).ok_or_else(|| {
        Error::new(
            ErrorKind::NumericOutOfRange,
            "the difference is too large for the unit; use a larger unit",
        )
    })
}
