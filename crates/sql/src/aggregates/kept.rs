//! The rows of a group that an aggregate keeps until the end, because it needs them in an order.

use crate::interrupts;
use datafusion::arrow::array::{Array, ArrayRef, AsArray, UInt64Array, new_empty_array};
use datafusion::arrow::compute::{
    SortColumn, SortOptions, concat, filter, is_not_null, lexsort_to_indices, partition, take,
};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{Result, ScalarValue, utils::SingleRowListArrayBuilder};
use std::collections::VecDeque;
use std::sync::Arc;

/// Rows whose first column is not null, in their original order.
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

    /// Removes as many rows from the front as these columns have values.
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

    /// Joins all rows into one chunk, so that they exist once while they are sorted, and keep no
    /// batches alive.
    fn join(&mut self) -> Result<&[ArrayRef]> {
        if self.chunks.len() != 1 {
            let joined = self.types.iter().enumerate().map(|(index, data_type)| {
                let chunks = self.chunks.iter().map(|chunk| &*chunk[index]);
                let chunks: Vec<&dyn Array> = chunks.collect();
                Ok(match chunks.as_slice() {
                    [] => new_empty_array(data_type),
                    all => concat(all)?,
                })
            });
            let joined = joined.collect::<Result<Vec<_>>>()?;
            self.bytes = bytes(&joined);
            self.chunks = VecDeque::from([joined]);
        }
        Ok(&self.chunks[0])
    }

    /// The requested columns, sorted by others; equal rows keep their order.
    pub fn sorted(
        &mut self,
        wanted: std::ops::Range<usize>,
        orders: &[(usize, SortOptions)],
    ) -> Result<Vec<ArrayRef>> {
        // Every group is sorted, and every row of a moving window needs a sort.
        interrupts::check()?;
        let all = self.join()?;
        let columns = &all[wanted];
        if orders.is_empty() {
            return Ok(columns.to_vec());
        }
        let mut keys = Vec::with_capacity(orders.len() + 1);
        for (index, options) in orders {
            keys.push(SortColumn {
                values: Arc::clone(&all[*index]),
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
    pub fn state(&mut self) -> Result<Vec<ScalarValue>> {
        let lists = self.join()?.iter().map(|column| {
            let list = SingleRowListArrayBuilder::new(Arc::clone(column));
            list.build_list_scalar()
        });
        Ok(lists.collect())
    }

    /// Adds the rows of such lists.
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

/// The distinct values of a sorted array.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cancellation;
    use datafusion::arrow::array::Int64Array;
    use datafusion::arrow::datatypes::Int64Type;

    fn kept() -> Kept {
        let mut kept = Kept::new(vec![DataType::Int64]);
        // Parts of one batch.
        let batch = Int64Array::from_iter_values((0..10_000).rev());
        for row in 0..3 {
            kept.push(&[Arc::new(batch.slice(row, 1))]).unwrap();
        }
        kept
    }

    #[test]
    fn rows_are_there_once_after_they_were_sorted() {
        let mut kept = kept();
        let order = [(0, SortOptions::default())];
        let sorted = kept.sorted(0..1, &order).unwrap();
        assert_eq!(
            sorted[0].as_primitive::<Int64Type>().values(),
            &[9997, 9998, 9999]
        );
        assert_eq!(kept.chunks.len(), 1);
        assert!(kept.chunks[0][0].get_buffer_memory_size() < 1000);
        kept.remove(&[Arc::new(Int64Array::from(vec![9999, 9998]))]);
        kept.push(&[Arc::new(Int64Array::from(vec![5]))]).unwrap();
        let sorted = kept.sorted(0..1, &order).unwrap();
        assert_eq!(sorted[0].as_primitive::<Int64Type>().values(), &[5, 9997]);
    }

    #[test]
    fn sorting_ends_with_its_statement() {
        let end = Cancellation::new();
        end.cancel();
        let sorted = interrupts::within(&end, || kept().sorted(0..1, &[]));
        assert!(sorted.is_err());
    }
}
