//! Bound columns over many rows: the same as one row at a time.

use super::support::*;
use crate::odbc::constants::c_type as c;
use crate::odbc::conversion::{
    ByteLen, ConversionError, Converter, Delivery, Scratch, Sink, Target,
};
use crate::odbc::text::Form;
use datafusion::arrow::array::{
    Array, Float64Array, Int16Array, Int32Array, StringArray, TimestampMicrosecondArray,
};
use exchange_sql::ColumnType;
use proptest::prelude::*;

/// Keeps everything it gets, and checks that rows come in order.
#[derive(Default)]
struct Collected(Vec<String>);

impl Collected {
    fn push(&mut self, row: usize, what: String) {
        assert_eq!(row, self.0.len());
        self.0.push(what);
    }
}

impl Sink for Collected {
    fn null(&mut self, row: usize) {
        self.push(row, "null".into());
    }

    fn data(&mut self, row: usize, delivery: Delivery<'_>) {
        self.push(row, format!("{delivery:?}"));
    }

    fn error(&mut self, row: usize, error: ConversionError) {
        self.push(row, format!("{error:?}"));
    }
}

fn rows(
    column: ColumnType,
    array: &dyn Array,
    target: Target,
    range: std::ops::Range<usize>,
    capacity: usize,
) -> Vec<String> {
    let converter = Converter::new(column, target).unwrap();
    let mut sink = Collected::default();
    converter.rows(
        array,
        range,
        ByteLen(capacity),
        &mut Scratch::default(),
        &mut sink,
    );
    sink.0
}

/// Also checks ranges of a sliced array, because offsets are easily forgotten.
fn agree(column: ColumnType, array: &dyn Array, target: Target, capacity: usize) {
    let whole = rows(column, array, target, 0..array.len(), capacity);
    for start in 0..=array.len() {
        let part = rows(column, array, target, start..array.len(), capacity);
        assert_eq!(part, whole[start..]);
        let sliced = array.slice(start, array.len() - start);
        let part = rows(column, sliced.as_ref(), target, 0..sliced.len(), capacity);
        assert_eq!(part, whole[start..]);
    }
}

#[test]
fn unchanged_integers_come_in_runs_between_nulls() {
    let array = Int32Array::from(vec![Some(1), Some(-2), None, None, Some(3)]);
    let got = rows(ColumnType::Integer, &array, target(c::SLONG), 0..5, 4);
    let value = |value: i32| format!("{:?}", Delivery::fixed(&value.to_ne_bytes(), None));
    assert_eq!(
        got,
        [value(1), value(-2), "null".into(), "null".into(), value(3)]
    );
    agree(ColumnType::Integer, &array, target(c::SLONG), 4);
}

#[test]
fn errors_concern_single_rows() {
    let array = Int32Array::from(vec![1, -1, 2]);
    let got = rows(ColumnType::Integer, &array, target(c::ULONG), 0..3, 4);
    assert_eq!(got[1], "NumericOutOfRange");
    assert!(got[2].contains("bytes: [2, 0, 0, 0]") || cfg!(target_endian = "big"));
}

#[test]
fn an_array_of_another_type_fails_every_row() {
    let array = StringArray::from(vec!["1", "2"]);
    let got = rows(ColumnType::Integer, &array, target(c::SLONG), 0..2, 4);
    assert_eq!(got, ["UnexpectedArray", "UnexpectedArray"]);
}

proptest! {
    #[test]
    fn rows_do_not_depend_on_where_the_range_begins(
        texts in prop::collection::vec(prop::option::of("[ -~]{0,9}|[aé漢😀]{0,9}"), 0..8),
        numbers in prop::collection::vec(prop::option::of(any::<i16>()), 0..8),
        moments in prop::collection::vec(prop::option::of(any::<i64>()), 0..8),
        doubles in prop::collection::vec(prop::option::of(any::<f64>()), 0..8),
        capacity in 0_usize..24,
    ) {
        let texts = StringArray::from(texts);
        let numbers = Int16Array::from(numbers);
        let moments = TimestampMicrosecondArray::from(moments);
        let doubles = Float64Array::from(doubles);
        for target in [Form::Utf8, Form::Utf16, Form::Utf32].map(Target::Text) {
            agree(VARCHAR, &texts, target, capacity);
            agree(ColumnType::SmallInt, &numbers, target, capacity);
            agree(TIMESTAMP, &moments, target, capacity);
        }
        agree(VARCHAR, &texts, target(c::SLONG), 4);
        agree(ColumnType::SmallInt, &numbers, target(c::SSHORT), 2);
        agree(ColumnType::SmallInt, &numbers, target(c::SBIGINT), 8);
        agree(TIMESTAMP, &moments, target(c::TYPE_TIMESTAMP), 16);
        agree(ColumnType::Double, &doubles, target(c::DOUBLE), 8);
        agree(ColumnType::Double, &doubles, target(c::FLOAT), 4);
    }
}
