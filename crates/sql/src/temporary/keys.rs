//! Keys: unique values of some columns.

use crate::{Error, ErrorKind};
use datafusion::arrow::array::{Array, ArrayRef};
use datafusion::arrow::datatypes::Schema;
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::arrow::row::{OwnedRow, RowConverter, SortField};
use datafusion::error::DataFusionError;
use std::collections::HashSet;

/// A key of a table and the values that its rows have.
pub struct Key {
    columns: Vec<usize>,
    /// Makes bytes that are equal if the values are.
    converter: RowConverter,
    values: HashSet<OwnedRow>,
}

impl Key {
    pub fn new(schema: &Schema, columns: Vec<usize>) -> Result<Self, DataFusionError> {
        let fields = columns
            .iter()
            .map(|&column| SortField::new(schema.field(column).data_type().clone()));
        Ok(Self {
            converter: RowConverter::new(fields.collect())?,
            columns,
            values: HashSet::new(),
        })
    }

    pub fn clear(&mut self) {
        self.values.clear();
    }

    /// Checks the values of new rows: neither the table nor another new row may have them. A null
    /// equals nothing.
    pub fn check(
        &self,
        table: &str,
        batches: &[RecordBatch],
        replacing: bool,
    ) -> Result<HashSet<OwnedRow>, Error> {
        let mut new = HashSet::new();
        for batch in batches {
            let columns: Vec<ArrayRef> = self
                .columns
                .iter()
                .map(|&column| batch.column(column).clone())
                .collect();
            let rows = self
                .converter
                .convert_columns(&columns)
                .map_err(|error| Error::new(ErrorKind::General, error.to_string()))?;
            for (index, row) in rows.iter().enumerate() {
                if columns.iter().any(|column| column.is_null(index)) {
                    continue;
                }
                let row = row.owned();
                let known = !replacing && self.values.contains(&row);
                if known || !new.insert(row) {
                    return Err(Error::new(
                        ErrorKind::Duplicate,
                        format!("table {table} already has a row with this key; keys are unique"),
                    ));
                }
            }
        }
        Ok(new)
    }

    pub fn extend(&mut self, values: HashSet<OwnedRow>) {
        self.values.extend(values);
    }
}
