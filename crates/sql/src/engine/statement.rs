//! A planned statement: its columns and parameters, and how it starts.

use super::connection::Connection;
use super::describe::{self, Labels};
use super::planning::{self, logical_plan};
use super::rows::EngineRows;
use super::{bind, blocking, errors, explain};
use crate::temporary::TemporaryTable;
use crate::text::{Explain, Parsed};
use crate::{Column, Error, ErrorKind, ExecuteOptions, Parameter, Rows, Statement, Value};
use datafusion::logical_expr::LogicalPlan;
use datafusion::sql::sqlparser::ast;
use exchange_tables::Warnings;
use std::sync::Arc;

/// One statement of a prepared text.
pub struct EngineStatement {
    connection: Arc<Connection>,
    ast: Arc<ast::Statement>,
    /// The plan of a statement without parameters.
    plan: Option<LogicalPlan>,
    /// The temporary tables that it reads.
    temporary: Vec<Arc<TemporaryTable>>,
    explain: Option<Explain>,
    columns: Arc<[Column]>,
    parameters: Vec<Parameter>,
}

impl EngineStatement {
    /// Plans the statement far enough to know its columns and parameters.
    pub async fn plan(connection: &Arc<Connection>, parsed: Parsed) -> Result<Self, Error> {
        planning::check_tables(connection, &parsed)?;
        let (plan, parameters) =
            planning::prepared(connection, &parsed.statement, parsed.parameter_count).await?;
        let labels = Labels {
            labels: &parsed.labels,
            spellings: &parsed.spellings,
        };
        let columns = match parsed.explain {
            Some(_) => explain::columns(),
            None => planning::describe_columns(
                &connection.state,
                &plan,
                &labels,
                connection.longest_varchar,
            )?,
        };
        Ok(Self {
            connection: Arc::clone(connection),
            plan: (parsed.parameter_count == 0).then_some(plan),
            ast: Arc::new(parsed.statement),
            temporary: (parsed.tables.iter())
                .filter_map(|name| match name.as_slice() {
                    [name] => connection.temporary.get(name),
                    _ => None,
                })
                .collect(),
            explain: parsed.explain,
            columns: columns.into(),
            parameters,
        })
    }
}

impl EngineStatement {
    pub fn reads_temporary_tables(&self) -> bool {
        !self.temporary.is_empty()
    }

    /// Whether a temporary table was dropped and recreated since the statement was planned. A
    /// missing table, or one with other columns now, is an error.
    fn tables_changed(&self) -> Result<bool, Error> {
        let mut changed = false;
        for table in &self.temporary {
            let Some(now) = self.connection.temporary.get(table.name()) else {
                return Err(planning::table_not_found(&self.connection, table.name()));
            };
            if now.row_schema() != table.row_schema() {
                return Err(Error::new(
                    ErrorKind::Syntax,
                    format!(
                        "table {} has other columns than when the statement was prepared; prepare it again",
                        table.name()
                    ),
                ));
            }
            changed |= !Arc::ptr_eq(&now, table);
        }
        Ok(changed)
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
        let plan = match self.tables_changed()? {
            true => None,
            false => self.plan.clone(),
        };
        let (ast, values) = (Arc::clone(&self.ast), parameters.to_vec());
        let connection = Arc::clone(&self.connection);
        // Planning finds mistakes in the values (a text that is not a date) before any row is read.
        let planning = async move {
            let mut state = connection.state.clone();
            // NOW() is this moment throughout the statement.
            state.mark_start_execution();
            let plan = match plan {
                Some(plan) => plan,
                None => logical_plan(&state, bind::with_values(&ast, &values)?).await?,
            };
            let physical = state.create_physical_plan(&plan).await;
            physical.map_err(|error| errors::to_error(&error))
        };
        let physical = blocking::run_within(planning, options)?;
        let columns = match self.parameters.is_empty() || self.explain.is_some() {
            true => Arc::clone(&self.columns),
            false => describe::with_values(&self.columns, &physical.schema()),
        };
        let warnings = Warnings::default();
        let task = planning::task(&self.connection.state, &warnings);
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
            stream, columns, options, warnings,
        )))
    }
}
