//! Operators and special syntax, while the planner reads them.

use super::comparison::{binary, comparison};
use super::{aggregate, arithmetic, day_intervals};
use crate::functions;
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::expr::ScalarFunction;
use datafusion::logical_expr::planner::{
    ExprPlanner, PlannerResult, RawAggregateExpr, RawBinaryExpr, RawWindowExpr,
};
use datafusion::logical_expr::{Expr, Operator, ScalarUDF};
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
