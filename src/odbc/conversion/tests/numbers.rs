//! Numbers to numbers and to text, and text to numbers.

use super::support::*;
use crate::odbc::constants::c_type;
use proptest::prelude::*;

#[test]
fn fractions_are_cut_off_with_a_warning() {
    assert_eq!(long(&double(-1.9)), (-1, "01S07"));
    assert_eq!(long(&real(2.5)), (2, "01S07"));
    assert_eq!(long(&decimal(-1999, 10, 3)), (-1, "01S07"));
    assert_eq!(long(&decimal(2000, 10, 3)), (2, ""));
    assert_eq!(long(&text("12.50")), (12, "01S07"));
    assert_eq!(long(&text(" 12.00 ")), (12, ""));
    assert_eq!(long(&text("-.5")), (0, "01S07"));
    assert_eq!(long(&text("1.2345E2")), (123, "01S07"));
    assert_eq!(long(&text("+5e-1")), (0, "01S07"));
}

#[test]
fn what_does_not_fit_is_22003() {
    for value in [
        2_147_483_648.0,
        -2_147_483_649.0,
        f64::NAN,
        f64::INFINITY,
        1e300,
    ] {
        assert_eq!(long(&double(value)).1, "22003", "{value}");
    }
    assert_eq!(
        long(&text("99999999999999999999999999999999999999999999")).1,
        "22003"
    );
    assert_eq!(long(&text("1e2147483648")).1, "22003");
    assert_eq!(long(&text("0e99999999999")), (0, ""));
    assert_eq!(long(&text("1e-99999999999")), (0, "01S07"));
    assert_eq!(as_double(&text("1e400")).1, "22003");
    assert_eq!(state(&double(1e300), c_type::FLOAT), "22003");
    assert_eq!(state(&text("1e39"), c_type::FLOAT), "22003");
}

#[test]
fn text_that_is_no_number_is_22018() {
    for value in [
        "", " ", "abc", "1x", "0x10", "1e", "1e+", ".", "-", "--1", "NaN", "inf", "1 2", "1_0",
    ] {
        assert_eq!(long(&text(value)).1, "22018", "{value}");
        assert_eq!(as_double(&text(value)).1, "22018", "{value}");
        assert_eq!(state(&text(value), c_type::BIT), "22018", "{value}");
        assert_eq!(state(&text(value), c_type::NUMERIC), "22018", "{value}");
    }
}

#[test]
fn integers_in_text_do_not_pass_through_a_double() {
    let (bytes, state) = fixed(&text("9007199254740993"), c_type::SBIGINT);
    assert_eq!(
        (i64::from_ne_bytes(bytes), state),
        (9_007_199_254_740_993, "")
    );
    let (bytes, state) = fixed(&text("18446744073709551615.0"), c_type::UBIGINT);
    assert_eq!((u64::from_ne_bytes(bytes), state), (u64::MAX, ""));
}

#[test]
fn numbers_are_rounded_to_floats_once() {
    // Just above the middle between two floats, but as a double just on it.
    const VALUE: i64 = (1 << 53) + (1 << 29) + 1;
    let expected = ((1_i64 << 53) + (1 << 30)) as f32;
    for cell in [
        bigint(VALUE),
        decimal(i128::from(VALUE) * 10, 38, 1),
        text(&VALUE.to_string()),
    ] {
        let (bytes, state) = fixed(&cell, c_type::FLOAT);
        assert_eq!((f32::from_ne_bytes(bytes), state), (expected, ""));
    }
}

#[test]
fn a_bit_is_0_or_1() {
    let bit = |cell: &Cell| {
        let (bytes, state) = fixed::<1>(cell, c_type::BIT);
        (bytes[0], state)
    };
    for (value, expected) in [
        ("0", (0, "")),
        ("1", (1, "")),
        ("1.0", (1, "")),
        ("1.9", (1, "01S07")),
        ("0.5", (0, "01S07")),
    ] {
        assert_eq!(bit(&text(value)), expected, "{value}");
        assert_eq!(bit(&double(value.parse().unwrap())), expected, "{value}");
    }
    for value in ["2", "-1", "-0.5", "1e30"] {
        assert_eq!(bit(&text(value)).1, "22003", "{value}");
        assert_eq!(bit(&double(value.parse().unwrap())).1, "22003", "{value}");
    }
    assert_eq!(bit(&decimal(-5, 5, 1)).1, "22003");
    assert_eq!(bit(&real(-0.5)).1, "22003");
    assert_eq!(bit(&text("-0.0")), (0, ""));
    assert_eq!(bit(&integer(1)), (1, ""));
    assert_eq!(bit(&integer(2)).1, "22003");
}

#[test]
fn numeric_structures_take_precision_and_scale_of_the_record() {
    let numeric = |cell: &Cell| {
        let (bytes, state) = fixed::<19>(cell, c_type::NUMERIC);
        let magnitude = u128::from_le_bytes(bytes[3..].try_into().unwrap());
        ((bytes[0], bytes[1], bytes[2], magnitude), state)
    };
    assert_eq!(numeric(&integer(-5)), ((38, 2, 0, 500), ""));
    assert_eq!(numeric(&decimal(12345, 10, 3)), ((38, 2, 1, 1234), "01S07"));
    assert_eq!(numeric(&double(0.1)), ((38, 2, 1, 10), ""));
    assert_eq!(numeric(&real(0.1)), ((38, 2, 1, 10), ""));
    assert_eq!(numeric(&bit(true)), ((38, 2, 1, 100), ""));
    assert_eq!(numeric(&text("-1.5")), ((38, 2, 0, 150), ""));
    assert_eq!(numeric(&double(1e37)).1, "22003");
    assert_eq!(numeric(&double(f64::NAN)).1, "22003");
    assert_eq!(numeric(&decimal(10_i128.pow(37), 38, 0)).1, "22003");
}

