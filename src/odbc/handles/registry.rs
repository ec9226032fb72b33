//! The table behind handles.
//!
//! A handle given to an application is a token, never an address: the low half is an index into
//! this table, the high half counts the uses of the slot. So a stale, forged or twice freed handle
//! finds nothing, whatever its bits are.

use crate::odbc::constants::handle_type;
use crate::odbc::state::cancel::CancelSlot;
use crate::odbc::state::group::{ConnectionGroup, Environment};
use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// The object of a token.
#[derive(Clone)]
pub enum Entry {
    Environment(Arc<Environment>),
    Connection(Arc<ConnectionGroup>),
    Statement(Arc<Member>),
    Descriptor {
        group: Arc<ConnectionGroup>,
        key: usize,
    },
}

/// A statement on its connection. Behind one counted reference, because each call takes one.
pub struct Member {
    pub group: Arc<ConnectionGroup>,
    pub key: usize,
    pub cancel: CancelSlot,
}

struct Slot {
    generation: usize,
    /// The value of [`FORKS`] in the process that the entry was made in.
    process: usize,
    entry: Option<Entry>,
}

struct Table {
    slots: Vec<Slot>,
    free: Vec<usize>,
}

/// How many forks lie between the first process that loaded the library and this one.
static FORKS: AtomicUsize = AtomicUsize::new(0);

/// Call this in the child after a fork: the entries of the table then belong to the parent.
pub fn forked() {
    FORKS.fetch_add(1, Ordering::Relaxed);
    change();
}

fn process() -> usize {
    FORKS.load(Ordering::Relaxed)
}

impl Slot {
    /// Whether the entry belongs to another process. Environments belong to every process, because
    /// their locks are free after a fork.
    fn is_inherited(&self) -> bool {
        self.process != process() && !matches!(self.entry, Some(Entry::Environment(_)))
    }

    fn take(&mut self) -> Option<Entry> {
        let entry = self.entry.take()?;
        self.generation = (self.generation + 1) & INDEX_MASK;
        Some(entry)
    }
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

/// Waits until no thread uses the table, and keeps it locked. Otherwise a process that forks would
/// copy the lock while another thread holds it.
pub fn hold() -> Held {
    Held { _table: writing() }
}

impl Entry {
    /// `SQL_HANDLE_*`
    pub const fn kind(&self) -> i16 {
        match self {
            Self::Environment(_) => handle_type::ENV,
            Self::Connection(_) => handle_type::DBC,
            Self::Statement(_) => handle_type::STMT,
            Self::Descriptor { .. } => handle_type::DESC,
        }
    }
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
                process: 0,
                entry: None,
            });
            table.slots.len() - 1
        }
    };
    let slot = &mut table.slots[index];
    slot.entry = Some(entry);
    slot.process = process();
    Some(token(index, slot.generation))
}

/// How often a token lost its object. It changes while the table is locked for writing.
static CHANGES: AtomicUsize = AtomicUsize::new(0);

fn change() {
    CHANGES.fetch_add(1, Ordering::Release);
}

fn changes() -> usize {
    CHANGES.load(Ordering::Acquire)
}

/// A statement that was found, and when. Boxed, so that keeping it moves no more than an address.
pub struct Found {
    token: usize,
    changes: usize,
    pub member: Arc<Member>,
}

thread_local! {
    /// The statement that the thread used last: applications read thousands of cells of one, and the table's lock and the
    /// counted reference would cost as much as a short value.
    static LAST: Cell<Option<Box<Found>>> = const { Cell::new(None) };
}

/// The statement of the token in this process.
pub fn statement(token: usize) -> Option<Box<Found>> {
    let last = LAST.try_with(Cell::take).ok().flatten();
    if let Some(last) = last
        && last.token == token
        && last.changes == changes()
    {
        return Some(last);
    }
    let (entry, changes) = find(token, |slot| !slot.is_inherited())?;
    match entry {
        Entry::Statement(member) => Some(Box::new(Found {
            token,
            changes,
            member,
        })),
        _ => None,
    }
}

