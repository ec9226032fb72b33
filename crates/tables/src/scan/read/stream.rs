//! The rows of a scan on their way to the engine.
//!
//! Readers run in their own tasks, one page ahead of the engine. They check the rows against the
//! whole predicate, and end as soon as there are enough rows or nobody needs them any more.

use super::delivery::Delivery;
use super::local_order::{LocalOrder, Sorter};
use super::mailboxes;
use super::shared_scan::SharedScan;
use crate::definition::{Collection, Scope};
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

/// Starts reading and returns the batches.
pub fn start(shared: &Arc<SharedScan>, warnings: Warnings) -> SendableRecordBatchStream {
    let schema = Arc::clone(&shared.schema);
    let mut scan = shared.scan.clone();
    shared.subqueries.narrow(&mut scan);
    // Only keys of joins are worth waiting for; otherwise reading starts at once.
    let at_once = shared.joins.is_empty();
    let state = State {
        left: scan.limit.unwrap_or(usize::MAX),
        reading: at_once.then(|| Reading::start(shared, scan.clone(), &warnings)),
        sorter: LocalOrder::of(&scan).map(Sorter::new),
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

/// Whether there may be a warning at the end: mailboxes that were left out, a search that reached
/// its limit, names that are concealed, refused properties.
fn may_warn(shared: &SharedScan) -> bool {
    let scan = &shared.scan;
    let skips = shared.source.settings().on_mailbox_error == OnMailboxError::Skip;
    let leaves_out = skips && scan.table.scope == Scope::Mailbox;
    let is_report = matches!(scan.table.collection, Collection::Report(_));
    leaves_out || is_report || scan.pushed.searches_mail() || scan.selects_refusable()
}

/// Tasks that read pages; dropping it ends them.
struct Reading {
    batches: mpsc::Receiver<std::result::Result<RecordBatch, Error>>,
    _tasks: JoinSet<()>,
}

impl Reading {
    fn start(shared: &Arc<SharedScan>, scan: Scan, warnings: &Warnings) -> Self {
        shared.usage.begun();
        let (sender, batches) = mpsc::channel(PAGES_AHEAD);
        let delivery = Delivery::new(sender, scan.limit).ordered(LocalOrder::of(&scan));
        let mut tasks = JoinSet::new();
        let read = mailboxes::read(Arc::clone(shared), scan, warnings.clone(), delivery);
        // Not on the engine's thread, which may compute for long while Graph waits.
        tasks.spawn_on(read, &runtime::handle());
        Self {
            batches,
            _tasks: tasks,
        }
    }
}

struct State {
    shared: Arc<SharedScan>,
    /// The statement's scan, restricted by its joins.
    scan: Scan,
    warnings: Warnings,
    reading: Option<Reading>,
    /// Puts the rows into the order of the statement, where Graph's is another.
    sorter: Option<Sorter>,
    left: usize,
    delivered: bool,
    /// Whether a batch waits for the next one, so that warnings come together with rows: few
    /// applications look for them at the end of the data.
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
                None => return self.rest(),
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
            let batch = match &mut self.sorter {
                Some(sorter) => sorter.next(batch)?,
                None => Some(batch),
            };
            if let Some(batch) = batch.filter(|batch| batch.num_rows() > 0) {
                return self.deliver(batch).map(Some);
            }
        }
        Ok(None)
    }

    /// The rows that waited for others.
    fn rest(&mut self) -> Result<Option<RecordBatch>> {
        let rest = self.sorter.as_mut().map(Sorter::rest).transpose()?;
        rest.flatten().map(|rest| self.deliver(rest)).transpose()
    }

    /// The output of the readers; starts reading if necessary.
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

    /// The order that Graph was to provide, lost because joins made several collections of one.
    fn lost_order(&mut self) -> Option<Order> {
        let lost = self.scan.order.is_some()
            && !order::is_one_collection(&self.scan, self.shared.source.settings());
        self.scan.order.take_if(|_| lost)
    }

    /// A query that is refused without all other options is refused because of its search.
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

    /// Only before the first row, because later rows would come twice.
    fn can_fall_back(&self) -> bool {
        !self.delivered && (self.scan.pushed.filters() || self.scan.order.is_some())
    }

    /// Reads the same rows without `$filter` and `$orderby`: all rows, checked and sorted here.
    async fn fall_back(&mut self) -> Result<Option<RecordBatch>> {
        self.scan.pushed.without_filter();
        self.reading = None;
        self.sorter = None;
        if let Some(order) = self.scan.order.take() {
            return self.read_and_sort(order).await;
        }
        // The keys of joins are already known.
        self.reading();
        Box::pin(self.next()).await
    }

    /// All rows at once, in an order that Graph does not provide.
    async fn read_and_sort(&mut self, order: Order) -> Result<Option<RecordBatch>> {
        // Without the order, the needed rows may be the last to come.
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
        // NULLs are the lowest values, as in the session.
        let options = SortOptions {
            descending: order.descending,
            nulls_first: !order.descending,
        };
        let sorted = take_record_batch(&all, &sort_to_indices(column, Some(options), None)?)?;
        let batch = self.deliver(sorted)?;
        // All rows are in this one batch.
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
