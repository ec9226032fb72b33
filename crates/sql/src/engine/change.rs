//! Statements that create, fill, change and drop temporary tables.
//!
//! The rows come from a query like any other. Casts at the top of its plan convert them to the
//! columns' types. They are collected, and added to the table all at once, after everything that
//! can fail has succeeded.

use super::connection::Connection;
use super::describe::Labels;
use super::planning::{self, logical_plan, table_not_found};
use super::{assignment, bind, blocking, errors, information_schema};
use crate::temporary::{TemporaryTable, already_there};
use crate::text::command::{Command, NewTable, TableName};
use crate::text::{self, Parsed};
use crate::{
    Column, ColumnType, Error, ErrorKind, ExecuteOptions, Parameter, Rows, Statement, Value,
    Warning,
};
use datafusion::arrow::array::AsArray;
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::sql::sqlparser::ast;
use exchange_tables::{self as tables, Warnings};
use std::sync::Arc;
use std::time::Instant;

/// A planned statement about a temporary table.
pub struct Change {
    connection: Arc<Connection>,
    command: Command,
    /// The query for the rows.
    ast: Arc<ast::Statement>,
    /// The columns of a table that is created from a query.
    columns: Vec<Column>,
    parameters: Vec<Parameter>,
}

impl Change {
    /// Checks the statement as far as possible without rows. Statements planned later see the
    /// tables that it creates, and do not see those that it drops.
    pub async fn plan(
        connection: &Arc<Connection>,
        command: Command,
        parsed: Parsed,
    ) -> Result<Self, Error> {
        let mut change = Self {
            connection: Arc::clone(connection),
            columns: Vec::new(),
            parameters: Vec::new(),
            ast: Arc::new(parsed.statement.clone()),
            command,
        };
        match change.command.clone() {
            Command::Create(new) => {
                let name = new_name(&new.table)?;
                if connection.temporary.get(name).is_none() {
                    connection
                        .temporary
                        .add(name, from_definition(name, &new)?)?;
                }
            }
            Command::CreateAs { table, .. } => {
                let name = new_name(&table)?;
                change.plan_columns(parsed).await?;
                if connection.temporary.get(name).is_none() {
                    connection
                        .temporary
                        .add(name, change.table_of_query(name)?)?;
                }
            }
            Command::Drop { tables, if_exists } => {
                for table in tables {
                    let there = changeable(connection, &table, "DROP TABLE");
                    let there = there.map(|table| connection.temporary.remove(table.name()));
                    forgive(there, if_exists)?;
                }
            }
            Command::Insert { .. } | Command::Update { .. } | Command::Delete { .. } => {
                let table = change.target()?;
                planning::check_tables(connection, &parsed)?;
                change.parameters =
                    assignment::parameters(connection, &change.command, &table, &parsed).await?;
            }
        }
        Ok(change)
    }

    async fn plan_columns(&mut self, parsed: Parsed) -> Result<(), Error> {
        let connection = &self.connection;
        planning::check_tables(connection, &parsed)?;
        let (plan, parameters) =
            planning::prepared(connection, &parsed.statement, parsed.parameter_count).await?;
        let labels = Labels {
            labels: &parsed.labels,
            spellings: &parsed.spellings,
        };
        let columns = planning::describe_columns(
            &connection.state,
            &plan,
            &labels,
            connection.longest_varchar,
        )?;
        self.columns = columns.into_iter().map(stored).collect();
        self.parameters = parameters;
        for (index, column) in self.columns.iter().enumerate() {
            let same = |other: &Column| other.name.to_lowercase() == column.name.to_lowercase();
            if self.columns[..index].iter().any(same) {
                return Err(Error::new(
                    ErrorKind::Syntax,
                    format!(
                        "the new table would have two columns {}; name one of them with AS",
                        column.name
                    ),
                ));
            }
        }
        Ok(())
    }

