//! Traces of messages: spans of at most ten days, and filters of which Graph answers only a few rightly
//! (docs/graph.md#message-traces).

use super::ask::Ask;
use super::list::{self, Source};
use super::shelf::Shelf;
use crate::model::{Entity, Tenant};
use crate::odata::ast::{Comparison, Expr, Literal, Operand, Path};
use crate::odata::moment::{self, Ticks};
use crate::odata::pairs::option;
use crate::odata::parser;
use crate::refusal::Refusal;
use crate::rules::MESSAGE_TRACES;
use chrono::Utc;
use std::borrow::Cow;
use std::cmp::Reverse;

const SECOND: Ticks = 10_000_000;
const DAY: Ticks = 86_400 * SECOND;
const LONGEST: Ticks = 10 * DAY;
const KEPT: Ticks = 90 * DAY;
/// The span without a condition on the time.
const USUAL: Ticks = 2 * DAY;

/// The property of the bounds.
const RECEIVED: &str = "receivedDateTime";

pub fn list(ask: &Ask, tenant: &Tenant) -> Result<Vec<u8>, Refusal> {
    if tenant.traces.lacks_principal {
        let message = "Service principal-less Authentication failed: the service principal for App ID \
                       8bd644d1-64a1-4d4b-ae52-2e0cbf64e373 was not found.";
        return Err(Refusal::new(401, "Unauthorized", message));
    }
    for (name, _) in &ask.pairs {
        let is_known = ["$filter", "$top", "$skiptoken"].contains(&name.as_str());
        if name.starts_with('$') && !is_known {
            return Err(Refusal::not_simulated("options that Graph ignores here"));
        }
    }
    let now = moment::of_seconds(Utc::now().timestamp());
    let mut bounds = Bounds::default();
    if let Some(filter) = option(&ask.pairs, "$filter") {
        let expr = parser::parse(filter).map_err(|_| Refusal::invalid_nodes())?;
        bounds.take(&expr)?;
    }
    let (from, to) = bounds.checked(now)?;
    let rows = &tenant.traces.rows;
    let time = |row: u32| received(&rows[row as usize]);
    let is_in = |row: &u32| time(*row).is_some_and(|time| (from..=to).contains(&time));
    let mut newest: Vec<u32> = (0..rows.len() as u32).filter(is_in).collect();
    newest.sort_by_key(|row| Reverse(time(*row)));
    let source = Source {
        collection: &MESSAGE_TRACES,
        name: MESSAGE_TRACES.name.to_owned(),
        shelf: Shelf::Entities(rows),
        rows: Cow::Owned(newest),
        received: None,
    };
    list::page(ask, &source)
}

fn received(row: &Entity) -> Option<Ticks> {
    moment::offset(row.get(RECEIVED)?.as_str()?)
}

/// The span that a filter asks for.
#[derive(Default)]
struct Bounds {
    from: Option<Ticks>,
    to: Option<Ticks>,
    properties: Vec<String>,
}

impl Bounds {
    /// Refuses what Graph answers wrongly.
    fn take(&mut self, expr: &Expr) -> Result<(), Refusal> {
        let wrong = || Refusal::not_simulated("filters that Graph answers wrongly");
        let (path, comparison, literal) = match expr {
            Expr::And(left, right) => {
                self.take(left)?;
                return self.take(right);
            }
            Expr::Compare(Operand::Path(Path(path)), comparison, Operand::Literal(literal)) => {
                (path.join("/"), comparison, literal)
            }
            _ => return Err(wrong()),
        };
        let bound = match (path.as_str(), comparison, literal) {
            (RECEIVED, Comparison::Ge, Literal::DateTime(text)) => (&mut self.from, text),
            (RECEIVED, Comparison::Le, Literal::DateTime(text)) => (&mut self.to, text),
            // The last value of a property counts alone.
            (_, Comparison::Eq, Literal::Text(text))
                if !text.is_empty() && !text.contains('*') && !self.properties.contains(&path) =>
            {
                self.properties.push(path);
                return Ok(());
            }
            _ => return Err(wrong()),
        };
        let (slot, text) = bound;
        let time = moment::offset(text).ok_or_else(Refusal::invalid_nodes)?;
        match slot.replace(time) {
            None => Ok(()),
            Some(_) => Err(wrong()),
        }
    }

    fn checked(&self, now: Ticks) -> Result<(Ticks, Ticks), Refusal> {
        let refused = |what: &str| Err(Refusal::bad_request(what));
        let midnight = now - now.rem_euclid(DAY);
        match (self.from, self.to) {
            (None, None) => Ok((now - USUAL, now)),
            (Some(from), Some(to)) if from <= to => match () {
                () if to - from > LONGEST => refused("The time range must not exceed 10 days."),
                () if from < midnight - KEPT => refused("The start is more than 90 days ago."),
                () if to > now => refused("The end is in the future."),
                () => Ok((from, to)),
            },
            _ => refused("The filter needs a start and an end."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-12-01T10:00:00Z";

    fn bounds(filter: &str) -> Result<(Ticks, Ticks), u16> {
        let mut bounds = Bounds::default();
        let expr = parser::parse(filter).expect("a filter");
        let now = moment::offset(NOW).expect("a moment");
        let outcome = bounds.take(&expr).and_then(|()| bounds.checked(now));
        outcome.map_err(|refusal| refusal.status)
    }

    #[test]
    fn a_span_has_two_bounds_ten_days_at_most_and_no_future() {
        let span = |from: &str, to: &str| {
            bounds(&format!(
                "receivedDateTime ge {from} and receivedDateTime le {to}"
            ))
        };
        assert!(span("2026-11-21T10:00:00Z", NOW).is_ok());
        assert!(span("2026-09-02T00:00:00Z", "2026-09-12T00:00:00Z").is_ok());
        for (from, to) in [
            ("2026-11-21T09:59:59Z", NOW),
            ("2026-09-01T23:59:59Z", "2026-09-03T00:00:00Z"),
            ("2026-12-01T09:00:00Z", "2026-12-01T10:00:01Z"),
            ("2026-12-01T09:00:00Z", "2026-12-01T08:00:00Z"),
        ] {
            assert_eq!(span(from, to), Err(400), "{from} {to}");
        }
        assert_eq!(bounds("receivedDateTime ge 2026-11-30T00:00:00Z"), Err(400));
    }

    #[test]
    fn filters_that_graph_answers_wrongly_are_refused() {
        assert!(bounds("senderAddress eq 'a' and status eq 'failed'").is_ok());
        for filter in [
            "status eq 'failed' or status eq 'pending'",
            "status eq 'failed' and status eq 'pending'",
            "status ne 'failed'",
            "not (status eq 'failed')",
            "status in ('failed')",
            "startswith(senderAddress,'a')",
            "senderAddress eq '*@contoso.com'",
            "receivedDateTime gt 2026-11-30T00:00:00Z",
        ] {
            assert_eq!(bounds(filter), Err(501), "{filter}");
        }
    }
}
