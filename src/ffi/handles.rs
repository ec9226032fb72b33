//! Handles: `SQLAllocHandle`, `SQLFreeHandle`, `SQLFreeStmt`, `SQLCancel`, `SQLCancelHandle`.

use super::arguments::{at, token};
use super::types::{HStmt, Handle, RetCode, SmallInt, USmallInt};
use super::{call, on_statement, process};
use crate::odbc;
use crate::odbc::calls::{allocate, cancel, close};
use crate::odbc::constants::{free_stmt, handle_type};

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
        handle_type::ENV => odbc::process::free_environment(token(handle)),
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
    call(|_| cancel::statement(token(statement_handle)))
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLCancelHandle(
    handle_type: SmallInt,
    input_handle: Handle,
) -> RetCode {
    call(|_| cancel::handle(handle_type, token(input_handle)))
}
