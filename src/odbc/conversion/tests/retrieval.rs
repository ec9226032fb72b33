//! Dates, times, intervals, GUIDs, binary data and lengths, read as `SQLGetData` reads them.

use super::support::*;
use crate::odbc::constants::c_type as c;
use crate::odbc::conversion::{
    ByteLen, Converter, Part, PartState, Refinement, Scratch, Target, Warning,
};
use crate::odbc::text::{Encoding, Form};
use datafusion::arrow::array::{Array, Int32Array, StringArray, TimestampMicrosecondArray};
use exchange_sql::ColumnType;
use proptest::prelude::*;

/// 2024-02-29 13:45:07.250001
const LEAP: i64 = 1_709_214_307_250_001;

#[test]
fn dates_and_times_fill_their_structures() {
    let stamp = read(&timestamp(LEAP), c::TYPE_TIMESTAMP);
    assert_eq!(shorts(&stamp.bytes)[..6], [2024, 2, 29, 13, 45, 7]);
    assert_eq!(words(&stamp.bytes)[3], 250_001_000);
    assert_eq!((stamp.length, stamp.state), (16, ""));
    let (bytes, state) = fixed::<6>(&timestamp(LEAP), c::TYPE_DATE);
    assert_eq!((shorts(&bytes), state), (vec![2024, 2, 29], "01S07"));
    let (bytes, state) = fixed::<6>(&timestamp(LEAP), c::TYPE_TIME);
    assert_eq!((shorts(&bytes), state), (vec![13, 45, 7], "01S07"));
    let (bytes, state) = fixed::<6>(&time(49_507_000_000), c::TYPE_TIME);
    assert_eq!((shorts(&bytes), state), (vec![13, 45, 7], ""));
    let (bytes, state) = fixed::<6>(&date(-719_162), c::TYPE_DATE);
    assert_eq!((shorts(&bytes), state), (vec![1, 1, 1], ""));
    let midnight = read(&date(19_782), c::TYPE_TIMESTAMP);
    assert_eq!(shorts(&midnight.bytes)[..6], [2024, 2, 29, 0, 0, 0]);
}

#[test]
fn a_moment_before_the_epoch_counts_up_from_midnight() {
    assert_eq!(shown(&timestamp(-1)), "1969-12-31 23:59:59.999999");
    let stamp = read(&timestamp(-1), c::TYPE_TIMESTAMP);
    assert_eq!(shorts(&stamp.bytes)[..6], [1969, 12, 31, 23, 59, 59]);
}

#[test]
fn a_time_becomes_a_moment_of_today() {
    let before = read(&text("00:00:00"), c::TYPE_TIMESTAMP);
    let got = read(&time(1_000_000), c::TYPE_TIMESTAMP);
    let after = read(&text("00:00:00"), c::TYPE_TIMESTAMP);
    let day = &shorts(&got.bytes)[..3];
    assert!(day == &shorts(&before.bytes)[..3] || day == &shorts(&after.bytes)[..3]);
    assert_eq!(shorts(&got.bytes)[3..6], [0, 0, 1]);
}

#[test]
fn years_outside_1_to_9999_are_22008() {
    for days in [-719_163, 2_932_897, i32::MIN, i32::MAX] {
        for code in [c::CHAR, c::TYPE_DATE, c::TYPE_TIMESTAMP, c::BINARY] {
            assert_eq!(state(&date(days), code), "22008", "{days} to {code}");
        }
    }
    for stamp in [i64::MIN, i64::MAX] {
        for code in [c::CHAR, c::TYPE_DATE, c::TYPE_TIMESTAMP] {
            assert_eq!(state(&timestamp(stamp), code), "22008", "{stamp} to {code}");
        }
    }
}

