//! `SQLFetch`, `SQLFetchScroll`, `SQLExtendedFetch`: whole rowsets into bound buffers.

use crate::odbc::attributes::statement::attribute;
use crate::odbc::constants::{fetch, row_status};
use crate::odbc::diagnostics::{Diagnostics, Error, sqlstate};
use crate::odbc::handles::{Outcome, StatementScope, Success};
use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::state::cursor::row_errors::RowErrors;
use crate::odbc::state::cursor::scroll::Move;
use crate::odbc::state::cursor::source::WaitLimits;
use crate::odbc::state::cursor::{Cursor, Fetching, Notices, Scrolling, bookmark};
use crate::odbc::state::statement::StatementState;

/// The report addresses of a fetch, and the number of rows that it requests.
#[derive(Clone, Copy, Debug)]
pub struct Report {
    pub size: usize,
    pub statuses: AppPtr,
    fetched: AppPtr,
}

/// `SQLFetch`
pub fn fetch(scope: &mut StatementScope<'_>, memory: &impl AppMemory) -> Outcome {
    let report = Report::of(scope);
    let fetched = rowset(scope, Fetching::Standard, Move::Next, report, memory);
    fetched.map(|(success, _)| success)
}

/// `SQLFetchScroll`
pub fn scroll(
    scope: &mut StatementScope<'_>,
    orientation: i16,
    offset: isize,
    memory: &impl AppMemory,
) -> Outcome {
    let movement = match orientation {
        fetch::BOOKMARK => movement(scope, Bookmark::Pointer { offset }, memory)?,
        other => Move::new(other, offset)?,
    };
    let report = Report::of(scope);
    let fetched = rowset(scope, Fetching::Standard, movement, report, memory);
    fetched.map(|(success, _)| success)
}

/// `SQLExtendedFetch`, which has its own rowset size and report addresses.
pub fn extended(
    scope: &mut StatementScope<'_>,
    orientation: u16,
    offset: isize,
    fetched: AppPtr,
    statuses: AppPtr,
    memory: &impl AppMemory,
) -> Outcome {
    let movement = match orientation as i16 {
        fetch::BOOKMARK => movement(scope, Bookmark::Value(offset), memory)?,
        other => Move::new(other, offset)?,
    };
    let size = scope.statement.attributes.value(attribute::ROWSET_SIZE);
    let (success, failed) = rowset(
        scope,
        Fetching::Extended,
        movement,
        Report {
            size,
            statuses,
            fetched,
        },
        memory,
    )?;
    if failed > 0 && success == Success::Done {
        scope.warn(Error::of(sqlstate::S01S01));
    }
    Ok(success)
}

/// The bookmark that a move starts from.
enum Bookmark {
    /// `SQLFetchScroll`: the bookmark is at `SQL_ATTR_FETCH_BOOKMARK_PTR`, the offset in rows from it.
    Pointer { offset: isize },
    /// `SQLExtendedFetch`: the bookmark itself.
    Value(isize),
}

/// The move to a bookmark. Only rows that were read have one.
fn movement(
    scope: &StatementScope<'_>,
    given: Bookmark,
    memory: &impl AppMemory,
) -> Result<Move, Error> {
    let attributes = &scope.statement.attributes;
    if !attributes.uses_bookmarks() {
        return Err(Error::new(
            sqlstate::HY106,
            "Bookmarks are off; set SQL_ATTR_USE_BOOKMARKS to fetch by them",
        ));
    }
    let (value, offset) = match given {
        Bookmark::Value(value) => (value, 0),
        Bookmark::Pointer { offset } => {
            let at = AppPtr::new(attributes.value(attribute::FETCH_BOOKMARK_PTR));
            if at.is_null() {
                return Err(Error::of(sqlstate::HY111));
            }
            (memory.read_len(at), offset)
        }
    };
    let read = scope.statement.state.cursor().map_or(0, Cursor::rows_read);
    match bookmark::row(value as usize, read) {
        Some(row) => Ok(Move::Row((row as i64 + 1).saturating_add(offset as i64))),
        None => Err(Error::of(sqlstate::HY111)),
    }
}

impl Report {
    /// The report that the statement's attributes define.
    pub fn of(scope: &StatementScope<'_>) -> Self {
        let ird = scope.ird();
        Self {
            size: scope.ard().array_size,
            statuses: ird.array_status_ptr,
            fetched: ird.rows_processed_ptr,
        }
    }

