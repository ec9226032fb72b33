//! The origins of columns of a logical plan.

use crate::{TableProvider, definition};
use datafusion::catalog::default_table_source::{DefaultTableSource, source_as_provider};
use datafusion::common::{Column, JoinSide, JoinType, Result};
use datafusion::logical_expr::{Expr, LogicalPlan, TableScan};
use std::sync::Arc;

/// The column that the expression names, under any alias.
pub fn column_of(expr: &Expr) -> Option<&Column> {
    match expr {
        Expr::Column(column) => Some(column),
        Expr::Alias(alias) => column_of(&alias.expr),
        _ => None,
    }
}

/// The scan of a column, and the column's name there.
pub fn origin<'p>(plan: &'p LogicalPlan, column: &Column) -> Option<(&'p TableScan, Column)> {
    match plan {
        LogicalPlan::TableScan(scan) => Some((scan, column.clone())),
        // Rows were counted before the join.
        LogicalPlan::Limit(_) => None,
        _ => {
            let (index, column) = input_of(plan, column)?;
            origin(plan.inputs().get(index)?, &column)
        }
    }
}

/// The input of a node that has the column unchanged, and its name there.
pub fn input_of(plan: &LogicalPlan, column: &Column) -> Option<(usize, Column)> {
    match plan {
        LogicalPlan::Projection(projection) => {
            let index = projection.schema.maybe_index_of_column(column)?;
            Some((0, column_of(&projection.expr[index])?.clone()))
        }
        LogicalPlan::SubqueryAlias(alias) => {
            let index = alias.schema.maybe_index_of_column(column)?;
            Some((0, Column::from(alias.input.schema().qualified_field(index))))
        }
        LogicalPlan::Filter(_)
        | LogicalPlan::Sort(_)
        | LogicalPlan::Distinct(_)
        | LogicalPlan::Join(_) => {
            let inputs = plan.inputs().into_iter();
            let has = |input: &&LogicalPlan| input.schema().has_column(column);
            let index = inputs.enumerate().find(|(_, input)| has(input))?.0;
            Some((index, column.clone()))
        }
        _ => None,
    }
}

/// The table of a scan, if it belongs to Exchange.
pub fn provider(scan: &TableScan) -> Option<TableProvider> {
    let provider = source_as_provider(&scan.source).ok()?;
    provider.downcast_ref::<TableProvider>().cloned()
}

/// The definition of a scan's column, if the table belongs to Exchange.
pub fn definition_of(scan: &TableScan, column: &Column) -> Option<&'static definition::Column> {
    provider(scan)?.column(column.name())
}

/// The plan with another table in the scan of a column. `change` gets the scan and the column's
/// name there. `None` if it returns `None` or the column belongs to no scan.
pub fn with_provider(
    plan: &LogicalPlan,
    column: &Column,
    change: &dyn Fn(&TableScan, &Column) -> Option<TableProvider>,
) -> Result<Option<LogicalPlan>> {
    if let LogicalPlan::TableScan(scan) = plan {
        return Ok(change(scan, column).map(|provider| {
            LogicalPlan::TableScan(TableScan {
                source: Arc::new(DefaultTableSource::new(Arc::new(provider))),
                ..scan.clone()
            })
        }));
    }
    let Some((index, column)) = input_of(plan, column) else {
        return Ok(None);
    };
    let mut inputs: Vec<LogicalPlan> = plan.inputs().into_iter().cloned().collect();
    let Some(input) = with_provider(&inputs[index], &column, change)? else {
        return Ok(None);
    };
    inputs[index] = input;
    plan.with_new_exprs(plan.expressions(), inputs).map(Some)
}

/// Whether each row of a join contains a row of this side. Then excluding a row of the side is the
/// same as excluding the rows of the join that contain it.
pub fn keeps_only_matches(join: JoinType, side: JoinSide) -> bool {
    use JoinType::*;
    match join {
        Inner => true,
        Left | LeftSemi | LeftAnti | LeftMark => side == JoinSide::Left,
        Right | RightSemi | RightAnti | RightMark => side == JoinSide::Right,
        Full => false,
    }
}