impl Found {
    /// Keeps it for the thread's next call, unless a token was removed meanwhile.
    pub fn keep(self: Box<Self>) {
        if self.changes == changes() {
            // A thread that ends keeps nothing.
            let _ = LAST.try_with(|last| last.set(Some(self)));
        }
    }
}

/// Releases what the thread used last.
fn forget_last() {
    let _ = LAST.try_with(Cell::take);
}

/// The object of the token in this process.
pub fn get(token: usize) -> Option<Entry> {
    find(token, |slot| !slot.is_inherited()).map(|(entry, _)| entry)
}

/// The kind of the token's handle in this process.
pub fn kind_of(token: usize) -> Option<i16> {
    get(token).map(|entry| entry.kind())
}

/// The object of the token in the parent process. Its locks may be held by threads that do not
/// exist here.
pub fn inherited(token: usize) -> Option<Entry> {
    find(token, Slot::is_inherited).map(|(entry, _)| entry)
}

/// The object, and how many tokens had lost theirs at that time.
fn find(token: usize, wanted: impl FnOnce(&Slot) -> bool) -> Option<(Entry, usize)> {
    let (index, generation) = split(token)?;
    let table = reading();
    let slot = table.slots.get(index)?;
    match slot.generation == generation && wanted(slot) {
        true => slot.entry.clone().map(|entry| (entry, changes())),
        false => None,
    }
}

/// Removes the token. Its slot is used again with another generation.
pub fn remove(token: usize) -> Option<Entry> {
    let (index, generation) = split(token)?;
    let mut table = writing();
    let slot = table.slots.get_mut(index)?;
    if slot.generation != generation {
        return None;
    }
    let entry = slot.take()?;
    table.free.push(index);
    change();
    forget_last();
    Some(entry)
}

/// Removes the tokens of all statements and descriptors of a connection, without its lock.
pub fn remove_children(of: &Arc<ConnectionGroup>) -> Vec<Entry> {
    let mut table = writing();
    let Table { slots, free } = &mut *table;
    let mut removed = Vec::new();
    for (index, slot) in slots.iter_mut().enumerate() {
        let group = match &slot.entry {
            Some(Entry::Statement(member)) => &member.group,
            Some(Entry::Descriptor { group, .. }) => group,
            _ => continue,
        };
        if Arc::ptr_eq(group, of) {
            removed.extend(slot.take());
            free.push(index);
        }
    }
    change();
    forget_last();
    removed
}

/// Replaces the token's object by one of this process.
pub fn replace(token: usize, entry: Entry) -> Option<Entry> {
    let (index, generation) = split(token)?;
    let mut table = writing();
    let slot = table.slots.get_mut(index)?;
    if slot.generation != generation {
        return None;
    }
    slot.process = process();
    change();
    forget_last();
    slot.entry.replace(entry)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::odbc::testing::FakeConnector;
    use crate::odbc::text::Encoding;

    /// A statement in the table, used by this thread.
    fn used() -> (usize, Arc<Member>) {
        let environment = Environment::new(Arc::new(FakeConnector::default()), Encoding::default());
        let member = Arc::new(Member {
            group: Arc::new(ConnectionGroup::new(Arc::new(environment))),
            key: 0,
            cancel: CancelSlot::default(),
        });
        let token = insert(Entry::Statement(Arc::clone(&member))).unwrap();
        statement(token).unwrap().keep();
        (token, member)
    }

    #[test]
    fn a_statement_that_was_removed_is_neither_found_nor_kept() {
        let (token, member) = used();
        assert!(Arc::ptr_eq(&statement(token).unwrap().member, &member));
        drop(remove(token));
        assert!(statement(token).is_none());
        assert_eq!(Arc::strong_count(&member), 1);
    }

    #[test]
    fn a_statement_that_another_thread_removed_is_not_found() {
        let (token, member) = used();
        std::thread::spawn(move || drop(remove(token)))
            .join()
            .unwrap();
        assert!(statement(token).is_none());
        assert_eq!(Arc::strong_count(&member), 1);
    }

    #[test]
    fn a_statement_that_is_removed_while_it_is_used_is_not_kept() {
        let (token, member) = used();
        let found = statement(token).unwrap();
        drop(remove(token));
        found.keep();
        assert_eq!(Arc::strong_count(&member), 1);
    }
}
