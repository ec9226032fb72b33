//! Time zones by the names of Windows and of the IANA (docs/graph.md#time-zones).

use chrono::{DateTime, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use windows_timezones::WindowsTimezone;

/// The zone of this name; `None` if there is no such zone.
pub fn named(name: &str) -> Option<Tz> {
    let windows = name.parse::<WindowsTimezone>();
    windows.map_or(name, |zone| zone.tzdb_id()).parse().ok()
}

/// Local time to UTC (docs/graph.md#recurrence). If clocks go back, the first of the two moments is used; a time that clocks
/// skip is as much later as they skip.
pub fn to_utc(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let moment = zone.from_local_datetime(&local).earliest();
    moment.map_or_else(
        || skipped(local, zone).unwrap_or_else(|| local.and_utc()),
        |moment| moment.to_utc(),
    )
}

/// By the offset before the skip. No zone skips more than a day.
fn skipped(local: NaiveDateTime, zone: Tz) -> Option<DateTime<Utc>> {
    let before = local.checked_sub_signed(TimeDelta::days(1))?;
    let before = zone.from_local_datetime(&before).latest()?;
    let offset = TimeDelta::seconds(before.offset().fix().local_minus_utc().into());
    Some(local.checked_sub_signed(offset)?.and_utc())
}

/// The time that clocks show.
pub fn to_local(moment: NaiveDateTime, zone: Tz) -> NaiveDateTime {
    zone.from_utc_datetime(&moment).naive_local()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_have_the_names_of_windows_and_of_the_iana() {
        for (name, zone) in [
            ("UTC", Tz::Etc__UTC),
            ("W. Europe Standard Time", Tz::Europe__Berlin),
            ("Lord Howe Standard Time", Tz::Australia__Lord_Howe),
            ("Greenland Standard Time", Tz::America__Godthab),
            ("America/Los_Angeles", Tz::America__Los_Angeles),
        ] {
            assert_eq!(named(name), Some(zone), "{name}");
        }
        assert_eq!(named("Nowhere/Town"), None);
        assert_eq!(named(""), None);
    }

    #[test]
    fn local_times_become_utc_also_where_clocks_change() {
        let cases = [
            (
                Tz::Europe__Berlin,
                "2024-01-15T09:00:00",
                "2024-01-15T08:00:00Z",
            ),
            (
                Tz::Europe__Berlin,
                "2024-07-15T09:00:00",
                "2024-07-15T07:00:00Z",
            ),
            (
                Tz::Europe__Berlin,
                "2024-03-31T02:30:00",
                "2024-03-31T01:30:00Z",
            ),
            (
                Tz::Europe__Berlin,
                "2024-10-27T02:30:00",
                "2024-10-27T00:30:00Z",
            ),
            // Half an hour, and a whole day.
            (
                Tz::Australia__Lord_Howe,
                "2024-10-06T02:15:00",
                "2024-10-05T15:45:00Z",
            ),
            (
                Tz::Pacific__Apia,
                "2011-12-30T10:00:00",
                "2011-12-30T20:00:00Z",
            ),
        ];
        for (zone, local, utc) in cases {
            let expected: DateTime<Utc> = utc.parse().unwrap();
            assert_eq!(
                to_utc(local.parse().unwrap(), zone),
                expected,
                "{zone} {local}"
            );
        }
    }
}
