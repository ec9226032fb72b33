//! Calls of aggregates in a statement's text.

use crate::aggregates::percentile::{CONTINUOUS, DISCRETE};
use crate::functions::catalog::{self, Known};
use datafusion::sql::sqlparser::ast::{Expr, ObjectNamePart};

/// A name, and the engine's name of the same aggregate.
pub const SAME: &[(&str, &str)] = &[
    ("any_value", "min"),
    ("every", "bool_and"),
    ("stdev", "stddev_samp"),
    ("stdevp", "stddev_pop"),
    ("var", "var_samp"),
    ("variance", "var_samp"),
    ("varp", "var_pop"),
    ("percentile_cont", CONTINUOUS),
    ("percentile_disc", DISCRETE),
];

/// Whether the expression calls an aggregate that is not a window function.
pub fn is_aggregate(expr: &Expr) -> bool {
    let Expr::Function(function) = expr else {
        return false;
    };
    let name = (function.name.0.last()).and_then(ObjectNamePart::as_ident);
    let is_one = name.is_some_and(|name| {
        let found = catalog::find(&name.value);
        matches!(found, Some(Known::Aggregate(_)))
            || SAME.iter().any(|(_, engine)| *engine == name.value)
    });
    function.over.is_none() && is_one
}
