//! `INFORMATION_SCHEMA`: the answers of the catalog functions as tables, for tools and people that ask
//! in SQL. A view is filled when a statement reads it, and nothing here uses the network.

mod view;
mod views;

pub use view::ViewTable;
pub use views::{NAME, VIEWS, find};

use super::all_tables::AllTables;
use crate::TableInfo;
use datafusion::catalog::{MemorySchemaProvider, SchemaProvider};
use datafusion::common::Result;
use std::sync::Arc;

/// Whether a name in a statement is that of the schema.
pub fn is_name(name: &str) -> bool {
    name.eq_ignore_ascii_case(NAME)
}

/// Whether a statement names a view by these two parts.
pub fn is_view(schema: &str, name: &str) -> bool {
    is_name(schema) && find(name).is_some()
}

/// The views for the planner, under their names in lower case.
pub fn schema(tables: &Arc<AllTables>) -> Result<Arc<dyn SchemaProvider>> {
    let schema = MemorySchemaProvider::new();
    for view in VIEWS {
        let table = ViewTable::new(view, Arc::clone(tables));
        schema.register_table(view.name.to_lowercase(), Arc::new(table))?;
    }
    Ok(Arc::new(schema))
}

/// The descriptions of the views for the catalog functions.
pub fn infos() -> Vec<Arc<TableInfo>> {
    VIEWS.iter().map(|view| Arc::new(view.info())).collect()
}
