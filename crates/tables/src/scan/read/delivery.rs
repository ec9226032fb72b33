//! Passes rows from the readers to the engine.

use super::local_order::LocalOrder;
use crate::Error;
use datafusion::arrow::record_batch::RecordBatch;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;
use tokio::sync::mpsc;

/// Whether more rows are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Flow {
    More,
    Enough,
}

/// The receiver of rows, and the number that is still needed.
#[derive(Clone)]
pub struct Delivery {
    sender: mpsc::Sender<Result<RecordBatch, Error>>,
    left: Arc<AtomicUsize>,
    /// The order of the rows, where it may differ from that of their moments.
    order: Option<LocalOrder>,
    /// Rows at the end whose order depends on those that follow.
    open: Arc<AtomicUsize>,
}

impl Delivery {
    pub fn new(sender: mpsc::Sender<Result<RecordBatch, Error>>, limit: Option<usize>) -> Self {
        Self {
            sender,
            left: Arc::new(AtomicUsize::new(limit.unwrap_or(usize::MAX))),
            order: None,
            open: Arc::default(),
        }
    }

    /// The rows have this order.
    pub fn ordered(self, order: Option<LocalOrder>) -> Self {
        Self { order, ..self }
    }

    /// How many rows are still needed.
    pub fn left(&self) -> usize {
        self.left.load(Relaxed)
    }

    /// Passes a page on. The next one is not requested if these rows are enough.
    pub async fn send(&self, outcome: Result<RecordBatch, Error>) -> Flow {
        let rows = outcome.as_ref().map_or(0, |batch| self.settled(batch));
        let less = |left: usize| Some(left.saturating_sub(rows));
        let before = self.left.fetch_update(Relaxed, Relaxed, less);
        let is_enough = before.is_ok_and(|before| before <= rows);
        match self.sender.send(outcome).await {
            Ok(()) if !is_enough => Flow::More,
            _ => Flow::Enough,
        }
    }

    /// How many more rows have their places in the order with this batch.
    fn settled(&self, batch: &RecordBatch) -> usize {
        let rows = batch.num_rows();
        let Some(order) = &self.order else {
            return rows;
        };
        match order.settled(batch) {
            0 => {
                self.open.fetch_add(rows, Relaxed);
                0
            }
            settled => settled + self.open.swap(rows - settled, Relaxed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use datafusion::arrow::array::{ArrayRef, Int32Array};
    use datafusion::arrow::datatypes::Schema;

    #[tokio::test]
    async fn readers_stop_together_when_the_rows_are_enough() {
        let rows: ArrayRef = Arc::new(Int32Array::from(vec![1, 2, 3]));
        let page = RecordBatch::try_from_iter([("n", rows)]).unwrap();
        let (sender, mut batches) = mpsc::channel(3);
        let (first, second) = {
            let delivery = Delivery::new(sender, Some(5));
            (delivery.clone(), delivery)
        };
        assert_eq!(first.send(Ok(page.clone())).await, Flow::More);
        assert_eq!(second.send(Ok(page.clone())).await, Flow::Enough);
        assert_eq!(first.send(Ok(page.slice(0, 0))).await, Flow::Enough);
        let arrived = std::iter::from_fn(|| batches.try_recv().ok());
        assert_eq!(
            arrived
                .map(|batch| batch.unwrap().num_rows())
                .sum::<usize>(),
            6
        );
    }

    #[tokio::test]
    async fn a_reader_without_a_listener_stops() {
        let (sender, batches) = mpsc::channel(1);
        drop(batches);
        let delivery = Delivery::new(sender, None);
        let nothing = RecordBatch::new_empty(Arc::new(Schema::empty()));
        assert_eq!(delivery.send(Ok(nothing)).await, Flow::Enough);
    }
}
