//! Locks of `handles` across forks.

use super::registry;
use crate::odbc::state::group;

pub use registry::forked;

/// All environments and the table of tokens, held so that no other thread is inside one of them.
pub struct Held {
    _states: group::Held,
    _registry: registry::Held,
}

/// Waits until no thread uses them, which never takes long, and keeps them locked. Otherwise a
/// process that forks would copy a lock while another thread holds it.
pub fn hold() -> Held {
    Held {
        _states: group::hold(),
        _registry: registry::hold(),
    }
}
