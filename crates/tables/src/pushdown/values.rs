//! The values that a condition allows for a column.

use crate::definition::{Column, Table};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::Column as Name;
use datafusion::logical_expr::expr::InList;
use datafusion::logical_expr::{BinaryExpr, Expr, Operator};

use super::literal;
use std::collections::HashSet;
use std::hash::Hash;

/// `column = 'a'`, `column IN ('a', 'b')`, and OR chains of them over one column: the column and
/// its distinct values. NULL equals nothing and adds no value.
pub fn column_values(table: &Table, expr: &Expr) -> Option<(&'static Column, Vec<String>)> {
    values_of(table, expr, |constant| {
        literal::text(constant).map(str::to_owned)
    })
}

/// The same for whole numbers.
pub fn column_numbers(table: &Table, expr: &Expr) -> Option<(&'static Column, Vec<i32>)> {
    values_of(table, expr, literal::whole_number)
}

fn values_of<T: Clone + Eq + Hash>(
    table: &Table,
    expr: &Expr,
    read: impl Fn(&Expr) -> Option<T> + Copy,
) -> Option<(&'static Column, Vec<T>)> {
    match expr {
        Expr::BinaryExpr(BinaryExpr {
            left,
            op: Operator::Eq,
            right,
        }) => {
            let (column, constant) = match column_of(left) {
                Some(column) => (column, right),
                None => (column_of(right)?, left),
            };
            let constant = std::slice::from_ref(constant.as_ref());
            Some((table.column(&column.name)?, constants(constant, read)?))
        }
        Expr::InList(InList {
            expr,
            list,
            negated: false,
        }) => {
            let column = column_of(expr)?;
            Some((table.column(&column.name)?, constants(list, read)?))
        }
        Expr::BinaryExpr(BinaryExpr {
            left,
            op: Operator::Or,
            right,
        }) => {
            // Unknown selects no row.
            if literal::is_null(left) || literal::is_null(right) {
                let known = if literal::is_null(left) { right } else { left };
                return values_of(table, known, read);
            }
            let (left_column, mut values) = values_of(table, left, read)?;
            let (right_column, more) = values_of(table, right, read)?;
            let same = std::ptr::eq(left_column, right_column);
            values.extend(more);
            same.then(|| (left_column, each_once(values)))
        }
        _ => None,
    }
}

/// The column of an operand, also where it is compared as a wider whole number.
fn column_of(expr: &Expr) -> Option<&Name> {
    match expr {
        Expr::Column(column) => Some(column),
        Expr::Cast(cast) if *cast.field.data_type() == DataType::Int64 => column_of(&cast.expr),
        _ => None,
    }
}

/// The distinct values. There may be a hundred thousand.
fn constants<T: Clone + Eq + Hash>(
    list: &[Expr],
    read: impl Fn(&Expr) -> Option<T>,
) -> Option<Vec<T>> {
    let mut seen = HashSet::new();
    let mut values = Vec::with_capacity(list.len());
    for item in list.iter().filter(|item| !literal::is_null(item)) {
        let value = read(item)?;
        if seen.insert(value.clone()) {
            values.push(value);
        }
    }
    Some(values)
}

/// With two conditions on one column, the values that both allow remain.
pub fn intersect<T: Eq + Hash>(slot: &mut Option<Vec<T>>, values: Vec<T>) {
    *slot = Some(match slot.take() {
        Some(earlier) => {
            let allowed: HashSet<T> = values.into_iter().collect();
            let both = earlier.into_iter().filter(|value| allowed.contains(value));
            both.collect()
        }
        None => values,
    });
}

/// The distinct values in their order.
pub fn each_once<T: Clone + Eq + Hash>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut seen = HashSet::new();
    let fresh = values
        .into_iter()
        .filter(|value| seen.insert(value.clone()));
    fresh.collect()
}
