//! Subqueries inside expressions.

use super::outer;
use crate::plans::is_subquery;
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::common::{Column, Result};
use datafusion::logical_expr::expr::{Exists, InSubquery, SetComparison};
use datafusion::logical_expr::{Expr, LogicalPlan, Subquery, not};
use std::sync::Arc;

/// Whether the expression contains a subquery.
pub fn is_in(expr: &Expr) -> bool {
    expr.exists(|part| Ok(is_subquery(part))).unwrap_or(true)
}

/// The columns that an expression and its subqueries use.
pub fn used_columns(condition: &Expr) -> Result<Vec<Column>> {
    let mut used: Vec<Column> = condition.column_refs().into_iter().cloned().collect();
    condition.apply(|part| {
        for reference in subquery_of(part).map_or(Ok(Vec::new()), outer::references)? {
            if let Expr::OuterReferenceColumn(_, column) = reference {
                used.push(column);
            }
        }
        Ok(TreeNodeRecursion::Continue)
    })?;
    Ok(used)
}

pub fn subquery_of(expr: &Expr) -> Option<&LogicalPlan> {
    Some(match expr {
        Expr::ScalarSubquery(subquery) => &subquery.subquery,
        Expr::Exists(exists) => &exists.subquery.subquery,
        Expr::InSubquery(membership) => &membership.subquery.subquery,
        Expr::SetComparison(comparison) => &comparison.subquery.subquery,
        _ => return None,
    })
}

/// The expression with other rows for its subquery.
pub fn with_rows(expr: Expr, rows: LogicalPlan) -> Expr {
    if let Expr::Not(inside) = expr {
        return not(with_rows(*inside, rows));
    }
    let with = |subquery: Subquery| subquery.with_plan(Arc::new(rows));
    match expr {
        Expr::ScalarSubquery(subquery) => Expr::ScalarSubquery(with(subquery)),
        Expr::Exists(exists) => Expr::Exists(Exists {
            subquery: with(exists.subquery),
            ..exists
        }),
        Expr::InSubquery(membership) => Expr::InSubquery(InSubquery {
            subquery: with(membership.subquery),
            ..membership
        }),
        Expr::SetComparison(comparison) => Expr::SetComparison(SetComparison {
            subquery: with(comparison.subquery),
            ..comparison
        }),
        other => other,
    }
}
