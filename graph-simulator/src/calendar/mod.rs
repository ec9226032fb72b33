//! Calendars in a span of time: single events, and series on their days.

mod instance;
mod pattern;
mod series;

pub use instance::Instance;
pub use series::Span;

use crate::model::{Entity, Item, Mailbox};
use crate::odata::moment;
use crate::store::MailboxIndex;
use chrono::NaiveDate;
use serde_json::Value;
use series::Series;
use std::collections::HashSet;

/// The events of a mailbox.
#[derive(Clone, Copy)]
pub struct Calendar<'a> {
    events: &'a [Item],
    index: &'a MailboxIndex,
}

impl<'a> Calendar<'a> {
    pub fn new(mailbox: &'a Mailbox, index: &'a MailboxIndex) -> Self {
        Self {
            events: &mailbox.events,
            index,
        }
    }

    /// These events as a view shows them, the earliest first.
    pub fn view(self, rows: &[u32], view: Span) -> Vec<Instance<'a>> {
        let mut found = Vec::new();
        for &row in rows {
            let event = &self.events[row as usize];
            match is_master(&event.entity) {
                true => self.expand(event, view, &mut found),
                false => found.extend(as_it_is(event, view)),
            }
        }
        found.sort_by_key(|instance| instance.span.start);
        found
    }

    /// The same for the series of a master; no other event has any.
    pub fn instances(self, master: &str, view: Span) -> Vec<Instance<'a>> {
        let mut found = Vec::new();
        if let Some(row) = self.index.events.get(master) {
            self.expand(&self.events[*row as usize], view, &mut found);
        }
        let held = self.held(master).filter_map(|event| as_it_is(event, view));
        found.extend(held);
        found.sort_by_key(|instance| instance.span.start);
        found
    }

    /// The occurrence of this id, if it is not held as an event of its own.
    pub fn occurrence(self, id: &str) -> Option<Instance<'a>> {
        let (master, day) = instance::read_id(id)?;
        let event = &self.events[*self.index.events.get(&master)? as usize];
        let series = series(event)?;
        let is_there = series.has(day) && !self.replaced(event, &series).contains(&day);
        is_there.then(|| Some(Instance::on(event, day, series.on(day)?)))?
    }

    /// Adds the occurrences of a master that are not held as events of their own.
    fn expand(self, master: &'a Item, view: Span, found: &mut Vec<Instance<'a>>) {
        if let Some(series) = series(master) {
            let replaced = self.replaced(master, &series);
            let days = series.within(view).into_iter();
            let days = days.filter(|(day, _)| !replaced.contains(day));
            found.extend(days.map(|(day, span)| Instance::on(master, day, span)));
        }
    }

    /// The days of a series that are cancelled, or that events of their own stand for.
    fn replaced(self, master: &Item, series: &Series) -> HashSet<NaiveDate> {
        let id = master.entity.get("id").and_then(Value::as_str);
        let held = self.held(id.unwrap_or_default());
        let changed = held.filter_map(|event| {
            let start = event.entity.get("originalStart")?.as_str()?;
            Some(series.day_of(moment::to_date_time(moment::offset(start)?)?))
        });
        let cancelled = master.entity.get("cancelledOccurrences");
        let cancelled = cancelled.and_then(Value::as_array).into_iter().flatten();
        // `OID.{id of the master}.{day}`
        let cancelled = cancelled.filter_map(|id| moment::date(id.as_str()?.rsplit('.').next()?));
        changed.chain(cancelled).collect()
    }

    /// The events that belong to a series.
    fn held(self, master: &str) -> impl Iterator<Item = &'a Item> {
        let rows = self.index.events_by_series.get(master);
        let rows = rows.map_or(&[][..], Vec::as_slice).iter();
        rows.map(move |row| &self.events[*row as usize])
    }
}

fn series(event: &Item) -> Option<Series> {
    is_master(&event.entity).then(|| Series::of(&event.entity))?
}

fn as_it_is(event: &Item, view: Span) -> Option<Instance<'_>> {
    let at = |name| Some(moment::ticks(series::time(&event.entity, name)?));
    let span = Span {
        start: at("start")?,
        end: at("end")?,
    };
    span.overlaps(view).then(|| Instance::of(event, span))
}

fn is_master(event: &Entity) -> bool {
    kind(event) == Some("seriesMaster")
}

/// An occurrence of a series, changed or not: views show it, lists of events do not.
pub fn is_of_series(event: &Item) -> bool {
    matches!(kind(&event.entity), Some("occurrence" | "exception"))
}

fn kind(event: &Entity) -> Option<&str> {
    event.get("type").and_then(Value::as_str)
}
