//! `x AT TIME ZONE 'Europe/Berlin'`: moments of UTC as the clocks of a zone show them, and back.
//!
//! Zones have the names of the IANA or those of Windows.

use crate::functions::call::Call;
use crate::functions::datetime_argument::DatetimeArgument;
use crate::functions::definition::Parameter::{Day, Text};
use crate::functions::definition::{Function, Returns};
use crate::functions::epoch;
use crate::{Error, ErrorKind};
use chrono::{Duration, LocalResult, NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::TimestampMicrosecondType;
use windows_timezones::WindowsTimezone;

/// The function behind `AT TIME ZONE`.
pub const AT_TIME_ZONE: &str = "at_time_zone";

pub const FUNCTIONS: &[Function] = &[
    Function::new(AT_TIME_ZONE, &[Day, Text], Returns::Timestamp, |call| {
        convert(call, local)
    }),
    Function::new("from_time_zone", &[Day, Text], Returns::Timestamp, |call| {
        convert(call, utc)
    }),
];

fn convert(
    call: &Call,
    conversion: fn(Tz, NaiveDateTime) -> Option<NaiveDateTime>,
) -> Result<ArrayRef, Error> {
    let moments = DatetimeArgument::of(call, 0)?;
    let names = call.text(1);
    // Most calls have one zone for all rows.
    let mut last: Option<(&str, Tz)> = None;
    call.primitive::<TimestampMicrosecondType>(|row| {
        let name = names.value(row);
        let zone = match last {
            Some((known, zone)) if known == name => zone,
            _ => zone(name)?,
        };
        last = Some((name, zone));
        let moment = epoch::civil(moments.day_at(row)?)?;
        let converted = conversion(zone, moment).ok_or_else(epoch::overflow)?;
        epoch::microseconds(converted)
    })
}

/// The zone of a name.
fn zone(name: &str) -> Result<Tz, Error> {
    let windows = name.parse::<WindowsTimezone>();
    let iana: &str = windows.map_or(name, |zone| zone.tzdb_id());
    iana.parse().map_err(|_| {
        Error::new(
            ErrorKind::Syntax,
            "there is no such time zone; write a name like 'Europe/Berlin' or, as Windows has it, 'W. Europe Standard \
             Time'",
        )
    })
}

/// The time that clocks of the zone show.
fn local(zone: Tz, moment: NaiveDateTime) -> Option<NaiveDateTime> {
    Some(zone.from_utc_datetime(&moment).naive_local())
}

/// The moment at which clocks of the zone show a time: the first one where they are put back, and the one that follows
/// by as much where they are put forward and never show it.
fn utc(zone: Tz, time: NaiveDateTime) -> Option<NaiveDateTime> {
    /// No zone has put its clocks forward by more.
    const LONGEST_GAP: Duration = Duration::hours(25);
    match zone.from_local_datetime(&time) {
        LocalResult::Single(moment) | LocalResult::Ambiguous(moment, _) => Some(moment.naive_utc()),
        LocalResult::None => {
            let before = time.checked_sub_signed(LONGEST_GAP)?;
            let moment = zone.from_local_datetime(&before).earliest()?;
            moment.naive_utc().checked_add_signed(LONGEST_GAP)
        }
    }
}
