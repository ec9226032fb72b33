//! Limits on requests in flight.
//!
//! Graph serves four requests at once for each application and mailbox (docs/graph.md#throttling).
//! The count is kept for the whole process, across connections. A batch counts as many of a
//! mailbox's requests as Graph runs at once, at most four (docs/graph.md#batch); for the overall
//! limit it is one request.
//!
//! Slots are taken mailbox by mailbox in the order of their names, then the overall one. Nobody
//! waits for a slot while holding a later one, so no two requests can wait for each other.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Instant;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Graph's limit for one application and mailbox (docs/graph.md#throttling).
pub const PER_MAILBOX: u32 = 4;

/// From this number of entries on, unused ones are removed before another is added.
const SWEEP: usize = 64;

#[derive(Default)]
pub(super) struct Gates {
    mailboxes: Mutex<HashMap<String, Weak<Gate>>>,
    overall: Mutex<HashMap<String, Weak<Semaphore>>>,
}

/// The limit of one mailbox, or of the directory.
pub(super) struct Gate {
    /// `None` for the directory, which counts units of work instead of requests at once
    /// (docs/graph.md#throttling).
    slots: Option<Arc<Semaphore>>,
    closed_until: Mutex<Option<Instant>>,
}

/// A request's slots; dropping them returns them.
pub(super) type Slots = Vec<OwnedSemaphorePermit>;

impl Gates {
    /// The gate of an application (identified by any text) and a mailbox.
    pub(super) fn gate(&self, application: &str, mailbox: Option<&str>) -> Arc<Gate> {
        let name = mailbox.map(str::to_lowercase);
        let key = format!("{application}\n{}", name.as_deref().unwrap_or_default());
        let slots = name.map(|_| Arc::new(Semaphore::new(PER_MAILBOX as usize)));
        shared(&self.mailboxes, key, || Gate {
            slots,
            closed_until: Mutex::new(None),
        })
    }

    /// The overall slots of an application's connections with the same limit.
    pub(super) fn overall(&self, application: &str, most: u32) -> Arc<Semaphore> {
        let key = format!("{application}\n{most}");
        shared(&self.overall, key, || Semaphore::new(most as usize))
    }
}

/// The live value of a key; creates it if it does not exist.
fn shared<T>(
    map: &Mutex<HashMap<String, Weak<T>>>,
    key: String,
    make: impl FnOnce() -> T,
) -> Arc<T> {
    let mut map = lock(map);
    if let Some(found) = map.get(&key).and_then(Weak::upgrade) {
        return found;
    }
    if map.len() >= SWEEP {
        map.retain(|_, value| value.strong_count() > 0);
    }
    let made = Arc::new(make());
    map.insert(key, Arc::downgrade(&made));
    made
}

impl Gate {
    /// Blocks all requests until then, because Graph counts requests even while a mailbox is
    /// throttled (docs/graph.md#throttling).
    pub(super) fn close_until(&self, moment: Instant) {
        let mut closed = lock(&self.closed_until);
        *closed = Some(closed.map_or(moment, |known| known.max(moment)));
    }

    fn closed_until(&self) -> Option<Instant> {
        lock(&self.closed_until).filter(|moment| *moment > Instant::now())
    }

    /// Waits in line for `count` slots until the gate is open.
    async fn enter(&self, count: u32) -> Option<OwnedSemaphorePermit> {
        loop {
            if let Some(moment) = self.closed_until() {
                tokio::time::sleep_until(moment.into()).await;
            }
            let permit = match &self.slots {
                Some(slots) => slots
                    .clone()
                    .acquire_many_owned(count.min(PER_MAILBOX))
                    .await
                    .ok(),
                None => None,
            };
            // The gate may have been closed while this request waited in line.
            if self.closed_until().is_none() {
                return permit;
            }
        }
    }
}

/// Waits for slots at every gate, `(gate, requests)` in the order of their mailboxes' names, and
/// for an overall one.
pub(super) async fn enter(gates: &[(Arc<Gate>, u32)], overall: Arc<Semaphore>) -> Slots {
    let mut slots = Vec::with_capacity(gates.len() + 1);
    for (gate, count) in gates {
        slots.extend(gate.enter(*count).await);
    }
    slots.extend(overall.acquire_owned().await.ok());
    slots
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[tokio::test]
    async fn a_mailbox_has_four_slots_whatever_its_spelling() {
        let gates = Gates::default();
        let overall = gates.overall("app", 100);
        let mut held = Vec::new();
        for name in ["Ann@x.org", "ann@x.org", "ANN@X.ORG", "ann@x.org"] {
            let gate = gates.gate("app", Some(name));
            held.push((enter(&[(gate.clone(), 1)], overall.clone()).await, gate));
        }
        let other = gates.gate("app", Some("bob@x.org"));
        enter(&[(other, 4)], overall.clone()).await;
        let fifth = [(gates.gate("app", Some("ann@x.org")), 1)];
        let wait = Duration::from_millis(20);
        assert!(
            tokio::time::timeout(wait, enter(&fifth, overall.clone()))
                .await
                .is_err()
        );
        held.pop();
        assert!(
            tokio::time::timeout(wait, enter(&fifth, overall))
                .await
                .is_ok()
        );
    }

    #[tokio::test]
    async fn a_closed_gate_lets_nobody_in() {
        let gates = Gates::default();
        let overall = gates.overall("app", 1);
        let gate = gates.gate("app", None);
        let start = Instant::now();
        gate.close_until(start + Duration::from_millis(60));
        gate.close_until(start + Duration::from_millis(10));
        enter(&[(gate, 1)], overall).await;
        assert!(start.elapsed() >= Duration::from_millis(60));
    }

    #[test]
    fn gates_that_nobody_uses_are_forgotten() {
        let gates = Gates::default();
        for number in 0..1000 {
            gates.gate("app", Some(&number.to_string()));
        }
        assert!(lock(&gates.mailboxes).len() <= SWEEP);
    }
}
