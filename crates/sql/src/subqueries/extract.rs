//! Takes subqueries out of expressions, from the innermost to the outermost.

use super::apply::{Apply, Question};
use super::in_expressions::{is_in, subquery_of, used_columns, with_rows};
use super::{grouped, independent, joins, outer, outer_joins, sorts};
use crate::functions::external;
use crate::rules::finished;
use crate::{Error, ErrorKind};
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::common::{Column, JoinType, Result};
use datafusion::error::DataFusionError;
use datafusion::logical_expr::expr::{Exists, InSubquery, SetComparison};
use datafusion::logical_expr::expr_rewriter::NamePreserver;
use datafusion::logical_expr::utils::split_conjunction_owned;
use datafusion::logical_expr::{
    Expr, Extension, Filter, Join, LogicalPlan, LogicalPlanBuilder, Operator, Subquery, lit, not,
};
use exchange_tables::conditions;
use std::sync::Arc;

/// The extraction from one statement.
#[derive(Default)]
pub struct Extraction {
    /// Subqueries so far, for names.
    count: usize,
}

impl Extraction {
    pub fn plan(&mut self, plan: LogicalPlan) -> Result<LogicalPlan> {
        let plan = plan.map_children(|child| Ok(Transformed::yes(self.plan(child)?)));
        let plan = plan.data()?;
        if !plan.expressions().iter().any(is_in) {
            return Ok(plan);
        }
        match plan {
            LogicalPlan::Filter(filter) => self.filter(filter),
            LogicalPlan::Join(join) => self.join(join),
            LogicalPlan::Sort(mut sort) => {
                let own = sort.input.schema().columns();
                for key in &mut sort.expr {
                    key.expr = self.prepared(std::mem::take(&mut key.expr))?;
                }
                let sort = sorts::with_unselected(sort)?;
                restored(self.over_one_input(LogicalPlan::Sort(sort))?, &own)
            }
            plan @ (LogicalPlan::Projection(_)
            | LogicalPlan::Aggregate(_)
            | LogicalPlan::Window(_)) => self.over_one_input(plan),
            // An apply of a subquery that was extracted before: what it compares with may be an independent value.
            plan @ LogicalPlan::Extension(_) => Ok(plan),
            _ => Err(external(Error::new(
                ErrorKind::NotSupported,
                "a subquery cannot stand here; select it in a derived table first",
            ))),
        }
    }

    fn name(&mut self) -> String {
        self.count += 1;
        format!("__subquery_{}", self.count)
    }

    /// `WHERE` and `HAVING`: separate conditions become semi-joins if possible.
    fn filter(&mut self, filter: Filter) -> Result<LogicalPlan> {
        let own = filter.input.schema().columns();
        let mut input = Arc::unwrap_or_clone(filter.input);
        let (later, now): (Vec<Expr>, Vec<Expr>) = split_conjunction_owned(filter.predicate)
            .into_iter()
            .partition(is_in);
        if let Some(now) = conditions::all(now) {
            input = LogicalPlanBuilder::from(input).filter(now)?.build()?;
        }
        let mut left = Vec::new();
        for condition in later {
            left.extend(self.alone(condition, &mut input)?);
        }
        let mut conditions = Vec::new();
        for condition in left {
            conditions.push(self.answered(condition, &mut input)?);
        }
        if let Some(conditions) = conditions::all(conditions) {
            input = LogicalPlanBuilder::from(input)
                .filter(conditions)?
                .build()?;
        }
        restored(input, &own)
    }

