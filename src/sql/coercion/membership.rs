//! `IN (SELECT ...)` inside other conditions.
//!
//! The engine makes such a condition a mark of each row that says true or false, and so takes unknown for
//! false: `a = 9 OR a NOT IN (SELECT b ...)` is true for every `a` that is not in a list with a null, where
//! SQL says unknown. Where unknown and false make a difference, the condition is therefore taken apart
//! into EXISTS, which is never unknown:
//!
//! ```text
//! x IN (S)  =  EXISTS (S with c = x)  OR  NULL AND (EXISTS (S with c null)  OR  x IS NULL AND EXISTS (S))
//! ```
//!
//! Conditions that stand alone in WHERE, joined with AND, are exact as they are: they become joins.
//! Can go as soon as `LeftMark` joins know unknown (DataFusion 55 does not).
//!
//! The values of such a subquery, and of one that is compared with ANY or ALL, get a name that nothing
//! else has. The engine would take `a` of `a > ALL (SELECT a FROM t)` for the same column outside and
//! inside where both are of a table `t`, and refuses a column that is converted as well as compared with
//! one outside.

use crate::sql::functions::external;
use crate::sql::{Error, ErrorKind};
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::common::{Column, DFSchema, ExprSchema, Result, ScalarValue, Spans};
use datafusion::functions_aggregate::expr_fn::count;
use datafusion::logical_expr::expr::{Exists, InSubquery, SetComparison};
use datafusion::logical_expr::expr_rewriter::NamePreserver;
use datafusion::logical_expr::utils::split_conjunction_owned;
use datafusion::logical_expr::{
    BinaryExpr, Expr, ExprSchemable, Filter, JoinType, LogicalPlan, LogicalPlanBuilder, Operator,
    Projection, Subquery, lit, not,
};
use datafusion::optimizer::AnalyzerRule;
use std::sync::Arc;

#[derive(Debug)]
pub struct ExactMembership;

impl AnalyzerRule for ExactMembership {
    fn name(&self) -> &str {
        "exact_membership"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        Ok(plan.transform_up_with_subqueries(exact)?.data)
    }
}

fn exact(plan: LogicalPlan) -> Result<Transformed<LogicalPlan>> {
    let (predicate, input) = match &plan {
        LogicalPlan::Filter(Filter {
            predicate, input, ..
        }) => (predicate, input),
        LogicalPlan::Projection(_) => return selected(plan),
        LogicalPlan::Join(_) => return joined(plan),
        _ => return Ok(Transformed::no(plan)),
    };
    // Long chains of conditions without any are not taken apart.
    let asks_rows = |expr: &Expr| matches!(expr, Expr::InSubquery(_) | Expr::SetComparison(_));
    if !predicate.exists(|expr| Ok(asks_rows(expr)))? {
        return Ok(Transformed::no(plan));
    }
    let (predicate, input) = (named(predicate.clone())?, Arc::clone(input));
    let schema = Arc::clone(input.schema());
    let conditions = split_conjunction_owned(predicate).into_iter();
    let conditions = conditions.map(|condition| match condition {
        // A join, which keeps no row of which the condition is unknown.
        Expr::InSubquery(_) => Ok(condition),
        other => wanted(other, &schema),
    });
    let predicate = all_of(conditions.collect::<Result<_>>()?);
    Ok(Transformed::yes(LogicalPlan::Filter(Filter::try_new(
        predicate, input,
    )?)))
}

