//! Expressions that can fail for a value.
//!
//! A subquery or condition that is evaluated for more rows than the statement asks for must not fail for one that it
//! does not ask for. What is not known to be safe counts as failing.

use datafusion::common::tree_node::TreeNode;
use datafusion::logical_expr::{BinaryExpr, Expr, Operator};

/// Functions that give a value, or null, whatever their arguments are.
const SAFE: &[&str] = &[
    "as_number",
    "character_length",
    "coalesce",
    "nullable",
    "length",
    "lower",
    "ltrim",
    "nullif",
    "rtrim",
    "trim",
    "upper",
];

/// Whether the expression, or a part of it, can end in an error.
pub fn can_fail(expr: &Expr) -> bool {
    expr.exists(|part| {
        Ok(match part {
            Expr::Alias(_)
            | Expr::Between(_)
            | Expr::Case(_)
            // What loses something was made a function before.
            | Expr::Cast(_)
            | Expr::Column(_)
            | Expr::InList(_)
            | Expr::IsFalse(_)
            | Expr::IsNotFalse(_)
            | Expr::IsNotNull(_)
            | Expr::IsNotTrue(_)
            | Expr::IsNotUnknown(_)
            | Expr::IsNull(_)
            | Expr::IsTrue(_)
            | Expr::IsUnknown(_)
            | Expr::Like(_)
            | Expr::Literal(..)
            | Expr::Not(_)
            | Expr::OuterReferenceColumn(..)
            | Expr::Placeholder(_) => false,
            Expr::BinaryExpr(BinaryExpr { op, .. }) => !is_safe(*op),
            Expr::ScalarFunction(call) => !SAFE.contains(&call.func.name()),
            _ => true,
        })
    })
    .unwrap_or(true)
}

fn is_safe(operator: Operator) -> bool {
    use Operator::{
        And, Eq, Gt, GtEq, IsDistinctFrom, IsNotDistinctFrom, Lt, LtEq, NotEq, Or, StringConcat,
    };
    matches!(
        operator,
        And | Eq
            | Gt
            | GtEq
            | IsDistinctFrom
            | IsNotDistinctFrom
            | Lt
            | LtEq
            | NotEq
            | Or
            | StringConcat
    )
}
