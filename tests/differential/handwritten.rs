//! Statements that were thought of: each group names a place where engines and services differ.

mod queries;
mod values;

/// The driver's statement, and the reference's where it reads otherwise.
pub type Pair = (&'static str, &'static str);

pub fn all() -> impl Iterator<Item = &'static Pair> {
    values::STATEMENTS.iter().chain(queries::STATEMENTS)
}