/// Subqueries in the select list, where the engine knows those alone that give a value: EXISTS becomes the
/// question whether there is a row to count.
fn selected(plan: LogicalPlan) -> Result<Transformed<LogicalPlan>> {
    let LogicalPlan::Projection(projection) = plan else {
        return Ok(Transformed::no(plan));
    };
    if !projection.expr.iter().any(has_subquery) {
        return Ok(Transformed::no(LogicalPlan::Projection(projection)));
    }
    let schema = Arc::clone(projection.input.schema());
    let names = NamePreserver::new_for_projection();
    let valued = projection.expr.into_iter().map(|expr| {
        let name = names.save(&expr);
        let tested = named(expr)?.transform_up(|expr| match expr {
            Expr::InSubquery(membership) => {
                Ok(Transformed::yes(three_valued(membership, &schema)?))
            }
            other => Ok(Transformed::no(other)),
        })?;
        let counted = tested.data.transform_up(|expr| match expr {
            Expr::Exists(exists) => Ok(Transformed::yes(counted(exists)?)),
            other => Ok(Transformed::no(other)),
        })?;
        Ok(name.restore(counted.data))
    });
    let valued: Result<Vec<Expr>> = valued.collect();
    let projection = Projection::try_new(valued?, projection.input)?;
    Ok(Transformed::yes(LogicalPlan::Projection(projection)))
}

/// Whether there is a row, as a value.
fn counted(exists: Exists) -> Result<Expr> {
    let Exists { subquery, negated } = exists;
    let none: [Expr; 0] = [];
    let rows = LogicalPlanBuilder::from(subquery.subquery.as_ref().clone())
        .aggregate(none, [count(lit(1_i64)).alias("rows")])?
        .project([Expr::Column(Column::from_name("rows")).gt(lit(0_i64))])?
        .build()?;
    let found = Expr::ScalarSubquery(Subquery {
        outer_ref_columns: rows.all_out_ref_exprs(),
        subquery: Arc::new(rows),
        spans: Spans::new(),
    });
    Ok(if negated { not(found) } else { found })
}

/// Subqueries in ON: for an inner join, the same as in WHERE, where the engine knows them.
fn joined(plan: LogicalPlan) -> Result<Transformed<LogicalPlan>> {
    let LogicalPlan::Join(mut join) = plan else {
        return Ok(Transformed::no(plan));
    };
    if join.join_type != JoinType::Inner || !join.filter.as_ref().is_some_and(has_subquery) {
        return Ok(Transformed::no(LogicalPlan::Join(join)));
    }
    let conditions = join.filter.take().map(split_conjunction_owned);
    let (later, now) = conditions.into_iter().flatten().partition(has_subquery);
    join.filter = Some(all_of(now));
    let filter = Filter::try_new(all_of(later), Arc::new(LogicalPlan::Join(join)))?;
    exact(LogicalPlan::Filter(filter))
}

fn has_subquery(expr: &Expr) -> bool {
    let is_one = |expr: &Expr| {
        matches!(
            expr,
            Expr::InSubquery(_) | Expr::Exists(_) | Expr::SetComparison(_)
        )
    };
    expr.exists(|expr| Ok(is_one(expr))).unwrap_or(true)
}

/// The conditions joined with AND, as a tree that is no deeper than it has to be: everything that walks
/// over it later takes stack for each level, and there may be thousands of conditions.
fn all_of(mut conditions: Vec<Expr>) -> Expr {
    while conditions.len() > 1 {
        let mut rest = std::mem::take(&mut conditions).into_iter();
        while let Some(left) = rest.next() {
            conditions.push(match rest.next() {
                Some(right) => left.and(right),
                None => left,
            });
        }
    }
    conditions.pop().unwrap_or_else(|| lit(true))
}

/// Names the values of subqueries.
fn named(predicate: Expr) -> Result<Expr> {
    let named = predicate.transform_up(|expr| {
        Ok(Transformed::yes(match expr {
            Expr::InSubquery(InSubquery {
                expr,
                subquery,
                negated,
            }) => Expr::InSubquery(InSubquery::new(expr, values(subquery)?, negated)),
            Expr::SetComparison(comparison) => Expr::SetComparison(SetComparison {
                subquery: values(comparison.subquery)?,
                ..comparison
            }),
            other => return Ok(Transformed::no(other)),
        }))
    });
    Ok(named?.data)
}

