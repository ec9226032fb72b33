//! The dialog of a data source or of a connection, without its windows: the fields, what they hold, what is missing, and
//! the keys that come out of it.
//!
//! A secret never gets back into a field: dots say that there is one.

mod field;
mod open;
mod problem;
mod save;
mod values;

pub use field::Field;
pub use problem::Problem;
pub use values::{Form, Stored};

#[cfg(test)]
mod tests;
