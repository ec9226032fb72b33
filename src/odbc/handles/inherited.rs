//! Connections, statements and descriptors that a forked child inherits from its parent.
//!
//! A thread of the parent may have been inside one of them at the fork. Then its lock stays held in
//! the child for ever, and the data behind it is half changed. So the child never looks at it. It
//! can free such a handle and disconnect; that removes the tokens and leaks the rest. Every other
//! call fails with 08S01.

use super::outcome::{ERROR, INVALID_HANDLE, ReturnCode, SUCCESS};
use super::registry::{self, Entry};
use crate::odbc::constants::handle_type;
use crate::odbc::diagnostics::{Diagnostics, Error, sqlstate};
use crate::odbc::state::group::ConnectionGroup;
use std::mem;
use std::sync::Arc;

/// Finds a handle of this kind that belongs to the parent.
fn find(kind: i16, handle: usize) -> Option<Entry> {
    let entry = registry::inherited(handle)?;
    (entry.kind() == kind).then_some(entry)
}

/// The return code of a call whose handle does not belong to this process.
pub fn refusal(kind: i16, handle: usize) -> ReturnCode {
    match find(kind, handle) {
        Some(_) => ERROR,
        None => INVALID_HANDLE,
    }
}

/// The records of an inherited handle. They never change, so reading them needs no lock.
pub fn diagnostics(kind: i16, handle: usize) -> Option<Diagnostics> {
    find(kind, handle)?;
    let mut diagnostics = Diagnostics::default();
    diagnostics.push(Error::new(
        sqlstate::S08S01,
        "The connection belongs to the process that this one was forked from; \
         disconnect, which leaves the other process alone, and connect again",
    ));
    diagnostics.finish(ERROR);
    Some(diagnostics)
}

/// `SQLFreeHandle`; `None` for a handle of this process. A connection is freed with its statements
/// and descriptors, because nobody can tell whether it was disconnected.
pub fn free(kind: i16, handle: usize) -> Option<ReturnCode> {
    let entry = find(kind, handle)?;
    leak(registry::remove(handle));
    if let Entry::Connection(group) = entry {
        leak(registry::remove_children(&group));
        group.environment.lock().forget_connection();
    }
    Some(SUCCESS)
}

/// `SQLDisconnect`; `None` for a handle of this process. From now on the handle is an unconnected
/// connection of this process.
pub fn disconnect(handle: usize) -> Option<ReturnCode> {
    let Entry::Connection(group) = find(handle_type::DBC, handle)? else {
        return None;
    };
    leak(registry::remove_children(&group));
    let fresh = ConnectionGroup::new(Arc::clone(&group.environment));
    leak(registry::replace(
        handle,
        Entry::Connection(Arc::new(fresh)),
    ));
    leak(group);
    Some(SUCCESS)
}

/// Dropping the last reference would end work that still seems to belong to the parent's threads.
fn leak<T>(value: T) {
    mem::forget(value);
}
