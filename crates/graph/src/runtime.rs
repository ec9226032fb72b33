//! The driver's threads.
//!
//! Some threads talk to Graph, others compute. Both kinds serve the whole process. They start on
//! demand. A forked child gets its own, because its copy of the parent's runtimes has no threads.

use super::process::Process;
use std::future::Future;
use std::time::Duration;
use tokio::runtime::{Handle, RuntimeFlavor};

/// The runtime of the threads that talk to Graph. Its tasks must not compute for long: every connection waits for them.
pub fn handle() -> Handle {
    Process::current().network()
}

/// Runs a future to its end on the calling thread, which must not be one of the runtime's own.
pub fn block_on<F: Future>(future: F) -> F::Output {
    handle().block_on(future)
}

/// Runs the job on a computing thread, and does not wait for it. The job may take as long as it
/// likes.
pub fn compute(job: impl FnOnce() + Send + 'static) {
    Process::current().computing().spawn_blocking(job);
}

/// Computes in the middle of a task of [`handle`]; another thread takes over the waiting tasks.
pub fn compute_here<T>(job: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|handle| handle.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(job),
        _ => job(),
    }
}

/// Ends the threads, closes all connections and forgets the tokens. Call this after the last
/// environment is freed. Work that does not end within `patience` is abandoned.
pub fn shutdown(patience: Duration) {
    Process::current().shutdown(patience);
}
