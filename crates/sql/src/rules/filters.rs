//! Conditions with a constant on their left, and long ones.
//!
//! When DataFusion moves conditions down, it merges those on one column. It turns `4 = a AND a = 4`
//! into `false`, because they are written differently, and keeps the second of `5 < a AND a >= 5`.
//! So each is written with the column first. It also joins conditions to a tree that leans to the
//! left, and descending it needs as many stack levels as there are conditions. And it moves some
//! conditions too far down.

use super::wrapped::Rule;
use datafusion::common::Result;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::logical_expr::utils::split_conjunction_owned;
use datafusion::logical_expr::{BinaryExpr, Expr, Filter, LogicalPlan, Operator};
use datafusion::optimizer::{AnalyzerRule, OptimizerConfig};
use exchange_tables::conditions;
use std::sync::Arc;

/// The rule that moves conditions down.
pub fn moved_down(
    rule: &Rule,
    plan: LogicalPlan,
    config: &dyn OptimizerConfig,
) -> Result<Transformed<LogicalPlan>> {
    if let LogicalPlan::Filter(filter) = &plan
        && is_of_everything(&filter.input)
    {
        return Ok(Transformed::no(plan));
    }
    flat_after(rule, columns_first(plan)?, config)
}

/// A rule that joins conditions again after it has split them.
pub fn flat_after(
    rule: &Rule,
    plan: LogicalPlan,
    config: &dyn OptimizerConfig,
) -> Result<Transformed<LogicalPlan>> {
    rule.rewrite(plan, config)?.transform_data(flat)
}

/// A group of all rows exists even without rows, so a condition on it is not a condition on the
/// rows. DataFusion moves a condition without a column below it.
fn is_of_everything(plan: &LogicalPlan) -> bool {
    let group = match plan {
        LogicalPlan::Aggregate(group) => group,
        // The rule joins conditions, and then moves them.
        LogicalPlan::Filter(filter) => return is_of_everything(&filter.input),
        _ => return false,
    };
    group.group_expr.is_empty()
        || (group.group_expr.iter()).any(|key| matches!(key, Expr::GroupingSet(_)))
}

/// The conditions of a node, and of a filter directly below it, which the rule merges.
fn columns_first(plan: LogicalPlan) -> Result<LogicalPlan> {
    match plan {
        LogicalPlan::Filter(Filter {
            predicate, input, ..
        }) => {
            let input = match input.as_ref() {
                LogicalPlan::Filter(_) => Arc::new(columns_first(Arc::unwrap_or_clone(input))?),
                _ => input,
            };
            Ok(LogicalPlan::Filter(Filter::try_new(
                column_first(predicate)?,
                input,
            )?))
        }
        LogicalPlan::Join(mut join) => {
            join.filter = join.filter.map(column_first).transpose()?;
            Ok(LogicalPlan::Join(join))
        }
        other => Ok(other),
    }
}

/// Flattens conditions that the engine has joined while it created joins.
#[derive(Debug)]
pub struct FlatConditions;

impl AnalyzerRule for FlatConditions {
    fn name(&self) -> &str {
        "flat_conditions"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        plan.transform_up_with_subqueries(flat).data()
    }
}

/// The plan with its conditions in trees that are as flat as possible.
fn flat(plan: LogicalPlan) -> Result<Transformed<LogicalPlan>> {
    Ok(match plan {
        LogicalPlan::Filter(filter) if is_and(&filter.predicate) => {
            let predicate = flattened(filter.predicate);
            let filter = Filter::try_new(predicate, filter.input)?;
            Transformed::yes(LogicalPlan::Filter(filter))
        }
        LogicalPlan::Join(mut join) if join.filter.as_ref().is_some_and(is_and) => {
            join.filter = join.filter.map(flattened);
            Transformed::yes(LogicalPlan::Join(join))
        }
        other => Transformed::no(other),
    })
}

fn is_and(condition: &Expr) -> bool {
    matches!(
        condition,
        Expr::BinaryExpr(BinaryExpr {
            op: Operator::And,
            ..
        })
    )
}

fn flattened(condition: Expr) -> Expr {
    let all = conditions::all(split_conjunction_owned(condition));
    all.expect("splitting gives one condition at least")
}

fn compares(operator: Operator) -> bool {
    use Operator::{Eq, Gt, GtEq, IsDistinctFrom, IsNotDistinctFrom, Lt, LtEq, NotEq};
    matches!(
        operator,
        Eq | Gt | GtEq | IsDistinctFrom | IsNotDistinctFrom | Lt | LtEq | NotEq
    )
}

fn column_first(condition: Expr) -> Result<Expr> {
    condition
        .transform_up(|part| match part {
            Expr::BinaryExpr(BinaryExpr { left, op, right })
                if matches!(*left, Expr::Literal(..)) && !matches!(*right, Expr::Literal(..)) =>
            {
                Ok(match op.swap().filter(|_| compares(op)) {
                    Some(swapped) => Transformed::yes(Expr::BinaryExpr(BinaryExpr {
                        left: right,
                        op: swapped,
                        right: left,
                    })),
                    None => Transformed::no(Expr::BinaryExpr(BinaryExpr { left, op, right })),
                })
            }
            other => Ok(Transformed::no(other)),
        })
        .data()
}
