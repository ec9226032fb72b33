//! Results of recent requests.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// Filtered and sorted rows of recent requests, so that later pages need not filter again.
#[derive(Default)]
pub struct Remembered(Mutex<VecDeque<(String, Arc<Vec<u32>>)>>);

const REMEMBERED: usize = 32;

impl Remembered {
    pub(super) fn get(&self, key: &str, make: impl FnOnce() -> Vec<u32>) -> Arc<Vec<u32>> {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, rows)) = lock().iter().find(|(known, _)| known == key) {
            return Arc::clone(rows);
        }
        let rows = Arc::new(make());
        let mut entries = lock();
        if entries.len() == REMEMBERED {
            entries.pop_front();
        }
        entries.push_back((key.to_owned(), Arc::clone(&rows)));
        rows
    }
}
