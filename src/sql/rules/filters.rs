//! Conditions with a constant on their left.
//!
//! When DataFusion moves conditions down it joins those on one column: of `4 = a AND a = 4` it makes `false`, because
//! they are not written alike, and of `5 < a AND a >= 5` it keeps the second. So each is written with the column first.

use datafusion::common::Result;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::logical_expr::{BinaryExpr, Expr, Filter, LogicalPlan, Operator};
use datafusion::optimizer::optimizer::ApplyOrder;
use datafusion::optimizer::{OptimizerConfig, OptimizerRule};
use std::sync::Arc;

/// The rule that moves conditions down.
#[derive(Debug)]
pub struct ColumnsFirst {
    inner: Arc<dyn OptimizerRule + Send + Sync>,
}

impl ColumnsFirst {
    pub fn new(inner: Arc<dyn OptimizerRule + Send + Sync>) -> Self {
        Self { inner }
    }
}

impl OptimizerRule for ColumnsFirst {
    fn name(&self) -> &str {
        self.inner.name()
    }

    fn apply_order(&self) -> Option<ApplyOrder> {
        self.inner.apply_order()
    }

    fn supports_rewrite(&self) -> bool {
        true
    }

    fn rewrite(
        &self,
        plan: LogicalPlan,
        config: &dyn OptimizerConfig,
    ) -> Result<Transformed<LogicalPlan>> {
        self.inner.rewrite(columns_first(plan)?, config)
    }
}

/// The conditions of a node, and of a filter right below it, which the rule joins with it.
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
