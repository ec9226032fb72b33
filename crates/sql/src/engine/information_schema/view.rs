//! A view as a table of the engine.

use super::views::{NAME, View};
use crate::engine::all_tables::AllTables;
use crate::listing::Listing;
use crate::{Column, TableInfo, result_columns};
use datafusion::arrow::datatypes::{Schema, SchemaRef};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::catalog::{MemTable, Session, TableProvider};
use datafusion::common::{Result, exec_datafusion_err};
use datafusion::logical_expr::{Expr, TableType};
use datafusion::physical_plan::ExecutionPlan;
use exchange_tables::arrow_schema::SCHEMA;
use std::sync::Arc;

/// The type that `SQLTables` reports.
const TABLE_TYPE: &str = "SYSTEM VIEW";

#[derive(Debug)]
pub struct ViewTable {
    view: &'static View,
    schema: SchemaRef,
    tables: Arc<AllTables>,
}

impl ViewTable {
    pub fn new(view: &'static View, tables: Arc<AllTables>) -> Self {
        let fields = view.columns().into_iter().map(|column| {
            let field = result_columns::result_field(&column).with_name(column.name.to_lowercase());
            let mut metadata = field.metadata().clone();
            metadata.insert(SCHEMA.to_owned(), NAME.to_owned());
            field.with_metadata(metadata)
        });
        Self {
            view,
            schema: Arc::new(Schema::new(fields.collect::<Vec<_>>())),
            tables,
        }
    }
}

impl View {
    /// Its columns, in upper case as the standard has them.
    pub fn columns(&self) -> Vec<Column> {
        let mut columns = Listing::new(self.headings).columns();
        for column in &mut columns {
            column.base = Some((self.name.to_owned(), column.name.clone()));
        }
        columns
    }

    pub fn info(&self) -> TableInfo {
        TableInfo {
            schema: Some(NAME),
            name: self.name.to_owned(),
            table_type: TABLE_TYPE,
            remarks: self.remarks.to_owned(),
            columns: self.columns(),
            primary_key: Vec::new(),
            unique_keys: Vec::new(),
            foreign_keys: Vec::new(),
            cardinality: None,
        }
    }
}

#[async_trait::async_trait]
impl TableProvider for ViewTable {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn table_type(&self) -> TableType {
        TableType::View
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let mut listing = Listing::new(self.view.headings);
        (self.view.list)(&self.tables.infos(), &mut listing);
        let batch = listing.into_batch();
        let batch = batch.map_err(|error| exec_datafusion_err!("{error}"))?;
        let named = batch
            .map(|batch| RecordBatch::try_new(Arc::clone(&self.schema), batch.columns().to_vec()));
        let batches = named.transpose()?.into_iter().collect();
        let rows = MemTable::try_new(Arc::clone(&self.schema), vec![batches])?;
        rows.scan(state, projection, filters, limit).await
    }
}
