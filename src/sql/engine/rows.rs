//! A running statement: batches on their way to the application.

use super::{blocking, errors};
use crate::graph::runtime;
use crate::sql::{Column, Error, ExecuteOptions, Rows, Warning};
use crate::tables::Warnings;
use crate::tables::arrow_schema::arrow_type;
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::compute::{CastOptions, cast_with_options};
use datafusion::arrow::datatypes::{Field, Schema, SchemaRef};
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::record_batch::{RecordBatch, RecordBatchOptions};
use datafusion::error::DataFusionError;
use datafusion::execution::SendableRecordBatchStream;
use futures::StreamExt;
use std::future::Future;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Instant;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

/// Batches that may wait for the application. Two keep the engine busy while one is read; more would
/// only use memory.
const BATCHES_AHEAD: usize = 2;

/// Rows of a running query.
pub struct EngineRows {
    batches: mpsc::Receiver<Result<RecordBatch, Error>>,
    room: Arc<Semaphore>,
    task: JoinHandle<()>,
    warnings: Warnings,
    finished: bool,
}

impl EngineRows {
    /// Starts `stream` (a future that gives the stream of batches) and reads it ahead of the
    /// application, until the end, an error or the cancellation. How long the application takes
    /// between two batches does not matter.
    pub fn start<F>(
        stream: F,
        columns: Arc<[Column]>,
        options: &ExecuteOptions,
        warnings: Warnings,
    ) -> Self
    where
        F: Future<Output = Result<SendableRecordBatchStream, Error>> + Send + 'static,
    {
        let (sender, batches) = mpsc::channel();
        let room = Arc::new(Semaphore::new(BATCHES_AHEAD));
        let work = pump(
            stream,
            columns,
            options.max_rows,
            sender.clone(),
            Arc::clone(&room),
        );
        let cancellation = options.cancellation.clone();
        let task = runtime::handle().spawn(async move {
            tokio::select! {
                biased;
                () = cancellation.cancelled() => {
                    let _ = sender.send(Err(blocking::cancelled()));
                }
                () = work => {}
            }
        });
        Self {
            batches,
            room,
            task,
            warnings,
            finished: false,
        }
    }
}

impl Rows for EngineRows {
    fn next(&mut self, deadline: Option<Instant>) -> Result<Option<RecordBatch>, Error> {
        if self.finished {
            return Ok(None);
        }
        match blocking::receive(&self.batches, deadline) {
            Ok(Ok(batch)) => {
                self.room.add_permits(1);
                Ok(Some(batch))
            }
            Ok(Err(error)) => {
                self.finished = true;
                Err(error)
            }
            Err(RecvTimeoutError::Timeout) => {
                self.finished = true;
                self.task.abort();
                Err(blocking::timed_out())
            }
            Err(RecvTimeoutError::Disconnected) => {
                self.finished = true;
                Ok(None)
            }
        }
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
        self.task.abort();
    }
}

/// Reads the stream; each batch waits for room before it is sent. A panic inside the engine ends the
/// statement with an error, not with a short result.
async fn pump<F>(
    stream: F,
    columns: Arc<[Column]>,
    max_rows: Option<u64>,
    sender: mpsc::Sender<Result<RecordBatch, Error>>,
    room: Arc<Semaphore>,
) where
    F: Future<Output = Result<SendableRecordBatchStream, Error>> + Send,
{
    let read = read(stream, columns, max_rows, &sender, &room);
    let outcome = futures::FutureExt::catch_unwind(std::panic::AssertUnwindSafe(read)).await;
    if let Err(error) = outcome.unwrap_or_else(|_| Err(blocking::ended_early())) {
        let _ = sender.send(Err(error));
    }
}

async fn read<F>(
    stream: F,
    columns: Arc<[Column]>,
    max_rows: Option<u64>,
    sender: &mpsc::Sender<Result<RecordBatch, Error>>,
    room: &Semaphore,
) -> Result<(), Error>
where
    F: Future<Output = Result<SendableRecordBatchStream, Error>> + Send,
{
    let mut left = max_rows.filter(|rows| *rows > 0).unwrap_or(u64::MAX);
    let mut stream = stream.await?;
    let schema = canonical_schema(&columns);
    while left > 0 {
        let Ok(permit) = room.acquire().await else {
            return Ok(());
        };
        permit.forget();
        let batch = loop {
            match stream
                .next()
                .await
                .transpose()
                .map_err(|error| errors::to_error(&error))?
            {
                Some(batch) if batch.num_rows() == 0 => {}
                Some(batch) => break batch,
                None => return Ok(()),
            }
        };
        let rows = usize::try_from(left)
            .unwrap_or(usize::MAX)
            .min(batch.num_rows());
        left -= rows as u64;
        let batch = canonical(&batch.slice(0, rows), &columns, &schema)
            .map_err(|error| errors::to_error(&DataFusionError::from(error)))?;
        if sender.send(Ok(batch)).is_err() {
            return Ok(());
        }
    }
    Ok(())
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
#[path = "rows_tests.rs"]
mod tests;
