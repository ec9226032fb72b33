//! `DAYNAME`, `MONTHNAME`, `DATENAME`

use super::parts::part;
use crate::Error;
use crate::functions::call::{Call, Written};
use crate::functions::datetime_argument::DatetimeArgument;
use crate::functions::definition::Parameter::{Day, Moment, Unit as Name};
use crate::functions::definition::{Function, Returns};
use crate::functions::epoch;
use crate::functions::unit::Unit;
use chrono::NaiveDateTime;
use datafusion::arrow::array::{ArrayRef, new_null_array};
use std::fmt::Write;

pub const FUNCTIONS: &[Function] = &[
    Function::new("dayname", &[Day], Returns::Text, |call| {
        days(call, Unit::Weekday)
    }),
    Function::new("monthname", &[Day], Returns::Text, |call| {
        days(call, Unit::Month)
    }),
    Function::new("datename", &[Name, Moment], Returns::Text, datename),
];

fn days(call: &Call, unit: Unit) -> Result<ArrayRef, Error> {
    let moments = DatetimeArgument::of(call, 0)?;
    call.write(|row, out| {
        name(epoch::civil(moments.day_at(row)?)?, unit, out);
        Ok(Written::Text)
    })
}

fn datename(call: &Call) -> Result<ArrayRef, Error> {
    let Some(unit) = Unit::of(call)? else {
        return Ok(new_null_array(&call.return_type, call.rows));
    };
    let moments = DatetimeArgument::of(call, 1)?;
    call.write(|row, out| {
        name(epoch::civil(moments.at(row)?)?, unit, out);
        Ok(Written::Text)
    })
}

/// English names of days and months; other parts are numbers.
fn name(civil: NaiveDateTime, unit: Unit, out: &mut String) {
    let written = match unit {
        Unit::Weekday => write!(out, "{}", civil.format("%A")),
        Unit::Month => write!(out, "{}", civil.format("%B")),
        _ => write!(out, "{}", part(civil, unit)),
    };
    // Writing to a string cannot fail.
    let _ = written;
}
