//! The days of a pattern (docs/graph.md#recurrence).

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};
use serde_json::Value;

/// How an event repeats: every so many days, weeks, months or years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    unit: Unit,
    interval: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Unit {
    Day,
    Week { first: Weekday, days: Vec<Weekday> },
    Month(Place),
    Year { month: u32, place: Place },
}

/// The day of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// This one, or the last day of a month that is shorter.
    Number(u32),
    /// That in this place among such days of the week; `None` is the last one.
    Among(Vec<Weekday>, Option<usize>),
}

impl Pattern {
    /// A `recurrencePattern`; `None` if it lacks something.
    pub fn read(pattern: &Value) -> Option<Self> {
        let unit = match pattern.get("type")?.as_str()? {
            "daily" => Unit::Day,
            "weekly" => Unit::Week {
                first: pattern
                    .get("firstDayOfWeek")
                    .and_then(weekday)
                    .unwrap_or(Weekday::Sun),
                days: weekdays(pattern)?,
            },
            "absoluteMonthly" => Unit::Month(number(pattern)?),
            "relativeMonthly" => Unit::Month(among(pattern)?),
            "absoluteYearly" => Unit::Year {
                month: month(pattern)?,
                place: number(pattern)?,
            },
            "relativeYearly" => Unit::Year {
                month: month(pattern)?,
                place: among(pattern)?,
            },
            _ => return None,
        };
        let interval = pattern.get("interval")?.as_i64()?;
        (interval > 0).then_some(Self { unit, interval })
    }

    /// Its days from `first` on, the earliest first. They may begin with the unit that has the day `from`.
    pub fn days(&self, first: NaiveDate, from: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        let start = self.unit.number(first);
        let skipped = (self.unit.number(from) - start).max(0) / self.interval;
        let units = (skipped..).map_while(move |turn| {
            let number = start.checked_add(turn.checked_mul(self.interval)?)?;
            self.unit.days(number)
        });
        units.flatten().filter(move |day| *day >= first)
    }
}

impl Unit {
    /// The number of the day, week, month or year that has a day.
    fn number(&self, day: NaiveDate) -> i64 {
        match self {
            Self::Day => day.num_days_from_ce().into(),
            // The first day of the calendar is a Monday.
            Self::Week { first, .. } => {
                let first = i64::from(first.num_days_from_monday());
                (i64::from(day.num_days_from_ce()) - 1 - first).div_euclid(7)
            }
            Self::Month(_) => i64::from(day.year()) * 12 + i64::from(day.month0()),
            Self::Year { .. } => day.year().into(),
        }
    }

    /// The days of the pattern in a unit; `None` at the end of the calendar.
    fn days(&self, number: i64) -> Option<Vec<NaiveDate>> {
        match self {
            Self::Day => Some(vec![day(number)?]),
            Self::Week { first, days } => {
                let start =
                    day(number.checked_mul(7)? + 1 + i64::from(first.num_days_from_monday()))?;
                let week: Option<Vec<_>> = (0..7)
                    .map(|after| start.checked_add_signed(TimeDelta::days(after)))
                    .collect();
                let is_wanted = |day: &NaiveDate| days.contains(&day.weekday());
                Some(week?.into_iter().filter(is_wanted).collect())
            }
            Self::Month(place) => {
                let year = i32::try_from(number.div_euclid(12)).ok()?;
                Some(vec![place.day(year, number.rem_euclid(12) as u32 + 1)?])
            }
            Self::Year { month, place } => {
                Some(vec![place.day(i32::try_from(number).ok()?, *month)?])
            }
        }
    }
}

impl Place {
    fn day(&self, year: i32, month: u32) -> Option<NaiveDate> {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        let days = first.iter_days().take_while(|day| day.month() == month);
        match self {
            Self::Number(number) => days.take(*number as usize).last(),
            Self::Among(weekdays, place) => {
                let mut days = days.filter(|day| weekdays.contains(&day.weekday()));
                match place {
                    Some(place) => days.nth(*place),
                    None => days.last(),
                }
            }
        }
    }
}

fn day(number: i64) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(number).ok()?)
}

fn number(pattern: &Value) -> Option<Place> {
    let day = pattern.get("dayOfMonth")?.as_u64()?;
    (1..=31).contains(&day).then_some(Place::Number(day as u32))
}

fn month(pattern: &Value) -> Option<u32> {
    let month = pattern.get("month")?.as_u64()?;
    (1..=12).contains(&month).then_some(month as u32)
}

fn among(pattern: &Value) -> Option<Place> {
    let index = pattern.get("index").and_then(Value::as_str);
    let place = match index.unwrap_or("first") {
        "first" => Some(0),
        "second" => Some(1),
        "third" => Some(2),
        "fourth" => Some(3),
        "last" => None,
        _ => return None,
    };
    Some(Place::Among(weekdays(pattern)?, place))
}

/// At least one.
fn weekdays(pattern: &Value) -> Option<Vec<Weekday>> {
    let days = pattern.get("daysOfWeek")?.as_array()?.iter();
    let days: Vec<Weekday> = days.map(weekday).collect::<Option<_>>()?;
    (!days.is_empty()).then_some(days)
}

