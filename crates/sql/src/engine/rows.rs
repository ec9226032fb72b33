//! A running statement: batches on their way to the application.

use super::{blocking, errors};
use crate::interrupts::cancelled;
use crate::{Cancellation, Column, Error, ExecuteOptions, Rows, Warning};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::compute::{CastOptions, cast_with_options};
use datafusion::arrow::datatypes::{Field, Schema, SchemaRef};
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::record_batch::{RecordBatch, RecordBatchOptions};
use datafusion::error::DataFusionError;
use datafusion::execution::SendableRecordBatchStream;
use exchange_graph::runtime;
use exchange_tables::Warnings;
use exchange_tables::column_type::arrow_type;
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use std::collections::VecDeque;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use tokio::runtime::Runtime;

/// Batches that may wait for the application. Two keep the engine busy while one is read; more
/// would only use memory.
const BATCHES_AHEAD: usize = 2;

/// Rows of a running query.
pub struct EngineRows {
    queue: Arc<Queue>,
    columns: Arc<[Column]>,
    /// Ends the work; also triggered by the application's cancellation.
    end: Cancellation,
    warnings: Warnings,
    finished: bool,
    _watch: blocking::Watch,
}

impl EngineRows {
    /// Starts `stream` (a future of the stream of batches) and reads it ahead of the application,
    /// until the end, an error or the cancellation. Pauses of the application between two batches
    /// do not matter.
    pub fn start<F>(
        stream: F,
        columns: Arc<[Column]>,
        options: &ExecuteOptions,
        warnings: Warnings,
    ) -> Self
    where
        F: Future<Output = Result<SendableRecordBatchStream, Error>> + Send + 'static,
    {
        let end = options.cancellation.child_token();
        let queue = Arc::new(Queue::default());
        let reader = Reader {
            runtime: Some(blocking::local_runtime()),
            end: end.clone(),
            batches: canonical_batches(stream, Arc::clone(&columns)).boxed(),
            left: options.max_rows.filter(|rows| *rows > 0),
        };
        Queue::read(&queue, reader);
        Self {
            _watch: blocking::when_cancelled(&options.cancellation, {
                let queue = Arc::clone(&queue);
                move || queue.cancel()
            }),
            queue,
            columns,
            end,
            warnings,
            finished: false,
        }
    }
}

impl Rows for EngineRows {
    fn columns(&self) -> Option<Arc<[Column]>> {
        Some(Arc::clone(&self.columns))
    }

    fn next(&mut self, deadline: Option<Instant>) -> Result<Option<RecordBatch>, Error> {
        if self.finished {
            return Ok(None);
        }
        let next = Queue::next(&self.queue, deadline);
        if !matches!(next, Ok(Some(_))) {
            self.finished = true;
            self.end.cancel();
        }
        next
    }

    fn affected_rows(&self) -> Option<u64> {
        None
    }

    fn take_warnings(&mut self) -> Vec<Warning> {
        self.warnings
            .take()
            .into_iter()
            .map(|message| Warning { message })
            .collect()
    }
}

impl Drop for EngineRows {
    fn drop(&mut self) {
        self.end.cancel();
    }
}