    /// Turns a separate condition into a join. Returns the condition if that is not possible.
    fn alone(&mut self, condition: Expr, input: &mut LogicalPlan) -> Result<Option<Expr>> {
        let (subquery, operand, negated) = match &condition {
            Expr::Exists(Exists { subquery, negated }) => (subquery, None, *negated),
            Expr::InSubquery(InSubquery {
                expr,
                subquery,
                negated: false,
            }) if !is_in(expr) => (subquery, Some(expr.as_ref()), false),
            Expr::Not(inside) if matches!(**inside, Expr::Exists(_)) => {
                let Expr::Exists(Exists { subquery, negated }) = inside.as_ref() else {
                    return Ok(Some(condition));
                };
                (subquery, None, !negated)
            }
            _ => return Ok(Some(condition)),
        };
        let rows = self.rows(subquery)?;
        // Whether rows exist at all is one value for the whole query.
        if operand.is_none() && !outer::depends(&rows)? {
            return Ok(Some(with_rows(condition, rows)));
        }
        let name = self.name();
        match joins::semi_join(input, &rows, operand, negated, &name)? {
            Some(join) => {
                *input = join;
                Ok(None)
            }
            None => Ok(Some(with_rows(condition, rows))),
        }
    }

    /// Replaces the subqueries of the expression by columns, which are added to the input.
    fn answered(&mut self, expr: Expr, input: &mut LogicalPlan) -> Result<Expr> {
        let answered = expr.transform_up(|part| {
            Ok(match part {
                Expr::ScalarSubquery(subquery) => Transformed::yes(self.value(&subquery, input)?),
                Expr::Exists(exists) => Transformed::yes(self.exists(&exists, input)?),
                Expr::InSubquery(InSubquery {
                    expr,
                    subquery,
                    negated,
                }) => {
                    let question = Question::Comparison {
                        operator: Operator::Eq,
                        all: false,
                    };
                    let member = self.apply(&subquery, Some(*expr), question, input)?;
                    Transformed::yes(if negated { not(member) } else { member })
                }
                Expr::SetComparison(SetComparison {
                    expr,
                    subquery,
                    op,
                    quantifier,
                }) => {
                    let question = Question::comparison(op, &quantifier);
                    Transformed::yes(self.apply(&subquery, Some(*expr), question, input)?)
                }
                other => Transformed::no(other),
            })
        });
        answered.data()
    }

    fn value(&mut self, subquery: &Subquery, input: &mut LogicalPlan) -> Result<Expr> {
        let rows = self.rows(subquery)?;
        if !outer::depends(&rows)? {
            return Ok(Expr::ScalarSubquery(independent::of(independent::or_null(
                rows,
            )?)));
        }
        let name = self.name();
        if let Some(joined) = grouped::value(input, &rows, &name)? {
            *input = joined.input;
            return Ok(joined.value);
        }
        self.applied(rows, None, Question::Value, input)
    }

    fn exists(&mut self, exists: &Exists, input: &mut LogicalPlan) -> Result<Expr> {
        let rows = self.rows(&exists.subquery)?;
        let name = self.name();
        let found = if !outer::depends(&rows)? {
            independent::has_rows(rows, &name)?
        } else if let Some(joined) = grouped::exists(input, &rows, &name)? {
            *input = joined.input;
            joined.value
        } else {
            self.applied(rows, None, Question::Exists, input)?
        };
        Ok(if exists.negated { not(found) } else { found })
    }

    fn apply(
        &mut self,
        subquery: &Subquery,
        operand: Option<Expr>,
        question: Question,
        input: &mut LogicalPlan,
    ) -> Result<Expr> {
        let rows = self.rows(subquery)?;
        self.applied(rows, operand, question, input)
    }

    fn applied(
        &mut self,
        rows: LogicalPlan,
        operand: Option<Expr>,
        question: Question,
        input: &mut LogicalPlan,
    ) -> Result<Expr> {
        let name = self.name();
        let mut number = 0;
        // No later rule sees the subquery.
        let rows = finished(rows)?;
        let opened = outer::open(rows, input.schema(), || {
            number += 1;
            format!("${name}_{number}")
        })?;
        let apply = Apply::try_new(Arc::new(input.clone()), opened, operand, question, name)?;
        let answer = apply.answer();
        *input = LogicalPlan::Extension(Extension {
            node: Arc::new(apply),
        });
        Ok(answer)
    }

