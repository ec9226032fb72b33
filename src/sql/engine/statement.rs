//! A planned statement: its columns and parameters, and how it starts.

use super::describe::{Labels, Origin};
use super::rows::EngineRows;
use super::{Shared, bind, blocking, describe, errors, explain, lengths};
use crate::sql::text::{Explain, Parsed};
use crate::sql::{
    Column, ColumnType, Error, ErrorKind, ExecuteOptions, Parameter, Rows, Statement, Value,
};
use crate::tables::{self, Warnings};
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::execution::TaskContext;
use datafusion::execution::session_state::SessionState;
use datafusion::logical_expr::{Expr, LogicalPlan, expr::Placeholder};
use datafusion::sql::parser::Statement as DataFusionStatement;
use datafusion::sql::sqlparser::ast;
use std::sync::Arc;

/// One statement of a prepared text.
pub struct EngineStatement {
    shared: Arc<Shared>,
    ast: Arc<ast::Statement>,
    /// The plan of a statement without parameters.
    plan: Option<LogicalPlan>,
    explain: Option<Explain>,
    columns: Arc<[Column]>,
    parameters: Vec<Parameter>,
}

impl EngineStatement {
    /// Plans the statement far enough to know its columns and parameters.
    pub async fn plan(shared: &Arc<Shared>, parsed: Parsed) -> Result<Self, Error> {
        check_tables(&parsed)?;
        let plan = logical_plan(&shared.state, parsed.statement.clone()).await?;
        let (plan, parameters) = with_parameter_types(plan, parsed.parameter_count, shared)?;
        let labels = Labels {
            labels: &parsed.labels,
            spellings: &parsed.spellings,
        };
        let columns = match parsed.explain {
            Some(_) => explain::columns(),
            None => describe_columns(&shared.state, &plan, &labels, shared.longest_varchar)?,
        };
        Ok(Self {
            shared: Arc::clone(shared),
            plan: (parsed.parameter_count == 0).then_some(plan),
            ast: Arc::new(parsed.statement),
            explain: parsed.explain,
            columns: columns.into(),
            parameters,
        })
    }
}

impl Statement for EngineStatement {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    fn execute(
        &self,
        parameters: &[Value],
        options: &ExecuteOptions,
    ) -> Result<Box<dyn Rows>, Error> {
        if parameters.len() < self.parameters.len() {
            return Err(Error::new(
                ErrorKind::ParameterCount,
                format!(
                    "the statement has {} parameter markers, but {} values are bound",
                    self.parameters.len(),
                    parameters.len()
                ),
            ));
        }
        let (ast, plan, values) = (
            Arc::clone(&self.ast),
            self.plan.clone(),
            parameters.to_vec(),
        );
        let shared = Arc::clone(&self.shared);
        // Planning shows mistakes in the values (a text that is no date) before any row is asked for.
        let planning = async move {
            let mut state = shared.state.clone();
            // NOW() is this moment, throughout the statement.
            state.mark_start_execution();
            let plan = match plan {
                Some(plan) => plan,
                None => logical_plan(&state, bind::with_values(&ast, &values)?).await?,
            };
            let physical = state.create_physical_plan(&plan).await;
            physical.map_err(|error| errors::to_error(&error))
        };
        let physical = blocking::run_within(planning, options)?;
        let warnings = Warnings::default();
        let task = task(&self.shared.state, &warnings);
        let explain = self.explain;
        let stream = async move {
            match explain {
                Some(mode) => explain::stream(physical, mode, task).await,
                None => {
                    let stream = datafusion::physical_plan::execute_stream(physical, task);
                    stream.map_err(|error| errors::to_error(&error))
                }
            }
        };
        Ok(Box::new(EngineRows::start(
            stream,
            Arc::clone(&self.columns),
            options,
            warnings,
        )))
    }
}

/// What runs the plan: the session's context, with a place for this execution's warnings.
fn task(state: &SessionState, warnings: &Warnings) -> Arc<TaskContext> {
    let task = TaskContext::from(state);
    let config = task
        .session_config()
        .clone()
        .with_extension(Arc::new(warnings.clone()));
    Arc::new(task.with_session_config(config))
}

async fn logical_plan(
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
fn check_tables(parsed: &Parsed) -> Result<(), Error> {
    for name in &parsed.tables {
        let known = |part: &String| {
            tables::TABLES
                .iter()
                .any(|table| table.name.eq_ignore_ascii_case(part))
        };
        match name.as_slice() {
            [table] if known(table) => {}
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
            _ => return Err(table_not_found(&name.join("."))),
        }
    }
    Ok(())
}

fn table_not_found(name: &str) -> Error {
    let names = tables::TABLES.iter().map(|table| table.name);
    let hint = match errors::nearest(name, names) {
        Some(nearest) => format!("; did you mean {nearest}?"),
        None => "; SQLTables lists the tables there are".to_owned(),
    };
    Error::new(
        ErrorKind::TableNotFound,
        format!("table {name} not found{hint}"),
    )
}

/// Gives every marker a type: what the planner inferred, or text.
fn with_parameter_types(
    plan: LogicalPlan,
    count: usize,
    shared: &Shared,
) -> Result<(LogicalPlan, Vec<Parameter>), Error> {
    if count == 0 {
        return Ok((plan, Vec::new()));
    }
    let types = plan
        .get_parameter_types()
        .map_err(|error| errors::to_error(&error))?;
    let data_type = |number: usize| {
        let inferred = types.get(&format!("${number}")).cloned().flatten();
        inferred
            .filter(|inferred| *inferred != DataType::Null)
            .unwrap_or(DataType::Utf8)
    };
    let parameters = (1..=count).map(|number| Parameter {
        column_type: parameter_type(&data_type(number), shared.longest_varchar),
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
fn describe_columns(
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
    let origin = |index| Origin {
        length: lengths::of(&analyzed, index),
        is_merged: lengths::is_merged(&analyzed, index),
    };
    Ok(fields
        .map(|(index, field)| describe::column(field, origin(index), labels, longest_varchar))
        .collect())
}
