//! `SQLGetData`: in parts, in any order, beside bound columns.

use super::support::{on_single, single, with_numbers};
use crate::odbc::attributes::statement::attribute;
use crate::odbc::constants::c_type;
use crate::odbc::handles::{ERROR, NO_DATA, SUCCESS, SUCCESS_WITH_INFO, Success};
use crate::odbc::memory::AppPtr;
use crate::odbc::state::descriptor::buffer::application_record;
use crate::odbc::testing::{Application, FakeConnector};
use crate::odbc::text::{Encoding, Form, WideWidth, decode};
use datafusion::arrow::array::{
    ArrayRef, BinaryArray, Decimal128Array, Int32Array, StringArray, TimestampMicrosecondArray,
};
use exchange_sql::ColumnType;
use proptest::prelude::*;
use std::sync::Arc;

fn text_array(text: &str) -> ArrayRef {
    Arc::new(StringArray::from(vec![text]))
}

/// Reads a value with buffers of these sizes, over and over, and checks every answer.
fn read_all(application: &Application, c_type: i16, sizes: &[usize], unit: usize) -> Vec<u8> {
    let memory = &application.memory;
    let indicator = memory.allocate(8);
    let mut found = Vec::new();
    let mut total = None;
    for size in sizes.iter().copied().cycle() {
        let buffer = memory.allocate(size);
        let code = application.get_data(1, c_type, buffer, size as isize, indicator);
        let left = memory.len(indicator) as usize;
        assert_eq!(left, *total.get_or_insert(found.len() + left) - found.len());
        let room = size.saturating_sub(unit);
        let room = room - room % unit.max(1);
        let part = left.min(room);
        found.extend(memory.bytes(buffer, part));
        if size >= unit && unit > 0 {
            assert!(
                memory
                    .bytes(buffer.plus(part), unit)
                    .iter()
                    .all(|byte| *byte == 0)
            );
        }
        match code {
            SUCCESS if size > 0 => break,
            SUCCESS => assert_eq!((left, unit), (0, 0)),
            code => {
                assert_eq!(code, SUCCESS_WITH_INFO);
                assert_eq!(application.states(), ["01004"]);
            }
        }
    }
    let more = memory.allocate(10);
    assert_eq!(
        application.get_data(1, c_type, more, 10, indicator),
        NO_DATA
    );
    found
}

fn on_text(text: &str, encoding: Encoding) -> Application {
    let statement = single(ColumnType::LongVarchar, text_array(text));
    let application = Application::with_encoding(
        FakeConnector::default().knows("single", statement),
        encoding,
    );
    application.direct("single");
    application.fetch();
    application
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn any_buffer_sizes_reassemble_text(
        text in "[a-z]{0,60}|[aé漢😀]{0,40}",
        mut sizes in prop::collection::vec(0_usize..30, 0..6),
        last in 8_usize..40,
    ) {
        sizes.push(last);
        let narrow = on_text(&text, Encoding::default());
        prop_assert_eq!(read_all(&narrow, c_type::CHAR, &sizes, 1), text.as_bytes());
        let wide = on_text(&text, Encoding::default());
        let found = read_all(&wide, c_type::WCHAR, &sizes, 2);
        prop_assert_eq!(decode(&found, Form::Utf16), text.clone());
        let wider = on_text(&text, WideWidth::Four.into());
        let found = read_all(&wider, c_type::WCHAR, &sizes, 4);
        prop_assert_eq!(decode(&found, Form::Utf32), text.clone());
        let bytes = on_text(&text, Encoding::default());
        prop_assert_eq!(read_all(&bytes, c_type::BINARY, &sizes, 0), text.as_bytes());
    }

    #[test]
    fn any_buffer_sizes_reassemble_bytes(
        bytes in prop::collection::vec(any::<u8>(), 0..50),
        mut sizes in prop::collection::vec(0_usize..30, 0..6),
        last in 8_usize..40,
    ) {
        sizes.push(last);
        let array: ArrayRef = Arc::new(BinaryArray::from(vec![&bytes[..]]));
        let on = || on_single(ColumnType::LongVarbinary, Arc::clone(&array));
        prop_assert_eq!(read_all(&on(), c_type::BINARY, &sizes, 0), bytes.clone());
        let hex: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
        prop_assert_eq!(read_all(&on(), c_type::CHAR, &sizes, 1), hex.as_bytes());
    }
}

