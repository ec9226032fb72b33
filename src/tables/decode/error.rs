//! Why a reply could not be decoded. Says where and what was expected, never what stood there.

use datafusion::arrow::error::ArrowError;

#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// The reply is cut off or no JSON at all.
    #[error("the reply of Microsoft Graph is not valid JSON (line {line}, column {column})")]
    Syntax { line: usize, column: usize },
    /// The reply is JSON, but not of the kind that lists rows.
    #[error("the reply of Microsoft Graph does not have the expected form: {expected}")]
    Shape { expected: &'static str },
    /// A property has a value of another type.
    #[error("Microsoft Graph gave a value for {column} that is not {expected}")]
    Value {
        column: &'static str,
        expected: &'static str,
    },
    /// A property that every row has is not there.
    #[error("Microsoft Graph gave a row without {column}")]
    Missing { column: &'static str },
    /// One object has two properties of the same name.
    #[error("Microsoft Graph gave two values for {column} in one row")]
    Repeated { column: &'static str },
    /// The scan did not say to which parent the rows belong.
    #[error("the rows were read without knowing their {column}")]
    Context { column: &'static str },
    /// A column of one reply has more than 2 GiB.
    #[error("the values of {column} in one reply are too long; ask for smaller pages")]
    TooLarge { column: &'static str },
    #[error("the rows could not be put together: {0}")]
    Arrow(#[from] ArrowError),
}
