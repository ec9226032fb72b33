//! Connections, statements and descriptors that a forked child has from its parent.
//!
//! A thread of the parent may have been inside one of them at the fork. Then its lock stays held in
//! the child for ever, and what is behind it is half changed. So the child never looks: it can free
//! such a handle and disconnect, which forgets the tokens and leaks the rest, and every other call
//! fails with 08S01.

use super::outcome::{ERROR, INVALID_HANDLE, ReturnCode, SUCCESS};
use super::registry::{self, Entry};
use crate::odbc::constants::handle_type;
use crate::odbc::diagnostics::{Diagnostics, Error, sqlstate};
use crate::odbc::state::group::Group;
use std::mem;
use std::sync::Arc;

/// Whether the handle is of this kind, and the parent's.
fn find(kind: i16, handle: usize) -> Option<Entry> {
    let entry = registry::inherited(handle)?;
    (entry.kind() == kind).then_some(entry)
}

/// What a call returns whose handle is none of this process's.
pub fn refusal(kind: i16, handle: usize) -> ReturnCode {
    match find(kind, handle) {
        Some(_) => ERROR,
        None => INVALID_HANDLE,
    }
}

/// The records of an inherited handle. They are the same at all times, so that reading them needs no
/// lock either.
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

/// `SQLFreeHandle`; `None` for a handle of this process. A connection takes its statements and
/// descriptors along, because nobody can tell whether it was disconnected.
pub fn free(kind: i16, handle: usize) -> Option<ReturnCode> {
    let entry = find(kind, handle)?;
    leak(registry::remove(handle));
    if let Entry::Connection(group) = entry {
        leak(registry::remove_children(&group));
        group.environment.lock().forget_connection();
    }
    Some(SUCCESS)
}

/// `SQLDisconnect`; `None` for a handle of this process. The handle stands for an unconnected
/// connection of this process from now on.
pub fn disconnect(handle: usize) -> Option<ReturnCode> {
    let Entry::Connection(group) = find(handle_type::DBC, handle)? else {
        return None;
    };
    leak(registry::remove_children(&group));
    let fresh = Group::new(Arc::clone(&group.environment));
    leak(registry::replace(
        handle,
        Entry::Connection(Arc::new(fresh)),
    ));
    leak(group);
    Some(SUCCESS)
}

/// Dropping the last reference would end what the parent's threads still appear to work on.
fn leak<T>(value: T) {
    mem::forget(value);
}
