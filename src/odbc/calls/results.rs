//! `SQLNumResultCols`, `SQLRowCount`.

use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{Outcome, StatementScope, Success};
use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::state::statement::{Current, StatementState};

/// `SQLNumResultCols`
pub fn count_columns(
    scope: &mut StatementScope<'_>,
    out: AppPtr,
    memory: &impl AppMemory,
) -> Outcome {
    if matches!(scope.statement.state, StatementState::Allocated) {
        return Err(Error::of(sqlstate::HY010));
    }
    memory.write_i16(out, i16::try_from(scope.ird().count()).unwrap_or(i16::MAX));
    Ok(Success::Done)
}

/// `SQLRowCount`
pub fn row_count(scope: &mut StatementScope<'_>, out: AppPtr, memory: &impl AppMemory) -> Outcome {
    let StatementState::Executed(executed) = &scope.statement.state else {
        return Err(Error::of(sqlstate::HY010));
    };
    let count = match executed.current {
        Current::Rows(_) => -1,
        Current::Count(count) => count,
    };
    memory.write_len(out, count);
    Ok(Success::Done)
}
