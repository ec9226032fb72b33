//! Handwritten statements: each group covers a point in which engines and services differ.

mod queries;
mod values;

/// The driver's statement, and the reference's if it differs.
pub type Pair = (&'static str, &'static str);

pub fn all() -> impl Iterator<Item = &'static Pair> {
    values::STATEMENTS.iter().chain(queries::STATEMENTS)
}
