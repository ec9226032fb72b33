//! Handles: tokens, what they stand for, and the one way into each kind.
//!
//! Every exported function goes through one of the `with_*` functions. They validate the handle, take
//! the lock, clear the old diagnostics, run the body inside a panic guard, record its error and turn
//! the outcome into a return code. Nothing else does those six things.

mod children;
pub mod inherited;
mod outcome;
pub mod registry;
mod scopes;

pub use outcome::{
    ERROR, INVALID_HANDLE, NEED_DATA, NO_DATA, Outcome, ReturnCode, SUCCESS, SUCCESS_WITH_INFO,
    Success,
};
pub use scopes::{ConnectionScope, DescriptorScope, StatementScope};

use super::constants::handle_type;
use super::diagnostics::{Diagnostics, Error, sqlstate};
use crate::odbc::state::group::{Environment, EnvironmentState, GroupState};
use registry::Entry;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

/// When a statement's function may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// Not while data-at-execution parameters are being collected (HY010).
    OutsideDataAtExecution,
    Always,
}

/// Runs the body; a panic becomes HY000 instead of crossing the boundary.
fn guarded(body: impl FnOnce() -> Outcome) -> Outcome {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|payload| {
        // Dropping the payload could panic again.
        std::mem::forget(payload);
        Err(Error::new(
            sqlstate::HY000,
            "The driver failed internally; please report this statement",
        ))
    })
}

/// Records the outcome and turns it into a return code.
fn conclude(diagnostics: &mut Diagnostics, outcome: Outcome) -> ReturnCode {
    let code = match outcome {
        Ok(Success::Done) if diagnostics.is_empty() => SUCCESS,
        Ok(Success::Done | Success::Information) => SUCCESS_WITH_INFO,
        Ok(Success::NoData) => NO_DATA,
        Ok(Success::NeedData) => NEED_DATA,
        Ok(Success::ErrorsRecorded) => {
            if diagnostics.is_empty() {
                diagnostics.push(Error::of(sqlstate::HY000));
            }
            ERROR
        }
        Err(error) => {
            diagnostics.push(error);
            ERROR
        }
    };
    diagnostics.finish(code);
    code
}

/// The way into an environment.
pub fn with_environment(
    handle: usize,
    body: impl FnOnce(&Arc<Environment>, &mut EnvironmentState) -> Outcome,
) -> ReturnCode {
    let Some(Entry::Environment(environment)) = registry::get(handle) else {
        return INVALID_HANDLE;
    };
    let mut state = environment.lock();
    state.diagnostics.clear();
    let outcome = guarded(|| body(&environment, &mut state));
    conclude(&mut state.diagnostics, outcome)
}

/// The way into a connection.
pub fn with_connection(
    handle: usize,
    body: impl FnOnce(&mut ConnectionScope<'_>) -> Outcome,
) -> ReturnCode {
    let Some(Entry::Connection(group)) = registry::get(handle) else {
        return inherited::refusal(handle_type::DBC, handle);
    };
    let mut state = group.lock();
    state.connection.diagnostics.clear();
    let outcome = guarded(|| {
        body(&mut ConnectionScope {
            environment: &group.environment,
            group: &group,
            state: &mut state,
        })
    });
    conclude(&mut state.connection.diagnostics, outcome)
}

/// The way into a statement.
pub fn with_statement(
    handle: usize,
    allowed: Allowed,
    body: impl FnOnce(&mut StatementScope<'_>) -> Outcome,
) -> ReturnCode {
    let Some(Entry::Statement { group, key, cancel }) = registry::get(handle) else {
        return inherited::refusal(handle_type::STMT, handle);
    };
    let mut state = group.lock();
    let GroupState {
        connection,
        statements,
        descriptors,
    } = &mut *state;
    // Another thread may have freed the statement while this one waited for the lock.
    let Some(statement) = statements
        .get_mut(key)
        .filter(|found| found.token == handle)
    else {
        return INVALID_HANDLE;
    };
    statement.diagnostics.clear();
    let mut scope = StatementScope {
        connection,
        statement,
        descriptors,
        cancel: &cancel,
        began: Instant::now(),
    };
    let collecting = scope.statement.state.collects();
    let outcome = if collecting && allowed == Allowed::OutsideDataAtExecution {
        Err(Error::of(sqlstate::HY010))
    } else {
        guarded(|| body(&mut scope))
    };
    conclude(&mut scope.statement.diagnostics, outcome)
}

/// The way into a descriptor.
pub fn with_descriptor(
    handle: usize,
    body: impl FnOnce(&mut DescriptorScope<'_>) -> Outcome,
) -> ReturnCode {
    let Some(Entry::Descriptor { group, key }) = registry::get(handle) else {
        return inherited::refusal(handle_type::DESC, handle);
    };
    let mut state = group.lock();
    let Some(descriptor) = state
        .descriptors
        .get_mut(key)
        .filter(|found| found.token == handle)
    else {
        return INVALID_HANDLE;
    };
    descriptor.diagnostics.clear();
    let outcome = match state.collects_with(key) {
        true => Err(Error::of(sqlstate::HY010)),
        false => guarded(|| {
            body(&mut DescriptorScope {
                state: &mut state,
                key,
            })
        }),
    };
    match state.descriptors.get_mut(key) {
        Some(descriptor) => conclude(&mut descriptor.diagnostics, outcome),
        None => SUCCESS,
    }
}
