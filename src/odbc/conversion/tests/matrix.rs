//! Every SQL type to every C type: the existing pairs, and the results of values that fit.

use super::support::*;
use crate::odbc::constants::c_type as c;
use exchange_sql::ColumnType;

const ALL_C_TYPES: [i16; 38] = [
    c::CHAR,
    c::WCHAR,
    c::BINARY,
    c::BIT,
    c::TINYINT,
    c::STINYINT,
    c::UTINYINT,
    c::SHORT,
    c::SSHORT,
    c::USHORT,
    c::LONG,
    c::SLONG,
    c::ULONG,
    c::SBIGINT,
    c::UBIGINT,
    c::FLOAT,
    c::DOUBLE,
    c::NUMERIC,
    c::DATE2,
    c::TIME2,
    c::TIMESTAMP2,
    c::TYPE_DATE,
    c::TYPE_TIME,
    c::TYPE_TIMESTAMP,
    c::GUID,
    101,
    102,
    103,
    104,
    105,
    106,
    107,
    108,
    109,
    110,
    111,
    112,
    113,
];

const NUMBERS: [i16; 15] = [
    c::BIT,
    c::TINYINT,
    c::STINYINT,
    c::UTINYINT,
    c::SHORT,
    c::SSHORT,
    c::USHORT,
    c::LONG,
    c::SLONG,
    c::ULONG,
    c::SBIGINT,
    c::UBIGINT,
    c::FLOAT,
    c::DOUBLE,
    c::NUMERIC,
];
const DATE: [i16; 2] = [c::DATE2, c::TYPE_DATE];
const TIME_OF_DAY: [i16; 2] = [c::TIME2, c::TYPE_TIME];
const MOMENT: [i16; 2] = [c::TIMESTAMP2, c::TYPE_TIMESTAMP];
const SINGLE_FIELDS: [i16; 6] = [101, 102, 103, 104, 105, 106];
const YEAR_MONTH: [i16; 3] = [101, 102, 107];
const SEVERAL_FIELDS: [i16; 7] = [107, 108, 109, 110, 111, 112, 113];
const DAY_TIME: [i16; 10] = [103, 104, 105, 106, 108, 109, 110, 111, 112, 113];

/// A value of each SQL type that converts without loss, and the C types beside text and binary.
fn rows() -> Vec<(&'static str, Cell, Vec<i16>)> {
    let exact = [&NUMBERS[..], &SINGLE_FIELDS].concat();
    vec![
        ("BIT", bit(true), NUMBERS.to_vec()),
        ("TINYINT", tinyint(1), exact.clone()),
        ("SMALLINT", smallint(1), exact.clone()),
        ("INTEGER", integer(1), exact.clone()),
        ("BIGINT", bigint(1), exact.clone()),
        ("DECIMAL", decimal(100, 10, 2), exact),
        ("REAL", real(1.0), NUMBERS.to_vec()),
        ("DOUBLE", double(1.0), NUMBERS.to_vec()),
        ("VARBINARY", binary(&[1]), vec![]),
        ("DATE", date(1), [DATE, MOMENT].concat()),
        ("TIME", time(1_000_000), [TIME_OF_DAY, MOMENT].concat()),
        (
            "TIMESTAMP",
            timestamp(0),
            [DATE, TIME_OF_DAY, MOMENT].concat(),
        ),
        (
            "GUID",
            guid("00112233-4455-6677-8899-aabbccddeeff"),
            vec![c::GUID],
        ),
        ("INTERVAL YEAR TO MONTH", months(12), YEAR_MONTH.to_vec()),
        ("INTERVAL DAY TO SECOND", day_time(1, 0), DAY_TIME.to_vec()),
    ]
}

/// The pairs that are in the tables, but always give 22015.
fn overflows(column: ColumnType, code: i16) -> bool {
    match column {
        ColumnType::TinyInt
        | ColumnType::SmallInt
        | ColumnType::Integer
        | ColumnType::BigInt
        | ColumnType::Decimal { .. } => SEVERAL_FIELDS.contains(&code),
        ColumnType::IntervalYearMonth => {
            let approximate = [c::BIT, c::FLOAT, c::DOUBLE].contains(&code);
            NUMBERS.contains(&code) && !approximate
        }
        _ => false,
    }
}

#[test]
fn every_pair_converts_or_is_refused_as_the_tables_say() {
    for (name, cell, supported) in rows() {
        for code in ALL_C_TYPES {
            let expected = match code {
                c::CHAR | c::WCHAR | c::BINARY => "",
                code if supported.contains(&code) => "",
                code if overflows(cell.column, code) => "22015",
                _ => "07006",
            };
            assert_eq!(state(&cell, code), expected, "{name} to {code}");
        }
    }
}

