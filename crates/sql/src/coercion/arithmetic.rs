//! `+`, `-`, `*`, `/` and `%` between values that are not both numbers.

use super::cast::cast;
use super::comparison::{binary, text_and_number};
use super::constant;
use crate::functions::external;
use crate::functions::type_families::{TIMESTAMP, is_text, is_truth};
use crate::{Error, ErrorKind};
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::expr::Placeholder;
use datafusion::logical_expr::planner::{PlannerResult, RawBinaryExpr};
use datafusion::logical_expr::{Expr, ExprSchemable, Operator};
use datafusion::sql::sqlparser::ast::BinaryOperator;
use std::sync::Arc;

pub fn plan(expr: RawBinaryExpr, schema: &DFSchema) -> Result<PlannerResult<RawBinaryExpr>> {
    // The planner reports columns that the schema lacks.
    let (Ok(left_type), Ok(right_type)) = (expr.left.get_type(schema), expr.right.get_type(schema))
    else {
        return Ok(PlannerResult::Original(expr));
    };
    if joins_texts(&expr.op, &left_type, &right_type) {
        let joined = binary(expr.left, Operator::StringConcat, expr.right);
        return Ok(PlannerResult::Planned(joined));
    }
    // Two parameters, or two NULLs: only the operator says that they are texts.
    if expr.op == BinaryOperator::StringConcat && left_type.is_null() && right_type.is_null() {
        return Ok(PlannerResult::Original(RawBinaryExpr {
            left: cast(expr.left, &DataType::Utf8),
            ..expr
        }));
    }
    if !is_arithmetic(&expr.op) {
        return Ok(PlannerResult::Original(expr));
    }
    refuse(&expr.op, &left_type, &right_type).map_err(external)?;
    let RawBinaryExpr { op, left, right } = expr;
    if is_moved_by_hours(&left_type, &right) {
        let left = cast(left, &TIMESTAMP);
        return Ok(PlannerResult::Original(RawBinaryExpr { op, left, right }));
    }
    if is_moved_by_hours(&right_type, &left) {
        let right = cast(right, &TIMESTAMP);
        return Ok(PlannerResult::Original(RawBinaryExpr { op, left, right }));
    }
    let left_converted = operand(left, &left_type, &right_type).map_err(external)?;
    let right_converted = operand(right, &right_type, &left_type).map_err(external)?;
    Ok(PlannerResult::Original(RawBinaryExpr {
        op,
        left: left_converted,
        right: right_converted,
    }))
}

/// T-SQL joins texts with `+`, Access with `&`. NULL beside a text counts as text.
fn joins_texts(operator: &BinaryOperator, left: &DataType, right: &DataType) -> bool {
    matches!(operator, BinaryOperator::Plus | BinaryOperator::BitwiseAnd)
        && (is_text(left) || is_text(right))
        && (is_text(left) || left.is_null())
        && (is_text(right) || right.is_null())
}

/// Whether a date is moved by a part of a day, which makes it a timestamp.
fn is_moved_by_hours(moved: &DataType, by: &Expr) -> bool {
    let has_hours = match by {
        Expr::Literal(ScalarValue::IntervalMonthDayNano(Some(interval)), _) => {
            interval.nanoseconds != 0
        }
        _ => false,
    };
    has_hours && *moved == DataType::Date32
}

fn is_arithmetic(operator: &BinaryOperator) -> bool {
    matches!(
        operator,
        BinaryOperator::Plus
            | BinaryOperator::Minus
            | BinaryOperator::Multiply
            | BinaryOperator::Divide
            | BinaryOperator::Modulo
    )
}

/// Refuses operations without a commonly agreed meaning.
fn refuse(operator: &BinaryOperator, left: &DataType, right: &DataType) -> Result<(), Error> {
    let is_clock = |each: &DataType| {
        matches!(
            each,
            DataType::Timestamp(..) | DataType::Time32(_) | DataType::Time64(_)
        )
    };
    let pairs = [(left, right), (right, left)];
    if pairs
        .iter()
        .any(|(clock, number)| is_clock(clock) && number.is_numeric())
    {
        return Err(Error::new(
            ErrorKind::Syntax,
            format!(
                "the operator {operator} between a time or timestamp and a number does not say what is \
                 counted; write {{fn TIMESTAMPADD(SQL_TSI_DAY, n, t)}}, or t + INTERVAL '1' DAY"
            ),
        ));
    }
    Ok(())
}

/// Converts one operand to suit the other.
fn operand(expr: Expr, data_type: &DataType, beside: &DataType) -> Result<Expr, Error> {
    match (data_type, beside) {
        (DataType::Boolean, beside) if beside.is_numeric() || is_truth(beside) => {
            Ok(cast(expr, &DataType::Int64))
        }
        (text, DataType::Boolean) if is_text(text) => number(&expr),
        (text, beside) if is_text(text) && beside.is_numeric() => number(&expr),
        (text, DataType::Date32) if is_text(text) => match constant::text(&expr) {
            Some(text) if constant::has_time(text) => constant::moment(text, &TIMESTAMP),
            Some(text) => constant::moment(text, &DataType::Date32),
            None => Ok(expr),
        },
        (text, DataType::Timestamp(..) | DataType::Time64(_)) if is_text(text) => {
            match constant::text(&expr) {
                Some(text) => constant::moment(text, beside),
                None => Ok(expr),
            }
        }
        // A number of days
        (_, DataType::Date32) if is_open_marker(&expr) => Ok(with_type(expr, DataType::Int64)),
        // The planner would compute in nanoseconds.
        (DataType::Date32, DataType::Timestamp(..)) => Ok(cast(expr, &TIMESTAMP)),
        _ => Ok(expr),
    }
}

/// A marker of unknown type.
fn is_open_marker(expr: &Expr) -> bool {
    matches!(expr, Expr::Placeholder(Placeholder { field: None, .. }))
}

fn with_type(marker: Expr, data_type: DataType) -> Expr {
    match marker {
        Expr::Placeholder(Placeholder { id, .. }) => {
            let field = Arc::new(Field::new(&id, data_type, true));
            Expr::Placeholder(Placeholder::new_with_field(id, Some(field)))
        }
        other => other,
    }
}

fn number(expr: &Expr) -> Result<Expr, Error> {
    constant::text(expr).map_or_else(|| Err(text_and_number()), constant::number)
}
