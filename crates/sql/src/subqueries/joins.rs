//! Separate conditions `IN` and `EXISTS` in `WHERE`, as joins that return a row of the left side
//! once or not at all.
//!
//! A separate condition keeps a row only if it is true, so unknown and false make no difference.
//! These joins do the same. `NOT IN` needs an apply, because a null in its list makes it unknown
//! for every row.

use super::outer;
use super::pulled::{Copies, Pulled, pull};
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::common::{Column, DFSchema, JoinConstraint, JoinType, NullEquality, Result};
use datafusion::logical_expr::{Expr, Join, LogicalPlan, LogicalPlanBuilder, lit};
use exchange_tables::conditions;
use std::sync::Arc;

/// The rows of `input` for which the subquery has a row, or has no row. With an operand, a row
/// whose value equals it. `None` if a join could return other rows than the condition.
pub fn semi_join(
    input: &LogicalPlan,
    subquery: &LogicalPlan,
    operand: Option<&Expr>,
    negated: bool,
    name: &str,
) -> Result<Option<LogicalPlan>> {
    let Some(pulled) = pull(subquery, Copies::DoNotMatter)? else {
        return Ok(None);
    };
    let mut conditions = pulled.conditions.clone();
    if let (Some(operand), Some(value)) = (operand, pulled.columns.first()) {
        let operand = outer::seen_from_inside(input.schema(), operand.clone())?;
        conditions.push(operand.eq(value.clone()));
    }
    let side = Side::of(&pulled, conditions, input.schema(), name)?;
    let join_type = match negated {
        true => JoinType::LeftAnti,
        false => JoinType::LeftSemi,
    };
    let join = join(input, side, join_type)?;
    Ok(Some(join))
}

/// The right side of a join, whose columns have unique names, and the condition of the join.
pub struct Side {
    pub rows: LogicalPlan,
    pub condition: Expr,
}

impl Side {
    /// The rows of a subquery and the conditions on them, with outer references for the other side.
    pub fn of(
        pulled: &Pulled,
        conditions: Vec<Expr>,
        outside: &DFSchema,
        name: &str,
    ) -> Result<Self> {
        let mut names = Names::new(&pulled.rows, name);
        let conditions = conditions.into_iter().map(|condition| {
            let condition = names.renamed(condition)?;
            outer::seen_from(outside, condition)
        });
        let condition = conditions.collect::<Result<Vec<_>>>()?;
        let condition = conditions::all(condition);
        Ok(Self {
            rows: names.rows()?,
            condition: condition.unwrap_or_else(|| lit(true)),
        })
    }
}

/// The columns of rows that a join uses, under unique names.
pub struct Names<'a> {
    rows: &'a LogicalPlan,
    name: &'a str,
    used: Vec<Column>,
}

impl<'a> Names<'a> {
    pub fn new(rows: &'a LogicalPlan, name: &'a str) -> Self {
        Self {
            rows,
            name,
            used: Vec::new(),
        }
    }

    /// The expression with the new names of columns of the rows.
    pub fn renamed(&mut self, expr: Expr) -> Result<Expr> {
        expr.transform_up(|part| match part {
            Expr::Column(column) => {
                let index = self.index(column);
                Ok(Transformed::yes(Expr::Column(self.column(index))))
            }
            other => Ok(Transformed::no(other)),
        })
        .data()
    }

    fn index(&mut self, column: Column) -> usize {
        let known = self.used.iter().position(|used| *used == column);
        known.unwrap_or_else(|| {
            self.used.push(column);
            self.used.len() - 1
        })
    }

    fn column(&self, index: usize) -> Column {
        Column::new(Some(self.name), format!("{}_{index}", self.name))
    }

    /// The rows with only the columns that were used.
    pub fn rows(&self) -> Result<LogicalPlan> {
        let columns = self
            .used
            .iter()
            .enumerate()
            .map(|(index, column)| Expr::Column(column.clone()).alias(self.column(index).name));
        let mut columns: Vec<Expr> = columns.collect();
        if columns.is_empty() {
            columns.push(lit(true).alias(format!("{}_row", self.name)));
        }
        LogicalPlanBuilder::from(self.rows.clone())
            .project(columns)?
            .alias(self.name)?
            .build()
    }
}

pub fn join(input: &LogicalPlan, side: Side, join_type: JoinType) -> Result<LogicalPlan> {
    let join = Join::try_new(
        Arc::new(input.clone()),
        Arc::new(side.rows),
        Vec::new(),
        Some(side.condition),
        join_type,
        JoinConstraint::On,
        NullEquality::NullEqualsNothing,
        false,
    )?;
    Ok(LogicalPlan::Join(join))
}
