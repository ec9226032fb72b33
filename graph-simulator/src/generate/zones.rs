//! Time zones of calendars, by their Windows names.

use chrono::{DateTime, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// A few zones, of all kinds: with and without summer time, with odd offsets, south of the equator.
pub const ZONES: &[(&str, Tz)] = &[
    ("W. Europe Standard Time", Tz::Europe__Berlin),
    ("GMT Standard Time", Tz::Europe__London),
    ("Pacific Standard Time", Tz::America__Los_Angeles),
    ("Eastern Standard Time", Tz::America__New_York),
    ("UTC", Tz::UTC),
    ("Tokyo Standard Time", Tz::Asia__Tokyo),
    ("India Standard Time", Tz::Asia__Kolkata),
    ("Nepal Standard Time", Tz::Asia__Kathmandu),
    ("AUS Eastern Standard Time", Tz::Australia__Sydney),
];

/// Local time to UTC. If clocks go back, the first of the two moments is used; a time that clocks
/// skip is an hour later.
pub fn to_utc(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let moment = zone.from_local_datetime(&local).earliest().or_else(|| {
        zone.from_local_datetime(&(local + TimeDelta::hours(1)))
            .earliest()
    });
    moment.map_or_else(|| local.and_utc(), |moment| moment.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_times_become_utc_also_where_clocks_change() {
        let cases = [
            ("2024-01-15T09:00:00", "2024-01-15T08:00:00Z"),
            ("2024-07-15T09:00:00", "2024-07-15T07:00:00Z"),
            ("2024-03-31T02:30:00", "2024-03-31T01:30:00Z"),
            ("2024-10-27T02:30:00", "2024-10-27T00:30:00Z"),
        ];
        for (local, utc) in cases {
            let expected: DateTime<Utc> = utc.parse().unwrap();
            assert_eq!(
                to_utc(local.parse().unwrap(), Tz::Europe__Berlin),
                expected,
                "{local}"
            );
        }
    }
}
