//! A limit for the bytes that a connection sends in a second.

use std::num::NonZeroU64;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep};

/// Parts of a second: what is sent at once lasts no longer.
const STEPS: u64 = 50;

/// Lets a connection send as many bytes as the limit allows until now.
pub struct Pace {
    rate: NonZeroU64,
    /// When the bytes that were sent are through.
    free: Pin<Box<Sleep>>,
}

impl Pace {
    pub fn new(rate: NonZeroU64) -> Self {
        Self {
            rate,
            free: Box::pin(tokio::time::sleep(Duration::ZERO)),
        }
    }

    /// How many bytes may be sent now.
    pub fn poll_room(&mut self, context: &mut Context<'_>) -> Poll<usize> {
        ready!(self.free.as_mut().poll(context));
        let room = (self.rate.get() / STEPS).clamp(1, 1 << 20);
        Poll::Ready(room as usize)
    }

    pub fn sent(&mut self, bytes: usize) {
        let lasts = Duration::from_secs_f64(bytes as f64 / self.rate.get() as f64);
        // Time that was slept too long is made up for, but not time without anything to send.
        let late = Instant::now() - Duration::from_secs(1) / STEPS as u32;
        let from = self.free.deadline().max(late);
        self.free.as_mut().reset(from + lasts);
    }
}
