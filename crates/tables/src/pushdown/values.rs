//! The values that a condition allows for a column.

use crate::definition::{Column, Table};
use datafusion::logical_expr::expr::InList;
use datafusion::logical_expr::{BinaryExpr, Expr, Operator};

use super::literal;
use std::collections::HashSet;

/// `column = 'a'`, `column IN ('a', 'b')`, and OR chains of them over one column: the column and
/// its distinct values. NULL equals nothing and adds no value.
pub fn column_values(table: &Table, expr: &Expr) -> Option<(&'static Column, Vec<String>)> {
    match expr {
        Expr::BinaryExpr(BinaryExpr {
            left,
            op: Operator::Eq,
            right,
        }) => match (left.as_ref(), right.as_ref()) {
            (Expr::Column(column), constant) | (constant, Expr::Column(column)) => Some((
                table.column(&column.name)?,
                constants(std::slice::from_ref(constant))?,
            )),
            _ => None,
        },
        Expr::InList(InList {
            expr,
            list,
            negated: false,
        }) => match expr.as_ref() {
            Expr::Column(column) => Some((table.column(&column.name)?, constants(list)?)),
            _ => None,
        },
        Expr::BinaryExpr(BinaryExpr {
            left,
            op: Operator::Or,
            right,
        }) => {
            // Unknown selects no row.
            if literal::is_null(left) || literal::is_null(right) {
                let known = if literal::is_null(left) { right } else { left };
                return column_values(table, known);
            }
            let (left_column, mut values) = column_values(table, left)?;
            let (right_column, more) = column_values(table, right)?;
            let same = std::ptr::eq(left_column, right_column);
            values.extend(more);
            same.then(|| (left_column, each_once(values)))
        }
        _ => None,
    }
}

/// The distinct values. There may be a hundred thousand.
fn constants(list: &[Expr]) -> Option<Vec<String>> {
    let mut seen = HashSet::new();
    let mut values = Vec::with_capacity(list.len());
    for item in list.iter().filter(|item| !literal::is_null(item)) {
        let text = literal::text(item)?;
        if seen.insert(text) {
            values.push(text.to_owned());
        }
    }
    Some(values)
}

/// With two conditions on one column, the values that both allow remain.
pub fn intersect(slot: &mut Option<Vec<String>>, values: Vec<String>) {
    *slot = Some(match slot.take() {
        Some(earlier) => {
            let allowed: HashSet<String> = values.into_iter().collect();
            let both = earlier.into_iter().filter(|value| allowed.contains(value));
            both.collect()
        }
        None => values,
    });
}

/// The distinct values in their order.
pub fn each_once(values: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut seen = HashSet::new();
    let fresh = values
        .into_iter()
        .filter(|value| seen.insert(value.clone()));
    fresh.collect()
}
