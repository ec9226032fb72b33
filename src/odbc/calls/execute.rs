//! `SQLExecDirect`, `SQLExecute`, `SQLMoreResults`: running plans.
//!
//! A text may hold several statements, and a statement may run with several sets of parameters. A
//! query gives one result for each set; a change gives one count for all its sets.

use super::close::close;
use super::parameters::{self, Gathered};
use super::prepare::plan;
use super::running::{abilities, describe_rows, options, require_no_result, show};
use crate::odbc::constants::parameter_status;
use crate::odbc::diagnostics::{DynamicFunction, Error, NO_NUMBER, sqlstate};
use crate::odbc::handles::{Outcome, StatementScope, Success};
use crate::odbc::memory::AppMemory;
use crate::odbc::state::cursor::Cursor;
use crate::odbc::state::parameters::{ParameterSet, SetState};
use crate::odbc::state::prepared::Prepared;
use crate::odbc::state::statement::{Current, Executed, Run, StatementState};
use crate::odbc::text::TextIn;
use exchange_sql::Rows;
use std::collections::VecDeque;
use std::mem;
use std::sync::Arc;

/// `SQLExecDirect`
pub fn direct(scope: &mut StatementScope<'_>, text: &TextIn, memory: &impl AppMemory) -> Outcome {
    let text = text.required(memory, scope.connection.encoding)?;
    let prepared = plan(scope, text)?;
    begin(scope, prepared, false, memory)
}

/// `SQLExecute`
pub fn execute(scope: &mut StatementScope<'_>, memory: &impl AppMemory) -> Outcome {
    let prepared = match &scope.statement.state {
        StatementState::Prepared(prepared)
        | StatementState::Executed(Executed {
            prepared: Some(prepared),
            keep: true,
            ..
        }) => prepared.clone(),
        _ => return Err(Error::of(sqlstate::HY010)),
    };
    require_no_result(scope)?;
    scope.statement.diagnostics.function = DynamicFunction::of(&prepared.text);
    // Whatever happens from here on, the statement stays prepared.
    if matches!(scope.statement.state, StatementState::Executed(_)) {
        close(scope);
    }
    begin(scope, prepared, true, memory)
}

/// Reads the parameters and runs, or waits for late parameters.
fn begin(
    scope: &mut StatementScope<'_>,
    prepared: Prepared,
    keep: bool,
    memory: &impl AppMemory,
) -> Outcome {
    match parameters::gather(scope, &prepared, keep, memory)? {
        Gathered::Ready(sets) => run(scope, prepared, keep, sets, memory),
        Gathered::NeedData(collecting) => {
            scope.statement.state = StatementState::NeedData(Box::new(collecting));
            Ok(Success::NeedData)
        }
    }
}

/// Runs the plans with complete sets of parameters.
pub fn run(
    scope: &mut StatementScope<'_>,
    prepared: Prepared,
    keep: bool,
    sets: Vec<ParameterSet>,
    memory: &impl AppMemory,
) -> Outcome {
    let statuses = parameters::StatusArray::of(scope, sets.len());
    statuses.report(&sets, memory);
    let any = |state| sets.iter().any(|set| set.state == state);
    let (ready, unread) = (any(SetState::Ready), any(SetState::Failed));
    if unread && !ready {
        return Ok(Success::ErrorsRecorded);
    }
    // If every set is to be ignored, nothing runs.
    let pending = match ready {
        true => runs(&prepared, sets),
        false => VecDeque::new(),
    };
    let executed = Executed {
        current: Current::Count(-1),
        pending,
        prepared: Some(prepared),
        keep,
    };
    let before = mem::replace(
        &mut scope.statement.state,
        StatementState::Executed(executed),
    );
    if !ready {
        return Ok(Success::Done);
    }
    let mut failed = Vec::new();
    let outcome = advance(scope, &mut failed);
    statuses.write_all(&failed, parameter_status::ERROR, memory);
    match outcome {
        Err(error) => {
            let unused = unused(&scope.statement.state, &failed);
            statuses.stop(&failed, &unused, memory);
            scope.statement.state = before;
            Err(error)
        }
        // The records name the sets that could not be read.
        Ok(_) if unread && !statuses.is_kept() => Ok(end_with_errors(scope)),
        Ok(Success::NoData) if scope.connection.is_odbc2() => Ok(Success::Done),
        other => other,
    }
}

/// Ends an execution whose errors are recorded.
fn end_with_errors(scope: &mut StatementScope<'_>) -> Success {
    close(scope);
    Success::ErrorsRecorded
}

/// The sets that do not run because the first run failed.
fn unused(state: &StatementState, failed: &[usize]) -> Vec<usize> {
    let StatementState::Executed(executed) = state else {
        return Vec::new();
    };
    let sets = executed.pending.iter().flat_map(|run| &run.sets);
    sets.map(|set| set.number)
        .filter(|number| !failed.contains(number))
        .collect()
}

