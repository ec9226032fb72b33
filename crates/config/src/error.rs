//! Errors of a configuration.

/// An error of a configuration; the message says where, and what to write instead. It never holds
/// the value of a secret key.
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
    /// No file that was searched has the data source name (IM002).
    DataSourceNotFound,
    /// A key that the connection needs has no value.
    MissingKey,
    /// A key has a value that is not allowed.
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
