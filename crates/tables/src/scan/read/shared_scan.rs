//! A scan, as its running streams share it.

use super::usage::Usage;
use crate::GraphSource;
use crate::local_times::LocalTimes;
use crate::scan::late::example::Example;
use crate::scan::late::join_keys::JoinKeys;
use crate::scan::late::subquery_values::SubqueryValues;
use crate::scan::plan::scan::Scan;
use datafusion::arrow::compute::filter_record_batch;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::record_batch::{RecordBatch, RecordBatchOptions};
use datafusion::common::cast::as_boolean_array;
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr::utils::collect_columns;
use exchange_graph::Client;
use std::sync::Arc;

/// A scan with its columns, conditions and client: its plan node and running streams share it.
#[derive(Clone, Debug)]
pub struct SharedScan {
    pub source: Arc<GraphSource>,
    pub scan: Scan,
    /// All columns to read.
    pub read_schema: SchemaRef,
    /// The columns of the result: the first `width` of the read ones.
    pub schema: SchemaRef,
    pub width: usize,
    /// All conditions of the statement on this table, over the read columns.
    pub predicate: Option<Arc<dyn PhysicalExpr>>,
    /// Keys that joins will provide.
    pub joins: JoinKeys,
    /// Values that subqueries provide before the scan starts.
    pub subqueries: SubqueryValues,
    /// How the times of the rows are shown; `None` as they come.
    pub local: Option<LocalTimes>,
    /// Counts what is read.
    pub usage: Arc<Usage>,
    /// Sends the requests, and counts them there.
    pub client: Client,
}

impl SharedScan {
    /// The scan as if joins and subqueries had provided one value each, for `EXPLAIN`.
    pub fn example(&self, key: &str) -> Example {
        let mut example = self.joins.example(&self.scan, key);
        self.subqueries.show(&mut example);
        example
    }

    /// The columns of the scan, as they are shown, without those that a reader decoded for its own use.
    pub fn read_columns(&self, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        let columns = batch.columns()[..self.read_schema.fields().len()].to_vec();
        let rows = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        let rows =
            RecordBatch::try_new_with_options(Arc::clone(&self.read_schema), columns, &rows)?;
        Ok(match &self.local {
            Some(local) => local.show(&rows),
            None => rows,
        })
    }

    /// Whether the predicate concerns the column at this place.
    pub fn checks(&self, place: usize) -> bool {
        let predicate = self.predicate.iter();
        let mut columns = predicate.flat_map(collect_columns);
        columns.any(|column| column.index() == place)
    }

    /// The rows that meet the whole predicate.
    pub fn check(&self, batch: RecordBatch) -> datafusion::common::Result<RecordBatch> {
        let Some(predicate) = &self.predicate else {
            return Ok(batch);
        };
        let verdict = predicate.evaluate(&batch)?.into_array(batch.num_rows())?;
        Ok(filter_record_batch(&batch, as_boolean_array(&verdict)?)?)
    }

    /// The columns of the result, without those that only the predicate needed.
    pub fn output(&self, batch: &RecordBatch) -> datafusion::common::Result<RecordBatch> {
        let columns = batch.columns()[..self.width].to_vec();
        let rows = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        Ok(RecordBatch::try_new_with_options(
            Arc::clone(&self.schema),
            columns,
            &rows,
        )?)
    }
}