/// Reads a value of any type as text in parts: the first has room for the part that must not be
/// cut.
fn read_as_text(column: ColumnType, array: &ArrayRef, width: WideWidth, sizes: &[usize]) -> String {
    let statement = single(column, Arc::clone(array));
    let connector = FakeConnector::default().knows("single", statement);
    let application = Application::with_encoding(connector, width.into());
    application.direct("single");
    application.fetch();
    let form = Encoding::from(width).wide_form();
    decode(
        &read_all(&application, c_type::WCHAR, sizes, form.unit()),
        form,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn any_buffer_sizes_reassemble_the_text_of_other_types(
        unscaled in any::<i64>(), microseconds in 0_i64..4_000_000_000_000_000,
        mut sizes in prop::collection::vec(4_usize..30, 0..6),
    ) {
        let decimals = Decimal128Array::from(vec![i128::from(unscaled)]);
        let decimals: ArrayRef = Arc::new(decimals.with_precision_and_scale(19, 6).unwrap());
        let decimal = ColumnType::Decimal { precision: 19, scale: 6 };
        let moments: ArrayRef = Arc::new(TimestampMicrosecondArray::from(vec![microseconds]));
        let timestamp = ColumnType::Timestamp { fraction_digits: 6 };
        let bytes: ArrayRef = Arc::new(BinaryArray::from(vec![&unscaled.to_be_bytes()[..]]));
        let columns = [(decimal, decimals), (timestamp, moments), (ColumnType::LongVarbinary, bytes)];
        for (width, unit) in [(WideWidth::Two, 2), (WideWidth::Four, 4)] {
            // The date and the time, 19 characters, or the digits before the point.
            sizes.insert(0, 20 * unit);
            for (column, array) in &columns {
                let whole = read_as_text(*column, array, width, &[400]);
                prop_assert_eq!(read_as_text(*column, array, width, &sizes), whole);
            }
            sizes.remove(0);
        }
    }
}

#[test]
fn another_type_or_column_begins_the_value_anew() {
    let application = with_numbers(1);
    let memory = &application.memory;
    application.direct("numbers");
    application.fetch();
    let buffer = memory.allocate(40);
    let length = memory.allocate(8);
    let get = |column, c_type, size| {
        let code = application.get_data(column, c_type, buffer, size, length);
        (code, memory.len(length))
    };
    assert_eq!(get(2, c_type::CHAR, 3), (SUCCESS_WITH_INFO, 5));
    assert_eq!(get(2, c_type::CHAR, 3), (SUCCESS_WITH_INFO, 3));
    assert_eq!(get(2, c_type::WCHAR, 40), (SUCCESS, 10));
    assert_eq!(get(2, c_type::CHAR, 40), (SUCCESS, 5));
    assert_eq!(get(2, c_type::CHAR, 40).0, NO_DATA);
    assert_eq!(get(1, c_type::SLONG, 0), (SUCCESS, 4));
    assert_eq!(get(1, c_type::SLONG, 0).0, NO_DATA);
    assert_eq!(get(1, c_type::CHAR, 40), (SUCCESS, 1));
    assert_eq!(get(2, c_type::CHAR, 40), (SUCCESS, 5));
    assert_eq!(memory.bytes(buffer, 6), b"row 1\0");
}

#[test]
fn questions_for_the_length_leave_the_value_where_it_is() {
    let application = on_single(ColumnType::LongVarchar, text_array("héllo"));
    let memory = &application.memory;
    let length = memory.allocate(8);
    for _ in 0..2 {
        let code = application.get_data(1, c_type::CHAR, AppPtr::NULL, 0, length);
        assert_eq!(
            (application.with_state(code), memory.len(length)),
            ((1, "01004"), 6)
        );
        let code = application.get_data(1, c_type::CHAR, memory.allocate(0), 0, length);
        assert_eq!(
            (application.with_state(code), memory.len(length)),
            ((1, "01004"), 6)
        );
    }
    let buffer = memory.allocate(7);
    assert_eq!(
        application.get_data(1, c_type::CHAR, buffer, 7, length),
        SUCCESS
    );
    assert_eq!(memory.bytes(buffer, 7), "héllo\0".as_bytes());
}

#[test]
fn null_needs_an_indicator() {
    let application = on_single(ColumnType::Integer, Arc::new(Int32Array::from(vec![None])));
    let memory = &application.memory;
    let (buffer, indicator) = (memory.allocate(4), memory.allocate(8));
    let code = application.get_data(1, c_type::SLONG, buffer, 4, AppPtr::NULL);
    assert_eq!(application.with_state(code), (ERROR, "22002"));
    assert_eq!(application.places(), [("22002", 1, 1)]);
    assert_eq!(
        application.get_data(1, c_type::SLONG, buffer, 4, indicator),
        SUCCESS
    );
    assert_eq!(memory.len(indicator), -1);
    assert!(memory.is_untouched(buffer, 4));
    assert_eq!(
        application.get_data(1, c_type::SLONG, buffer, 4, indicator),
        NO_DATA
    );
}

#[test]
fn default_and_descriptor_types() {
    let decimals = Decimal128Array::from(vec![12_345])
        .with_precision_and_scale(10, 2)
        .unwrap();
    let decimal = ColumnType::Decimal {
        precision: 10,
        scale: 2,
    };
    let application = on_single(decimal, Arc::new(decimals));
    let memory = &application.memory;
    let (buffer, length) = (memory.allocate(19), memory.allocate(8));
    // A decimal's default is text.
    assert_eq!(
        application.get_data(1, c_type::DEFAULT, buffer, 19, length),
        SUCCESS
    );
    assert_eq!(memory.bytes(buffer, 7), b"123.45\0");
    // A number has no decimals unless the descriptor says so.
    let code = application.get_data(1, c_type::NUMERIC, buffer, 19, length);
    assert_eq!(application.with_state(code), (SUCCESS_WITH_INFO, "01S07"));
    assert_eq!(memory.bytes(buffer, 4)[1..], [0, 1, 123]);
    application.call(|scope| {
        let record = scope.ard_mut().record_mut(1)?;
        *record = application_record(c_type::NUMERIC);
        record.scale = 2;
        Ok(Success::Done)
    });
    assert_eq!(
        application.get_data(1, c_type::ARD_TYPE, buffer, 19, length),
        SUCCESS
    );
    assert_eq!(memory.bytes(buffer, 5)[1..], [2, 1, 0x39, 0x30]);
}

#[test]
fn bound_columns_can_be_read_as_well_on_any_row() {
    let application = with_numbers(4);
    let memory = &application.memory;
    let bound = memory.allocate(12);
    application.bind(1, c_type::SLONG, bound, 0, AppPtr::NULL);
    application.set(attribute::ROW_ARRAY_SIZE, 3);
    application.direct("numbers");
    application.fetch();
    let one = memory.allocate(8);
    assert_eq!(
        application.get_data(1, c_type::SBIGINT, one, 0, AppPtr::NULL),
        SUCCESS
    );
    assert_eq!(memory.i64(one), 1);
    application.fetch();
    assert_eq!(
        application.get_data(1, c_type::SBIGINT, one, 0, AppPtr::NULL),
        SUCCESS
    );
    assert_eq!((memory.i64(one), memory.i32(bound)), (4, 4));
}

#[test]
fn wrong_calls_have_their_states() {
    let application = with_numbers(1);
    let memory = &application.memory;
    let (buffer, length) = (memory.allocate(8), memory.allocate(8));
    let get = |column, c_type, at, size| {
        application.with_state(application.get_data(column, c_type, at, size, length))
    };
    assert_eq!(get(1, c_type::SLONG, buffer, 0), (ERROR, "HY010"));
    application.direct("numbers");
    assert_eq!(get(1, c_type::SLONG, buffer, 0), (ERROR, "24000"));
    application.fetch();
    assert_eq!(get(0, c_type::SLONG, buffer, 0), (ERROR, "07009"));
    assert_eq!(get(4, c_type::SLONG, buffer, 0), (ERROR, "07009"));
    assert_eq!(get(1, 1234, buffer, 0), (ERROR, "HY003"));
    assert_eq!(get(1, c_type::TYPE_DATE, buffer, 0), (ERROR, "07006"));
    assert_eq!(get(1, c_type::CHAR, buffer, -1), (ERROR, "HY090"));
    assert_eq!(get(1, c_type::SLONG, AppPtr::NULL, 4), (ERROR, "HY009"));
    assert_eq!(application.fetch(), NO_DATA);
    assert_eq!(get(1, c_type::SLONG, buffer, 0), (ERROR, "24000"));
}

#[test]
fn a_change_between_rows_changes_the_conversion() {
    let application = with_numbers(5);
    let memory = &application.memory;
    let (buffer, length) = (memory.allocate(20), memory.allocate(8));
    assert_eq!(application.direct("numbers"), SUCCESS);
    let read = |column, c_type| {
        let code = application.get_data(column, c_type, buffer, 20, length);
        assert_eq!(code, SUCCESS);
        memory.bytes(buffer, memory.len(length) as usize)
    };
    let bind = |c_type| application.bind(1, c_type, AppPtr::NULL, 0, length);
    // Another C type, and the same one again.
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!(read(1, c_type::CHAR), b"1");
    assert_eq!(read(1, c_type::SSHORT), 1_i16.to_ne_bytes());
    assert_eq!(read(1, c_type::CHAR), b"1");
    // The type of the descriptor's record.
    bind(c_type::SSHORT);
    assert_eq!(read(1, c_type::ARD_TYPE), 1_i16.to_ne_bytes());
    bind(c_type::CHAR);
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!(read(1, c_type::ARD_TYPE), b"2");
    // The most bytes of a text.
    assert_eq!(read(2, c_type::CHAR), b"row 2");
    application.set(attribute::MAX_LENGTH, 3);
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!(read(2, c_type::CHAR), b"row");
}
