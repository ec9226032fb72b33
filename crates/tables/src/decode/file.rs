//! Files of comma-separated values as rows: the reports of usage (docs/graph.md#reports).
//!
//! Columns are found by their headers, because Microsoft adds and moves some without notice. A column that a file does not
//! have is null.

use super::cells::{Cells, Refusal};
use super::context::RowContext;
use super::error::DecodeError;
use super::plan::{Captured, Plan};
use super::rows::Rows;
use crate::ColumnType;
use crate::datetime;
use crate::definition::{Column, ColumnSource, Report};
use csv::{ByteRecord, ReaderBuilder};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::record_batch::RecordBatch;
use std::collections::HashMap;

/// Rows of a batch.
const ROWS: usize = 8_192;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

const MICROSECONDS_PER_DAY: i64 = 86_400_000_000;

/// Microsoft conceals a name by this many hexadecimal digits in capitals.
const CONCEALED_LENGTH: usize = 32;

/// The rows of a file.
#[derive(Debug)]
pub struct File {
    pub batches: Vec<RecordBatch>,
    /// Whether names of people are concealed.
    pub conceals_names: bool,
}

/// Reads a whole file.
pub(super) fn read(
    (plan, schema): (&Plan, &SchemaRef),
    report: &Report,
    file: &[u8],
    context: &RowContext,
) -> Result<File, DecodeError> {
    let file = file.strip_prefix(BYTE_ORDER_MARK).unwrap_or(file);
    let mut reader = ReaderBuilder::new().from_reader(file);
    let headers = reader.byte_headers().map_err(|_| no_table())?;
    let fields = Fields::of(plan, report, headers);
    // A page of a proxy has lines, too.
    if fields.name.is_none() {
        return Err(no_table());
    }
    let mut batches = Vec::new();
    let mut conceals_names = false;
    let mut known = HashMap::new();
    let mut rows = Rows::new(plan, context, |_| 0);
    let mut record = ByteRecord::new();
    while reader
        .read_byte_record(&mut record)
        .map_err(|_| no_table())?
    {
        let name = fields.name.and_then(|field| record.get(field));
        let name = String::from_utf8_lossy(name.unwrap_or_default());
        conceals_names |= is_concealed(&name);
        fields.read(&mut rows, &record, &id(context, &name, &mut known))?;
        if rows.count() == ROWS {
            let full = std::mem::replace(&mut rows, Rows::new(plan, context, |_| 0));
            batches.push(full.finish(schema)?);
        }
    }
    batches.push(rows.finish(schema)?);
    Ok(File {
        batches,
        conceals_names,
    })
}

fn no_table() -> DecodeError {
    DecodeError::Shape {
        expected: "a table of comma-separated values",
    }
}

/// Rows have no ids, and several may have the same name: that of an account that was deleted and created again, or `(Unknown)`.
fn id(context: &RowContext, name: &str, known: &mut HashMap<String, usize>) -> String {
    let number = known.entry(name.to_owned()).or_default();
    *number += 1;
    let period = context.report_period.unwrap_or_default();
    format!("{period}-{number}-{name}")
}

fn is_concealed(name: &str) -> bool {
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'A'..=b'F');
    name.len() == CONCEALED_LENGTH && name.bytes().all(is_digit)
}

/// Which field of a record has which column.
struct Fields {
    /// The field, and the place of its column among those that are read.
    columns: Vec<(usize, usize)>,
    /// The field that tells the rows apart.
    name: Option<usize>,
    id: Option<usize>,
}

impl Fields {
    fn of(plan: &Plan, report: &Report, headers: &ByteRecord) -> Self {
        let field = |header: &str| {
            let is_it = |found: &[u8]| found.trim_ascii().eq_ignore_ascii_case(header.as_bytes());
            headers.iter().position(is_it)
        };
        let columns = plan.fields.iter();
        let mut ids = plan.columns.iter();
        Self {
            columns: columns
                .filter_map(|(header, column)| Some((field(header)?, *column)))
                .collect(),
            name: field(report.name),
            id: ids.position(|column| column.source == ColumnSource::RowOfReport),
        }
    }

    fn read(&self, rows: &mut Rows, record: &ByteRecord, id: &str) -> Result<(), DecodeError> {
        rows.begin_row();
        rows.capture(Captured::Id, id);
        if let Some(column) = self.id {
            rows.store(column, |cells| cells.push_text(id))?;
        }
        for (field, column) in &self.columns {
            let text = String::from_utf8_lossy(record.get(*field).unwrap_or_default());
            if !text.is_empty() {
                let definition = rows.plan.columns[*column];
                rows.reading = Some((definition.name, expected(definition)));
                rows.store(*column, |cells| push(cells, definition, &text))?;
            }
        }
        rows.end_row()
    }
}

fn push(cells: &mut Cells, column: &Column, text: &str) -> Result<(), Refusal> {
    let trimmed = text.trim();
    match column.column_type {
        ColumnType::Bit => cells.push_boolean(boolean(trimmed).ok_or(Refusal::Type)?),
        ColumnType::Integer | ColumnType::BigInt => {
            cells.push_integer(trimmed.parse().map_err(|_| Refusal::Type)?)
        }
        ColumnType::Date => cells.push_days(date(trimmed).ok_or(Refusal::Type)?),
        _ => cells.push_text(text),
    }
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        _ if text.eq_ignore_ascii_case("true") => Some(true),
        _ if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// A date, which some reports have written as a time.
fn date(text: &str) -> Option<i32> {
    datetime::parse_date(text).or_else(|| {
        let days = datetime::parse_timestamp(text)?.div_euclid(MICROSECONDS_PER_DAY);
        i32::try_from(days).ok()
    })
}

fn expected(column: &Column) -> &'static str {
    match column.column_type {
        ColumnType::Bit => "true or false",
        ColumnType::Integer | ColumnType::BigInt => "a whole number in the range of its column",
        ColumnType::Date => "an ISO 8601 date",
        _ => "a text",
    }
}
