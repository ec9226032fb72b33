//! One column's conversion, chosen once and used for every row.

use super::content::{self, Content, Delivery, Variable};
use super::datum::{Cells, Datum};
use super::error::ConversionError;
use super::length::{ByteLen, CharLen};
use super::parts::{self, Part, PartState};
use super::supported;
use super::target::Target;
use super::to_c::{self, Slot};
use super::to_text;
use crate::odbc::text::Form;
use datafusion::arrow::array::Array;
use exchange_sql::{ColumnType, Zone};

/// Turns the cells of a column into a C type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Converter {
    pub(super) column: ColumnType,
    pub(super) target: Target,
    max_length: Option<ByteLen>,
    pub(super) zone: Zone,
}

/// Reusable memory for values.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(super) value: Value,
    pub(super) encoded: Vec<u8>,
}

/// Memory for a value that needs a conversion of form.
#[derive(Debug, Default)]
pub(super) struct Value {
    pub(super) text: String,
    bytes: Vec<u8>,
    pub(super) slot: Slot,
}

impl Converter {
    /// Refuses pairs of types without a conversion in appendix D (07006).
    pub fn new(column: ColumnType, target: Target) -> Result<Self, ConversionError> {
        match supported::to_c(column, target) {
            true => Ok(Self {
                column,
                target,
                max_length: None,
                zone: Zone::UTC,
            }),
            false => Err(ConversionError::Restricted),
        }
    }

    /// Cuts character and binary columns at `SQL_ATTR_MAX_LENGTH` bytes, without a warning:
    /// applications see the length after the cut. 0 means no limit.
    #[must_use]
    pub fn with_max_length(mut self, bytes: usize) -> Self {
        let limited = matches!(
            self.column,
            ColumnType::Varchar { .. }
                | ColumnType::LongVarchar
                | ColumnType::Varbinary { .. }
                | ColumnType::LongVarbinary
        );
        self.max_length = (limited && bytes > 0).then_some(ByteLen(bytes));
        self
    }

    /// For a connection that shows its times in this zone.
    #[must_use]
    pub fn in_zone(self, zone: Zone) -> Self {
        Self { zone, ..self }
    }

    pub const fn column_type(&self) -> ColumnType {
        self.column
    }

    pub const fn target(&self) -> Target {
        self.target
    }

    /// Whether values of any length go into the buffer.
    pub(super) const fn is_unlimited(&self) -> bool {
        self.max_length.is_none()
    }

    /// Form of the buffer's text; `None` if it takes bytes.
    pub(super) const fn form(&self) -> Option<Form> {
        match self.target {
            Target::Text(form) => Some(form),
            _ => None,
        }
    }

    /// The value as the content of a text or binary buffer.
    #[inline]
    pub(super) fn variable<'a>(
        &self,
        datum: Datum<'a>,
        scratch: &'a mut Value,
    ) -> Result<Variable<'a>, ConversionError> {
        let form = self.form();
        let content = match (datum, form) {
            (Datum::Text(text), Some(_)) => Content::Text(text),
            (Datum::Text(text), None) => Content::Bytes(text.as_bytes()),
            (Datum::Binary(bytes), Some(_)) => Content::Hex(bytes),
            (Datum::Binary(bytes), None) => Content::Bytes(bytes),
            (_, Some(_)) => {
                scratch.text.clear();
                return to_text::text(datum, self.column, &mut scratch.text);
            }
            (_, None) => {
                scratch.bytes.clear();
                return to_text::binary(datum, self.column, &mut scratch.bytes);
            }
        };
        let content = match self.max_length {
            None => content,
            Some(max) => content::limit(content, form, max),
        };
        Ok(Variable {
            content,
            minimum: CharLen(0),
        })
    }

    /// The next part of a row's value (`SQLGetData`), for a buffer of this size.
    pub fn part<'a>(
        &self,
        array: &'a dyn Array,
        row: usize,
        capacity: ByteLen,
        state: &mut PartState,
        scratch: &'a mut Scratch,
    ) -> Result<Part<'a>, ConversionError> {
        state.resume(self.target);
        if state.is_finished() {
            return Ok(Part::End);
        }
        let cells = Cells::new(self.column, array)?;
        if array.is_null(row) {
            state.finish();
            return Ok(Part::Null);
        }
        let Scratch { value, encoded } = scratch;
        if let Some(size) = self.target.size() {
            let warning = to_c::fixed(cells.get(row), self.target, self.zone, &mut value.slot)?;
            state.finish();
            return Ok(Part::Data(Delivery::fixed(&value.slot[..size], warning)));
        }
        if let (Cells::Text(texts), Some(form), None) = (cells, self.form(), self.max_length) {
            // The most frequent case, without a detour through the other types.
            let text = Variable {
                content: Content::Text(texts.value(row)),
                minimum: CharLen(0),
            };
            return parts::write(&text, Some(form), capacity, state, encoded);
        }
        let variable = self.variable(cells.get(row), value)?;
        parts::write(&variable, self.form(), capacity, state, encoded)
    }
}
