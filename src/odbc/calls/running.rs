//! Helpers for the functions that begin, run and describe a statement.

use crate::odbc::attributes::statement::attribute;
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::StatementScope;
use crate::odbc::state::cursor::{Abilities, Scrolling};
use crate::odbc::state::descriptor::describe;
use crate::odbc::state::statement::{Current, StatementState};
use exchange_sql::{self as sql, Cancellation, ExecuteOptions};

/// Requires that no cursor is open and the current result is the last.
pub fn require_no_result(scope: &StatementScope<'_>) -> Result<(), Error> {
    match &scope.statement.state {
        StatementState::Executed(executed) if matches!(executed.current, Current::Rows(_)) => {
            Err(Error::of(sqlstate::S24000))
        }
        StatementState::Executed(executed) if !executed.pending.is_empty() => Err(Error::new(
            sqlstate::S24000,
            "Statements of the batch have not run yet; call SQLMoreResults for them, or SQLFreeStmt to skip them",
        )),
        _ => Ok(()),
    }
}

/// The options for work that starts now.
pub fn options(scope: &StatementScope<'_>) -> ExecuteOptions {
    let attributes = &scope.statement.attributes;
    let max_rows = attributes.value(attribute::MAX_ROWS) as u64;
    ExecuteOptions {
        deadline: attributes.deadline(scope.began),
        cancellation: Cancellation::new(),
        max_rows: (max_rows > 0).then_some(max_rows),
    }
}

/// The kind of cursor that the application asked for.
pub fn abilities(scope: &StatementScope<'_>) -> Result<Abilities, Error> {
    let attributes = &scope.statement.attributes;
    Ok(Abilities {
        scrolling: match attributes.is_scrollable() {
            true => Scrolling::Static,
            false => Scrolling::ForwardOnly,
        },
        bookmarks: attributes.uses_bookmarks(),
        storage: scope.connection.connected()?.storage.clone(),
    })
}

/// Describes the columns of a result in the implementation row descriptor.
pub fn describe_rows(scope: &mut StatementScope<'_>, columns: &[sql::Column]) {
    let view = scope.connection.view();
    let records = columns
        .iter()
        .map(|column| describe::column(column, view))
        .collect();
    scope.ird_mut().set_records(records);
}

/// Makes a result the current one.
pub fn show(scope: &mut StatementScope<'_>, current: Current) {
    let count = match &current {
        Current::Rows(_) => -1,
        Current::Count(count) => *count,
    };
    scope.statement.diagnostics.row_count = count;
    scope.statement.diagnostics.cursor_row_count = 0;
    if let StatementState::Executed(executed) = &mut scope.statement.state {
        executed.current = current;
    }
}
