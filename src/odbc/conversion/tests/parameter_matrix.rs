//! Every C type to every SQL type: which pairs exist.

use super::parameters::{parameter, stamp, value, words_of};
use crate::odbc::constants::{c_type as c, sql_type as s};

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
            match supported.contains(sql_type) {
                true => assert!(got.is_ok(), "{code} to {sql_type}: {got:?}"),
                false => assert_eq!(got, Err("07006"), "{code} to {sql_type}"),
            }
            let short = value(code, parameter(*sql_type), &bytes[1..]);
            assert_eq!(short, Err("22003"), "{code} to {sql_type}, a byte short");
        }
        assert_eq!(value(code, parameter(107), &bytes), Err("HYC00"));
    }
}
