//! Handles: tokens, their objects, and the one way from a token to its object.
//!
//! Every exported function that is given a handle goes through one of the functions here. They
//! validate the handle, take the lock, clear the old diagnostics, run the body inside a panic
//! guard, record its error and turn the outcome into a return code. Only [`enter`] does these six
//! things, and the table of tokens is private to this module, so nothing can bypass it.

mod forks;
pub mod inherited;
mod outcome;
mod registry;
mod scopes;
mod tokens;

pub use forks::{Held, forked, hold};
pub use outcome::*;
pub use registry::kind_of;
pub use scopes::{ConnectionScope, DescriptorScope, MemberScope, Records, StatementScope};
pub use tokens::{add_connection, add_environment, remove_connection, remove_environment};

use super::constants::handle_type;
use super::diagnostics::{Diagnostics, Error, sqlstate};
use super::state::cancel::CancelSlot;
use super::state::descriptor::Descriptor;
use super::state::group::{ConnectionGroupState, Environment, EnvironmentState};
use super::state::statement::Statement;
use super::text::Encoding;
use registry::{Entry, Member};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

/// States that allow a function of a statement or a descriptor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// Not while data-at-execution parameters are being collected (HY010).
    OutsideDataAtExecution,
    Always,
}

/// The effect of a call on the records of its handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    /// The call replaces the records.
    Recording,
    /// The records stay: the call reads them, concerns another handle, or waits for nothing.
    Leaving,
}

/// Runs the body; a panic becomes HY000 instead of crossing the boundary. Errors are boxed, so that nearly every call, which
/// has none, passes a word on instead of room for one.
fn guarded(body: impl FnOnce() -> Outcome) -> Result<Success, Box<Error>> {
    let boxed = AssertUnwindSafe(|| body().map_err(Box::new));
    catch_unwind(boxed).unwrap_or_else(|payload| {
        // Dropping the payload could panic again.
        std::mem::forget(payload);
        Err(Box::new(Error::new(
            sqlstate::HY000,
            "The driver failed internally; please report this statement",
        )))
    })
}

/// Records the outcome and turns it into a return code.
fn conclude(diagnostics: &mut Diagnostics, outcome: Result<Success, Box<Error>>) -> ReturnCode {
    let code = match outcome {
        Ok(Success::Done) if !diagnostics.is_empty() => SUCCESS_WITH_INFO,
        Ok(success) => {
            if success == Success::ErrorsRecorded && diagnostics.is_empty() {
                diagnostics.push(Error::of(sqlstate::HY000));
            }
            success.code()
        }
        Err(error) => {
            diagnostics.push(*error);
            ERROR
        }
    };
    diagnostics.finish(code);
    code
}

/// Runs a body with the state that a lock guards, for every kind of handle. `records` finds the
/// diagnostics of the handle. They may be missing if another thread freed the handle while this one
/// waited for the lock, or if the body freed it.
fn enter<S>(
    state: &mut S,
    manner: Manner,
    records: impl Fn(&mut S) -> Option<&mut Diagnostics>,
    body: impl FnOnce(&mut S) -> Outcome,
) -> ReturnCode {
    match records(state) {
        None => return INVALID_HANDLE,
        Some(diagnostics) if manner == Manner::Recording => diagnostics.clear(),
        Some(_) => {}
    }
    let outcome = guarded(|| body(state));
    match records(state) {
        Some(diagnostics) if manner == Manner::Recording => conclude(diagnostics, outcome),
        _ => outcome.map_or(ERROR, Success::code),
    }
}

