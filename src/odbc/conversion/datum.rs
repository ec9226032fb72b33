//! Intermediate values: from a column's cell or a parameter's buffer, before the conversion to the
//! requested type.

use super::error::ConversionError;
use super::number::Decimal;
use datafusion::arrow::array::{
    Array, BinaryArray, BooleanArray, Date32Array, Decimal128Array, Float32Array, Float64Array,
    Int8Array, Int16Array, Int32Array, Int64Array, IntervalMonthDayNanoArray,
    IntervalYearMonthArray, StringArray, Time64MicrosecondArray, TimestampMicrosecondArray,
};
use exchange_sql::ColumnType;

/// One value. In this layout all payloads begin at the same aligned place, so that copies are cheap.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(C)]
pub enum Datum<'a> {
    Bit(bool),
    Integer(i64),
    Decimal(Decimal),
    Real(f32),
    Double(f64),
    Text(&'a str),
    Binary(&'a [u8]),
    /// Days since 1970-01-01
    Date(i32),
    /// Microseconds since midnight
    Time(i64),
    /// Microseconds since 1970-01-01T00:00:00
    Timestamp(i64),
    /// The 36-character text form
    Guid(&'a str),
    Months(i64),
    /// Nanoseconds
    DayTime(i128),
}

const NANOSECONDS_PER_DAY: i128 = 86_400_000_000_000;

/// The cells of a column's array.
#[derive(Clone, Copy)]
pub enum Cells<'a> {
    Bit(&'a BooleanArray),
    TinyInt(&'a Int8Array),
    SmallInt(&'a Int16Array),
    Integer(&'a Int32Array),
    BigInt(&'a Int64Array),
    Real(&'a Float32Array),
    Double(&'a Float64Array),
    Decimal(&'a Decimal128Array),
    Text(&'a StringArray),
    Binary(&'a BinaryArray),
    Date(&'a Date32Array),
    Time(&'a Time64MicrosecondArray),
    Timestamp(&'a TimestampMicrosecondArray),
    Guid(&'a StringArray),
    YearMonth(&'a IntervalYearMonthArray),
    DayTime(&'a IntervalMonthDayNanoArray),
}

fn cast<T: 'static>(array: &dyn Array) -> Result<&T, ConversionError> {
    array
        .as_any()
        .downcast_ref()
        .ok_or(ConversionError::UnexpectedArray)
}

impl<'a> Cells<'a> {
    /// Treats an array as the cells of a column of this type.
    pub fn new(column: ColumnType, array: &'a dyn Array) -> Result<Self, ConversionError> {
        Ok(match column {
            ColumnType::Bit => Self::Bit(cast(array)?),
            ColumnType::TinyInt => Self::TinyInt(cast(array)?),
            ColumnType::SmallInt => Self::SmallInt(cast(array)?),
            ColumnType::Integer => Self::Integer(cast(array)?),
            ColumnType::BigInt => Self::BigInt(cast(array)?),
            ColumnType::Real => Self::Real(cast(array)?),
            ColumnType::Double => Self::Double(cast(array)?),
            ColumnType::Decimal { .. } => Self::Decimal(cast(array)?),
            ColumnType::Varchar { .. } | ColumnType::LongVarchar => Self::Text(cast(array)?),
            ColumnType::Varbinary { .. } | ColumnType::LongVarbinary => Self::Binary(cast(array)?),
            ColumnType::Date => Self::Date(cast(array)?),
            ColumnType::Time { .. } => Self::Time(cast(array)?),
            ColumnType::Timestamp { .. } => Self::Timestamp(cast(array)?),
            ColumnType::Guid => Self::Guid(cast(array)?),
            ColumnType::IntervalYearMonth => Self::YearMonth(cast(array)?),
            ColumnType::IntervalDaySecond => Self::DayTime(cast(array)?),
        })
    }

    /// The value of a row that is not null.
    #[inline]
    pub fn get(self, row: usize) -> Datum<'a> {
        match self {
            Self::Bit(array) => Datum::Bit(array.value(row)),
            Self::TinyInt(array) => Datum::Integer(array.value(row).into()),
            Self::SmallInt(array) => Datum::Integer(array.value(row).into()),
            Self::Integer(array) => Datum::Integer(array.value(row).into()),
            Self::BigInt(array) => Datum::Integer(array.value(row)),
            Self::Real(array) => Datum::Real(array.value(row)),
            Self::Double(array) => Datum::Double(array.value(row)),
            Self::Decimal(array) => Datum::Decimal(Decimal {
                unscaled: array.value(row),
                scale: array.scale(),
            }),
            Self::Text(array) => Datum::Text(array.value(row)),
            Self::Binary(array) => Datum::Binary(array.value(row)),
            Self::Date(array) => Datum::Date(array.value(row)),
            Self::Time(array) => Datum::Time(array.value(row)),
            Self::Timestamp(array) => Datum::Timestamp(array.value(row)),
            Self::Guid(array) => Datum::Guid(array.value(row)),
            Self::YearMonth(array) => Datum::Months(array.value(row).into()),
            Self::DayTime(array) => {
                let value = array.value(row);
                let days = i128::from(value.days) * NANOSECONDS_PER_DAY;
                Datum::DayTime(days + i128::from(value.nanoseconds))
            }
        }
    }
}
