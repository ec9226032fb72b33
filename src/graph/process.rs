//! What belongs to the process as a whole.

use super::http::Connections;
use super::limit::Gates;
use super::token::Tokens;
use once_cell::race::OnceBox;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::runtime::{Builder, Handle, Runtime};

/// Enough to read sockets and unpack replies while the application's own threads compute.
const WORKERS: usize = 2;
/// Planning recurses as deep as a statement is nested, and as long as its longest chain of conditions. What
/// the text layer lets through needs a third of this without optimization, and a tenth with it; pages that
/// are never touched cost nothing.
const STACK: usize = 32 << 20;

/// Everything shared by the clients of one process.
pub(super) struct Process {
    id: u32,
    runtime: Mutex<Option<Runtime>>,
    pub(super) connections: Connections,
    pub(super) tokens: Tokens,
    pub(super) gates: Gates,
    /// After a fork the child appends its own here. A chain without locks, because a lock that
    /// another thread held at the moment of the fork would stay locked in the child for ever.
    child: OnceBox<Process>,
}

static FIRST: OnceBox<Process> = OnceBox::new();

impl Process {
    /// The state of the running process.
    pub(super) fn current() -> &'static Process {
        let id = std::process::id();
        let mut process = FIRST.get_or_init(|| Box::new(Process::new(id)));
        while process.id != id {
            process = process.child.get_or_init(|| Box::new(Process::new(id)));
        }
        process
    }

    fn new(id: u32) -> Self {
        Self {
            id,
            runtime: Mutex::new(None),
            connections: Connections::default(),
            tokens: Tokens::default(),
            gates: Gates::default(),
            child: OnceBox::new(),
        }
    }

    fn lock_runtime(&self) -> MutexGuard<'_, Option<Runtime>> {
        self.runtime.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn runtime(&self) -> Handle {
        self.lock_runtime()
            .get_or_insert_with(start)
            .handle()
            .clone()
    }

    pub(super) fn shutdown(&self, patience: Duration) {
        // Taken out of the lock first: a new environment may start a new runtime meanwhile.
        let runtime = self.lock_runtime().take();
        self.connections.clear();
        self.tokens.clear();
        if let Some(runtime) = runtime {
            runtime.shutdown_timeout(patience);
        }
    }
}

fn start() -> Runtime {
    let number = AtomicUsize::new(1);
    Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .thread_stack_size(STACK)
        // Names longer than 15 bytes are cut by Linux.
        .thread_name_fn(move || format!("exch-odbc-{}", number.fetch_add(1, Ordering::Relaxed)))
        .enable_all()
        .build()
        .expect("the operating system gives threads and an event queue")
}
