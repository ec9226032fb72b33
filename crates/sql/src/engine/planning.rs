//! From a parsed statement to a plan, for queries and for changes of temporary tables.

use super::connection::Connection;
use super::describe::{Labels, Origin};
use super::{bind, describe, errors, information_schema, lengths, markers};
use crate::nearest::nearest;
use crate::text::Parsed;
use crate::{Column, ColumnType, Error, ErrorKind, Parameter};
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::execution::TaskContext;
use datafusion::execution::session_state::SessionState;
use datafusion::logical_expr::{Expr, LogicalPlan, expr::Placeholder};
use datafusion::sql::parser::Statement as DataFusionStatement;
use datafusion::sql::sqlparser::ast;
use exchange_tables::{self as tables, Warnings};
use std::sync::Arc;

/// The context for running the plan: the session's, with a place for this execution's warnings.
pub fn task(state: &SessionState, warnings: &Warnings) -> Arc<TaskContext> {
    let task = TaskContext::from(state);
    let config = task
        .session_config()
        .clone()
        .with_extension(Arc::new(warnings.clone()));
    Arc::new(task.with_session_config(config))
}

pub async fn logical_plan(
    state: &SessionState,
    statement: ast::Statement,
) -> Result<LogicalPlan, Error> {
    let statement = DataFusionStatement::Statement(Box::new(statement));
    state
        .statement_to_plan(statement)
        .await
        .map_err(|error| errors::to_error(&error))
}

/// Unknown tables get their own SQLSTATE and the nearest name.
pub fn check_tables(connection: &Connection, parsed: &Parsed) -> Result<(), Error> {
    for name in &parsed.tables {
        let known = |part: &String| {
            tables::TABLES
                .iter()
                .any(|table| table.name.eq_ignore_ascii_case(part))
                || connection.temporary.get(part).is_some()
        };
        match name.as_slice() {
            [table] if known(table) => {}
            [schema, view] if information_schema::is_name(schema) => {
                if information_schema::find(view).is_none() {
                    return Err(view_not_found(view));
                }
            }
            [.., table] if known(table) => {
                return Err(Error::new(
                    ErrorKind::TableNotFound,
                    format!(
                        "table {} not found: the data source has neither catalogs nor schemas; \
                         write {table} alone",
                        name.join(".")
                    ),
                ));
            }
            _ => return Err(table_not_found(connection, &name.join("."))),
        }
    }
    Ok(())
}

fn view_not_found(name: &str) -> Error {
    let views = information_schema::VIEWS.iter().map(|view| view.name);
    let views = views.collect::<Vec<_>>().join(", ");
    Error::new(
        ErrorKind::TableNotFound,
        format!(
            "table {}.{name} not found; it has {views}",
            information_schema::NAME
        ),
    )
}

pub fn table_not_found(connection: &Connection, name: &str) -> Error {
    let temporary = connection.temporary.names();
    let names = tables::TABLES.iter().map(|table| table.name);
    let names = names.chain(temporary.iter().map(String::as_str));
    let hint = match nearest(name, names) {
        Some(nearest) => format!("; did you mean {nearest}?"),
        None => "; SQLTables lists the tables there are".to_owned(),
    };
    Error::new(
        ErrorKind::TableNotFound,
        format!("table {name} not found{hint}"),
    )
}

/// The plan of a statement whose markers have no values yet, and the markers.
pub async fn prepared(
    connection: &Connection,
    statement: &ast::Statement,
    count: usize,
) -> Result<(LogicalPlan, Vec<Parameter>), Error> {
    let (statement, rows) = bind::without_frame_markers(statement);
    let plan = logical_plan(&connection.state, statement).await?;
    with_parameter_types(plan, count, &rows, connection)
}

/// Gives every marker a type: the planner's, or text. `rows` are markers that count rows.
pub fn with_parameter_types(
    plan: LogicalPlan,
    count: usize,
    rows: &[usize],
    connection: &Connection,
) -> Result<(LogicalPlan, Vec<Parameter>), Error> {
    if count == 0 {
        return Ok((plan, Vec::new()));
    }
    let plan = markers::typed(plan).map_err(|error| errors::to_error(&error))?;
    let types = plan
        .get_parameter_types()
        .map_err(|error| errors::to_error(&error))?;
    let data_type = |number: usize| {
        let inferred = types.get(&format!("${number}")).cloned().flatten();
        let counted = rows.contains(&number).then_some(DataType::Int64);
        counted
            .or(inferred)
            .filter(|inferred| *inferred != DataType::Null)
            .unwrap_or(DataType::Utf8)
    };
    let parameters = (1..=count).map(|number| Parameter {
        column_type: parameter_type(&data_type(number), connection.longest_varchar),
        nullable: true,
    });
    let parameters = parameters.collect();
    let typed = plan.transform_up_with_subqueries(|node| {
        node.map_expressions(|expr| {
            expr.transform_up(|expr| match expr {
                Expr::Placeholder(Placeholder { id, field: None }) => {
                    let number = id.trim_start_matches('$').parse().unwrap_or(0);
                    let field = Arc::new(Field::new(&id, data_type(number), true));
                    Ok(Transformed::yes(Expr::Placeholder(Placeholder {
                        id,
                        field: Some(field),
                    })))
                }
                other => Ok(Transformed::no(other)),
            })
        })
    });
    Ok((
        typed.map_err(|error| errors::to_error(&error))?.data,
        parameters,
    ))
}

fn parameter_type(data_type: &DataType, longest_varchar: u32) -> ColumnType {
    describe::column_type(data_type, longest_varchar)
}

/// The result's columns, after the analyzer has settled the types.
pub fn describe_columns(
    state: &SessionState,
    plan: &LogicalPlan,
    labels: &Labels<'_>,
    longest_varchar: u32,
) -> Result<Vec<Column>, Error> {
    let analyzed = state
        .analyzer()
        .execute_and_check(plan.clone(), state.config_options(), |_, _| {})
        .map_err(|error| errors::to_error(&error))?;
    let fields = analyzed.schema().fields().iter().enumerate();
    if fields
        .clone()
        .any(|(_, field)| field.data_type().is_nested())
    {
        return Err(Error::new(
            ErrorKind::Syntax,
            "a column of the result would be a row or a list, such as (a, b); select its parts one by one",
        ));
    }
    let origin = |index| Origin {
        length: lengths::of(&analyzed, index),
        is_merged: lengths::is_merged(&analyzed, index),
    };
    Ok(fields
        .map(|(index, field)| describe::column(field, origin(index), labels, longest_varchar))
        .collect())
}
