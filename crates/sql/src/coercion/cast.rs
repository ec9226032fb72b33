//! A cast, before its rules are applied.

use datafusion::arrow::datatypes::DataType;
use datafusion::logical_expr::{Cast, Expr};

pub fn cast(expr: Expr, target: &DataType) -> Expr {
    Expr::Cast(Cast::new(Box::new(expr), target.clone()))
}
