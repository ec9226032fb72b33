//! Columns of rows with lists that stay beside the elements.

use crate::Error;
use crate::decode::{Collections, DecodeOptions, Decoder, RowContext};
use crate::definition::{ColumnSource, Encoding, Table};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use datafusion::arrow::datatypes::FieldRef;
use std::sync::Arc;

/// A column that the result has unchanged.
#[derive(Debug)]
pub struct Kept {
    /// Its place in the input.
    pub place: usize,
    /// Its field in the result.
    pub field: FieldRef,
    /// How a list is shown that was read as JSON; `None` if it is shown as it was read.
    text: Option<ListAsText>,
}

impl Kept {
    pub fn new(place: usize, field: FieldRef) -> Self {
        Self {
            place,
            field,
            text: None,
        }
    }

    /// The column of a table, shown as text if it is a list.
    pub fn shown_as_text(self, table: &'static Table, column: usize) -> Self {
        Self {
            text: ListAsText::of(table, column),
            ..self
        }
    }

    pub fn is_as_read(&self) -> bool {
        self.text.is_none()
    }

    pub fn shown(&self, input: &RecordBatch) -> Result<ArrayRef, Error> {
        let read = input.column(self.place);
        match &self.text {
            Some(text) => text.shown(read),
            None => Ok(Arc::clone(read)),
        }
    }
}

/// Whether a column's lists are shown in another form than JSON.
pub fn is_list(table: &Table, column: usize) -> bool {
    matches!(
        table.columns[column].source,
        ColumnSource::Property {
            encoding: Encoding::Strings
                | Encoding::Recipients
                | Encoding::EmailAddresses
                | Encoding::Attendees,
            ..
        }
    )
}

/// Decodes lists as the scan would have done.
#[derive(Debug)]
struct ListAsText {
    path: &'static [&'static str],
    decoder: Decoder,
}

impl ListAsText {
    fn of(table: &'static Table, column: usize) -> Option<Self> {
        let options = DecodeOptions {
            collections: Collections::Text,
        };
        Some(Self {
            path: table.columns[column]
                .path()
                .filter(|_| is_list(table, column))?,
            decoder: Decoder::new(table, &[column], options),
        })
    }

    fn shown(&self, lists: &ArrayRef) -> Result<ArrayRef, Error> {
        let cells = lists.as_string::<i32>();
        let objects: Vec<String> = (0..cells.len())
            .map(|row| match cells.is_valid(row) {
                true => self.object(cells.value(row)),
                false => "{}".to_owned(),
            })
            .collect();
        let objects = objects.iter().map(String::as_bytes);
        let batch = self.decoder.objects(objects, &RowContext::default())?;
        Ok(Arc::clone(batch.column(0)))
    }

    /// An entity that has only this list.
    fn object(&self, list: &str) -> String {
        let names = self.path.iter().rev();
        names.fold(list.to_owned(), |value, name| {
            format!("{{\"{name}\":{value}}}")
        })
    }
}
