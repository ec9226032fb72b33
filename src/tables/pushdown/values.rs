//! The values to which a condition confines a column.

use crate::tables::definition::{Column, Table};
use datafusion::logical_expr::expr::InList;
use datafusion::logical_expr::{BinaryExpr, Expr, Operator};

use super::literal;

/// `column = 'a'`, `column IN ('a', 'b')`, and OR chains of them over one column: the column and its
/// values, each once. NULL equals nothing and gives no value.
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
            let (left_column, mut values) = column_values(table, left)?;
            let (right_column, more) = column_values(table, right)?;
            let same = std::ptr::eq(left_column, right_column);
            for value in more {
                if !values.contains(&value) {
                    values.push(value);
                }
            }
            same.then_some((left_column, values))
        }
        _ => None,
    }
}

fn constants(list: &[Expr]) -> Option<Vec<String>> {
    let mut values: Vec<String> = Vec::with_capacity(list.len());
    for item in list {
        if literal::is_null(item) {
            continue;
        }
        let text = literal::text(item)?;
        if !values.iter().any(|value| value == text) {
            values.push(text.to_owned());
        }
    }
    Some(values)
}

/// Two conditions on one column leave the values that both allow.
pub fn intersect(slot: &mut Option<Vec<String>>, values: Vec<String>) {
    *slot = Some(match slot.take() {
        Some(earlier) => earlier
            .into_iter()
            .filter(|value| values.contains(value))
            .collect(),
        None => values,
    });
}
