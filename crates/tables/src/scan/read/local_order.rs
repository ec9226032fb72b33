//! The order of local times.
//!
//! Graph sorts moments. Where clocks are put back, an hour of the day comes twice, and rows of it come out of order: they wait
//! until all of them are there.

use crate::ColumnType;
use crate::scan::plan::scan::{Order, Scan};
use datafusion::arrow::array::{Array, AsArray, TimestampMicrosecondArray};
use datafusion::arrow::compute::{SortOptions, concat_batches, sort_to_indices, take_record_batch};
use datafusion::arrow::datatypes::TimestampMicrosecondType;
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::record_batch::RecordBatch;
use exchange_config::Zone;

/// The order of a scan by a column of times.
#[derive(Clone, Copy, Debug)]
pub struct LocalOrder {
    zone: Zone,
    /// The place of the column in the rows.
    column: usize,
    descending: bool,
}

impl LocalOrder {
    /// `None` where rows come in the order of the statement, if it has one.
    pub fn of(scan: &Scan) -> Option<Self> {
        let Order { column, descending } = scan.order?;
        let is_time = matches!(column.column_type, ColumnType::Timestamp { .. }) && !column.is_day;
        let zone = scan.pushed.zone;
        let place = |index: &usize| std::ptr::eq(&raw const scan.table.columns[*index], column);
        Some(Self {
            zone,
            column: scan.columns.iter().position(place)?,
            descending,
        })
        .filter(|_| is_time && !zone.is_utc())
    }

    fn times<'a>(&self, rows: &'a RecordBatch) -> &'a TimestampMicrosecondArray {
        rows.column(self.column)
            .as_primitive::<TimestampMicrosecondType>()
    }

    /// How many of the first rows have their places, wherever those belong that follow.
    pub fn settled(&self, rows: &RecordBatch) -> usize {
        let times = self.times(rows);
        let is_settled =
            |row: &usize| times.is_null(*row) || !self.zone.is_unordered(times.value(*row));
        let last = (0..rows.num_rows()).rev().find(is_settled);
        last.map_or(0, |last| last + 1)
    }

    pub fn sort(&self, rows: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        // NULLs are the lowest values, as in the session.
        let options = SortOptions {
            descending: self.descending,
            nulls_first: !self.descending,
        };
        let places = sort_to_indices(rows.column(self.column), Some(options), None)?;
        take_record_batch(rows, &places)
    }
}

/// Puts rows that come in the order of their moments into that of local times.
#[derive(Debug)]
pub struct Sorter {
    order: LocalOrder,
    /// Rows whose places are not known yet.
    open: Vec<RecordBatch>,
}

impl Sorter {
    pub fn new(order: LocalOrder) -> Self {
        Self {
            order,
            open: Vec::new(),
        }
    }

    /// The rows that have their places now.
    pub fn next(&mut self, rows: RecordBatch) -> Result<Option<RecordBatch>, ArrowError> {
        let settled = self.order.settled(&rows);
        let first = rows.slice(0, settled);
        let open = rows.slice(settled, rows.num_rows() - settled);
        let ready = match settled {
            0 => None,
            _ => {
                self.open.push(first);
                self.rest()?
            }
        };
        self.open
            .extend(Some(open).filter(|open| open.num_rows() > 0));
        Ok(ready)
    }

    /// All that are left.
    pub fn rest(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        let open = std::mem::take(&mut self.open);
        let Some(first) = open.first() else {
            return Ok(None);
        };
        let rows = concat_batches(first.schema_ref(), &open)?;
        self.order.sort(&rows).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use datafusion::arrow::array::ArrayRef;
    use std::sync::Arc;

    /// 2026-10-25T00:00:00Z, an hour before the clocks of Berlin are put back from 3:00 to 2:00.
    const MIDNIGHT: i64 = 1_792_886_400_000_000;
    const MINUTE: i64 = 60_000_000;

    fn order(descending: bool) -> LocalOrder {
        LocalOrder {
            zone: Zone::named("Europe/Berlin").unwrap(),
            column: 0,
            descending,
        }
    }

    /// Rows at these minutes after midnight in UTC, as Berlin shows them.
    fn rows(minutes: &[i64]) -> RecordBatch {
        let zone = Zone::named("Europe/Berlin").unwrap();
        let moments = minutes.iter().map(|minute| MIDNIGHT + minute * MINUTE);
        let times: TimestampMicrosecondArray =
            moments.map(|moment| Some(zone.shown(moment))).collect();
        let times: ArrayRef = Arc::new(times);
        RecordBatch::try_from_iter([("t", times)]).unwrap()
    }

    fn shown(rows: Option<RecordBatch>) -> Vec<i64> {
        let midnight = MIDNIGHT + 120 * MINUTE;
        rows.map_or_else(Vec::new, |rows| {
            let times = rows.column(0).as_primitive::<TimestampMicrosecondType>();
            times
                .values()
                .iter()
                .map(|time| (time - midnight) / MINUTE)
                .collect()
        })
    }

    #[test]
    fn rows_of_an_hour_that_comes_twice_wait_for_each_other() {
        let mut sorter = Sorter::new(order(false));
        assert_eq!(shown(sorter.next(rows(&[-10, 10, 50])).unwrap()), [-10]);
        assert_eq!(shown(sorter.next(rows(&[70])).unwrap()), [] as [i64; 0]);
        assert_eq!(
            shown(sorter.next(rows(&[130, 140])).unwrap()),
            [10, 10, 50, 70, 80]
        );
        assert_eq!(sorter.rest().unwrap(), None);
        let mut sorter = Sorter::new(order(true));
        assert_eq!(shown(sorter.next(rows(&[70, 50])).unwrap()), [] as [i64; 0]);
        assert_eq!(shown(sorter.rest().unwrap()), [50, 10]);
    }

    #[test]
    fn rows_without_a_double_pass_as_they_come() {
        let mut sorter = Sorter::new(order(true));
        assert_eq!(shown(sorter.next(rows(&[-10, -20])).unwrap()), [-10, -20]);
    }
}
