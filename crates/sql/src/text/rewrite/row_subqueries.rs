//! Rows that are compared with the rows of a subquery: `(a, b) IN (SELECT c, d ...)`, `(a, b) =
//! (SELECT c, d ...)`.
//!
//! The engine supports subqueries of one column. So the comparison moves into the subquery, where
//! it compares columns: `EXISTS (SELECT 1 FROM (SELECT c, d ...) AS r (x, y) WHERE x = a AND y =
//! b)`. If the difference between unknown and false matters, a second EXISTS distinguishes them.

use super::queries::select;
use super::rows::{columns, comparison, negate, nested};
use crate::{Error, ErrorKind};
use datafusion::sql::sqlparser::ast::helpers::attached_token::AttachedToken;
use datafusion::sql::sqlparser::ast::{
    BinaryOperator, CaseWhen, Expr, Ident, Query, SelectItem, TableAlias, TableAliasColumnDef,
    TableFactor, TableWithJoins, Value,
};

/// Rewrites a separate condition, for which unknown and false are the same.
pub fn rewrite_alone(condition: &mut Expr) -> Result<(), Error> {
    match condition {
        Expr::Nested(inside) => rewrite_alone(inside),
        Expr::BinaryOp {
            left,
            op: BinaryOperator::And,
            right,
        } => {
            rewrite_alone(left)?;
            rewrite_alone(right)
        }
        Expr::InSubquery {
            expr,
            subquery,
            negated: false,
        } => {
            if let Some(row) = columns(expr) {
                let found = found(row, &BinaryOperator::Eq, subquery, Wanted::True)?;
                *condition = found;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Rewrites a comparison anywhere.
pub fn rewrite(expr: &mut Expr) -> Result<(), Error> {
    let rewritten = match &*expr {
        Expr::InSubquery {
            expr,
            subquery,
            negated,
        } => match columns(expr) {
            Some(row) => Some(negate(any(row, &BinaryOperator::Eq, subquery)?, *negated)),
            None => None,
        },
        Expr::AnyOp {
            left,
            compare_op,
            right,
            ..
        } => match (columns(left), subquery(right)) {
            (Some(row), Some(query)) => Some(any(row, compare_op, query)?),
            _ => None,
        },
        Expr::AllOp {
            left,
            compare_op,
            right,
        } => match (columns(left), subquery(right), opposite(compare_op)) {
            // All of them meet the comparison if none meets the opposite one.
            (Some(row), Some(query), Some(opposite)) => {
                Some(negate(any(row, &opposite, query)?, true))
            }
            _ => None,
        },
        Expr::BinaryOp { left, op, right } => match (columns(left), subquery(right)) {
            (Some(row), Some(query)) => Some(value(row, op, query)?),
            _ => None,
        },
        _ => None,
    };
    if let Some(rewritten) = rewritten {
        *expr = Expr::Nested(Box::new(rewritten));
    }
    Ok(())
}

fn subquery(expr: &Expr) -> Option<&Query> {
    match expr {
        Expr::Subquery(query) => Some(query),
        Expr::Nested(inside) => subquery(inside),
        _ => None,
    }
}

fn opposite(operator: &BinaryOperator) -> Option<BinaryOperator> {
    use BinaryOperator::{Eq, Gt, GtEq, Lt, LtEq, NotEq};
    Some(match operator {
        Eq => NotEq,
        NotEq => Eq,
        Lt => GtEq,
        LtEq => Gt,
        Gt => LtEq,
        GtEq => Lt,
        _ => return None,
    })
}

/// Whether any row meets the comparison: true, false or unknown.
fn any(row: &[Expr], operator: &BinaryOperator, query: &Query) -> Result<Expr, Error> {
    let branch = |condition, result| CaseWhen {
        condition,
        result: literal(result),
    };
    Ok(Expr::Case {
        case_token: AttachedToken::empty(),
        end_token: AttachedToken::empty(),
        operand: None,
        conditions: vec![
            branch(
                found(row, operator, query, Wanted::True)?,
                Value::Boolean(true),
            ),
            branch(found(row, operator, query, Wanted::Unknown)?, Value::Null),
        ],
        else_result: Some(Box::new(literal(Value::Boolean(false)))),
    })
}

/// The required result of a comparison with a row of the subquery.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    True,
    Unknown,
}

/// Whether a row gives this result of the comparison.
fn found(
    row: &[Expr],
    operator: &BinaryOperator,
    query: &Query,
    wanted: Wanted,
) -> Result<Expr, Error> {
    let names = names(row.len());
    let compared = compared(row, operator, &names)?;
    let condition = match wanted {
        Wanted::True => compared,
        Wanted::Unknown => Expr::IsNull(Box::new(nested(compared))),
    };
    Ok(Expr::Exists {
        subquery: Box::new(over(
            query,
            names,
            literal(Value::Number("1".to_owned(), false)),
            Some(condition),
        )),
        negated: false,
    })
}

/// The comparison with the only row of the subquery.
fn value(row: &[Expr], operator: &BinaryOperator, query: &Query) -> Result<Expr, Error> {
    let names = names(row.len());
    let compared = compared(row, operator, &names)?;
    Ok(Expr::Subquery(Box::new(over(query, names, compared, None))))
}

fn compared(row: &[Expr], operator: &BinaryOperator, names: &[Ident]) -> Result<Expr, Error> {
    let other: Vec<Expr> = names.iter().cloned().map(Expr::Identifier).collect();
    comparison(operator, row, &other)?.ok_or_else(|| {
        Error::new(
            ErrorKind::Syntax,
            format!("rows are not compared with the operator {operator}"),
        )
    })
}

fn literal(value: Value) -> Expr {
    Expr::Value(value.with_empty_span())
}

/// Names that statements do not use.
fn names(count: usize) -> Vec<Ident> {
    let names = (0..count).map(|index| Ident::new(format!("__row_{index}")));
    names.collect()
}

/// `SELECT item FROM (query) AS __row (names) WHERE condition`
fn over(query: &Query, names: Vec<Ident>, item: Expr, condition: Option<Expr>) -> Query {
    let rows = TableFactor::Derived {
        lateral: false,
        subquery: Box::new(query.clone()),
        alias: Some(TableAlias {
            explicit: true,
            name: Ident::new("__row"),
            columns: names
                .into_iter()
                .map(|name| TableAliasColumnDef {
                    name,
                    data_type: None,
                })
                .collect(),
            at: None,
        }),
        sample: None,
    };
    let from = TableWithJoins {
        relation: rows,
        joins: Vec::new(),
    };
    *select(vec![SelectItem::UnnamedExpr(item)], vec![from], condition)
}