#[test]
fn numbers_are_shown_plainly() {
    let shown_as = [
        (bit(false), "0"),
        (bit(true), "1"),
        (tinyint(-128), "-128"),
        (bigint(i64::MIN), "-9223372036854775808"),
        (decimal(-5, 10, 3), "-0.005"),
        (decimal(123_450, 10, 3), "123.450"),
        (decimal(0, 10, 2), "0.00"),
        (decimal(12, 10, -3), "12000"),
        (
            decimal(-(10_i128.pow(38) - 1), 38, 38),
            "-0.99999999999999999999999999999999999999",
        ),
        (real(0.1), "0.1"),
        (real(16_777_216.0), "16777216"),
        (real(f32::MAX), "3.4028235E38"),
        (double(0.0), "0"),
        (double(-0.0), "0"),
        (double(12.0), "12"),
        (double(0.1 + 0.2), "0.30000000000000004"),
        (double(-1.5e300), "-1.5E300"),
        (double(1e15), "1.0E15"),
        (double(999_999_999_999_999.0), "999999999999999"),
        (double(1e-5), "0.00001"),
        (double(1e-7), "1.0E-7"),
        (double(-f64::MIN_POSITIVE), "-2.2250738585072014E-308"),
        (double(f64::NAN), "NaN"),
        (double(f64::NEG_INFINITY), "-Infinity"),
    ];
    for (cell, expected) in shown_as {
        assert_eq!(shown(&cell), expected);
    }
}

#[test]
fn whole_digits_need_room_and_fractions_do_not() {
    let into = |cell: &Cell, capacity| {
        let got = read_into(cell, target(c_type::CHAR), capacity);
        (String::from_utf8(got.bytes).unwrap(), got.length, got.state)
    };
    let short = (String::new(), 0, "22003");
    assert_eq!(into(&integer(12345), 5), short);
    assert_eq!(into(&integer(12345), 6), ("12345".into(), 5, ""));
    assert_eq!(into(&decimal(-12345, 10, 2), 4), short);
    assert_eq!(
        into(&decimal(-12345, 10, 2), 5),
        ("-123".into(), 7, "01004")
    );
    assert_eq!(into(&double(1.5e300), 5), short);
    assert_eq!(into(&double(1.25), 3), ("1.".into(), 4, "01004"));
    assert_eq!(into(&bit(true), 1), short);
    // No room at all asks for the length.
    assert_eq!(into(&integer(12345), 0), (String::new(), 5, "01004"));
}

proptest! {
    #[test]
    fn doubles_read_back_as_themselves(bits in any::<u64>()) {
        let value = f64::from_bits(bits);
        prop_assume!(value.is_finite());
        let text_form = shown(&double(value));
        prop_assert!(text_form.len() <= 24, "{}", text_form);
        prop_assert_eq!(as_double(&text(&text_form)), (value, ""));
    }

    #[test]
    fn floats_read_back_as_themselves(bits in any::<u32>()) {
        let value = f32::from_bits(bits);
        prop_assume!(value.is_finite());
        let text_form = shown(&real(value));
        let (bytes, state) = fixed(&text(&text_form), c_type::FLOAT);
        prop_assert_eq!((f32::from_ne_bytes(bytes), state), (value, ""));
    }

    #[test]
    fn integers_read_back_as_themselves(value in any::<i64>()) {
        let (bytes, state) = fixed(&text(&shown(&bigint(value))), c_type::SBIGINT);
        prop_assert_eq!((i64::from_ne_bytes(bytes), state), (value, ""));
    }

    #[test]
    fn decimals_read_back_as_themselves(unscaled in -10_i128.pow(36)..10_i128.pow(36), scale in 0_i8..=2) {
        let text_form = shown(&decimal(unscaled, 38, scale));
        let (bytes, state) = fixed::<19>(&text(&text_form), c_type::NUMERIC);
        let magnitude = u128::from_le_bytes(bytes[3..].try_into().unwrap());
        let factor = 10_u128.pow(2 - scale as u32);
        prop_assume!(unscaled.unsigned_abs() * factor < 10_u128.pow(38));
        prop_assert_eq!((magnitude, state), (unscaled.unsigned_abs() * factor, ""));
        prop_assert_eq!(bytes[2] == 0, unscaled < 0);
    }

    #[test]
    fn a_decimals_double_is_the_nearest(unscaled in any::<i64>(), scale in 0_i8..=18) {
        let cell = decimal(unscaled.into(), 38, scale);
        let nearest: f64 = shown(&cell).parse().unwrap();
        prop_assert_eq!(as_double(&cell), (nearest, ""));
    }

    #[test]
    fn no_text_panics(value in "[-+0-9.eE ]{0,24}|\\PC{0,12}") {
        for code in [c_type::SLONG, c_type::DOUBLE, c_type::FLOAT, c_type::BIT, c_type::NUMERIC, 101, 106, 110] {
            let _ = state(&text(&value), code);
        }
    }
}
