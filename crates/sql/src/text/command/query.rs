//! Generated queries.

use datafusion::sql::sqlparser::ast::{ObjectName, Query, SetExpr, TableFactor, TableWithJoins};

/// A single table.
pub fn table(name: ObjectName) -> TableWithJoins {
    TableWithJoins {
        relation: TableFactor::Table {
            name,
            alias: None,
            args: None,
            with_hints: Vec::new(),
            version: None,
            with_ordinality: false,
            partitions: Vec::new(),
            json_path: None,
            sample: None,
            index_hints: Vec::new(),
        },
        joins: Vec::new(),
    }
}

/// Removes the `INTO` of a query, which is in its first `SELECT`.
pub fn take_into(query: &mut Query) -> Option<ObjectName> {
    let mut body = query.body.as_mut();
    loop {
        match body {
            SetExpr::Select(select) => return select.into.take().map(|into| into.name),
            SetExpr::SetOperation { left, .. } => body = left.as_mut(),
            _ => return None,
        }
    }
}
