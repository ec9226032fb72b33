//! Operators and special syntax, while the planner reads them.

use super::operands::{Comparison, alike};
use super::{aggregate, arithmetic, day_intervals};
use crate::functions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::expr::ScalarFunction;
use datafusion::logical_expr::planner::{
    ExprPlanner, PlannerResult, RawAggregateExpr, RawBinaryExpr, RawWindowExpr,
};
use datafusion::logical_expr::{BinaryExpr, Expr, Operator, ScalarUDF};
use datafusion::sql::sqlparser::ast::BinaryOperator;
use std::sync::Arc;

/// Plans expressions whose types must be settled before the planner checks them, and functions with
/// their own syntax.
#[derive(Debug)]
pub struct OdbcPlanner {
    extract: Arc<ScalarUDF>,
    position: Arc<ScalarUDF>,
    substring: Arc<ScalarUDF>,
}

impl Default for OdbcPlanner {
    fn default() -> Self {
        let [extract, position, substring] = functions::with_syntax();
        Self {
            extract,
            position,
            substring,
        }
    }
}

impl ExprPlanner for OdbcPlanner {
    fn plan_binary_op(
        &self,
        expr: RawBinaryExpr,
        schema: &DFSchema,
    ) -> Result<PlannerResult<RawBinaryExpr>> {
        let RawBinaryExpr { op, left, right } = expr;
        let (left, right) = (interval(left)?, interval(right)?);
        if let Some(operator) = compares(&op) {
            let planned = comparison(binary(left, operator, right), schema)?;
            return Ok(PlannerResult::Planned(planned.data));
        }
        arithmetic::plan(RawBinaryExpr { op, left, right }, schema)
    }

    fn plan_extract(&self, args: Vec<Expr>) -> Result<PlannerResult<Vec<Expr>>> {
        Ok(PlannerResult::Planned(call(&self.extract, args)))
    }

    /// `POSITION(a IN b)` arrives as `b`, `a`.
    fn plan_position(&self, mut args: Vec<Expr>) -> Result<PlannerResult<Vec<Expr>>> {
        args.reverse();
        Ok(PlannerResult::Planned(call(&self.position, args)))
    }

    fn plan_substring(&self, args: Vec<Expr>) -> Result<PlannerResult<Vec<Expr>>> {
        Ok(PlannerResult::Planned(call(&self.substring, args)))
    }

    fn plan_aggregate(
        &self,
        mut expr: RawAggregateExpr,
    ) -> Result<PlannerResult<RawAggregateExpr>> {
        expr.args = aggregate::numbers(expr.func.name(), expr.args);
        Ok(PlannerResult::Original(expr))
    }

    fn plan_window(&self, mut expr: RawWindowExpr) -> Result<PlannerResult<RawWindowExpr>> {
        expr.args = aggregate::numbers(expr.func_def.name(), expr.args);
        Ok(PlannerResult::Original(expr))
    }
}

/// A constant interval in the normal form.
fn interval(expr: Expr) -> Result<Expr> {
    Ok(match expr {
        Expr::Literal(ScalarValue::IntervalMonthDayNano(Some(value)), metadata) => {
            Expr::Literal(day_intervals::constant(value)?, metadata)
        }
        other => other,
    })
}

fn call(function: &Arc<ScalarUDF>, args: Vec<Expr>) -> Expr {
    Expr::ScalarFunction(ScalarFunction::new_udf(Arc::clone(function), args))
}

pub fn binary(left: Expr, operator: Operator, right: Expr) -> Expr {
    Expr::BinaryExpr(BinaryExpr::new(Box::new(left), operator, Box::new(right)))
}

/// Converts the operands of a comparison to a common type; other expressions are not changed.
pub fn comparison(expr: Expr, schema: &DFSchema) -> Result<Transformed<Expr>> {
    let Expr::BinaryExpr(BinaryExpr { left, op, right }) = expr else {
        return Ok(Transformed::no(expr));
    };
    let comparison = match op {
        Operator::Eq | Operator::NotEq | Operator::IsDistinctFrom | Operator::IsNotDistinctFrom => {
            Comparison::Equality
        }
        Operator::Lt | Operator::LtEq | Operator::Gt | Operator::GtEq => Comparison::Order,
        _ => {
            return Ok(Transformed::no(Expr::BinaryExpr(BinaryExpr {
                left,
                op,
                right,
            })));
        }
    };
    let operands = alike(vec![*left, *right], comparison, schema)?;
    let mut values = operands.data.into_iter();
    let (left, right) = (
        values.next().unwrap_or_default(),
        values.next().unwrap_or_default(),
    );
    Ok(Transformed::new_transformed(
        binary(left, op, right),
        operands.transformed,
    ))
}

fn compares(operator: &BinaryOperator) -> Option<Operator> {
    Some(match operator {
        BinaryOperator::Eq => Operator::Eq,
        BinaryOperator::NotEq => Operator::NotEq,
        BinaryOperator::Lt => Operator::Lt,
        BinaryOperator::LtEq => Operator::LtEq,
        BinaryOperator::Gt => Operator::Gt,
        BinaryOperator::GtEq => Operator::GtEq,
        BinaryOperator::Spaceship => Operator::IsNotDistinctFrom,
        _ => return None,
    })
}