/// The runs, in order.
fn runs(prepared: &Prepared, sets: Vec<ParameterSet>) -> VecDeque<Run> {
    let mut runs = VecDeque::new();
    let mut first = 0;
    let of_array = sets.len() > 1;
    for plan in prepared.plans.iter() {
        let count = plan.parameters().len();
        let own: Vec<ParameterSet> = sets
            .iter()
            .filter(|set| matches!(set.state, SetState::Ready))
            .map(|set| set.part(first, count))
            .collect();
        first += count;
        if plan.columns().is_empty() {
            runs.push_back(Run {
                plan: Arc::clone(plan),
                sets: own,
                of_array,
            });
        } else {
            let one = |set| Run {
                plan: Arc::clone(plan),
                sets: vec![set],
                of_array,
            };
            runs.extend(own.into_iter().map(one));
        }
    }
    runs
}

impl Run {
    /// An error with the number of its set, if there are several sets.
    fn located(&self, error: Error, set: &ParameterSet) -> Error {
        match self.of_array {
            true => error.at(set.number as u64 + 1, NO_NUMBER),
            false => error,
        }
    }
}

/// Starts the next run; `SQL_NO_DATA` at the end. Adds sets of parameters that fail to `failed`.
fn advance(scope: &mut StatementScope<'_>, failed: &mut Vec<usize>) -> Outcome {
    let StatementState::Executed(executed) = &mut scope.statement.state else {
        return Ok(Success::NoData);
    };
    let Some(run) = executed.pending.pop_front() else {
        return Ok(Success::NoData);
    };
    match run.plan.columns().is_empty() {
        true => count_rows(scope, &run, failed),
        false => open(scope, &run).map_err(|error| {
            failed.push(run.sets[0].number);
            run.located(error, &run.sets[0])
        }),
    }
}

fn open(scope: &mut StatementScope<'_>, run: &Run) -> Outcome {
    let options = options(scope);
    let rows = {
        let _waiting = scope.cancel.waiting_for(&options.cancellation);
        run.plan.execute(&run.sets[0].values, &options)?
    };
    let columns = rows.columns().unwrap_or_else(|| run.plan.columns().into());
    describe_rows(scope, &columns);
    let abilities = abilities(scope)?;
    let cursor = Cursor::new(columns, rows, &options, abilities);
    show(scope, Current::Rows(Box::new(cursor)));
    Ok(Success::Done)
}

fn count_rows(scope: &mut StatementScope<'_>, run: &Run, failed: &mut Vec<usize>) -> Outcome {
    let mut total = None;
    for set in &run.sets {
        match count_set(scope, run, set) {
            Ok(count) => total = add(total, count),
            Err(error) => {
                failed.push(set.number);
                let error = run.located(error, set);
                if run.sets.len() == 1 {
                    return Err(error);
                }
                scope.warn(error);
            }
        }
    }
    let count = total.map_or(-1, |rows| isize::try_from(rows).unwrap_or(isize::MAX));
    scope.ird_mut().has_no_result();
    show(scope, Current::Count(count));
    let is_told = parameters::StatusArray::of(scope, 0).is_kept();
    if !failed.is_empty() && (failed.len() == run.sets.len() || !is_told) {
        return Ok(end_with_errors(scope));
    }
    let searched = matches!(
        scope.statement.diagnostics.function,
        DynamicFunction::Insert | DynamicFunction::UpdateWhere | DynamicFunction::DeleteWhere
    );
    Ok(if count == 0 && searched {
        Success::NoData
    } else {
        Success::Done
    })
}

fn add(total: Option<u64>, count: Option<u64>) -> Option<u64> {
    match (total, count) {
        (Some(total), Some(count)) => Some(total + count),
        (total, count) => total.or(count),
    }
}

/// Runs a statement without rows to its end.
fn count_set(
    scope: &mut StatementScope<'_>,
    run: &Run,
    set: &ParameterSet,
) -> Result<Option<u64>, Error> {
    let options = options(scope);
    let mut rows: Box<dyn Rows>;
    {
        let _waiting = scope.cancel.waiting_for(&options.cancellation);
        rows = run.plan.execute(&set.values, &options)?;
        while rows.next(options.deadline)?.is_some() {}
    }
    for warning in rows.take_warnings() {
        scope.warn(Error::new(sqlstate::S01000, warning.message));
    }
    Ok(rows.affected_rows())
}

/// `SQLMoreResults`
pub fn more(scope: &mut StatementScope<'_>, memory: &impl AppMemory) -> Outcome {
    let StatementState::Executed(executed) = &scope.statement.state else {
        return Ok(Success::NoData);
    };
    if executed.pending.is_empty() {
        close(scope);
        return Ok(Success::NoData);
    }
    show(scope, Current::Count(-1));
    let mut failed = Vec::new();
    let outcome = advance(scope, &mut failed);
    let statuses = parameters::StatusArray::of(scope, 0);
    statuses.write_all(&failed, parameter_status::ERROR, memory);
    match outcome {
        // A statement may rely on earlier ones, so the rest of the batch does not run.
        Err(error) => {
            let unused = unused(&scope.statement.state, &failed);
            statuses.stop(&failed, &unused, memory);
            if let StatementState::Executed(executed) = &mut scope.statement.state {
                executed.pending.clear();
            }
            Err(error)
        }
        // The next result exists, even if it affected no rows.
        Ok(Success::NoData) => Ok(Success::Done),
        other => other,
    }
}
