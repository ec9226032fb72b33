//! Comparisons: values that are compared with each other get a common type.

use super::cast::cast;
use super::{constant, day_intervals, numbers};
use crate::functions::external;
use crate::functions::type_families::{TIME, TIMESTAMP, is_moment, is_text, is_truth};
use crate::{Error, ErrorKind};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::{BinaryExpr, Expr, ExprSchemable, Operator};

/// The kind of comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`, `<>`, `IN`, `CASE`
    Equality,
    /// `<`, `BETWEEN`
    Order,
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

pub fn all_as_numbers(
    operands: Vec<Expr>,
    types: &[DataType],
    target: &DataType,
) -> Transformed<Vec<Expr>> {
    let converted = operands.into_iter().zip(types);
    let converted =
        converted.map(|(operand, data_type)| numbers::converted(operand, data_type, target));
    Transformed::yes(converted.collect())
}

pub fn types_of(operands: &[Expr], schema: &DFSchema) -> Result<Vec<DataType>> {
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

pub fn all_as_moments(
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
