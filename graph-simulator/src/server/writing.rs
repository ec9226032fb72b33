//! Runs the writer of a mailbox beside its readers.

use super::desk::Desk;
use super::shared::Shared;
use crate::writer::{Per, Writer, Writing, Written};
use std::sync::{MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, MissedTickBehavior};

/// Changes that are due within this time are made together.
const TICK: Duration = Duration::from_millis(10);

impl Shared {
    /// Starts a writer in place of the one that there is; false when there is no such mailbox. Within the runtime.
    pub fn start_writing(&self, writing: &Writing) -> bool {
        let mut desk = self.desk();
        let Some(writer) = Writer::new(writing, &self.store(), desk.writer.as_ref()) else {
            return false;
        };
        desk.writer = Some(writer);
        desk.works = true;
        desk.turn += 1;
        if writing.per == Per::Second {
            tokio::spawn(keep_writing(self.clone(), desk.turn));
        }
        true
    }

    /// Stops the writer; its log stays.
    pub fn stop_writing(&self) {
        self.desk().works = false;
    }

    /// The changes that were made, also after the end of the writer.
    pub fn written(&self) -> Written {
        let desk = self.desk();
        let written = desk.writer.as_ref().map(Writer::written);
        written.cloned().unwrap_or_default()
    }

    /// The ids of the messages that were there since the writer started.
    pub fn stayed(&self) -> Vec<String> {
        let desk = self.desk();
        let stayed = |writer: &Writer| writer.stayed(&self.store());
        desk.writer.as_ref().map(stayed).unwrap_or_default()
    }

    /// The changes after a page that was served.
    pub fn write_after_page(&self) {
        let mut desk = self.desk();
        if let Desk {
            writer: Some(writer),
            works: true,
            ..
        } = &mut *desk
            && writer.writing().per == Per::Page
        {
            writer.work(&mut self.store_to_change(), 1.0);
        }
    }

    /// False when the writer of this turn has stopped.
    fn write_for(&self, turn: u64, seconds: f64) -> bool {
        let mut desk = self.desk();
        match &mut *desk {
            Desk {
                writer: Some(writer),
                works: true,
                turn: now,
            } if *now == turn => {
                writer.work(&mut self.store_to_change(), seconds);
                true
            }
            _ => false,
        }
    }

    /// Locked before the store.
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn keep_writing(shared: Shared, turn: u64) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut last = Instant::now();
    loop {
        let now = ticks.tick().await;
        if !shared.write_for(turn, (now - last).as_secs_f64()) {
            return;
        }
        last = now;
    }
}
