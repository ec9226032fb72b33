//! Rows on their way from a reader to the engine. Values that take a request for each row are read here, as many at once as
//! Graph takes of a mailbox.

use super::delivery::Flow;
use super::reader::{Prepared, Reader};
use crate::Error;
use crate::scan::plan::values::{self, Values};
use datafusion::arrow::array::{ArrayRef, AsArray, BinaryBuilder, UInt32Array};
use datafusion::arrow::compute::take;
use datafusion::arrow::record_batch::{RecordBatch, RecordBatchOptions};
use exchange_graph::PER_MAILBOX;
use futures::stream::{self, StreamExt};
use std::sync::Arc;

/// Rows go to the engine as soon as their values have so many bytes: a message may have over a hundred million.
const ENOUGH: usize = 8 << 20;

/// The outcome of a batch of rows.
#[derive(Clone, Copy, Debug)]
pub struct Delivered {
    pub flow: Flow,
    /// Rows that were not delivered before.
    pub new: usize,
}

impl Reader {
    /// Delivers the rows that meet the whole predicate, except those that were delivered before.
    pub async fn deliver(&self, batch: RecordBatch) -> Delivered {
        let prepared = self.prepare(batch);
        let new = prepared.new;
        Delivered {
            flow: self.send(prepared).await,
            new,
        }
    }

    pub async fn send(&self, prepared: Prepared) -> Flow {
        let (Some(values), Ok(rows)) = (self.values, &prepared.rows) else {
            return self.send_complete(prepared.rows).await;
        };
        match send(self, values, rows).await {
            Ok(flow) => flow,
            Err(error) => {
                self.fail(error);
                Flow::Enough
            }
        }
    }

    /// Passes rows on. The next page is asked for meanwhile, unless a limit may be reached with these rows.
    pub async fn send_ahead<T>(
        &self,
        prepared: Prepared,
        next: impl Future<Output = T>,
    ) -> (Flow, Option<T>) {
        match self.scan.limit {
            Some(_) => (self.send(prepared).await, None),
            None => {
                let (flow, next) = tokio::join!(self.send(prepared), next);
                (flow, Some(next))
            }
        }
    }
}

/// Reads the values of rows and passes them on. A row whose object has disappeared since it was listed is left out.
async fn send(reader: &Reader, of: Values, rows: &RecordBatch) -> Result<Flow, Error> {
    let each = values::of_each(reader.mailbox.as_deref());
    let ids = rows.column(of.id).as_string::<i32>();
    let mut next = 0;
    while next < rows.num_rows() {
        let needs = match reader.checks_values() {
            // Not every row counts.
            true => reader.needs().max(PER_MAILBOX as usize),
            false => reader.needs().max(1),
        };
        let end = rows.num_rows().min(next.saturating_add(needs));
        let requests = (next..end).map(|row| {
            let listing = each.with(ids.value(row));
            async move { (row, reader.mime(&listing).await) }
        });
        let mut found = stream::iter(requests).buffered(PER_MAILBOX as usize);
        let mut part = Part::default();
        while let Some((row, value)) = found.next().await {
            if let Some(value) = value? {
                part.add(row, &value);
            }
            if part.bytes >= ENOUGH && part.send(reader, of, rows).await? == Flow::Enough {
                return Ok(Flow::Enough);
            }
        }
        if part.send(reader, of, rows).await? == Flow::Enough {
            return Ok(Flow::Enough);
        }
        next = end;
    }
    Ok(Flow::More)
}

/// Rows with their values.
#[derive(Default)]
struct Part {
    rows: Vec<u32>,
    values: BinaryBuilder,
    bytes: usize,
}

impl Part {
    fn add(&mut self, row: usize, value: &[u8]) {
        self.rows.push(row as u32);
        self.values.append_value(value);
        self.bytes += value.len();
    }

    /// Passes the rows on, and begins again.
    async fn send(
        &mut self,
        reader: &Reader,
        of: Values,
        rows: &RecordBatch,
    ) -> Result<Flow, Error> {
        let Self {
            rows: places,
            mut values,
            ..
        } = std::mem::take(self);
        if places.is_empty() {
            return Ok(Flow::More);
        }
        let places = UInt32Array::from(places);
        let columns = rows.columns().iter().enumerate().map(|(place, column)| {
            Ok(match place == of.value {
                true => Arc::new(values.finish()) as ArrayRef,
                false => take(column, &places, None)?,
            })
        });
        let columns = columns.collect::<Result<Vec<_>, Error>>()?;
        let options = RecordBatchOptions::new().with_row_count(Some(places.len()));
        let batch = RecordBatch::try_new_with_options(rows.schema(), columns, &options)?;
        let batch = match reader.checks_values() {
            true => reader.check(batch),
            false => Ok(batch),
        };
        Ok(reader.send_complete(batch).await)
    }
}
