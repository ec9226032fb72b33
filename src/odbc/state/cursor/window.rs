//! The batches that a cursor holds, addressed by the row numbers of the result.
//!
//! A scrollable result keeps all its batches, in memory as far as they have room and otherwise in a
//! temporary file, least recently used first. Those of the rowset are always in memory:
//! [`Window::require`] loads them.

use super::keeping::{Batch, Keeping};
use crate::odbc::connector::Storage;
use crate::odbc::diagnostics::Error;
use datafusion::arrow::record_batch::RecordBatch;
use std::collections::VecDeque;
use std::ops::Range;

/// Rows that were pulled from the engine and not released. Rows count from 0.
#[derive(Default)]
pub struct Window {
    batches: VecDeque<Batch>,
    end: u64,
    /// `None` if only the rowset's rows are kept.
    keeping: Option<Keeping>,
}

/// Rows of one batch that belong to a rowset.
pub struct Segment<'a> {
    pub records: &'a RecordBatch,
    /// First row in the batch.
    pub first: usize,
    pub rows: usize,
    /// The segment's first row in the rowset.
    pub at: usize,
}

impl Window {
    /// A window that keeps every row.
    pub fn keeping(storage: Storage) -> Self {
        Self {
            keeping: Some(Keeping::new(storage)),
            ..Self::default()
        }
    }

    /// Rows that were pulled so far.
    pub fn end(&self) -> u64 {
        self.end
    }

    pub fn push(&mut self, records: RecordBatch) {
        let mut batch = Batch::new(self.end, records);
        self.end = batch.end();
        if let Some(keeping) = &mut self.keeping {
            keeping.add(&mut batch, self.batches.len());
        }
        self.batches.push_back(batch);
    }

    /// Releases the batches that end at or before `row`, unless all are kept.
    pub fn release_before(&mut self, row: u64) {
        if self.keeping.is_some() {
            return;
        }
        while self.batches.front().is_some_and(|batch| batch.end() <= row) {
            self.batches.pop_front();
        }
    }

    /// Moves batches into the file until the others have room in memory. If that fails, they and
    /// all rows stay.
    pub fn make_room(&mut self) -> Result<(), Error> {
        match &mut self.keeping {
            Some(keeping) => keeping.save(&mut self.batches, u64::MAX),
            None => Ok(()),
        }
    }

    /// Loads the batches of these rows into memory. They stay there until the next call that makes
    /// room.
    pub fn require(&mut self, rows: Range<u64>) -> Result<(), Error> {
        let first = self.index_of(rows.start);
        let Some(keeping) = &mut self.keeping else {
            return Ok(());
        };
        let before = keeping.now();
        for (index, batch) in self.batches.iter_mut().enumerate().skip(first) {
            if batch.first >= rows.end {
                break;
            }
            keeping.load(batch)?;
            keeping.use_now(batch, index);
        }
        // A write error is reported when more rows are read. Rows that already exist stay readable.
        let _ = keeping.save(&mut self.batches, before);
        Ok(())
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
                records: batch.records(),
                first: (from - batch.first) as usize,
                rows: (to - from) as usize,
                at: (from - rows.start) as usize,
            })
        })
    }

    /// The batch that holds a row of the rowset, and the row in it.
    #[inline]
    pub fn locate(&self, row: u64) -> Option<(&RecordBatch, usize)> {
        // The row is nearly always in the first batch. In a spooled result the search is short.
        let batch = match self.batches.front() {
            Some(first) if row < first.end() => first,
            _ => self.batches.get(self.index_of(row))?,
        };
        Some((batch.records(), row.checked_sub(batch.first)? as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::odbc::diagnostics::sqlstate;
    #[cfg(target_os = "linux")]
    use crate::odbc::state::cursor::spool::Spool;
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

    /// The batches in memory of a window with this limit.
    fn in_memory(window: &Window) -> Vec<bool> {
        window
            .batches
            .iter()
            .map(|batch| batch.records.is_some())
            .collect()
    }

    fn keeping(memory: usize) -> Window {
        Window::keeping(Storage {
            memory,
            folder: None,
        })
    }

    proptest! {
        /// However little room there is, all rows can be read again, in any order.
        #[test]
        fn what_is_kept_comes_back(
            sizes in prop::collection::vec(1_i32..5, 1..8), memory in 0_usize..400,
            asked in prop::collection::vec((0_u64..32, 1_u64..6), 1..12),
        ) {
            let mut window = keeping(memory);
            let mut next = 0;
            for size in sizes {
                window.make_room().unwrap();
                window.push(batch(next..next + size));
                next += size;
            }
            for (start, rows) in asked {
                let rows = start.min(window.end())..(start + rows).min(window.end());
                window.release_before(rows.start);
                window.require(rows.clone()).unwrap();
                let mut found = Vec::new();
                for segment in window.segments(rows.clone()) {
                    let within = segment.first..segment.first + segment.rows;
                    found.extend(within.map(|row| value(segment.records, row)));
                }
                let expected: Vec<_> = (rows.start as i32..rows.end as i32).collect();
                prop_assert_eq!(found, expected);
                // Apart from the requested rows, memory stays within its limit.
                let keeping = window.keeping.as_ref().unwrap();
                let needed = window.batches.iter().filter(|batch| {
                    batch.first < rows.end && batch.end() > rows.start
                });
                let needed: usize = needed.map(|batch| batch.size).sum();
                prop_assert!(keeping.size <= memory.max(needed));
                let held = window.batches.iter().filter(|batch| batch.records.is_some());
                prop_assert_eq!(keeping.size, held.clone().map(|batch| batch.size).sum::<usize>());
                prop_assert_eq!(keeping.by_use.len(), held.count());
            }
        }
    }

    #[test]
    fn the_batch_goes_that_was_used_longest_ago() {
        let mut window = keeping(usize::MAX);
        for first in 0..3 {
            window.push(batch(first * 2..first * 2 + 2));
        }
        window.require(0..1).unwrap();
        let keeping = window.keeping.as_mut().unwrap();
        keeping.storage.memory = keeping.size - 1;
        window.make_room().unwrap();
        assert_eq!(in_memory(&window), [true, false, true]);
    }

    #[test]
    fn nothing_is_lost_when_the_file_cannot_be_written() {
        let mut window = Window::keeping(Storage {
            memory: 0,
            folder: Some("/nowhere/at/all".into()),
        });
        window.push(batch(0..2));
        let error = window.make_room().unwrap_err();
        assert_eq!(error.state, sqlstate::HY000);
        assert!(
            error.message.contains("/nowhere/at/all"),
            "{}",
            error.message
        );
        window.require(0..2).unwrap();
        assert_eq!(
            window.locate(1).map(|(records, row)| value(records, row)),
            Some(1)
        );
    }

    /// The disk is full.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_failed_write_is_told_and_tried_again() {
        let mut window = keeping(0);
        window.push(batch(0..2));
        let schema = window.batches[0].records().schema();
        let full = std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let keeping = window.keeping.as_mut().unwrap();
        keeping.spool = Some(Spool::over(full, schema.clone()));
        let error = window.make_room().unwrap_err();
        assert!(error.message.contains("No space left"), "{}", error.message);
        assert_eq!(in_memory(&window), [true]);
        // There is room again.
        let keeping = window.keeping.as_mut().unwrap();
        keeping.spool = Some(Spool::over(tempfile::tempfile().unwrap(), schema));
        window.make_room().unwrap();
        assert_eq!(in_memory(&window), [false]);
        window.require(0..1).unwrap();
        assert_eq!(
            window.locate(1).map(|(records, row)| value(records, row)),
            Some(1)
        );
    }
}