#[test]
fn text_becomes_dates_and_times() {
    let (bytes, lost) = fixed::<6>(&text("2024-02-29T00:00:00Z"), c::TYPE_DATE);
    assert_eq!((shorts(&bytes), lost), (vec![2024, 2, 29], ""));
    assert_eq!(
        fixed::<6>(&text("2024-02-29 00:00:01"), c::TYPE_DATE).1,
        "01S07"
    );
    assert_eq!(
        fixed::<6>(&text("2024-02-29 00:00:01.5"), c::TYPE_TIME).1,
        "01S07"
    );
    assert_eq!(
        state(&text("2024-02-29 00:00:00.1234560"), c::TYPE_TIMESTAMP),
        ""
    );
    assert_eq!(
        state(&text("2024-02-29 00:00:00.1234567"), c::TYPE_TIMESTAMP),
        "01S07"
    );
    assert_eq!(state(&text("00:00:00.0000001"), c::TYPE_TIME), "01S07");
    assert_eq!(fixed::<6>(&text("12:00:00"), c::TYPE_DATE).1, "22018");
    assert_eq!(fixed::<6>(&text("2024-02-29"), c::TYPE_TIME).1, "22018");
    assert_eq!(fixed::<6>(&text("2023-02-29"), c::TYPE_DATE).1, "22007");
}

#[test]
fn moments_are_shown_with_as_many_digits_as_declared() {
    let with_digits = |fraction_digits| {
        let array = TimestampMicrosecondArray::from(vec![LEAP]);
        let column = ColumnType::Timestamp { fraction_digits };
        shown(&Cell {
            column,
            array: std::sync::Arc::new(array),
        })
    };
    assert_eq!(with_digits(0), "2024-02-29 13:45:07");
    assert_eq!(with_digits(3), "2024-02-29 13:45:07.250");
    assert_eq!(with_digits(6), "2024-02-29 13:45:07.250001");
    assert_eq!(with_digits(9), "2024-02-29 13:45:07.250001000");
    assert_eq!(shown(&date(19_782)), "2024-02-29");
    assert_eq!(shown(&date(-719_162)), "0001-01-01");
    assert_eq!(shown(&time(1)), "00:00:00.000001");
}

#[test]
fn a_moment_may_lose_only_its_fraction_to_a_short_buffer() {
    let into = |cell: &Cell, capacity| {
        let got = read_into(cell, target(c::CHAR), capacity);
        (got.bytes.len(), got.length, got.state)
    };
    assert_eq!(into(&timestamp(LEAP), 19), (0, 0, "22003"));
    assert_eq!(into(&timestamp(LEAP), 20), (19, 26, "01004"));
    assert_eq!(into(&timestamp(LEAP), 27), (26, 26, ""));
    assert_eq!(into(&date(0), 10), (0, 0, "22003"));
    assert_eq!(into(&time(0), 8), (0, 0, "22003"));
    assert_eq!(into(&time(0), 9), (8, 15, "01004"));
    assert_eq!(
        into(&guid("00112233-4455-6677-8899-aabbccddeeff"), 36),
        (0, 0, "22003")
    );
}

#[test]
fn intervals_fill_their_structure() {
    let words_of = |cell: &Cell, code| {
        let got = read(cell, code);
        (words(&got.bytes), got.state)
    };
    // type, sign (a short), then the fields
    assert_eq!(words_of(&months(-30), 107).0[..4], [7, 1, 2, 6]);
    assert_eq!(
        words_of(&months(30), 101),
        (vec![1, 0, 2, 0, 0, 0, 0], "01S07")
    );
    assert_eq!(words_of(&months(30), 102).0[..4], [2, 0, 0, 30]);
    let span = day_time(1, 3_723_000_004_000);
    assert_eq!(words_of(&span, 110), (vec![10, 0, 1, 1, 2, 3, 4], ""));
    assert_eq!(words_of(&span, 104), (vec![4, 0, 0, 25, 0, 0, 0], "01S07"));
    assert_eq!(
        words_of(&span, 113),
        (vec![13, 0, 0, 0, 25 * 60 + 2, 3, 4], "")
    );
    assert_eq!(words_of(&day_time(-1, 0), 103).0[..3], [3, 1, 1]);
    assert_eq!(
        words_of(&decimal(150, 5, 2), 106),
        (vec![6, 0, 0, 0, 0, 1, 500_000], "")
    );
    assert_eq!(
        words_of(&decimal(150, 5, 2), 103),
        (vec![3, 0, 1, 0, 0, 0, 0], "01S07")
    );
    assert_eq!(words_of(&integer(-3), 101).0[..3], [1, 1, 3]);
}

