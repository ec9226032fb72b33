//! `EXCEPT ALL` and `INTERSECT ALL`.
//!
//! Standard SQL counts: for a row that occurs three times on the left and once on the right, EXCEPT
//! ALL returns two and INTERSECT ALL one. The engine returns none and three, because it only checks
//! whether such a row exists. Numbering equal rows on each side makes them distinct: the third copy
//! has no partner.

use datafusion::common::tree_node::Transformed;
use datafusion::common::{Column, JoinType, NullEquality, Result};
use datafusion::config::ConfigOptions;
use datafusion::functions_window::row_number::row_number_udwf;
use datafusion::logical_expr::expr::WindowFunction;
use datafusion::logical_expr::{
    Expr, ExprFunctionExt, Join, LogicalPlan, LogicalPlanBuilder, WindowFunctionDefinition,
};
use datafusion::optimizer::AnalyzerRule;
use std::sync::Arc;

#[derive(Debug)]
pub struct CountedCopies;

impl AnalyzerRule for CountedCopies {
    fn name(&self) -> &str {
        "counted_copies"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        Ok(plan.transform_up_with_subqueries(counted)?.data)
    }
}

fn counted(plan: LogicalPlan) -> Result<Transformed<LogicalPlan>> {
    match plan {
        LogicalPlan::Join(join) if keeps_copies(&join) => Ok(Transformed::yes(by_copy(join)?)),
        other => Ok(Transformed::no(other)),
    }
}

/// Only these two operations become joins with equal nulls. Without ALL, the left side is already
/// distinct.
fn keeps_copies(join: &Join) -> bool {
    matches!(join.join_type, JoinType::LeftAnti | JoinType::LeftSemi)
        && join.null_equality == NullEquality::NullEqualsNull
        && !matches!(join.left.as_ref(), LogicalPlan::Distinct(_))
}

fn by_copy(join: Join) -> Result<LogicalPlan> {
    let columns: Vec<Expr> = columns(&join.left);
    let (left, left_copy) = numbered(&join.left, "__left_copy")?;
    let (right, right_copy) = numbered(&join.right, "__right_copy")?;
    let mut on = join.on;
    on.push((left_copy, right_copy));
    let join = Join::try_new(
        Arc::new(left),
        Arc::new(right),
        on,
        join.filter,
        join.join_type,
        join.join_constraint,
        join.null_equality,
        join.null_aware,
    )?;
    LogicalPlanBuilder::from(LogicalPlan::Join(join))
        .project(columns)?
        .build()
}

fn columns(plan: &LogicalPlan) -> Vec<Expr> {
    let columns = plan.schema().iter().map(Column::from);
    columns.map(Expr::Column).collect()
}

/// The rows with a number that distinguishes equal ones.
fn numbered(rows: &LogicalPlan, name: &str) -> Result<(LogicalPlan, Expr)> {
    let function = WindowFunctionDefinition::WindowUDF(row_number_udwf());
    let number = Expr::from(WindowFunction::new(function, Vec::new()))
        .partition_by(columns(rows))
        .build()?;
    let number_name = number.schema_name().to_string();
    let mut selected = columns(rows);
    selected.push(Expr::Column(Column::from_name(number_name)).alias(name));
    let numbered = LogicalPlanBuilder::from(rows.clone())
        .window([number])?
        .project(selected)?
        .build()?;
    Ok((numbered, Expr::Column(Column::from_name(name))))
}
