//! Warnings of a successful execution.

use std::sync::{Arc, Mutex, PoisonError};

/// Collects messages of one execution from all its tasks.
#[derive(Clone, Debug, Default)]
pub struct Warnings {
    messages: Arc<Mutex<Vec<String>>>,
}

impl Warnings {
    pub fn add(&self, message: String) {
        let mut messages = self.lock();
        if !messages.contains(&message) {
            messages.push(message);
        }
    }

    /// The messages so far; each is returned once.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.lock())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
