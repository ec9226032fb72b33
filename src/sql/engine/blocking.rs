//! Waiting for the runtime from the application's thread.
//!
//! The thread may belong to any runtime of its own, so it waits on a plain channel: entering another
//! runtime from inside one would panic.

use crate::graph::runtime;
use crate::sql::{Error, ErrorKind};
use std::future::Future;
use std::sync::mpsc;

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

/// The work ended without a result, which only a defect of the driver can cause.
pub fn ended_early() -> Error {
    Error::new(
        ErrorKind::General,
        "the statement ended without a result because of an internal error of the driver; \
         please report it together with the statement",
    )
}
