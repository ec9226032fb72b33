//! Errors of decoding a reply. They name the position and the expected type, never the value.

use super::context::MOST_ROWS;
use datafusion::arrow::error::ArrowError;

#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// The reply is cut off or is not JSON.
    #[error("the reply of Microsoft Graph is not valid JSON (line {line}, column {column})")]
    Syntax { line: usize, column: usize },
    /// The reply is JSON, but does not list rows.
    #[error("the reply of Microsoft Graph does not have the expected form: {expected}")]
    Shape { expected: &'static str },
    /// A property has a value of another type.
    #[error("Microsoft Graph returned a value for {column} that is not {expected}")]
    Value {
        column: &'static str,
        expected: &'static str,
    },
    /// One reply has more rows than requested.
    #[error("the reply of Microsoft Graph has more than {MOST_ROWS} rows")]
    TooMany,
    /// A property that every row must have is missing.
    #[error("Microsoft Graph returned a row without {column}")]
    Missing { column: &'static str },
    /// One object has two properties of the same name.
    #[error("Microsoft Graph returned two values for {column} in one row")]
    Repeated { column: &'static str },
    /// The scan did not give the rows' parent.
    #[error("the driver read the rows without knowing their {column}")]
    Context { column: &'static str },
    /// A column of one reply has more than 2 GiB.
    #[error("the values of {column} in one reply are too long; ask for smaller pages")]
    TooLarge { column: &'static str },
    #[error("the rows could not be assembled: {0}")]
    Arrow(#[from] ArrowError),
}

impl DecodeError {
    /// serde's error without its message, which quotes the value.
    pub fn of_json(error: &serde_json::Error) -> Self {
        match error.is_data() {
            true => Self::no_rows(),
            false => Self::Syntax {
                line: error.line(),
                column: error.column(),
            },
        }
    }

    pub fn no_rows() -> Self {
        Self::Shape {
            expected: "a list of rows",
        }
    }

    /// A duplicate member of a reply, which is ambiguous.
    pub fn twice(key: &str) -> Self {
        Self::Repeated {
            column: match key {
                "value" => "value",
                _ => "@odata.nextLink",
            },
        }
    }

    /// Whether Graph would never send such a reply, so that it was most likely damaged on the way.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Syntax { .. } | Self::Shape { .. })
    }
}
