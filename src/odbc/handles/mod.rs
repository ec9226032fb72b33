//! Handles: tokens, what they stand for, and the one way into each kind.
//!
//! Every exported function goes through one of the `with_*` functions. They validate the handle, take
//! the lock, clear the old diagnostics, run the body inside a panic guard, record its error and turn
//! the outcome into a return code. Nothing else does those six things.

pub mod inherited;
pub mod registry;

use super::constants::handle_type;
use super::diagnostics::{Diagnostics, Error, sqlstate};
use crate::odbc::state::cancel::CancelSlot;
use crate::odbc::state::descriptor::Descriptor;
use crate::odbc::state::group::{Connection, Environment, EnvironmentState, Group, GroupState};
use crate::odbc::state::slab::Slab;
use crate::odbc::state::statement::{State, Statement};
use registry::Entry;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

/// `SQLRETURN`
pub type ReturnCode = i16;

pub const SUCCESS: ReturnCode = 0;
pub const SUCCESS_WITH_INFO: ReturnCode = 1;
pub const ERROR: ReturnCode = -1;
pub const INVALID_HANDLE: ReturnCode = -2;
pub const NEED_DATA: ReturnCode = 99;
pub const NO_DATA: ReturnCode = 100;

/// How a function succeeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Success {
    /// `SQL_SUCCESS`, or `SQL_SUCCESS_WITH_INFO` when records were posted.
    Done,
    /// `SQL_SUCCESS_WITH_INFO` although there may be no record.
    Information,
    NoData,
    NeedData,
    /// `SQL_ERROR`, with the records posted already (rows of a fetch, sets of parameters).
    ErrorsRecorded,
}

/// What the body of a function returns.
pub type Outcome = Result<Success, Error>;

/// When a statement's function may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// Not while data-at-execution parameters are being collected (HY010).
    OutsideDataAtExecution,
    Always,
}

/// The connection and everything on it, its lock held.
pub struct ConnectionScope<'a> {
    pub environment: &'a Arc<Environment>,
    pub group: &'a Arc<Group>,
    pub state: &'a mut GroupState,
}

/// A statement with its connection and the descriptors it uses, the lock held.
pub struct StatementScope<'a> {
    pub connection: &'a mut Connection,
    pub statement: &'a mut Statement,
    pub descriptors: &'a mut Slab<Descriptor>,
    pub cancel: &'a CancelSlot,
    /// When the call began, for its timeout: it may prepare, execute and wait for rows.
    pub began: Instant,
}

/// A descriptor with its connection, the lock held.
pub struct DescriptorScope<'a> {
    pub state: &'a mut GroupState,
    pub key: usize,
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

impl<'a> StatementScope<'a> {
    pub fn ard(&self) -> &Descriptor {
        self.descriptor(self.statement.ard)
    }

    pub fn apd(&self) -> &Descriptor {
        self.descriptor(self.statement.apd)
    }

    pub fn ird(&self) -> &Descriptor {
        self.descriptor(self.statement.implicit[2])
    }

    pub fn ipd(&self) -> &Descriptor {
        self.descriptor(self.statement.implicit[3])
    }

    pub fn ard_mut(&mut self) -> &mut Descriptor {
        self.descriptor_mut(self.statement.ard)
    }

    pub fn apd_mut(&mut self) -> &mut Descriptor {
        self.descriptor_mut(self.statement.apd)
    }

    pub fn ird_mut(&mut self) -> &mut Descriptor {
        self.descriptor_mut(self.statement.implicit[2])
    }

    pub fn ipd_mut(&mut self) -> &mut Descriptor {
        self.descriptor_mut(self.statement.implicit[3])
    }

    fn descriptor(&self, key: usize) -> &Descriptor {
        self.descriptors
            .get(key)
            .expect("a statement's descriptors live as long as it does")
    }

    fn descriptor_mut(&mut self, key: usize) -> &mut Descriptor {
        self.descriptors
            .get_mut(key)
            .expect("a statement's descriptors live as long as it does")
    }

    /// Back to how the statement was allocated.
    pub fn forget(&mut self) {
        self.statement.state = State::Allocated;
        self.ird_mut().forget();
    }

    pub fn warn(&mut self, warning: Error) {
        self.statement.diagnostics.push(warning);
    }
}

impl DescriptorScope<'_> {
    pub fn descriptor(&mut self) -> &mut Descriptor {
        self.state
            .descriptors
            .get_mut(self.key)
            .expect("the scope was made for a live descriptor")
    }
}
