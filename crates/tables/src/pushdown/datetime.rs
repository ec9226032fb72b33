//! Ranges of date-times in OData.
//!
//! Exchange stores more digits than Graph shows: a message shown as received at 10:00:00 may be
//! stored as 10:00:00.532, and a filter compares the stored value. So an upper bound is widened to
//! the next full second, and the local check drops the extra rows (docs/graph.md#time-precision).

use super::literal::Microseconds;
use crate::definition::{Column, Filter};
use chrono::{DateTime, Datelike, Utc};
use datafusion::logical_expr::Operator;
use exchange_config::{Moments, Zone};

const SECOND: i64 = 1_000_000;

/// The notation of a property's constants (docs/graph.md#filter-syntax).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// `2026-11-23T10:00:00Z`
    DateTimeOffset,
    /// `'2026-11-23T10:00:00.0000000'`: all seven digits, so that comparing text is the same as
    /// comparing times
    Quoted,
}

/// Whether events of whole days keep their times of this column in every zone.
pub fn floats(column: &Column) -> bool {
    matches!(
        column.filter,
        Filter::QuotedDateTime | Filter::ViewStart | Filter::ViewEnd
    )
}

/// The moments that a constant can mean, in the zone of the connection.
pub fn moments(time: Microseconds, column: &Column, zone: Zone) -> Option<Moments> {
    if column.is_day {
        return Some(Moments::only(time));
    }
    let moments = zone.bounds(time)?;
    Some(match floats(column) {
        true => Moments {
            earliest: moments.earliest.min(time),
            latest: moments.latest.max(time),
        },
        false => moments,
    })
}

/// The comparison of a property with a time in OData, or `None` if OData cannot express it. With several moments that the
/// time can mean, rows around them come, too.
pub fn compare(
    property: &str,
    operator: Operator,
    moments: Moments,
    notation: Notation,
) -> Option<String> {
    let at = |moment| write(moment, notation);
    let Moments { earliest, latest } = moments;
    let next_second = next_second(latest)?;
    match operator {
        Operator::GtEq => Some(format!("{property} ge {}", at(earliest)?)),
        Operator::Gt => Some(format!("{property} gt {}", at(earliest)?)),
        Operator::Lt if latest.rem_euclid(SECOND) == 0 => {
            Some(format!("{property} lt {}", at(latest)?))
        }
        Operator::Lt | Operator::LtEq => Some(format!("{property} lt {}", at(next_second)?)),
        Operator::Eq => {
            let lower = format!("{property} ge {}", at(earliest)?);
            // There is no later second.
            Some(match at(next_second) {
                Some(next) => format!("{lower} and {property} lt {next}"),
                None => lower,
            })
        }
        _ => None,
    }
}

/// The same if Graph only has `ge` and `le`, as in the directory (docs/graph.md#directory-filter).
pub fn compare_closed(property: &str, operator: Operator, moments: Moments) -> Option<String> {
    let at = |moment| write(moment, Notation::DateTimeOffset);
    let Moments { earliest, latest } = moments;
    let lower = || Some(format!("{property} ge {}", at(earliest)?));
    let next_second = next_second(latest)?;
    let upper = || Some(format!("{property} le {}", at(next_second)?));
    match operator {
        Operator::Gt | Operator::GtEq => lower(),
        Operator::Lt | Operator::LtEq => upper(),
        Operator::Eq => Some(match upper() {
            Some(upper) => format!("{} and {upper}", lower()?),
            None => lower()?,
        }),
        _ => None,
    }
}

fn next_second(moment: Microseconds) -> Option<Microseconds> {
    moment
        .div_euclid(SECOND)
        .checked_add(1)?
        .checked_mul(SECOND)
}

/// Whether the comparison returns the same rows as SQL's. If Graph shows all digits, a widened
/// bound does not.
pub fn is_exact(operator: Operator, moments: Moments, notation: Notation) -> bool {
    let is_widened = matches!(operator, Operator::Eq | Operator::LtEq);
    let shows_digits = notation == Notation::Quoted;
    moments.earliest == moments.latest
        && operator != Operator::Gt
        && moments.earliest.rem_euclid(SECOND) == 0
        && !(is_widened && shows_digits)
}

