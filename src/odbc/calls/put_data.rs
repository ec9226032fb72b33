//! `SQLParamData`, `SQLPutData`: parameters whose values come at execution, in pieces.

use super::execute;
use super::parameters::StatusArray;
use crate::odbc::constants::indicator;
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{Outcome, StatementScope, Success};
use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::state::collecting::{Collecting, Sent};
use crate::odbc::state::parameters::{BoundParameter, located};
use crate::odbc::state::statement::StatementState;
use crate::odbc::text::read_terminated;
use std::mem;

/// `SQLParamData`: accepts the value that was sent, asks for the next one, or runs.
pub fn param_data(scope: &mut StatementScope<'_>, out: AppPtr, memory: &impl AppMemory) -> Outcome {
    let collecting = match &mut scope.statement.state {
        StatementState::NeedData(collecting) => collecting,
        _ => return Err(Error::of(sqlstate::HY010)),
    };
    if let Some((_, Sent::Nothing)) = collecting.current {
        return Err(Error::new(
            sqlstate::HY010,
            "SQLPutData has not sent the value yet",
        ));
    }
    collecting.finish_current();
    if let Some(need) = collecting.needs.pop_front() {
        memory.write_ulen(
            out,
            collecting.parameters[need.parameter]
                .address(need.set)
                .address(),
        );
        collecting.current = Some((need, Sent::Nothing));
        return Ok(Success::NeedData);
    }
    match mem::replace(&mut scope.statement.state, StatementState::Allocated) {
        StatementState::NeedData(collecting) => {
            let Collecting {
                prepared,
                keep,
                sets,
                failures,
                ..
            } = *collecting;
            failures.into_iter().for_each(|failure| scope.warn(failure));
            if keep {
                scope.statement.state = StatementState::Prepared(prepared.clone());
            }
            execute::run(scope, prepared, keep, sets, memory)
        }
        _ => Err(Error::of(sqlstate::HY010)),
    }
}

/// `SQLPutData`. A refused piece ends the execution, except for a null beside data: the reference's
/// state tables say so.
pub fn put_data(
    scope: &mut StatementScope<'_>,
    data: AppPtr,
    length: isize,
    memory: &impl AppMemory,
) -> Outcome {
    let StatementState::NeedData(collecting) = &mut scope.statement.state else {
        return Err(Error::of(sqlstate::HY010));
    };
    let Some((need, sent)) = &mut collecting.current else {
        return Err(Error::new(
            sqlstate::HY010,
            "SQLParamData has not asked for a value yet",
        ));
    };
    let need = *need;
    let parameter = collecting.parameters[need.parameter];
    let Err(error) = put(sent, &parameter, data, length, memory) else {
        return Ok(Success::Done);
    };
    if error.state == sqlstate::HY020 {
        return Err(located(error, need.set, need.parameter));
    }
    StatusArray::of(scope, 1).write_failure(need.set, memory);
    let state = mem::replace(&mut scope.statement.state, StatementState::Allocated);
    scope.statement.state = state.closed();
    Err(located(error, need.set, need.parameter))
}

/// Adds a piece to the value.
fn put(
    sent: &mut Sent,
    parameter: &BoundParameter,
    data: AppPtr,
    length: isize,
    memory: &impl AppMemory,
) -> Result<(), Error> {
    match (length, &*sent) {
        (_, Sent::Null) | (indicator::NULL_DATA, Sent::Pieces(_)) => {
            return Err(Error::of(sqlstate::HY020));
        }
        (indicator::NULL_DATA, Sent::Nothing) => {
            *sent = Sent::Null;
            return Ok(());
        }
        (indicator::DEFAULT_PARAM, _) => return Err(Error::of(sqlstate::S07S01)),
        (_, Sent::Pieces(_)) if parameter.is_fixed() => return Err(Error::of(sqlstate::HY019)),
        _ => {}
    }
    if data.is_null() && (length != 0 || parameter.is_fixed()) {
        return Err(Error::of(sqlstate::HY009));
    }
    let piece = match (length, parameter.unit()) {
        _ if parameter.is_fixed() => memory.read_vec(data, parameter.fixed_size()),
        (0, _) => Vec::new(),
        (indicator::NTS, Some(unit)) => read_terminated(memory, data, unit),
        (length, _) => {
            let length = usize::try_from(length).map_err(|_| Error::of(sqlstate::HY090))?;
            memory.read_vec(data, length)
        }
    };
    match sent {
        Sent::Pieces(bytes) => bytes.extend_from_slice(&piece),
        _ => *sent = Sent::Pieces(piece),
    }
    Ok(())
}
