//! Keys of joins that DataFusion loses.
//!
//! The optimizer simplifies keys after it has made them: `x.a IS NULL` becomes `FALSE` where x.a turns out not to be null.
//! `eliminate_cross_join`, which changes the order of inner joins, then drops such a key, and with it a condition of the
//! statement. It drops a key, too, whose side has columns of several tables (`a.x + b.y = c.z`) when it joins c before
//! b. The physical planner adds a column for each computed key: two constants that are alike, one of each side, make it
//! rename all columns of both sides, which fails where a side has two columns of one name.
//!
//! So such keys become conditions, which no rule loses.

use super::wrapped::Rule;
use crate::plans;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DFSchemaRef, NullEquality, Result};
use datafusion::logical_expr::{Expr, Join, JoinType, LogicalPlan, Operator, binary_expr};
use datafusion::optimizer::OptimizerConfig;
use exchange_tables::conditions;
use std::sync::Arc;

/// The rule that simplifies expressions, keys among them.
pub fn simplified(
    rule: &Rule,
    plan: LogicalPlan,
    config: &dyn OptimizerConfig,
) -> Result<Transformed<LogicalPlan>> {
    let is_constant =
        |(left, right): &(Expr, Expr)| !left.any_column_refs() || !right.any_column_refs();
    super::lists::exact(rule, plan, config)?.transform_data(|plan| match plan {
        LogicalPlan::Join(join) if joins_rows(&join) => {
            Ok(without_keys(join, is_constant).update_data(LogicalPlan::Join))
        }
        other => Ok(Transformed::no(other)),
    })
}

/// The rule that changes the order of inner joins.
pub fn reordered(
    rule: &Rule,
    plan: LogicalPlan,
    config: &dyn OptimizerConfig,
) -> Result<Transformed<LogicalPlan>> {
    let is_concerned =
        |node: &LogicalPlan| matches!(node, LogicalPlan::Join(join) if has_computed_key(join));
    if !plans::has(&plan, is_concerned, |_| false)? {
        return rule.rewrite(plan, config);
    }
    let plan = plan.transform_down_with_subqueries(|node| match node {
        LogicalPlan::Join(join) if has_computed_key(&join) => {
            let mut inputs = Vec::new();
            flatten(&join.left, &mut inputs);
            flatten(&join.right, &mut inputs);
            let is_lost = |(left, right): &(Expr, Expr)| {
                [left, right]
                    .into_iter()
                    .any(|side| !is_of_one(side, &inputs))
            };
            Ok(without_keys(join, is_lost).update_data(LogicalPlan::Join))
        }
        other => Ok(Transformed::no(other)),
    })?;
    rule.rewrite(plan.data, config)
}

/// Whether a key of an inner join may have columns of several tables, or of none.
fn has_computed_key(join: &Join) -> bool {
    let mut sides = join.on.iter().flat_map(|(left, right)| [left, right]);
    join.join_type == JoinType::Inner && sides.any(|side| side.column_refs().len() != 1)
}

/// Whether a join has the columns of both sides.
fn joins_rows(join: &Join) -> bool {
    matches!(
        join.join_type,
        JoinType::Inner | JoinType::Left | JoinType::Right | JoinType::Full
    )
}

/// The inputs of inner joins that are joined with each other, which the rule takes in another order.
fn flatten(plan: &Arc<LogicalPlan>, inputs: &mut Vec<DFSchemaRef>) {
    match plan.as_ref() {
        LogicalPlan::Join(join) if join.join_type == JoinType::Inner => {
            flatten(&join.left, inputs);
            flatten(&join.right, inputs);
        }
        input => inputs.push(Arc::clone(input.schema())),
    }
}

/// Whether one input has all columns of an expression.
fn is_of_one(expr: &Expr, inputs: &[DFSchemaRef]) -> bool {
    let columns = expr.column_refs();
    let has_all = |input: &DFSchemaRef| columns.iter().all(|column| input.has_column(column));
    !columns.is_empty() && inputs.iter().any(has_all)
}

/// The join with some keys as conditions.
fn without_keys(mut join: Join, is_lost: impl Fn(&(Expr, Expr)) -> bool) -> Transformed<Join> {
    if !join.on.iter().any(&is_lost) {
        return Transformed::no(join);
    }
    let operator = match join.null_equality {
        NullEquality::NullEqualsNothing => Operator::Eq,
        NullEquality::NullEqualsNull => Operator::IsNotDistinctFrom,
    };
    let (lost, keys): (Vec<_>, Vec<_>) = join.on.into_iter().partition(is_lost);
    join.on = keys;
    let moved = lost
        .into_iter()
        .map(|(left, right)| binary_expr(left, operator, right));
    join.filter = conditions::all(join.filter.into_iter().chain(moved));
    Transformed::yes(join)
}
