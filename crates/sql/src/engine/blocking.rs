//! How the application's threads wait for the driver's threads.
//!
//! The application's thread may belong to a runtime, so it waits without one: entering another
//! runtime from inside one would panic. It never waits longer than its limit, whatever the other
//! threads do.

use crate::interrupts::{self, cancelled};
use crate::{Cancellation, Error, ErrorKind, ExecuteOptions};
use exchange_graph::runtime;
use std::future::Future;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Instant;
use tokio::runtime::{Builder, Runtime};
use tokio::task::AbortHandle;
use tokio_util::sync::DropGuard;

/// Runs a future that talks to Graph and waits for its result.
pub fn run<T, F>(future: F) -> Result<T, Error>
where
    T: Send + 'static,
    F: Future<Output = Result<T, Error>> + Send + 'static,
{
    let (sender, receiver) = mpsc::sync_channel(1);
    runtime::handle().spawn(async move {
        // The receiver only disappears with the waiting thread.
        let _ = sender.send(future.await);
    });
    receiver.recv().unwrap_or_else(|_| Err(ended_early()))
}

/// Runs a future that computes and waits for its result, within the limits of the options. The work
/// ends soon after.
pub fn run_within<T, F>(future: F, options: &ExecuteOptions) -> Result<T, Error>
where
    T: Send + 'static,
    F: Future<Output = Result<T, Error>> + Send + 'static,
{
    let (sender, receiver) = mpsc::channel();
    let end = options.cancellation.child_token();
    let _ended: DropGuard = end.clone().drop_guard();
    let _watch = when_cancelled(&options.cancellation, {
        let sender = sender.clone();
        move || {
            let _ = sender.send(Err(cancelled()));
        }
    });
    runtime::compute(move || {
        let _ = sender.send(compute(&local_runtime(), &end, future));
    });
    match receive(&receiver, options.deadline) {
        Ok(result) => result,
        Err(RecvTimeoutError::Timeout) => Err(timed_out()),
        Err(RecvTimeoutError::Disconnected) => Err(ended_early()),
    }
}

/// Ends the watch when it is dropped.
pub struct Watch(AbortHandle);

impl Drop for Watch {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Calls `tell` when the statement is cancelled, on a thread that never computes.
pub fn when_cancelled(cancellation: &Cancellation, tell: impl FnOnce() + Send + 'static) -> Watch {
    let cancellation = cancellation.clone();
    let watch = runtime::handle().spawn(async move {
        cancellation.cancelled().await;
        tell();
    });
    Watch(watch.abort_handle())
}

/// The runtime of a statement's tasks, on the thread that computes for it.
pub fn local_runtime() -> Runtime {
    let runtime = Builder::new_current_thread().build();
    runtime.expect("a runtime without sockets and clocks needs nothing that could be missing")
}

/// Runs a future on this thread until it finishes or `end` is triggered.
pub fn compute<T>(
    runtime: &Runtime,
    end: &Cancellation,
    future: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let ended = async {
        tokio::select! {
            biased;
            () = end.cancelled() => Err(cancelled()),
            outcome = future => outcome,
        }
    };
    interrupts::within(end, || runtime.block_on(ended))
}

/// Waits for a message until the deadline, if there is one.
fn receive<T>(receiver: &Receiver<T>, deadline: Option<Instant>) -> Result<T, RecvTimeoutError> {
    match deadline {
        Some(deadline) => receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())),
        None => receiver.recv().map_err(RecvTimeoutError::from),
    }
}

pub fn timed_out() -> Error {
    Error::new(
        ErrorKind::TimedOut,
        "a call waited longer than the query timeout allows; read less, or set a longer \
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
