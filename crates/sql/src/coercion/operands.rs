//! Converts values that are compared with each other to a common type.

use super::{constant, day_intervals, numbers, unions};
use crate::functions::external;
use crate::functions::types::{TIME, TIMESTAMP, common, is_moment, is_text, is_truth};
use crate::plans;
use crate::{Error, ErrorKind};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{Column, DFSchema, Result, ScalarValue};
use datafusion::logical_expr::expr::{InList, InSubquery, SetComparison};
use datafusion::logical_expr::{
    Between, Case, Cast, Expr, ExprSchemable, LogicalPlan, LogicalPlanBuilder, Subquery,
};
use datafusion::optimizer::AnalyzerRule;
use std::sync::Arc;

/// The kind of comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`, `<>`, `IN`, `CASE`
    Equality,
    /// `<`, `BETWEEN`
    Order,
}

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
        other => super::planner::comparison(other, schema),
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
    let mut results = results_alike(results, schema)?;
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

/// Converts dates, times and timestamps among the results of CASE to one type, and numbers as well.
pub fn results_alike(results: Vec<Expr>, schema: &DFSchema) -> Result<Transformed<Vec<Expr>>> {
    let types = types_of(&results, schema)?;
    if let Some(target) = numbers::combined(&types) {
        return Ok(all_as_numbers(results, &types, &target));
    }
    if !types.iter().any(is_moment) || !types.iter().all(|each| is_moment(each) || each.is_null()) {
        return Ok(Transformed::no(results));
    }
    match common(&types) {
        Some(target) => all_as_moments(results, &types, &target).map_err(external),
        None => Ok(Transformed::no(results)),
    }
}

/// Converts values that are compared with each other to a common type, constants at once. Values
/// that the planner converts correctly itself are left unchanged.
pub fn alike(
    operands: Vec<Expr>,
    comparison: Comparison,
    schema: &DFSchema,
) -> Result<Transformed<Vec<Expr>>> {
    // The planner reports columns that the schema lacks.
    let Ok(types) = types_of(&operands, schema) else {
        return Ok(Transformed::no(operands));
    };
    day_intervals::check(&types).map_err(external)?;
    let any = |accepts: fn(&DataType) -> bool| types.iter().any(accepts);
    let others_are = |accepts: fn(&DataType) -> bool| {
        types
            .iter()
            .all(|each| accepts(each) || is_text(each) || each.is_null())
    };
    let result = if any(is_moment) && others_are(is_moment) {
        moments_alike(operands, &types)
    } else if any(is_truth) && others_are(|each| is_truth(each) || each.is_numeric()) {
        truths_alike(operands, &types)
    } else if any(DataType::is_numeric) && any(is_text) && others_are(DataType::is_numeric) {
        numbers_alike(operands, &types, comparison)
    } else if let Some(target) = numbers::compared(&types) {
        Ok(all_as_numbers(operands, &types, &target))
    } else {
        return Ok(Transformed::no(operands));
    };
    result.map_err(external)
}

fn all_as_numbers(
    operands: Vec<Expr>,
    types: &[DataType],
    target: &DataType,
) -> Transformed<Vec<Expr>> {
    let converted = operands.into_iter().zip(types);
    let converted =
        converted.map(|(operand, data_type)| numbers::converted(operand, data_type, target));
    Transformed::yes(converted.collect())
}

fn types_of(operands: &[Expr], schema: &DFSchema) -> Result<Vec<DataType>> {
    operands
        .iter()
        .map(|operand| operand.get_type(schema))
        .collect()
}

