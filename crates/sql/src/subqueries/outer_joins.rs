//! Subqueries in ON of an outer join that use columns of both tables.
//!
//! Such a condition needs a row with both sides, and a row of one side alone is right only if no
//! row of the other side meets the condition. So the rows of each side get numbers. The condition
//! becomes a column of the join without it. These rows of the join are kept:
//!
//! - the rows for which the condition is true,
//! - one row, with nulls for the other side, for each row of an outer side that has no match.

use datafusion::common::{Column, JoinType, Result, ScalarValue};
use datafusion::functions_aggregate::min_max::max_udaf;
use datafusion::functions_window::row_number::row_number_udwf;
use datafusion::logical_expr::expr::WindowFunction;
use datafusion::logical_expr::{
    Expr, ExprFunctionExt, Join, LogicalPlan, LogicalPlanBuilder, WindowFunctionDefinition, lit,
    when,
};
use exchange_tables::conditions;
use std::sync::Arc;

/// A side of the join, numbered.
struct Side {
    rows: LogicalPlan,
    columns: Vec<Column>,
    /// Name of the column with the row's number.
    number: String,
    /// Whether rows without a match are kept.
    is_outer: bool,
}

/// The join, with the conditions `now` and `later`; the latter has the subqueries. `answered` replaces
/// them by columns, which it adds to the rows. New columns have names that begin with `name`.
pub fn joined(
    name: &str,
    join: Join,
    now: Vec<Expr>,
    later: Vec<Expr>,
    mut answered: impl FnMut(Expr, &mut LogicalPlan) -> Result<Expr>,
) -> Result<LogicalPlan> {
    let keeps_left = matches!(join.join_type, JoinType::Left | JoinType::Full);
    let keeps_right = matches!(join.join_type, JoinType::Right | JoinType::Full);
    let left = Side::new(&join.left, format!("{name}_left"), keeps_left)?;
    let right = Side::new(&join.right, format!("{name}_right"), keeps_right)?;
    let mut rows = LogicalPlan::Join(Join::try_new(
        Arc::new(left.rows.clone()),
        Arc::new(right.rows.clone()),
        join.on,
        conditions::all(now),
        join.join_type,
        join.join_constraint,
        join.null_equality,
        join.null_aware,
    )?);
    let mut conditions = vec![left.exists(), right.exists()];
    for condition in later {
        conditions.push(answered(condition, &mut rows)?);
    }
    let met = format!("{name}_met");
    let is_met = when(
        conditions::all(conditions).unwrap_or_else(|| lit(true)),
        lit(1),
    )
    .otherwise(lit(0))?;
    let mut columns: Vec<Expr> = left.all_columns();
    columns.extend(right.all_columns());
    columns.push(is_met.alias(&met));
    let rows = LogicalPlanBuilder::from(rows).project(columns)?.build()?;
    chosen(rows, &left, &right, &met, name)
}

impl Side {
    fn new(rows: &LogicalPlan, number: String, is_outer: bool) -> Result<Self> {
        let columns = rows.schema().columns();
        let function = WindowFunctionDefinition::WindowUDF(row_number_udwf());
        let numbers = Expr::from(WindowFunction::new(function, Vec::new())).alias(&number);
        Ok(Self {
            rows: LogicalPlanBuilder::from(rows.clone())
                .window([numbers])?
                .build()?,
            columns,
            number,
            is_outer,
        })
    }

    fn number(&self) -> Expr {
        Expr::Column(Column::from_name(&self.number))
    }

    fn exists(&self) -> Expr {
        self.number().is_not_null()
    }

    fn all_columns(&self) -> Vec<Expr> {
        let columns = self.columns.iter().cloned().map(Expr::Column);
        columns.chain([self.number()]).collect()
    }

    /// Whether a joined row is the first one for an unmatched row of this side.
    fn stands_alone(&self, any: &str, place: &str) -> Expr {
        let column = |name| Expr::Column(Column::from_name(name));
        self.exists()
            .and(column(any).eq(lit(0)))
            .and(column(place).eq(lit(1_u64)))
    }
}

/// The part of the result that a row belongs to.
const BOTH: i32 = 0;
const LEFT: i32 = 1;
const RIGHT: i32 = 2;

fn chosen(
    rows: LogicalPlan,
    left: &Side,
    right: &Side,
    met: &str,
    name: &str,
) -> Result<LogicalPlan> {
    let part = format!("{name}_part");
    let column = |name: &str| Expr::Column(Column::from_name(name));
    let is_part = |number: i32| column(&part).eq(lit(number));
    let mut kept = is_part(BOTH).and(column(met).eq(lit(1)));
    let mut parts = vec![vec![lit(BOTH)]];
    let mut builder = LogicalPlanBuilder::from(rows);
    for (side, number) in [(left, LEFT), (right, RIGHT)] {
        if !side.is_outer {
            continue;
        }
        let (any, place) = (
            format!("{}_any", side.number),
            format!("{}_place", side.number),
        );
        builder = builder.window([
            of_same(
                WindowFunctionDefinition::AggregateUDF(max_udaf()),
                vec![column(met)],
                side,
            )?
            .alias(&any),
            of_same(
                WindowFunctionDefinition::WindowUDF(row_number_udwf()),
                vec![],
                side,
            )?
            .alias(&place),
        ])?;
        kept = kept.or(is_part(number).and(side.stands_alone(&any, &place)));
        parts.push(vec![lit(number)]);
    }
    let parts = LogicalPlanBuilder::values(parts)?
        .project([Expr::Column(Column::from_name("column1")).alias(&part)])?
        .build()?;
    let rows = builder.cross_join(parts)?.filter(kept)?.build()?;
    let mut columns = Vec::new();
    for (side, other) in [(left, RIGHT), (right, LEFT)] {
        for source in &side.columns {
            let field = rows.schema().qualified_field_from_column(source)?.1;
            let null = lit(ScalarValue::try_from(field.data_type())?);
            let value = when(is_part(other), null).otherwise(Expr::Column(source.clone()))?;
            columns.push(value.alias_qualified(source.relation.clone(), &source.name));
        }
    }
    LogicalPlanBuilder::from(rows).project(columns)?.build()
}

/// A window over the rows with the same number.
fn of_same(function: WindowFunctionDefinition, arguments: Vec<Expr>, side: &Side) -> Result<Expr> {
    Expr::from(WindowFunction::new(function, arguments))
        .partition_by(vec![side.number()])
        .build()
}
