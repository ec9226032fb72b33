//! Destinations of a scrolling fetch: the rules of `SQLFetchScroll`, without any rows.
//!
//! Rows count from 1 here, as in the reference's tables.

use crate::odbc::constants::fetch;
use crate::odbc::diagnostics::{Error, sqlstate};

/// The position of a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    BeforeStart,
    /// On a rowset that begins at this row, requested with this size.
    On {
        start: u64,
        size: u64,
    },
    AfterEnd,
}

/// A movement of the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Next,
    Prior,
    First,
    Last,
    Absolute(i64),
    Relative(i64),
    /// To a row of the result, from 1: a bookmark plus an offset.
    Row(i64),
}

impl Move {
    /// The move for an orientation (`SQL_FETCH_*`), except the move to a bookmark.
    pub fn new(orientation: i16, offset: isize) -> Result<Self, Error> {
        Ok(match orientation {
            fetch::NEXT => Self::Next,
            fetch::PRIOR => Self::Prior,
            fetch::FIRST => Self::First,
            fetch::LAST => Self::Last,
            fetch::ABSOLUTE => Self::Absolute(offset as i64),
            fetch::RELATIVE => Self::Relative(offset as i64),
            _ => return Err(Error::of(sqlstate::HY106)),
        })
    }
}

/// The end of a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    BeforeStart,
    /// At this row, if the result has it; otherwise after the end.
    Row(u64),
    /// At the first row, though the move would have gone beyond it (01S06).
    FirstInstead,
    /// That many rows before the end; `size` is the rowset's.
    FromEnd {
        rows: u64,
        size: u64,
    },
    /// At the last rowset of this size. In a shorter result that is the first row, and unlike after
    /// PRIOR it gives no warning.
    LastRowset(u64),
    AfterEnd,
}

impl Destination {
    /// The row, once the number of rows is known.
    pub fn resolve(self, last: u64) -> Self {
        match self {
            Self::FromEnd { .. } | Self::LastRowset(_) if last == 0 => Self::AfterEnd,
            Self::LastRowset(size) => Self::Row(last.saturating_sub(size) + 1),
            Self::FromEnd { rows, .. } if rows <= last => Self::Row(last - rows + 1),
            Self::FromEnd { rows, size } if rows <= size => Self::FirstInstead,
            Self::FromEnd { .. } => Self::BeforeStart,
            other => other,
        }
    }
}

/// Applies a move for a rowset of `size` rows.
pub fn destination(movement: Move, place: Place, size: u64) -> Destination {
    match (movement, place) {
        (Move::First, _) | (Move::Next, Place::BeforeStart) => Destination::Row(1),
        (Move::Next, Place::On { start, size }) => Destination::Row(start.saturating_add(size)),
        (Move::Next, Place::AfterEnd) => Destination::AfterEnd,
        (Move::Prior, Place::BeforeStart) => Destination::BeforeStart,
        (Move::Prior, Place::On { start, .. }) => back(start, size, size),
        (Move::Prior, Place::AfterEnd) => Destination::FromEnd { rows: size, size },
        (Move::Last, _) => Destination::LastRowset(size),
        (Move::Absolute(offset), _) => absolute(offset, size),
        (Move::Row(row @ 1..), _) => Destination::Row(row.unsigned_abs()),
        (Move::Row(_), _) => Destination::BeforeStart,
        (Move::Relative(offset), Place::BeforeStart) if offset > 0 => absolute(offset, size),
        (Move::Relative(_), Place::BeforeStart) => Destination::BeforeStart,
        (Move::Relative(offset), Place::AfterEnd) if offset < 0 => absolute(offset, size),
        (Move::Relative(_), Place::AfterEnd) => Destination::AfterEnd,
        (Move::Relative(offset), Place::On { start, .. }) if offset < 0 => {
            back(start, offset.unsigned_abs(), size)
        }
        (Move::Relative(offset), Place::On { start, .. }) => {
            Destination::Row(start.saturating_add(offset.unsigned_abs()))
        }
    }
}