#[test]
fn the_leading_field_must_fit_its_precision() {
    let refinement = Refinement {
        leading_precision: 2,
        precision: 0,
        scale: 0,
    };
    let days = Target::new(103, refinement, Encoding::default()).unwrap();
    assert_eq!(read_into(&day_time(99, 0), days, 28).state, "");
    assert_eq!(read_into(&day_time(100, 0), days, 28).state, "22015");
    assert_eq!(read_into(&text("100"), days, 28).state, "22015");
    assert_eq!(read_into(&bigint(i64::MAX), days, 28).state, "22015");
    let seconds = Target::new(106, refinement, Encoding::default()).unwrap();
    assert_eq!(
        read_into(&day_time(0, 1_500_000_000), seconds, 28).state,
        "01S07"
    );
}

#[test]
fn intervals_are_shown_and_read() {
    assert_eq!(shown(&months(-30)), "-2-06");
    assert_eq!(shown(&day_time(1, 3_723_000_004_000)), "1 01:02:03.000004");
    assert_eq!(shown(&day_time(0, -1_000_000_000)), "-0 00:00:01");
    let of_text = |value: &str, code| {
        let got = read(&text(value), code);
        (words(&got.bytes), got.state)
    };
    assert_eq!(of_text("-2-06", 107).0[..4], [7, 1, 2, 6]);
    assert_eq!(of_text(" 3 ", 101).0[..3], [1, 0, 3]);
    assert_eq!(of_text("30", 107).0[..4], [7, 0, 30, 0]);
    assert_eq!(
        of_text("1 01:02:03.000004", 110),
        (vec![10, 0, 1, 1, 2, 3, 4], "")
    );
    assert_eq!(of_text("26:02", 112).0[..7], [12, 0, 0, 26, 2, 0, 0]);
    assert_eq!(of_text("26:02", 113).0[..7], [13, 0, 0, 0, 26, 2, 0]);
    assert_eq!(of_text("1.5", 106), (vec![6, 0, 0, 0, 0, 1, 500_000], ""));
    assert_eq!(
        of_text("1 01:02:03", 103),
        (vec![3, 0, 1, 0, 0, 0, 0], "01S07")
    );
    for wrong in [
        "",
        "1-12",
        "1 24:00:00",
        "1:60",
        "a",
        "1 2 3",
        "1:2:3:4",
        "1--2",
    ] {
        for code in [107, 110] {
            if read(&text(wrong), code).state != "22018" {
                panic!("{wrong} to {code}");
            }
        }
    }
}

#[test]
fn binary_data_is_shown_as_digits_and_delivered_as_bytes() {
    assert_eq!(shown(&binary(&[0x00, 0xFF, 0x10, 0x01])), "00FF1001");
    assert_eq!(read(&binary(&[1, 2]), c::BINARY).bytes, [1, 2]);
    assert_eq!(read(&text("é"), c::BINARY).bytes, "é".as_bytes());
    let wide = read(&binary(&[0xAB]), c::WCHAR);
    assert_eq!(
        wide.bytes,
        [u16::from(b'A').to_ne_bytes(), u16::from(b'B').to_ne_bytes()].concat()
    );
}

#[test]
fn other_types_as_bytes_are_their_structures_and_never_cut() {
    assert_eq!(read(&integer(7), c::BINARY).bytes, 7_i32.to_ne_bytes());
    assert_eq!(read(&double(0.5), c::BINARY).bytes, 0.5_f64.to_ne_bytes());
    assert_eq!(
        read(&timestamp(LEAP), c::BINARY),
        read(&timestamp(LEAP), c::TYPE_TIMESTAMP)
    );
    assert_eq!(read_into(&integer(7), Target::Binary, 3).state, "22003");
    assert_eq!(read_into(&integer(7), Target::Binary, 4).state, "");
}

#[test]
fn a_value_is_delivered_once() {
    let column = Int32Array::from(vec![Some(7), None]);
    let converter = Converter::new(ColumnType::Integer, target(c::SLONG)).unwrap();
    let mut scratch = Scratch::default();
    let mut state = PartState::default();
    let mut part = |row, state: &mut PartState| match converter
        .part(&column, row, ByteLen(0), state, &mut scratch)
        .unwrap()
    {
        Part::Data(delivery) => format!("{:?}", delivery.bytes),
        other => format!("{other:?}"),
    };
    assert_eq!(part(0, &mut state), format!("{:?}", 7_i32.to_ne_bytes()));
    assert_eq!(part(0, &mut state), "End");
    let mut state = PartState::default();
    assert_eq!(part(1, &mut state), "Null");
    assert_eq!(part(1, &mut state), "End");
}

