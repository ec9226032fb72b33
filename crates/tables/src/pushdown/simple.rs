//! Conditions on one property.

use super::term::{Beside, Term};
use crate::definition::Column;

/// A condition on one property, beside which all other conditions are allowed.
pub(super) fn simple(column: &'static Column, text: String, exact: bool) -> Option<Term> {
    let properties = vec![property_name(column)?];
    let has_function = text.starts_with("startswith(") || text.starts_with("contains(");
    Some(Term {
        text,
        properties,
        exact,
        has_function,
        is_advanced: false,
        beside: Beside::Everything,
        compound: false,
    })
}

/// The property's name in the rules about `$orderby`: the column's own name.
fn property_name(column: &'static Column) -> Option<&'static str> {
    column.odata_path().map(|_| column.name)
}

/// A text constant that Graph can compare (docs/graph.md#filter-syntax): not empty, without control
/// characters (they would be lost on the way), and short enough for a URL.
pub(super) fn constant(text: &str) -> Option<String> {
    let usable =
        !text.trim().is_empty() && !text.chars().any(char::is_control) && text.len() <= 255;
    usable.then(|| format!("'{}'", text.replace('\'', "''")))
}
