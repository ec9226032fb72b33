//! One temporary table.

use super::keys::Key;
use super::rows::Rows;
use crate::result_columns;
use crate::{Column, Error, ErrorKind, TableInfo};
use datafusion::arrow::datatypes::{Schema, SchemaRef};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::catalog::{MemTable, Session, TableProvider};
use datafusion::common::Result as EngineResult;
use datafusion::logical_expr::{Expr, TableType};
use datafusion::physical_plan::ExecutionPlan;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The type that `SQLTables` reports.
pub const TABLE_TYPE: &str = "LOCAL TEMPORARY";

/// A table in memory. Readers see the rows at the time when reading began.
pub struct TemporaryTable {
    name: String,
    columns: Vec<Column>,
    primary_key: Vec<String>,
    unique_keys: Vec<Vec<String>>,
    schema: SchemaRef,
    rows: Mutex<Rows>,
}

impl TemporaryTable {
    /// A table without rows. Keys are lists of names of columns, matched without case.
    pub fn new(
        name: &str,
        columns: Vec<Column>,
        primary_key: &[String],
        unique_keys: &[Vec<String>],
    ) -> Result<Self, Error> {
        let mut columns = columns;
        for column in &mut columns {
            column.base = Some((name.to_owned(), column.name.clone()));
        }
        // Lower case, as every identifier of a statement is.
        let fields = columns.iter().map(|column| {
            result_columns::result_field(column).with_name(column.name.to_lowercase())
        });
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        let keys: Result<Vec<Key>, Error> = std::iter::once(primary_key)
            .chain(unique_keys.iter().map(Vec::as_slice))
            .filter(|key| !key.is_empty())
            .map(|key| {
                let indexes = key.iter().map(|name| position(&columns, name)).collect();
                Key::new(&schema, indexes)
                    .map_err(|error| Error::new(ErrorKind::NotSupported, error.to_string()))
            })
            .collect();
        let spelled = |key: &[String]| -> Vec<String> {
            let name = |name: &String| columns[position(&columns, name)].name.clone();
            key.iter().map(name).collect()
        };
        Ok(Self {
            name: name.to_owned(),
            primary_key: spelled(primary_key),
            unique_keys: unique_keys.iter().map(|key| spelled(key)).collect(),
            rows: Mutex::new(Rows::new(Arc::clone(&schema), keys?)),
            schema,
            columns,
        })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The column of this name, matched without case.
    pub fn position(&self, name: &str) -> Option<usize> {
        (self.columns.iter()).position(|column| column.name.to_lowercase() == name.to_lowercase())
    }

    /// The schema of the rows: the columns under their names in lower case.
    pub fn row_schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    /// Adds rows with the schema's types, all of them or none.
    pub fn append(&self, batches: Vec<RecordBatch>) -> Result<(), Error> {
        self.rows().append(&self.name, &self.columns, batches)
    }

    /// Adds the rows of a query with the table's columns.
    pub fn fill(&self, batches: Vec<RecordBatch>) -> Result<(), Error> {
        self.rows().fill(batches)
    }

    /// Replaces the rows by these.
    pub fn replace(&self, batches: Vec<RecordBatch>) -> Result<(), Error> {
        self.rows().replace(&self.name, &self.columns, batches)
    }

    pub fn row_count(&self) -> usize {
        self.rows().count()
    }

    /// The description of the table for the catalog functions.
    pub fn info(&self) -> TableInfo {
        TableInfo {
            schema: None,
            name: self.name.clone(),
            table_type: TABLE_TYPE,
            remarks: String::new(),
            columns: self.columns.clone(),
            primary_key: self.primary_key.clone(),
            unique_keys: self.unique_keys.clone(),
            foreign_keys: Vec::new(),
            cardinality: Some(self.row_count() as u64),
        }
    }

    /// Rows are changed all at once, so they stay whole after a panic elsewhere.
    fn rows(&self) -> MutexGuard<'_, Rows> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The position of a column of a key, which was checked when the key was read.
fn position(columns: &[Column], name: &str) -> usize {
    let lower = name.to_lowercase();
    let found = columns
        .iter()
        .position(|column| column.name.to_lowercase() == lower);
    found.unwrap_or_default()
}

impl fmt::Debug for TemporaryTable {
    /// Without the rows, which may be mail.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TemporaryTable")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

#[async_trait::async_trait]
impl TableProvider for TemporaryTable {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn table_type(&self) -> TableType {
        TableType::Temporary
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> EngineResult<Arc<dyn ExecutionPlan>> {
        let batches = self.rows().batches();
        let rows = MemTable::try_new(Arc::clone(&self.schema), vec![batches])?;
        rows.scan(state, projection, filters, limit).await
    }
}
