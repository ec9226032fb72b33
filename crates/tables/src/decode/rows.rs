//! The rows of one reply during reading.

use super::cells::{Cells, Refusal};
use super::context::{MOST_ROWS, RowContext};
use super::error::DecodeError;
use super::plan::{Captured, Plan};
use super::properties;
use super::proxy;
use crate::datetime::{self, LocalTime};
use crate::definition::{Column, ColumnSource, Context, Element};
use crate::keys;
use datafusion::arrow::array::{ArrayRef, Int32Array, StringArray, new_null_array};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::record_batch::{RecordBatch, RecordBatchOptions};
use serde::de::Error;
use serde_json::error::Category;
use std::iter::repeat_n;
use std::sync::Arc;

pub(super) struct Rows<'p> {
    pub(super) plan: &'p Plan,
    context: &'p RowContext,
    cells: Vec<Cells>,
    /// How many values each column has.
    filled: Vec<usize>,
    count: usize,
    captured: CapturedTexts,
    /// The `dateTime` of the current `dateTimeTimeZone`.
    pub(super) local_time: Option<LocalTime>,
    /// The current part and its expected type, for messages.
    pub(super) reading: Option<(&'static str, &'static str)>,
    /// The reason why reading ended, unless it is just a value of a wrong type.
    failure: Option<DecodeError>,
    /// Reused for each text that is built.
    pub(super) text: String,
    /// Reused for each value that is base64.
    pub(super) bytes: Vec<u8>,
}

impl<'p> Rows<'p> {
    /// No rows yet, with room for texts of so many bytes in a column.
    pub(super) fn new(
        plan: &'p Plan,
        context: &'p RowContext,
        room: impl Fn(usize) -> usize,
    ) -> Self {
        let columns = plan.columns.iter().enumerate();
        Self {
            plan,
            context,
            cells: columns
                .map(|(column, definition)| Cells::new(definition.column_type, room(column)))
                .collect(),
            filled: vec![0; plan.columns.len()],
            count: 0,
            captured: CapturedTexts::default(),
            local_time: None,
            reading: None,
            failure: None,
            text: String::new(),
            bytes: Vec::new(),
        }
    }

    /// The bytes of each column's texts.
    pub(super) fn bytes(&self) -> impl Iterator<Item = usize> {
        self.cells.iter().map(Cells::bytes)
    }

    /// Serde's own messages quote the value, so they are never passed on.
    pub(super) fn explain(&mut self, error: &serde_json::Error) -> DecodeError {
        if let Some(failure) = self.failure.take() {
            return failure;
        }
        match (error.classify(), self.reading) {
            // The reply as a whole is something else.
            (Category::Data, Some(("the reply", _))) => DecodeError::no_rows(),
            (Category::Data, Some((column, expected))) => DecodeError::Value { column, expected },
            _ => DecodeError::Syntax {
                line: error.line(),
                column: error.column(),
            },
        }
    }

    /// Appends one value to a column. A column accepts one value in each row.
    pub(super) fn store(
        &mut self,
        column: usize,
        push: impl FnOnce(&mut Cells) -> Result<(), Refusal>,
    ) -> Result<(), DecodeError> {
        let filled = &mut self.filled[column];
        if *filled != self.count {
            let column = self.plan.columns[column].name;
            return Err(DecodeError::Repeated { column });
        }
        *filled += 1;
        push(&mut self.cells[column]).map_err(|refusal| self.refused(column, refusal))
    }

    #[cold]
    fn refused(&self, column: usize, refusal: Refusal) -> DecodeError {
        let name = self.plan.columns[column].name;
        match (refusal, self.reading) {
            (Refusal::Type, Some((column, expected))) => DecodeError::Value { column, expected },
            (Refusal::Type, None) => DecodeError::Value {
                column: name,
                expected: "of its type",
            },
            (Refusal::Full, _) => DecodeError::TooLarge { column: name },
        }
    }

    /// Appends a text that `write` builds.
    fn store_written(
        &mut self,
        column: usize,
        write: impl FnOnce(&mut String),
    ) -> Result<(), DecodeError> {
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        write(&mut text);
        let result = self.store(column, |cells| cells.push_text(&text));
        self.text = text;
        result
    }

    /// Keeps a copy of a text until the row is complete.
    pub(super) fn capture(&mut self, captured: Captured, text: &str) {
        self.captured.set(captured, Some(text));
    }

