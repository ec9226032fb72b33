//! Operators and their precedence.

use datafusion::logical_expr::Operator;
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr::expressions::BinaryExpr;
use std::sync::Arc;

/// Precedence of an expression, the lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Product,
    Value,
}

impl Rank {
    /// The precedence that an operand needs if the next operator of the same rank would otherwise
    /// take it.
    pub fn next(self) -> Self {
        match self {
            Self::Or => Self::And,
            Self::And => Self::Not,
            Self::Not => Self::Comparison,
            Self::Comparison => Self::Sum,
            Self::Sum => Self::Product,
            Self::Product | Self::Value => Self::Value,
        }
    }
}

/// An operator's sign and rank.
pub fn of(operator: Operator) -> (String, Rank) {
    let rank = match operator {
        Operator::Or => Rank::Or,
        Operator::And => Rank::And,
        Operator::Plus | Operator::Minus | Operator::StringConcat => Rank::Sum,
        Operator::Multiply | Operator::Divide | Operator::Modulo => Rank::Product,
        _ => Rank::Comparison,
    };
    let sign = match operator {
        Operator::NotEq => "<>".to_owned(),
        other => other.to_string(),
    };
    (sign, rank)
}

/// The operator that the session implements as a function.
pub fn of_function(name: &str) -> Option<(&'static str, Rank)> {
    Some(match name {
        "checked_add" => ("+", Rank::Sum),
        "checked_subtract" => ("-", Rank::Sum),
        "checked_multiply" => ("*", Rank::Product),
        "checked_divide" => ("/", Rank::Product),
        "checked_modulo" => ("%", Rank::Product),
        _ => return None,
    })
}

/// The operands of a chain of the same operator, from the left. Long chains are deep on the left,
/// so this does not recurse.
pub fn terms(binary: &BinaryExpr) -> Vec<Arc<dyn PhysicalExpr>> {
    let mut found = Vec::new();
    let mut waiting = vec![Arc::clone(binary.right()), Arc::clone(binary.left())];
    while let Some(expr) = waiting.pop() {
        match expr.downcast_ref::<BinaryExpr>() {
            Some(inner) if inner.op() == binary.op() => {
                waiting.push(Arc::clone(inner.right()));
                waiting.push(Arc::clone(inner.left()));
            }
            _ => found.push(expr),
        }
    }
    found
}

/// How to show an internal function, which no statement can name.
pub enum Internal<'a> {
    Words(&'a str),
    /// As its first argument
    Argument,
    /// As the sum of all its arguments but the first, which has their signs
    Sum,
}

/// Functions that the driver inserts: the answer of a subquery, a value of the outer query.
pub fn of_internal(name: &str) -> Option<Internal<'_>> {
    Some(match name {
        "subquery" => Internal::Words("(subquery)"),
        "nullable" | "truth" | "value_of_one_row" | "as_number" | "with_days" | "=like_pattern" => {
            Internal::Argument
        }
        "=sum" => Internal::Sum,
        _ => Internal::Words(name.strip_prefix("outer ")?),
    })
}
