//! Types as applications use them.
//!
//! Applications write `receivedDateTime >= '2026-11-23'`, `isRead = 1`, `'a' + 'b'`, `CAST(x AS
//! DATETIME)`. The meaning is decided while a statement is planned. A constant is converted once,
//! to the type of the other operand, so that conditions can be pushed down and no row is parsed in
//! vain. The rules:
//!
//! - Text compared with a date, time or timestamp is read as one. A date compared with a timestamp
//!   is its midnight. A constant that is not a date is an error (22007).
//! - Text constants compared with numbers are read as numbers; other texts are 22018. A text column
//!   compared with a number by `=`, `<>` or `IN` is compared with the number's text; other
//!   comparisons are an error, because texts and numbers have different orders.
//! - 0, 1, '0', '1', 'true' and 'false' compared with a truth value are truth values, and so is -1,
//!   which Access writes for true. In arithmetic and in SUM and AVG truth values are 0 and 1.
//! - `+` (and `&`) between texts concatenates, like `||`.
//! - TIMESTAMP and its other names have microseconds, which cover the years 1 to 9999.
//! - A whole number of days can be added to or subtracted from a date. Two dates subtracted give
//!   days, two timestamps an interval. A number added to a timestamp is an error that names
//!   TIMESTAMPADD.
//! - CAST has the rules in `conversion.rs`.
//! - Whole numbers divided give a whole number. Results that a type cannot hold are errors (22003),
//!   and so is division by zero (22012), for all kinds of numbers.

mod aggregate;
mod arithmetic;
mod branches;
mod cast;
mod chains;
mod checked;
mod comparison;
mod constant;
mod conversion;
mod convertible;
mod day_intervals;
mod named_casts;
mod numbers;
mod operands;
mod planner;
mod sql_types;
#[cfg(test)]
mod tests;
mod try_casts;
mod unions;

pub use branches::AlikeBranches;
pub use cast::cast;
pub use checked::CheckedArithmetic;
pub use conversion::Conversions;
pub use day_intervals::DayIntervals;
pub use named_casts::NamedCasts;
pub use operands::{AlikeOperands, AlikeUnions};
pub use try_casts::TryCasts;

use datafusion::logical_expr::ScalarUDF;
use datafusion::logical_expr::planner::{ExprPlanner, TypePlanner};
use std::sync::Arc;

/// Consulted before DataFusion's own.
pub fn expr_planners() -> Vec<Arc<dyn ExprPlanner>> {
    vec![Arc::new(planner::OdbcPlanner::default())]
}

/// Functions that only the text layer writes.
pub fn internal_functions() -> Vec<Arc<ScalarUDF>> {
    vec![
        Arc::new(named_casts::function()),
        Arc::new(chains::function()),
    ]
}

/// The meaning of the names of SQL types.
pub fn type_planner() -> Arc<dyn TypePlanner> {
    Arc::new(sql_types::OdbcTypes)
}
