//! `SQLSetPos`: choosing the current row of a rowset.

use super::Cursor;
use super::binding::RowErrors;
use super::fetch::{deliver, open_cursor, take_bindings};
use crate::odbc::constants::row_status;
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{Outcome, StatementScope, Success};
use crate::odbc::memory::{AppMemory, AppPtr};
use std::ops::Range;

/// Operations of `SQLSetPos`.
mod operation {
    pub const POSITION: u16 = 0;
    pub const REFRESH: u16 = 1;
    pub const UPDATE: u16 = 2;
    pub const DELETE: u16 = 3;
    pub const ADD: u16 = 4;
}

/// `SQL_LOCK_*`
mod lock {
    pub const NO_CHANGE: u16 = 0;
    pub const EXCLUSIVE: u16 = 1;
    pub const UNLOCK: u16 = 2;
}

/// What `SQLSetPos` is to do.
enum Operation {
    Position(usize),
    Refresh(Range<usize>),
}

/// `SQLSetPos`
pub fn set(
    scope: &mut StatementScope<'_>,
    row: usize,
    operation: u16,
    lock: u16,
    memory: &impl AppMemory,
) -> Outcome {
    match lock {
        lock::NO_CHANGE => {}
        lock::EXCLUSIVE | lock::UNLOCK => {
            return Err(Error::new(sqlstate::HYC00, "Rows cannot be locked"));
        }
        _ => return Err(Error::of(sqlstate::HY092)),
    }
    let cursor = open_cursor(&mut scope.statement.state)?;
    match operation_of(cursor, row, operation)? {
        Operation::Position(row) => {
            cursor.set_position(row);
            Ok(Success::Done)
        }
        Operation::Refresh(rows) => refresh(scope, rows, memory),
    }
}

fn operation_of(cursor: &Cursor, row: usize, operation: u16) -> Result<Operation, Error> {
    if cursor.rows == 0 {
        return Err(Error::of(sqlstate::S24000));
    }
    if row > cursor.rows {
        return Err(Error::of(sqlstate::HY107));
    }
    match (operation, row.checked_sub(1)) {
        (operation::POSITION, Some(row)) => Ok(Operation::Position(row)),
        // Positioning on all rows at once means nothing.
        (operation::POSITION, None) => Err(Error::of(sqlstate::HY109)),
        (operation::REFRESH, Some(row)) => Ok(Operation::Refresh(row..row + 1)),
        (operation::REFRESH, None) => Ok(Operation::Refresh(0..cursor.rows)),
        (operation::UPDATE | operation::DELETE | operation::ADD, _) => {
            Err(Error::new(sqlstate::HYC00, "The cursor is read-only"))
        }
        _ => Err(Error::of(sqlstate::HY092)),
    }
}

/// Writes rows again. A result does not change once it is read, but its bindings may have.
fn refresh(scope: &mut StatementScope<'_>, rows: Range<usize>, memory: &impl AppMemory) -> Outcome {
    let view = scope.connection.view();
    let max_length = scope.statement.attributes.max_length();
    let statuses = scope.ird().array_status_ptr;
    let ard = scope
        .descriptors
        .get(scope.statement.ard)
        .expect("a statement has descriptors");
    let statement = &mut *scope.statement;
    let cursor = open_cursor(&mut statement.state)?;
    let mut bindings = take_bindings(cursor, ard, view, max_length)?;
    let mut errors = RowErrors::default();
    deliver(
        cursor,
        rows.clone(),
        &mut bindings,
        ard,
        memory,
        &mut errors,
    );
    cursor.bindings = Some(bindings);
    if rows.len() == 1 {
        cursor.set_position(rows.start);
    }
    write_statuses(statuses, rows.clone(), &errors, memory);
    let failed = errors.failed_rows();
    errors
        .into_records()
        .for_each(|record| statement.diagnostics.push(record));
    Ok(if failed == rows.len() {
        Success::ErrorsRecorded
    } else {
        Success::Done
    })
}

fn write_statuses(
    statuses: AppPtr,
    rows: Range<usize>,
    errors: &RowErrors,
    memory: &impl AppMemory,
) {
    if statuses.is_null() {
        return;
    }
    for row in rows {
        debug_assert!(errors.status(row) != row_status::NOROW);
        memory.write_u16(statuses.plus(row * 2), errors.status(row));
    }
}
