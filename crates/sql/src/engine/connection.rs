//! A connection as its statements see it.

use crate::TableInfo;
use crate::temporary::TemporaryTables;
use datafusion::execution::session_state::SessionState;
use std::sync::Arc;

/// The state of a connection that its session and its statements share.
pub struct Connection {
    pub state: SessionState,
    pub tables: Vec<Arc<TableInfo>>,
    pub temporary: Arc<TemporaryTables>,
    pub longest_varchar: u32,
}

impl Connection {
    /// The names of a table's columns, in lower case.
    pub fn columns(&self, table: &str) -> Option<Vec<String>> {
        if let Some(temporary) = self.temporary.get(table) {
            let schema = temporary.row_schema();
            return Some(
                schema
                    .fields()
                    .iter()
                    .map(|field| field.name().clone())
                    .collect(),
            );
        }
        let table = (self.tables.iter()).find(|known| known.name.eq_ignore_ascii_case(table))?;
        let names = table
            .columns
            .iter()
            .map(|column| column.name.to_lowercase());
        Some(names.collect())
    }
}
