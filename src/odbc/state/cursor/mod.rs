//! Cursors: results on their way to the application.
//!
//! A cursor pulls Arrow batches from the engine as rowsets need them. A forward-only one keeps
//! those that the current rowset spans, so that `SQLGetData` and `SQLSetPos` can return to its
//! rows. A static one keeps all, beyond a limit in a temporary file, so that the application can
//! scroll. [`scroll`] has the rules of scrolling, and [`binding`] writes into bound buffers.

pub mod binding;
pub mod bookmark;
pub mod chosen;
mod delivery;
mod keeping;
pub mod row_errors;
pub mod scroll;
pub mod source;
pub mod spool;
mod window;

use crate::odbc::connector::Storage;
use crate::odbc::conversion::{PartState, Scratch};
use crate::odbc::diagnostics::{Error, sqlstate};
use binding::Bindings;
use chosen::Chosen;
use exchange_sql::{Column, ExecuteOptions, Rows, Warning};
use scroll::{Destination, Move, Place};
use source::{RowSource, WaitLimits};
use std::ops::Range;
use std::sync::Arc;
use window::{Segment, Window};

/// Whether a cursor can go back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scrolling {
    ForwardOnly,
    Static,
}

/// The function that moves a cursor: `SQLExtendedFetch` does not mix with the others (appendix B,
/// S6 and S7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fetching {
    /// `SQLFetch`, `SQLFetchScroll`
    Standard,
    /// `SQLExtendedFetch`
    Extended,
}

/// The abilities of a cursor.
pub struct Abilities {
    pub scrolling: Scrolling,
    /// Whether there is a column 0.
    pub bookmarks: bool,
    /// Storage of the rows that it can return to.
    pub storage: Storage,
}

/// An open result.
pub struct Cursor {
    pub columns: Arc<[Column]>,
    scrolling: Scrolling,
    /// Whether there is a column 0.
    bookmarks: bool,
    source: RowSource,
    window: Window,
    place: Place,
    /// The function that moved it first.
    fetching: Option<Fetching>,
    /// Rows in the rowset; none if the cursor is before the start or after the end.
    rows: usize,
    /// The current row of the rowset, from 0.
    position: Option<usize>,
    bindings: Option<Bindings>,
    /// The conversions of `SQLGetData` for each column, from 0. Boxed, because each call takes one
    /// out.
    chosen: Vec<Option<Box<Chosen>>>,
    partial: Option<PartialRead>,
    scratch: Scratch,
}

/// The progress in the column that was read last.
struct PartialRead {
    /// Column from 1.
    column: usize,
    state: PartState,
}

/// The messages of a fetch about the whole rowset.
#[derive(Default)]
pub struct Notices {
    pub warnings: Vec<Warning>,
    /// The fetch would have gone before the first row and returned the first rowset (01S06).
    pub first_instead: bool,
}

impl Cursor {
    pub fn new(
        columns: Arc<[Column]>,
        rows: Box<dyn Rows>,
        options: &ExecuteOptions,
        abilities: Abilities,
    ) -> Self {
        Self {
            columns,
            scrolling: abilities.scrolling,
            bookmarks: abilities.bookmarks,
            source: RowSource::new(rows, options),
            window: match abilities.scrolling {
                Scrolling::ForwardOnly => Window::default(),
                Scrolling::Static => Window::keeping(abilities.storage),
            },
            place: Place::BeforeStart,
            fetching: None,
            rows: 0,
            position: None,
            bindings: None,
            chosen: Vec::new(),
            partial: None,
            scratch: Scratch::default(),
        }
    }

    pub fn scrolling(&self) -> Scrolling {
        self.scrolling
    }

    /// Whether there is a column 0.
    pub fn has_bookmarks(&self) -> bool {
        self.bookmarks
    }

    /// Rows in the rowset.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The current row of the rowset, from 1.
    pub fn rowset_row(&self) -> u64 {
        self.position.unwrap_or(0) as u64 + 1
    }

    /// `SQL_ATTR_ROW_NUMBER`
    pub fn row_number(&self) -> Result<usize, Error> {
        self.current_row().map(|row| row as usize + 1)
    }

    /// Checks that the function may be mixed with the previous ones.
    pub fn require(&self, fetching: Fetching) -> Result<(), Error> {
        match self.fetching {
            Some(other) if other != fetching => Err(Error::new(
                sqlstate::HY010,
                "SQLExtendedFetch does not mix with SQLFetch and SQLFetchScroll; close the cursor between them",
            )),
            _ => Ok(()),
        }
    }

