//! Parameters: C types to values of the engine.

use super::support::{shorts, target};
use crate::odbc::constants::{c_type as c, sql_type as s};
use crate::odbc::conversion::{ParameterType, Target, to_value};
use crate::odbc::text::Form;
use exchange_sql::Value;
use proptest::prelude::*;

pub fn parameter(sql_type: i16) -> ParameterType {
    ParameterType {
        sql_type,
        column_size: 0,
        decimal_digits: 0,
        zone: exchange_sql::Zone::UTC,
    }
}

pub fn sized(sql_type: i16, column_size: usize, decimal_digits: i16) -> ParameterType {
    ParameterType {
        sql_type,
        column_size,
        decimal_digits,
        zone: exchange_sql::Zone::UTC,
    }
}

/// The value, or the SQLSTATE.
pub fn value(code: i16, parameter: ParameterType, bytes: &[u8]) -> Result<Value, &'static str> {
    to_value(target(code), parameter, bytes).map_err(|error| error.state().code)
}

fn of_text(text: &str, parameter: ParameterType) -> Result<Value, &'static str> {
    value(c::CHAR, parameter, text.as_bytes())
}

pub fn stamp(parts: [u16; 6], nanoseconds: u32) -> Vec<u8> {
    let mut bytes: Vec<u8> = parts.iter().flat_map(|part| part.to_ne_bytes()).collect();
    bytes.extend(nanoseconds.to_ne_bytes());
    bytes
}

pub fn words_of(words: [u16; 3]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_ne_bytes()).collect()
}

#[test]
fn text_keeps_its_characters() {
    let expected = Ok(Value::Text("é漢😀".into()));
    let wide: Vec<u8> = "é漢😀".encode_utf16().flat_map(u16::to_ne_bytes).collect();
    let four: Vec<u8> = "é漢😀"
        .chars()
        .flat_map(|c| u32::from(c).to_ne_bytes())
        .collect();
    assert_eq!(of_text("é漢😀", parameter(s::VARCHAR)), expected);
    assert_eq!(value(c::WCHAR, parameter(s::WVARCHAR), &wide), expected);
    let utf32 = to_value(Target::Text(Form::Utf32), parameter(s::WVARCHAR), &four);
    assert_eq!(utf32.map_err(|error| error.state().code), expected);
}

#[test]
fn invalid_encodings_are_22018() {
    assert_eq!(value(c::CHAR, parameter(s::VARCHAR), &[0xC3]), Err("22018"));
    assert_eq!(
        value(c::WCHAR, parameter(s::VARCHAR), &0xD800_u16.to_ne_bytes()),
        Err("22018")
    );
    assert_eq!(
        value(c::WCHAR, parameter(s::VARCHAR), &[b'a', 0, b'b']),
        Err("22018")
    );
    let beyond = to_value(Target::Text(Form::Utf32), parameter(s::VARCHAR), &[0xFF; 4]);
    assert_eq!(beyond.unwrap_err().state().code, "22018");
}

#[test]
fn longer_than_declared_is_22001() {
    assert_eq!(of_text("abc", sized(s::VARCHAR, 2, 0)), Err("22001"));
    assert_eq!(
        of_text("abc", sized(s::VARCHAR, 3, 0)),
        Ok(Value::Text("abc".into()))
    );
    assert_eq!(
        of_text("éé", sized(s::VARCHAR, 2, 0)),
        Ok(Value::Text("éé".into()))
    );
    assert_eq!(
        value(c::BINARY, sized(s::VARBINARY, 2, 0), &[1, 2, 3]),
        Err("22001")
    );
    assert_eq!(
        value(c::SLONG, sized(s::VARCHAR, 2, 0), &123_i32.to_ne_bytes()),
        Err("22001")
    );
}

#[test]
fn numbers_must_fit() {
    let long = |number: i32, sql_type| value(c::SLONG, parameter(sql_type), &number.to_ne_bytes());
    assert_eq!(long(127, s::TINYINT), Ok(Value::Integer(127)));
    assert_eq!(long(128, s::TINYINT), Err("22003"));
    assert_eq!(long(-32_769, s::SMALLINT), Err("22003"));
    assert_eq!(long(2, s::BIT), Err("22003"));
    assert_eq!(long(1, s::BIT), Ok(Value::Bit(true)));
    let unsigned = u64::MAX.to_ne_bytes();
    assert_eq!(
        value(c::UBIGINT, parameter(s::BIGINT), &unsigned),
        Err("22003")
    );
    assert_eq!(
        value(c::UBIGINT, parameter(s::DECIMAL), &unsigned),
        Ok(Value::Decimal {
            unscaled: u64::MAX.into(),
            scale: 0
        })
    );
    assert_eq!(
        value(c::DOUBLE, parameter(s::REAL), &1e300_f64.to_ne_bytes()),
        Err("22003")
    );
}

