//! The exported C functions: the only module with `unsafe` code.
//!
//! Every function of [`crate::odbc::calls::functions::table`] is here in both its spellings. Each
//! is a few lines long: it types its arguments, calls one function of [`crate::odbc`] and returns
//! the code. The prototypes are those of `sql.h`, `sqlext.h` and `sqlucode.h`; a test compiles the
//! generated header beside them.
//!
//! In the ANSI spelling text has the encoding of [`code_page`]. In the wide one its units have two or four bytes, as
//! [`driver_manager`] detects. The pointers are declared with two, as in the headers of unixODBC
//! and Windows, and never dereferenced as such. A driver manager's functions have the same names as
//! the ones here, so no exported function calls another: the linker might take the driver
//! manager's.
//!
//! # Safety
//!
//! All exported functions share the contract of ODBC. Handles may be any value: they are looked up,
//! never dereferenced. Each other pointer is null or points to memory that the caller lets the
//! driver read or write, for the length that goes with it. Addresses that are bound to a statement
//! or a descriptor stay valid until they are unbound. No alignment is needed.
#![allow(non_snake_case, clippy::missing_safety_doc, clippy::too_many_arguments)]

mod arguments;
mod attributes;
#[cfg(unix)]
mod caller;
mod catalog;
mod code_page;
mod connect;
mod descriptor;
mod diagnostics;
mod driver_manager;
mod execute;
mod handles;
mod info;
mod keys;
mod memory;
#[cfg(not(unix))]
mod no_caller;
mod process;
mod results;
#[cfg(windows)]
mod setup;
#[cfg(all(test, unix))]
mod speed_tests;
mod types;

use crate::odbc::diagnostics::{Diagnostics, sqlstate};
use crate::odbc::handles::{
    Allowed, ConnectionScope, DescriptorScope, ERROR, Outcome, ReturnCode, StatementScope, Success,
    with_connection, with_descriptor, with_statement,
};
use crate::odbc::text::Written;
use arguments::token;
use memory::ProcessMemory;
#[cfg(not(unix))]
use no_caller as caller;
use std::panic::{AssertUnwindSafe, catch_unwind};
use types::{HDbc, HDesc, HStmt, RetCode};

/// Wraps every exported function: it passes the application's memory to the body and lets no panic
/// out. Panics on behalf of a handle are caught and recorded earlier; this is the last net.
fn call(body: impl FnOnce(&ProcessMemory) -> ReturnCode) -> RetCode {
    let memory = ProcessMemory::of_the_caller();
    catch_unwind(AssertUnwindSafe(|| body(&memory))).unwrap_or_else(|payload| {
        // Dropping the payload could panic again.
        std::mem::forget(payload);
        ERROR
    })
}

/// A call on a connection.
fn on_connection(
    handle: HDbc,
    body: impl FnOnce(&mut ConnectionScope<'_>, &ProcessMemory) -> Outcome,
) -> RetCode {
    call(|memory| with_connection(token(handle), |scope| body(scope, memory)))
}

/// A call on a statement, which most functions refuse while it collects parameters.
fn on_statement(
    handle: HStmt,
    body: impl FnOnce(&mut StatementScope<'_>, &ProcessMemory) -> Outcome,
) -> RetCode {
    let allowed = Allowed::OutsideDataAtExecution;
    call(|memory| with_statement(token(handle), allowed, |scope| body(scope, memory)))
}

/// A call on a descriptor, which is refused while a statement that uses it collects parameters.
fn on_descriptor(
    handle: HDesc,
    body: impl FnOnce(&mut DescriptorScope<'_>, &ProcessMemory) -> Outcome,
) -> RetCode {
    let allowed = Allowed::OutsideDataAtExecution;
    call(|memory| with_descriptor(token(handle), allowed, |scope| body(scope, memory)))
}

/// A call that queries the catalog.
fn on_catalog(
    handle: HStmt,
    body: impl FnOnce(&mut StatementScope<'_>, &ProcessMemory) -> Outcome,
) -> RetCode {
    on_statement(handle, |scope, memory| {
        crate::odbc::calls::catalog::call(scope, |scope| body(scope, memory))
    })
}

/// Success that posts 01004 if text was cut.
fn warn_if_cut((success, written): (Success, Written), diagnostics: &mut Diagnostics) -> Outcome {
    if written == Written::Truncated {
        diagnostics.warn(sqlstate::S01004);
    }
    Ok(success)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error() {
        assert_eq!(call(|_| panic!("this panic is part of the test")), ERROR);
        assert_eq!(call(|_| 7), 7);
    }
}