/// Batches between the thread that computes them and the application.
#[derive(Default)]
struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    ready: VecDeque<Result<RecordBatch, Error>>,
    is_cancelled: bool,
    /// No more batches will come.
    has_ended: bool,
    /// The reader, while there are enough batches. It has no thread then, so unread cursors cost
    /// none.
    resting: Option<Reader>,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn cancel(&self) {
        self.lock().is_cancelled = true;
        self.changed.notify_all();
    }

    /// Lets the reader work on its own thread until there are enough batches.
    fn read(queue: &Arc<Self>, reader: Reader) {
        let work = Work {
            queue: Arc::clone(queue),
            is_lost: true,
        };
        runtime::compute(move || work.run(reader));
    }

    fn fill(&self, mut reader: Reader) {
        loop {
            let next = reader.next();
            let mut state = self.lock();
            let goes_on = matches!(next, Ok(Some(_)));
            state.ready.extend(next.transpose());
            state.has_ended = !goes_on;
            self.changed.notify_all();
            if !goes_on {
                return;
            }
            if state.ready.len() >= BATCHES_AHEAD {
                state.resting = Some(reader);
                return;
            }
        }
    }

    /// Waits for the next batch; `None` at the end.
    fn next(queue: &Arc<Self>, deadline: Option<Instant>) -> Result<Option<RecordBatch>, Error> {
        let mut state = queue.lock();
        loop {
            if let Some(batch) = state.ready.pop_front() {
                let resting = state.resting.take();
                drop(state);
                if let Some(reader) = resting {
                    Self::read(queue, reader);
                }
                return batch.map(Some);
            }
            if state.has_ended {
                return Ok(None);
            }
            if state.is_cancelled {
                return Err(cancelled());
            }
            let Some(deadline) = deadline else {
                let waited = queue.changed.wait(state);
                state = waited.unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(blocking::timed_out());
            }
            let waited = queue.changed.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

/// A thread's work. If it is lost with its thread, the application is told that no more rows come.
struct Work {
    queue: Arc<Queue>,
    is_lost: bool,
}

impl Work {
    fn run(mut self, reader: Reader) {
        self.queue.fill(reader);
        self.is_lost = false;
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if self.is_lost {
            let mut state = self.queue.lock();
            state.has_ended = true;
            state.ready.push_back(Err(blocking::ended_early()));
            self.queue.changed.notify_all();
        }
    }
}

/// Reads the engine's stream. Its tasks live in their own runtime, which moves with it from thread
/// to thread.
struct Reader {
    runtime: Option<Runtime>,
    end: Cancellation,
    batches: BoxStream<'static, Result<RecordBatch, Error>>,
    /// Remaining rows, if their number is limited.
    left: Option<u64>,
}

impl Reader {
    /// The next rows. A panic inside the engine ends the statement with an error, not with a short result.
    fn next(&mut self) -> Result<Option<RecordBatch>, Error> {
        let (Some(runtime), false) = (&self.runtime, self.left == Some(0)) else {
            return Ok(None);
        };
        let batches = &mut self.batches;
        let read = || blocking::compute(runtime, &self.end, batches.try_next());
        let next = catch_unwind(AssertUnwindSafe(read));
        let next = next.unwrap_or_else(|_| Err(blocking::ended_early()))?;
        Ok(next.map(|batch| self.limited(batch)))
    }

    fn limited(&mut self, batch: RecordBatch) -> RecordBatch {
        let Some(left) = &mut self.left else {
            return batch;
        };
        let rows = usize::try_from(*left).unwrap_or(usize::MAX);
        let batch = batch.slice(0, rows.min(batch.num_rows()));
        *left -= batch.num_rows() as u64;
        batch
    }
}

impl Drop for Reader {
    /// The application's thread may belong to a runtime, so it must not wait for this one's end.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// The stream's non-empty batches, in the types that the ODBC layer reads.
fn canonical_batches<F>(
    stream: F,
    columns: Arc<[Column]>,
) -> impl futures::Stream<Item = Result<RecordBatch, Error>> + Send
where
    F: Future<Output = Result<SendableRecordBatchStream, Error>> + Send,
{
    let schema = canonical_schema(&columns);
    let batches = futures::stream::once(stream)
        .map_ok(|stream| stream.map_err(|error| errors::to_error(&error)));
    let batches = batches.try_flatten();
    let filled = batches.try_filter(|batch| std::future::ready(batch.num_rows() > 0));
    filled.map(move |batch| {
        canonical(&batch?, &columns, &schema)
            .map_err(|error| errors::to_error(&DataFusionError::from(error)))
    })
}

fn canonical_schema(columns: &[Column]) -> SchemaRef {
    let fields: Vec<Field> = columns
        .iter()
        .map(|column| Field::new(&column.name, arrow_type(column.column_type), true))
        .collect();
    Arc::new(Schema::new(fields))
}

/// The batch in the types that the ODBC layer reads.
fn canonical(
    batch: &RecordBatch,
    columns: &[Column],
    schema: &SchemaRef,
) -> Result<RecordBatch, ArrowError> {
    let options = CastOptions {
        safe: false,
        ..CastOptions::default()
    };
    let arrays = batch.columns().iter().zip(columns).map(|(array, column)| {
        let wanted = arrow_type(column.column_type);
        match *array.data_type() == wanted {
            true => Ok(Arc::clone(array)),
            false => cast_with_options(array, &wanted, &options),
        }
    });
    let arrays: Vec<ArrayRef> = arrays.collect::<Result<_, _>>()?;
    let rows = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    RecordBatch::try_new_with_options(Arc::clone(schema), arrays, &rows)
}

#[cfg(test)]
mod tests;
