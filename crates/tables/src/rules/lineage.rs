//! Where columns of a logical plan come from.

use super::{TableProvider, definition};
use datafusion::catalog::default_table_source::source_as_provider;
use datafusion::common::Column;
use datafusion::logical_expr::{Expr, LogicalPlan, TableScan};

/// The column that an expression is, under whatever name.
pub fn plain(expr: &Expr) -> Option<&Column> {
    match expr {
        Expr::Column(column) => Some(column),
        Expr::Alias(alias) => plain(&alias.expr),
        _ => None,
    }
}

/// The scan that a column comes from, and its name there.
pub fn origin<'p>(plan: &'p LogicalPlan, column: &Column) -> Option<(&'p TableScan, Column)> {
    match plan {
        LogicalPlan::TableScan(scan) => Some((scan, column.clone())),
        // Rows were counted before the join.
        LogicalPlan::Limit(_) => None,
        _ => {
            let (index, column) = inside(plan, column)?;
            origin(plan.inputs().get(index)?, &column)
        }
    }
}

/// The input of a node that a column comes from unchanged, and its name there.
pub fn inside(plan: &LogicalPlan, column: &Column) -> Option<(usize, Column)> {
    match plan {
        LogicalPlan::Projection(projection) => {
            let index = projection.schema.maybe_index_of_column(column)?;
            Some((0, plain(&projection.expr[index])?.clone()))
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

/// What a scan's column is by the definition of its table, if the table is one of Exchange.
pub fn defined(scan: &TableScan, column: &Column) -> Option<&'static definition::Column> {
    let provider = source_as_provider(&scan.source).ok()?;
    provider
        .downcast_ref::<TableProvider>()?
        .column(column.name())
}
