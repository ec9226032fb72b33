//! The times at which a series takes place (docs/graph.md#recurrence).

use super::pattern::Pattern;
use crate::model::Entity;
use crate::odata::moment::{self, Ticks};
use crate::zones;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use chrono_tz::Tz;
use serde_json::Value;

/// A span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    pub start: Ticks,
    pub end: Ticks,
}

impl Span {
    /// Whether an event of this span is in a view of another one. An event without length belongs to the moment at which it
    /// starts.
    pub fn overlaps(self, view: Self) -> bool {
        let is_late = self.end > view.start || (self.start == self.end && self.start >= view.start);
        is_late && self.start < view.end
    }
}

/// A series: days, and the times of the day at which it starts and ends, in its zone.
#[derive(Clone, Debug)]
pub struct Series {
    pattern: Pattern,
    first: NaiveDate,
    end: End,
    zone: Tz,
    starts: TimeDelta,
    ends: TimeDelta,
}

#[derive(Clone, Copy, Debug)]
enum End {
    Never,
    On(NaiveDate),
    After(usize),
}

/// More than a zone is away from UTC, and more than clocks are moved by.
const MARGIN: TimeDelta = TimeDelta::days(3);

impl Series {
    /// The series of a master; `None` if it has no pattern that could be followed.
    pub fn of(master: &Entity) -> Option<Self> {
        let recurrence = master.get("recurrence")?;
        let range = recurrence.get("range")?;
        let date = |name| moment::date(range.get(name)?.as_str()?);
        let end = match range.get("type")?.as_str()? {
            "noEnd" => End::Never,
            "endDate" => End::On(date("endDate")?),
            "numbered" => {
                let count = range.get("numberOfOccurrences")?.as_u64()?;
                End::After(usize::try_from(count).ok()?)
            }
            _ => return None,
        };
        let zone = zone(master, range);
        let local = |name: &str| Some(zones::to_local(time(master, name)?, zone));
        let (start, last) = (local("start")?, local("end")?);
        let midnight = start.date().and_time(NaiveTime::MIN);
        Some(Self {
            pattern: Pattern::read(recurrence.get("pattern")?)?,
            first: date("startDate")?,
            end,
            zone,
            starts: start - midnight,
            ends: last.max(start) - midnight,
        })
    }

    /// The days on which it takes place within a view, the earliest first, with the times.
    pub fn within(&self, view: Span) -> Vec<(NaiveDate, Span)> {
        let day = |ticks| Some(moment::to_date_time(ticks)?.date());
        let (Some(from), Some(to)) = (day(view.start), day(view.end)) else {
            return Vec::new();
        };
        let from = from
            .checked_sub_signed(self.ends)
            .and_then(|day| day.checked_sub_signed(MARGIN))
            .unwrap_or(NaiveDate::MIN);
        let to = to.checked_add_signed(MARGIN).unwrap_or(NaiveDate::MAX);
        let timed = |day| Some((day, self.on(day)?));
        let days = self.days(from).take_while(|day| *day <= to);
        let timed = days.filter_map(timed);
        timed.filter(|(_, span)| span.overlaps(view)).collect()
    }

    /// Whether a day is one of the series.
    pub fn has(&self, day: NaiveDate) -> bool {
        let mut days = self.days(day);
        days.find(|known| *known >= day) == Some(day)
    }

    /// The day in the series' zone.
    pub fn day_of(&self, moment: NaiveDateTime) -> NaiveDate {
        zones::to_local(moment, self.zone).date()
    }

    /// When it takes place on a day; `None` outside of Graph's years.
    pub fn on(&self, day: NaiveDate) -> Option<Span> {
        let midnight = day.and_time(NaiveTime::MIN);
        let at = |after| {
            let local = midnight.checked_add_signed(after)?;
            let utc = zones::to_utc(local, self.zone).naive_utc();
            let ticks = moment::ticks(utc);
            (0..=moment::LAST).contains(&ticks).then_some(ticks)
        };
        let start = at(self.starts)?;
        // A start that clocks skip may be later than the end.
        let end = at(self.ends)?.max(start);
        Some(Span { start, end })
    }

    /// Its days, perhaps without those before `from`.
    fn days(&self, from: NaiveDate) -> Box<dyn Iterator<Item = NaiveDate> + '_> {
        match self.end {
            End::Never => Box::new(self.pattern.days(self.first, from)),
            End::On(last) => {
                let days = self.pattern.days(self.first, from);
                Box::new(days.take_while(move |day| *day <= last))
            }
            // All have to be counted.
            End::After(count) => {
                let days = self.pattern.days(self.first, self.first).take(count);
                Box::new(days.skip_while(move |day| *day < from))
            }
        }
    }
}

/// Days are days in every zone if they are whole.
fn zone(master: &Entity, range: &Value) -> Tz {
    if master.get("isAllDay").and_then(Value::as_bool) == Some(true) {
        return Tz::UTC;
    }
    let given = range.get("recurrenceTimeZone").and_then(Value::as_str);
    let own = master.get("originalStartTimeZone").and_then(Value::as_str);
    let name = given.filter(|name| !name.is_empty()).or(own);
    name.and_then(zones::named).unwrap_or(Tz::UTC)
}

