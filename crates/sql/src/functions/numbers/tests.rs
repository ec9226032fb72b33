//! Numeric functions: kinds of results, rounding, undefined results.

use crate::ErrorKind;
use crate::testing::{Session, session};
use once_cell::sync::Lazy;
use proptest::prelude::*;

static SESSION: Lazy<Session> = Lazy::new(session);

fn value(expression: &str) -> String {
    SESSION
        .value(&format!("SELECT {expression}"))
        .unwrap_or_else(|e| panic!("{expression}: {e}"))
}

fn kind(expression: &str) -> ErrorKind {
    SESSION
        .value(&format!("SELECT {expression}"))
        .expect_err(expression)
        .kind
}

#[test]
fn the_kind_of_number_is_kept() {
    for (expression, expected, data_type) in [
        ("abs(-3)", "3", "Int64"),
        ("abs(-2.50)", "2.50", "Decimal128(3, 2)"),
        ("abs(CAST(-2.5 AS DOUBLE))", "2.5", "Float64"),
        ("abs('-2.5')", "2.5", "Float64"),
        ("ceiling(3)", "3", "Int64"),
        ("ceiling(9.1)", "10.0", "Decimal128(3, 1)"),
        ("ceiling(-9.9)", "-9.0", "Decimal128(3, 1)"),
        ("floor(-9.1)", "-10.0", "Decimal128(3, 1)"),
        ("floor(CAST(-9.1 AS DOUBLE))", "-10.0", "Float64"),
        ("round(2.5)", "3.0", "Decimal128(3, 1)"),
        ("round(-2.5)", "-3.0", "Decimal128(3, 1)"),
        ("round(9.99, 1)", "10.00", "Decimal128(4, 2)"),
        ("round(1250, -2)", "1300", "Int64"),
        ("round(1249, -2)", "1200", "Int64"),
        ("round(1250, -9)", "0", "Int64"),
        ("round(CAST(2.345 AS DOUBLE), 1)", "2.3", "Float64"),
        ("round(CAST(2.345 AS DOUBLE), 400)", "2.345", "Float64"),
        ("round(2.789, 1, 1)", "2.700", "Decimal128(5, 3)"),
        ("round(2.789, 5)", "2.789", "Decimal128(5, 3)"),
        ("truncate(-2.789, 1)", "-2.700", "Decimal128(4, 3)"),
        ("truncate(1299, -2)", "1200", "Int64"),
        ("mod(7, 2.5)", "2.0", "Decimal128(21, 1)"),
        ("mod(CAST(7 AS DOUBLE), 4)", "3.0", "Float64"),
        ("sign(0.0)", "0", "Int32"),
        ("sign(CAST(-0.5 AS DOUBLE))", "-1", "Int32"),
    ] {
        assert_eq!(value(expression), expected, "{expression}");
        assert_eq!(
            value(&format!("arrow_typeof({expression})")),
            data_type,
            "{expression}"
        );
    }
}

#[test]
fn results_that_do_not_exist_are_errors() {
    for expression in [
        "sqrt(-1)",
        "log(0)",
        "log(-1)",
        "log10(0)",
        "acos(2)",
        "asin(-1.5)",
        "cot(0)",
        "power(0, -1)",
        "power(-1, 0.5)",
        "exp(1000)",
        "abs(-9223372036854775807 - 1)",
        "round(9223372036854775807, -1)",
    ] {
        assert_eq!(
            kind(expression),
            ErrorKind::NumericOutOfRange,
            "{expression}"
        );
    }
    assert_eq!(kind("mod(5, 0)"), ErrorKind::DivisionByZero);
    assert_eq!(kind("mod(5.5, 0)"), ErrorKind::DivisionByZero);
    assert_eq!(kind("sqrt('four')"), ErrorKind::InvalidCast);
}

#[test]
fn logarithms_are_natural_unless_a_base_is_given() {
    assert_eq!(value("round(log(10), 4)"), "2.3026");
    assert_eq!(value("log(8, 2)"), "3.0");
    assert_eq!(value("log10(0.001)"), "-3.0");
}

#[test]
fn random_numbers_differ_unless_a_seed_is_given() {
    let session = session();
    let rows = "FROM (VALUES (1), (2), (3), (4)) AS v(n)";
    let distinct = format!("SELECT COUNT(DISTINCT r) FROM (SELECT rand() AS r {rows})");
    assert_eq!(session.value(&distinct).unwrap(), "4");
    let range = format!("SELECT MIN(r) >= 0 AND MAX(r) < 1 FROM (SELECT rand(n) AS r {rows})");
    assert_eq!(session.value(&range).unwrap(), "true");
    assert_eq!(value("rand(1) = rand(1) AND rand(1) <> rand(2)"), "true");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Decimal rounding against integer arithmetic.
    #[test]
    fn decimals_are_rounded_exactly(unscaled in -999_999_i64..1_000_000, digits in -2..5_i64) {
        let sign = if unscaled < 0 { "-" } else { "" };
        let text = format!("{sign}{}.{:03}", unscaled.abs() / 1000, unscaled.abs() % 1000);
        let unit = 10_i64.pow(u32::try_from((3 - digits).max(0)).unwrap());
        let nearest = (unscaled.abs() + unit / 2) / unit * unit * unscaled.signum();
        let shown = |unscaled: i64| {
            let sign = if unscaled < 0 { "-" } else { "" };
            format!("{sign}{}.{:03}", unscaled.abs() / 1000, unscaled.abs() % 1000)
        };
        let number = format!("CAST('{text}' AS DECIMAL(9, 3))");
        prop_assert_eq!(value(&format!("round({number}, {digits})")), shown(nearest));
        let cut = unscaled / unit * unit;
        prop_assert_eq!(value(&format!("truncate({number}, {digits})")), shown(cut));
        let up = unscaled.div_euclid(1000) + i64::from(unscaled.rem_euclid(1000) > 0);
        prop_assert_eq!(value(&format!("ceiling({number})")), shown(up * 1000));
        prop_assert_eq!(value(&format!("floor({number})")), shown(unscaled.div_euclid(1000) * 1000));
    }

    #[test]
    fn whole_numbers_are_divided_as_in_rust(left in any::<i32>(), right in any::<i32>()) {
        prop_assume!(right != 0);
        let (l, r) = (i64::from(left), i64::from(right));
        prop_assert_eq!(value(&format!("mod({l}, {r})")), (l % r).to_string());
        prop_assert_eq!(value(&format!("({l}) % ({r})")), (l % r).to_string());
        prop_assert_eq!(value(&format!("({l}) / ({r})")), (l / r).to_string());
        prop_assert_eq!(value(&format!("sign({l})")), l.signum().to_string());
    }
}
