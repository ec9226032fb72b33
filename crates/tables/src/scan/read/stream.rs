//! The rows of a scan on their way to the engine.
//!
//! Readers work in tasks of their own, one page ahead of the engine. They check the rows against the
//! whole predicate, and end as soon as the rows are enough or nobody wants them any more.

use super::delivery::Delivery;
use super::mailboxes;
use super::shared::Shared;
use crate::definition::Scope;
use crate::scan::plan::order;
use crate::scan::plan::scan::{Order, Scan};
use crate::{Error, Warnings};
use datafusion::arrow::compute::{SortOptions, concat_batches, sort_to_indices, take_record_batch};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::error::{DataFusionError, Result};
use datafusion::execution::SendableRecordBatchStream;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use exchange_config::OnMailboxError;
use exchange_graph::{self as graph, runtime};
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// Decoded pages that may wait for the engine.
const PAGES_AHEAD: usize = 1;

/// Starts reading and gives the batches.
pub fn start(shared: &Arc<Shared>, warnings: Warnings) -> SendableRecordBatchStream {
    let schema = Arc::clone(&shared.schema);
    let mut scan = shared.scan.clone();
    shared.subqueries.narrow(&mut scan);
    // What joins will tell is worth waiting for; everything else is read at once.
    let at_once = shared.joins.is_empty();
    let state = State {
        left: scan.limit.unwrap_or(usize::MAX),
        reading: at_once.then(|| Reading::start(shared, scan.clone(), &warnings)),
        scan,
        shared: Arc::clone(shared),
        warnings,
        delivered: false,
        holds: may_warn(shared),
        held: None,
    };
    let batches = futures::stream::try_unfold(state, |mut state| async move {
        Ok(state.next_to_deliver().await?.map(|batch| (batch, state)))
    });
    Box::pin(RecordBatchStreamAdapter::new(schema, batches))
}

/// Whether there may be something to say at the end: mailboxes that were left out, a search that found as
/// much as it can.
fn may_warn(shared: &Shared) -> bool {
    let skips = shared.source.settings().on_mailbox_error == OnMailboxError::Skip;
    let in_mailbox = shared.scan.table.scope == Scope::Mailbox;
    in_mailbox && skips || shared.scan.pushed.searches_mail()
}

/// Tasks that read pages; dropping it ends them.
struct Reading {
    batches: mpsc::Receiver<std::result::Result<RecordBatch, Error>>,
    _tasks: JoinSet<()>,
}

impl Reading {
    fn start(shared: &Arc<Shared>, scan: Scan, warnings: &Warnings) -> Self {
        shared.usage.begun();
        let (sender, batches) = mpsc::channel(PAGES_AHEAD);
        let delivery = Delivery::new(sender, scan.limit);
        let mut tasks = JoinSet::new();
        let read = mailboxes::read(Arc::clone(shared), scan, warnings.clone(), delivery);
        // Not beside the engine, which may compute for long while Graph waits to be read.
        tasks.spawn_on(read, &runtime::handle());
        Self {
            batches,
            _tasks: tasks,
        }
    }
}

struct State {
    shared: Arc<Shared>,
    /// What is read: the statement's scan, narrowed by its joins.
    scan: Scan,
    warnings: Warnings,
    reading: Option<Reading>,
    left: usize,
    delivered: bool,
    /// Whether a batch waits for the next one, so that what there is to say is said with rows: few
    /// applications look for it at the end of the data.
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
        if self.reading.is_none() && self.left > 0 {
            self.shared.joins.narrow(&mut self.scan).await?;
            if let Some(order) = self.lost_order() {
                return self.read_and_sort(order).await;
            }
        }
        while self.left > 0 {
            let received = self.reading().recv().await;
            self.shared.usage.at_work();
            let batch = match received {
                None => return Ok(None),
                Some(Ok(batch)) => batch,
                Some(Err(error)) if error.is_refused_query() && self.can_fall_back() => {
                    tracing::warn!(
                        error = error.for_log(),
                        "Graph refused the query; reading without it"
                    );
                    self.shared.usage.refused();
                    return self.fall_back().await;
                }
                Some(Err(error)) => return Err(external(self.told(error))),
            };
            if batch.num_rows() > 0 {
                return self.deliver(batch).map(Some);
            }
        }
        Ok(None)
    }

    /// What the readers send; begins to read when nothing is being read.
    fn reading(&mut self) -> &mut mpsc::Receiver<std::result::Result<RecordBatch, Error>> {
        let start = || Reading::start(&self.shared, self.scan.clone(), &self.warnings);
        &mut self.reading.get_or_insert_with(start).batches
    }

    fn deliver(&mut self, batch: RecordBatch) -> Result<RecordBatch> {
        let batch = batch.slice(0, batch.num_rows().min(self.left));
        self.left -= batch.num_rows();
        self.delivered = true;
        self.shared.usage.given(batch.num_rows());
        self.shared.output(&batch)
    }

    /// The order that Graph was to give, when joins made several collections of one.
    fn lost_order(&mut self) -> Option<Order> {
        let lost = self.scan.order.is_some()
            && !order::is_one_collection(&self.scan, self.shared.source.settings());
        self.scan.order.take_if(|_| lost)
    }

    /// A query that is refused with all else left out is refused for its search.
    fn told(&self, error: Error) -> Error {
        match error {
            Error::Graph(error)
                if self.scan.pushed.search.is_some()
                    && error.kind() == graph::ErrorKind::QueryRefused =>
            {
                Error::SearchRefused(error)
            }
            other => other,
        }
    }

    /// Only before the first row: later, rows would come twice.
    fn can_fall_back(&self) -> bool {
        !self.delivered && (self.scan.pushed.filters() || self.scan.order.is_some())
    }

    /// The same rows without `$filter` and `$orderby`: all of them are read, checked, sorted.
    async fn fall_back(&mut self) -> Result<Option<RecordBatch>> {
        self.scan.pushed.without_filter();
        self.reading = None;
        if let Some(order) = self.scan.order.take() {
            return self.read_and_sort(order).await;
        }
        // What joins tell is known already.
        self.reading();
        Box::pin(self.next()).await
    }

    /// All rows at once, in an order that Graph does not give.
    async fn read_and_sort(&mut self, order: Order) -> Result<Option<RecordBatch>> {
        // Without the order, the rows that are wanted may be the last to come.
        self.scan.limit = None;
        self.reading = None;
        let mut batches = Vec::new();
        while let Some(batch) = self.reading().recv().await {
            self.shared.usage.at_work();
            match batch {
                Ok(batch) => batches.push(batch),
                Err(error) if error.is_refused_query() && self.scan.pushed.filters() => {
                    batches.clear();
                    self.shared.usage.refused();
                    self.scan.pushed.without_filter();
                    self.reading = None;
                }
                Err(error) => return Err(external(error)),
            }
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

fn external(error: Error) -> DataFusionError {
    match error {
        Error::Engine(error) => *error,
        other => DataFusionError::External(Box::new(other)),
    }
}
