//! Comparisons of rows: `(a, b) = (1, 2)`, `(a, b) IN ((1, 2), (3, 4))`.
//!
//! The engine compares such rows as values in which nulls are equal. SQL compares them column by
//! column, and a null makes the comparison unknown. So they are rewritten column by column.

use super::super::lexer;
use crate::{Error, ErrorKind};
use datafusion::sql::sqlparser::ast::{BinaryOperator, Expr, Spanned, UnaryOperator};
use datafusion::sql::sqlparser::tokenizer::Span;

/// Each column of a comparison adds a level to the resulting condition.
const WIDEST: usize = 100;

pub fn rewrite(expr: &mut Expr) -> Result<(), Error> {
    let compared = match &*expr {
        Expr::BinaryOp { left, op, right } => match (columns(left), columns(right)) {
            (Some(left), Some(right)) => comparison(op, left, right)?,
            _ => None,
        },
        Expr::InList {
            expr,
            list,
            negated,
        } => columns(expr)
            .map(|row| member(row, list))
            .transpose()?
            .flatten()
            .map(|found| negate(found, *negated)),
        Expr::Between {
            expr,
            negated,
            low,
            high,
        } => match (columns(expr), columns(low), columns(high)) {
            (Some(row), Some(low), Some(high)) => {
                let low = comparison(&BinaryOperator::GtEq, row, low)?;
                let high = comparison(&BinaryOperator::LtEq, row, high)?;
                let both = low.zip(high).map(|(low, high)| and(low, high));
                both.map(|both| negate(both, *negated))
            }
            _ => None,
        },
        Expr::IsNull(row) => columns(row).and_then(|row| all(row, Expr::IsNull)),
        Expr::IsNotNull(row) => columns(row).and_then(|row| all(row, Expr::IsNotNull)),
        _ => None,
    };
    if let Some(compared) = compared {
        *expr = Expr::Nested(Box::new(compared));
    }
    Ok(())
}

/// The columns of a row, if it is one.
pub(super) fn columns(expr: &Expr) -> Option<&[Expr]> {
    match expr {
        Expr::Tuple(columns) => Some(columns),
        Expr::Nested(inside) => columns(inside),
        _ => None,
    }
}

pub(super) fn comparison(
    operator: &BinaryOperator,
    left: &[Expr],
    right: &[Expr],
) -> Result<Option<Expr>, Error> {
    use BinaryOperator::{Eq, Gt, GtEq, Lt, LtEq, NotEq};
    let joined = match operator {
        Eq => and,
        NotEq | Lt | LtEq | Gt | GtEq => or,
        _ => return Ok(None),
    };
    check(left, right)?;
    let each = left.iter().zip(right);
    if matches!(operator, Eq | NotEq) {
        return Ok(each
            .map(|(left, right)| compare(left, operator, right))
            .reduce(joined));
    }
    // The first columns that differ decide.
    let strict = match operator {
        Lt | LtEq => Lt,
        _ => Gt,
    };
    Ok(each.rev().fold(None, |rest, (left, right)| {
        Some(match rest {
            None => compare(left, operator, right),
            Some(rest) => {
                let equal = and(compare(left, &Eq, right), rest);
                or(compare(left, &strict, right), equal)
            }
        })
    }))
}

fn check(left: &[Expr], right: &[Expr]) -> Result<(), Error> {
    let (kind, message) = if left.len() != right.len() {
        let message = "rows that are compared must have the same number of columns";
        (ErrorKind::Syntax, message.to_owned())
    } else if left.len() > WIDEST {
        let message = format!("rows of more than {WIDEST} columns are not compared");
        (ErrorKind::NotSupported, message)
    } else {
        return Ok(());
    };
    let place = left.first().map_or_else(Span::empty, Spanned::span);
    Err(lexer::error(kind, place.start, &message))
}

/// Whether a row is in a list; `None` if the list has other items than rows.
fn member(row: &[Expr], list: &[Expr]) -> Result<Option<Expr>, Error> {
    let mut same = Vec::with_capacity(list.len());
    for item in list {
        let Some(item) = columns(item) else {
            return Ok(None);
        };
        same.extend(comparison(&BinaryOperator::Eq, row, item)?);
    }
    Ok(any(same))
}

/// Alternatives as a balanced tree, because lists can be long.
fn any(mut alternatives: Vec<Expr>) -> Option<Expr> {
    while alternatives.len() > 1 {
        let mut rest = alternatives.into_iter();
        let mut joined = Vec::with_capacity(rest.len().div_ceil(2));
        while let Some(first) = rest.next() {
            joined.push(match rest.next() {
                Some(second) => binary(first, BinaryOperator::Or, second),
                None => first,
            });
        }
        alternatives = joined;
    }
    alternatives.pop()
}

fn all(row: &[Expr], condition: fn(Box<Expr>) -> Expr) -> Option<Expr> {
    let each = row
        .iter()
        .map(|column| condition(Box::new(nested(column.clone()))));
    each.reduce(and)
}

fn compare(left: &Expr, operator: &BinaryOperator, right: &Expr) -> Expr {
    binary(
        nested(left.clone()),
        operator.clone(),
        nested(right.clone()),
    )
}

fn and(left: Expr, right: Expr) -> Expr {
    binary(left, BinaryOperator::And, right)
}

fn or(left: Expr, right: Expr) -> Expr {
    nested(binary(left, BinaryOperator::Or, right))
}

pub(super) fn negate(condition: Expr, negated: bool) -> Expr {
    match negated {
        true => Expr::UnaryOp {
            op: UnaryOperator::Not,
            expr: Box::new(nested(condition)),
        },
        false => condition,
    }
}

fn binary(left: Expr, op: BinaryOperator, right: Expr) -> Expr {
    Expr::BinaryOp {
        left: Box::new(left),
        op,
        right: Box::new(right),
    }
}

/// In parentheses, unless it is a name or a constant.
pub(super) fn nested(expr: Expr) -> Expr {
    match expr {
        plain @ (Expr::Identifier(_)
        | Expr::CompoundIdentifier(_)
        | Expr::Value(_)
        | Expr::Nested(_)) => plain,
        other => Expr::Nested(Box::new(other)),
    }
}