/// The moment as a constant; `None` outside the years that OData can write.
pub fn write(moment: Microseconds, notation: Notation) -> Option<String> {
    let moment = DateTime::<Utc>::from_timestamp_micros(moment)?;
    // Graph supports the years of .NET (docs/graph.md#time-precision).
    if !(1..=9999).contains(&moment.year()) {
        return None;
    }
    let fraction = moment.timestamp_subsec_micros();
    let seconds = moment.format("%Y-%m-%dT%H:%M:%S");
    Some(match (notation, fraction) {
        (Notation::Quoted, _) => format!("'{seconds}.{fraction:06}0'"),
        (Notation::DateTimeOffset, 0) => format!("{seconds}Z"),
        (Notation::DateTimeOffset, _) => format!("{seconds}.{fraction:06}Z"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-23T10:00:00Z
    const TEN: i64 = 1_795_428_000_000_000;

    fn offset(operator: Operator, moment: i64) -> Option<String> {
        compare(
            "t",
            operator,
            Moments::only(moment),
            Notation::DateTimeOffset,
        )
    }

    #[test]
    fn a_widened_bound_is_exact_only_where_graph_shows_whole_seconds() {
        for operator in [Operator::Eq, Operator::LtEq] {
            assert!(is_exact(
                operator,
                Moments::only(TEN),
                Notation::DateTimeOffset
            ));
            assert!(!is_exact(operator, Moments::only(TEN), Notation::Quoted));
        }
        assert!(is_exact(Operator::Lt, Moments::only(TEN), Notation::Quoted));
        assert!(is_exact(
            Operator::GtEq,
            Moments::only(TEN),
            Notation::Quoted
        ));
        assert!(!is_exact(
            Operator::GtEq,
            Moments::only(TEN + 1),
            Notation::Quoted
        ));
    }

    #[test]
    fn the_last_second_has_no_upper_bound() {
        let last = 253_402_300_799 * SECOND;
        let lower = "t ge 9999-12-31T23:59:59Z";
        assert_eq!(offset(Operator::Eq, last).as_deref(), Some(lower));
        assert_eq!(
            compare_closed("t", Operator::Eq, Moments::only(last)).as_deref(),
            Some(lower)
        );
        assert_eq!(offset(Operator::LtEq, last), None);
    }

    #[test]
    fn lower_bounds_are_sent_as_they_are() {
        assert_eq!(
            offset(Operator::GtEq, TEN).unwrap(),
            "t ge 2026-11-23T10:00:00Z"
        );
        assert_eq!(
            offset(Operator::Gt, TEN + 1).unwrap(),
            "t gt 2026-11-23T10:00:00.000001Z"
        );
    }

    #[test]
    fn upper_bounds_reach_to_the_end_of_the_second_that_is_shown() {
        assert_eq!(
            offset(Operator::Lt, TEN).unwrap(),
            "t lt 2026-11-23T10:00:00Z"
        );
        assert_eq!(
            offset(Operator::Lt, TEN + 1).unwrap(),
            "t lt 2026-11-23T10:00:01Z"
        );
        assert_eq!(
            offset(Operator::LtEq, TEN).unwrap(),
            "t lt 2026-11-23T10:00:01Z"
        );
        assert_eq!(
            offset(Operator::Eq, TEN).unwrap(),
            "t ge 2026-11-23T10:00:00Z and t lt 2026-11-23T10:00:01Z"
        );
    }

    #[test]
    fn closed_bounds_contain_the_open_ones() {
        let closed = |operator| compare_closed("t", operator, Moments::only(TEN)).unwrap();
        assert_eq!(closed(Operator::Gt), "t ge 2026-11-23T10:00:00Z");
        assert_eq!(closed(Operator::Lt), "t le 2026-11-23T10:00:01Z");
        assert_eq!(closed(Operator::LtEq), "t le 2026-11-23T10:00:01Z");
        assert_eq!(
            closed(Operator::Eq),
            "t ge 2026-11-23T10:00:00Z and t le 2026-11-23T10:00:01Z"
        );
        assert_eq!(
            compare_closed("t", Operator::NotEq, Moments::only(TEN)),
            None
        );
    }

    #[test]
    fn quoted_times_have_seven_digits() {
        assert_eq!(
            compare(
                "start/dateTime",
                Operator::GtEq,
                Moments::only(TEN),
                Notation::Quoted
            )
            .unwrap(),
            "start/dateTime ge '2026-11-23T10:00:00.0000000'"
        );
    }

    #[test]
    fn moments_outside_the_years_of_graph_are_not_sent() {
        assert_eq!(offset(Operator::GtEq, i64::MIN), None);
        assert_eq!(offset(Operator::LtEq, i64::MAX), None);
        // One second before year 1.
        assert_eq!(offset(Operator::GtEq, -62_135_596_801_000_000), None);
        assert!(offset(Operator::GtEq, -62_135_596_800_000_000).is_some());
    }

    #[test]
    fn inequality_is_never_sent() {
        assert_eq!(offset(Operator::NotEq, TEN), None);
    }
}
