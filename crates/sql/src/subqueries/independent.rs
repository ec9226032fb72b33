//! Subqueries that do not depend on the query around them: one value for the whole statement.

use super::answer;
use datafusion::common::{Column, Result, Spans};
use datafusion::functions_aggregate::expr_fn::count;
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, Subquery, lit};
use std::sync::Arc;

/// Whether rows exist, as one value for the whole query.
pub fn has_rows(rows: LogicalPlan, name: &str) -> Result<Expr> {
    let counted = format!("{name}_count");
    let rows = LogicalPlanBuilder::from(rows)
        .limit(0, Some(1))?
        .aggregate(Vec::<Expr>::new(), [count(lit(1_i64)).alias(&counted)])?
        .project([Expr::Column(Column::from_name(counted))
            .gt(lit(0_i64))
            .alias(name)])?
        .build()?;
    Ok(Expr::ScalarSubquery(of(rows)))
}

/// The rows with a value that the engine treats as nullable, because it is null without a row.
pub fn or_null(rows: LogicalPlan) -> Result<LogicalPlan> {
    let (qualifier, field) = rows.schema().qualified_field(0);
    if (field.is_nullable() && is_of_table(&rows)) || has_one_row(&rows) {
        return Ok(rows);
    }
    let column = Column::new(qualifier.cloned(), field.name());
    let value = answer::nullable(Expr::Column(column.clone())).alias(&column.name);
    LogicalPlanBuilder::from(rows).project([value])?.build()
}

/// Whether the first column belongs to a table. A computed one may turn out to be a constant, which
/// is never null.
fn is_of_table(rows: &LogicalPlan) -> bool {
    match rows {
        LogicalPlan::TableScan(_) => true,
        LogicalPlan::Projection(projection) => {
            let first = projection.expr.first();
            matches!(
                first.map(|first| first.clone().unalias()),
                Some(Expr::Column(_))
            ) && is_of_table(&projection.input)
        }
        LogicalPlan::SubqueryAlias(_)
        | LogicalPlan::Filter(_)
        | LogicalPlan::Sort(_)
        | LogicalPlan::Limit(_) => rows.inputs().into_iter().all(is_of_table),
        _ => false,
    }
}

/// An aggregate without groups has one row, whatever it reads.
fn has_one_row(rows: &LogicalPlan) -> bool {
    match rows {
        LogicalPlan::Aggregate(aggregate) => aggregate.group_expr.is_empty(),
        LogicalPlan::Projection(projection) => has_one_row(&projection.input),
        LogicalPlan::SubqueryAlias(alias) => has_one_row(&alias.input),
        _ => false,
    }
}

/// A subquery that does not depend on the query around it.
pub fn of(rows: LogicalPlan) -> Subquery {
    Subquery {
        subquery: Arc::new(rows),
        outer_ref_columns: Vec::new(),
        spans: Spans::new(),
    }
}
