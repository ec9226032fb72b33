//! The collected values of one column.

use crate::ColumnType;
use datafusion::arrow::array::{
    ArrayRef, BinaryBuilder, BooleanBuilder, Date32Builder, Float64Builder, Int32Builder,
    Int64Builder, StringBuilder, Time64MicrosecondBuilder, TimestampMicrosecondBuilder,
};
use std::sync::Arc;

/// Offsets of Arrow's texts are 32 bits wide.
const MAX_BYTES: usize = i32::MAX as usize;

#[derive(Debug)]
pub(super) enum Cells {
    Text(StringBuilder),
    Binary(BinaryBuilder),
    Boolean(BooleanBuilder),
    Integer(Int32Builder),
    BigInt(Int64Builder),
    Double(Float64Builder),
    Timestamp(TimestampMicrosecondBuilder),
    Date(Date32Builder),
    Time(Time64MicrosecondBuilder),
}

/// The reason why a column does not accept a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The value is of another type, or too large for the column's.
    Type,
    /// There is no room left.
    Full,
}

/// Rows that columns have room for at first: those of a large page.
const ROWS: usize = 1024;

impl Cells {
    /// A column with room for texts of so many bytes together.
    pub(super) fn new(column_type: ColumnType, room: usize) -> Self {
        match column_type {
            ColumnType::Varchar { .. } | ColumnType::LongVarchar | ColumnType::Guid => {
                Self::Text(StringBuilder::with_capacity(ROWS, room))
            }
            ColumnType::Varbinary { .. } | ColumnType::LongVarbinary => {
                Self::Binary(BinaryBuilder::with_capacity(ROWS, room))
            }
            ColumnType::Bit => Self::Boolean(BooleanBuilder::new()),
            ColumnType::Integer => Self::Integer(Int32Builder::new()),
            ColumnType::BigInt => Self::BigInt(Int64Builder::new()),
            ColumnType::Double => Self::Double(Float64Builder::new()),
            ColumnType::Timestamp { .. } => Self::Timestamp(TimestampMicrosecondBuilder::new()),
            ColumnType::Date => Self::Date(Date32Builder::new()),
            ColumnType::Time { .. } => Self::Time(Time64MicrosecondBuilder::new()),
            ColumnType::TinyInt
            | ColumnType::SmallInt
            | ColumnType::Real
            | ColumnType::Decimal { .. }
            | ColumnType::IntervalYearMonth
            | ColumnType::IntervalDaySecond => {
                unreachable!("Graph has no property of type {column_type:?}")
            }
        }
    }

    /// The bytes of all texts together.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Text(cells) => cells.values_slice().len(),
            Self::Binary(cells) => cells.values_slice().len(),
            _ => 0,
        }
    }

    pub(super) fn push_null(&mut self) {
        match self {
            Self::Text(cells) => cells.append_null(),
            Self::Binary(cells) => cells.append_null(),
            Self::Boolean(cells) => cells.append_null(),
            Self::Integer(cells) => cells.append_null(),
            Self::BigInt(cells) => cells.append_null(),
            Self::Double(cells) => cells.append_null(),
            Self::Timestamp(cells) => cells.append_null(),
            Self::Date(cells) => cells.append_null(),
            Self::Time(cells) => cells.append_null(),
        }
    }

    pub(super) fn push_text(&mut self, value: &str) -> Result<(), Refusal> {
        let Self::Text(cells) = self else {
            return Err(Refusal::Type);
        };
        if value.len() > MAX_BYTES - cells.values_slice().len() {
            return Err(Refusal::Full);
        }
        cells.append_value(value);
        Ok(())
    }

    pub(super) fn push_bytes(&mut self, value: &[u8]) -> Result<(), Refusal> {
        let Self::Binary(cells) = self else {
            return Err(Refusal::Type);
        };
        if value.len() > MAX_BYTES - cells.values_slice().len() {
            return Err(Refusal::Full);
        }
        cells.append_value(value);
        Ok(())
    }

    pub(super) fn push_boolean(&mut self, value: bool) -> Result<(), Refusal> {
        let Self::Boolean(cells) = self else {
            return Err(Refusal::Type);
        };
        cells.append_value(value);
        Ok(())
    }

    pub(super) fn push_integer(&mut self, value: i64) -> Result<(), Refusal> {
        match self {
            Self::Integer(cells) => {
                cells.append_value(i32::try_from(value).map_err(|_| Refusal::Type)?);
            }
            Self::BigInt(cells) => cells.append_value(value),
            Self::Double(cells) => cells.append_value(value as f64),
            _ => return Err(Refusal::Type),
        }
        Ok(())
    }

    pub(super) fn push_double(&mut self, value: f64) -> Result<(), Refusal> {
        let Self::Double(cells) = self else {
            return Err(Refusal::Type);
        };
        cells.append_value(value);
        Ok(())
    }

    /// A time or a time of day.
    pub(super) fn push_microseconds(&mut self, value: i64) -> Result<(), Refusal> {
        match self {
            Self::Timestamp(cells) => cells.append_value(value),
            Self::Time(cells) => cells.append_value(value),
            _ => return Err(Refusal::Type),
        }
        Ok(())
    }

    pub(super) fn push_days(&mut self, value: i32) -> Result<(), Refusal> {
        let Self::Date(cells) = self else {
            return Err(Refusal::Type);
        };
        cells.append_value(value);
        Ok(())
    }

    pub(super) fn finish(self) -> ArrayRef {
        match self {
            Self::Text(mut cells) => Arc::new(cells.finish()),
            Self::Binary(mut cells) => Arc::new(cells.finish()),
            Self::Boolean(mut cells) => Arc::new(cells.finish()),
            Self::Integer(mut cells) => Arc::new(cells.finish()),
            Self::BigInt(mut cells) => Arc::new(cells.finish()),
            Self::Double(mut cells) => Arc::new(cells.finish()),
            Self::Timestamp(mut cells) => Arc::new(cells.finish()),
            Self::Date(mut cells) => Arc::new(cells.finish()),
            Self::Time(mut cells) => Arc::new(cells.finish()),
        }
    }
}
