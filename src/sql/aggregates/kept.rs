//! The rows of a group that an aggregate keeps until it is asked, because it needs them in an order.

use datafusion::arrow::array::{Array, ArrayRef, AsArray, UInt64Array, new_empty_array};
use datafusion::arrow::compute::{
    SortColumn, SortOptions, concat, filter, is_not_null, lexsort_to_indices, partition, take,
};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{Result, ScalarValue, utils::SingleRowListArrayBuilder};
use std::collections::VecDeque;
use std::sync::Arc;

/// Rows whose first column is not null, as they came.
#[derive(Debug)]
pub struct Kept {
    types: Vec<DataType>,
    chunks: VecDeque<Vec<ArrayRef>>,
    bytes: usize,
}

impl Kept {
    pub fn new(types: Vec<DataType>) -> Self {
        Self {
            types,
            chunks: VecDeque::new(),
            bytes: 0,
        }
    }

    pub fn push(&mut self, columns: &[ArrayRef]) -> Result<()> {
        let columns = match columns[0].null_count() {
            0 => columns.to_vec(),
            _ => {
                let there = is_not_null(&columns[0])?;
                let kept = columns.iter().map(|column| filter(column, &there));
                kept.collect::<Result<_, _>>()?
            }
        };
        if !columns[0].is_empty() {
            self.bytes += bytes(&columns);
            self.chunks.push_back(columns);
        }
        Ok(())
    }

    /// Takes as many rows from the front as these have values.
    pub fn remove(&mut self, columns: &[ArrayRef]) {
        let mut left = columns[0].len() - columns[0].null_count();
        while left > 0 {
            let Some(first) = self.chunks.front_mut() else {
                return;
            };
            let length = first[0].len();
            self.bytes -= bytes(first).min(self.bytes);
            if length <= left {
                left -= length;
                self.chunks.pop_front();
                continue;
            }
            for column in first.iter_mut() {
                *column = column.slice(left, length - left);
            }
            self.bytes += bytes(first);
            left = 0;
        }
    }

    /// All values of a column, as they came.
    fn column(&self, index: usize) -> Result<ArrayRef> {
        let chunks: Vec<&dyn Array> = self.chunks.iter().map(|chunk| &*chunk[index]).collect();
        Ok(match chunks.as_slice() {
            [] => new_empty_array(&self.types[index]),
            all => concat(all)?,
        })
    }

    /// The columns that are wanted, sorted by others; rows that are alike stay as they came.
    pub fn sorted(
        &self,
        wanted: std::ops::Range<usize>,
        orders: &[(usize, SortOptions)],
    ) -> Result<Vec<ArrayRef>> {
        let columns = wanted.map(|index| self.column(index));
        let columns = columns.collect::<Result<Vec<_>>>()?;
        if orders.is_empty() {
            return Ok(columns);
        }
        let mut keys = Vec::with_capacity(orders.len() + 1);
        for (index, options) in orders {
            keys.push(SortColumn {
                values: self.column(*index)?,
                options: Some(*options),
            });
        }
        let count = keys[0].values.len() as u64;
        keys.push(SortColumn {
            values: Arc::new(UInt64Array::from_iter_values(0..count)),
            options: None,
        });
        let order = lexsort_to_indices(&keys, None)?;
        let sorted = columns.iter().map(|column| take(column, &order, None));
        Ok(sorted.collect::<Result<_, _>>()?)
    }

    /// One list for each column.
    pub fn state(&self) -> Result<Vec<ScalarValue>> {
        let lists = (0..self.types.len()).map(|index| {
            let list = SingleRowListArrayBuilder::new(self.column(index)?);
            Ok(list.build_list_scalar())
        });
        lists.collect()
    }

    /// Takes the rows of such lists.
    pub fn merge(&mut self, states: &[ArrayRef]) -> Result<()> {
        let states = &states[..self.types.len()];
        for row in 0..states[0].len() {
            if states[0].is_valid(row) {
                let lists = states.iter().map(|state| state.as_list::<i32>().value(row));
                self.push(&lists.collect::<Vec<_>>())?;
            }
        }
        Ok(())
    }

    pub fn size(&self) -> usize {
        self.bytes
    }
}

/// The values of a sorted array, each once.
pub fn once_each(sorted: &ArrayRef) -> Result<ArrayRef> {
    if sorted.is_empty() {
        return Ok(Arc::clone(sorted));
    }
    let parts = partition(&[Arc::clone(sorted)])?.ranges();
    let first = parts.iter().map(|range| range.start as u64);
    let first = UInt64Array::from_iter_values(first);
    Ok(take(sorted, &first, None)?)
}

fn bytes(columns: &[ArrayRef]) -> usize {
    let of = |column: &ArrayRef| column.to_data().get_slice_memory_size().unwrap_or(0);
    size_of::<Vec<ArrayRef>>() + columns.iter().map(of).sum::<usize>()
}
