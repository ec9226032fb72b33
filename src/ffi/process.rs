//! Set-up before a process's first environment: fork handlers, or a pin where processes do not fork, and the encoding
//! of its text.

use super::driver_manager;
use super::memory::ProcessMemory;
use crate::odbc::handles::ReturnCode;
use crate::odbc::memory::AppPtr;
use crate::odbc::process;

/// `SQLAllocHandle(SQL_HANDLE_ENV)`
pub(super) fn allocate_environment(out: AppPtr, memory: &ProcessMemory) -> ReturnCode {
    forks::prepare();
    process::allocate_environment(driver_manager::encoding, out, memory)
}

/// Takes the driver's locks before a fork and releases them on both sides ([`process::hold`]).
#[cfg(unix)]
mod forks {
    use crate::odbc::process::{self, Held};
    use std::cell::RefCell;
    use std::sync::Once;

    thread_local! {
        static HELD: RefCell<Option<Held>> = const { RefCell::new(None) };
    }

    pub(super) fn prepare() {
        static REGISTERED: Once = Once::new();
        REGISTERED.call_once(|| {
            // SAFETY: the three functions live as long as the process, because the library is never
            // unmapped, and they do not unwind. If memory is short, the handlers are missing; then
            // a fork is only safe while no other thread is inside the driver.
            let _ = unsafe { libc::pthread_atfork(Some(before), Some(after), Some(in_the_child)) };
        });
    }

    extern "C" fn before() {
        let held = process::hold();
        let _ = HELD.try_with(|slot| slot.replace(Some(held)));
    }

    extern "C" fn in_the_child() {
        process::forked();
        after();
    }

    extern "C" fn after() {
        let _ = HELD.try_with(|slot| slot.take());
    }
}

/// Windows' linker has no option against unloading, so the library pins itself: its threads run its code, and driver
/// managers unload drivers.
#[cfg(windows)]
mod forks {
    pub(super) fn prepare() {
        exchange_windows::library::pin();
    }
}

#[cfg(not(any(unix, windows)))]
mod forks {
    pub(super) fn prepare() {}
}
