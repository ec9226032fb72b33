//! Traces of messages: a request for each span of time and each value that the statement names.
//!
//! Without a span Graph has the last two days only, and a span has ten days at most (docs/graph.md#message-traces). So the
//! whole table is the spans of all the time that Graph keeps, whatever the conditions are.

use super::page_size::page_size;
use super::resource_root::ResourceRoot;
use super::scan::Scan;
use super::step::Step;
use crate::definition::Table;
use crate::pushdown::{Equalities, Notation, View, moment_to_text};
use chrono::{DateTime, Utc};
use exchange_config::Settings;

const SECOND: i64 = 1_000_000;
const MINUTE: i64 = 60 * SECOND;
const DAY: i64 = 24 * 60 * MINUTE;

/// Graph keeps traces for so long, counted from midnight.
const KEPT: i64 = 90 * DAY;

/// The longest span of a request.
const LONGEST: i64 = 10 * DAY;

/// How far the clocks of this machine and of Graph may be apart: a span in the future is refused, and so is one that begins
/// too early. Traces appear later than that anyway.
const CLOCKS: i64 = MINUTE;

/// Maximum requests for the values of conditions. The tenant has 100 in five minutes, for everybody.
const MOST_REQUESTS: usize = 40;

pub fn steps(
    scan: &Scan,
    settings: &Settings,
    path: &[&str],
    (ids, recipients): (Option<Vec<String>>, Option<Vec<String>>),
    now: DateTime<Utc>,
) -> Vec<Step> {
    let spans = spans(&scan.pushed.view, now.timestamp_micros());
    let mut equalities = scan.pushed.equalities.clone();
    if let Some(ids) = ids {
        // Graph may refuse what is no GUID, and no trace has it.
        equalities.add("id", ids.into_iter().filter(|id| is_guid(id)).collect());
    }
    add_recipients(&mut equalities, scan.table, recipients);
    if spans.is_empty() || equalities.are_impossible() {
        return Vec::new();
    }
    let conditions = equalities.requests(MOST_REQUESTS / spans.len());
    let list = ResourceRoot::DIRECTORY.at(path);
    let size = page_size(scan, settings);
    let requests = conditions.iter().flat_map(|condition| {
        spans.iter().map(move |(from, to)| {
            format!("receivedDateTime ge {from} and receivedDateTime le {to}{condition}")
        })
    });
    requests
        .map(|filter| Step::All(list.clone().option("$filter", filter).top(size)))
        .collect()
}

/// The recipients of keys, which are parts of a condition on the key.
fn add_recipients(equalities: &mut Equalities, table: &Table, recipients: Option<Vec<String>>) {
    if let (Some(property), Some(recipients)) = (table.property_in_key(), recipients) {
        // One with a star cannot be asked for.
        if recipients.iter().all(|recipient| !recipient.contains('*')) {
            equalities.add(property, recipients);
        }
    }
}

fn is_guid(text: &str) -> bool {
    let hyphens = [8, 13, 18, 23];
    let is_right = |(place, byte): (usize, u8)| match hyphens.contains(&place) {
        true => byte == b'-',
        false => byte.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.bytes().enumerate().all(is_right)
}

/// The spans that can have rows, the latest first. They share their bounds, because both belong to a span.
fn spans(view: &View, now: i64) -> Vec<(String, String)> {
    let earliest = (now + CLOCKS).div_euclid(DAY) * DAY - KEPT;
    let latest = (now - CLOCKS).div_euclid(SECOND) * SECOND;
    let (from, to) = view.bounds();
    let second = |moment: i64| moment.div_euclid(SECOND) * SECOND;
    let from = from.map_or(earliest, |from| second(from).max(earliest));
    // A time is shown without its fraction.
    let end = to.map_or(latest, |to| second(to).saturating_add(SECOND).min(latest));
    let mut spans = Vec::new();
    let mut to = end;
    while from < to {
        let start = (to - LONGEST).max(from);
        let text = |moment| moment_to_text(moment, Notation::DateTimeOffset);
        spans.extend(text(start).zip(text(to)));
        to = start;
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datetime::parse_timestamp;
    use crate::definitions::MESSAGE_TRACES;
    use crate::pushdown::push;
    use datafusion::common::{Column, ScalarValue};
    use datafusion::logical_expr::Expr;
    use exchange_config::{Pushdown, Zone};

    fn moment(text: &str) -> i64 {
        parse_timestamp(text).expect("a moment")
    }

    fn received() -> Expr {
        Expr::Column(Column::from_name("receivedDateTime"))
    }

    fn at(text: &str) -> Expr {
        Expr::Literal(
            ScalarValue::TimestampMicrosecond(Some(moment(text)), None),
            None,
        )
    }

    fn of(conditions: &[Expr], now: &str) -> Vec<String> {
        let pushed = push(&MESSAGE_TRACES, conditions, Pushdown::Full, Zone::UTC);
        let spans = spans(&pushed.view, moment(now)).into_iter();
        spans.map(|(from, to)| format!("{from}/{to}")).collect()
    }

    #[test]
    fn without_a_condition_everything_that_is_kept_is_read() {
        let spans = of(&[], "2026-12-01T10:30:15.5Z");
        assert_eq!(spans.len(), 10);
        assert_eq!(spans[0], "2026-11-21T10:29:15Z/2026-12-01T10:29:15Z");
        assert_eq!(spans[9], "2026-09-02T00:00:00Z/2026-09-02T10:29:15Z");
        for pair in spans.windows(2) {
            let start = pair[0].split('/').next();
            assert_eq!(start, pair[1].split('/').nth(1), "a gap");
        }
    }

    #[test]
    fn bounds_are_whole_seconds_around_the_rows() {
        let day = received().between(at("2026-11-20T00:00:00.25Z"), at("2026-11-20T23:59:59Z"));
        assert_eq!(
            of(&[day], "2026-12-01T10:00:00Z"),
            ["2026-11-20T00:00:00Z/2026-11-21T00:00:00Z"]
        );
        let moment = received().eq(at("2026-11-20T00:00:00Z"));
        assert_eq!(
            of(&[moment], "2026-12-01T10:00:00Z"),
            ["2026-11-20T00:00:00Z/2026-11-20T00:00:01Z"]
        );
    }

    #[test]
    fn times_that_graph_does_not_have_are_not_asked_for() {
        let now = "2026-12-01T10:00:00Z";
        let before = received().lt(at("2026-01-01T00:00:00Z"));
        let after = received().gt(at("2027-01-01T00:00:00Z"));
        assert!(of(&[before], now).is_empty());
        assert!(of(&[after], now).is_empty());
        let old = of(&[received().gt(at("1970-01-01T00:00:00Z"))], now);
        assert!(
            old.last()
                .expect("a span")
                .starts_with("2026-09-02T00:00:00Z/")
        );
    }

    #[test]
    fn a_clock_that_is_a_little_late_asks_for_nothing_too_old() {
        let spans = of(&[], "2026-11-30T23:59:30Z");
        assert!(
            spans
                .last()
                .expect("a span")
                .starts_with("2026-09-02T00:00:00Z/")
        );
    }

    #[test]
    fn ids_are_guids() {
        assert!(is_guid("4451a062-48cb-e80d-e8c0-196330437ae6"));
        for id in [
            "",
            "4451a062-48cb-e80d-e8c0-196330437ae",
            "4451a062_48cb-e80d-e8c0-196330437ae6",
        ] {
            assert!(!is_guid(id), "{id}");
        }
    }
}