    /// Ends reading for this reason. Serde's error only says that there is one.
    pub(super) fn fail<E: Error>(&mut self, failure: DecodeError) -> E {
        self.failure = Some(failure);
        E::custom("")
    }

    /// Begins a `dateTimeTimeZone`.
    pub(super) fn begin_instant(&mut self) {
        self.local_time = None;
        self.captured.set(Captured::TimeZone, None);
    }

    /// Ends a `dateTimeTimeZone`. Without a zone it is in UTC.
    pub(super) fn end_instant(&mut self, column: usize) -> Result<(), DecodeError> {
        let zone = self.captured.get(Captured::TimeZone);
        let instant = match self.local_time.take() {
            None => return Ok(()),
            Some(LocalTime::Instant(instant)) => instant,
            Some(LocalTime::WallClock(instant)) if zone.is_none_or(datetime::is_utc) => instant,
            Some(LocalTime::WallClock(_)) => {
                let name = self.plan.columns[column].name;
                return Err(DecodeError::Value {
                    column: name,
                    expected: "in UTC",
                });
            }
        };
        self.store(column, |cells| cells.push_microseconds(instant))
    }

    pub(super) fn begin_row(&mut self) {
        self.captured.clear();
        if self.plan.is_of_mailbox {
            self.captured.set(Captured::Id, Some(&self.context.mailbox));
        }
    }

    /// Computes the derived values and fills missing ones.
    pub(super) fn end_row(&mut self) -> Result<(), DecodeError> {
        if self.count == MOST_ROWS {
            return Err(DecodeError::TooMany);
        }
        for &column in &self.plan.derived {
            self.derive(column)?;
        }
        let columns = self.cells.iter_mut().zip(&self.plan.columns);
        for ((cells, column), filled) in columns.zip(&mut self.filled) {
            if *filled == self.count {
                if !column.nullable && !is_constant(column) {
                    return Err(DecodeError::Missing {
                        column: column.name,
                    });
                }
                cells.push_null();
                *filled += 1;
            }
        }
        self.count += 1;
        Ok(())
    }

    fn derive(&mut self, column: usize) -> Result<(), DecodeError> {
        let captured = std::mem::take(&mut self.captured);
        let result = self.derive_from(&captured, column);
        self.captured = captured;
        result
    }

    fn derive_from(&mut self, captured: &CapturedTexts, column: usize) -> Result<(), DecodeError> {
        let context = self.context;
        match self.plan.columns[column].source {
            ColumnSource::CompositeKey => {
                let id = captured.required_id()?;
                let parents = self.parents_in_key()?;
                let property = match self.plan.key_property {
                    Some(_) => captured.get(Captured::KeyProperty),
                    None => None,
                };
                let change_key = self
                    .plan
                    .table
                    .has_change_key()
                    .then(|| captured.get(Captured::ChangeKey).unwrap_or_default());
                self.store_written(column, |text| {
                    let parents = parents.iter().copied().chain(property);
                    for part in parents.chain([id]).chain(change_key) {
                        keys::push_part(text, part);
                    }
                })
            }
            ColumnSource::SafeKey => {
                let id = captured.required_id()?;
                self.store_written(column, |text| keys::push_safe_key(text, id))
            }
            ColumnSource::OwnId => {
                let id = captured.required_id()?;
                self.store(column, |cells| cells.push_text(id))
            }
            ColumnSource::WellKnownName => {
                let name = context.well_known_names.get(captured.required_id()?);
                name.map_or(Ok(()), |name| {
                    self.store(column, |cells| cells.push_text(name))
                })
            }
            ColumnSource::FolderPath => {
                let (Some(folder), Some(name)) =
                    (&context.folder, captured.get(Captured::DisplayName))
                else {
                    return Ok(());
                };
                self.store_written(column, |text| {
                    text.push_str(&folder.parent_path);
                    if !text.is_empty() {
                        text.push('/');
                    }
                    text.push_str(name);
                })
            }
            ColumnSource::ODataType(usual) => {
                let Some(name) = captured.get(Captured::ODataType).or(usual) else {
                    return Ok(());
                };
                let name = name.trim_start_matches('#');
                let name = name.strip_prefix("microsoft.graph.").unwrap_or(name);
                self.store(column, |cells| cells.push_text(name))
            }
            ColumnSource::PropertyValue(property) => {
                let Some(list) = captured.get(Captured::Properties) else {
                    return Ok(());
                };
                match properties::value(property, list)? {
                    Some(value) => self.store(column, |cells| value.push(cells)),
                    None => Ok(()),
                }
            }
            ColumnSource::Element(element) => {
                let Some(text) = captured.get(Captured::Text) else {
                    return Ok(());
                };
                let (prefix, address) = proxy::parts(text);
                match (element, prefix) {
                    (Element::ProxyPrefix, Some(prefix)) => {
                        self.store(column, |cells| cells.push_text(prefix))
                    }
                    (Element::ProxyAddress, _) => {
                        self.store(column, |cells| cells.push_text(address))
                    }
                    (Element::ProxyIsPrimary, prefix) => self.store(column, |cells| {
                        cells.push_boolean(prefix == Some(proxy::PRIMARY))
                    }),
                    _ => Ok(()),
                }
            }
            ColumnSource::Property { .. }
            | ColumnSource::Field(_)
            | ColumnSource::RowOfReport
            | ColumnSource::Mailbox
            | ColumnSource::Mime
            | ColumnSource::Extended(_)
            | ColumnSource::Context(_) => Ok(()),
        }
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The parents' ids that precede the row's own in its key.
    fn parents_in_key(&self) -> Result<Vec<&'p str>, DecodeError> {
        let parents = self.plan.parents.iter();
        let id = |(parent, column): &(Context, &'static str)| {
            let id = self.context.parent(*parent);
            id.ok_or(DecodeError::Context { column })
        };
        parents.map(id).collect()
    }

