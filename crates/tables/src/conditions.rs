//! Joining conditions, perhaps thousands.

use datafusion::logical_expr::Expr;

/// All the conditions, joined with `AND`.
pub fn all(conditions: impl IntoIterator<Item = Expr>) -> Option<Expr> {
    joined(conditions.into_iter().collect(), Expr::and)
}

/// Expressions in a tree that is as flat as possible.
pub fn joined(mut exprs: Vec<Expr>, join: impl Fn(Expr, Expr) -> Expr) -> Option<Expr> {
    while exprs.len() > 1 {
        let mut rest = exprs.into_iter();
        let mut pairs = Vec::with_capacity(rest.len().div_ceil(2));
        while let Some(left) = rest.next() {
            pairs.push(match rest.next() {
                Some(right) => join(left, right),
                None => left,
            });
        }
        exprs = pairs;
    }
    exprs.pop()
}
