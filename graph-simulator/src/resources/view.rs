//! `calendarView`: the events of a window of time (docs/graph.md#calendar-view).
//!
//! Series are not expanded: occurrences are shown if the tenant has them as separate events.

use super::ask::Ask;
use crate::model::Item;
use crate::odata::eval::Node;
use crate::odata::moment::{self, Ticks};
use crate::odata::pairs::option;
use crate::refusal::Refusal;

const DAY: Ticks = 864_000_000_000;
const LONGEST: Ticks = 1825 * DAY;

/// The events that overlap the requested window, the earliest first.
pub fn rows(ask: &Ask, events: &[Item], calendar: &[u32]) -> Result<Vec<u32>, Refusal> {
    let (from, to) = window(ask)?;
    let mut found: Vec<(Ticks, u32)> = Vec::new();
    for &row in calendar {
        let event = &events[row as usize];
        let Some((start, end)) = times(event) else {
            continue;
        };
        // An event without length belongs to the moment at which it starts.
        let overlaps = start < to && (end > from || (start == end && start >= from));
        if overlaps && !is_master(event) {
            found.push((start, row));
        }
    }
    found.sort_unstable();
    Ok(found.into_iter().map(|(_, row)| row).collect())
}

fn window(ask: &Ask) -> Result<(Ticks, Ticks), Refusal> {
    let bounds = (
        option(&ask.pairs, "startDateTime"),
        option(&ask.pairs, "endDateTime"),
    );
    let (Some(start), Some(end)) = bounds else {
        return Err(invalid(
            "This request requires a time window specified by the query string parameters StartDateTime and \
             EndDateTime.",
        ));
    };
    let (Some(from), Some(to)) = (moment::utc(start), moment::utc(end)) else {
        return Err(invalid(
            "The window's bounds must be dates and times in ISO 8601.",
        ));
    };
    if to < from {
        return Err(invalid("EndDateTime is earlier than StartDateTime."));
    }
    if to - from > LONGEST {
        return Err(Refusal::new(
            400,
            "ErrorInvalidRequest",
            "Your request can't be completed. The range between the start and end dates is greater than the allowed \
             range. Maximum number of days: 1825",
        ));
    }
    Ok((from, to))
}

fn invalid(message: &str) -> Refusal {
    Refusal::new(400, "ErrorInvalidParameter", message)
}

pub fn times(event: &Item) -> Option<(Ticks, Ticks)> {
    let at = |name| {
        let text = Node::Row(&event.entity)
            .get(&[name, "dateTime"])?
            .as_str()?;
        moment::local_time(text)
    };
    Some((at("start")?, at("end")?))
}

pub fn is_master(event: &Item) -> bool {
    kind(event) == Some("seriesMaster")
}

/// An occurrence of a series, changed or not: views show it, lists of events do not.
pub fn is_of_series(event: &Item) -> bool {
    matches!(kind(event), Some("occurrence" | "exception"))
}

fn kind(event: &Item) -> Option<&str> {
    event.entity.get("type").and_then(|kind| kind.as_str())
}
