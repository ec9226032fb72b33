//! The greatest or least value of a column by which Graph sorts.
//!
//! `MAX(receivedDateTime)` is the value of one row, the first in descending order, which Graph gives in one request of
//! one row. What is counted or summed beside it needs all rows anyway.

use super::lineage::{defined, inside, plain};
use datafusion::common::tree_node::Transformed;
use datafusion::common::{Column, Result};
use datafusion::logical_expr::expr::{
    AggregateFunction, AggregateFunctionParams, Sort as SortExpr,
};
use datafusion::logical_expr::{Aggregate, Expr, LogicalPlan, Sort};
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
        let Some((column, descending)) = extreme(&aggregate) else {
            return Ok(Transformed::no(LogicalPlan::Aggregate(aggregate)));
        };
        let first = Sort {
            expr: vec![SortExpr::new(Expr::Column(column), !descending, false)],
            input: aggregate.input,
            fetch: Some(1),
        };
        let input = Arc::new(LogicalPlan::Sort(first));
        let aggregate = Aggregate::try_new(input, aggregate.group_expr, aggregate.aggr_expr)?;
        Ok(Transformed::yes(LogicalPlan::Aggregate(aggregate)))
    }
}

/// The column of which the one value is wanted that comes first, and whether in descending order.
fn extreme(aggregate: &Aggregate) -> Option<(Column, bool)> {
    let [function] = aggregate.aggr_expr.as_slice() else {
        return None;
    };
    let function = match function {
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
    let column = plain(value)?;
    let usable = aggregate.group_expr.is_empty()
        && order_by.is_empty()
        && is_sorted_by_graph(&aggregate.input, column, descending);
    usable.then(|| (column.clone(), descending))
}

/// Nulls have no part in it. Graph puts them first in ascending order, so that the least value is the first one only
/// where there are none.
fn is_sorted_by_graph(plan: &LogicalPlan, column: &Column, descending: bool) -> bool {
    match plan {
        LogicalPlan::TableScan(scan) => defined(scan, column)
            .is_some_and(|column| column.sortable && (descending || !column.nullable)),
        LogicalPlan::Projection(_) | LogicalPlan::SubqueryAlias(_) | LogicalPlan::Filter(_) => {
            inside(plan, column).is_some_and(|(index, column)| {
                let input = plan.inputs()[index];
                is_sorted_by_graph(input, &column, descending)
            })
        }
        _ => false,
    }
}
