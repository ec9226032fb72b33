//! `ORDER BY (SELECT ...)` by columns that are not selected.

use super::extract::used_columns;
use datafusion::common::Result;
use datafusion::logical_expr::{Expr, LogicalPlan, Projection, Sort};
use std::sync::Arc;

/// A sort over a SELECT, whose subqueries use columns that are not selected: these are selected below it.
pub fn with_unselected(mut sort: Sort) -> Result<Sort> {
    let LogicalPlan::Projection(selected) = sort.input.as_ref() else {
        return Ok(sort);
    };
    let mut missing = Vec::new();
    for key in &sort.expr {
        for column in used_columns(&key.expr)? {
            let is_missing = !selected.schema.has_column(&column)
                && selected.input.schema().has_column(&column)
                && !missing.contains(&column);
            if is_missing {
                missing.push(column);
            }
        }
    }
    if !missing.is_empty() {
        let missing = missing.into_iter().map(Expr::Column);
        let exprs = selected.expr.iter().cloned().chain(missing).collect();
        let rows = Projection::try_new(exprs, Arc::clone(&selected.input))?;
        sort.input = Arc::new(LogicalPlan::Projection(rows));
    }
    Ok(sort)
}
