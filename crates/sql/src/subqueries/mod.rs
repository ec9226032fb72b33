//! Subqueries in expressions.
//!
//! DataFusion turns a subquery into a join by rules that are wrong in some cases (with nulls,
//! aggregates, limits; see docs/engine.md). This module replaces them as a whole. A rule at the end
//! of the analyzer takes every subquery out of the expressions of a plan, in one of three ways:
//!
//! - **Semi-joins** ([`joins`]): separate conditions `IN` and `EXISTS` in `WHERE`, over plain joins
//!   and filters.
//! - **Left joins with groups** ([`grouped`]): values and `EXISTS` that depend on the outer row
//!   only by `=`.
//! - **An apply** ([`apply`], [`exec`]): everything else. It evaluates the subquery once for each
//!   distinct set of outer values, over rows that are read once ([`kept`]).
//!
//! The joins exist because the engine passes their keys to the scans. The apply is exact by
//! construction: it runs the subquery as it was written.
//!
//! A subquery that does not depend on the outer row and returns a value stays as it is. The engine
//! evaluates it before the query starts, and the scans use its value.

mod answer;
mod apply;
mod exec;
mod extract;
mod group_keys;
mod grouped;
mod in_expressions;
mod independent;
mod joins;
mod kept;
mod memo;
mod outer;
mod outer_joins;
mod outer_row;
mod planner;
mod pulled;
mod sorts;
#[cfg(test)]
mod tests;

pub use answer::several_rows;
pub use exec::ApplyExec;
pub use planner::query_planner;

use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_plan::ExecutionPlan;
use kept::KeptExec;
use std::sync::Arc;

use crate::plans::has_subqueries;
use crate::rules::Unkeyed;
use apply::Apply;
use datafusion::common::Result;
use datafusion::common::config::ConfigOptions;
use datafusion::logical_expr::{LogicalPlan, UserDefinedLogicalNode};
use datafusion::optimizer::AnalyzerRule;

/// Takes the subqueries out of the expressions of a plan.
#[derive(Debug)]
pub struct Subqueries;

impl AnalyzerRule for Subqueries {
    fn name(&self) -> &str {
        "subqueries"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        if !has_subqueries(&plan)? {
            return Ok(plan);
        }
        let plan = group_keys::replaced(plan)?;
        let plan = extract::Extraction::default().plan(plan)?;
        outer::refuse_unknown(&plan)?;
        Ok(plan)
    }
}

/// All inputs of a plan, including the subquery of an apply and kept rows.
pub fn inputs(plan: &dyn ExecutionPlan) -> Vec<&Arc<dyn ExecutionPlan>> {
    let mut inputs = plan.children();
    if let Some(apply) = plan.downcast_ref::<ApplyExec>() {
        inputs.push(apply.rows());
    }
    if let Some(kept) = plan.downcast_ref::<KeptExec>() {
        inputs.push(kept.rows());
    }
    inputs
}

/// The description of a plan of this module, with the names of its first input's columns.
pub fn words(
    plan: &dyn ExecutionPlan,
    sql: impl Fn(&Arc<dyn PhysicalExpr>) -> String,
) -> Option<String> {
    if let Some(apply) = plan.downcast_ref::<ApplyExec>() {
        return Some(apply.words(sql));
    }
    let kept = plan.downcast_ref::<KeptExec>()?;
    Some(kept.words(sql))
}

/// The source of a column of the driver's own nodes: a plan, and the column's position in it.
pub fn column_source(
    node: &dyn UserDefinedLogicalNode,
    index: usize,
) -> Option<(&LogicalPlan, usize)> {
    if let Some(unkeyed) = node.as_any().downcast_ref::<Unkeyed>() {
        return Some((&unkeyed.rows, index));
    }
    let apply = node.as_any().downcast_ref::<Apply>()?;
    match index.checked_sub(apply.input.schema().fields().len()) {
        None => Some((&apply.input, index)),
        Some(0) => Some((&apply.rows, 0)),
        Some(_) => None,
    }
}
