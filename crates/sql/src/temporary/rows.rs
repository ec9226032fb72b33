//! The rows of a table, and their constraints.

use super::keys::Key;
use crate::{Column, ColumnType, Error, ErrorKind};
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::compute::concat_batches;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::record_batch::RecordBatch;
use std::sync::Arc;

/// Batches are not merged beyond this number of rows.
const LARGEST_BATCH: usize = 8192;

pub struct Rows {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
    keys: Vec<Key>,
}

impl Rows {
    pub fn new(schema: SchemaRef, keys: Vec<Key>) -> Self {
        Self {
            schema,
            batches: Vec::new(),
            keys,
        }
    }

    pub fn batches(&self) -> Vec<RecordBatch> {
        self.batches.clone()
    }

    pub fn count(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// Adds all the rows, or no row if one breaks a constraint.
    pub fn append(
        &mut self,
        table: &str,
        columns: &[Column],
        batches: Vec<RecordBatch>,
    ) -> Result<(), Error> {
        self.put(table, columns, batches, false)
    }

    /// Replaces the rows by these.
    pub fn replace(
        &mut self,
        table: &str,
        columns: &[Column],
        batches: Vec<RecordBatch>,
    ) -> Result<(), Error> {
        self.put(table, columns, batches, true)
    }

    fn put(
        &mut self,
        table: &str,
        columns: &[Column],
        batches: Vec<RecordBatch>,
        replacing: bool,
    ) -> Result<(), Error> {
        for batch in &batches {
            for (column, array) in columns.iter().zip(batch.columns()) {
                check(table, column, array)?;
            }
        }
        let mut values = Vec::with_capacity(self.keys.len());
        for key in &self.keys {
            values.push(key.check(table, &batches, replacing)?);
        }
        if replacing {
            self.batches.clear();
            self.keys.iter_mut().for_each(Key::clear);
        }
        for (key, values) in self.keys.iter_mut().zip(values) {
            key.extend(values);
        }
        self.fill(batches)
    }

    /// Adds rows without checking constraints.
    pub fn fill(&mut self, batches: Vec<RecordBatch>) -> Result<(), Error> {
        for batch in batches.into_iter().filter(|batch| batch.num_rows() > 0) {
            let batch = RecordBatch::try_new(Arc::clone(&self.schema), batch.columns().to_vec());
            self.push(batch.map_err(|error| Error::new(ErrorKind::General, error.to_string()))?)?;
        }
        Ok(())
    }

    /// Rows that are inserted one by one end up in few batches: the last is merged with the
    /// previous one unless that is much larger, so that each row is copied a few times only.
    fn push(&mut self, batch: RecordBatch) -> Result<(), Error> {
        self.batches.push(batch);
        while let [.., before, last] = self.batches.as_slice() {
            let (large, small) = (before.num_rows(), last.num_rows());
            if large > 2 * small || large + small > LARGEST_BATCH {
                break;
            }
            let joined = concat_batches(&self.schema, [before, last])
                .map_err(|error| Error::new(ErrorKind::General, error.to_string()))?;
            self.batches.truncate(self.batches.len() - 2);
            self.batches.push(joined);
        }
        Ok(())
    }
}

/// The constraints of one column: NOT NULL, and the declared length.
fn check(table: &str, column: &Column, array: &ArrayRef) -> Result<(), Error> {
    let name = &column.name;
    if !column.nullable && array.null_count() > 0 {
        return Err(Error::new(
            ErrorKind::NullNotAllowed,
            format!("column {name} of table {table} may not be null"),
        ));
    }
    let (longest, unit) = match column.column_type {
        ColumnType::Varchar { length } => (length as usize, "characters"),
        ColumnType::Varbinary { length } => (length as usize, "bytes"),
        _ => return Ok(()),
    };
    let too_long = match column.column_type {
        // Bytes are counted first: they are never fewer than characters.
        ColumnType::Varchar { .. } => array
            .as_string::<i32>()
            .iter()
            .flatten()
            .any(|text| text.len() > longest && text.chars().count() > longest),
        _ => array
            .as_binary::<i32>()
            .iter()
            .flatten()
            .any(|bytes| bytes.len() > longest),
    };
    match too_long {
        true => Err(Error::new(
            ErrorKind::TextTooLong,
            format!(
                "a value is longer than the {longest} {unit} of column {name} of table {table}"
            ),
        )),
        false => Ok(()),
    }
}
