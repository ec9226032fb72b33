//! Time zones by their names in Outlook: those of Windows and of IANA (docs/graph.md#time-zones).

use crate::odata::moment;
use crate::zones;
use chrono_tz::Tz;
use serde_json::{Value, json};

/// A zone and its requested name.
#[derive(Clone, Debug)]
pub struct Zone {
    name: String,
    zone: Tz,
}

impl Zone {
    pub fn find(name: &str) -> Option<Self> {
        let zone = zones::named(name)?;
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
        let local = zones::to_local(moment, self.zone);
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
}
