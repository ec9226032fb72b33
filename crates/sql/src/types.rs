//! The values that cross between the ODBC layer and the SQL engine.

use exchange_tables::ColumnType;
use std::time::Instant;
use tokio_util::sync::CancellationToken;

/// A column of a result or of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Name in the result: the alias where there is one.
    pub name: String,
    pub column_type: ColumnType,
    pub nullable: bool,
    /// Whether values that differ only in case are different.
    pub case_sensitive: bool,
    /// Table and column that the value comes from unchanged; `None` for an expression.
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

/// A table as the catalog functions report it.
#[derive(Clone, Debug, PartialEq)]
pub struct TableInfo {
    pub name: String,
    /// `TABLE`, `LOCAL TEMPORARY`, ...
    pub table_type: &'static str,
    pub remarks: String,
    pub columns: Vec<Column>,
    /// Names of the columns of the primary key, in order; empty when there is none.
    pub primary_key: Vec<String>,
    /// Further unique keys, each a list of column names.
    pub unique_keys: Vec<Vec<String>>,
    pub foreign_keys: Vec<ForeignKey>,
    /// Number of rows, where it is known without asking.
    pub cardinality: Option<u64>,
}

/// A column whose values are those of a key of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignKey {
    pub column: String,
    pub table: String,
    pub referenced: String,
}

/// How a statement is to run.
#[derive(Clone, Debug, Default)]
pub struct ExecuteOptions {
    /// Starting the statement ends with [`ErrorKind::TimedOut`] when this moment comes. Reading its
    /// rows has deadlines of its own, so that the application may take its time between two calls.
    pub deadline: Option<Instant>,
    /// The work ends with [`ErrorKind::Cancelled`] when this is triggered.
    pub cancellation: Cancellation,
    /// At most so many rows (`SQL_ATTR_MAX_ROWS`).
    pub max_rows: Option<u64>,
}

/// Ends one execution from any thread, without waiting for it.
pub type Cancellation = CancellationToken;

/// Something the application should know about a statement that succeeded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    pub message: String,
}

/// Why a statement could not be planned or did not finish. The ODBC layer turns the kind into an
/// SQLSTATE; the message says what happened and what to do about it.
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
    /// 21000: one value is wanted, and there are several
    Cardinality,
    /// 21S01
    ValueCount,
    /// 22001
    TextTooLong,
    /// 07002: the number of parameter values is not that of the markers
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
    /// 23000: a null where none may be
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
}
