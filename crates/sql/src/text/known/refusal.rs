//! Refusals, with what to write instead.

use crate::{Error, ErrorKind};
use datafusion::sql::sqlparser::tokenizer::Span;

/// The error that refuses `what`; `instead` says what to write.
pub fn refused(span: Span, what: &str, instead: &str) -> Error {
    message(span, &format!("{what} is not supported; {instead}"))
}

/// An error with its position in the text, if known.
pub fn message(span: Span, text: &str) -> Error {
    let start = span.start;
    Error::new(
        ErrorKind::Syntax,
        match start.line {
            0 => text.to_owned(),
            line => format!("line {line}, column {}: {text}", start.column),
        },
    )
}

/// Refuses a clause if it exists. Its position is computed only then, because that visits all its
/// parts.
pub fn without(
    is_there: bool,
    span: impl FnOnce() -> Span,
    what: &str,
    instead: &str,
) -> Result<(), Error> {
    match is_there {
        true => Err(refused(span(), what, instead)),
        false => Ok(()),
    }
}
