//! Comparisons of unlike values.

use super::{assert_errors, assert_rows, with_table};
use crate::ErrorKind;

#[test]
fn texts_beside_timestamps_are_timestamps() {
    assert_rows(&[
        ("t >= '2026-11-23'", "2 3 4"),
        ("t > '2026-11-23'", "3 4"),
        ("'2026-11-23' = t", "2"),
        ("t = '2026-11-23T10:00:00Z'", "3"),
        ("t <> '2026-11-23 11:00:00+01:00'", "1 2 4"),
        ("t = '0001-01-01'", "1"),
        ("t < '0001-01-02 00:00'", "1"),
        ("t >= '9999-12-31 23:59:59.999999'", "4"),
        ("t BETWEEN '2026-11-23' AND '2026-11-23 23:59:59'", "2 3"),
        ("t NOT BETWEEN '2026-11-23' AND '2026-11-24'", "1 4"),
        (
            "t IN ('2026-11-23', '2026-11-23 10:00:00', '20300101')",
            "2 3",
        ),
        ("t NOT IN ('2026-11-23', '0001-01-01')", "3 4"),
        ("t IS NOT DISTINCT FROM '2026-11-23'", "2"),
        ("CASE t WHEN '2026-11-23' THEN 1 ELSE 0 END = 1", "2"),
        ("t = NULL", ""),
        ("coalesce(t, '1900-01-01') = '1900-01-01'", "5"),
        ("t > (SELECT MIN(t) FROM x) AND t < '9000-01-01'", "2 3"),
    ]);
}

#[test]
fn dates_beside_timestamps_are_midnights() {
    assert_rows(&[
        ("t = DATE '2026-11-23'", "2"),
        ("t >= DATE '2026-11-23'", "2 3 4"),
        ("t < DATE '9999-12-31'", "1 2 3"),
        ("t = DATE '0001-01-01'", "1"),
        ("d = TIMESTAMP '2026-11-23 00:00:00'", "2 3"),
        ("d < TIMESTAMP '2026-11-23 10:00:00'", "1 2 3"),
        ("d >= TIMESTAMP '9999-12-31 00:00:00'", "4"),
        ("t = d", "1 2"),
        ("t > d", "3 4"),
        ("d BETWEEN TIMESTAMP '2026-11-22 12:00:00' AND t", "2 3 4"),
        ("d IN (t)", "1 2"),
    ]);
}

#[test]
fn texts_beside_dates_are_dates_unless_they_have_a_time() {
    assert_rows(&[
        ("d = '2026-11-23'", "2 3"),
        ("d = '2026-11-23 00:00:00'", "2 3"),
        ("d = '2026-11-23 10:00:00'", ""),
        ("d < '2026-11-23 10:00:00'", "1 2 3"),
        ("d IN ('2026-11-23', '0001-01-01')", "1 2 3"),
        ("d BETWEEN '2026-01-01' AND '2026-12-31'", "2 3"),
    ]);
}

#[test]
fn texts_beside_times_are_times() {
    assert_rows(&[
        ("m = '10:00'", "2"),
        ("m = TIME '10:00:00'", "2"),
        ("m > TIME '10:00:00'", "3 4"),
        ("m BETWEEN '10:00:00' AND '10:30:00'", "2 3"),
        ("m IN ('00:00:00', '23:59:59')", "1 4"),
    ]);
}

#[test]
fn truth_values_are_written_in_many_ways() {
    assert_rows(&[
        ("b", "1 3"),
        ("NOT b", "2 4"),
        ("b = 1", "1 3"),
        ("b = 0", "2 4"),
        ("b <> 0", "1 3"),
        ("0 <> b", "1 3"),
        ("b = -1", "1 3"),
        ("b = 1.0", "1 3"),
        ("b = '1'", "1 3"),
        ("b = 'True'", "1 3"),
        ("b = 'false'", "2 4"),
        ("b = TRUE", "1 3"),
        ("b > 0", "1 3"),
        ("b IN (0, 1)", "1 2 3 4"),
        ("b IN (1)", "1 3"),
        ("b NOT IN ('1')", "2 4"),
        ("b BETWEEN 0 AND 1", "1 2 3 4"),
        ("b = 2", ""),
        ("b < 2", "1 2 3 4"),
        ("b = n", "1"),
        ("b IS NULL", "5"),
        ("b IS TRUE", "1 3"),
        ("CASE b WHEN 1 THEN 'y' ELSE 'n' END = 'y'", "1 3"),
        ("ifnull(b, 0) = 0", "2 4 5"),
        ("iif(b, 1, 0) = 1", "1 3"),
    ]);
}