    /// The table of a statement that changes rows.
    fn target(&self) -> Result<Arc<TemporaryTable>, Error> {
        match &self.command {
            Command::Insert { table, .. } => changeable(&self.connection, table, "INSERT"),
            Command::Update { table, .. } => changeable(&self.connection, table, "UPDATE"),
            Command::Delete { table } => changeable(&self.connection, table, "DELETE"),
            Command::Create(_) | Command::CreateAs { .. } | Command::Drop { .. } => Err(
                Error::new(ErrorKind::General, "the statement changes no rows"),
            ),
        }
    }

    fn table_of_query(&self, name: &str) -> Result<Arc<TemporaryTable>, Error> {
        let table = TemporaryTable::new(name, self.columns.clone(), &[], &[])?;
        Ok(Arc::new(table))
    }

    /// The rows of the query, in the types of the table's columns.
    fn read(
        &self,
        table: &TemporaryTable,
        values: &[Value],
        options: &ExecuteOptions,
        warnings: &Warnings,
    ) -> Result<Vec<RecordBatch>, Error> {
        let (ast, values) = (Arc::clone(&self.ast), values.to_vec());
        let (connection, command) = (Arc::clone(&self.connection), self.command.clone());
        let (columns, warnings) = (table.row_schema(), warnings.clone());
        let reading = async move {
            let mut state = connection.state.clone();
            // NOW() is this moment throughout the statement.
            state.mark_start_execution();
            let plan = logical_plan(&state, bind::with_values(&ast, &values)?).await?;
            let plan = assignment::converted(plan, &command, &columns)?;
            let physical = state.create_physical_plan(&plan).await;
            let physical = physical.map_err(|error| errors::to_error(&error))?;
            let task = planning::task(&state, &warnings);
            let batches = datafusion::physical_plan::collect(physical, task).await;
            batches.map_err(|error| errors::to_error(&error))
        };
        blocking::run_within(reading, options)
    }

    /// Executes the statement. Returns the number of rows if the statement changes rows.
    fn run(
        &self,
        values: &[Value],
        options: &ExecuteOptions,
        warnings: &Warnings,
    ) -> Result<Option<u64>, Error> {
        let temporary = &self.connection.temporary;
        match &self.command {
            Command::Create(new) => {
                let name = new_name(&new.table)?;
                if temporary.get(name).is_none() || !new.if_not_exists {
                    temporary.add(name, from_definition(name, new)?)?;
                }
                Ok(None)
            }
            Command::CreateAs {
                table,
                if_not_exists,
            } => {
                let name = new_name(table)?;
                match (temporary.get(name), if_not_exists) {
                    (Some(_), true) => return Ok(None),
                    (Some(_), false) => return Err(already_there(name)),
                    (None, _) => {}
                }
                let table = self.table_of_query(name)?;
                table.fill(self.read(&table, values, options, warnings)?)?;
                let count = table.row_count() as u64;
                temporary.add(name, table)?;
                Ok(Some(count))
            }
            Command::Drop { tables, if_exists } => {
                for table in tables {
                    let there = changeable(&self.connection, table, "DROP TABLE");
                    forgive(
                        there.map(|table| temporary.remove(table.name())),
                        *if_exists,
                    )?;
                }
                Ok(None)
            }
            Command::Insert { .. } => {
                let table = self.target()?;
                let batches = self.read(&table, values, options, warnings)?;
                let count = rows_of(&batches);
                table.append(batches)?;
                Ok(Some(count))
            }
            Command::Delete { .. } => {
                let table = self.target()?;
                let before = table.row_count() as u64;
                table.replace(self.read(&table, values, options, warnings)?)?;
                Ok(Some(before - table.row_count() as u64))
            }
            Command::Update { .. } => {
                let table = self.target()?;
                let batches = self.read(&table, values, options, warnings)?;
                let count = batches.iter().map(changed_rows).sum();
                let columns: Vec<usize> = (0..table.columns().len()).collect();
                let rows = batches.iter().map(|batch| batch.project(&columns));
                let rows: Result<Vec<_>, _> = rows.collect();
                table.replace(rows.map_err(|error| errors::to_error(&error.into()))?)?;
                Ok(Some(count))
            }
        }
    }
}

impl Statement for Change {
    fn columns(&self) -> &[Column] {
        &[]
    }

    fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    fn execute(
        &self,
        parameters: &[Value],
        options: &ExecuteOptions,
    ) -> Result<Box<dyn Rows>, Error> {
        let warnings = Warnings::default();
        let affected = self.run(parameters, options, &warnings)?;
        Ok(Box::new(Counted { affected, warnings }))
    }
}

/// The result of a finished statement.
struct Counted {
    affected: Option<u64>,
    warnings: Warnings,
}

impl Rows for Counted {
    fn next(&mut self, _deadline: Option<Instant>) -> Result<Option<RecordBatch>, Error> {
        Ok(None)
    }

    fn affected_rows(&self) -> Option<u64> {
        self.affected
    }

    fn take_warnings(&mut self) -> Vec<Warning> {
        let warnings = self.warnings.take().into_iter();
        warnings.map(|message| Warning { message }).collect()
    }
}

fn rows_of(batches: &[RecordBatch]) -> u64 {
    batches.iter().map(|batch| batch.num_rows() as u64).sum()
}

/// The last column marks the rows that an UPDATE changes.
fn changed_rows(batch: &RecordBatch) -> u64 {
    let marks = batch.column(batch.num_columns() - 1).as_boolean();
    marks.true_count() as u64
}

/// A column of a query as a column of a table: the length of computed text is unknown.
fn stored(column: Column) -> Column {
    let column_type = match column.column_type {
        ColumnType::Varchar { .. } if column.base.is_none() => ColumnType::LongVarchar,
        other => other,
    };
    Column {
        column_type,
        nullable: true,
        remarks: String::new(),
        ..column
    }
}

fn from_definition(name: &str, new: &NewTable) -> Result<Arc<TemporaryTable>, Error> {
    let columns = new.columns.iter().map(|column| Column {
        name: column.name.clone(),
        column_type: column.column_type,
        nullable: column.nullable,
        case_sensitive: matches!(
            column.column_type,
            ColumnType::Varchar { .. } | ColumnType::LongVarchar
        ),
        base: None,
        remarks: String::new(),
    });
    let table = TemporaryTable::new(name, columns.collect(), &new.primary_key, &new.unique_keys)?;
    Ok(Arc::new(table))
}

fn is_mailbox_table(name: &str) -> bool {
    (tables::TABLES.iter()).any(|table| table.name.eq_ignore_ascii_case(name))
}

/// The name of a new table; it must not hide a table of Exchange.
fn new_name(table: &TableName) -> Result<&str, Error> {
    let [name] = table.as_slice() else {
        return Err(Error::new(
            ErrorKind::NotSupported,
            format!(
                "table {} cannot be created: the data source has neither catalogs nor schemas; \
                 write the name alone",
                table.join(".")
            ),
        ));
    };
    if name.starts_with("##") {
        return Err(Error::new(
            ErrorKind::NotSupported,
            format!(
                "{name} would be a global temporary table; a temporary table is its connection's own, \
                 write one # only"
            ),
        ));
    }
    match is_mailbox_table(name) {
        true => Err(Error::new(
            ErrorKind::TableExists,
            format!("{name} is already a table of Exchange; choose another name"),
        )),
        false => Ok(name),
    }
}

/// The temporary table of this name. Tables of Exchange cannot be changed.
fn changeable(
    connection: &Connection,
    table: &TableName,
    what: &str,
) -> Result<Arc<TemporaryTable>, Error> {
    let not_found = || table_not_found(connection, &table.join("."));
    match table.as_slice() {
        [.., name] if is_mailbox_table(name) => Err(text::read_only(&format!("{what} of {name}"))),
        [name] => connection.temporary.get(name).ok_or_else(not_found),
        [schema, view] if information_schema::is_view(schema, view) => {
            Err(text::read_only(&format!("{what} of {schema}.{view}")))
        }
        _ => Err(not_found()),
    }
}

/// `IF EXISTS`: a missing table is not an error.
fn forgive(dropped: Result<bool, Error>, if_exists: bool) -> Result<(), Error> {
    match dropped {
        Err(error) if !(if_exists && error.kind == ErrorKind::TableNotFound) => Err(error),
        _ => Ok(()),
    }
}
