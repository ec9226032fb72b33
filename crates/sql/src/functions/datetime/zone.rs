//! `x AT TIME ZONE 'Europe/Berlin'`: times of the connection as the clocks of another zone show them, and back.
//!
//! Zones have the names of the IANA or those of Windows.

use crate::functions::call::Call;
use crate::functions::datetime_argument::DatetimeArgument;
use crate::functions::definition::Parameter::{Day, Text};
use crate::functions::definition::{Function, Returns};
use crate::functions::epoch;
use crate::{Error, ErrorKind};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::TimestampMicrosecondType;
use exchange_config::Zone;

/// The function behind `AT TIME ZONE`.
pub const AT_TIME_ZONE: &str = "at_time_zone";

pub const FUNCTIONS: &[Function] = &[
    Function::new(AT_TIME_ZONE, &[Day, Text], Returns::Timestamp, |call| {
        convert(call, |other| (call.zone, other))
    }),
    Function::new("from_time_zone", &[Day, Text], Returns::Timestamp, |call| {
        convert(call, |other| (other, call.zone))
    }),
];

/// The times that clocks of the second zone show when those of the first show the argument's.
fn convert(call: &Call, zones: impl Fn(Zone) -> (Zone, Zone)) -> Result<ArrayRef, Error> {
    let times = DatetimeArgument::of(call, 0)?;
    let names = call.text(1);
    // Most calls have one zone for all rows.
    let mut last: Option<(&str, Zone)> = None;
    call.primitive::<TimestampMicrosecondType>(|row| {
        let name = names.value(row);
        let zone = match last {
            Some((known, zone)) if known == name => zone,
            _ => zone(name)?,
        };
        last = Some((name, zone));
        let (from, to) = zones(zone);
        let time = epoch::checked(times.day_at(row)?)?;
        if Zone::is_no_time(time) {
            return Ok(time);
        }
        let moment = from.moment(time);
        let converted = moment.and_then(|moment| to.local(moment));
        converted.ok_or_else(epoch::overflow)
    })
}

/// The zone of a name.
fn zone(name: &str) -> Result<Zone, Error> {
    Zone::named(name).ok_or_else(|| {
        Error::new(
            ErrorKind::Syntax,
            "there is no such time zone; write a name like 'Europe/Berlin' or, as Windows has it, 'W. Europe Standard \
             Time'",
        )
    })
}
