//! Values of results, in one form for both engines.

use driver_harness::client::Value;
use std::fmt::Write;

/// A value as the reference stores it: truth values are 0 and 1, moments are texts of a fixed width
/// (`2026-03-01 09:00:00.000000`), so that they compare like moments.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Null,
    Integer(i64),
    Double(f64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Cell {
    /// A text that is equal for two values exactly if they are the same value of SQL. Numbers are
    /// compared as numbers, whatever their type, with as many digits as sums in any order have.
    pub fn canonical(&self) -> String {
        match self {
            Cell::Null => "NULL".to_owned(),
            Cell::Integer(value) => value.to_string(),
            Cell::Double(value) if value.fract() == 0.0 && value.abs() < 1e15 => {
                // -0.0 is 0.
                (*value as i64).to_string()
            }
            Cell::Double(value) => format!("{value:.9e}"),
            Cell::Text(text) => format!("{text:?}"),
            Cell::Bytes(bytes) => bytes.iter().fold("x".to_owned(), |mut text, byte| {
                let _ = write!(text, "{byte:02X}");
                text
            }),
        }
    }
}

/// The driver's value. Decimals are numbers, too, though ODBC returns them as text.
pub fn from_driver(value: Value, is_decimal: bool) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Bit(value) => Cell::Integer(value.into()),
        Value::Integer(value) => Cell::Integer(value),
        Value::Double(value) => Cell::Double(value),
        Value::Text(text) if is_decimal => {
            Cell::Double(text.parse().expect("a decimal is a number"))
        }
        Value::Text(text) => Cell::Text(text),
        Value::Binary(bytes) => Cell::Bytes(bytes),
        Value::Date { year, month, day } => Cell::Text(format!("{year:04}-{month:02}-{day:02}")),
        Value::Time {
            hour,
            minute,
            second,
        } => Cell::Text(format!("{hour:02}:{minute:02}:{second:02}")),
        Value::Timestamp {
            year,
            month,
            day,
            hour,
            minute,
            second,
            fraction,
        } => Cell::Text(format!(
            "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}.{:06}",
            fraction / 1000
        )),
    }
}

/// Rows as text, to be compared.
pub fn canonical(rows: &[Vec<Cell>]) -> Vec<Vec<String>> {
    rows.iter()
        .map(|row| row.iter().map(Cell::canonical).collect())
        .collect()
}
