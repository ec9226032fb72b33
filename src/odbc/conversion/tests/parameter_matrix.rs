//! Every C type to every SQL type: the existing pairs.

use super::parameters::{parameter, sized, stamp, value, words_of};
use super::support::target;
use crate::odbc::constants::{c_type as c, sql_type as s};
use crate::odbc::conversion::supported;

/// A value of every C type, and the SQL types that it converts to.
#[test]
fn every_pair_converts_or_is_refused_as_the_tables_say() {
    const TEXTS: [i16; 6] = [
        s::CHAR,
        s::VARCHAR,
        s::LONGVARCHAR,
        s::WCHAR,
        s::WVARCHAR,
        s::WLONGVARCHAR,
    ];
    const NUMBERS: [i16; 9] = [
        s::TINYINT,
        s::SMALLINT,
        s::INTEGER,
        s::BIGINT,
        s::DECIMAL,
        s::NUMERIC,
        s::REAL,
        s::FLOAT,
        s::DOUBLE,
    ];
    const BINARIES: [i16; 3] = [s::BINARY, s::VARBINARY, s::LONGVARBINARY];
    let numeric = [&TEXTS[..], &NUMBERS, &[s::BIT]].concat();
    let exact = [&TEXTS[..], &NUMBERS[..6]].concat();
    let moments = |kinds: &[i16]| [&TEXTS[..], kinds].concat();
    let mut interval = [0_u8; 28];
    interval[8] = 1;
    let rows: Vec<(i16, Vec<u8>, Vec<i16>)> = vec![
        (c::BIT, vec![1], numeric.clone()),
        (c::STINYINT, vec![1], numeric.clone()),
        (c::UTINYINT, vec![1], numeric.clone()),
        (c::SSHORT, 1_i16.to_ne_bytes().to_vec(), numeric.clone()),
        (c::USHORT, 1_i16.to_ne_bytes().to_vec(), numeric.clone()),
        (c::SLONG, 1_i32.to_ne_bytes().to_vec(), numeric.clone()),
        (c::ULONG, 1_i32.to_ne_bytes().to_vec(), numeric.clone()),
        (c::SBIGINT, 1_i64.to_ne_bytes().to_vec(), numeric.clone()),
        (c::UBIGINT, 1_i64.to_ne_bytes().to_vec(), numeric.clone()),
        (c::FLOAT, 1_f32.to_ne_bytes().to_vec(), numeric.clone()),
        (c::DOUBLE, 1_f64.to_ne_bytes().to_vec(), numeric.clone()),
        (
            c::NUMERIC,
            [&[1, 0, 1, 100][..], &[0; 15]].concat(),
            numeric,
        ),
        (
            c::TYPE_DATE,
            words_of([2024, 2, 29]),
            moments(&[91, 93, s::DATE2, s::TIMESTAMP2]),
        ),
        (
            c::TYPE_TIME,
            words_of([13, 45, 7]),
            moments(&[92, 93, s::TIME2, s::TIMESTAMP2]),
        ),
        (
            c::TYPE_TIMESTAMP,
            stamp([2024, 2, 29, 0, 0, 0], 0),
            moments(&[91, 92, 93, s::DATE2, s::TIME2, s::TIMESTAMP2]),
        ),
        (c::GUID, vec![7; 16], [&TEXTS[..], &[s::GUID]].concat()),
        (103, interval.to_vec(), exact),
        (110, interval.to_vec(), TEXTS.to_vec()),
    ];
    let all = [
        &TEXTS[..],
        &NUMBERS,
        &BINARIES,
        &[s::BIT, s::GUID, 91, 92, 93, 9, 10, 11],
    ]
    .concat();
    for (code, bytes, supported) in rows {
        for sql_type in &all {
            let got = value(code, parameter(*sql_type), &bytes);
            let known = supported::to_sql(target(code), *sql_type);
            assert_eq!(known, supported.contains(sql_type), "{code} to {sql_type}");
            match known {
                true => assert!(got.is_ok(), "{code} to {sql_type}: {got:?}"),
                false => assert_eq!(got, Err("07006"), "{code} to {sql_type}"),
            }
            let short = value(code, parameter(*sql_type), &bytes[1..]);
            assert_eq!(short, Err("22003"), "{code} to {sql_type}, a byte short");
        }
        assert_eq!(value(code, parameter(107), &bytes), Err("HYC00"));
    }
}

