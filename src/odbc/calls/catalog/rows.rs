//! Lists as the results of catalog functions.

pub use exchange_sql::listing::{
    Cell, Heading, HeadingKind, Listing as Answer, integer, long_text, remarks, short, size, text,
    yes_or_no,
};

use crate::odbc::diagnostics::Error;
use datafusion::arrow::record_batch::RecordBatch;
use exchange_sql::{self as sql, Rows, Warning};
use std::time::Instant;

/// Converts the rows for the cursor.
pub fn cursor_rows(answer: Answer) -> Result<Box<dyn Rows>, Error> {
    Ok(Box::new(MemoryRows(answer.into_batch()?)))
}

/// A batch in memory.
struct MemoryRows(Option<RecordBatch>);

impl Rows for MemoryRows {
    fn next(&mut self, _deadline: Option<Instant>) -> Result<Option<RecordBatch>, sql::Error> {
        Ok(self.0.take())
    }

    fn affected_rows(&self) -> Option<u64> {
        None
    }

    fn take_warnings(&mut self) -> Vec<Warning> {
        Vec::new()
    }
}
