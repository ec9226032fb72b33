//! `SQLSetPos`: choosing the current row of a rowset, and writing its rows again.

use super::fetch::{Report, open_cursor};
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{Outcome, StatementScope, Success};
use crate::odbc::memory::AppMemory;
use crate::odbc::state::cursor::Cursor;
use crate::odbc::state::cursor::row_errors::RowErrors;

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

/// The operation of `SQLSetPos`.
enum Operation {
    Position(usize),
    /// One row, or all that the row operation array does not exclude.
    Refresh(Option<usize>),
}

/// `SQL_ROW_IGNORE`
const IGNORE: u16 = 1;

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
        Operation::Refresh(row) => refresh(scope, row, memory),
    }
}

fn operation_of(cursor: &Cursor, row: usize, operation: u16) -> Result<Operation, Error> {
    if cursor.rows() == 0 {
        return Err(Error::of(sqlstate::S24000));
    }
    if row > cursor.rows() {
        return Err(Error::of(sqlstate::HY107));
    }
    match (operation, row.checked_sub(1)) {
        (operation::POSITION, Some(row)) => Ok(Operation::Position(row)),
        // Positioning on all rows at once has no meaning.
        (operation::POSITION, None) => Err(Error::of(sqlstate::HY109)),
        (operation::REFRESH, row) => Ok(Operation::Refresh(row)),
        (operation::UPDATE | operation::DELETE | operation::ADD, _) => {
            Err(Error::new(sqlstate::HY092, "The cursor is read-only"))
        }
        _ => Err(Error::of(sqlstate::HY092)),
    }
}

/// Writes rows again. A result does not change after it was read, but its bindings may have.
fn refresh(scope: &mut StatementScope<'_>, row: Option<usize>, memory: &impl AppMemory) -> Outcome {
    let view = scope.connection.view();
    let max_length = scope.statement.attributes.max_length();
    let report = Report::of(scope);
    let ard = scope
        .descriptors
        .get(scope.statement.ard)
        .expect("a statement has descriptors");
    let statement = &mut *scope.statement;
    let cursor = open_cursor(&mut statement.state)?;
    let mut bindings = cursor.take_bindings(ard, view, max_length)?;
    let operations = ard.array_status_ptr;
    let rows: Vec<usize> = match row {
        Some(row) => vec![row],
        None if operations.is_null() => (0..cursor.rows()).collect(),
        None => (0..cursor.rows())
            .filter(|row| memory.read_u16(operations.plus(row * 2)) != IGNORE)
            .collect(),
    };
    let mut errors = RowErrors::default();
    for row in &rows {
        cursor.deliver(*row..row + 1, &mut bindings, ard, memory, &mut errors);
    }
    cursor.keep_bindings(bindings);
    if let Some(row) = row {
        cursor.set_position(row);
    }
    Ok(report.conclude(rows.into_iter(), errors, &mut statement.diagnostics, memory))
}
