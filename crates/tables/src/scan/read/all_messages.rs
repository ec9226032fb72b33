//! The list of all messages, read as far as a scan needs it to decide which messages are rows.

use super::seen::Seen;
use super::timed_ids::TimedIds;
use crate::scan::plan::listing::Listing;

/// A walk through the list that stops as soon as enough is known, and continues from there later.
/// However often a scan has doubts, it reads the list once.
pub struct AllMessages {
    pub pages: TimedIds,
    /// Messages that the list has, as far as it was read.
    pub listed: Seen,
    pub is_at_end: bool,
}

impl AllMessages {
    pub fn new(list: Listing) -> Self {
        Self {
            pages: TimedIds::new(list),
            listed: Seen::default(),
            is_at_end: false,
        }
    }
}
