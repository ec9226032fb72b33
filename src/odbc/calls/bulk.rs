//! `SQLBulkOperations`: rows by the bookmarks that the application gives.

use super::fetch::{Report, open_cursor};
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{Outcome, StatementScope};
use crate::odbc::memory::AppMemory;
use crate::odbc::state::cursor::row_errors::RowErrors;
use crate::odbc::state::cursor::{Cursor, Fetching, Scrolling, bookmark};

/// Operations of `SQLBulkOperations`.
mod operation {
    pub const ADD: i16 = 4;
    pub const UPDATE_BY_BOOKMARK: i16 = 5;
    pub const DELETE_BY_BOOKMARK: i16 = 6;
    pub const FETCH_BY_BOOKMARK: i16 = 7;
}

/// `SQLBulkOperations`
pub fn operate(scope: &mut StatementScope<'_>, operation: i16, memory: &impl AppMemory) -> Outcome {
    match operation {
        operation::FETCH_BY_BOOKMARK => fetch(scope, memory),
        operation::ADD | operation::UPDATE_BY_BOOKMARK | operation::DELETE_BY_BOOKMARK => {
            open_cursor(&mut scope.statement.state)?.require(Fetching::Standard)?;
            Err(Error::new(sqlstate::HY092, "The cursor is read-only"))
        }
        _ => Err(Error::of(sqlstate::HY092)),
    }
}

/// Fills the rowset's buffers with the rows whose bookmarks are in the buffer of column 0. The
/// cursor does not move.
fn fetch(scope: &mut StatementScope<'_>, memory: &impl AppMemory) -> Outcome {
    let view = scope.connection.view();
    let max_length = scope.statement.attributes.max_length();
    let report = Report::of(scope);
    let ard = scope
        .descriptors
        .get(scope.statement.ard)
        .expect("a statement has descriptors");
    let statement = &mut *scope.statement;
    let cursor = open_cursor(&mut statement.state)?;
    cursor.require(Fetching::Standard)?;
    require_bookmarks(cursor)?;
    let mut bindings = cursor.take_bindings(ard, view, max_length)?;
    if !bindings.has_bookmarks() {
        return Err(Error::new(
            sqlstate::HY092,
            "Bind column 0 to a buffer with the bookmarks of the rows",
        ));
    }
    let offset = ard.bind_offset(memory);
    let mut errors = RowErrors::default();
    let fetched = (0..report.size).try_for_each(|row| {
        let bookmark = bindings.read_bookmark(row, offset, memory);
        match bookmark.and_then(|value| bookmark::row(value, cursor.rows_read())) {
            Some(found) => {
                cursor.deliver_row(found, row, &mut bindings, offset, memory, &mut errors)
            }
            None => {
                errors.no_such_bookmark(row);
                Ok(())
            }
        }
    });
    cursor.keep_bindings(bindings);
    // The fetched rows may have displaced the rowset from memory.
    let fetched = fetched.and(cursor.bring_back());
    if let Err(error) = fetched {
        cursor.leave_rowset();
        return Err(error);
    }
    Ok(report.conclude(0..report.size, errors, &mut statement.diagnostics, memory))
}

/// HY092 if the application requested no bookmarks, HYC00 if rows are not kept.
fn require_bookmarks(cursor: &Cursor) -> Result<(), Error> {
    match (cursor.has_bookmarks(), cursor.scrolling()) {
        (true, Scrolling::Static) => Ok(()),
        (false, _) => Err(Error::new(
            sqlstate::HY092,
            "Bookmarks are off; set SQL_ATTR_USE_BOOKMARKS to fetch by them",
        )),
        (true, Scrolling::ForwardOnly) => Err(Error::new(
            sqlstate::HYC00,
            "The cursor is forward-only; set SQL_ATTR_CURSOR_TYPE to SQL_CURSOR_STATIC to fetch by bookmark",
        )),
    }
}
