//! `SQLCancel`, `SQLCancelHandle`.

use crate::odbc::constants::handle_type;
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{
    self, Allowed, ReturnCode, SUCCESS, inherited, with_descriptor, with_environment,
};
use crate::odbc::state::statement::StatementState;
use std::mem;

/// `SQLCancel`: ends a call that waits, or the collection of data-at-execution parameters.
pub fn statement(handle: usize) -> ReturnCode {
    handles::cancel_statement(handle, |statement| {
        if statement.state.collects() {
            let state = mem::replace(&mut statement.state, StatementState::Allocated);
            statement.state = state.closed();
        }
    })
}

/// `SQLCancelHandle`
pub fn handle(kind: i16, handle: usize) -> ReturnCode {
    let cannot = || Err(Error::of(sqlstate::HY092));
    match kind {
        _ if handles::kind_of(handle) != Some(kind) => inherited::refusal(kind, handle),
        handle_type::STMT => statement(handle),
        // Functions of a connection never run asynchronously, so there is nothing to cancel.
        handle_type::DBC => SUCCESS,
        handle_type::ENV => with_environment(handle, |_, _| cannot()),
        _ => with_descriptor(handle, Allowed::OutsideDataAtExecution, |_| cannot()),
    }
}
