//! The table behind handles.
//!
//! A handle given to an application is a token, never an address: the low half is an index into this
//! table, the high half counts how often the slot was used. A stale, forged or twice freed handle
//! therefore finds nothing, whatever its bits are.

use super::cancel::CancelSlot;
use super::group::{Environment, Group};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// What a token stands for.
#[derive(Clone)]
pub enum Entry {
    Environment(Arc<Environment>),
    Connection(Arc<Group>),
    Statement {
        group: Arc<Group>,
        key: usize,
        cancel: Arc<CancelSlot>,
    },
    Descriptor {
        group: Arc<Group>,
        key: usize,
    },
}

struct Slot {
    generation: usize,
    entry: Option<Entry>,
}

struct Table {
    slots: Vec<Slot>,
    free: Vec<usize>,
}

const INDEX_BITS: u32 = usize::BITS / 2;
const INDEX_MASK: usize = (1 << INDEX_BITS) - 1;

static TABLE: RwLock<Table> = RwLock::new(Table {
    slots: Vec::new(),
    free: Vec::new(),
});

fn reading() -> RwLockReadGuard<'static, Table> {
    TABLE.read().unwrap_or_else(PoisonError::into_inner)
}

fn writing() -> RwLockWriteGuard<'static, Table> {
    TABLE.write().unwrap_or_else(PoisonError::into_inner)
}

/// Index in the token is one more than in the table, so that no token is null.
fn token(index: usize, generation: usize) -> usize {
    (generation << INDEX_BITS) | (index + 1)
}

fn split(token: usize) -> Option<(usize, usize)> {
    Some(((token & INDEX_MASK).checked_sub(1)?, token >> INDEX_BITS))
}

/// The table, held so that no other thread is inside it.
pub struct Held {
    _table: RwLockWriteGuard<'static, Table>,
}

/// Waits until no thread uses the table, and keeps it so: a process that forks would otherwise copy
/// the lock in the state in which another thread has it.
pub fn hold() -> Held {
    Held { _table: writing() }
}

/// Gives the entry a token. `None` when the table is full.
pub fn insert(entry: Entry) -> Option<usize> {
    let mut table = writing();
    let index = match table.free.pop() {
        Some(index) => index,
        None if table.slots.len() >= INDEX_MASK - 1 => return None,
        None => {
            table.slots.push(Slot {
                generation: 0,
                entry: None,
            });
            table.slots.len() - 1
        }
    };
    let slot = &mut table.slots[index];
    slot.entry = Some(entry);
    Some(token(index, slot.generation))
}

pub fn get(token: usize) -> Option<Entry> {
    let (index, generation) = split(token)?;
    let table = reading();
    let slot = table.slots.get(index)?;
    if slot.generation == generation {
        slot.entry.clone()
    } else {
        None
    }
}

/// Forgets the token. Its slot is used again under another generation.
pub fn remove(token: usize) -> Option<Entry> {
    let (index, generation) = split(token)?;
    let mut table = writing();
    let slot = table.slots.get_mut(index)?;
    if slot.generation != generation {
        return None;
    }
    let entry = slot.entry.take()?;
    slot.generation = (slot.generation + 1) & INDEX_MASK;
    table.free.push(index);
    Some(entry)
}