#[test]
fn text_may_not_lose_digits_but_numbers_may_lose_fractions() {
    assert_eq!(
        of_text(" 12.0 ", parameter(s::INTEGER)),
        Ok(Value::Integer(12))
    );
    assert_eq!(of_text("12.5", parameter(s::INTEGER)), Err("22001"));
    assert_eq!(of_text("twelve", parameter(s::INTEGER)), Err("22018"));
    assert_eq!(of_text("99999999999", parameter(s::INTEGER)), Err("22001"));
    assert_eq!(of_text("0.5", parameter(s::BIT)), Err("22001"));
    assert_eq!(of_text("1e400", parameter(s::DOUBLE)), Err("22003"));
    let double = 12.5_f64.to_ne_bytes();
    assert_eq!(
        value(c::DOUBLE, parameter(s::INTEGER), &double),
        Ok(Value::Integer(12))
    );
}

#[test]
fn decimals_get_the_declared_scale() {
    let decimal = |unscaled, scale| Ok(Value::Decimal { unscaled, scale });
    assert_eq!(of_text("1.5", sized(s::DECIMAL, 5, 2)), decimal(150, 2));
    assert_eq!(of_text("1.555", sized(s::DECIMAL, 5, 2)), Err("22001"));
    assert_eq!(of_text("1234.5", sized(s::DECIMAL, 5, 2)), Err("22001"));
    assert_eq!(of_text("-1.250", parameter(s::NUMERIC)), decimal(-125, 2));
    assert_eq!(of_text("1e3", parameter(s::NUMERIC)), decimal(1000, 0));
    let double = 0.1_f64.to_ne_bytes();
    assert_eq!(
        value(c::DOUBLE, sized(s::DECIMAL, 5, 2), &double),
        decimal(10, 2)
    );
    assert_eq!(
        value(c::DOUBLE, parameter(s::DECIMAL), &double),
        decimal(1, 1)
    );
    // The scale of the record is 2 in these tests.
    let numeric = [&[5, 0, 0, 0x39, 0x30][..], &[0; 14]].concat();
    assert_eq!(
        value(c::NUMERIC, parameter(s::DECIMAL), &numeric),
        decimal(-12345, 2)
    );
    assert_eq!(
        value(c::NUMERIC, sized(s::DECIMAL, 9, 1), &numeric),
        decimal(-1234, 1)
    );
}

#[test]
fn dates_and_times_must_exist_and_must_not_lose_parts() {
    let date = words_of([2024, 2, 29]);
    assert_eq!(
        value(c::TYPE_DATE, parameter(91), &date),
        Ok(Value::Date(19_782))
    );
    assert_eq!(
        value(c::DATE2, parameter(9), &date),
        Ok(Value::Date(19_782))
    );
    let midnight = Value::Timestamp(19_782 * 86_400_000_000);
    assert_eq!(value(c::TYPE_DATE, parameter(93), &date), Ok(midnight));
    assert_eq!(
        value(c::TYPE_DATE, parameter(91), &words_of([2023, 2, 29])),
        Err("22007")
    );
    assert_eq!(
        value(c::TYPE_DATE, parameter(s::VARCHAR), &words_of([0, 0, 0])),
        Err("22008")
    );
    assert_eq!(
        value(c::TYPE_TIME, parameter(92), &words_of([24, 0, 0])),
        Err("22007")
    );
    let with_time = stamp([2024, 2, 29, 13, 45, 7], 0);
    assert_eq!(
        value(c::TYPE_TIMESTAMP, parameter(91), &with_time),
        Err("22008")
    );
    assert_eq!(of_text("2024-02-29 13:45:07", parameter(91)), Err("22008"));
    assert_eq!(
        of_text("2024-02-29T00:00:00Z", parameter(91)),
        Ok(Value::Date(19_782))
    );
    let undated = stamp([0, 0, 0, 0, 0, 1], 500_000_000);
    assert_eq!(
        value(c::TYPE_TIMESTAMP, parameter(92), &undated),
        Ok(Value::Time(1_500_000))
    );
    assert_eq!(
        value(c::TYPE_TIMESTAMP, parameter(93), &undated),
        Err("22007")
    );
    let too_fine = stamp([1970, 1, 1, 0, 0, 0], 1_234_567);
    assert_eq!(
        value(c::TYPE_TIMESTAMP, parameter(93), &too_fine),
        Ok(Value::Timestamp(1_234))
    );
}

#[test]
fn moments_become_text() {
    let whole = stamp([2024, 2, 29, 13, 45, 7], 0);
    let text = |text: &str| Ok(Value::Text(text.into()));
    assert_eq!(
        value(c::TYPE_TIMESTAMP, parameter(s::VARCHAR), &whole),
        text("2024-02-29 13:45:07")
    );
    let fraction = stamp([2024, 2, 29, 13, 45, 7], 5_000_000);
    assert_eq!(
        value(c::TYPE_TIMESTAMP, parameter(s::VARCHAR), &fraction),
        text("2024-02-29 13:45:07.005000")
    );
    let time = words_of([13, 45, 7]);
    assert_eq!(shorts(&time), [13, 45, 7]);
    assert_eq!(
        value(c::TYPE_TIME, parameter(s::CHAR), &time),
        text("13:45:07")
    );
}

