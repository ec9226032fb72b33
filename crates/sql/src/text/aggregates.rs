//! Calls of aggregates in a statement's text.

use crate::functions::catalog::{self, Known};
use datafusion::sql::sqlparser::ast::{Expr, ObjectNamePart};

/// Whether the expression calls an aggregate that is not a window function.
pub fn is_aggregate(expr: &Expr) -> bool {
    let Expr::Function(function) = expr else {
        return false;
    };
    let name = (function.name.0.last()).and_then(ObjectNamePart::as_ident);
    let found = name.and_then(|name| catalog::find(&name.value));
    function.over.is_none() && matches!(found, Some(Known::Aggregate(_)))
}
