//! Diagnostics: the records and header of each handle, and the error type of this layer.

pub mod sqlstate;

use exchange_config::outgoing;
use exchange_sql as sql;
use sqlstate::SqlState;
use std::borrow::Cow;

/// The prefix of every message: vendor and component, as the ODBC reference requires.
pub const MESSAGE_PREFIX: &str = "[exchange-odbc][ODBC driver]";

/// `SQL_NO_ROW_NUMBER`, `SQL_NO_COLUMN_NUMBER`
pub const NO_NUMBER: i32 = -1;

/// The error or warning of a function: one diagnostic record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {message}", state.code)]
pub struct Error {
    pub state: SqlState,
    pub message: Cow<'static, str>,
    /// Row of the rowset or set of parameters, from 1; 0 if the record concerns no row.
    pub row: u64,
    /// Column or parameter from 1, or [`NO_NUMBER`].
    pub column: i32,
}

impl Error {
    /// An error with its canonical text.
    pub fn of(state: SqlState) -> Self {
        Self::new(state, state.text)
    }

    pub fn new(state: SqlState, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            state,
            message: message.into(),
            row: 0,
            column: NO_NUMBER,
        }
    }

    /// The same error, at a row (from 1) and a column or parameter.
    pub fn at(mut self, row: u64, column: i32) -> Self {
        self.row = row;
        self.column = column;
        self
    }
}

impl From<sql::Error> for Error {
    fn from(error: sql::Error) -> Self {
        Self::new(state_of(error.kind), error.message)
    }
}

/// The one place that maps failures of the SQL engine to SQLSTATEs.
pub fn state_of(kind: sql::ErrorKind) -> SqlState {
    use sql::ErrorKind as Kind;
    match kind {
        Kind::Syntax | Kind::PermissionDenied => sqlstate::S42000,
        Kind::TableExists => sqlstate::S42S01,
        Kind::TableNotFound => sqlstate::S42S02,
        Kind::ColumnNotFound => sqlstate::S42S22,
        Kind::ParameterCount => sqlstate::S07002,
        Kind::Cardinality => sqlstate::S21000,
        Kind::ValueCount => sqlstate::S21S01,
        Kind::TextTooLong => sqlstate::S22001,
        Kind::NumericOutOfRange => sqlstate::S22003,
        Kind::InvalidDatetime => sqlstate::S22007,
        Kind::DatetimeOverflow => sqlstate::S22008,
        Kind::DivisionByZero => sqlstate::S22012,
        Kind::InvalidCast => sqlstate::S22018,
        Kind::InvalidEscape => sqlstate::S22025,
        Kind::ReadOnly => sqlstate::S25000,
        Kind::Credentials => sqlstate::S28000,
        Kind::Unreachable => sqlstate::S08001,
        Kind::LinkLost => sqlstate::S08S01,
        Kind::Conflict => sqlstate::S40001,
        Kind::Duplicate | Kind::NullNotAllowed => sqlstate::S23000,
        Kind::Cancelled => sqlstate::HY008,
        Kind::TimedOut => sqlstate::HYT00,
        Kind::NotSupported => sqlstate::HYC00,
        Kind::OutOfMemory => sqlstate::HY001,
        Kind::General => sqlstate::HY000,
    }
}

/// The kind of the last statement (`SQL_DIAG_DYNAMIC_FUNCTION`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DynamicFunction {
    #[default]
    Unknown,
    SelectCursor,
    Insert,
    UpdateWhere,
    DeleteWhere,
    CreateTable,
    DropTable,
}

impl DynamicFunction {
    /// Recognises the statement by its first words.
    pub fn of(sql: &str) -> Self {
        let mut words = sql.split_whitespace().map(str::to_ascii_uppercase);
        match (words.next().as_deref(), words.next().as_deref()) {
            (Some("SELECT" | "WITH" | "VALUES" | "EXPLAIN" | "SHOW"), _) => Self::SelectCursor,
            (Some("INSERT"), _) => Self::Insert,
            (Some("UPDATE"), _) => Self::UpdateWhere,
            (Some("DELETE"), _) => Self::DeleteWhere,
            (Some("CREATE"), Some("TABLE" | "LOCAL" | "TEMPORARY" | "TEMP")) => Self::CreateTable,
            (Some("DROP"), Some("TABLE")) => Self::DropTable,
            _ => Self::Unknown,
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Unknown => "",
            Self::SelectCursor => "SELECT CURSOR",
            Self::Insert => "INSERT",
            Self::UpdateWhere => "UPDATE WHERE",
            Self::DeleteWhere => "DELETE WHERE",
            Self::CreateTable => "CREATE TABLE",
            Self::DropTable => "DROP TABLE",
        }
    }

    pub const fn code(self) -> i32 {
        match self {
            Self::Unknown => 0,
            Self::SelectCursor => 85,
            Self::Insert => 50,
            Self::UpdateWhere => 82,
            Self::DeleteWhere => 19,
            Self::CreateTable => 77,
            Self::DropTable => 32,
        }
    }
}

/// The diagnostic area of one handle.
#[derive(Debug, Default)]
pub struct Diagnostics {
    records: Vec<Error>,
    pub return_code: i16,
    /// `SQL_DIAG_ROW_COUNT`
    pub row_count: isize,
    /// `SQL_DIAG_CURSOR_ROW_COUNT`
    pub cursor_row_count: isize,
    pub function: DynamicFunction,
}

impl Diagnostics {
    /// Clears the records of the previous call; the header's facts about the last statement stay.
    pub fn clear(&mut self) {
        self.records.clear();
    }

    /// Adds a record. Its message passes the filter of [`outgoing`], except for constant texts,
    /// which are the driver's own.
    pub fn push(&mut self, mut record: Error) {
        if let Cow::Owned(message) = &record.message
            && let Cow::Owned(clean) = outgoing::clean(message)
        {
            record.message = clean.into();
        }
        self.records.push(record);
    }

    pub fn warn(&mut self, state: SqlState) {
        self.push(Error::of(state));
    }

    /// Adds these records.
    pub fn extend(&mut self, records: impl IntoIterator<Item = Error>) {
        records.into_iter().for_each(|record| self.push(record));
    }

    pub fn records(&self) -> &[Error] {
        &self.records
    }

    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Puts the records in the order of the reference: by row, errors before warnings.
    pub fn finish(&mut self, return_code: i16) {
        self.return_code = return_code;
        if self.records.len() > 1 {
            self.records
                .sort_by_key(|record| (record.row, record.state.is_warning()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_come_before_warnings_and_rows_in_order() {
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(Error::of(sqlstate::S01004).at(2, 1));
        diagnostics.push(Error::of(sqlstate::S01004).at(1, 1));
        diagnostics.push(Error::of(sqlstate::S22003).at(1, 2));
        diagnostics.push(Error::of(sqlstate::S01S02));
        diagnostics.finish(1);
        let codes: Vec<_> = diagnostics
            .records()
            .iter()
            .map(|r| (r.state.code, r.row))
            .collect();
        assert_eq!(
            codes,
            [("01S02", 0), ("22003", 1), ("01004", 1), ("01004", 2)]
        );
    }

    #[test]
    fn the_statement_is_recognised_by_its_first_words() {
        assert_eq!(DynamicFunction::of("  select 1").code(), 85);
        assert_eq!(DynamicFunction::of("drop\ntable x").name(), "DROP TABLE");
        assert_eq!(DynamicFunction::of("").name(), "");
    }
}
