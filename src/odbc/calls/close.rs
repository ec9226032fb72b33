//! `SQLCloseCursor`, `SQLFreeStmt`, `SQLCancel`.

use super::running::describe_rows;
use crate::odbc::constants::{free_stmt, handle_type};
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::registry::{self, Entry};
use crate::odbc::handles::{Outcome, ReturnCode, SUCCESS, StatementScope, Success, inherited};
use crate::odbc::state::statement::State;
use std::mem;

/// Discards results; what was prepared stays prepared.
pub fn close(scope: &mut StatementScope<'_>) {
    let state = mem::replace(&mut scope.statement.state, State::Allocated);
    scope.statement.state = state.closed();
    match &scope.statement.state {
        State::Prepared(prepared) => {
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

/// `SQLFreeStmt`, but for dropping the handle.
pub fn free(scope: &mut StatementScope<'_>, option: u16) -> Outcome {
    match option {
        free_stmt::CLOSE => {
            if matches!(scope.statement.state, State::Executed(_)) {
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

/// `SQLCancel`: ends what a call waits for, or the collecting of data-at-execution parameters.
/// It waits for nothing, and posts nothing.
pub fn cancel(handle: usize) -> ReturnCode {
    let Some(Entry::Statement { group, key, cancel }) = registry::get(handle) else {
        return inherited::refusal(handle_type::STMT, handle);
    };
    if cancel.cancel() {
        return SUCCESS;
    }
    if let Some(mut state) = group.try_lock()
        && let Some(statement) = state.statements.get_mut(key)
        && statement.token == handle
        && statement.state.collects()
    {
        let state = mem::replace(&mut statement.state, State::Allocated);
        statement.state = state.closed();
    }
    SUCCESS
}
