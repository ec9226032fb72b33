//! Rewriting the expressions of a plan, with the schema that their columns belong to.

use crate::plans;
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::expr_rewriter::NamePreserver;
use datafusion::logical_expr::utils::merge_schema;
use datafusion::logical_expr::{Expr, LogicalPlan};

/// Rewrites expressions from the leaves up. Columns keep their names, so that what refers to them does
/// not change. `concerns` says which expressions `rewrite` may change: it is asked about no others, and nodes without
/// one stay as they are.
pub fn expressions(
    plan: LogicalPlan,
    concerns: impl Fn(&Expr) -> bool,
    rewrite: impl Fn(Expr, &DFSchema) -> Result<Transformed<Expr>>,
) -> Result<LogicalPlan> {
    if !plans::has_part(&plan, &concerns)? {
        return Ok(plan);
    }
    let mut has_changed = false;
    let rewritten = plan.transform_up_with_subqueries(|node| {
        let node = match plans::node_has_part(&node, &concerns)? {
            true => node_rewritten(node, &concerns, &rewrite)?,
            false => Transformed::no(node),
        };
        has_changed |= node.transformed;
        match has_changed {
            // Types can have changed below, too.
            true => node.map_data(LogicalPlan::recompute_schema),
            false => Ok(node),
        }
    })?;
    Ok(rewritten.data)
}

fn node_rewritten(
    node: LogicalPlan,
    concerns: impl Fn(&Expr) -> bool,
    rewrite: impl Fn(Expr, &DFSchema) -> Result<Transformed<Expr>>,
) -> Result<Transformed<LogicalPlan>> {
    let mut schema = merge_schema(&node.inputs());
    if let LogicalPlan::TableScan(scan) = &node {
        schema.merge(&DFSchema::try_from_qualified_schema(
            scan.table_name.clone(),
            &scan.source.schema(),
        )?);
    }
    let names = NamePreserver::new(&node);
    node.map_expressions(|expr| {
        let name = names.save(&expr);
        let expr = expr.transform_up(|expr| match concerns(&expr) {
            true => rewrite(expr, &schema),
            false => Ok(Transformed::no(expr)),
        })?;
        Ok(match expr.transformed {
            true => expr.update_data(|expr| name.restore(expr)),
            false => expr,
        })
    })
}
