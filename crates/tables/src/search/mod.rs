//! Searching Graph's indexes for words: `SEARCH('kql')` and `CONTAINS(column, 'words')`.
//!
//! Only Graph knows its indexes, so a search cannot be checked on a row: it determines which rows a
//! table has. The rule [`Searches`](crate::rules) takes it out of WHERE before the optimizer works,
//! and adds it to the table ([`crate::TableProvider`]). If that is impossible, the statement is
//! refused.
//!
//! [`function`] has the functions for the planner, [`condition`] reads the text of CONTAINS,
//! [`kql`] and [`clauses`] write it in the languages of the index of mail and that of the
//! directory.

mod asked;
mod clauses;
mod condition;
mod error;
pub mod function;
mod kql;
#[cfg(test)]
mod tests;
mod words;

pub use asked::{MOST_MESSAGES, Search};
pub use error::Error;
pub use function::{NAMES, functions};
