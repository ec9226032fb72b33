//! The span of time that a calendar view shows.
//!
//! Graph shows every event that overlaps the span (docs/graph.md#calendar-view), and the driver checks the conditions
//! again. So a bound for the start of events bounds their ends too: an event that ends before 10:00 began before 10:00.

use super::datetime::{Notation, moments, write};
use super::literal::{self, Microseconds};
use crate::definition::{Column, Filter, Table};
use datafusion::logical_expr::expr::InList;
use datafusion::logical_expr::{Between, BinaryExpr, Expr, Operator};
use exchange_config::{Moments, Zone};

pub const DAY: Microseconds = 86_400_000_000;

/// Longest span of one request (docs/graph.md#calendar-view).
const LONGEST: Microseconds = 1_825 * DAY;

/// The last moment that Graph has (docs/graph.md#time-precision).
const LATEST: &str = "9999-12-31T23:59:59.9999999Z";

/// How much a span is longer than the conditions ask for, at either end. An event of whole days is on its day in every
/// zone, and no zone is a day away from UTC.
const MARGIN: Microseconds = DAY;

/// A table, and the zone of a statement's times.
type At<'t> = (&'t Table, Zone);

/// The bounds that the conditions of a statement give.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    start: Bounds,
    end: Bounds,
}

/// The bounds of one column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Bounds {
    from: Option<Microseconds>,
    to: Option<Microseconds>,
}

impl Bounds {
    fn are_crosswise(from: Option<Microseconds>, to: Option<Microseconds>) -> bool {
        from.zip(to).is_some_and(|(from, to)| from > to)
    }

    fn has_room(self) -> bool {
        !Self::are_crosswise(self.from, self.to)
    }
}

impl View {
    /// Takes the bounds out of a condition that every row has to meet.
    pub(super) fn confine(&mut self, table: &Table, condition: &Expr, zone: Zone) {
        let at = (table, zone);
        match condition {
            Expr::BinaryExpr(BinaryExpr {
                left,
                op: Operator::And,
                right,
            }) => {
                self.confine(table, left, zone);
                self.confine(table, right, zone);
            }
            Expr::BinaryExpr(BinaryExpr { left, op, right }) => {
                self.compare(at, left, *op, right);
                if let Some(op) = op.swap() {
                    self.compare(at, right, op, left);
                }
            }
            Expr::Between(Between {
                expr,
                negated: false,
                low,
                high,
            }) => {
                self.compare(at, expr, Operator::GtEq, low);
                self.compare(at, expr, Operator::LtEq, high);
            }
            Expr::InList(InList {
                expr,
                list,
                negated: false,
            }) => {
                let items = list.iter().filter(|item| !literal::is_null(item));
                let moments: Option<Vec<_>> = items.map(literal::moment).collect();
                let moments = moments.unwrap_or_default();
                let bounds = moments.iter().min().zip(moments.iter().max());
                if let Some((first, last)) = bounds {
                    self.bound(at, expr, Operator::GtEq, *first);
                    self.bound(at, expr, Operator::LtEq, *last);
                }
            }
            _ => {}
        }
    }

    fn compare(&mut self, at: At<'_>, column: &Expr, operator: Operator, value: &Expr) {
        if let Some(time) = literal::moment(value) {
            self.bound(at, column, operator, time);
        }
    }

    fn bound(
        &mut self,
        (table, zone): At<'_>,
        column: &Expr,
        operator: Operator,
        time: Microseconds,
    ) {
        let Expr::Column(name) = column else { return };
        let is_bound = |column: &&Column| {
            matches!(
                column.filter,
                Filter::ViewStart | Filter::ViewEnd | Filter::Span
            )
        };
        let Some(column) = table.column(&name.name).filter(is_bound) else {
            return;
        };
        // Without bounds, the time is at an end of the calendar, which spans do not leave.
        let moments = moments(time, column, zone).unwrap_or(Moments::only(time));
        let (from, to) = match operator {
            Operator::Eq => (true, true),
            Operator::Gt | Operator::GtEq => (true, false),
            Operator::Lt | Operator::LtEq => (false, true),
            _ => (false, false),
        };
        let bounds = match column.filter {
            Filter::ViewEnd => &mut self.end,
            _ => &mut self.start,
        };
        if from {
            let known = bounds.from.unwrap_or(moments.earliest);
            bounds.from = Some(known.max(moments.earliest));
        }
        if to {
            let known = bounds.to.unwrap_or(moments.latest);
            bounds.to = Some(known.min(moments.latest));
        }
    }

