//! `EOMONTH`, `DATEFROMPARTS`

use super::add::added;
use crate::functions::call::Call;
use crate::functions::datetime_argument::DatetimeArgument;
use crate::functions::definition::Parameter::{Day, Integer};
use crate::functions::definition::{Function, Returns};
use crate::functions::epoch;
use crate::functions::unit::Unit;
use crate::{Error, ErrorKind};
use chrono::Datelike;
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::Date32Type;

pub const FUNCTIONS: &[Function] = &[
    Function::new("eomonth", &[Day, Integer], Returns::Date, eomonth)
        .required(1)
        .also(&["last_day"]),
    Function::new(
        "datefromparts",
        &[Integer, Integer, Integer],
        Returns::Date,
        datefromparts,
    ),
];

/// The last day of the month, or of a later month.
fn eomonth(call: &Call) -> Result<ArrayRef, Error> {
    let moments = DatetimeArgument::of(call, 0)?;
    let months = (call.count() > 1).then(|| call.integer(1));
    call.primitive::<Date32Type>(|row| {
        let months = months.map_or(0, |months| months.value(row));
        let moved = added(Unit::Month, months, moments.day_at(row)?)?;
        let date = epoch::civil(moved)?.date();
        let last = date.with_day(u32::from(date.num_days_in_month()));
        Ok(last.ok_or_else(epoch::overflow)?.to_epoch_days())
    })
}

fn datefromparts(call: &Call) -> Result<ArrayRef, Error> {
    let (years, months, days) = (call.integer(0), call.integer(1), call.integer(2));
    call.primitive::<Date32Type>(|row| {
        let date = epoch::date(years.value(row), months.value(row), days.value(row));
        let date = date.ok_or_else(|| {
            Error::new(
                ErrorKind::DatetimeOverflow,
                "the numbers given do not make a date",
            )
        })?;
        Ok(date.to_epoch_days())
    })
}