/// Start or end of an event, in UTC.
pub fn time(event: &Entity, name: &str) -> Option<NaiveDateTime> {
    let text = event.get(name)?.get("dateTime")?.as_str()?;
    moment::to_date_time(moment::local_time(text)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn ticks(text: &str) -> Ticks {
        moment::utc(text).expect("a time")
    }

    fn span(start: &str, end: &str) -> Span {
        Span {
            start: ticks(start),
            end: ticks(end),
        }
    }

    fn series(start: &str, end: &str, zone: &str, pattern: Value, range: Value) -> Series {
        let mut range = range;
        range["recurrenceTimeZone"] = json!(zone);
        let master = json!({
            "start": { "dateTime": start, "timeZone": "UTC" },
            "end": { "dateTime": end, "timeZone": "UTC" },
            "isAllDay": zone.is_empty(),
            "recurrence": { "pattern": pattern, "range": range },
        });
        Series::of(master.as_object().unwrap()).expect("a series")
    }

    fn starts(series: &Series, from: &str, to: &str) -> Vec<String> {
        let all = series.within(span(from, to)).into_iter();
        all.map(|(_, span)| moment::to_date_time(span.start).unwrap().to_string())
            .collect()
    }

    #[test]
    fn clocks_show_the_same_time_before_and_after_they_change() {
        let range = json!({ "type": "noEnd", "startDate": "2026-03-27" });
        let daily = json!({ "type": "daily", "interval": 1 });
        let berlin = series(
            "2026-03-27T08:00:00.0000000",
            "2026-03-27T09:00:00.0000000",
            "W. Europe Standard Time",
            daily,
            range,
        );
        assert_eq!(
            starts(&berlin, "2026-03-28", "2026-03-31"),
            [
                "2026-03-28 08:00:00",
                "2026-03-29 07:00:00",
                "2026-03-30 07:00:00"
            ]
        );
        // Long after, and before there is any.
        assert_eq!(
            starts(&berlin, "2345-01-01", "2345-01-02"),
            ["2345-01-01 08:00:00"]
        );
        assert!(starts(&berlin, "2021-01-01", "2022-01-01").is_empty());
    }

    #[test]
    fn times_that_clocks_skip_or_show_twice() {
        let range = json!({ "type": "noEnd", "startDate": "2026-03-01" });
        let daily = json!({ "type": "daily", "interval": 1 });
        let night = series(
            "2026-03-01T01:30:00.0000000",
            "2026-03-01T02:00:00.0000000",
            "Europe/Berlin",
            daily,
            range,
        );
        let on = |day: &str| night.on(day.parse().unwrap()).unwrap();
        // 2:30 to 3:00 when there is no 2:30: 3:30, and nothing ends before it starts.
        assert_eq!(
            on("2026-03-29"),
            span("2026-03-29T01:30:00", "2026-03-29T01:30:00")
        );
        // 2:30 for the first time, and 3:00, which is an hour and a half later.
        assert_eq!(
            on("2026-10-25"),
            span("2026-10-25T00:30:00", "2026-10-25T02:00:00")
        );
    }

    #[test]
    fn series_end_after_a_day_or_a_number() {
        let weekly =
            json!({ "type": "weekly", "interval": 1, "daysOfWeek": ["monday", "thursday"] });
        let of = |range: Value| {
            series(
                "2026-01-05T23:30:00",
                "2026-01-06T00:30:00",
                "UTC",
                weekly.clone(),
                range,
            )
        };
        let until =
            of(json!({ "type": "endDate", "startDate": "2026-01-05", "endDate": "2026-01-12" }));
        let three =
            of(json!({ "type": "numbered", "startDate": "2026-01-05", "numberOfOccurrences": 3 }));
        let all = [
            "2026-01-05 23:30:00",
            "2026-01-08 23:30:00",
            "2026-01-12 23:30:00",
        ];
        for series in [&until, &three] {
            assert_eq!(starts(series, "2025-01-01", "2027-01-01"), all);
            // From one midnight to the next: that of the day before still lasts.
            assert_eq!(starts(series, "2026-01-09", "2026-01-13"), all[1..]);
            assert_eq!(
                starts(series, "2026-01-09T00:30:00", "2026-01-12T23:30:00"),
                [""; 0]
            );
            assert!(series.has("2026-01-12".parse().unwrap()));
            assert!(!series.has("2026-01-15".parse().unwrap()));
            assert!(!series.has("2026-01-06".parse().unwrap()));
        }
    }

    #[test]
    fn whole_days_are_in_no_zone() {
        let range = json!({ "type": "noEnd", "startDate": "2026-03-01" });
        let pattern = json!({ "type": "daily", "interval": 7 });
        let days = series(
            "2026-03-01T00:00:00",
            "2026-03-03T00:00:00",
            "",
            pattern,
            range,
        );
        assert_eq!(
            days.within(span("2026-03-30", "2026-03-31")),
            [(
                "2026-03-29".parse().unwrap(),
                span("2026-03-29", "2026-03-31")
            )]
        );
    }

    #[test]
    fn the_years_end() {
        let range = json!({ "type": "noEnd", "startDate": "9999-12-30" });
        let daily = json!({ "type": "daily", "interval": 1 });
        let late = series(
            "9999-12-30T12:00:00",
            "9999-12-31T11:00:00",
            "UTC",
            daily,
            range,
        );
        let all = starts(&late, "9999-12-01", "9999-12-31T23:59:59");
        assert_eq!(all, ["9999-12-30 12:00:00"]);
    }
}