    /// The bounds, where the statement has any.
    pub fn bounds(&self) -> (Option<Microseconds>, Option<Microseconds>) {
        (self.start.from, self.start.to)
    }

    /// The earlier and the later bound of the time with which every event overlaps that meets the conditions.
    fn overlap(&self) -> (Option<Microseconds>, Option<Microseconds>) {
        let from = self.start.from.max(self.end.from);
        let to = [self.start.to, self.end.to].into_iter().flatten().min();
        match from.zip(to) {
            // An event that starts before 6:00 and ends after 10:00 overlaps with all that is between.
            Some((from, to)) => (Some(from.min(to)), Some(from.max(to))),
            None => (from, to),
        }
    }

    /// Whether an event can meet the conditions. It does not end before it starts.
    fn can_be(&self) -> bool {
        let ends_in_time = !Bounds::are_crosswise(self.start.from, self.end.to);
        ends_in_time && self.start.has_room() && self.end.has_room()
    }

    /// The spans to request, as Graph takes them, the first one first; `None` without a bound. Without one of the bounds,
    /// they are all the time that Graph has before or after the other one.
    pub fn spans(&self) -> Option<Vec<(String, String)>> {
        let (from, to) = match self.overlap() {
            (None, None) => return None,
            (from, to) => (from.unwrap_or_else(earliest), to.unwrap_or_else(latest)),
        };
        let text = |moment| match moment == latest() {
            true => Some(LATEST.to_owned()),
            false => write(moment, Notation::DateTimeOffset),
        };
        let spans = self.between(from, to, LONGEST).into_iter();
        Some(
            spans
                .filter_map(|(start, end)| text(start).zip(text(end)))
                .collect(),
        )
    }

    /// The same as moments, each span of so many microseconds at most; `None` without both bounds.
    pub fn spans_of(&self, longest: Microseconds) -> Option<Vec<(Microseconds, Microseconds)>> {
        let (from, to) = self.overlap();
        Some(self.between(from?, to?, longest))
    }

    fn between(
        &self,
        from: Microseconds,
        to: Microseconds,
        longest: Microseconds,
    ) -> Vec<(Microseconds, Microseconds)> {
        if !self.can_be() {
            return Vec::new();
        }
        let last = to.saturating_add(MARGIN).min(latest());
        let mut start = from.saturating_sub(MARGIN).max(earliest());
        let mut spans = Vec::new();
        while start < last {
            let end = start.saturating_add(longest).min(last);
            spans.push((start, end));
            start = end;
        }
        spans
    }
}

/// The first moment that Graph has (docs/graph.md#time-precision).
fn earliest() -> Microseconds {
    moment("0001-01-01T00:00:00Z")
}

fn latest() -> Microseconds {
    moment(LATEST)
}

