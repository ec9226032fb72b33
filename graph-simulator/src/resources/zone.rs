//! Time zones by their names in Outlook: those of Windows and of IANA (docs/graph.md#time-zones).

use crate::odata::moment;
use chrono::TimeZone;
use chrono_tz::Tz;
use serde_json::{Value, json};

/// A zone and its requested name.
#[derive(Clone, Debug)]
pub struct Zone {
    name: String,
    zone: Tz,
}

/// Windows names of the zones that most people live in; others are known by their IANA names only.
const WINDOWS: &[(&str, &str)] = &[
    ("UTC", "UTC"),
    ("GMT Standard Time", "Europe/London"),
    ("W. Europe Standard Time", "Europe/Berlin"),
    ("Romance Standard Time", "Europe/Paris"),
    ("Central European Standard Time", "Europe/Warsaw"),
    ("Central Europe Standard Time", "Europe/Budapest"),
    ("E. Europe Standard Time", "Europe/Chisinau"),
    ("FLE Standard Time", "Europe/Kiev"),
    ("GTB Standard Time", "Europe/Bucharest"),
    ("Turkey Standard Time", "Europe/Istanbul"),
    ("Russian Standard Time", "Europe/Moscow"),
    ("South Africa Standard Time", "Africa/Johannesburg"),
    ("Egypt Standard Time", "Africa/Cairo"),
    ("Arabian Standard Time", "Asia/Dubai"),
    ("India Standard Time", "Asia/Calcutta"),
    ("SE Asia Standard Time", "Asia/Bangkok"),
    ("China Standard Time", "Asia/Shanghai"),
    ("Singapore Standard Time", "Asia/Singapore"),
    ("Korea Standard Time", "Asia/Seoul"),
    ("Tokyo Standard Time", "Asia/Tokyo"),
    ("AUS Eastern Standard Time", "Australia/Sydney"),
    ("New Zealand Standard Time", "Pacific/Auckland"),
    ("Atlantic Standard Time", "America/Halifax"),
    ("Eastern Standard Time", "America/New_York"),
    ("Central Standard Time", "America/Chicago"),
    ("Mountain Standard Time", "America/Denver"),
    ("US Mountain Standard Time", "America/Phoenix"),
    ("Pacific Standard Time", "America/Los_Angeles"),
    ("Alaskan Standard Time", "America/Anchorage"),
    ("Hawaiian Standard Time", "Pacific/Honolulu"),
    ("E. South America Standard Time", "America/Sao_Paulo"),
    ("Argentina Standard Time", "America/Buenos_Aires"),
];

impl Zone {
    pub fn find(name: &str) -> Option<Self> {
        let windows = WINDOWS
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        let zone = windows.map_or(name, |(_, iana)| iana).parse().ok()?;
        Some(Self {
            name: name.to_owned(),
            zone,
        })
    }

    /// A `dateTimeTimeZone` in this zone. Values that are not in UTC, or not times, stay as they
    /// are.
    pub fn convert(&self, value: &Value) -> Option<Value> {
        if value.get("timeZone")?.as_str()? != "UTC" {
            return None;
        }
        let ticks = moment::local_time(value.get("dateTime")?.as_str()?)?;
        let moment = moment::to_date_time(ticks)?;
        let local = self.zone.from_utc_datetime(&moment).naive_local();
        let text = moment::write_local(moment::ticks(local))?;
        Some(json!({"dateTime": text, "timeZone": self.name}))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_move_into_the_zone() {
        let utc = json!({"dateTime": "2026-07-01T10:00:00.0000000", "timeZone": "UTC"});
        let zone = Zone::find("Pacific Standard Time").expect("a Windows name");
        let expected =
            json!({"dateTime": "2026-07-01T03:00:00.0000000", "timeZone": "Pacific Standard Time"});
        assert_eq!(zone.convert(&utc), Some(expected));
    }

    #[test]
    fn every_windows_name_has_its_zone() {
        for (name, _) in WINDOWS {
            assert!(Zone::find(name).is_some(), "{name}");
        }
        assert!(Zone::find("Nowhere/Town").is_none());
    }
}
