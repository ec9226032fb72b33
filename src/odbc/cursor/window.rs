//! The batches that a cursor holds, addressed by the row numbers of the result.

use datafusion::arrow::record_batch::RecordBatch;
use std::collections::VecDeque;
use std::ops::Range;

/// Rows that were pulled from the engine and not let go of. Rows count from 0.
#[derive(Default)]
pub struct Window {
    batches: VecDeque<Batch>,
    end: u64,
}

struct Batch {
    first: u64,
    records: RecordBatch,
}

impl Batch {
    fn end(&self) -> u64 {
        self.first + self.records.num_rows() as u64
    }
}

/// Rows of one batch that belong to a rowset.
pub struct Segment<'a> {
    pub records: &'a RecordBatch,
    /// First row in the batch.
    pub first: usize,
    pub rows: usize,
    /// Row of the rowset at which the segment begins.
    pub at: usize,
}

impl Window {
    /// Rows that were pulled so far.
    pub fn end(&self) -> u64 {
        self.end
    }

    pub fn push(&mut self, records: RecordBatch) {
        let first = self.end;
        self.end += records.num_rows() as u64;
        self.batches.push_back(Batch { first, records });
    }

    /// Lets go of the batches that end at or before `row`.
    pub fn release_before(&mut self, row: u64) {
        while self.batches.front().is_some_and(|batch| batch.end() <= row) {
            self.batches.pop_front();
        }
    }

    fn index_of(&self, row: u64) -> usize {
        self.batches.partition_point(|batch| batch.end() <= row)
    }

    /// The parts of the batches that hold these rows.
    pub fn segments(&self, rows: Range<u64>) -> impl Iterator<Item = Segment<'_>> {
        let overlapping = self.batches.range(self.index_of(rows.start)..);
        overlapping.map_while(move |batch| {
            let (from, to) = (batch.first.max(rows.start), batch.end().min(rows.end));
            (from < to).then(|| Segment {
                records: &batch.records,
                first: (from - batch.first) as usize,
                rows: (to - from) as usize,
                at: (from - rows.start) as usize,
            })
        })
    }

    /// The batch that holds a row, and the row in it.
    #[inline]
    pub fn locate(&self, row: u64) -> Option<(&RecordBatch, usize)> {
        // The row is nearly always in the first batch or, of a spooled result, not far to search.
        let batch = match self.batches.front() {
            Some(first) if row < first.end() => first,
            _ => self.batches.get(self.index_of(row))?,
        };
        Some((&batch.records, row.checked_sub(batch.first)? as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use datafusion::arrow::array::{Array, Int32Array};
    use datafusion::arrow::datatypes::{DataType, Field, Schema};
    use proptest::prelude::*;
    use std::sync::Arc;

    fn batch(values: Range<i32>) -> RecordBatch {
        let schema = Schema::new(vec![Field::new("n", DataType::Int32, false)]);
        let array = Int32Array::from_iter_values(values);
        RecordBatch::try_new(Arc::new(schema), vec![Arc::new(array)]).unwrap()
    }

    fn value(records: &RecordBatch, row: usize) -> i32 {
        records
            .column(0)
            .as_any()
            .downcast_ref::<Int32Array>()
            .unwrap()
            .value(row)
    }

    proptest! {
        #[test]
        fn rows_are_found_by_their_number(
            sizes in prop::collection::vec(1_i32..5, 0..8), start in 0_u64..20, rows in 0_u64..20,
            released in 0_u64..20,
        ) {
            let mut window = Window::default();
            let mut next = 0;
            for size in sizes {
                window.push(batch(next..next + size));
                next += size;
            }
            prop_assert_eq!(window.end(), next as u64);
            let start = start.min(window.end());
            let end = (start + rows).min(window.end());
            window.release_before(released.min(start));
            let mut found = Vec::new();
            for segment in window.segments(start..end) {
                prop_assert_eq!(segment.at, found.len());
                prop_assert!(segment.rows > 0);
                let rows = segment.first..segment.first + segment.rows;
                found.extend(rows.map(|row| value(segment.records, row)));
            }
            prop_assert_eq!(&found, &(start as i32..end as i32).collect::<Vec<_>>());
            for row in start..end {
                let (records, at) = window.locate(row).unwrap();
                prop_assert_eq!(value(records, at), row as i32);
            }
            prop_assert!(window.locate(window.end()).is_none());
        }
    }
}
