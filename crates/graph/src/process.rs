//! State that belongs to the whole process.

use super::http::Connections;
use super::limit::Gates;
use super::token::Tokens;
use exchange_config::outgoing;
use once_cell::race::OnceBox;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Handle, Runtime};

/// Threads that talk to Graph: enough to read sockets and decompress replies.
const WORKERS: usize = 2;
/// The most threads that compute at once. A statement that waits for the application has none.
const COMPUTING: usize = 1024;
/// Planning recurses as deep as a statement is nested, and as long as its longest chain of
/// conditions. The largest statements that the text layer accepts need a third of this without
/// optimization, and a tenth with it. Pages that are never touched cost nothing.
const STACK: usize = 32 << 20;

/// Everything shared by the clients of one process.
pub(super) struct Process {
    id: u32,
    runtimes: Mutex<Option<Runtimes>>,
    pub(super) connections: Connections,
    pub(super) tokens: Tokens,
    pub(super) gates: Gates,
    /// After a fork the child appends its own state here. The chain has no locks, because a lock
    /// that another thread held at the moment of the fork would stay locked in the child for ever.
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
            runtimes: Mutex::new(None),
            connections: Connections::default(),
            tokens: Tokens::default(),
            gates: Gates::default(),
            child: OnceBox::new(),
        }
    }

    fn lock_runtimes(&self) -> MutexGuard<'_, Option<Runtimes>> {
        self.runtimes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The threads that talk to Graph.
    pub(super) fn network(&self) -> Handle {
        let mut runtimes = self.lock_runtimes();
        let runtimes = runtimes.get_or_insert_with(Runtimes::start);
        runtimes.network.handle().clone()
    }

    /// The threads that compute.
    pub(super) fn computing(&self) -> Handle {
        let mut runtimes = self.lock_runtimes();
        let runtimes = runtimes.get_or_insert_with(Runtimes::start);
        runtimes.computing.handle().clone()
    }

    pub(super) fn shutdown(&self, patience: Duration) {
        // Taken out of the lock first, because a new environment may start new threads meanwhile.
        let runtimes = self.lock_runtimes().take();
        self.connections.clear();
        self.tokens.clear();
        outgoing::forget();
        if let Some(Runtimes { network, computing }) = runtimes {
            let deadline = Instant::now() + patience;
            computing.shutdown_timeout(patience);
            network.shutdown_timeout(deadline.saturating_duration_since(Instant::now()));
        }
    }
}

/// The driver's threads. Computations may keep their thread as long as they like, so they run on
/// other threads than the network and the wake-ups of the application.
struct Runtimes {
    network: Runtime,
    /// Only its threads for blocking work are used: one for each statement that computes, started
    /// on demand.
    computing: Runtime,
}

impl Runtimes {
    fn start() -> Self {
        let number = Arc::new(AtomicUsize::new(1));
        let threads = |mut builder: Builder| {
            let number = Arc::clone(&number);
            // Names longer than 15 bytes are cut by Linux.
            let name = move || format!("exch-odbc-{}", number.fetch_add(1, Ordering::Relaxed));
            let runtime = builder
                .thread_stack_size(STACK)
                .thread_name_fn(name)
                .build();
            runtime.expect("the operating system gives threads and an event queue")
        };
        let mut network = Builder::new_multi_thread();
        network.worker_threads(WORKERS).enable_all();
        let mut computing = Builder::new_current_thread();
        computing.max_blocking_threads(COMPUTING);
        Self {
            network: threads(network),
            computing: threads(computing),
        }
    }
}
