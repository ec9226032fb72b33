//! The values that are passed between the ODBC layer and the SQL engine.

pub use exchange_tables::ColumnType;
use std::time::Instant;
use tokio_util::sync::CancellationToken;

/// A column of a result or of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Name in the result: the alias if there is one.
    pub name: String,
    pub column_type: ColumnType,
    pub nullable: bool,
    /// Whether values that differ only in case are different.
    pub case_sensitive: bool,
    /// Table and column of an unchanged value; `None` for an expression.
    pub base: Option<(String, String)>,
    pub remarks: String,
}

/// A `?` marker.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    pub column_type: ColumnType,
    pub nullable: bool,
}

/// A parameter's value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bit(bool),
    Integer(i64),
    Double(f64),
    /// `unscaled * 10^-scale`
    Decimal {
        unscaled: i128,
        scale: i8,
    },
    Text(String),
    Binary(Vec<u8>),
    /// Days since 1970-01-01
    Date(i32),
    /// Microseconds since midnight
    Time(i64),
    /// Microseconds since 1970-01-01T00:00:00 UTC
    Timestamp(i64),
}

/// The description of a table for the catalog functions.
#[derive(Clone, Debug, PartialEq)]
pub struct TableInfo {
    /// The schema, which only system views have.
    pub schema: Option<&'static str>,
    pub name: String,
    /// `TABLE`, `LOCAL TEMPORARY`, `SYSTEM VIEW`
    pub table_type: &'static str,
    pub remarks: String,
    pub columns: Vec<Column>,
    /// Names of the columns of the primary key, in order; empty without a primary key.
    pub primary_key: Vec<String>,
    /// Further unique keys, each a list of column names.
    pub unique_keys: Vec<Vec<String>>,
    pub foreign_keys: Vec<ForeignKey>,
    /// Number of rows, if it is known without a request.
    pub cardinality: Option<u64>,
}

/// A column whose values are keys of another table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignKey {
    pub column: String,
    pub table: String,
    pub referenced: String,
}

/// Options for running a statement.
#[derive(Clone, Debug, Default)]
pub struct ExecuteOptions {
    /// Starting the statement ends with [`ErrorKind::TimedOut`] at this time. Reading its rows has
    /// its own deadlines, so that the application may pause between two calls.
    pub deadline: Option<Instant>,
    /// The work ends with [`ErrorKind::Cancelled`] when this is triggered.
    pub cancellation: Cancellation,
    /// Maximum number of rows (`SQL_ATTR_MAX_ROWS`).
    pub max_rows: Option<u64>,
}

/// Ends one execution from any thread, without waiting for it.
pub type Cancellation = CancellationToken;

/// A warning about a successful statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    pub message: String,
}

/// The error of a statement that could not be planned or did not finish. The ODBC layer maps the
/// kind to an SQLSTATE; the message says what happened and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    pub kind: ErrorKind,
    pub message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// 42000
    Syntax,
    /// 42S01
    TableExists,
    /// 42S02
    TableNotFound,
    /// 42S22
    ColumnNotFound,
    /// 21000: one value is required, but there are several
    Cardinality,
    /// 21S01
    ValueCount,
    /// 22001
    TextTooLong,
    /// 07002: the numbers of parameter values and markers differ
    ParameterCount,
    /// 22003
    NumericOutOfRange,
    /// 22007
    InvalidDatetime,
    /// 22008
    DatetimeOverflow,
    /// 22012
    DivisionByZero,
    /// 22018
    InvalidCast,
    /// 22025
    InvalidEscape,
    /// 25000
    ReadOnly,
    /// 28000
    Credentials,
    /// 08001
    Unreachable,
    /// 08S01
    LinkLost,
    /// 42000: Graph refuses; the message names the missing permission
    PermissionDenied,
    /// 40001
    Conflict,
    /// 23000
    Duplicate,
    /// 23000: a null in a column that does not allow it
    NullNotAllowed,
    /// HY008
    Cancelled,
    /// HYT00
    TimedOut,
    /// HYC00
    NotSupported,
    /// HY001 or HY013
    OutOfMemory,
    /// HY000
    General,
}

impl Error {
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
        }
    }
}

impl TableInfo {
    /// The column of this name, matched without case.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns
            .iter()
            .find(|column| column.name.eq_ignore_ascii_case(name))
    }

    /// The names of the columns as statements use them.
    pub fn lower_case_columns(&self) -> Vec<String> {
        let columns = self.columns.iter();
        columns.map(|column| column.name.to_lowercase()).collect()
    }
}