/// Every line of the tables that depends on the buffer's length: value, C type, buffer, state.
#[test]
fn buffers_that_are_too_short_have_the_states_of_the_tables() {
    // 2024-02-29 13:45:07.25
    let moment = timestamp(1_709_214_307_250_000);
    let id = guid("00112233-4455-6677-8899-aabbccddeeff");
    let lines: &[(&Cell, i16, usize, &str)] = &[
        (&text("abcd"), c::CHAR, 5, ""),
        (&text("abcd"), c::CHAR, 4, "01004"),
        (&text("abcd"), c::WCHAR, 10, ""),
        (&text("abcd"), c::WCHAR, 8, "01004"),
        (&text("abcd"), c::BINARY, 4, ""),
        (&text("abcd"), c::BINARY, 3, "01004"),
        (&decimal(-12345, 10, 2), c::CHAR, 8, ""),
        (&decimal(-12345, 10, 2), c::CHAR, 7, "01004"),
        (&decimal(-12345, 10, 2), c::CHAR, 4, "22003"),
        (&decimal(-12345, 10, 2), c::WCHAR, 16, ""),
        (&decimal(-12345, 10, 2), c::WCHAR, 14, "01004"),
        (&decimal(-12345, 10, 2), c::WCHAR, 8, "22003"),
        (&bigint(7), c::BINARY, 8, ""),
        (&bigint(7), c::BINARY, 7, "22003"),
        (&bit(true), c::CHAR, 2, ""),
        (&bit(true), c::CHAR, 1, "22003"),
        (&binary(&[1, 2]), c::CHAR, 5, ""),
        (&binary(&[1, 2]), c::CHAR, 4, "01004"),
        (&binary(&[1, 2]), c::WCHAR, 10, ""),
        (&binary(&[1, 2]), c::WCHAR, 9, "01004"),
        (&binary(&[1, 2]), c::BINARY, 2, ""),
        (&binary(&[1, 2]), c::BINARY, 1, "01004"),
        (&date(0), c::CHAR, 11, ""),
        (&date(0), c::CHAR, 10, "22003"),
        (&date(0), c::BINARY, 6, ""),
        (&date(0), c::BINARY, 5, "22003"),
        (&time(500_000), c::CHAR, 16, ""),
        (&time(500_000), c::CHAR, 9, "01004"),
        (&time(500_000), c::CHAR, 8, "22003"),
        (&moment, c::CHAR, 27, ""),
        (&moment, c::CHAR, 20, "01004"),
        (&moment, c::CHAR, 19, "22003"),
        (&moment, c::WCHAR, 40, "01004"),
        (&moment, c::WCHAR, 38, "22003"),
        (&moment, c::BINARY, 15, "22003"),
        (&id, c::CHAR, 37, ""),
        (&id, c::CHAR, 36, "22003"),
        (&id, c::WCHAR, 72, "22003"),
        (&id, c::BINARY, 16, ""),
        (&id, c::BINARY, 15, "22003"),
        (&months(30), c::CHAR, 5, ""),
        (&months(30), c::BINARY, 28, ""),
        (&months(30), c::BINARY, 27, "22003"),
        (&day_time(1, 500_000_000), c::CHAR, 18, ""),
        (&day_time(1, 500_000_000), c::CHAR, 11, "01004"),
        (&day_time(1, 500_000_000), c::CHAR, 10, "22003"),
    ];
    for (line, (cell, code, capacity, expected)) in lines.iter().enumerate() {
        let got = read_into(cell, target(*code), *capacity);
        assert_eq!(got.state, *expected, "line {line}: {code} of {capacity}");
    }
}

#[test]
fn text_converts_to_every_type_that_it_is_a_literal_of() {
    let literals: [(&str, &[i16]); 7] = [
        (" 1 ", &NUMBERS),
        ("2024-02-29", &DATE),
        ("13:45:07", &TIME_OF_DAY),
        ("2024-02-29 13:45:07", &MOMENT),
        ("00112233-4455-6677-8899-AABBCCDDEEFF", &[c::GUID]),
        ("1-0", &YEAR_MONTH),
        ("1 00:00:00", &DAY_TIME),
    ];
    for (literal, codes) in literals {
        for code in codes {
            assert_eq!(state(&text(literal), *code), "", "{literal} to {code}");
        }
    }
    for code in ALL_C_TYPES {
        let expected = if matches!(code, c::CHAR | c::WCHAR | c::BINARY) {
            ""
        } else {
            "22018"
        };
        assert_eq!(state(&text("no literal"), code), expected, "{code}");
    }
}

#[test]
fn values_have_the_size_of_their_c_type() {
    for (name, cell, supported) in rows() {
        for code in supported {
            let got = read(&cell, code);
            assert_eq!(Some(got.length), target(code).size(), "{name} to {code}");
            assert_eq!(got.bytes.len(), got.length);
        }
    }
}

#[test]
fn every_integer_type_holds_its_whole_range() {
    let ranges: [(i16, i128, i128); 8] = [
        (c::STINYINT, i8::MIN.into(), i8::MAX.into()),
        (c::UTINYINT, 0, u8::MAX.into()),
        (c::SSHORT, i16::MIN.into(), i16::MAX.into()),
        (c::USHORT, 0, u16::MAX.into()),
        (c::SLONG, i32::MIN.into(), i32::MAX.into()),
        (c::ULONG, 0, u32::MAX.into()),
        (c::SBIGINT, i64::MIN.into(), i64::MAX.into()),
        (c::UBIGINT, 0, u64::MAX.into()),
    ];
    for (code, lowest, highest) in ranges {
        for (value, expected) in [
            (lowest, ""),
            (highest, ""),
            (lowest - 1, "22003"),
            (highest + 1, "22003"),
        ] {
            assert_eq!(
                state(&decimal(value, 38, 0), code),
                expected,
                "{value} to {code}"
            );
            assert_eq!(
                state(&text(&value.to_string()), code),
                expected,
                "{value} to {code}"
            );
            if let Ok(value) = i64::try_from(value) {
                assert_eq!(state(&bigint(value), code), expected, "{value} to {code}");
            }
        }
    }
}