#[test]
fn text_constants_beside_numbers_are_numbers() {
    assert_rows(&[
        ("n = '2'", "2"),
        ("n < '10'", "1 2 3"),
        ("n = '2.0'", "2"),
        ("n > '2.5'", "3 4"),
        ("f = '0.5'", "1"),
        ("f >= '1e10'", "4"),
        ("a = '1.5'", "1"),
        ("a = 1.5", "1"),
        ("a < ' -3 '", "3"),
        ("n IN ('1', 3)", "1 3"),
        ("n BETWEEN '2' AND '5'", "2 3"),
        ("n = 2.0", "2"),
        ("n < 2.5", "1 2"),
    ]);
}

#[test]
fn text_columns_beside_numbers_compare_as_texts_or_not_at_all() {
    assert_rows(&[
        ("s = 10", "4"),
        ("s <> 10", "1 2 3"),
        ("s IN (1, 'b')", "1 2"),
        ("s = 2.0", "3"),
    ]);
    assert_errors(&[
        ("id FROM x WHERE s > 5", ErrorKind::InvalidCast),
        ("id FROM x WHERE s = n", ErrorKind::InvalidCast),
        ("id FROM x WHERE s BETWEEN 1 AND 5", ErrorKind::InvalidCast),
    ]);
}

#[test]
fn nulls_in_lists_are_unknown() {
    assert_rows(&[
        ("n IN (1, NULL)", "1"),
        ("n NOT IN (1, NULL)", ""),
        ("n NOT IN (1, 2)", "3 4"),
        ("n NOT IN (1, 2) OR n NOT IN (2, NULL)", "3 4"),
        ("n NOT IN (2, NULL) OR NOT n IN (1, 2)", "3 4"),
        ("NOT (n IN (1, NULL) AND n NOT IN (1))", "1"),
        ("n IN (1, NULL) OR n IN (2, NULL)", "1 2"),
        ("n IN (1, NULLIF(2, 2), COALESCE(NULL, 2))", "1 2"),
        ("n NOT IN (1, COALESCE(NULL, 2))", "3 4"),
        ("n NOT IN (NULL)", ""),
        ("COALESCE(n IN (1, NULL), FALSE)", "1"),
        ("t IN ('2026-11-23', NULL)", "2"),
        ("t NOT IN ('2026-11-23', NULL)", ""),
        ("n IN (SELECT n FROM x WHERE id > 2)", "3 4"),
        ("n NOT IN (SELECT n FROM x WHERE id IN (2, 3))", "1 4"),
        ("n NOT IN (SELECT n FROM x)", ""),
        ("NOT EXISTS (SELECT 1 FROM x y WHERE y.n = x.n)", "5"),
        (
            "EXISTS (SELECT 1 FROM x y WHERE y.id = x.id AND y.t = '2026-11-23')",
            "2",
        ),
    ]);
}

#[test]
fn constants_that_cannot_be_converted_are_errors_before_any_row_is_read() {
    assert_errors(&[
        ("id FROM x WHERE t > 'secret'", ErrorKind::InvalidDatetime),
        (
            "id FROM x WHERE t BETWEEN 'secret' AND '2026-01-01'",
            ErrorKind::InvalidDatetime,
        ),
        (
            "id FROM x WHERE t IN ('2026-01-01', 'secret')",
            ErrorKind::InvalidDatetime,
        ),
        (
            "id FROM x WHERE d = '2026-02-30'",
            ErrorKind::InvalidDatetime,
        ),
        ("id FROM x WHERE m = '25:00'", ErrorKind::InvalidDatetime),
        ("id FROM x WHERE n = 'secret'", ErrorKind::InvalidCast),
        ("id FROM x WHERE b = 'secret'", ErrorKind::InvalidCast),
        ("id FROM x WHERE t = m", ErrorKind::Syntax),
        ("DATE 'secret'", ErrorKind::InvalidDatetime),
        ("CAST('secret' AS TIMESTAMP)", ErrorKind::InvalidDatetime),
        ("CAST(s AS TIMESTAMP) FROM x", ErrorKind::InvalidDatetime),
        ("CAST(s AS INTEGER) FROM x", ErrorKind::InvalidCast),
        ("nowhere FROM x", ErrorKind::ColumnNotFound),
        ("id FROM x WHERE nowhere = '1'", ErrorKind::ColumnNotFound),
        ("id FROM x WHERE nowhere + 1 = 2", ErrorKind::ColumnNotFound),
    ]);
    let session = with_table();
    let message = session
        .rows("SELECT id FROM x WHERE t > 'soon'")
        .unwrap_err()
        .message;
    assert!(message.contains("'2026-11-23 10:00:00'"), "{message}");
}