fn weekday(name: &Value) -> Option<Weekday> {
    name.as_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn days(pattern: Value, first: &str, count: usize) -> Vec<String> {
        let pattern = Pattern::read(&pattern).expect("a pattern");
        let first = date(first);
        let days = pattern.days(first, first).take(count);
        days.map(|day| day.to_string()).collect()
    }

    #[test]
    fn every_third_day() {
        let pattern = json!({ "type": "daily", "interval": 3 });
        assert_eq!(
            days(pattern, "2024-02-27", 3),
            ["2024-02-27", "2024-03-01", "2024-03-04"]
        );
    }

    /// Which weeks are every second one depends on the day with which weeks begin.
    #[test]
    fn weeks_begin_with_their_first_day() {
        let pattern = |first: &str| json!({ "type": "weekly", "interval": 2, "daysOfWeek": ["tuesday", "sunday"], "firstDayOfWeek": first });
        // A Tuesday; the example of RFC 5545.
        assert_eq!(
            days(pattern("monday"), "1997-08-05", 4),
            ["1997-08-05", "1997-08-10", "1997-08-19", "1997-08-24"]
        );
        assert_eq!(
            days(pattern("sunday"), "1997-08-05", 4),
            ["1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31"]
        );
        let default =
            json!({ "type": "weekly", "interval": 2, "daysOfWeek": ["tuesday", "sunday"] });
        assert_eq!(
            days(default, "1997-08-05", 4),
            days(pattern("sunday"), "1997-08-05", 4)
        );
    }

    #[test]
    fn a_day_that_a_month_lacks_is_its_last() {
        let monthly = json!({ "type": "absoluteMonthly", "interval": 1, "dayOfMonth": 31 });
        assert_eq!(
            days(monthly, "2024-01-31", 4),
            ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]
        );
        let yearly =
            json!({ "type": "absoluteYearly", "interval": 1, "month": 2, "dayOfMonth": 29 });
        assert_eq!(
            days(yearly, "2024-02-29", 3),
            ["2024-02-29", "2025-02-28", "2026-02-28"]
        );
    }

    #[test]
    fn relative_days_are_counted_among_all_days_of_the_week_that_are_named() {
        let workdays = ["monday", "tuesday", "wednesday", "thursday", "friday"];
        let pattern = |kind: &str, days: &[&str], index: &str| json!({ "type": kind, "interval": 1, "month": 9, "daysOfWeek": days, "index": index });
        assert_eq!(
            days(
                pattern("relativeMonthly", &["friday"], "last"),
                "2024-01-01",
                3
            ),
            ["2024-01-26", "2024-02-23", "2024-03-29"]
        );
        assert_eq!(
            days(
                pattern("relativeMonthly", &workdays, "first"),
                "2024-06-01",
                2
            ),
            ["2024-06-03", "2024-07-01"]
        );
        assert_eq!(
            days(
                pattern("relativeMonthly", &["saturday", "sunday"], "third"),
                "2024-06-01",
                2
            ),
            ["2024-06-08", "2024-07-13"]
        );
        assert_eq!(
            days(
                pattern("relativeYearly", &["monday"], "second"),
                "2024-10-01",
                2
            ),
            ["2025-09-08", "2026-09-14"]
        );
    }

    #[test]
    fn days_begin_near_the_day_that_is_wanted() {
        let texts = [
            json!({ "type": "daily", "interval": 4 }),
            json!({ "type": "weekly", "interval": 3, "daysOfWeek": ["friday", "monday"], "firstDayOfWeek": "saturday" }),
            json!({ "type": "absoluteMonthly", "interval": 5, "dayOfMonth": 30 }),
            json!({ "type": "relativeYearly", "interval": 2, "month": 2, "daysOfWeek": ["sunday"], "index": "fourth" }),
        ];
        let (first, from) = (date("1999-12-31"), date("2020-05-17"));
        for text in texts {
            let pattern = Pattern::read(&text).expect("a pattern");
            let all = pattern.days(first, first).skip_while(|day| *day < from);
            let near = pattern.days(first, from);
            assert!(
                near.take(1).all(|day| from - day < TimeDelta::days(750)),
                "{text}"
            );
            let near = pattern.days(first, from).skip_while(|day| *day < from);
            assert!(all.take(9).eq(near.take(9)), "{text}");
        }
    }

    #[test]
    fn patterns_without_days_have_none_and_the_calendar_ends() {
        for text in [
            json!({ "type": "daily", "interval": 0 }),
            json!({ "type": "weekly", "interval": 1, "daysOfWeek": [] }),
            json!({ "type": "absoluteMonthly", "interval": 1, "dayOfMonth": 0 }),
            json!({ "type": "absoluteYearly", "interval": 1, "month": 13, "dayOfMonth": 1 }),
            json!({ "type": "relativeMonthly", "interval": 1, "daysOfWeek": ["monday"], "index": "fifth" }),
            json!({ "type": "hourly", "interval": 1 }),
        ] {
            assert_eq!(Pattern::read(&text), None, "{text}");
        }
        let pattern = json!({ "type": "daily", "interval": 90_000_000 });
        assert_eq!(days(pattern, "2024-01-01", 9).len(), 2);
    }
}
