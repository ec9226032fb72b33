//! The possible conversions between types.

use crate::ErrorKind;
use crate::testing::session;

fn one(expression: &str) -> String {
    let rows = session().column(&format!("SELECT {expression}"));
    rows.unwrap_or_else(|error| panic!("{expression}: {error}"))
        .remove(0)
}

#[test]
fn dates_and_times_are_no_numbers_and_numbers_no_bytes() {
    for expression in [
        "CAST(DATE '2026-11-23' AS INTEGER)",
        "CAST(TIMESTAMP '2026-11-23 10:00:00' AS BIGINT)",
        "CAST(TIMESTAMP '2026-11-23 10:00:00' AS DOUBLE)",
        "CAST(TIME '10:00:00' AS BIGINT)",
        "CAST(1 AS DATE)",
        "CAST(1 AS TIMESTAMP)",
        "CAST(CAST(1 AS BIGINT) AS TIME)",
        "CAST(1.5 AS TIMESTAMP)",
        "CAST(true AS TIMESTAMP)",
        "CAST(TIME '10:00:00' AS TIMESTAMP)",
        "CAST(DATE '2026-11-23' AS TIME)",
        "CAST(CAST(1 AS TINYINT) AS BYTEA)",
        "DATE '2026-11-23' = 20780",
        "CASE WHEN true THEN DATE '2026-11-23' ELSE 1 END",
    ] {
        let error = session()
            .column(&format!("SELECT {expression}"))
            .expect_err(expression);
        assert_eq!(error.kind, ErrorKind::Syntax, "{expression}: {error}");
        assert!(error.message.contains("cannot be converted"), "{error}");
    }
}

#[test]
fn decimals_are_true_unless_they_are_zero() {
    assert_eq!(one("CAST(CAST(0.01 AS DECIMAL(8,2)) AS BOOLEAN)"), "true");
    assert_eq!(one("CAST(CAST(0.00 AS DECIMAL(8,2)) AS BOOLEAN)"), "false");
    assert_eq!(one("CAST(CAST(NULL AS DECIMAL(8,2)) AS BOOLEAN)"), "NULL");
    assert_eq!(one("CAST(true AS DECIMAL(8,2))"), "1.00");
}

#[test]
fn intervals_have_the_texts_of_odbc() {
    for (interval, text) in [
        ("INTERVAL '1 year 2 month'", "1-02"),
        ("-(INTERVAL '14 month')", "-1-02"),
        (
            "INTERVAL '1 day 2 hour 3 minute 4.5 second'",
            "1 02:03:04.5",
        ),
        ("INTERVAL '25 hour'", "1 01:00:00"),
        ("-(INTERVAL '1 second')", "-0 00:00:01"),
        (
            "TIMESTAMP '2026-11-23 10:00:00' - TIMESTAMP '2026-11-21 11:00:00.25'",
            "1 22:59:59.75",
        ),
    ] {
        assert_eq!(one(&format!("CAST({interval} AS VARCHAR)")), text);
    }
}

#[test]
fn the_default_of_lag_may_need_a_larger_type() {
    let session = session();
    let values = "FROM (VALUES (1), (2)) t(k)";
    for (call, rows) in [
        ("LAG(0.5000, 1, 7.0000)", ["7.0000", "0.5000"]),
        ("LEAD(k, 1, 3000000000)", ["2", "3000000000"]),
        ("LAG(1.5, 1, 2e0)", ["2.0", "1.5"]),
    ] {
        let sql = format!("SELECT {call} OVER (ORDER BY k) {values} ORDER BY k");
        let found = session.column(&sql);
        assert_eq!(found.unwrap_or_else(|error| panic!("{sql}: {error}")), rows);
    }
}
