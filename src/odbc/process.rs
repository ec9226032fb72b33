//! The library's life in its process: from the first environment to the last, and across forks.

use super::calls::allocate;
use super::constants::handle_type;
use super::exchange::Exchange;
use super::handles::{self, ReturnCode, SUCCESS};
use super::memory::{AppMemory, AppPtr};
use super::text::Encoding;
use exchange_config::outgoing;
use exchange_graph::runtime;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long the last environment waits for background work, such as a name lookup, when it ends.
const PATIENCE: Duration = Duration::from_secs(2);

/// The number of environments. Locked while the first threads start or the last ones end, so that
/// an old environment cannot end the threads of a new one.
static ENVIRONMENTS: Mutex<usize> = Mutex::new(0);

fn environments() -> MutexGuard<'static, usize> {
    ENVIRONMENTS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// `SQLAllocHandle(SQL_HANDLE_ENV)`. `encoding` is called while no other thread can fork: finding the
/// driver manager takes locks of the loader, which a child would inherit locked.
pub fn allocate_environment(
    encoding: impl FnOnce() -> Encoding,
    out: AppPtr,
    memory: &impl AppMemory,
) -> ReturnCode {
    let mut alive = environments();
    let code = allocate::environment(Arc::new(Exchange), encoding(), out, memory);
    if code == SUCCESS {
        *alive += 1;
    }
    code
}

/// `SQLFreeHandle(SQL_HANDLE_ENV)`: the last environment ends the driver's threads.
pub fn free_environment(handle: usize) -> ReturnCode {
    let mut alive = environments();
    let code = allocate::free(handle_type::ENV, handle);
    if code == SUCCESS {
        *alive = alive.saturating_sub(1);
        if *alive == 0 {
            runtime::shutdown(PATIENCE);
        }
    }
    code
}

/// Runs something that needs the driver's threads though there may be no environment. They end with it then.
#[cfg(windows)]
pub fn visit<T>(body: impl FnOnce() -> T) -> T {
    *environments() += 1;
    let result = body();
    let mut alive = environments();
    *alive = alive.saturating_sub(1);
    if *alive == 0 {
        runtime::shutdown(PATIENCE);
    }
    result
}

/// The process's locks, held by a thread that forks.
pub struct Held {
    _environments: MutexGuard<'static, usize>,
    _handles: handles::Held,
    _secrets: outgoing::Held,
}

/// A fork copies locks in their current state, but the threads that hold them do not exist in the
/// child. So the thread that forks takes the process's locks first and releases them on both sides.
/// The locks of connections can be held as long as a query, too long to wait for; the child does
/// not touch its parent's connections instead ([`handles::inherited`]).
pub fn hold() -> Held {
    Held {
        _environments: environments(),
        _handles: handles::hold(),
        _secrets: outgoing::hold(),
    }
}

/// Call this in the child after a fork.
pub fn forked() {
    handles::forked();
}
