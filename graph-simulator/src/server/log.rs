//! The received requests. Never secrets: no forms, no `Authorization`, no bodies.

use crate::odata::pairs::{self, Pairs};
use serde::Serialize;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// An answered request. The requests of a batch have their own entries, after that of the batch.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    pub number: u64,
    /// Milliseconds since the simulator started.
    pub at: u64,
    pub method: String,
    pub path: String,
    /// Decoded.
    pub query: Pairs,
    /// `Prefer`, `ConsistencyLevel`, `client-request-id`, `Accept-Encoding`, `User-Agent`.
    pub headers: Vec<(String, String)>,
    pub status: u16,
    /// Graph's error code, or the AADSTS number.
    pub code: Option<String>,
    /// Bytes of the reply, before compression.
    pub bytes: usize,
    /// The mailbox, by the user's id.
    pub mailbox: Option<String>,
    /// Requests of this mailbox in flight, this one included; 0 if they are not counted.
    pub in_flight: usize,
    /// Number of the batch that this request came in.
    pub batch: Option<u64>,
    /// The fault that affected it.
    pub fault: Option<&'static str>,
}

impl Entry {
    /// The value of a query option.
    pub fn option(&self, name: &str) -> Option<&str> {
        pairs::option(&self.query, name)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// Counts over all requests since the start or since the log was cleared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counters {
    /// Requests that came alone, batches among them.
    pub requests: u64,
    /// Requests that came in batches.
    pub batched: u64,
    pub tokens: u64,
    /// Queries that Graph does not accept: 400 and 501.
    pub refused: u64,
    pub throttled: u64,
    pub faults: u64,
    pub bytes: u64,
}

#[derive(Default)]
pub struct Log(Mutex<State>);

#[derive(Default)]
struct State {
    entries: VecDeque<Entry>,
    counters: Counters,
    numbers: u64,
}

impl Log {
    /// A number for a request that begins.
    pub fn number(&self) -> u64 {
        let mut state = self.lock();
        state.numbers += 1;
        state.numbers
    }

    /// Adds an entry; beyond the capacity, the oldest is removed.
    pub fn add(&self, entry: Entry, capacity: usize) {
        let mut state = self.lock();
        let counters = &mut state.counters;
        match entry.batch {
            Some(_) => counters.batched += 1,
            None => counters.requests += 1,
        }
        counters.tokens += u64::from(entry.path.ends_with("/oauth2/v2.0/token"));
        counters.refused += u64::from(matches!(entry.status, 400 | 501));
        counters.throttled += u64::from(entry.status == 429);
        counters.faults += u64::from(entry.fault.is_some());
        counters.bytes += entry.bytes as u64;
        state.entries.push_back(entry);
        while state.entries.len() > capacity {
            state.entries.pop_front();
        }
    }

    /// The requests in the order in which their answers were ready.
    pub fn entries(&self) -> Vec<Entry> {
        self.lock().entries.iter().cloned().collect()
    }

    pub fn counters(&self) -> Counters {
        self.lock().counters
    }

    pub fn clear(&self) {
        let mut state = self.lock();
        state.entries.clear();
        state.counters = Counters::default();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
