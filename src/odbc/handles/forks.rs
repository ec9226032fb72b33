//! Locks of this room across forks.

use super::registry;
use crate::odbc::state::group;

pub use registry::forked;

/// All environments and the table of tokens, held so that no other thread is inside one of them.
pub struct Held {
    _states: group::Held,
    _registry: registry::Held,
}

/// Waits until no thread uses them, which is never for long, and keeps it so: a process that forks
/// would otherwise copy a lock in the state in which another thread has it.
pub fn hold() -> Held {
    Held {
        _states: group::hold(),
        _registry: registry::hold(),
    }
}
