//! Graph's JSON, and its files of comma-separated values, directly into Arrow.
//!
//! A [`Decoder`] is made once for a table and the columns of a scan. It walks through the bytes of
//! a reply once and appends each value to its column. It skips everything else unread, and builds
//! no tree of the JSON. It does not follow pages, drop duplicate rows or wait for the network.

mod cells;
mod context;
mod elements;
mod error;
mod expecting;
mod file;
mod json;
mod leaf;
mod lists;
mod page;
mod plan;
mod properties;
mod proxy;
mod reply;
mod rows;
mod visit;

#[cfg(test)]
mod tests;

pub use context::{Collections, DecodeOptions, FolderContext, MOST_ROWS, RowContext};
pub use elements::ElementRows;
pub use error::DecodeError;
pub use file::File;
pub use page::{PageSeed, Sink};

use super::arrow_schema;
use super::definition::{Report, Table};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::record_batch::RecordBatch;
use plan::Plan;
use rows::Rows;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;

/// One reply that lists rows.
#[derive(Debug)]
pub struct Page {
    pub batch: RecordBatch,
    /// The link to the next page; `None` on the last one.
    pub next_link: Option<String>,
}

/// Turns replies about one table into record batches of some columns.
#[derive(Debug)]
pub struct Decoder {
    plan: Plan,
    schema: SchemaRef,
    /// The bytes of each column's texts in the last page. The next one has about as many, and texts that have room from
    /// the beginning are neither moved nor take up to twice their memory.
    bytes: Vec<AtomicUsize>,
}

impl Decoder {
    /// A decoder for the columns with these indices, in this order.
    pub fn new(table: &'static Table, columns: &[usize], options: DecodeOptions) -> Self {
        let plan = Plan::new(table, columns, options);
        Self {
            bytes: plan.columns.iter().map(|_| AtomicUsize::new(0)).collect(),
            plan,
            schema: Arc::new(arrow_schema::schema_of(table, columns)),
        }
    }

    /// The schema of every batch.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// Decodes a reply that lists rows in `value`.
    pub fn page(&self, page: &[u8], context: &RowContext) -> Result<Page, DecodeError> {
        let room = |column: usize| {
            let last = self.bytes[column].load(Relaxed);
            (last + last / 16).min(page.len())
        };
        let new = || Rows::new(&self.plan, context, room);
        let (rows, next_link) = match reply::read_usual_page(new(), page) {
            Some(read) => read,
            None => reply::read_page(new(), page)?,
        };
        for (last, bytes) in self.bytes.iter().zip(rows.bytes()) {
            last.store(bytes, Relaxed);
        }
        let batch = rows.finish(&self.schema)?;
        Ok(Page { batch, next_link })
    }

    /// Decodes a reply that is itself one row.
    pub fn entity(&self, reply: &[u8], context: &RowContext) -> Result<RecordBatch, DecodeError> {
        self.objects([reply], context)
    }

    /// Decodes single rows, for example the bodies of a batch.
    pub fn objects<'a>(
        &self,
        objects: impl IntoIterator<Item = &'a [u8]>,
        context: &RowContext,
    ) -> Result<RecordBatch, DecodeError> {
        let mut rows = Rows::new(&self.plan, context, |_| 0);
        for object in objects {
            reply::read_object(&mut rows, object)?;
        }
        rows.finish(&self.schema)
    }

    /// Decodes a file of comma-separated values.
    pub fn file(
        &self,
        report: &Report,
        file: &[u8],
        context: &RowContext,
    ) -> Result<File, DecodeError> {
        file::read((&self.plan, &self.schema), report, file, context)
    }

    /// Rows that are the elements of lists.
    pub fn elements<'d>(&'d self, context: &'d RowContext) -> ElementRows<'d> {
        ElementRows::new(&self.plan, &self.schema, context)
    }
}
