//! Why a reply could not be decoded. Says where and what was expected, never what stood there.

use super::MOST_ROWS;
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
    /// There are more rows in one reply than anybody asked for.
    #[error("the reply of Microsoft Graph has more than {MOST_ROWS} rows")]
    TooMany,
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

impl DecodeError {
    /// What serde found, without its words, which quote the value.
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

    /// A member of a reply that came twice: nobody knows which one counts.
    pub fn twice(key: &str) -> Self {
        Self::Repeated {
            column: match key {
                "value" => "value",
                _ => "@odata.nextLink",
            },
        }
    }

    /// Whether the reply is not what Graph sends, so that it was most likely damaged on the way.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Syntax { .. } | Self::Shape { .. })
    }
}