#[test]
fn asking_for_another_type_begins_anew() {
    let array = StringArray::from(vec!["é12"]);
    let column = VARCHAR;
    let (mut state, mut scratch) = (PartState::default(), Scratch::default());
    let mut part = |code, size| {
        let converter = Converter::new(column, target(code)).unwrap();
        match converter
            .part(&array, 0, ByteLen(size), &mut state, &mut scratch)
            .unwrap()
        {
            Part::Data(delivery) => delivery.bytes.to_vec(),
            _ => Vec::new(),
        }
    };
    assert_eq!(part(c::CHAR, 2), [0xC3]);
    assert_eq!(part(c::WCHAR, 100).len(), 6);
    assert_eq!(part(c::WCHAR, 100).len(), 0);
    assert_eq!(part(c::CHAR, 100), "é12".as_bytes());
}

#[test]
fn a_state_of_another_value_does_no_harm() {
    let array = StringArray::from(vec!["a long value", "é", ""]);
    for code in [c::CHAR, c::WCHAR, c::BINARY] {
        let converter = Converter::new(VARCHAR, target(code)).unwrap();
        let (mut state, mut scratch) = (PartState::default(), Scratch::default());
        for row in 0..3 {
            let got = converter.part(&array, row, ByteLen(4), &mut state, &mut scratch);
            assert!(matches!(got, Ok(Part::Data(_) | Part::End)));
        }
    }
}

#[test]
fn an_array_of_another_type_is_an_error() {
    let converter = Converter::new(ColumnType::Integer, target(c::SLONG)).unwrap();
    let array = StringArray::from(vec!["7"]);
    let (mut state, mut scratch) = (PartState::default(), Scratch::default());
    let got = converter.part(
        &array as &dyn Array,
        0,
        ByteLen(4),
        &mut state,
        &mut scratch,
    );
    assert_eq!(got.unwrap_err().state().code, "HY000");
}

#[test]
fn max_length_concerns_character_and_binary_columns_only() {
    let read = |cell: &Cell| {
        let converter = Converter::new(cell.column, target(c::CHAR))
            .unwrap()
            .with_max_length(2);
        let (mut state, mut scratch) = (PartState::default(), Scratch::default());
        let array = cell.array.as_ref();
        match converter
            .part(array, 0, ByteLen(100), &mut state, &mut scratch)
            .unwrap()
        {
            Part::Data(delivery) => String::from_utf8(delivery.bytes.to_vec()).unwrap(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(read(&integer(12345)), "12345");
    assert_eq!(read(&text("12345")), "12");
    assert_eq!(read(&binary(&[1, 2, 3])), "0102");
}

proptest! {
    #[test]
    fn max_length_cuts_whole_characters_without_a_warning(
        value in "[aé漢😀]{0,20}", max in 1_usize..60
    ) {
        for form in [Form::Utf8, Form::Utf16, Form::Utf32] {
            let converter =
                Converter::new(VARCHAR, Target::Text(form)).unwrap().with_max_length(max);
            let (mut state, mut scratch) = (PartState::default(), Scratch::default());
            let array = StringArray::from(vec![value.as_str()]);
            let part = converter.part(&array, 0, ByteLen(1000), &mut state, &mut scratch).unwrap();
            let Part::Data(delivery) = part else { panic!() };
            prop_assert_eq!(delivery.warning, None::<Warning>);
            prop_assert!(delivery.bytes.len() <= max);
            prop_assert_eq!(delivery.length, ByteLen(delivery.bytes.len()));
            let full = read_into(&text(&value), Target::Text(form), 1000).bytes;
            prop_assert!(full.starts_with(delivery.bytes));
            prop_assert!(full.len() == delivery.bytes.len() || full.len() > max);
            prop_assert!(max - delivery.bytes.len() < 4 || full.len() == delivery.bytes.len());
        }
    }

    #[test]
    fn intervals_read_back_as_themselves(days in -99_999_999_i32..99_999_999, micros in 0_i64..86_400_000_000) {
        let nanoseconds = if days < 0 { -micros } else { micros } * 1000;
        let cell = day_time(days, nanoseconds);
        prop_assert_eq!(read(&text(&shown(&cell)), 110), read(&cell, 110));
        let cell = months(days);
        prop_assert_eq!(read(&text(&shown(&cell)), 107), read(&cell, 107));
    }
}
