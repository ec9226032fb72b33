//! Graph's JSON directly into Arrow.
//!
//! A [`Decoder`] is made once for a table and the columns of a scan. It walks through the bytes of
//! a reply once and appends each value to its column. It skips everything else unread, and builds
//! no tree of the JSON. It does not follow pages, drop duplicate rows or wait for the network.

mod cells;
mod error;
mod leaf;
mod lists;
mod page;
mod plan;
mod rows;
mod visit;

#[cfg(test)]
mod tests;

pub use error::DecodeError;
pub use page::{PageSeed, Sink};

use super::arrow_schema;
use super::definition::Table;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::record_batch::RecordBatch;
use plan::Plan;
use rows::Rows;
use std::collections::HashMap;
use std::sync::Arc;

/// Maximum number of rows of one reply. Graph sends a thousand at most (docs/graph.md#page-sizes),
/// or all attachments of a message.
pub const MOST_ROWS: usize = 100_000;

/// The format of multi-valued columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Collections {
    /// As one readable text: `Ann <ann@x.org>; bob@x.org`.
    #[default]
    Text,
    /// As the JSON that Graph sent, without white space.
    Json,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DecodeOptions {
    pub collections: Collections,
}

/// The scan's facts about all rows of a reply.
#[derive(Clone, Debug, Default)]
pub struct RowContext {
    /// The mailbox as the statement names it.
    pub mailbox: String,
    pub message_id: Option<String>,
    pub calendar_id: Option<String>,
    /// The folder of the reply's rows; `None` if unknown.
    pub folder: Option<FolderContext>,
    /// Graph's names for default folders, by the folder's id.
    pub well_known_names: Arc<HashMap<String, String>>,
}

/// The place of folders in the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderContext {
    /// `path` of the parent folder; empty at the top.
    pub parent_path: String,
    /// Their `depth`: 1 at the top.
    pub depth: i32,
}

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
}

impl Decoder {
    /// A decoder for the columns with these indices, in this order.
    pub fn new(table: &'static Table, columns: &[usize], options: DecodeOptions) -> Self {
        Self {
            plan: Plan::new(table, columns, options),
            schema: Arc::new(arrow_schema::schema_of(table, columns)),
        }
    }

    /// The schema of every batch.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// Decodes a reply that lists rows in `value`.
    pub fn page(&self, reply: &[u8], context: &RowContext) -> Result<Page, DecodeError> {
        let mut rows = Rows::new(&self.plan, context);
        let next_link = rows.read_page(reply)?;
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
        let mut rows = Rows::new(&self.plan, context);
        for object in objects {
            rows.read_object(object)?;
        }
        rows.finish(&self.schema)
    }
}