    /// Reports the outcome of the rowset's rows and their number, and posts their errors.
    pub fn conclude(
        &self,
        rows: impl Iterator<Item = usize>,
        errors: RowErrors,
        diagnostics: &mut Diagnostics,
        memory: &impl AppMemory,
    ) -> Success {
        let mut count = 0;
        for row in rows {
            count += 1;
            memory.write_u16(self.status_of(row), errors.status(row));
        }
        memory.write_ulen(self.fetched, count);
        let failed = errors.failed_rows();
        for record in errors.into_records() {
            diagnostics.push(record);
        }
        match failed == count && count > 0 {
            true => Success::ErrorsRecorded,
            false => Success::Done,
        }
    }

    /// The address of a row's status; null if statuses are not requested.
    fn status_of(&self, row: usize) -> AppPtr {
        self.statuses.offset(row as isize * 2)
    }
}

/// The open cursor; HY010 before execution, 24000 if the statement returned no rows.
pub fn open_cursor(state: &mut StatementState) -> Result<&mut Cursor, Error> {
    match state {
        StatementState::Executed(_) => state
            .cursor_mut()
            .ok_or_else(|| Error::of(sqlstate::S24000)),
        _ => Err(Error::of(sqlstate::HY010)),
    }
}

/// Moves to a rowset and delivers it; also returns the number of rows with errors.
fn rowset(
    scope: &mut StatementScope<'_>,
    fetching: Fetching,
    movement: Move,
    report: Report,
    memory: &impl AppMemory,
) -> Result<(Success, usize), Error> {
    let limits = WaitLimits {
        cancel: scope.cancel,
        deadline: scope.statement.attributes.deadline(scope.began),
    };
    let view = scope.connection.view();
    let max_length = scope.statement.attributes.max_length();
    let retrieve = scope.statement.attributes.retrieves_data();
    let ard = scope
        .descriptors
        .get(scope.statement.ard)
        .expect("a statement has descriptors");
    let statement = &mut *scope.statement;
    let cursor = open_cursor(&mut statement.state)?;
    cursor.require(fetching)?;
    require_scrolling(cursor, movement)?;
    // A buffer that cannot hold its column's type fails before any row moves.
    let mut bindings = cursor.take_bindings(ard, view, max_length)?;
    let mut notices = Notices::default();
    let rows = cursor.go(movement, report.size, limits, &mut notices);
    for warning in notices.warnings {
        statement
            .diagnostics
            .push(Error::new(sqlstate::S01000, warning.message));
    }
    if notices.first_instead {
        statement.diagnostics.warn(sqlstate::S01S06);
    }
    let mut errors = RowErrors::default();
    if rows.as_ref().is_ok_and(|rows| *rows > 0) && retrieve {
        cursor.deliver(0..cursor.rows(), &mut bindings, ard, memory, &mut errors);
    }
    cursor.keep_bindings(bindings);
    if rows.is_ok() {
        cursor.moved_by(fetching);
    }
    memory.write_ulen(report.fetched, *rows.as_ref().unwrap_or(&0));
    let rows = rows?;
    write_statuses(&report, rows, &errors, memory);
    let failed = errors.failed_rows();
    for record in errors.into_records() {
        statement.diagnostics.push(record);
    }
    let success = match rows {
        0 => Success::NoData,
        rows if failed == rows => Success::ErrorsRecorded,
        _ => Success::Done,
    };
    Ok((success, failed))
}

fn require_scrolling(cursor: &Cursor, movement: Move) -> Result<(), Error> {
    match (cursor.scrolling(), movement) {
        (Scrolling::Static, _) | (_, Move::Next) => Ok(()),
        (Scrolling::ForwardOnly, _) => Err(Error::new(
            sqlstate::HY106,
            "The cursor is forward-only; set SQL_ATTR_CURSOR_TYPE to SQL_CURSOR_STATIC to scroll",
        )),
    }
}

fn write_statuses(report: &Report, rows: usize, errors: &RowErrors, memory: &impl AppMemory) {
    if report.statuses.is_null() {
        return;
    }
    for row in 0..report.size {
        let status = if row >= rows {
            row_status::NOROW
        } else {
            errors.status(row)
        };
        memory.write_u16(report.status_of(row), status);
    }
}