    /// The expression with its subqueries, whose own expressions no longer have any.
    fn prepared(&mut self, expr: Expr) -> Result<Expr> {
        let prepared = expr.transform_up(|part| match subquery_of(&part) {
            Some(rows) => {
                let rows = self.plan(rows.clone())?;
                Ok(Transformed::yes(with_rows(part, rows)))
            }
            None => Ok(Transformed::no(part)),
        });
        prepared.data()
    }

    /// The subquery's rows, without subqueries in its own expressions.
    fn rows(&mut self, subquery: &Subquery) -> Result<LogicalPlan> {
        self.plan(subquery.subquery.as_ref().clone())
    }

    /// A node with one input, whose expressions keep their names.
    fn over_one_input(&mut self, plan: LogicalPlan) -> Result<LogicalPlan> {
        let own = plan.schema().columns();
        let names = NamePreserver::new(&plan);
        let mut input = plan
            .inputs()
            .into_iter()
            .next()
            .cloned()
            .unwrap_or_default();
        let mut exprs = Vec::new();
        for expr in plan.expressions() {
            if !is_in(&expr) {
                exprs.push(expr);
                continue;
            }
            let name = names.save(&expr);
            let answered = self.answered(expr, &mut input)?;
            exprs.push(name.restore(answered));
        }
        let plan = plan.with_new_exprs(exprs, vec![input])?;
        restored(plan, &own)
    }

    /// Conditions of a join: after an inner join as in WHERE, otherwise beside the table that they
    /// concern.
    fn join(&mut self, mut join: Join) -> Result<LogicalPlan> {
        let own = join.schema.columns();
        let conditions = join.filter.take().map(split_conjunction_owned);
        let (later, now): (Vec<Expr>, Vec<Expr>) =
            conditions.into_iter().flatten().partition(is_in);
        if join.join_type == JoinType::Inner {
            join.filter = conditions::all(now);
            let condition = conditions::all(later).unwrap_or_else(|| lit(true));
            let filter = Filter::try_new(condition, Arc::new(LogicalPlan::Join(join)))?;
            return self.filter(filter);
        }
        let mut conditions = now;
        let mut of_both = Vec::new();
        for condition in later {
            let condition = self.prepared(condition)?;
            let used = used_columns(&condition)?;
            // Columns of neither side belong to an outer query.
            let is_without =
                |side: &LogicalPlan| used.iter().all(|column| !side.schema().has_column(column));
            let mut beside = |side: &mut Arc<LogicalPlan>| {
                let mut input = side.as_ref().clone();
                conditions.push(self.answered(condition.clone(), &mut input)?);
                *side = Arc::new(input);
                Ok::<_, DataFusionError>(())
            };
            if is_without(&join.left) {
                beside(&mut join.right)?;
            } else if is_without(&join.right) {
                beside(&mut join.left)?;
            } else {
                of_both.push(condition);
            }
        }
        let rows = match of_both.is_empty() {
            true => LogicalPlan::Join(Join::try_new(
                join.left,
                join.right,
                join.on,
                conditions::all(conditions),
                join.join_type,
                join.join_constraint,
                join.null_equality,
                join.null_aware,
            )?),
            false => {
                let name = self.name();
                let answered = |condition, rows: &mut _| self.answered(condition, rows);
                outer_joins::joined(&name, join, conditions, of_both, answered)?
            }
        };
        restored(rows, &own)
    }
}

/// The plan with only these columns.
fn restored(plan: LogicalPlan, columns: &[Column]) -> Result<LogicalPlan> {
    if plan.schema().columns() == columns {
        return Ok(plan);
    }
    LogicalPlanBuilder::from(plan)
        .project(columns.iter().cloned().map(Expr::Column))?
        .build()
}
