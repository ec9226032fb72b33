//! A connection as its statements see it.

use super::all_tables::AllTables;
use super::information_schema;
use crate::temporary::TemporaryTables;
use datafusion::execution::session_state::SessionState;
use std::sync::Arc;

/// The state of a connection that its session and its statements share.
pub struct Connection {
    pub state: SessionState,
    pub tables: Arc<AllTables>,
    pub temporary: Arc<TemporaryTables>,
    pub longest_varchar: u32,
}

impl Connection {
    /// The names of a table's columns, in lower case. The table is known by the parts of its name.
    pub fn columns(&self, table: &[&str]) -> Option<Vec<String>> {
        match table {
            [table] => self.tables.columns(table),
            [schema, view] if information_schema::is_name(schema) => {
                let view = information_schema::find(view)?;
                Some(view.info().lower_case_columns())
            }
            _ => None,
        }
    }
}
