//! String functions.
//!
//! Positions and lengths count characters, from 1. Comparisons are exact, as everywhere in the
//! driver. Where ODBC leaves a case open, the least surprising answer is used: a negative length
//! gives an empty text (MySQL, PostgreSQL's `repeat`), and every function of a null is null, CONCAT
//! included (`SQL_CB_NULL`), so that `{fn CONCAT(a, b)}`, `a || b` and `a + b` are the same.

mod edit;
mod find;
mod items;
mod letters;
pub mod like_pattern;
mod measure;
mod pad;
mod patterns;
mod search;
mod slice;
mod soundex;
mod text;

#[cfg(test)]
mod tests;

use super::definition::Function;
pub use search::LOCATE;
pub use slice::SUBSTRING;

pub const FUNCTIONS: &[&[Function]] = &[
    edit::FUNCTIONS,
    find::FUNCTIONS,
    items::FUNCTIONS,
    letters::FUNCTIONS,
    measure::FUNCTIONS,
    pad::FUNCTIONS,
    patterns::FUNCTIONS,
    search::FUNCTIONS,
    slice::FUNCTIONS,
    soundex::FUNCTIONS,
];
