//! Cursors: results on their way to the application.
//!
//! A cursor pulls Arrow batches from the engine as rowsets need them. A forward-only one keeps those
//! that the current rowset spans, so that `SQLGetData` and `SQLSetPos` can come back to its rows; a
//! static one keeps all, beyond a limit in a temporary file, so that the application can scroll. The
//! rules of scrolling are in [`scroll`], what is written into bound buffers in [`binding`].

pub mod binding;
pub mod bookmark;
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
use exchange_sql::{Column, ExecuteOptions, Rows, Warning};
use scroll::{Destination, Move, Place};
use source::{Patience, Source};
use std::ops::Range;
use std::sync::Arc;
use window::{Segment, Window};

/// Whether a cursor can go back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scrolling {
    ForwardOnly,
    Static,
}

/// Which function moves a cursor: `SQLExtendedFetch` does not mix with the others (appendix B, S6 and S7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fetching {
    /// `SQLFetch`, `SQLFetchScroll`
    Standard,
    /// `SQLExtendedFetch`
    Extended,
}

/// What a cursor can do.
pub struct Abilities {
    pub scrolling: Scrolling,
    /// Whether there is a column 0.
    pub bookmarks: bool,
    /// For the rows to which it can go back.
    pub storage: Storage,
}

/// An open result.
pub struct Cursor {
    pub columns: Arc<[Column]>,
    scrolling: Scrolling,
    /// Whether there is a column 0.
    bookmarks: bool,
    source: Source,
    window: Window,
    place: Place,
    /// Which function has moved it, once one has.
    fetching: Option<Fetching>,
    /// Rows in the rowset; none where the cursor stands before the start or after the end.
    rows: usize,
    /// The current row of the rowset, from 0.
    position: Option<usize>,
    bindings: Option<Bindings>,
    partial: Option<PartialRead>,
    scratch: Scratch,
}

/// How far the column that was read last was read.
struct PartialRead {
    /// Column from 1.
    column: usize,
    state: PartState,
}

/// What a fetch has to say beside its rows.
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
            source: Source::new(rows, options),
            window: match abilities.scrolling {
                Scrolling::ForwardOnly => Window::default(),
                Scrolling::Static => Window::keeping(abilities.storage),
            },
            place: Place::BeforeStart,
            fetching: None,
            rows: 0,
            position: None,
            bindings: None,
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

    /// Whether a function may use the cursor after those that did.
    pub fn require(&self, fetching: Fetching) -> Result<(), Error> {
        match self.fetching {
            Some(other) if other != fetching => Err(Error::new(
                sqlstate::HY010,
                "SQLExtendedFetch does not mix with SQLFetch and SQLFetchScroll; close the cursor between them",
            )),
            _ => Ok(()),
        }
    }

    /// Which function moved the cursor.
    pub fn moved_by(&mut self, fetching: Fetching) {
        self.fetching = Some(fetching);
    }

    /// Rows of the result that are known to be there.
    pub fn rows_read(&self) -> u64 {
        self.window.end()
    }

    /// Moves to another rowset of at most `size` rows, and tells how many it has.
    ///
    /// When the engine fails behind rows that are there, those are the rowset and the failure is the
    /// next fetch's. An end that the application asked for, by cancelling or a timeout, is told at
    /// once.
    pub fn go(
        &mut self,
        movement: Move,
        size: usize,
        patience: Patience<'_>,
        notices: &mut Notices,
    ) -> Result<usize, Error> {
        let from = self.place;
        self.leave_rowset();
        let destination = scroll::destination(movement, from, size as u64);
        let destination = match destination {
            Destination::FromEnd { .. } | Destination::LastRowset(_) => {
                self.reach(u64::MAX, patience, notices)?;
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
        self.enter_rowset(start, size, patience, notices)
    }

    fn enter_rowset(
        &mut self,
        start: u64,
        size: usize,
        patience: Patience<'_>,
        notices: &mut Notices,
    ) -> Result<usize, Error> {
        let before = start - 1;
        self.window.release_before(before.min(self.window.end()));
        let reached = self.reach(before.saturating_add(size as u64), patience, notices);
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

    /// Has the rowset's rows in memory again.
    pub fn bring_back(&mut self) -> Result<(), Error> {
        let rows = self.in_result(&(0..self.rows));
        self.window.require(rows)
    }

    pub fn leave_rowset(&mut self) {
        self.rows = 0;
        self.position = None;
        self.partial = None;
    }

    /// Pulls until so many rows of the result are there, or there are no more. Room is made before a
    /// batch comes, so that where there is none the engine still has it.
    fn reach(
        &mut self,
        rows: u64,
        patience: Patience<'_>,
        notices: &mut Notices,
    ) -> Result<(), Error> {
        while self.window.end() < rows {
            self.window.make_room()?;
            match self.source.pull(patience, &mut notices.warnings)? {
                Some(batch) => self.window.push(batch),
                None => break,
            }
        }
        Ok(())
    }

    /// The batches' parts that make up these rows of the rowset.
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

    /// The current row in the window; 24000 where there is none.
    pub fn current_row(&self) -> Result<u64, Error> {
        match (self.place, self.position) {
            (Place::On { start, .. }, Some(position)) => Ok(start - 1 + position as u64),
            _ => Err(Error::new(sqlstate::S24000, "The cursor is not on a row")),
        }
    }
}
