//! Handles, freed after those that were allocated on them.

use super::constants::HANDLE_DBC;
use super::diagnostic::{Result, check};
use super::library::{Handle, Library};
use std::ptr;
use std::sync::Arc;

/// A handle with the one that it was allocated on.
pub struct Owned {
    pub kind: i16,
    pub handle: Handle,
    /// Freed after this one.
    _parent: Option<Arc<Owned>>,
}

// SAFETY: ODBC's handles may be used on any thread.
unsafe impl Send for Owned {}
// SAFETY: as above; the driver locks.
unsafe impl Sync for Owned {}

impl Owned {
    pub fn allocate(kind: i16, parent: Option<&Arc<Owned>>) -> Result<Arc<Self>> {
        let mut handle = ptr::null_mut();
        let above = parent.map_or(ptr::null_mut(), |parent| parent.handle);
        // SAFETY: `handle` is a place for a handle.
        let code = unsafe { (Library::get().SQLAllocHandle)(kind, above, &raw mut handle) };
        check(code, parent.map_or(kind, |parent| parent.kind), above)?;
        Ok(Arc::new(Self {
            kind,
            handle,
            _parent: parent.cloned(),
        }))
    }

    pub fn check(&self, code: i16) -> Result<i16> {
        check(code, self.kind, self.handle)
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        let library = Library::get();
        // SAFETY: handles are only looked up; what is bound to them is dropped later.
        unsafe {
            if self.kind == HANDLE_DBC {
                (library.SQLDisconnect)(self.handle);
            }
            (library.SQLFreeHandle)(self.kind, self.handle);
        }
    }
}
