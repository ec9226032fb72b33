//! `TIMESTAMPADD`, `DATEADD`

use crate::Error;
use crate::functions::call::Call;
use crate::functions::datetime_argument::DatetimeArgument;
use crate::functions::definition::Parameter::{Integer, Moment, Unit as Name};
use crate::functions::definition::{Function, Returns};
use crate::functions::epoch::{self, DAY, HOUR, MINUTE, SECOND};
use crate::functions::type_families::{TIME, TIMESTAMP};
use crate::functions::unit::{self, Unit};
use chrono::Months;
use datafusion::arrow::array::{ArrayRef, new_null_array};
use datafusion::arrow::datatypes::{
    DataType, Date32Type, Time64MicrosecondType, TimestampMicrosecondType,
};
use datafusion::common::ScalarValue;

pub const FUNCTIONS: &[Function] = &[
    Function::new(
        "timestampadd",
        &[Name, Integer, Moment],
        Returns::Timestamp,
        timestampadd,
    ),
    Function::new(
        "dateadd",
        &[Name, Integer, Moment],
        Returns::Computed(kept),
        dateadd,
    ),
];

/// `DATEADD` keeps the type: a date plus days is a date, a time plus hours is a time.
fn kept(arguments: &[&DataType], constants: &[Option<&ScalarValue>]) -> DataType {
    let unit = match constants.first() {
        Some(Some(ScalarValue::Utf8(Some(name)))) => Unit::parse(name),
        _ => None,
    };
    match (arguments[2], unit.is_some_and(Unit::is_whole_days)) {
        (DataType::Date32, true) => DataType::Date32,
        (DataType::Time64(_), false) => TIME,
        _ => TIMESTAMP,
    }
}

fn timestampadd(call: &Call) -> Result<ArrayRef, Error> {
    let Some(unit) = Unit::of(call)? else {
        return Ok(new_null_array(&call.return_type, call.rows));
    };
    let (counts, moments) = (call.integer(1), DatetimeArgument::of(call, 2)?);
    call.primitive::<TimestampMicrosecondType>(|row| {
        added(unit, counts.value(row), moments.at(row)?)
    })
}

fn dateadd(call: &Call) -> Result<ArrayRef, Error> {
    let Some(unit) = Unit::of(call)? else {
        return Ok(new_null_array(&call.return_type, call.rows));
    };
    let (counts, moments) = (call.integer(1), DatetimeArgument::of(call, 2)?);
    match call.return_type {
        DataType::Date32 => call.primitive::<Date32Type>(|row| {
            epoch::day_of(added(unit, counts.value(row), moments.at(row)?)?)
        }),
        DataType::Time64(_) => call.primitive::<Time64MicrosecondType>(|row| {
            Ok(added(unit, counts.value(row), moments.at(row)?)?.rem_euclid(DAY))
        }),
        _ => timestampadd(call),
    }
}

/// The moment `count` units later. Months end on the last day of shorter months.
pub fn added(unit: Unit, count: i64, moment: i64) -> Result<i64, Error> {
    let step = match unit {
        Unit::Year => return months_added(count, 12, moment),
        Unit::Quarter => return months_added(count, 3, moment),
        Unit::Month => return months_added(count, 1, moment),
        Unit::Week => 7 * DAY,
        Unit::Day | Unit::DayOfYear | Unit::Weekday => DAY,
        Unit::Hour => HOUR,
        Unit::Minute => MINUTE,
        Unit::Second => SECOND,
        Unit::Millisecond => 1_000,
        Unit::Microsecond => 1,
        // Moments have no finer digits than microseconds.
        Unit::Nanosecond => return epoch::checked(moment.saturating_add(count.div_euclid(1_000))),
        Unit::IsoWeek => return Err(unit::unknown()),
    };
    let distance = count.checked_mul(step).ok_or_else(epoch::overflow)?;
    epoch::checked(moment.checked_add(distance).ok_or_else(epoch::overflow)?)
}

fn months_added(count: i64, months: i64, moment: i64) -> Result<i64, Error> {
    let total = count.checked_mul(months).ok_or_else(epoch::overflow)?;
    let distance = u32::try_from(total.unsigned_abs()).map_err(|_| epoch::overflow())?;
    let civil = epoch::civil(moment)?;
    let moved = match total >= 0 {
        true => civil.checked_add_months(Months::new(distance)),
        false => civil.checked_sub_months(Months::new(distance)),
    };
    epoch::microseconds(moved.ok_or_else(epoch::overflow)?)
}
