//! The greatest and least value of a column that Graph sorts by.
//!
//! `MAX(receivedDateTime)` is the value of one row, the first in descending order, which Graph
//! returns in one request of one row. `MIN` is that of the first row with a value in ascending
//! order. Both together are two such requests. Counts and sums beside them need all rows anyway.

use super::lineage::{column_of, definition_of, input_of, provider};
use datafusion::common::tree_node::Transformed;
use datafusion::common::{Column, Result};
use datafusion::logical_expr::expr::{
    AggregateFunction, AggregateFunctionParams, Sort as SortExpr,
};
use datafusion::logical_expr::{Aggregate, Expr, Filter, LogicalPlan, LogicalPlanBuilder, Sort};
use datafusion::optimizer::{ApplyOrder, OptimizerConfig, OptimizerRule};
use std::sync::Arc;

#[derive(Debug)]
pub struct ExtremeByOrder;

impl OptimizerRule for ExtremeByOrder {
    fn name(&self) -> &str {
        "extreme_by_order"
    }

    fn apply_order(&self) -> Option<ApplyOrder> {
        Some(ApplyOrder::TopDown)
    }

    fn rewrite(
        &self,
        plan: LogicalPlan,
        _: &dyn OptimizerConfig,
    ) -> Result<Transformed<LogicalPlan>> {
        let LogicalPlan::Aggregate(aggregate) = plan else {
            return Ok(Transformed::no(plan));
        };
        let Some(extremes) = extremes(&aggregate)? else {
            return Ok(Transformed::no(LogicalPlan::Aggregate(aggregate)));
        };
        let mut rows = extremes.iter().map(|extreme| extreme.row(&aggregate.input));
        let first = rows.next().transpose()?;
        let Some(first) = first else {
            return Ok(Transformed::no(LogicalPlan::Aggregate(aggregate)));
        };
        let joined = rows.try_fold(first, |joined, row| {
            LogicalPlanBuilder::from(joined).cross_join(row?)?.build()
        })?;
        Ok(Transformed::yes(joined))
    }
}

/// One aggregate that one row answers.
struct Extreme {
    expr: Expr,
    column: Column,
    descending: bool,
    /// Whether rows without a value must be skipped because they come first.
    skips_nulls: bool,
}

impl Extreme {
    /// The row of the value.
    fn row(&self, input: &Arc<LogicalPlan>) -> Result<LogicalPlan> {
        let column = || Expr::Column(self.column.clone());
        let input = match self.skips_nulls {
            true => Arc::new(LogicalPlan::Filter(Filter::try_new(
                column().is_not_null(),
                Arc::clone(input),
            )?)),
            false => Arc::clone(input),
        };
        let first = LogicalPlan::Sort(Sort {
            expr: vec![SortExpr::new(column(), !self.descending, !self.descending)],
            input,
            fetch: Some(1),
        });
        let aggregate = Aggregate::try_new(Arc::new(first), vec![], vec![self.expr.clone()])?;
        Ok(LogicalPlan::Aggregate(aggregate))
    }
}

/// The aggregates, if a row in Graph's order answers each.
fn extremes(aggregate: &Aggregate) -> Result<Option<Vec<Extreme>>> {
    if !aggregate.group_expr.is_empty() {
        return Ok(None);
    }
    let mut extremes = Vec::new();
    for expr in &aggregate.aggr_expr {
        let Some((column, descending)) = extreme(expr) else {
            return Ok(None);
        };
        let Some(nullable) = sorted(&aggregate.input, column)? else {
            return Ok(None);
        };
        extremes.push(Extreme {
            expr: expr.clone(),
            column: column.clone(),
            descending,
            skips_nulls: nullable && !descending,
        });
    }
    Ok(Some(extremes))
}

/// The column whose first value answers the aggregate, and whether the order is descending.
fn extreme(expr: &Expr) -> Option<(&Column, bool)> {
    let function = match expr {
        Expr::Alias(alias) => alias.expr.as_ref(),
        other => other,
    };
    let Expr::AggregateFunction(AggregateFunction { func, params }) = function else {
        return None;
    };
    let AggregateFunctionParams {
        args,
        filter: None,
        order_by,
        ..
    } = params
    else {
        return None;
    };
    let descending = match func.name() {
        "max" => true,
        "min" => false,
        _ => return None,
    };
    let [value] = args.as_slice() else {
        return None;
    };
    let column = column_of(value).filter(|_| order_by.is_empty())?;
    Some((column, descending))
}

/// Whether the column may be null, if Graph sorts by it.
fn sorted(plan: &LogicalPlan, column: &Column) -> Result<Option<bool>> {
    match plan {
        LogicalPlan::TableScan(scan) => {
            let Some(column) = definition_of(scan, column).filter(|column| column.sortable) else {
                return Ok(None);
            };
            let Some(provider) = provider(scan) else {
                return Ok(None);
            };
            let sorted = provider.can_be_sorted(column, &scan.filters)?;
            Ok(sorted.then_some(column.nullable))
        }
        LogicalPlan::Projection(_) | LogicalPlan::SubqueryAlias(_) => {
            let Some((index, column)) = input_of(plan, column) else {
                return Ok(None);
            };
            sorted(plan.inputs()[index], &column)
        }
        _ => Ok(None),
    }
}
