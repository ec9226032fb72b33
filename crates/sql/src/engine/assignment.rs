//! Conversions of values for the columns of a temporary table: their types, and the types of
//! parameters that become values.

use super::bind::{marker, without_frame_markers};
use super::connection::Connection;
use super::planning::{self, logical_plan};
use super::{describe, errors};
use crate::nearest::nearest;
use crate::temporary::TemporaryTable;
use crate::text::Parsed;
use crate::text::command::Command;
use crate::{Error, ErrorKind, Parameter};
use datafusion::arrow::datatypes::Schema;
use datafusion::common::{Column, ScalarValue};
use datafusion::error::Result as EngineResult;
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, cast, lit, when};
use datafusion::sql::sqlparser::ast::{self, SelectItem, SetExpr, visit_expressions_mut};
use std::collections::HashMap;
use std::ops::ControlFlow;

/// The name of the column that says whether an UPDATE changes a row.
const CHANGES: &str = "=changes";

/// The query's columns, converted to the table's types. An UPDATE has one more column, which marks
/// the rows that change.
pub fn converted(
    plan: LogicalPlan,
    command: &Command,
    columns: &Schema,
) -> Result<LogicalPlan, Error> {
    let values: Vec<Expr> = (plan.schema().iter())
        .map(|(qualifier, field)| Expr::Column(Column::from((qualifier, field))))
        .collect();
    let sources = match command {
        Command::Insert { columns: named, .. } => insert_sources(&values, named, columns)?,
        Command::Update { columns: named, .. } => update_sources(&values, named, columns)?,
        _ => values.into_iter().map(Some).collect(),
    };
    let build = || -> EngineResult<LogicalPlan> {
        let mut items = Vec::with_capacity(sources.len());
        for (field, source) in columns.fields().iter().zip(&sources) {
            let value = match source {
                Some(source) => cast(source.clone(), field.data_type().clone()),
                None => lit(ScalarValue::try_from(field.data_type())?),
            };
            items.push(value.alias(field.name()));
        }
        if let Some(Some(changes)) = sources.get(columns.fields().len()) {
            items.push(changes.clone().alias(CHANGES));
        }
        LogicalPlanBuilder::from(plan).project(items)?.build()
    };
    build().map_err(|error| errors::to_error(&error))
}

/// The new value of each column of the table.
type Sources = Vec<Option<Expr>>;

fn insert_sources(values: &[Expr], named: &[String], columns: &Schema) -> Result<Sources, Error> {
    let wanted = match named.len() {
        0 => columns.fields().len(),
        some => some,
    };
    if values.len() != wanted {
        return Err(Error::new(
            ErrorKind::ValueCount,
            format!("{} values are given for {wanted} columns", values.len()),
        ));
    }
    if named.is_empty() {
        return Ok(values.iter().cloned().map(Some).collect());
    }
    let mut sources: Sources = vec![None; columns.fields().len()];
    for (name, value) in named.iter().zip(values) {
        let source = &mut sources[position(columns, name)?];
        if source.is_some() {
            return Err(Error::new(
                ErrorKind::Syntax,
                format!("column {name} is named twice"),
            ));
        }
        *source = Some(value.clone());
    }
    Ok(sources)
}

/// Old values, then new ones, then whether the row changes.
fn update_sources(values: &[Expr], named: &[String], columns: &Schema) -> Result<Sources, Error> {
    let count = columns.fields().len();
    let changes = &values[count + named.len()];
    let mut sources: Sources = values[..count].iter().cloned().map(Some).collect();
    for (name, new) in named.iter().zip(&values[count..]) {
        let at = position(columns, name)?;
        let data_type = columns.field(at).data_type().clone();
        let chosen = when(changes.clone(), cast(new.clone(), data_type))
            .otherwise(values[at].clone())
            .map_err(|error| errors::to_error(&error))?;
        sources[at] = Some(chosen);
    }
    sources.push(Some(changes.clone()));
    Ok(sources)
}

fn position(columns: &Schema, name: &str) -> Result<usize, Error> {
    columns.index_of(name).map_err(|_| {
        let known = columns.fields().iter().map(|field| field.name().as_str());
        let hint = match nearest(name, known) {
            Some(nearest) => format!("; did you mean {nearest}?"),
            None => String::new(),
        };
        Error::new(
            ErrorKind::ColumnNotFound,
            format!("column {name} not found{hint}"),
        )
    })
}

/// The types of a statement's parameters: a parameter that is a value has its column's type. Plans
/// the statement to check it.
pub async fn parameters(
    connection: &Connection,
    command: &Command,
    table: &TemporaryTable,
    parsed: &Parsed,
) -> Result<Vec<Parameter>, Error> {
    let mut statement = parsed.statement.clone();
    let direct = direct_markers(&statement, command, table);
    let _ = visit_expressions_mut(&mut statement, |expr| {
        if marker(expr).is_some_and(|number| direct.contains_key(&number)) {
            *expr = ast::Expr::Value(ast::Value::Null.with_empty_span());
        }
        ControlFlow::<()>::Continue(())
    });
    let (statement, rows) = without_frame_markers(&statement);
    let plan = logical_plan(&connection.state, statement).await?;
    let plan = converted(plan, command, &table.row_schema())?;
    let (plan, mut parameters) =
        planning::with_parameter_types(plan, parsed.parameter_count, &rows, connection)?;
    let labels = describe::Labels {
        labels: &parsed.labels,
        spellings: &parsed.spellings,
    };
    planning::describe_columns(
        &connection.state,
        &plan,
        &labels,
        connection.longest_varchar,
    )?;
    for (number, column) in direct {
        let column = &table.columns()[column];
        parameters[number - 1] = Parameter {
            column_type: column.column_type,
            nullable: column.nullable,
        };
    }
    Ok(parameters)
}

/// Markers that are values themselves, with their columns.
fn direct_markers(
    statement: &ast::Statement,
    command: &Command,
    table: &TemporaryTable,
) -> HashMap<usize, usize> {
    let ast::Statement::Query(query) = statement else {
        return HashMap::new();
    };
    let places: Vec<(usize, &ast::Expr)> = match (command, query.body.as_ref()) {
        (Command::Insert { .. }, SetExpr::Values(values)) => (values.rows.iter())
            .flat_map(|row| row.iter().enumerate())
            .collect(),
        (Command::Insert { .. }, SetExpr::Select(select)) => {
            let items = select.projection.iter().enumerate();
            items
                .filter_map(|(at, item)| Some((at, value(item)?)))
                .collect()
        }
        (Command::Update { .. }, SetExpr::Select(select)) => {
            let items = select.projection.iter().skip(1).enumerate();
            items
                .filter_map(|(at, item)| Some((at, new_value(item)?)))
                .collect()
        }
        _ => Vec::new(),
    };
    let named = match command {
        Command::Insert { columns, .. } | Command::Update { columns, .. } => columns.as_slice(),
        _ => &[],
    };
    let column = |place: usize| match named.is_empty() {
        true => (place < table.columns().len()).then_some(place),
        false => table.position(named.get(place)?),
    };
    let places = places.into_iter();
    places
        .filter_map(|(place, expr)| Some((marker(expr)?, column(place)?)))
        .collect()
}

fn value(item: &SelectItem) -> Option<&ast::Expr> {
    match item {
        SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => Some(expr),
        _ => None,
    }
}

/// The value in `CASE WHEN condition THEN value END`.
fn new_value(item: &SelectItem) -> Option<&ast::Expr> {
    match value(item)? {
        ast::Expr::Case {
            conditions,
            else_result: None,
            ..
        } => conditions.first().map(|when| &when.result),
        _ => None,
    }
}
