//! The rows of a scan on their way to the engine.
//!
//! Readers work in tasks of their own, one page ahead of the engine. They check the rows against the
//! whole predicate, and end as soon as the rows are enough or nobody wants them any more.

use super::Scan;
use super::delivery::Delivery;
use super::exec::Shared;
use super::reader;
use crate::config::OnMailboxError;
use crate::tables::definition::Scope;
use crate::tables::{Error, Warnings};
use datafusion::arrow::compute::SortOptions;
use datafusion::arrow::compute::{
    concat_batches, filter_record_batch, sort_to_indices, take_record_batch,
};
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::record_batch::{RecordBatch, RecordBatchOptions};
use datafusion::common::cast::as_boolean_array;
use datafusion::error::{DataFusionError, Result};
use datafusion::execution::SendableRecordBatchStream;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// Decoded pages that may wait for the engine.
const PAGES_AHEAD: usize = 1;

/// Starts reading and gives the batches.
pub fn start(shared: &Arc<Shared>, warnings: Warnings) -> SendableRecordBatchStream {
    let schema = Arc::clone(&shared.schema);
    let state = State {
        left: shared.scan.limit.unwrap_or(usize::MAX),
        reading: Reading::start(shared, shared.scan.clone(), &warnings),
        shared: Arc::clone(shared),
        warnings,
        delivered: false,
        holds: shared.scan.table.scope == Scope::Mailbox
            && shared.source.settings().on_mailbox_error == OnMailboxError::Skip,
        held: None,
    };
    let batches = futures::stream::try_unfold(state, |mut state| async move {
        Ok(state.next_to_deliver().await?.map(|batch| (batch, state)))
    });
    Box::pin(RecordBatchStreamAdapter::new(schema, batches))
}

/// Tasks that read pages; dropping it ends them.
struct Reading {
    batches: mpsc::Receiver<std::result::Result<RecordBatch, Error>>,
    _tasks: JoinSet<()>,
}

impl Reading {
    fn start(shared: &Arc<Shared>, scan: Scan, warnings: &Warnings) -> Self {
        let (sender, batches) = mpsc::channel(PAGES_AHEAD);
        let delivery = Delivery::new(sender, scan.limit);
        let mut tasks = JoinSet::new();
        tasks.spawn(reader::read(
            Arc::clone(shared),
            scan,
            warnings.clone(),
            delivery,
        ));
        Self {
            batches,
            _tasks: tasks,
        }
    }
}

struct State {
    shared: Arc<Shared>,
    warnings: Warnings,
    reading: Reading,
    left: usize,
    delivered: bool,
    /// Whether a batch waits for the next one, so that what there is to say about mailboxes that were
    /// left out is said with rows: few applications look for it at the end of the data.
    holds: bool,
    held: Option<RecordBatch>,
}

impl State {
    async fn next_to_deliver(&mut self) -> Result<Option<RecordBatch>> {
        loop {
            let batch = self.next().await?;
            let ended = batch.is_none();
            let ready = match self.holds {
                true => std::mem::replace(&mut self.held, batch),
                false => batch,
            };
            if ready.is_some() || ended {
                return Ok(ready);
            }
        }
    }

    async fn next(&mut self) -> Result<Option<RecordBatch>> {
        while self.left > 0 {
            let batch = match self.reading.batches.recv().await {
                None => return Ok(None),
                Some(Ok(batch)) => batch,
                Some(Err(error)) if error.is_refused_query() && self.can_fall_back() => {
                    tracing::warn!(%error, "Graph refused the query; reading without it");
                    return self.fall_back().await;
                }
                Some(Err(error)) => return Err(external(error)),
            };
            if batch.num_rows() > 0 {
                return self.deliver(batch).map(Some);
            }
        }
        Ok(None)
    }

    fn deliver(&mut self, batch: RecordBatch) -> Result<RecordBatch> {
        let batch = batch.slice(0, batch.num_rows().min(self.left));
        self.left -= batch.num_rows();
        self.delivered = true;
        self.shared.output(&batch)
    }

    /// Only before the first row: later, rows would come twice.
    fn can_fall_back(&self) -> bool {
        let scan = &self.shared.scan;
        !self.delivered && (!scan.pushed.terms.is_empty() || scan.order.is_some())
    }

    /// The same rows without `$filter` and `$orderby`: all of them are read, checked, sorted.
    async fn fall_back(&mut self) -> Result<Option<RecordBatch>> {
        let mut scan = self.shared.scan.clone();
        scan.pushed.terms.clear();
        scan.pushed.exact = false;
        let order = scan.order.take();
        if order.is_some() {
            // Without the order, the rows that are wanted may be the last to come.
            scan.limit = None;
        }
        self.reading = Reading::start(&self.shared, scan, &self.warnings);
        let Some(order) = order else {
            return Box::pin(self.next()).await;
        };
        let mut batches = Vec::new();
        while let Some(batch) = self.reading.batches.recv().await {
            batches.push(batch.map_err(external)?);
        }
        let all = concat_batches(&self.shared.read_schema, &batches)?;
        let column = all.column_by_name(&order.column.name.to_lowercase());
        let column = column.ok_or_else(|| {
            DataFusionError::Internal("the sorted column was not read".to_owned())
        })?;
        // NULLs are the lowest values, as the session has it.
        let options = SortOptions {
            descending: order.descending,
            nulls_first: !order.descending,
        };
        let sorted = take_record_batch(&all, &sort_to_indices(column, Some(options), None)?)?;
        let batch = self.deliver(sorted)?;
        // Everything is in this one batch.
        self.left = 0;
        Ok((batch.num_rows() > 0).then_some(batch))
    }
}

impl Shared {
    /// The columns of the scan, without those that a reader decoded for itself.
    pub fn read_columns(
        &self,
        batch: &RecordBatch,
    ) -> std::result::Result<RecordBatch, ArrowError> {
        let columns = batch.columns()[..self.read_schema.fields().len()].to_vec();
        let rows = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        RecordBatch::try_new_with_options(Arc::clone(&self.read_schema), columns, &rows)
    }

    /// The rows that meet the whole predicate.
    pub fn check(&self, batch: RecordBatch) -> Result<RecordBatch> {
        let Some(predicate) = &self.predicate else {
            return Ok(batch);
        };
        let verdict = predicate.evaluate(&batch)?.into_array(batch.num_rows())?;
        Ok(filter_record_batch(&batch, as_boolean_array(&verdict)?)?)
    }

    /// The columns of the result, without those that only the predicate needed.
    fn output(&self, batch: &RecordBatch) -> Result<RecordBatch> {
        let columns = batch.columns()[..self.width].to_vec();
        let rows = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        Ok(RecordBatch::try_new_with_options(
            Arc::clone(&self.schema),
            columns,
            &rows,
        )?)
    }
}

fn external(error: Error) -> DataFusionError {
    match error {
        Error::Engine(error) => *error,
        other => DataFusionError::External(Box::new(other)),
    }
}