fn absolute(offset: i64, size: u64) -> Destination {
    match offset {
        0 => Destination::BeforeStart,
        1.. => Destination::Row(offset.unsigned_abs()),
        _ => Destination::FromEnd {
            rows: offset.unsigned_abs(),
            size,
        },
    }
}

fn back(start: u64, rows: u64, size: u64) -> Destination {
    match start {
        1 => Destination::BeforeStart,
        start if rows < start => Destination::Row(start - rows),
        _ if rows <= size => Destination::FirstInstead,
        _ => Destination::BeforeStart,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Destination::{AfterEnd, BeforeStart, FirstInstead, Row};

    const BEFORE: Place = Place::BeforeStart;
    const AFTER: Place = Place::AfterEnd;

    const fn on(start: u64) -> Place {
        Place::On { start, size: 5 }
    }

    /// The tables of the reference, for a result of 12 rows and rowsets of 5.
    #[test]
    fn moves_follow_the_tables_of_the_reference() {
        let table = [
            (Move::Next, BEFORE, Row(1)),
            (Move::Next, on(1), Row(6)),
            (Move::Next, AFTER, AfterEnd),
            (Move::Prior, BEFORE, BeforeStart),
            (Move::Prior, on(1), BeforeStart),
            (Move::Prior, on(3), FirstInstead),
            (Move::Prior, on(5), FirstInstead),
            (Move::Prior, on(6), Row(1)),
            (Move::Prior, on(8), Row(3)),
            (Move::Prior, AFTER, Row(8)),
            (Move::Relative(2), BEFORE, Row(2)),
            (Move::Relative(0), BEFORE, BeforeStart),
            (Move::Relative(-1), BEFORE, BeforeStart),
            (Move::Relative(-1), on(1), BeforeStart),
            (Move::Relative(-6), on(3), BeforeStart),
            (Move::Relative(-4), on(3), FirstInstead),
            (Move::Relative(-2), on(3), Row(1)),
            (Move::Relative(0), on(3), Row(3)),
            (Move::Relative(9), on(3), Row(12)),
            (Move::Relative(-2), AFTER, Row(11)),
            (Move::Relative(0), AFTER, AfterEnd),
            (Move::Absolute(0), on(3), BeforeStart),
            (Move::Absolute(4), on(3), Row(4)),
            (Move::Absolute(-1), on(3), Row(12)),
            (Move::Absolute(-12), on(3), Row(1)),
            (Move::Absolute(-13), on(3), BeforeStart),
            (Move::First, AFTER, Row(1)),
            (Move::Row(7), on(3), Row(7)),
            (Move::Row(0), on(3), BeforeStart),
            (Move::Row(-3), on(3), BeforeStart),
            (Move::Last, BEFORE, Row(8)),
        ];
        for (movement, place, expected) in table {
            let found = destination(movement, place, 5).resolve(12);
            assert_eq!(found, expected, "{movement:?} from {place:?}");
        }
    }

    #[test]
    fn a_short_result_has_one_rowset() {
        assert_eq!(
            destination(Move::Absolute(-4), BEFORE, 5).resolve(3),
            FirstInstead
        );
        assert_eq!(destination(Move::Prior, AFTER, 5).resolve(3), FirstInstead);
        assert_eq!(destination(Move::Last, AFTER, 5).resolve(3), Row(1));
        assert_eq!(destination(Move::Last, AFTER, 5).resolve(0), AfterEnd);
    }

    #[test]
    fn the_next_rowset_follows_the_size_that_was_fetched() {
        let place = Place::On { start: 4, size: 3 };
        assert_eq!(destination(Move::Next, place, 10), Row(7));
    }

    #[test]
    fn other_orientations_are_refused() {
        let state = |code| Move::new(code, 0).unwrap_err().state;
        assert_eq!(state(7), sqlstate::HY106);
        assert_eq!(state(9), sqlstate::HY106);
    }
}
