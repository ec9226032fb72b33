//! `SQLCloseCursor`, `SQLFreeStmt`.

use super::running::describe_rows;
use crate::odbc::constants::free_stmt;
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{Outcome, StatementScope, Success};
use crate::odbc::state::statement::StatementState;
use std::mem;

/// Discards results; a prepared statement stays prepared.
pub fn close(scope: &mut StatementScope<'_>) {
    let state = mem::replace(&mut scope.statement.state, StatementState::Allocated);
    scope.statement.state = state.closed();
    match &scope.statement.state {
        StatementState::Prepared(prepared) => {
            let plans = prepared.plans.clone();
            let columns = plans.first().map_or(&[][..], |plan| plan.columns());
            describe_rows(scope, columns);
        }
        _ => scope.ird_mut().forget(),
    }
}

/// `SQLCloseCursor`
pub fn close_cursor(scope: &mut StatementScope<'_>) -> Outcome {
    if scope.statement.state.cursor().is_none() {
        return Err(Error::of(sqlstate::S24000));
    }
    close(scope);
    Ok(Success::Done)
}

/// `SQLFreeStmt`, except dropping the handle.
pub fn free(scope: &mut StatementScope<'_>, option: u16) -> Outcome {
    match option {
        free_stmt::CLOSE => {
            if matches!(scope.statement.state, StatementState::Executed(_)) {
                close(scope);
            }
        }
        free_stmt::UNBIND => scope.ard_mut().set_count(0),
        free_stmt::RESET_PARAMS => {
            scope.apd_mut().set_count(0);
            scope.ipd_mut().set_count(0);
        }
        _ => return Err(Error::of(sqlstate::HY092)),
    }
    Ok(Success::Done)
}
