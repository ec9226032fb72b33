//! The figures of `EXPLAIN ANALYZE` for a scan.

use exchange_graph::{Counts, Tally};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Counts while the scan runs.
#[derive(Debug, Default)]
pub struct Usage {
    tally: Arc<Tally>,
    received: AtomicU64,
    kept: AtomicU64,
    given: AtomicU64,
    refused: AtomicBool,
    /// The time of the first and the last activity.
    time: Mutex<Option<(Instant, Instant)>>,
}

/// The figures of a scan.
#[derive(Clone, Debug, Default)]
pub struct Used {
    /// Sent requests and received replies.
    pub graph: Counts,
    /// Rows that Graph returned.
    pub received: u64,
    /// Received rows that met all conditions.
    pub kept: u64,
    /// Kept rows that the rest of the statement used.
    pub given: u64,
    /// Whether Graph refused the filter or the order, so that everything was read without them.
    pub refused: bool,
    pub elapsed: Duration,
}

impl Usage {
    pub fn tally(&self) -> &Arc<Tally> {
        &self.tally
    }

    pub fn received(&self, rows: usize) {
        self.received.fetch_add(rows as u64, Relaxed);
    }

    pub fn kept(&self, rows: usize) {
        self.kept.fetch_add(rows as u64, Relaxed);
    }

    pub fn given(&self, rows: usize) {
        self.given.fetch_add(rows as u64, Relaxed);
    }

    pub fn refused(&self) {
        self.refused.store(true, Relaxed);
    }

    /// Reading begins, possibly again.
    pub fn begun(&self) {
        let now = Instant::now();
        let mut time = self.time.lock().unwrap_or_else(PoisonError::into_inner);
        *time = Some((time.map_or(now, |(begin, _)| begin), now));
    }

    /// A page or the end of the rows has arrived.
    pub fn at_work(&self) {
        let mut time = self.time.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, end)) = time.as_mut() {
            *end = Instant::now();
        }
    }

    pub fn used(&self) -> Used {
        let time = *self.time.lock().unwrap_or_else(PoisonError::into_inner);
        Used {
            graph: self.tally.counts(),
            received: self.received.load(Relaxed),
            kept: self.kept.load(Relaxed),
            given: self.given.load(Relaxed),
            refused: self.refused.load(Relaxed),
            elapsed: time.map_or(Duration::ZERO, |(begin, end)| end.duration_since(begin)),
        }
    }
}