/// Every line of the tables that depends on the value: C type, value, SQL type, its size and
/// digits, state.
#[test]
fn values_that_do_not_fit_have_the_states_of_the_tables() {
    type Line<'a> = (i16, &'a [u8], i16, usize, i16, &'a str);
    let half = 0.5_f64.to_ne_bytes();
    let two = 2.5_f64.to_ne_bytes();
    let huge = 1e300_f64.to_ne_bytes();
    let long = 12345_i32.to_ne_bytes();
    let date = words_of([2024, 2, 29]);
    let no_date = words_of([2023, 2, 29]);
    let time = words_of([13, 45, 7]);
    let no_time = words_of([24, 0, 0]);
    let whole = stamp([2024, 2, 29, 13, 45, 7], 0);
    let midnight = stamp([2024, 2, 29, 0, 0, 0], 0);
    let fraction = stamp([2024, 2, 29, 13, 45, 7], 500_000_000);
    let no_moment = stamp([2024, 13, 1, 0, 0, 0], 0);
    let years = |kind: i32, years: u32| {
        let mut bytes = [0_u8; 28];
        bytes[..4].copy_from_slice(&kind.to_ne_bytes());
        bytes[8..12].copy_from_slice(&years.to_ne_bytes());
        bytes
    };
    let lines: &[Line<'_>] = &[
        (c::CHAR, b"abc", s::VARCHAR, 3, 0, ""),
        (c::CHAR, b"abc", s::VARCHAR, 2, 0, "22001"),
        (c::CHAR, b"abc", s::WVARCHAR, 2, 0, "22001"),
        (c::CHAR, b"1.50", s::DECIMAL, 5, 1, ""),
        (c::CHAR, b"1.55", s::DECIMAL, 5, 1, "22001"),
        (c::CHAR, b"12345", s::DECIMAL, 4, 0, "22001"),
        (c::CHAR, b"300", s::TINYINT, 0, 0, "22001"),
        (c::CHAR, b"x", s::BIGINT, 0, 0, "22018"),
        (c::CHAR, b"1e39", s::REAL, 0, 0, "22003"),
        (c::CHAR, b"1e400", s::DOUBLE, 0, 0, "22003"),
        (c::CHAR, b"x", s::DOUBLE, 0, 0, "22018"),
        (c::CHAR, b"1", s::BIT, 0, 0, ""),
        (c::CHAR, b"0.5", s::BIT, 0, 0, "22001"),
        (c::CHAR, b"2", s::BIT, 0, 0, "22003"),
        (c::CHAR, b"x", s::BIT, 0, 0, "22018"),
        (c::CHAR, b"0102", s::VARBINARY, 2, 0, ""),
        (c::CHAR, b"010203", s::VARBINARY, 2, 0, "22001"),
        (c::CHAR, b"xy", s::VARBINARY, 2, 0, "22018"),
        (c::CHAR, b"2024-02-29", 91, 0, 0, ""),
        (c::CHAR, b"2024-02-29 00:00:00", 91, 0, 0, ""),
        (c::CHAR, b"2024-02-29 00:00:01", 91, 0, 0, "22008"),
        (c::CHAR, b"13:45:07", 91, 0, 0, "22018"),
        (c::CHAR, b"2024-02-29 13:45:07", 92, 0, 0, ""),
        (c::CHAR, b"2024-02-29 13:45:07.0000001", 92, 0, 0, "22008"),
        (c::CHAR, b"2024-02-29", 92, 0, 0, "22018"),
        (c::CHAR, b"2024-02-29 13:45:07.5", 93, 0, 0, ""),
        (c::CHAR, b"2024-02-29 13:45:07.1234567", 93, 0, 0, "22008"),
        (c::CHAR, b"2024-02-29", 93, 0, 0, ""),
        (c::CHAR, b"13:45:07", 93, 0, 0, ""),
        (c::CHAR, b"x", 93, 0, 0, "22018"),
        (c::SLONG, &long, s::VARCHAR, 5, 0, ""),
        (c::SLONG, &long, s::VARCHAR, 4, 0, "22001"),
        (c::DOUBLE, &two, s::SMALLINT, 0, 0, ""),
        (c::SLONG, &long, s::TINYINT, 0, 0, "22003"),
        (c::SLONG, &long, s::DECIMAL, 4, 0, "22003"),
        (c::DOUBLE, &huge, s::REAL, 0, 0, "22003"),
        (c::DOUBLE, &half, s::BIT, 0, 0, "22001"),
        (c::DOUBLE, &two, s::BIT, 0, 0, "22003"),
        (c::BINARY, b"abc", s::VARCHAR, 2, 0, "22001"),
        (c::BINARY, b"abc", s::VARBINARY, 2, 0, "22001"),
        (c::BINARY, &long, s::INTEGER, 0, 0, ""),
        (c::BINARY, &long[1..], s::INTEGER, 0, 0, "22003"),
        (c::BINARY, &whole[1..], 93, 0, 0, "22003"),
        (c::TYPE_DATE, &date, s::VARCHAR, 10, 0, ""),
        (c::TYPE_DATE, &date, s::VARCHAR, 9, 0, "22001"),
        (c::TYPE_DATE, &no_date, s::VARCHAR, 10, 0, "22008"),
        (c::TYPE_DATE, &no_date, 91, 0, 0, "22007"),
        (c::TYPE_DATE, &no_date, 93, 0, 0, "22007"),
        (c::TYPE_TIME, &time, s::VARCHAR, 8, 0, ""),
        (c::TYPE_TIME, &time, s::VARCHAR, 7, 0, "22001"),
        (c::TYPE_TIME, &no_time, s::VARCHAR, 8, 0, "22008"),
        (c::TYPE_TIME, &no_time, 92, 0, 0, "22007"),
        (c::TYPE_TIME, &no_time, 93, 0, 0, "22007"),
        (c::TYPE_TIMESTAMP, &whole, s::VARCHAR, 19, 0, ""),
        (c::TYPE_TIMESTAMP, &whole, s::VARCHAR, 18, 0, "22001"),
        (c::TYPE_TIMESTAMP, &fraction, s::VARCHAR, 19, 0, "22001"),
        (c::TYPE_TIMESTAMP, &no_moment, s::VARCHAR, 30, 0, "22008"),
        (c::TYPE_TIMESTAMP, &midnight, 91, 0, 0, ""),
        (c::TYPE_TIMESTAMP, &whole, 91, 0, 0, "22008"),
        (c::TYPE_TIMESTAMP, &no_moment, 91, 0, 0, "22007"),
        (c::TYPE_TIMESTAMP, &no_moment, 93, 0, 0, "22007"),
        (c::GUID, &[7; 16], s::CHAR, 36, 0, ""),
        (c::GUID, &[7; 16], s::CHAR, 35, 0, "22001"),
        (101, &years(1, 7), s::VARCHAR, 1, 0, ""),
        (101, &years(1, 70), s::VARCHAR, 1, 0, "22001"),
        (101, &years(1, 70), s::TINYINT, 0, 0, ""),
        (101, &years(1, 700), s::TINYINT, 0, 0, "22003"),
    ];
    for (line, (code, bytes, sql_type, size, digits, expected)) in lines.iter().enumerate() {
        let got = value(*code, sized(*sql_type, *size, *digits), bytes);
        let found = got.err().unwrap_or_default();
        assert_eq!(found, *expected, "line {line}: {code} to {sql_type}");
    }
}
