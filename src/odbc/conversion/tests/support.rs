//! Columns of one row, and the results of reading them.

use crate::odbc::constants::c_type;
use crate::odbc::conversion::{
    ByteLen, ConversionError, Converter, Part, PartState, Refinement, Scratch, Target,
};
use crate::odbc::text::Encoding;
use datafusion::arrow::array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, Float32Array, Float64Array,
    Int8Array, Int16Array, Int32Array, Int64Array, IntervalMonthDayNanoArray,
    IntervalYearMonthArray, StringArray, Time64MicrosecondArray, TimestampMicrosecondArray,
};
use datafusion::arrow::datatypes::IntervalMonthDayNano;
use exchange_sql::ColumnType;
use std::sync::Arc;

pub const VARCHAR: ColumnType = ColumnType::Varchar { length: 100 };
pub const TIME: ColumnType = ColumnType::Time { fraction_digits: 6 };
pub const TIMESTAMP: ColumnType = ColumnType::Timestamp { fraction_digits: 6 };

/// A column and its only cell.
#[derive(Clone)]
pub struct Cell {
    pub column: ColumnType,
    pub array: ArrayRef,
}

fn cell(column: ColumnType, array: impl datafusion::arrow::array::Array + 'static) -> Cell {
    Cell {
        column,
        array: Arc::new(array),
    }
}

pub fn bit(value: bool) -> Cell {
    cell(ColumnType::Bit, BooleanArray::from(vec![value]))
}

pub fn tinyint(value: i8) -> Cell {
    cell(ColumnType::TinyInt, Int8Array::from(vec![value]))
}

pub fn smallint(value: i16) -> Cell {
    cell(ColumnType::SmallInt, Int16Array::from(vec![value]))
}

pub fn integer(value: i32) -> Cell {
    cell(ColumnType::Integer, Int32Array::from(vec![value]))
}

pub fn bigint(value: i64) -> Cell {
    cell(ColumnType::BigInt, Int64Array::from(vec![value]))
}

pub fn real(value: f32) -> Cell {
    cell(ColumnType::Real, Float32Array::from(vec![value]))
}

pub fn double(value: f64) -> Cell {
    cell(ColumnType::Double, Float64Array::from(vec![value]))
}

pub fn decimal(unscaled: i128, precision: u8, scale: i8) -> Cell {
    let array = Decimal128Array::from(vec![unscaled])
        .with_precision_and_scale(precision, scale)
        .unwrap();
    cell(ColumnType::Decimal { precision, scale }, array)
}

pub fn text(value: &str) -> Cell {
    cell(VARCHAR, StringArray::from(vec![value]))
}

pub fn binary(value: &[u8]) -> Cell {
    cell(ColumnType::LongVarbinary, BinaryArray::from(vec![value]))
}

pub fn date(days: i32) -> Cell {
    cell(ColumnType::Date, Date32Array::from(vec![days]))
}

pub fn time(microseconds: i64) -> Cell {
    cell(TIME, Time64MicrosecondArray::from(vec![microseconds]))
}

pub fn timestamp(microseconds: i64) -> Cell {
    cell(
        TIMESTAMP,
        TimestampMicrosecondArray::from(vec![microseconds]),
    )
}

pub fn guid(value: &str) -> Cell {
    cell(ColumnType::Guid, StringArray::from(vec![value]))
}

pub fn months(value: i32) -> Cell {
    cell(
        ColumnType::IntervalYearMonth,
        IntervalYearMonthArray::from(vec![value]),
    )
}

pub fn day_time(days: i32, nanoseconds: i64) -> Cell {
    let value = IntervalMonthDayNano {
        months: 0,
        days,
        nanoseconds,
    };
    cell(
        ColumnType::IntervalDaySecond,
        IntervalMonthDayNanoArray::from(vec![value]),
    )
}

/// A C type whose record has generous precisions.
pub fn target(concise: i16) -> Target {
    let refinement = Refinement {
        precision: if concise == c_type::NUMERIC { 38 } else { 6 },
        scale: 2,
        leading_precision: 9,
    };
    Target::new(concise, refinement, Encoding::default()).unwrap()
}

/// Bytes delivered, the length, and the SQLSTATE of a warning or of the failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Got {
    pub bytes: Vec<u8>,
    pub length: usize,
    pub state: &'static str,
}

pub fn read_into(cell: &Cell, target: Target, capacity: usize) -> Got {
    let converter = match Converter::new(cell.column, target) {
        Ok(converter) => converter,
        Err(error) => return failed(error),
    };
    let (mut state, mut scratch) = (PartState::default(), Scratch::default());
    let array = cell.array.as_ref();
    match converter.part(array, 0, ByteLen(capacity), &mut state, &mut scratch) {
        Ok(Part::Data(delivery)) => Got {
            bytes: delivery.bytes.to_vec(),
            length: delivery.length.0,
            state: delivery.warning.map_or("", |warning| warning.state().code),
        },
        Ok(other) => panic!("{other:?}"),
        Err(error) => failed(error),
    }
}

fn failed(error: ConversionError) -> Got {
    Got {
        bytes: Vec::new(),
        length: 0,
        state: error.state().code,
    }
}

pub fn read(cell: &Cell, concise: i16) -> Got {
    read_into(cell, target(concise), 1000)
}

/// The SQLSTATE of reading, empty for success.
pub fn state(cell: &Cell, concise: i16) -> &'static str {
    read(cell, concise).state
}

/// The value as `SQL_C_CHAR`.
pub fn shown(cell: &Cell) -> String {
    let got = read(cell, c_type::CHAR);
    assert_eq!(got.state, "");
    assert_eq!(got.length, got.bytes.len());
    String::from_utf8(got.bytes).unwrap()
}

/// A fixed value and its SQLSTATE.
pub fn fixed<const N: usize>(cell: &Cell, concise: i16) -> ([u8; N], &'static str) {
    let got = read(cell, concise);
    match got.bytes.try_into() {
        Ok(bytes) => (bytes, got.state),
        Err(_) => ([0; N], got.state),
    }
}

pub fn long(cell: &Cell) -> (i32, &'static str) {
    let (bytes, state) = fixed(cell, c_type::SLONG);
    (i32::from_ne_bytes(bytes), state)
}

pub fn as_double(cell: &Cell) -> (f64, &'static str) {
    let (bytes, state) = fixed(cell, c_type::DOUBLE);
    (f64::from_ne_bytes(bytes), state)
}

/// Words of a structure of shorts.
pub fn shorts(bytes: &[u8]) -> Vec<i16> {
    bytes
        .chunks_exact(2)
        .map(|word| i16::from_ne_bytes([word[0], word[1]]))
        .collect()
}

/// Words of a structure of integers.
pub fn words(bytes: &[u8]) -> Vec<i32> {
    bytes
        .chunks_exact(4)
        .map(|word| i32::from_ne_bytes([word[0], word[1], word[2], word[3]]))
        .collect()
}
