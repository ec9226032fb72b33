//! Windows of time, in which a long collection is read.
//!
//! A page of Graph is a place in a list that changes: whatever is deleted before the place moves a row over it, and the row is
//! never seen (docs/graph.md#paging). A window is a range of a time that each row keeps. The rows of a range are the same whatever
//! happens to other rows, and several ranges can be read at once.
//!
//! The bounds are full seconds, because Graph shows no more of the times that it compares (docs/graph.md#time-precision).

use crate::definition::{Filter, Table};
use crate::pushdown::Notation;

/// The order in which a window is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    Older,
    Newer,
}

/// A range of time, in seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub from: i64,
    /// The end, which is not in the range.
    pub before: i64,
}

impl Window {
    pub const ALL: Self = Self {
        from: i64::MIN,
        before: i64::MAX,
    };

    /// The second with this number.
    pub fn second(number: i64) -> Self {
        Self {
            from: number,
            before: number.saturating_add(1),
        }
    }

    pub fn is_empty(self) -> bool {
        self.from >= self.before
    }

    pub fn contains(self, second: i64) -> bool {
        (self.from..self.before).contains(&second)
    }
}

/// The property by which a collection is read in windows.
#[derive(Clone, Copy, Debug)]
pub struct Windowed {
    /// The names of its path: `start`, `dateTime`. `$select` has the first.
    pub path: &'static [&'static str],
    pub notation: Notation,
    /// Whether Graph sorts a window with the conditions of the listing.
    pub is_sorted: bool,
}

impl Windowed {
    /// Where Graph sorts the windows of a table's lists; `None` for a table without such a time.
    pub fn of(table: &Table) -> Option<Self> {
        let column = table.column(table.windows?)?;
        Some(Self {
            path: column.path()?,
            notation: match column.filter {
                Filter::QuotedDateTime => Notation::Quoted,
                _ => Notation::DateTimeOffset,
            },
            is_sorted: true,
        })
    }

    /// As `$filter` and `$orderby` have it.
    pub fn property(&self) -> String {
        self.path.join("/")
    }
}
