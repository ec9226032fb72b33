//! Catalog functions: answers from the session's table list, as Arrow batches that go through the
//! same cursor as query results.
//!
//! There are no catalogs and no schemas: those columns are null, and arguments that name one match
//! nothing. Only the views of the system have a schema. Nothing here uses the network.

pub mod columns;
pub mod empty;
pub mod foreign_keys;
pub mod keys;
pub mod pattern;
pub mod rows;
pub mod special;
pub mod table_arguments;
pub mod tables;
pub mod type_info;

use super::running::{abilities, describe_rows, require_no_result, show as show_result};
use crate::odbc::attributes::statement::attribute;
use crate::odbc::diagnostics::{DynamicFunction, Error};
use crate::odbc::handles::{Outcome, StatementScope, Success};
use crate::odbc::state::cursor::Cursor;
use crate::odbc::state::statement::{Current, Executed, StatementState};
use exchange_sql::{ExecuteOptions, TableInfo};
use pattern::Argument;
use rows::{Answer, cursor_rows};
use std::collections::VecDeque;
use std::sync::Arc;
use table_arguments::{TableArgumentTexts, is_unqualified};

/// Whether the arguments are identifiers rather than patterns (`SQL_ATTR_METADATA_ID`).
pub fn identifiers(scope: &StatementScope<'_>) -> bool {
    scope.statement.attributes.value(attribute::METADATA_ID) != 0
}

/// The session's tables, ordered by type and name.
pub fn tables(scope: &StatementScope<'_>) -> Result<Vec<Arc<TableInfo>>, Error> {
    Ok(ordered(scope.connection.connected()?.session.tables()))
}

/// The views that describe the tables.
pub fn system_views(scope: &StatementScope<'_>) -> Result<Vec<Arc<TableInfo>>, Error> {
    Ok(scope.connection.connected()?.session.system_views())
}

/// Tables, ordered by type and name.
pub fn ordered(mut tables: Vec<Arc<TableInfo>>) -> Vec<Arc<TableInfo>> {
    tables.sort_by(|a, b| (a.table_type, &a.name).cmp(&(b.table_type, &b.name)));
    tables
}

/// The tables that match the arguments by their exact name, for the functions about keys.
pub fn exact_table(
    scope: &StatementScope<'_>,
    arguments: &TableArgumentTexts,
) -> Result<Option<Arc<TableInfo>>, Error> {
    let table = Argument::required_name(arguments.table.as_deref(), identifiers(scope))?;
    if !is_unqualified(arguments) {
        return Ok(None);
    }
    Ok(tables(scope)?
        .into_iter()
        .find(|info| table.matches(&info.name)))
}

/// Runs a catalog function. If the call is allowed, it replaces the statement's previous state,
/// even when it fails.
pub fn call(
    scope: &mut StatementScope<'_>,
    function: impl FnOnce(&mut StatementScope<'_>) -> Outcome,
) -> Outcome {
    require_no_result(scope)?;
    let outcome = function(scope);
    if outcome.is_err() {
        scope.forget();
    }
    outcome
}

/// Makes an answer the statement's result.
pub fn show(scope: &mut StatementScope<'_>, answer: Answer) -> Outcome {
    let max_rows = scope.statement.attributes.value(attribute::MAX_ROWS) as u64;
    let options = ExecuteOptions {
        max_rows: (max_rows > 0).then_some(max_rows),
        ..ExecuteOptions::default()
    };
    let columns = answer.columns();
    scope.statement.diagnostics.function = DynamicFunction::Unknown;
    describe_rows(scope, &columns);
    let abilities = abilities(scope)?;
    let rows = cursor_rows(answer)?;
    let cursor = Cursor::new(columns.into(), rows, &options, abilities);
    scope.statement.state = StatementState::Executed(Executed {
        prepared: None,
        keep: false,
        current: Current::Count(-1),
        pending: VecDeque::new(),
    });
    show_result(scope, Current::Rows(Box::new(cursor)));
    Ok(Success::Done)
}
