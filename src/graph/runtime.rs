//! The threads that the driver's network work runs on.
//!
//! One Tokio runtime serves the process. It is made when first needed, and a forked child, whose
//! copy of the parent's runtime has no threads, gets one of its own.

use super::process::Process;
use std::future::Future;
use std::time::Duration;
use tokio::runtime::Handle;

/// The runtime, started when it does not run yet.
pub fn handle() -> Handle {
    Process::current().runtime()
}

/// Runs a future to its end on the calling thread, which must not be one of the runtime's own.
pub fn block_on<F: Future>(future: F) -> F::Output {
    handle().block_on(future)
}

/// Ends the runtime's threads, closes all connections and forgets the tokens. To be called when the last
/// environment is gone. Work that does not end within `patience` is abandoned.
pub fn shutdown(patience: Duration) {
    Process::current().shutdown(patience);
}
