//! Expressions that compare or choose between values, and UNIONs, get values of a common type.

use super::branches::of_one_type;
use super::comparison::{Comparison, alike, comparison};
use super::{day_intervals, numbers, unions};
use crate::functions::type_families::{common, is_moment};
use crate::plans;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{Column, DFSchema, Result, ScalarValue};
use datafusion::logical_expr::expr::{InList, InSubquery, SetComparison};
use datafusion::logical_expr::{
    Between, Case, Cast, Expr, ExprSchemable, LogicalPlan, LogicalPlanBuilder, Subquery,
};
use datafusion::optimizer::AnalyzerRule;
use std::sync::Arc;

/// The rule for UNION.
#[derive(Debug)]
pub struct AlikeUnions;

impl AnalyzerRule for AlikeUnions {
    fn name(&self) -> &str {
        "alike_unions"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        let plan = plan.transform_up_with_subqueries(unions::alike)?;
        match plan.transformed {
            // The nodes above have the columns' types in their schemas.
            true => {
                let recomputed = |node: LogicalPlan| Ok(Transformed::yes(node.recompute_schema()?));
                Ok(plan.data.transform_up_with_subqueries(recomputed)?.data)
            }
            false => Ok(plan.data),
        }
    }
}

/// The rule for expressions that the planner does not pass to extensions: BETWEEN, IN, CASE.
#[derive(Debug)]
pub struct AlikeOperands;

impl AnalyzerRule for AlikeOperands {
    fn name(&self) -> &str {
        "alike_operands"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        plans::rewrite_expressions(plan, has_operands, rewritten)
    }
}

/// Whether the expression compares or chooses between values, or is an interval.
fn has_operands(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Between(_)
            | Expr::BinaryExpr(_)
            | Expr::Case(_)
            | Expr::InList(_)
            | Expr::InSubquery(_)
            | Expr::Literal(ScalarValue::IntervalMonthDayNano(_), _)
            | Expr::SetComparison(_)
    )
}

fn rewritten(expr: Expr, schema: &DFSchema) -> Result<Transformed<Expr>> {
    match expr {
        Expr::Between(Between {
            expr,
            negated,
            low,
            high,
        }) => {
            let operands = alike(vec![*expr, *low, *high], Comparison::Order, schema)?;
            let [expr, low, high] = three(operands.data);
            let between = Expr::Between(Between::new(expr, negated, low, high));
            Ok(Transformed::new_transformed(between, operands.transformed))
        }
        Expr::InList(InList {
            expr,
            list,
            negated,
        }) => {
            let mut operands = list;
            operands.push(*expr);
            let mut operands = alike(operands, Comparison::Equality, schema)?;
            let expr = Box::new(operands.data.pop().unwrap_or_default());
            if negated && operands.data.iter().any(is_null) {
                return Ok(Transformed::yes(not_in_with_null(expr, operands.data)));
            }
            let list = Expr::InList(InList::new(expr, operands.data, negated));
            Ok(Transformed::new_transformed(list, operands.transformed))
        }
        Expr::InSubquery(membership) => {
            let InSubquery {
                expr,
                subquery,
                negated,
            } = membership;
            let (expr, subquery) = alike_subquery(*expr, subquery, schema)?;
            let membership = InSubquery::new(Box::new(expr), subquery, negated);
            Ok(Transformed::yes(Expr::InSubquery(membership)))
        }
        Expr::SetComparison(comparison) => {
            let SetComparison { expr, subquery, .. } = comparison.clone();
            let (expr, subquery) = alike_subquery(*expr, subquery, schema)?;
            Ok(Transformed::yes(Expr::SetComparison(SetComparison {
                expr: Box::new(expr),
                subquery,
                ..comparison
            })))
        }
        Expr::Case(case) => case_alike(case, schema),
        Expr::Literal(ScalarValue::IntervalMonthDayNano(Some(value)), metadata) => {
            let value = day_intervals::constant(value)?;
            Ok(Transformed::yes(Expr::Literal(value, metadata)))
        }
        other => comparison(other, schema),
    }
}

/// Converts a value and the column of a subquery that it is compared with to a common type.
fn alike_subquery(expr: Expr, subquery: Subquery, schema: &DFSchema) -> Result<(Expr, Subquery)> {
    let (qualifier, field) = subquery.subquery.schema().qualified_field(0);
    let types = [expr.get_type(schema)?, field.data_type().clone()];
    let target = match types.iter().all(is_moment) {
        true if types[0] != types[1] => common(&types),
        true => None,
        false => numbers::compared(&types),
    };
    let Some(target) = target else {
        return Ok((expr, subquery));
    };
    let column = Expr::Column(Column::new(qualifier.cloned(), field.name()));
    let name = field.name().clone();
    let rows = LogicalPlanBuilder::from(subquery.subquery.as_ref().clone())
        .project([numbers::converted(column, &types[1], &target).alias(name)])?
        .build()?;
    let expr = numbers::converted(expr, &types[0], &target);
    Ok((expr, subquery.with_plan(Arc::new(rows))))
}

fn is_null(expr: &Expr) -> bool {
    match expr {
        Expr::Literal(value, _) => value.is_null(),
        Expr::Cast(Cast { expr, .. }) => is_null(expr),
        _ => false,
    }
}

/// `x NOT IN (a, NULL)` is never true. The optimizer loses the NULL when it merges the list with
/// that of an IN, so the NULL is moved out of the list.
fn not_in_with_null(expr: Box<Expr>, list: Vec<Expr>) -> Expr {
    let list: Vec<Expr> = list.into_iter().filter(|item| !is_null(item)).collect();
    let unknown = Expr::Literal(ScalarValue::Boolean(None), None);
    match list.is_empty() {
        true => unknown,
        false => Expr::InList(InList::new(expr, list, true)).and(unknown),
    }
}

fn three(operands: Vec<Expr>) -> [Box<Expr>; 3] {
    let mut operands = operands.into_iter().map(Box::new);
    std::array::from_fn(|_| operands.next().unwrap_or_default())
}

/// `CASE x WHEN ...` compares `x` with each WHEN; the results of all branches must have one type.
fn case_alike(case: Case, schema: &DFSchema) -> Result<Transformed<Expr>> {
    let Case {
        expr,
        when_then_expr,
        else_expr,
    } = case;
    let (whens, thens): (Vec<Expr>, Vec<Expr>) = when_then_expr
        .into_iter()
        .map(|(when, then)| (*when, *then))
        .unzip();
    let count = thens.len();
    let compares = expr.is_some();
    let operands: Vec<Expr> = whens.into_iter().chain(expr.map(|expr| *expr)).collect();
    let mut operands = match compares {
        true => alike(operands, Comparison::Equality, schema)?,
        false => Transformed::no(operands),
    };
    let results: Vec<Expr> = thens
        .into_iter()
        .chain(else_expr.map(|expr| *expr))
        .collect();
    let mut results = of_one_type(results, schema)?;
    let otherwise = (results.data.len() > count)
        .then(|| results.data.pop())
        .flatten();
    let operand = compares.then(|| operands.data.pop()).flatten();
    let branches = operands.data.into_iter().zip(results.data);
    let case = Case::new(
        operand.map(Box::new),
        branches
            .map(|(when, then)| (Box::new(when), Box::new(then)))
            .collect(),
        otherwise.map(Box::new),
    );
    let transformed = operands.transformed || results.transformed;
    Ok(Transformed::new_transformed(Expr::Case(case), transformed))
}