fn moment(text: &str) -> Microseconds {
    crate::datetime::parse_timestamp(text).expect("a moment")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::CALENDAR_VIEW;
    use datafusion::common::ScalarValue;
    use datafusion::logical_expr::{col, in_list, lit};

    fn at(text: &str) -> Expr {
        let micros = ScalarValue::TimestampMicrosecond(Some(moment(text)), None);
        Expr::Literal(micros, None)
    }

    fn spans(condition: Expr) -> Option<Vec<String>> {
        let mut view = View::default();
        view.confine(&CALENDAR_VIEW, &condition, Zone::UTC);
        let spans = view.spans()?.into_iter();
        Some(spans.map(|(from, to)| format!("{from}/{to}")).collect())
    }

    fn start() -> Expr {
        Expr::Column(datafusion::common::Column::from_name("start_dateTime"))
    }

    fn end() -> Expr {
        Expr::Column(datafusion::common::Column::from_name("end_dateTime"))
    }

    #[test]
    fn bounds_of_start_and_end_make_one_span() {
        let march =
            (start().gt_eq(at("2026-03-01T00:00:00Z"))).and(start().lt(at("2026-04-01T00:00:00Z")));
        let overlapping =
            (end().gt(at("2026-03-01T00:00:00Z"))).and(at("2026-04-01T00:00:00Z").gt(start()));
        let between = start().between(at("2026-03-01T00:00:00Z"), at("2026-04-01T00:00:00Z"));
        let listed = in_list(
            end(),
            vec![
                at("2026-04-01T00:00:00Z"),
                lit(ScalarValue::Null),
                at("2026-03-01T00:00:00Z"),
            ],
            false,
        );
        for condition in [march, overlapping, between, listed] {
            assert_eq!(
                spans(condition.clone()).as_deref(),
                Some(&["2026-02-28T00:00:00Z/2026-04-02T00:00:00Z".to_owned()][..]),
                "{condition}"
            );
        }
    }

    #[test]
    fn events_that_last_through_a_time_overlap_with_it() {
        let whole_week = (start().lt_eq(at("2026-07-06T00:00:00Z")))
            .and(end().gt_eq(at("2026-07-10T00:00:00Z")));
        let week = "2026-07-05T00:00:00Z/2026-07-11T00:00:00Z".to_owned();
        assert_eq!(spans(whole_week), Some(vec![week]));
        let none =
            (start().gt(at("2026-07-10T00:00:00Z"))).and(end().lt(at("2026-07-06T00:00:00Z")));
        assert_eq!(spans(none), Some(Vec::new()));
    }

    /// Whatever one bound says, nothing is left out on the other side, up to the ends of Graph's years.
    #[test]
    fn one_bound_leaves_the_other_side_open() {
        let last = "/9999-12-31T23:59:59.9999999Z";
        for condition in [
            start().gt_eq(at("2026-03-01T00:00:00Z")),
            end().gt(at("2026-03-01T00:00:00Z")),
            (start().gt(at("2025-03-01T00:00:00Z"))).and(end().gt(at("2026-03-01T00:00:00Z"))),
        ] {
            let spans = spans(condition.clone()).expect("spans");
            assert_eq!(spans.len(), 1_596, "{condition}");
            assert!(spans[0].starts_with("2026-02-28T00:00:00Z/"), "{condition}");
            assert!(spans[1_595].ends_with(last), "{condition}");
        }
        for condition in [
            start().lt(at("2026-03-01T00:00:00Z")),
            end().lt_eq(at("2026-03-01T00:00:00Z")),
        ] {
            let spans = spans(condition.clone()).expect("spans");
            assert_eq!(spans.len(), 406, "{condition}");
            assert!(spans[0].starts_with("0001-01-01T00:00:00Z/"), "{condition}");
            assert!(spans[405].ends_with("/2026-03-02T00:00:00Z"), "{condition}");
        }
        let never = start()
            .gt(at("2026-03-01T00:00:00Z"))
            .and(end().lt(at("2026-02-01T00:00:00Z")));
        assert_eq!(spans(never), Some(Vec::new()));
    }

    /// Questions about addresses have two bounds.
    #[test]
    fn shorter_spans_need_both_bounds() {
        let mut view = View::default();
        view.confine(
            &CALENDAR_VIEW,
            &start().gt(at("2026-03-01T00:00:00Z")),
            Zone::UTC,
        );
        assert_eq!(view.spans_of(62 * DAY), None);
        view.confine(
            &CALENDAR_VIEW,
            &end().lt(at("2026-03-05T00:00:00Z")),
            Zone::UTC,
        );
        assert_eq!(view.spans_of(62 * DAY).map(|spans| spans.len()), Some(1));
    }

    #[test]
    fn no_bound_is_no_span() {
        for condition in [
            col("subject").eq(lit("x")),
            start().not_eq(at("2026-03-01T00:00:00Z")),
            start()
                .eq(at("2026-03-01T00:00:00Z"))
                .or(start().eq(at("2026-04-01T00:00:00Z"))),
        ] {
            assert_eq!(spans(condition.clone()), None, "{condition}");
        }
    }

    #[test]
    fn long_spans_are_divided_without_a_gap() {
        let years = start().between(at("2020-01-01T00:00:00Z"), at("2029-12-31T00:00:00Z"));
        let spans = spans(years).unwrap();
        assert_eq!(spans.len(), 3);
        let ends: Vec<_> = spans
            .iter()
            .filter_map(|span| span.split('/').nth(1))
            .collect();
        let starts: Vec<_> = spans
            .iter()
            .filter_map(|span| span.split('/').next())
            .collect();
        assert_eq!(ends[..2], starts[1..]);
        let nothing = start().between(at("2026-01-02T00:00:00Z"), at("2025-01-01T00:00:00Z"));
        assert_eq!(super::tests::spans(nothing), Some(Vec::new()));
        let all = start().between(at("0001-01-01T00:00:00Z"), at("9999-12-31T23:59:59Z"));
        let all = super::tests::spans(all).unwrap();
        assert!(all[0].starts_with("0001-01-01T00:00:00Z/"));
        assert!(
            all.last()
                .unwrap()
                .ends_with("/9999-12-31T23:59:59.9999999Z")
        );
    }
}
