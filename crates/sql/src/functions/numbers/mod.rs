//! Numeric functions.
//!
//! Undefined results (`SQRT(-1)`, `LOG(0)`) and results that are too large are errors (22003), as
//! in SQL Server, because a NaN or an infinity in a spreadsheet does more harm.

mod float;
mod random;
mod rounding;
mod whole;
mod zero;

pub use zero::with_one_zero;

#[cfg(test)]
mod tests;

use super::definition::Function;

pub const FUNCTIONS: &[&[Function]] = &[
    float::FUNCTIONS,
    random::FUNCTIONS,
    rounding::FUNCTIONS,
    whole::FUNCTIONS,
];
