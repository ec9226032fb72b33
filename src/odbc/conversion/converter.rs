//! One column's conversion, chosen once and used for every row.

use super::bound;
use super::content::{self, Delivery, Variable};
use super::datum::{Cells, Datum};
use super::error::ConversionError;
use super::length::ByteLen;
use super::parts::{self, PartState};
use super::target::Target;
use super::to_c::{self, Converted, Fixed};
use super::to_text;
use crate::odbc::text::Form;
use crate::sql::ColumnType;
use datafusion::arrow::array::Array;

/// Turns the cells of a column into a C type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Converter {
    pub(super) column: ColumnType,
    pub(super) target: Target,
    max_length: Option<ByteLen>,
}

/// Room for values on their way, to be kept from call to call.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(super) value: Value,
    pub(super) encoded: Vec<u8>,
}

/// Room for a value that the column does not have in this form.
#[derive(Debug, Default)]
pub(super) struct Value {
    text: String,
    bytes: Vec<u8>,
}

/// What `SQLGetData` finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// `SQL_NULL_DATA`
    Null,
    /// The value was read to its end before: `SQL_NO_DATA`
    End,
    Data(Delivery<'a>),
}

impl Converter {
    /// Refuses pairs of types for which appendix D has no conversion (07006).
    pub fn new(column: ColumnType, target: Target) -> Result<Self, ConversionError> {
        match to_c::is_supported(column, target) {
            true => Ok(Self {
                column,
                target,
                max_length: None,
            }),
            false => Err(ConversionError::Restricted),
        }
    }

    /// Cuts character and binary columns at `SQL_ATTR_MAX_LENGTH` bytes, without a warning: the length
    /// that applications see is that of what was kept. 0 means no limit.
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

    pub const fn target(&self) -> Target {
        self.target
    }

    /// Whether the column's text goes into the buffer as text and whole.
    pub(super) const fn is_plain_text(&self) -> bool {
        matches!(self.target, Target::Text(_)) && self.max_length.is_none()
    }

    /// Form of the buffer's text; `None` where it takes bytes.
    pub(super) const fn form(&self) -> Option<Form> {
        match self.target {
            Target::Text(form) => Some(form),
            _ => None,
        }
    }

    /// Converts a value.
    #[inline]
    pub(super) fn convert<'a>(
        &self,
        datum: Datum<'a>,
        scratch: &'a mut Value,
    ) -> Result<Converted<'a>, ConversionError> {
        let variable = match self.target {
            Target::Text(_) => {
                scratch.text.clear();
                to_text::text(datum, self.column, &mut scratch.text)?
            }
            Target::Binary => {
                scratch.bytes.clear();
                to_text::binary(datum, self.column, &mut scratch.bytes)?
            }
            target => return to_c::fixed(datum, target).map(Converted::Fixed),
        };
        Ok(Converted::Variable(self.limited(variable)))
    }

    #[inline]
    fn limited<'a>(&self, value: Variable<'a>) -> Variable<'a> {
        match self.max_length {
            None => value,
            Some(max) => Variable {
                content: content::limit(value.content, self.form(), max),
                ..value
            },
        }
    }

    /// One value for a bound buffer of this size.
    #[inline]
    pub(super) fn deliver<'a>(
        &self,
        datum: Datum<'a>,
        capacity: ByteLen,
        value: &'a mut Value,
        encoded: &'a mut Vec<u8>,
        fixed: &'a mut Option<Fixed>,
    ) -> Result<Delivery<'a>, ConversionError> {
        match self.convert(datum, value)? {
            Converted::Variable(variable) => bound::write(variable, self.form(), capacity, encoded),
            Converted::Fixed(converted) => {
                let converted: &Fixed = fixed.insert(converted);
                Ok(Delivery::fixed(converted.bytes(), converted.warning))
            }
        }
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
        if state.is_finished() {
            return Ok(Part::End);
        }
        let cells = Cells::new(self.column, array)?;
        if array.is_null(row) {
            state.finish();
            return Ok(Part::Null);
        }
        let Scratch { value, encoded } = scratch;
        match self.convert(cells.get(row), value)? {
            Converted::Variable(variable) => {
                parts::write(variable, self.form(), capacity, state, encoded).map(Part::Data)
            }
            Converted::Fixed(fixed) => {
                state.finish();
                encoded.clear();
                encoded.extend_from_slice(fixed.bytes());
                Ok(Part::Data(Delivery::fixed(encoded, fixed.warning)))
            }
        }
    }
}
