//! Waiting for the runtime from the application's thread.
//!
//! The thread may belong to any runtime of its own, so it waits on a plain channel: entering another
//! runtime from inside one would panic.

use crate::graph::runtime;
use crate::sql::{Error, ErrorKind, ExecuteOptions};
use std::future::Future;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Instant;

/// Runs a future on the driver's runtime and waits for its result.
pub fn run<T, F>(future: F) -> Result<T, Error>
where
    T: Send + 'static,
    F: Future<Output = Result<T, Error>> + Send + 'static,
{
    let (sender, receiver) = mpsc::sync_channel(1);
    runtime::handle().spawn(async move {
        // The receiver is gone only if the waiting thread is.
        let _ = sender.send(future.await);
    });
    receiver.recv().unwrap_or_else(|_| Err(ended_early()))
}

/// The same, but no longer than the options allow: the work is ended when they end it.
pub fn run_within<T, F>(future: F, options: &ExecuteOptions) -> Result<T, Error>
where
    T: Send + 'static,
    F: Future<Output = Result<T, Error>> + Send + 'static,
{
    let (sender, receiver) = mpsc::channel();
    let cancellation = options.cancellation.clone();
    // Planning computes without a pause, so that the wait is what ends, and the work when it can.
    let watch = runtime::handle().spawn({
        let sender = sender.clone();
        async move {
            cancellation.cancelled().await;
            let _ = sender.send(Err(cancelled()));
        }
    });
    let work = runtime::handle().spawn(async move {
        let _ = sender.send(future.await);
    });
    let outcome = receive(&receiver, options.deadline);
    watch.abort();
    work.abort();
    match outcome {
        Ok(result) => result,
        Err(RecvTimeoutError::Timeout) => Err(timed_out()),
        Err(RecvTimeoutError::Disconnected) => Err(ended_early()),
    }
}

/// Waits for a message until the deadline, if there is one.
pub fn receive<T>(
    receiver: &Receiver<T>,
    deadline: Option<Instant>,
) -> Result<T, RecvTimeoutError> {
    match deadline {
        Some(deadline) => receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())),
        None => receiver.recv().map_err(RecvTimeoutError::from),
    }
}

pub fn cancelled() -> Error {
    Error::new(ErrorKind::Cancelled, "the statement was cancelled")
}

pub fn timed_out() -> Error {
    Error::new(
        ErrorKind::TimedOut,
        "a call waited longer than the query timeout allows; ask for less, or set a longer \
         SQL_ATTR_QUERY_TIMEOUT or QueryTimeout",
    )
}

/// The work ended without a result, which only a defect of the driver can cause.
pub fn ended_early() -> Error {
    Error::new(
        ErrorKind::General,
        "the statement ended without a result because of an internal error of the driver; \
         please report it together with the statement",
    )
}
