//! `ORDER BY (SELECT ...)` by columns that are not selected.

use super::in_expressions::{subquery_of, used_columns, with_rows};
use super::outer;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::common::{Column, Result};
use datafusion::logical_expr::{Expr, LogicalPlan, Projection, Sort};
use std::sync::Arc;

/// A sort over a SELECT, whose subqueries use columns that are not selected: these are selected
/// below it, under unique names.
pub fn with_unselected(mut sort: Sort) -> Result<Sort> {
    let LogicalPlan::Projection(selected) = sort.input.as_ref() else {
        return Ok(sort);
    };
    let mut missing: Vec<Column> = Vec::new();
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
    if missing.is_empty() {
        return Ok(sort);
    }
    let name = |place: usize| format!("__unselected_{place}");
    let added = missing.iter().enumerate();
    let added = added.map(|(place, column)| Expr::Column(column.clone()).alias(name(place)));
    let exprs = selected.expr.iter().cloned().chain(added).collect();
    let rows = Projection::try_new(exprs, Arc::clone(&selected.input))?;
    sort.input = Arc::new(LogicalPlan::Projection(rows));
    let renamed = |column: &Column| {
        let place = missing.iter().position(|known| known == column)?;
        Some(Column::from_name(name(place)))
    };
    for key in &mut sort.expr {
        key.expr = with_names(std::mem::take(&mut key.expr), &renamed)?;
    }
    Ok(sort)
}

fn with_names(expr: Expr, renamed: &impl Fn(&Column) -> Option<Column>) -> Result<Expr> {
    let in_subquery = |part: &Expr| match part {
        Expr::OuterReferenceColumn(field, column) => {
            let column = renamed(column)?;
            Some(Expr::OuterReferenceColumn(Arc::clone(field), column))
        }
        _ => None,
    };
    let named = expr.transform(|part| {
        if let Some(rows) = subquery_of(&part) {
            let rows = outer::replaced(rows.clone(), &in_subquery)?;
            return Ok(Transformed::yes(with_rows(part, rows)));
        }
        Ok(match &part {
            Expr::Column(column) => match renamed(column) {
                Some(column) => Transformed::yes(Expr::Column(column)),
                None => Transformed::no(part),
            },
            _ => Transformed::no(part),
        })
    });
    named.data()
}
