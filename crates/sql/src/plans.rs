//! Searching plans and rewriting their expressions.
//!
//! Rewriting a plan copies its nodes and the schemas of its expressions. Most statements have nothing
//! that a given rule rewrites, and searching them costs much less. So a rule searches first.

use datafusion::common::tree_node::{Transformed, TreeNode, TreeNodeRecursion};
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::expr_rewriter::NamePreserver;
use datafusion::logical_expr::utils::merge_schema;
use datafusion::logical_expr::{Expr, LogicalPlan};

/// Whether the plan, or a subquery in it, has such an expression or subexpression.
pub fn has_part(plan: &LogicalPlan, is_wanted: impl Fn(&Expr) -> bool) -> Result<bool> {
    has(plan, |_| false, is_wanted)
}

/// Whether the plan, or a subquery in it, has such a node or subexpression.
pub fn has(
    plan: &LogicalPlan,
    is_wanted_node: impl Fn(&LogicalPlan) -> bool,
    is_wanted_part: impl Fn(&Expr) -> bool,
) -> Result<bool> {
    let mut found = false;
    plan.apply_with_subqueries(|node| {
        found = is_wanted_node(node) || node_has_part(node, &is_wanted_part)?;
        Ok(match found {
            true => TreeNodeRecursion::Stop,
            false => TreeNodeRecursion::Continue,
        })
    })?;
    Ok(found)
}

/// Whether an expression of the node itself has such a part.
pub fn node_has_part(node: &LogicalPlan, is_wanted: impl Fn(&Expr) -> bool) -> Result<bool> {
    let mut found = false;
    node.apply_expressions(|expr| {
        found = expr.exists(|part| Ok(is_wanted(part)))?;
        Ok(match found {
            true => TreeNodeRecursion::Stop,
            false => TreeNodeRecursion::Continue,
        })
    })?;
    Ok(found)
}

/// Whether there are subqueries in expressions.
pub fn has_subqueries(plan: &LogicalPlan) -> Result<bool> {
    let is_node = |node: &LogicalPlan| matches!(node, LogicalPlan::Subquery(_));
    has(plan, is_node, is_subquery)
}

pub fn is_subquery(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::ScalarSubquery(_) | Expr::InSubquery(_) | Expr::Exists(_) | Expr::SetComparison(_)
    )
}

/// Rewrites expressions from the leaves up. Columns keep their names, so references to them stay
/// valid. `concerns` says which expressions `rewrite` may change. It is called for no others, and
/// nodes without such expressions stay as they are.
pub fn rewrite_expressions(
    plan: LogicalPlan,
    concerns: impl Fn(&Expr) -> bool,
    rewrite: impl Fn(Expr, &DFSchema) -> Result<Transformed<Expr>>,
) -> Result<LogicalPlan> {
    if !has_part(&plan, &concerns)? {
        return Ok(plan);
    }
    let mut has_changed = false;
    let rewritten = plan.transform_up_with_subqueries(|node| {
        let node = match node_has_part(&node, &concerns)? {
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
