//! Generated queries.

use crate::text::rewrite::select;
use datafusion::sql::sqlparser::ast::{
    Expr, ObjectName, Query, SelectItem, SetExpr, TableFactor, TableWithJoins, Value,
};

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

/// The query of a command that reads nothing.
pub fn no_rows() -> Box<Query> {
    let null = Expr::Value(Value::Null.with_empty_span());
    select(vec![SelectItem::UnnamedExpr(null)], Vec::new(), None)
}
