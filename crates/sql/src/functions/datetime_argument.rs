//! Arguments that are dates, times, timestamps, or texts of them.

use super::call::Call;
use super::datetime_parser::{self, Parsed};
use super::epoch;
use crate::{Error, ErrorKind};
use datafusion::arrow::array::{AsArray, PrimitiveArray, StringArray};
use datafusion::arrow::datatypes::{
    DataType, Date32Type, Time64MicrosecondType, TimestampMicrosecondType,
};
use exchange_config::Zone;

/// One argument's rows, with the midnight that times are relative to, which is the same for all of
/// them.
pub enum DatetimeArgument<'a> {
    Timestamps(&'a PrimitiveArray<TimestampMicrosecondType>),
    Dates(&'a PrimitiveArray<Date32Type>),
    Times(&'a PrimitiveArray<Time64MicrosecondType>, i64),
    Texts(&'a StringArray, i64, Zone),
}

impl<'a> DatetimeArgument<'a> {
    pub fn of(call: &'a Call, index: usize) -> Result<Self, Error> {
        let array = &call.arguments[index];
        Ok(match array.data_type() {
            DataType::Timestamp(..) => Self::Timestamps(array.as_primitive()),
            DataType::Date32 => Self::Dates(array.as_primitive()),
            DataType::Time64(_) => Self::Times(array.as_primitive(), epoch::today(call.zone)),
            DataType::Utf8 => Self::Texts(array.as_string(), epoch::today(call.zone), call.zone),
            _ => return Err(Error::new(ErrorKind::Syntax, "a date or time is expected")),
        })
    }

    /// Microseconds since 1970-01-01. A date counts as its midnight, a time as today's.
    pub fn at(&self, row: usize) -> Result<i64, Error> {
        match self {
            Self::Timestamps(array) => Ok(array.value(row)),
            Self::Dates(array) => Ok(epoch::midnight(array.value(row))),
            Self::Times(array, today) => Ok(today + array.value(row)),
            Self::Texts(array, today, zone) => {
                let parsed = datetime_parser::parse(array.value(row));
                match parsed.map(|parsed| parsed.in_zone(*zone)) {
                    Some(Parsed::Timestamp(microseconds) | Parsed::Moment(microseconds)) => {
                        Ok(microseconds)
                    }
                    Some(Parsed::Date(days)) => Ok(epoch::midnight(days)),
                    Some(Parsed::Time(microseconds)) => Ok(today + microseconds),
                    None => Err(epoch::not_a_moment("date or time")),
                }
            }
        }
    }

    /// Like [`DatetimeArgument::at`], but a text with only a time is refused.
    pub fn day_at(&self, row: usize) -> Result<i64, Error> {
        match self {
            Self::Texts(array, _, zone) => {
                datetime_parser::parse_timestamp(array.value(row), *zone)
                    .ok_or_else(|| epoch::not_a_moment("date or timestamp"))
            }
            _ => self.at(row),
        }
    }
}
