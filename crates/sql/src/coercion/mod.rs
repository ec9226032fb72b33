//! Types as applications mean them.
//!
//! Applications write `receivedDateTime >= '2026-11-23'`, `isRead = 1`, `'a' + 'b'`, `CAST(x AS DATETIME)`.
//! What is meant is decided while a statement is planned: a constant is converted once, to the type of
//! what it is compared with, so that conditions can be pushed down and no row is parsed in vain. The rules:
//!
//! - Text compared with a date, time or timestamp is read as one. A date compared with a timestamp is its
//!   midnight. A constant that is no date is an error (22007).
//! - Text constants compared with numbers are read as numbers (22018 if they are none). A text column
//!   compared with a number by `=`, `<>` or `IN` is compared with the number's text; other comparisons are
//!   an error, because texts and numbers have different orders.
//! - 0, 1, '0', '1', 'true' and 'false' compared with a truth value are truth values, and so is -1, which
//!   Access means by true. In arithmetic and in SUM and AVG truth values are 0 and 1.
//! - `+` (and `&`) between texts joins them, as `||` does.
//! - TIMESTAMP and its other names mean microseconds, which the years 1 to 9999 fit in.
//! - A date and a whole number of days are added and subtracted; two dates subtracted are days, two
//!   timestamps an interval. A number added to a timestamp is an error that names TIMESTAMPADD.
//! - CAST has the rules that `conversion.rs` lists.
//! - Whole numbers divided are a whole number. Results that a type cannot hold are errors (22003), and so is
//!   division by zero (22012), for all kinds of numbers.

mod aggregate;
mod arithmetic;
mod chains;
mod checked;
mod constant;
mod conversion;
mod convertible;
mod copies;
mod day_intervals;
mod frames;
mod lists;
mod named_casts;
mod null_safe;
mod numbers;
mod operands;
mod outer_types;
mod planner;
mod rewrite;
mod sql_types;
#[cfg(test)]
pub mod testing;
#[cfg(test)]
mod tests;
mod typed_nulls;
mod unions;

use datafusion::logical_expr::ScalarUDF;
use datafusion::logical_expr::planner::{ExprPlanner, TypePlanner};
use datafusion::optimizer::AnalyzerRule;
use datafusion::optimizer::analyzer::resolve_grouping_function::ResolveGroupingFunction;
use datafusion::optimizer::analyzer::type_coercion::TypeCoercion;
use std::sync::Arc;

/// To be asked before DataFusion's own.
pub fn expr_planners() -> Vec<Arc<dyn ExprPlanner>> {
    vec![Arc::new(planner::OdbcPlanner::default())]
}

/// Functions that the text layer writes and no statement does.
pub fn internal_functions() -> Vec<Arc<ScalarUDF>> {
    vec![
        Arc::new(named_casts::function()),
        Arc::new(chains::function()),
    ]
}

/// What the names of SQL types mean.
pub fn type_planner() -> Arc<dyn TypePlanner> {
    Arc::new(sql_types::OdbcTypes)
}

/// All rules of the analyzer, in order, DataFusion's among them.
pub fn analyzer_rules() -> Vec<Arc<dyn AnalyzerRule + Send + Sync>> {
    vec![
        Arc::new(named_casts::NamedCasts),
        Arc::new(ResolveGroupingFunction::new()),
        Arc::new(copies::CountedCopies),
        Arc::new(operands::AlikeUnions),
        Arc::new(outer_types::OuterTypes),
        Arc::new(operands::AlikeOperands),
        Arc::new(frames::ComparedFrames),
        Arc::new(TypeCoercion::new()),
        Arc::new(typed_nulls::TypedNulls),
        Arc::new(null_safe::NullSafeKeys),
        Arc::new(day_intervals::DayIntervals),
        Arc::new(conversion::Conversions),
        Arc::new(checked::CheckedArithmetic),
        Arc::new(lists::ListsWithoutNull),
        // Once more: a CASE has got its type meanwhile.
        Arc::new(outer_types::OuterTypes),
    ]
}