    pub(super) fn finish(self, schema: &SchemaRef) -> Result<RecordBatch, DecodeError> {
        let (count, context) = (self.count, self.context);
        let mut arrays = Vec::with_capacity(self.cells.len());
        for (cells, column) in self.cells.into_iter().zip(&self.plan.columns) {
            arrays.push(match column.source {
                ColumnSource::Mailbox => constant_text(column, Some(&context.mailbox), count)?,
                ColumnSource::Context(Context::FolderDepth) => {
                    let depth = context.folder.as_ref().map(|folder| folder.depth);
                    Arc::new(repeat_n(depth, count).collect::<Int32Array>()) as ArrayRef
                }
                ColumnSource::Context(Context::ReportPeriod) => {
                    let period = context.report_period;
                    Arc::new(repeat_n(period, count).collect::<Int32Array>()) as ArrayRef
                }
                ColumnSource::Context(parent) => {
                    constant_text(column, context.parent(parent), count)?
                }
                _ => cells.finish(),
            });
        }
        let output = self
            .plan
            .output
            .iter()
            .map(|&column| arrays[column].clone())
            .collect();
        let options = RecordBatchOptions::new().with_row_count(Some(count));
        Ok(RecordBatch::try_new_with_options(
            schema.clone(),
            output,
            &options,
        )?)
    }
}

/// Whether the value is the same for all rows of a reply, so that it is not collected row by row.
fn is_constant(column: &Column) -> bool {
    matches!(
        column.source,
        ColumnSource::Mailbox | ColumnSource::Context(_)
    )
}

fn constant_text(
    column: &'static Column,
    value: Option<&str>,
    count: usize,
) -> Result<ArrayRef, DecodeError> {
    let Some(value) = value else {
        if !column.nullable && count > 0 {
            return Err(DecodeError::Context {
                column: column.name,
            });
        }
        return Ok(new_null_array(
            &datafusion::arrow::datatypes::DataType::Utf8,
            count,
        ));
    };
    let fits = value
        .len()
        .checked_mul(count)
        .is_some_and(|bytes| bytes <= i32::MAX as usize);
    if !fits {
        return Err(DecodeError::TooLarge {
            column: column.name,
        });
    }
    Ok(Arc::new(StringArray::from_iter_values(repeat_n(
        value, count,
    ))))
}

/// Texts of the current row; their memory is reused from row to row.
#[derive(Default)]
struct CapturedTexts([(bool, String); 8]);

impl CapturedTexts {
    fn get(&self, captured: Captured) -> Option<&str> {
        let (present, text) = &self.0[captured as usize];
        present.then_some(text.as_str())
    }

    fn set(&mut self, captured: Captured, text: Option<&str>) {
        let (present, copy) = &mut self.0[captured as usize];
        *present = text.is_some();
        copy.clear();
        copy.push_str(text.unwrap_or_default());
    }

    fn clear(&mut self) {
        for (present, _) in &mut self.0 {
            *present = false;
        }
    }

    fn required_id(&self) -> Result<&str, DecodeError> {
        self.get(Captured::Id)
            .ok_or(DecodeError::Missing { column: "id" })
    }
}
