//! An event at a time: a single one, or a series on one of its days (docs/graph.md#recurrence).

use super::series::Span;
use crate::model::{Entity, Item};
use crate::odata::moment;
use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};
use std::borrow::Cow;

/// An event as views show it.
#[derive(Clone, Debug)]
pub struct Instance<'a> {
    /// The event itself, or the master of its series.
    event: &'a Item,
    pub span: Span,
    /// The day of an occurrence that is not held as an event of its own.
    day: Option<NaiveDate>,
}

impl<'a> Instance<'a> {
    /// An event as it is.
    pub(super) fn of(event: &'a Item, span: Span) -> Self {
        Self {
            event,
            span,
            day: None,
        }
    }

    /// A series on one of its days.
    pub(super) fn on(master: &'a Item, day: NaiveDate, span: Span) -> Self {
        Self {
            event: master,
            span,
            day: Some(day),
        }
    }

    /// Those of its series, if it is an occurrence.
    pub fn attachments(&self) -> &'a [Entity] {
        &self.event.attachments
    }

    pub fn calendar_id(&self) -> &'a str {
        &self.event.parent_id
    }

    /// An object with these properties at least; `None` means all.
    pub fn entity(&self, names: Option<&[&str]>) -> Cow<'a, Entity> {
        let master = &self.event.entity;
        let Some(day) = self.day else {
            return Cow::Borrowed(master);
        };
        let is_wanted = |name: &str| names.is_none_or(|names| names.contains(&name));
        let kept = master.iter().filter(|(name, _)| is_wanted(name));
        let mut entity: Entity = kept
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let known = master.get("id").and_then(Value::as_str);
        let id = id(known.unwrap_or_default(), day);
        let changed: [(&str, &dyn Fn() -> Value); 10] = [
            ("id", &|| json!(id)),
            ("type", &|| json!("occurrence")),
            ("seriesMasterId", &|| json!(known)),
            ("recurrence", &|| Value::Null),
            ("cancelledOccurrences", &|| json!([])),
            (
                "originalStart",
                &|| match moment::write_local(self.span.start) {
                    Some(start) => json!(format!("{start}Z")),
                    None => Value::Null,
                },
            ),
            ("start", &|| time(self.span.start)),
            ("end", &|| time(self.span.end)),
            ("iCalUId", &|| {
                own(master, "iCalUId", |uid| of_day(uid, day))
            }),
            ("webLink", &|| {
                let [known, id] = [known.unwrap_or_default(), &id].map(|id| id.replace('=', "%3D"));
                own(master, "webLink", |link| link.replace(&known, &id))
            }),
        ];
        for (name, value) in changed {
            if is_wanted(name) {
                entity.insert(name.to_owned(), value());
            }
        }
        Cow::Owned(entity)
    }
}

/// The id of an occurrence: that of the master with the day before its padding.
fn id(master: &str, day: NaiveDate) -> String {
    let core = master.trim_end_matches('=');
    format!("{core}_{}{}", day.format("%Y%m%d"), &master[core.len()..])
}

/// The master's id and the day, if an id may be one of an occurrence.
pub(super) fn read_id(id: &str) -> Option<(String, NaiveDate)> {
    let core = id.trim_end_matches('=');
    let (master, day) = core.rsplit_once('_')?;
    let is_day = day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit());
    let day = is_day.then(|| NaiveDate::parse_from_str(day, "%Y%m%d").ok())??;
    Some((format!("{master}{}", &id[core.len()..]), day))
}

/// A text that occurrences have of their own.
fn own(master: &Entity, name: &str, of_occurrence: impl Fn(&str) -> String) -> Value {
    let known = master.get(name).and_then(Value::as_str);
    json!(known.map(of_occurrence))
}

/// Outlook's global ids have a place for the day: the eight digits behind those that all of them have. Others get it at
/// their end.
fn of_day(uid: &str, day: NaiveDate) -> String {
    const START: &str = "040000008200E00074C5B7101A82E008";
    let date = format!("{:04X}{:02X}{:02X}", day.year(), day.month(), day.day());
    let rest = uid.strip_prefix(START).and_then(|rest| rest.get(8..));
    match rest {
        Some(rest) => format!("{START}{date}{rest}"),
        None => format!("{uid}{date}"),
    }
}

fn time(ticks: moment::Ticks) -> Value {
    json!({ "dateTime": moment::write_local(ticks), "timeZone": "UTC" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities::event::Event;
    use crate::entities::ids::Ids;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 9).unwrap()
    }

    #[test]
    fn ids_of_occurrences_have_the_day_and_can_be_read() {
        assert_eq!(id("AAMk_x-y==", day()), "AAMk_x-y_20260309==");
        assert_eq!(
            read_id("AAMk_x-y_20260309=="),
            Some(("AAMk_x-y==".into(), day()))
        );
        for other in ["AAMkx==", "AAMk_20261332=", "AAMk_2026309=", ""] {
            assert_eq!(read_id(other), None, "{other}");
        }
    }

    #[test]
    fn an_occurrence_is_the_series_at_its_time() {
        let event = Event {
            subject: Some("Stand-up".into()),
            ..Event::default()
        };
        let master = Item {
            entity: event.entity(&Ids::new("ann"), "M=", 7),
            ..Item::default()
        };
        let start = moment::utc("2026-03-09T08:00:00").unwrap();
        let end = moment::utc("2026-03-09T08:15:00").unwrap();
        let instance = Instance::on(&master, day(), Span { start, end });
        let all = instance.entity(None);
        let names = |entity: &Entity| entity.keys().cloned().collect::<Vec<_>>();
        assert_eq!(
            names(&all),
            names(&master.entity),
            "every property of an event"
        );
        for (name, value) in [
            ("id", json!("M_20260309=")),
            ("type", json!("occurrence")),
            ("seriesMasterId", json!("M=")),
            ("originalStart", json!("2026-03-09T08:00:00.0000000Z")),
            ("subject", json!("Stand-up")),
            ("changeKey", master.entity["changeKey"].clone()),
            (
                "end",
                json!({ "dateTime": "2026-03-09T08:15:00.0000000", "timeZone": "UTC" }),
            ),
        ] {
            assert_eq!(all[name], value, "{name}");
        }
        let uid = all["iCalUId"].as_str().unwrap();
        assert!(
            uid.starts_with("040000008200E00074C5B7101A82E00807EA0309"),
            "{uid}"
        );
        assert_eq!(uid.len(), master.entity["iCalUId"].as_str().unwrap().len());
        assert!(
            all["webLink"]
                .as_str()
                .unwrap()
                .contains("itemid=M_20260309%3D&")
        );
        let few = instance.entity(Some(&["subject", "start"]));
        assert_eq!(names(&few).len(), 2);
        assert_eq!(few["start"], all["start"]);
    }
}
