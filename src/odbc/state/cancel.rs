//! Cancelling a statement without its connection's lock.

use exchange_sql::Cancellation;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The slot that `SQLCancel` looks in for the running execution.
///
/// Only a waiting call can be cancelled. Between two calls nothing is in progress, and then
/// `SQLCancel` has no effect on the cursor, as the ODBC reference says.
#[derive(Debug, Default)]
pub struct CancelSlot {
    waiting: Mutex<Option<Cancellation>>,
}

impl CancelSlot {
    fn lock(&self) -> MutexGuard<'_, Option<Cancellation>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets `SQLCancel` end `cancellation` as long as the guard lives.
    #[must_use]
    pub fn waiting_for(&self, cancellation: &Cancellation) -> Waiting<'_> {
        *self.lock() = Some(cancellation.clone());
        Waiting(self)
    }

    /// Ends the waiting call; returns false without one.
    pub fn cancel(&self) -> bool {
        match &*self.lock() {
            Some(cancellation) => {
                cancellation.cancel();
                true
            }
            None => false,
        }
    }
}

/// A call that waits for the engine.
#[derive(Debug)]
pub struct Waiting<'a>(&'a CancelSlot);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        *self.0.lock() = None;
    }
}