fn moments_alike(operands: Vec<Expr>, types: &[DataType]) -> Result<Transformed<Vec<Expr>>, Error> {
    let is_time = |each: &DataType| matches!(each, DataType::Time32(_) | DataType::Time64(_));
    let times = types.iter().filter(|each| is_time(each)).count();
    let moments = types.iter().filter(|each| is_moment(each)).count();
    let target = if times == moments {
        TIME
    } else if times > 0 {
        return Err(Error::new(
            ErrorKind::Syntax,
            "a time is compared with a date or timestamp; convert one of them with CAST",
        ));
    } else if types
        .iter()
        .any(|each| matches!(each, DataType::Timestamp(..)))
        || operands
            .iter()
            .filter_map(constant::text)
            .any(constant::has_time)
    {
        TIMESTAMP
    } else {
        DataType::Date32
    };
    all_as_moments(operands, types, &target)
}

fn all_as_moments(
    operands: Vec<Expr>,
    types: &[DataType],
    target: &DataType,
) -> Result<Transformed<Vec<Expr>>, Error> {
    let mut changed = false;
    let converted = operands.into_iter().zip(types).map(|(operand, data_type)| {
        if data_type == target || data_type.is_null() {
            return Ok(operand);
        }
        changed = true;
        match constant::text(&operand) {
            Some(text) => constant::moment(text, target),
            None => Ok(cast(operand, target)),
        }
    });
    let converted = converted.collect::<Result<Vec<_>, Error>>()?;
    Ok(Transformed::new_transformed(converted, changed))
}

fn truths_alike(operands: Vec<Expr>, types: &[DataType]) -> Result<Transformed<Vec<Expr>>, Error> {
    if types.iter().all(|each| is_truth(each) || each.is_null()) {
        return Ok(Transformed::no(operands));
    }
    let is_truth = |(operand, data_type): (&Expr, &DataType)| {
        is_truth(data_type) || data_type.is_null() || constant::truth(operand).is_some()
    };
    if operands.iter().zip(types).all(is_truth) {
        let converted = operands
            .into_iter()
            .map(|operand| match constant::truth(&operand) {
                Some(truth) => datafusion::logical_expr::lit(truth),
                None => operand,
            });
        return Ok(Transformed::yes(converted.collect()));
    }
    // Compared with other numbers, truth values are 0 and 1.
    let converted = operands
        .into_iter()
        .zip(types)
        .map(|(operand, data_type)| match data_type {
            DataType::Boolean => Ok(cast(operand, &DataType::Int64)),
            data_type if is_text(data_type) => Err(Error::new(
                ErrorKind::InvalidCast,
                "a truth value is compared with a text; compare it with 0, 1, 'true' or 'false'",
            )),
            _ => Ok(operand),
        });
    Ok(Transformed::yes(converted.collect::<Result<_, Error>>()?))
}

fn numbers_alike(
    operands: Vec<Expr>,
    types: &[DataType],
    comparison: Comparison,
) -> Result<Transformed<Vec<Expr>>, Error> {
    let is_text_column = |(operand, data_type): (&Expr, &DataType)| {
        is_text(data_type) && constant::text(operand).is_none()
    };
    let converted = if operands.iter().zip(types).any(is_text_column) {
        let texts =
            operands.into_iter().zip(types).map(
                |(operand, data_type)| match constant::number_text(&operand) {
                    _ if !data_type.is_numeric() => Ok(operand),
                    Some(text) if comparison == Comparison::Equality => Ok(text),
                    _ => Err(text_and_number()),
                },
            );
        texts.collect::<Result<Vec<_>, Error>>()?
    } else {
        let numbers = operands
            .into_iter()
            .map(|operand| match constant::text(&operand) {
                Some(text) => constant::number(text),
                None => Ok(operand),
            });
        numbers.collect::<Result<Vec<_>, Error>>()?
    };
    Ok(Transformed::yes(converted))
}

/// The order of texts with numbers differs from that of numbers, and a text need not be a number.
pub fn text_and_number() -> Error {
    Error::new(
        ErrorKind::InvalidCast,
        "a text is compared or computed with a number; write the number in quotes to compare texts, or \
         convert the text with CAST",
    )
}

pub fn cast(expr: Expr, target: &DataType) -> Expr {
    Expr::Cast(Cast::new(Box::new(expr), target.clone()))
}
