//! The result sets of catalog functions: columns by name and type, cells by row.

use crate::odbc::diagnostics::{Error, sqlstate};
use datafusion::arrow::array::{ArrayRef, Int16Array, Int32Array, StringArray};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::arrow::record_batch::RecordBatch;
use exchange_sql::{self as sql, Column, ColumnType, Rows, Warning};
use std::sync::Arc;
use std::time::Instant;

/// Type of a column of a catalog result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadingKind {
    /// Text of at most this length.
    Text(u32),
    Short,
    Integer,
}

/// A column of a catalog result.
#[derive(Clone, Copy, Debug)]
pub struct Heading {
    pub name: &'static str,
    pub kind: HeadingKind,
    pub nullable: bool,
}

/// Longest identifier.
pub const NAME_LENGTH: u32 = 128;

/// Longest remark.
pub const REMARKS_LENGTH: u32 = 1024;

pub const fn text(name: &'static str, nullable: bool) -> Heading {
    Heading {
        name,
        kind: HeadingKind::Text(NAME_LENGTH),
        nullable,
    }
}

pub const fn long_text(name: &'static str) -> Heading {
    Heading {
        name,
        kind: HeadingKind::Text(REMARKS_LENGTH),
        nullable: true,
    }
}

pub const fn short(name: &'static str, nullable: bool) -> Heading {
    Heading {
        name,
        kind: HeadingKind::Short,
        nullable,
    }
}

pub const fn integer(name: &'static str, nullable: bool) -> Heading {
    Heading {
        name,
        kind: HeadingKind::Integer,
        nullable,
    }
}

/// A cell; a number fits its column by construction.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    Null,
    Number(i32),
    Text(String),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}

impl From<i16> for Cell {
    fn from(number: i16) -> Self {
        Cell::Number(number.into())
    }
}

impl From<i32> for Cell {
    fn from(number: i32) -> Self {
        Cell::Number(number)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Null, Into::into)
    }
}

/// A result set of a catalog function.
#[derive(Debug)]
pub struct Answer {
    headings: &'static [Heading],
    rows: Vec<Vec<Cell>>,
}

impl Answer {
    pub fn new(headings: &'static [Heading]) -> Self {
        Self {
            headings,
            rows: Vec::new(),
        }
    }

    pub fn push(&mut self, row: Vec<Cell>) {
        debug_assert_eq!(row.len(), self.headings.len());
        self.rows.push(row);
    }

    pub fn columns(&self) -> Vec<Column> {
        self.headings
            .iter()
            .map(|heading| Column {
                name: heading.name.to_owned(),
                column_type: match heading.kind {
                    HeadingKind::Text(length) => ColumnType::Varchar { length },
                    HeadingKind::Short => ColumnType::SmallInt,
                    HeadingKind::Integer => ColumnType::Integer,
                },
                nullable: heading.nullable,
                case_sensitive: false,
                base: None,
                remarks: String::new(),
            })
            .collect()
    }

    /// Converts the rows for the cursor.
    pub fn into_rows(self) -> Result<Box<dyn Rows>, Error> {
        if self.rows.is_empty() {
            return Ok(Box::new(MemoryRows(None)));
        }
        let fields: Vec<Field> = self
            .headings
            .iter()
            .map(|heading| {
                let data_type = match heading.kind {
                    HeadingKind::Text(_) => DataType::Utf8,
                    HeadingKind::Short => DataType::Int16,
                    HeadingKind::Integer => DataType::Int32,
                };
                Field::new(heading.name, data_type, true)
            })
            .collect();
        let arrays = (0..self.headings.len())
            .map(|column| self.array(column))
            .collect();
        let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
            .map_err(|error| Error::new(sqlstate::HY000, error.to_string()))?;
        Ok(Box::new(MemoryRows(Some(batch))))
    }

    fn array(&self, column: usize) -> ArrayRef {
        let cells = self.rows.iter().map(|row| &row[column]);
        let numbers = cells.clone().map(|cell| match cell {
            Cell::Number(number) => Some(*number),
            _ => None,
        });
        match self.headings[column].kind {
            HeadingKind::Integer => Arc::new(numbers.collect::<Int32Array>()),
            HeadingKind::Short => {
                let shorts = numbers.map(|number| number.and_then(|n| i16::try_from(n).ok()));
                Arc::new(shorts.collect::<Int16Array>())
            }
            HeadingKind::Text(_) => {
                let texts = cells.map(|cell| match cell {
                    Cell::Text(text) => Some(text.as_str()),
                    _ => None,
                });
                Arc::new(texts.collect::<StringArray>())
            }
        }
    }
}

/// A batch in memory.
struct MemoryRows(Option<RecordBatch>);

impl Rows for MemoryRows {
    fn next(&mut self, _deadline: Option<Instant>) -> Result<Option<RecordBatch>, sql::Error> {
        Ok(self.0.take())
    }

    fn affected_rows(&self) -> Option<u64> {
        None
    }

    fn take_warnings(&mut self) -> Vec<Warning> {
        Vec::new()
    }
}
