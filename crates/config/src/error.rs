//! Why a configuration cannot be used.

/// What is wrong with a configuration; the message says where, and what to write instead. It never
/// holds the value of a secret key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    pub kind: ErrorKind,
    pub message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The connection string cannot be read.
    Malformed,
    /// The data source name is in none of the files searched (IM002).
    DataSourceNotFound,
    /// A key that the connection needs has no value.
    MissingKey,
    /// A key has a value outside of what is allowed.
    InvalidValue,
    /// The value is known but this version cannot do it (HYC00).
    NotSupported,
    /// A file named by the configuration cannot be used.
    File,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
        }
    }
}
