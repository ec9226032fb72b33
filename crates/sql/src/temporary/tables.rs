//! The temporary tables of a connection.

use super::TemporaryTable;
use crate::{Error, ErrorKind, TableInfo};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Tables by their names in lower case.
type Named = BTreeMap<String, Arc<TemporaryTable>>;

thread_local! {
    /// The tables as this thread plans them. Planning may continue after the application has given
    /// up, so it changes nothing that others see.
    static PLANNED: RefCell<Option<Named>> = const { RefCell::new(None) };
}

#[derive(Debug, Default)]
pub struct TemporaryTables {
    tables: Mutex<Named>,
}

impl TemporaryTables {
    /// The table of this name, matched without case.
    pub fn get(&self, name: &str) -> Option<Arc<TemporaryTable>> {
        self.tables(|tables| tables.get(&name.to_lowercase()).cloned())
    }

    pub fn add(&self, name: &str, table: Arc<TemporaryTable>) -> Result<(), Error> {
        self.tables(|tables| match tables.entry(name.to_lowercase()) {
            Entry::Occupied(_) => Err(already_there(name)),
            Entry::Vacant(place) => {
                place.insert(table);
                Ok(())
            }
        })
    }

    /// Removes a table; returns whether it existed.
    pub fn remove(&self, name: &str) -> bool {
        self.tables(|tables| tables.remove(&name.to_lowercase()).is_some())
    }

    /// Drops all tables.
    pub fn clear(&self) {
        self.tables(Named::clear);
    }

    pub fn infos(&self) -> Vec<Arc<TableInfo>> {
        self.all(|table| Arc::new(table.info()))
    }

    pub fn names(&self) -> Vec<String> {
        self.all(|table| table.name().to_owned())
    }

    fn all<T>(&self, fact: impl Fn(&Arc<TemporaryTable>) -> T) -> Vec<T> {
        self.tables(|tables| tables.values().map(fact).collect())
    }

    /// Lets the calling thread create and drop tables that only it sees, until the result is
    /// dropped.
    pub fn planned(&self) -> Planned {
        Planned {
            before: PLANNED.replace(Some(self.locked().clone())),
        }
    }

    fn tables<T>(&self, work: impl FnOnce(&mut Named) -> T) -> T {
        PLANNED.with_borrow_mut(|planned| match planned {
            Some(planned) => work(planned),
            None => work(&mut self.locked()),
        })
    }

    fn locked(&self) -> MutexGuard<'_, Named> {
        self.tables.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Removes the tables that were created only for planning.
pub struct Planned {
    before: Option<Named>,
}

impl Drop for Planned {
    fn drop(&mut self) {
        PLANNED.set(self.before.take());
    }
}

pub fn already_there(name: &str) -> Error {
    Error::new(
        ErrorKind::TableExists,
        format!("table {name} already exists; drop it first, or choose another name"),
    )
}
