//! Lists of facts about tables: columns by name and type, cells by row.

use crate::{Column, ColumnType, Error, ErrorKind};
use datafusion::arrow::array::{ArrayRef, Int16Array, Int32Array, StringArray};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::arrow::record_batch::RecordBatch;
use std::sync::Arc;

/// Type of a column of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadingKind {
    /// Text of at most this length.
    Text(u32),
    Short,
    Integer,
}

/// A column of a list.
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

impl Heading {
    pub fn column_type(&self) -> ColumnType {
        match self.kind {
            HeadingKind::Text(length) => ColumnType::Varchar { length },
            HeadingKind::Short => ColumnType::SmallInt,
            HeadingKind::Integer => ColumnType::Integer,
        }
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

/// A length as a cell.
pub fn size(length: usize) -> Cell {
    Cell::Number(i32::try_from(length).unwrap_or(i32::MAX))
}

/// Remarks; null if empty.
pub fn remarks(text: &str) -> Cell {
    match text {
        "" => Cell::Null,
        text => text.into(),
    }
}

/// Whether a column may be null, as the catalogs say it.
pub fn yes_or_no(is_so: bool) -> Cell {
    if is_so { "YES" } else { "NO" }.into()
}

/// A list.
#[derive(Debug)]
pub struct Listing {
    headings: &'static [Heading],
    rows: Vec<Vec<Cell>>,
}

impl Listing {
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
        let columns = self.headings.iter().map(|heading| Column {
            name: heading.name.to_owned(),
            column_type: heading.column_type(),
            nullable: heading.nullable,
            case_sensitive: false,
            base: None,
            remarks: String::new(),
        });
        columns.collect()
    }

    /// The rows; `None` without any.
    pub fn into_batch(self) -> Result<Option<RecordBatch>, Error> {
        if self.rows.is_empty() {
            return Ok(None);
        }
        let fields = self.headings.iter().map(|heading| {
            let data_type = match heading.kind {
                HeadingKind::Text(_) => DataType::Utf8,
                HeadingKind::Short => DataType::Int16,
                HeadingKind::Integer => DataType::Int32,
            };
            Field::new(heading.name, data_type, true)
        });
        let schema = Schema::new(fields.collect::<Vec<_>>());
        let arrays = (0..self.headings.len()).map(|column| self.array(column));
        let batch = RecordBatch::try_new(Arc::new(schema), arrays.collect());
        let batch = batch.map_err(|error| Error::new(ErrorKind::General, error.to_string()));
        batch.map(Some)
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