#[test]
fn conditions_on_days_and_years_become_ranges() {
    let session = with_table();
    let from_today = "x.t >= TimestampMicrosecond(1795392000000000, None)";
    let before_tomorrow = "x.t < TimestampMicrosecond(1795478400000000, None)";
    let from_2026 = "x.t >= TimestampMicrosecond(1767225600000000, None)";
    for (condition, expected) in [
        (
            "CAST(t AS DATE) = '2026-11-23'",
            vec![from_today, before_tomorrow],
        ),
        ("CAST(t AS DATE) = {d}", vec![from_today, before_tomorrow]),
        ("{d} <= CAST(t AS DATE)", vec![from_today]),
        ("CAST(t AS DATE) <= {d}", vec![before_tomorrow]),
        (
            "CAST(t AS DATE) BETWEEN {d} AND {d}",
            vec![from_today, before_tomorrow],
        ),
        (
            "year(t) = 2026",
            vec![
                from_2026,
                "x.t < TimestampMicrosecond(1798761600000000, None)",
            ],
        ),
        ("year(t) >= 2026", vec![from_2026]),
        ("2025 < extract(year from t)", vec![from_2026]),
        ("datepart('yy', t) > 2025", vec![from_2026]),
        (
            "year(d) = 2026",
            vec![
                "x.d >= Date32(\"2026-01-01\")",
                "x.d < Date32(\"2027-01-01\")",
            ],
        ),
    ] {
        let condition = condition.replace("{d}", "DATE '2026-11-23'");
        let plan = session.plan(&format!("SELECT id FROM x WHERE {condition}"));
        for part in expected {
            assert!(plan.contains(part), "{condition}:\n{plan}");
        }
        assert!(
            !plan.contains("convert") && !plan.contains("year"),
            "{condition}:\n{plan}"
        );
    }
    assert_rows(&[
        ("year(t) = 9999", "4"),
        ("year(t) <= 1", "1"),
        ("year(t) <> 2026", "1 4"),
        ("year(t) < 0", ""),
        ("year(t) < 20000", "1 2 3 4"),
        ("year(d) IN (1, 2026)", "1 2 3"),
        ("year(d) NOT IN (1, 2026)", "4"),
        ("CAST(t AS DATE) = '9999-12-31'", "4"),
        ("CAST(t AS DATE) > '9999-12-30'", "4"),
        ("CAST(t AS DATE) <> '2026-11-23'", "1 4"),
        ("CAST(t AS DATE) IS DISTINCT FROM '2026-11-23'", "1 4 5"),
    ]);
}

#[test]
fn constants_are_converted_once_and_columns_are_not() {
    let session = with_table();
    for (condition, expected) in [
        (
            "t >= '2026-11-23'",
            "x.t >= TimestampMicrosecond(1795392000000000, None)",
        ),
        (
            "t >= DATE '2026-11-23'",
            "x.t >= TimestampMicrosecond(1795392000000000, None)",
        ),
        (
            "t IN ('2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26')",
            "x.t IN ([TimestampMicrosecond(",
        ),
        ("b = 1", "Filter: x.b\n"),
        ("n = '2'", "x.n = Int32(2)"),
        ("n = 2.0", "x.n = Int32(2)"),
        (
            "t >= timestampadd('day', -1, '2026-11-24')",
            "x.t >= TimestampMicrosecond(1795392000000000, None)",
        ),
        ("t >= now()", "x.t >= TimestampMicrosecond("),
        (
            "t >= dateadd('day', -7, getdate())",
            "x.t >= TimestampMicrosecond(",
        ),
        ("d = curdate()", "x.d = Date32("),
    ] {
        let plan = session.plan(&format!("SELECT id FROM x WHERE {condition}"));
        assert!(plan.contains(expected), "{condition}:\n{plan}");
        assert!(
            !plan.contains("CAST") && !plan.contains("convert"),
            "{condition}:\n{plan}"
        );
    }
}
