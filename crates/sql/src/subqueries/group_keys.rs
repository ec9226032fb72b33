//! Group keys of the outer query in a subquery.
//!
//! `SELECT a + b FROM t GROUP BY a + b HAVING EXISTS (SELECT * FROM s WHERE s.c = a + b)`: behind the groups there is no `a` and no `b`
//! any more, but a column with the key. The SQL planner replaces keys everywhere but in subqueries.

use super::in_expressions::{subquery_of, with_rows};
use super::outer;
use crate::plans::node_has_part;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::common::{Column, Result};
use datafusion::logical_expr::expr_rewriter::NamePreserver;
use datafusion::logical_expr::{Aggregate, Expr, LogicalPlan};
use std::sync::Arc;

/// The plan with references to the keys' columns.
pub fn replaced(plan: LogicalPlan) -> Result<LogicalPlan> {
    plan.transform_up_with_subqueries(|node| {
        if !node_has_part(&node, |part| subquery_of(part).is_some())? {
            return Ok(Transformed::no(node));
        }
        let Some(aggregate) = groups_below(&node) else {
            return Ok(Transformed::no(node));
        };
        let aggregate = aggregate.clone();
        let names = NamePreserver::new(&node);
        node.map_expressions(|expr| {
            let name = names.save(&expr);
            let expr = expr.transform(|part| in_subquery(part, &aggregate))?;
            Ok(match expr.transformed {
                true => expr.update_data(|expr| name.restore(expr)),
                false => expr,
            })
        })
    })
    .data()
}

/// The groups whose columns a step sees.
fn groups_below(node: &LogicalPlan) -> Option<&Aggregate> {
    let mut below = match node {
        LogicalPlan::Projection(projection) => projection.input.as_ref(),
        LogicalPlan::Filter(filter) => filter.input.as_ref(),
        _ => return None,
    };
    while let LogicalPlan::Filter(filter) = below {
        below = filter.input.as_ref();
    }
    match below {
        LogicalPlan::Aggregate(aggregate) => Some(aggregate),
        _ => None,
    }
}

fn in_subquery(expr: Expr, aggregate: &Aggregate) -> Result<Transformed<Expr>> {
    Ok(match subquery_of(&expr) {
        Some(rows) => {
            let rows = with_keys(rows.clone(), aggregate)?;
            Transformed::yes(with_rows(expr, rows))
        }
        None => Transformed::no(expr),
    })
}

fn with_keys(subquery: LogicalPlan, aggregate: &Aggregate) -> Result<LogicalPlan> {
    let inside = aggregate.input.schema();
    let keys = aggregate.group_expr.iter().zip(aggregate.schema.iter());
    let keys: Vec<(&Expr, Expr)> = keys
        .filter(|(key, _)| !matches!(key, Expr::Column(_)))
        .map(|(key, (relation, field))| {
            let column = Column::new(relation.cloned(), field.name());
            (key, Expr::OuterReferenceColumn(Arc::clone(field), column))
        })
        .collect();
    if keys.is_empty() {
        return Ok(subquery);
    }
    outer::replaced(subquery, &|part| {
        if !outer::is_in(part) {
            return None;
        }
        let seen = outer::seen_from(inside, part.clone()).ok()?;
        let key = keys.iter().find(|(key, _)| **key == seen)?;
        Some(key.1.clone())
    })
}
