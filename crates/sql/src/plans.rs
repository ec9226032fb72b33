//! Looking through plans, so that a rule leaves alone what it has nothing to do with.
//!
//! Rewriting a plan copies its nodes and the schemas that its expressions are typed by. Most statements have nothing that a
//! given rule rewrites, and reading through them costs a small part of that.

use datafusion::common::Result;
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::logical_expr::{Expr, LogicalPlan};

/// Whether the plan, or a subquery in it, has such an expression, or one with such a part.
pub fn has_part(plan: &LogicalPlan, is_wanted: impl Fn(&Expr) -> bool) -> Result<bool> {
    has(plan, |_| false, is_wanted)
}

/// Whether the plan, or a subquery in it, has such a node or such a part of an expression.
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