#[test]
fn intervals_become_text_or_the_number_of_their_only_field() {
    let mut interval = [0_u8; 28];
    interval[4..6].copy_from_slice(&1_i16.to_ne_bytes());
    interval[8..12].copy_from_slice(&2_u32.to_ne_bytes());
    interval[12..16].copy_from_slice(&3_u32.to_ne_bytes());
    let text = |code| value(code, parameter(s::VARCHAR), &interval);
    assert_eq!(text(107), Ok(Value::Text("-2-03".into())));
    assert_eq!(text(101), Ok(Value::Text("-2".into())));
    assert_eq!(text(108), Ok(Value::Text("-2 03".into())));
    assert_eq!(text(110), Ok(Value::Text("-2 03:00:00".into())));
    assert_eq!(
        value(103, parameter(s::INTEGER), &interval),
        Ok(Value::Integer(-2))
    );
    assert_eq!(value(107, parameter(s::INTEGER), &interval), Err("07006"));
}

#[test]
fn binary_data_is_read_as_the_c_type_of_the_sql_type() {
    assert_eq!(
        value(c::BINARY, parameter(s::VARBINARY), &[1, 2]),
        Ok(Value::Binary(vec![1, 2]))
    );
    let seven = 7_i32.to_ne_bytes();
    assert_eq!(
        value(c::BINARY, parameter(s::INTEGER), &seven),
        Ok(Value::Integer(7))
    );
    assert_eq!(
        value(c::BINARY, parameter(s::INTEGER), &seven[1..]),
        Err("22003")
    );
    assert_eq!(
        value(c::BINARY, parameter(s::VARCHAR), b"ab"),
        Ok(Value::Text("ab".into()))
    );
    assert_eq!(
        value(c::BINARY, parameter(s::VARCHAR), &[0xFF]),
        Err("22018")
    );
    assert_eq!(
        of_text("00fF1", parameter(s::BINARY)),
        Ok(Value::Binary(vec![0, 255]))
    );
    assert_eq!(of_text("0g", parameter(s::BINARY)), Err("22018"));
}

#[test]
fn guids_are_written_in_lower_case() {
    let text = "00112233-4455-6677-8899-AABBCCDDEEFF";
    let expected = Ok(Value::Text(text.to_lowercase()));
    assert_eq!(
        of_text(&format!("{{{text}}}"), parameter(s::GUID)),
        expected
    );
    assert_eq!(of_text("no guid", parameter(s::GUID)), Err("22018"));
    let bytes = [
        0x33, 0x22, 0x11, 0, 0x55, 0x44, 0x77, 0x66, 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF,
    ];
    if cfg!(target_endian = "little") {
        assert_eq!(value(c::GUID, parameter(s::VARCHAR), &bytes), expected);
    }
}

#[test]
fn without_an_sql_type_a_value_stays_what_it_is() {
    assert_eq!(
        value(c::SLONG, parameter(0), &5_i32.to_ne_bytes()),
        Ok(Value::Integer(5))
    );
    assert_eq!(of_text("x", parameter(0)), Ok(Value::Text("x".into())));
    assert_eq!(
        value(c::BINARY, parameter(0), &[1]),
        Ok(Value::Binary(vec![1]))
    );
    assert_eq!(value(c::BIT, parameter(0), &[2]), Err("22003"));
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..30), size in 0_usize..12, digits in -3_i16..12) {
        let sizes = [1, 2, 4, 6, 8, 16, 19, 28, bytes.len()];
        let padded = [bytes.as_slice(), &[0; 28]].concat();
        for code in (-28..=12).chain(91..=93).chain(101..=113) {
            let refinement = Default::default();
            let Some(source) = Target::new(code, refinement, Default::default()) else { continue };
            for sql_type in (-11..=12).chain(91..=93).chain(101..=113) {
                for length in sizes {
                    let _ = to_value(source, sized(sql_type, size, digits), &padded[..length]);
                }
            }
        }
    }

    #[test]
    fn timestamps_survive(value_in in -62_135_596_800_000_000_i64..=253_402_300_799_999_999) {
        let bytes = super::support::read(&super::support::timestamp(value_in), c::TYPE_TIMESTAMP).bytes;
        prop_assert_eq!(value(c::TYPE_TIMESTAMP, parameter(93), &bytes), Ok(Value::Timestamp(value_in)));
    }

    #[test]
    fn integers_of_every_type_survive(number in any::<i64>()) {
        let value = value(c::SBIGINT, parameter(s::BIGINT), &number.to_ne_bytes());
        prop_assert_eq!(value, Ok(Value::Integer(number)));
    }
}
