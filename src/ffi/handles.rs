//! Handles: `SQLAllocHandle`, `SQLFreeHandle`, `SQLFreeStmt`, `SQLCancel`, `SQLCancelHandle`.

use super::arguments::{at, token};
use super::types::{HStmt, Handle, RetCode, SmallInt, USmallInt};
use super::{call, on_statement, process};
use crate::odbc::calls::{allocate, close};
use crate::odbc::constants::{free_stmt, handle_type};
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::registry::{self, Entry};
use crate::odbc::handles::{ReturnCode, SUCCESS, inherited, with_descriptor, with_environment};

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLAllocHandle(
    handle_type: SmallInt,
    input_handle: Handle,
    output_handle: *mut Handle,
) -> RetCode {
    call(|memory| match handle_type {
        handle_type::ENV => process::allocate_environment(at(output_handle), memory),
        kind => allocate::child(kind, token(input_handle), at(output_handle), memory),
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLFreeHandle(handle_type: SmallInt, handle: Handle) -> RetCode {
    call(|_| match handle_type {
        handle_type::ENV => process::free_environment(token(handle)),
        kind => allocate::free(kind, token(handle)),
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLFreeStmt(statement_handle: HStmt, option: USmallInt) -> RetCode {
    call(|_| match option {
        free_stmt::DROP => allocate::free(handle_type::STMT, token(statement_handle)),
        option => on_statement(statement_handle, |scope, _| close::free(scope, option)),
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLCancel(statement_handle: HStmt) -> RetCode {
    call(|_| close::cancel(token(statement_handle)))
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLCancelHandle(
    handle_type: SmallInt,
    input_handle: Handle,
) -> RetCode {
    call(|_| cancel_handle(handle_type, token(input_handle)))
}

fn cancel_handle(kind: i16, handle: usize) -> ReturnCode {
    match (kind, registry::get(handle)) {
        (handle_type::STMT, Some(Entry::Statement { .. })) => close::cancel(handle),
        // Functions of a connection never run asynchronously, so there is none to cancel.
        (handle_type::DBC, Some(Entry::Connection(_))) => SUCCESS,
        (handle_type::ENV, Some(Entry::Environment(_))) => {
            with_environment(handle, |_, _| Err(Error::of(sqlstate::HY092)))
        }
        (handle_type::DESC, Some(Entry::Descriptor { .. })) => {
            with_descriptor(handle, |_| Err(Error::of(sqlstate::HY092)))
        }
        _ => inherited::refusal(kind, handle),
    }
}
