//! Patterns that a function does not know.

use crate::{Error, ErrorKind};

/// The error for an unknown pattern.
pub fn unknown(function: &str, what: &str, known: &str) -> Error {
    Error::new(
        ErrorKind::Syntax,
        format!("{function} does not know {what} in a pattern; it knows {known}"),
    )
}
