//! The temporary tables of a connection.

use super::TemporaryTable;
use crate::sql::{Error, ErrorKind, TableInfo};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Tables by their names in lower case.
type Named = BTreeMap<String, Arc<TemporaryTable>>;

#[derive(Debug, Default)]
pub struct TemporaryTables {
    tables: Mutex<Named>,
}

impl TemporaryTables {
    /// The table of this name, matched without case.
    pub fn get(&self, name: &str) -> Option<Arc<TemporaryTable>> {
        self.tables().get(&name.to_lowercase()).cloned()
    }

    pub fn add(&self, name: &str, table: Arc<TemporaryTable>) -> Result<(), Error> {
        let mut tables = self.tables();
        if tables.contains_key(&name.to_lowercase()) {
            return Err(already_there(name));
        }
        tables.insert(name.to_lowercase(), table);
        Ok(())
    }

    /// Whether there was such a table.
    pub fn remove(&self, name: &str) -> bool {
        self.tables().remove(&name.to_lowercase()).is_some()
    }

    pub fn infos(&self) -> Vec<Arc<TableInfo>> {
        let tables = self.tables();
        tables
            .values()
            .map(|table| Arc::new(table.info()))
            .collect()
    }

    pub fn names(&self) -> Vec<String> {
        let tables = self.tables();
        tables
            .values()
            .map(|table| table.name().to_owned())
            .collect()
    }

    /// Which tables there are; they are again when the snapshot is dropped.
    pub fn snapshot(&self) -> Snapshot<'_> {
        Snapshot {
            before: self.tables().clone(),
            tables: self,
        }
    }

    fn tables(&self) -> MutexGuard<'_, Named> {
        self.tables.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Undoes what happens while it lives.
pub struct Snapshot<'a> {
    tables: &'a TemporaryTables,
    before: Named,
}

impl Drop for Snapshot<'_> {
    fn drop(&mut self) {
        *self.tables.tables() = std::mem::take(&mut self.before);
    }
}

pub fn already_there(name: &str) -> Error {
    Error::new(
        ErrorKind::TableExists,
        format!("there is a table {name} already; drop it first, or take another name"),
    )
}
