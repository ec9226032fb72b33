//! One call of a function over the rows of a batch.

use crate::{Error, ErrorKind};
use datafusion::arrow::array::{
    Array, ArrayRef, ArrowPrimitiveType, AsArray, BooleanArray, PrimitiveArray, StringArray,
    StringBuilder,
};
use datafusion::arrow::buffer::NullBuffer;
use datafusion::arrow::datatypes::{DataType, Float64Type, Int64Type};
use exchange_config::Zone;
use std::sync::Arc;

/// Longest text that a function builds, in bytes. An array of texts cannot hold more than 2 GiB in all.
pub const LONGEST_TEXT: usize = 1 << 28;

/// The arguments of a call, one array for each, converted to the types of the parameters.
pub struct Call {
    pub arguments: Vec<ArrayRef>,
    /// Whether each argument is the same in every row.
    pub constant: Vec<bool>,
    pub rows: usize,
    pub return_type: DataType,
    /// The zone of the connection's times.
    pub zone: Zone,
    nulls: Option<NullBuffer>,
}

impl Call {
    pub fn new(
        arguments: Vec<ArrayRef>,
        constant: Vec<bool>,
        rows: usize,
        return_type: DataType,
    ) -> Self {
        let nulls = NullBuffer::union_many(arguments.iter().map(|array| array.nulls()));
        Self {
            arguments,
            constant,
            rows,
            return_type,
            zone: Zone::UTC,
            nulls,
        }
    }

    pub fn in_zone(self, zone: Zone) -> Self {
        Self { zone, ..self }
    }

    pub fn count(&self) -> usize {
        self.arguments.len()
    }

    pub fn data_type(&self, index: usize) -> &DataType {
        self.arguments[index].data_type()
    }

    pub fn text(&self, index: usize) -> &StringArray {
        self.arguments[index].as_string()
    }

    pub fn integer(&self, index: usize) -> &PrimitiveArray<Int64Type> {
        self.arguments[index].as_primitive()
    }

    pub fn double(&self, index: usize) -> &PrimitiveArray<Float64Type> {
        self.arguments[index].as_primitive()
    }

    pub fn boolean(&self, index: usize) -> &BooleanArray {
        self.arguments[index].as_boolean()
    }

    /// A value for each row in which no argument is null; null in the others.
    pub fn primitive<T: ArrowPrimitiveType>(
        &self,
        mut value: impl FnMut(usize) -> Result<T::Native, Error>,
    ) -> Result<ArrayRef, Error> {
        let mut values = vec![T::Native::default(); self.rows];
        for (row, slot) in values.iter_mut().enumerate() {
            if self.is_valid(row) {
                *slot = value(row)?;
            }
        }
        let array = PrimitiveArray::<T>::new(values.into(), self.nulls.clone());
        Ok(Arc::new(array.with_data_type(self.return_type.clone())))
    }

    /// A truth value for each row in which no argument is null; null in the others.
    pub fn truth(&self, mut value: impl FnMut(usize) -> bool) -> ArrayRef {
        let values = (0..self.rows).map(|row| self.is_valid(row).then(|| value(row)));
        Arc::new(values.collect::<BooleanArray>())
    }

    /// A text for each row in which no argument is null; null in the others. `write` writes it, or
    /// reports that the row has none.
    pub fn write(
        &self,
        mut write: impl FnMut(usize, &mut String) -> Result<Written, Error>,
    ) -> Result<ArrayRef, Error> {
        let mut builder = StringBuilder::with_capacity(self.rows, self.rows * 16);
        let mut text = String::new();
        let mut total = 0_usize;
        for row in 0..self.rows {
            text.clear();
            if !self.is_valid(row) || write(row, &mut text)? == Written::Null {
                builder.append_null();
                continue;
            }
            total += text.len();
            if i32::try_from(total).is_err() {
                return Err(too_long());
            }
            builder.append_value(&text);
        }
        Ok(Arc::new(builder.finish()))
    }

    fn is_valid(&self, row: usize) -> bool {
        self.nulls.as_ref().is_none_or(|nulls| nulls.is_valid(row))
    }
}

/// Whether a function that writes texts wrote one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    Text,
    Null,
}

pub fn too_long() -> Error {
    Error::new(
        ErrorKind::OutOfMemory,
        "a computed text is too long; make the counts in REPEAT, SPACE, LPAD and RPAD and the texts that are \
         joined smaller, and let STRING_AGG join fewer rows",
    )
}
