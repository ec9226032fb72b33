//! The library's life in its process: from the first environment to the last, and across forks.

use super::driver_manager;
use super::memory::ProcessMemory;
use crate::odbc::calls::allocate;
use crate::odbc::constants::handle_type;
use crate::odbc::exchange::Exchange;
use crate::odbc::handles::{ReturnCode, SUCCESS};
use crate::odbc::memory::AppPtr;
use exchange_graph::runtime;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long the last environment's end waits for work in the background, such as a name that is
/// being looked up.
const PATIENCE: Duration = Duration::from_secs(2);

/// How many environments there are. Held while the first threads start or the last ones end, so that
/// a new environment cannot have its threads ended by an old one.
static ENVIRONMENTS: Mutex<usize> = Mutex::new(0);

fn environments() -> MutexGuard<'static, usize> {
    ENVIRONMENTS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// `SQLAllocHandle(SQL_HANDLE_ENV)`
pub(super) fn allocate_environment(out: AppPtr, memory: &ProcessMemory) -> ReturnCode {
    forks::prepare();
    let mut alive = environments();
    let width = driver_manager::wide_width();
    let code = allocate::environment(Arc::new(Exchange), width, out, memory);
    if code == SUCCESS {
        *alive += 1;
    }
    code
}

/// `SQLFreeHandle(SQL_HANDLE_ENV)`: the last environment takes the driver's threads with it.
pub(super) fn free_environment(handle: usize) -> ReturnCode {
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

/// A fork copies locks in the state in which other threads have them, and those threads do not exist
/// in the child. So the thread that forks takes the process's locks first and frees them in both.
/// Those of connections are held as long as a query takes, too long to wait for; the child leaves
/// its parent's connections alone instead ([`crate::odbc::handles::inherited`]).
#[cfg(unix)]
mod forks {
    use crate::odbc::handles;
    use exchange_config::outgoing;
    use std::cell::RefCell;
    use std::sync::{MutexGuard, Once};

    struct Held {
        _environments: MutexGuard<'static, usize>,
        _handles: handles::Held,
        _secrets: outgoing::Held,
    }

    thread_local! {
        static HELD: RefCell<Option<Held>> = const { RefCell::new(None) };
    }

    pub(super) fn prepare() {
        static REGISTERED: Once = Once::new();
        REGISTERED.call_once(|| {
            // SAFETY: the three functions live as long as the process, because the library is never
            // unmapped, and they do not unwind. Where memory is short the handlers are missing, and
            // a fork is only safe while no other thread is inside the driver, as without them.
            let _ = unsafe { libc::pthread_atfork(Some(before), Some(after), Some(in_the_child)) };
        });
    }

    extern "C" fn before() {
        let held = Held {
            _environments: super::environments(),
            _handles: handles::hold(),
            _secrets: outgoing::hold(),
        };
        let _ = HELD.try_with(|slot| slot.replace(Some(held)));
    }

    extern "C" fn in_the_child() {
        handles::forked();
        after();
    }

    extern "C" fn after() {
        let _ = HELD.try_with(|slot| slot.take());
    }
}

#[cfg(not(unix))]
mod forks {
    pub(super) fn prepare() {}
}