/// A name that statements do not use.
const VALUE: &str = "__value";

/// The subquery with its only column under [`VALUE`].
fn values(subquery: Subquery) -> Result<Subquery> {
    let rows = subquery.subquery.as_ref();
    if rows.schema().fields().len() != 1 {
        return Ok(subquery);
    }
    let value = Expr::Column(Column::from(rows.schema().qualified_field(0)));
    let rows = LogicalPlanBuilder::from(rows.clone()).project([value.alias(VALUE)])?;
    Ok(subquery.with_plan(Arc::new(rows.build()?)))
}

/// A condition of which nobody asks whether it is unknown or false.
fn wanted(expr: Expr, schema: &DFSchema) -> Result<Expr> {
    match expr {
        Expr::BinaryExpr(BinaryExpr {
            left,
            op: op @ (Operator::And | Operator::Or),
            right,
        }) => Ok(Expr::BinaryExpr(BinaryExpr::new(
            Box::new(wanted(*left, schema)?),
            op,
            Box::new(wanted(*right, schema)?),
        ))),
        Expr::InSubquery(InSubquery { negated: false, .. }) => Ok(expr),
        other => {
            let rewritten = other.transform_up(|expr| match expr {
                Expr::InSubquery(membership) => {
                    Ok(Transformed::yes(three_valued(membership, schema)?))
                }
                other => Ok(Transformed::no(other)),
            });
            Ok(rewritten?.data)
        }
    }
}

fn three_valued(membership: InSubquery, schema: &DFSchema) -> Result<Expr> {
    let InSubquery {
        expr: value,
        subquery,
        negated,
    } = membership;
    let rows = subquery.subquery.as_ref();
    let (qualifier, field) = rows.schema().qualified_field(0);
    let member = Expr::Column(Column::new(qualifier.cloned(), field.name()));
    let same = member.clone().eq(seen_from_inside(&value, schema)?);
    let found = exists(&subquery, Some(same))?;
    let mut unknown = Vec::new();
    if field.is_nullable() {
        unknown.push(exists(&subquery, Some(member.is_null()))?);
    }
    if value.nullable(schema)? {
        unknown.push(value.is_null().and(exists(&subquery, None)?));
    }
    let null = Expr::Literal(ScalarValue::Boolean(None), None);
    let member = match unknown.into_iter().reduce(Expr::or) {
        Some(unknown) => found.or(null.and(unknown)),
        None => found,
    };
    Ok(if negated { not(member) } else { member })
}

/// The value, whose columns are those of the query around the subquery.
fn seen_from_inside(value: &Expr, schema: &DFSchema) -> Result<Expr> {
    let outer = value.clone().transform_up(|expr| match expr {
        Expr::Column(column) => {
            let field = Arc::clone(schema.field_from_column(&column)?);
            Ok(Transformed::yes(Expr::OuterReferenceColumn(field, column)))
        }
        Expr::ScalarSubquery(_) | Expr::Exists(_) => Err(external(Error::new(
            ErrorKind::NotSupported,
            "a subquery cannot be looked for in another subquery here; join the tables instead",
        ))),
        other => Ok(Transformed::no(other)),
    });
    Ok(outer?.data)
}

/// Whether the subquery has rows, or rows that meet a condition.
fn exists(subquery: &Subquery, condition: Option<Expr>) -> Result<Expr> {
    let rows = LogicalPlanBuilder::from(subquery.subquery.as_ref().clone());
    let rows = match condition {
        Some(condition) => rows.filter(condition)?,
        None => rows,
    };
    let rows = rows.build()?;
    let outer_ref_columns = rows.all_out_ref_exprs();
    Ok(Expr::Exists(Exists::new(
        Subquery {
            subquery: Arc::new(rows),
            outer_ref_columns,
            spans: Spans::new(),
        },
        false,
    )))
}