    /// Records the function that moved the cursor.
    pub fn moved_by(&mut self, fetching: Fetching) {
        self.fetching = Some(fetching);
    }

    /// The number of rows of the result that are known to exist.
    pub fn rows_read(&self) -> u64 {
        self.window.end()
    }

    /// Moves to another rowset of at most `size` rows, and returns its number of rows.
    ///
    /// If the engine fails after some rows, these are the rowset and the next fetch fails. If the
    /// application ended the work, by cancelling or a timeout, the call fails at once.
    pub fn go(
        &mut self,
        movement: Move,
        size: usize,
        limits: WaitLimits<'_>,
        notices: &mut Notices,
    ) -> Result<usize, Error> {
        let from = self.place;
        self.leave_rowset();
        let destination = scroll::destination(movement, from, size as u64);
        let destination = match destination {
            Destination::FromEnd { .. } | Destination::LastRowset(_) => {
                self.reach(u64::MAX, limits, notices)?;
                destination.resolve(self.window.end())
            }
            other => other,
        };
        let start = match destination {
            Destination::Row(row) => row,
            Destination::FirstInstead => {
                notices.first_instead = true;
                1
            }
            Destination::BeforeStart => {
                self.place = Place::BeforeStart;
                return Ok(0);
            }
            _ => u64::MAX,
        };
        self.enter_rowset(start, size, limits, notices)
    }

    fn enter_rowset(
        &mut self,
        start: u64,
        size: usize,
        limits: WaitLimits<'_>,
        notices: &mut Notices,
    ) -> Result<usize, Error> {
        let before = start - 1;
        self.window.release_before(before.min(self.window.end()));
        let reached = self.reach(before.saturating_add(size as u64), limits, notices);
        let available = self.window.end().saturating_sub(before);
        match reached {
            Err(error) if available == 0 || source::was_asked_for(&error) => return Err(error),
            _ => {}
        }
        if available == 0 {
            self.place = Place::AfterEnd;
            return Ok(0);
        }
        let rows = size.min(usize::try_from(available).unwrap_or(usize::MAX));
        self.window.require(before..before + rows as u64)?;
        self.rows = rows;
        self.place = Place::On {
            start,
            size: self.rows as u64,
        };
        self.position = Some(0);
        Ok(self.rows)
    }

    /// Loads the rowset's rows into memory again.
    pub fn bring_back(&mut self) -> Result<(), Error> {
        let rows = self.in_result(&(0..self.rows));
        self.window.require(rows)
    }

    pub fn leave_rowset(&mut self) {
        self.rows = 0;
        self.position = None;
        self.partial = None;
    }

    /// Pulls batches until that many rows of the result exist, or the result ends. Room is made
    /// before a batch is pulled, so that a failure leaves the batch in the engine.
    fn reach(
        &mut self,
        rows: u64,
        limits: WaitLimits<'_>,
        notices: &mut Notices,
    ) -> Result<(), Error> {
        while self.window.end() < rows {
            self.window.make_room()?;
            match self.source.pull(limits, &mut notices.warnings)? {
                Some(batch) => self.window.push(batch),
                None => break,
            }
        }
        Ok(())
    }

    /// The parts of the batches that make up these rows of the rowset.
    fn segments(&self, rows: Range<usize>) -> impl Iterator<Item = Segment<'_>> {
        let in_result = self.in_result(&rows);
        self.window.segments(in_result).map(move |segment| Segment {
            at: segment.at + rows.start,
            ..segment
        })
    }

    /// Rows of the rowset as rows of the result, from 0.
    fn in_result(&self, rows: &Range<usize>) -> Range<u64> {
        let before = match self.place {
            Place::On { start, .. } => start - 1,
            Place::BeforeStart | Place::AfterEnd => 0,
        };
        before + rows.start as u64..before + rows.end as u64
    }

    /// Makes a row of the rowset (from 0) the current one.
    pub fn set_position(&mut self, row: usize) {
        self.position = Some(row);
        self.partial = None;
    }

    /// The current row in the window; 24000 without one.
    pub fn current_row(&self) -> Result<u64, Error> {
        match (self.place, self.position) {
            (Place::On { start, .. }, Some(position)) => Ok(start - 1 + position as u64),
            _ => Err(Error::new(sqlstate::S24000, "The cursor is not on a row")),
        }
    }
}
