//! State shared by all requests.

use super::desk::Desk;
use super::faults::Faults;
use super::links::Links;
use super::log::{Entry, Log};
use super::options::Options;
use super::throttle::Throttle;
use super::token::Tokens;
use crate::resources::Remembered;
use crate::store::Store;
use std::net::SocketAddr;
use std::ops::Deref;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Instant;

#[derive(Clone)]
pub struct Shared(Arc<State>);

pub struct State {
    pub options: Options,
    pub address: SocketAddr,
    pub started: Instant,
    pub store: RwLock<Store>,
    pub tokens: Tokens,
    pub throttle: Throttle,
    pub faults: Faults,
    pub log: Log,
    pub(super) links: Links,
    pub remembered: Remembered,
    pub(super) desk: Mutex<Desk>,
    requests: AtomicU64,
}

impl Deref for Shared {
    type Target = State;

    fn deref(&self) -> &State {
        &self.0
    }
}

impl Shared {
    pub fn new(options: Options, address: SocketAddr, store: Store) -> Self {
        Self(Arc::new(State {
            options,
            address,
            started: Instant::now(),
            store: RwLock::new(store),
            tokens: Tokens::default(),
            throttle: Throttle::default(),
            faults: Faults::default(),
            log: Log::default(),
            links: Links::default(),
            remembered: Remembered::default(),
            desk: Mutex::default(),
            requests: AtomicU64::new(0),
        }))
    }

    pub fn store(&self) -> RwLockReadGuard<'_, Store> {
        self.store.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn store_to_change(&self) -> RwLockWriteGuard<'_, Store> {
        self.store.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn scheme(&self) -> &'static str {
        match self.options.http2 {
            true => "https",
            false => "http",
        }
    }

    pub(super) fn log(&self, entry: Entry) {
        if let Some(print) = &self.options.on_request {
            print(&entry);
        }
        self.log.add(entry, self.options.log_capacity);
    }

    /// An id in the shape of a GUID, in the order of the requests.
    pub(super) fn request_id(&self) -> String {
        let number = self.requests.fetch_add(1, Ordering::Relaxed) + 1;
        format!("00000000-0000-4000-8000-{number:012x}")
    }
}