/// The same for one of a connection's statements.
fn enter_statement(
    state: &mut ConnectionGroupState,
    (handle, key): (usize, usize),
    manner: Manner,
    body: impl FnOnce(&mut MemberScope<'_>) -> Outcome,
) -> ReturnCode {
    enter(
        state,
        manner,
        |state| {
            let found = state.statements.get_mut(key);
            let found = found.filter(|found| found.token == handle);
            found.map(|statement| &mut statement.diagnostics)
        },
        |state| body(&mut MemberScope { state, key }),
    )
}

fn environment(
    handle: usize,
    manner: Manner,
    body: impl FnOnce(&Arc<Environment>, &mut EnvironmentState) -> Outcome,
) -> ReturnCode {
    let Some(Entry::Environment(environment)) = registry::get(handle) else {
        return INVALID_HANDLE;
    };
    enter(
        &mut *environment.lock(),
        manner,
        |state| Some(&mut state.diagnostics),
        |state| body(&environment, state),
    )
}

fn connection(
    handle: usize,
    manner: Manner,
    body: impl FnOnce(&mut ConnectionScope<'_>) -> Outcome,
) -> ReturnCode {
    let Some(Entry::Connection(group)) = registry::get(handle) else {
        return inherited::refusal(handle_type::DBC, handle);
    };
    enter(
        &mut *group.lock(),
        manner,
        |state| Some(&mut state.connection.diagnostics),
        |state| {
            body(&mut ConnectionScope {
                environment: &group.environment,
                group: &group,
                state,
            })
        },
    )
}

fn statement(
    handle: usize,
    manner: Manner,
    allowed: Allowed,
    body: impl FnOnce(&mut MemberScope<'_>, &CancelSlot) -> Outcome,
) -> ReturnCode {
    let Some(found) = registry::statement(handle) else {
        return inherited::refusal(handle_type::STMT, handle);
    };
    let Member { group, key, cancel } = &*found.member;
    let code = enter_statement(&mut group.lock(), (handle, *key), manner, |scope| {
        let collects = scope.statement().state.collects();
        match allowed {
            Allowed::OutsideDataAtExecution if collects => Err(Error::of(sqlstate::HY010)),
            _ => body(scope, cancel),
        }
    });
    found.keep();
    code
}

fn descriptor(
    handle: usize,
    manner: Manner,
    allowed: Allowed,
    body: impl FnOnce(&mut DescriptorScope<'_>) -> Outcome,
) -> ReturnCode {
    let Some(Entry::Descriptor { group, key }) = registry::get(handle) else {
        return inherited::refusal(handle_type::DESC, handle);
    };
    enter(
        &mut *group.lock(),
        manner,
        |state| {
            let found = state.descriptors.get_mut(key);
            let found = found.filter(|found| found.token == handle);
            found.map(|descriptor| &mut descriptor.diagnostics)
        },
        |state| match allowed {
            Allowed::OutsideDataAtExecution if state.collects_with(key) => {
                Err(Error::of(sqlstate::HY010))
            }
            _ => body(&mut DescriptorScope { state, key }),
        },
    )
}

/// A call on an environment.
pub fn with_environment(
    handle: usize,
    body: impl FnOnce(&Arc<Environment>, &mut EnvironmentState) -> Outcome,
) -> ReturnCode {
    environment(handle, Manner::Recording, body)
}

/// A call on a connection.
pub fn with_connection(
    handle: usize,
    body: impl FnOnce(&mut ConnectionScope<'_>) -> Outcome,
) -> ReturnCode {
    connection(handle, Manner::Recording, body)
}

/// A call on a statement.
pub fn with_statement(
    handle: usize,
    allowed: Allowed,
    body: impl FnOnce(&mut StatementScope<'_>) -> Outcome,
) -> ReturnCode {
    statement(handle, Manner::Recording, allowed, |scope, cancel| {
        let ConnectionGroupState {
            connection,
            statements,
            descriptors,
        } = &mut *scope.state;
        let statement = statements.get_mut(scope.key);
        let statement = statement.expect("the scope was made for a live statement");
        let limit = statement.attributes.query_timeout();
        body(&mut StatementScope {
            connection,
            statement,
            descriptors,
            cancel,
            began: limit.map(|_| Instant::now()),
        })
    })
}

/// A call on a statement that also concerns the other statements of its connection.
pub fn with_statement_among_others(
    handle: usize,
    allowed: Allowed,
    body: impl FnOnce(&mut MemberScope<'_>) -> Outcome,
) -> ReturnCode {
    statement(handle, Manner::Recording, allowed, |scope, _| body(scope))
}

/// A call on a descriptor.
pub fn with_descriptor(
    handle: usize,
    allowed: Allowed,
    body: impl FnOnce(&mut DescriptorScope<'_>) -> Outcome,
) -> ReturnCode {
    descriptor(handle, Manner::Recording, allowed, body)
}

/// Reads a descriptor on behalf of a call on another one; `None` if this process has no such
/// descriptor.
pub fn read_descriptor<T>(handle: usize, read: impl FnOnce(&Descriptor) -> T) -> Option<T> {
    let mut answer = None;
    descriptor(handle, Manner::Leaving, Allowed::Always, |scope| {
        answer = Some(read(scope.descriptor()));
        Ok(Success::Done)
    });
    answer
}

/// Reads the records of a handle. Errors are only return codes, as the reference says. `encoding` is
/// called if the handle belongs to another process, whose application is not known.
pub fn read_records(
    kind: i16,
    handle: usize,
    encoding: impl FnOnce() -> Encoding,
    read: impl FnOnce(&Records<'_>) -> Outcome,
) -> ReturnCode {
    if let Some(mut diagnostics) = inherited::diagnostics(kind, handle) {
        return enter(
            &mut diagnostics,
            Manner::Leaving,
            |diagnostics| Some(diagnostics),
            |diagnostics| read(&Records::of(diagnostics, encoding())),
        );
    }
    match kind {
        handle_type::ENV => environment(handle, Manner::Leaving, |_, state| {
            read(&Records::of(&state.diagnostics, state.encoding))
        }),
        handle_type::DBC => connection(handle, Manner::Leaving, |scope| {
            let connection = &scope.state.connection;
            read(&Records::within(connection, &connection.diagnostics))
        }),
        handle_type::STMT => statement(handle, Manner::Leaving, Allowed::Always, |scope, _| {
            let connection = &scope.state.connection;
            let statement = scope.statement();
            read(&Records {
                statement: Some(statement),
                ..Records::within(connection, &statement.diagnostics)
            })
        }),
        handle_type::DESC => descriptor(handle, Manner::Leaving, Allowed::Always, |scope| {
            let descriptor = scope.state.descriptors.get(scope.key);
            let descriptor = descriptor.expect("the scope was made for a live descriptor");
            read(&Records::within(
                &scope.state.connection,
                &descriptor.diagnostics,
            ))
        }),
        _ => INVALID_HANDLE,
    }
}

/// Ends the call that is waiting on the statement. Without such a call the body runs, unless another
/// call is in progress on the connection: cancelling waits for nothing, and posts nothing.
pub fn cancel_statement(handle: usize, body: impl FnOnce(&mut Statement)) -> ReturnCode {
    let Some(Entry::Statement(member)) = registry::get(handle) else {
        return inherited::refusal(handle_type::STMT, handle);
    };
    let Member { group, key, cancel } = &*member;
    if cancel.cancel() {
        return SUCCESS;
    }
    let Some(mut state) = group.try_lock() else {
        return SUCCESS;
    };
    enter_statement(&mut state, (handle, *key), Manner::Leaving, |scope| {
        body(scope.statement_mut());
        Ok(Success::Done)
    })
}

/// Ends the call that is waiting on the statement, before another one needs its lock.
pub fn interrupt(handle: usize) {
    if let Some(Entry::Statement(member)) = registry::get(handle) {
        member.cancel.cancel();
    }
}
