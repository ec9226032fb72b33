//! Arithmetic, concatenation, aggregates.

use super::{assert_errors, assert_rows, assert_values, with_table};
use crate::ErrorKind;

#[test]
fn texts_are_joined_with_any_operator() {
    assert_values(&[
        ("'a' + 'b'", "ab"),
        ("'a' || 'b' + 'c'", "abc"),
        ("'a' & 'b'", "ab"),
        ("'a' + NULL", "NULL"),
        ("'a' || 1", "a1"),
        ("s + 'x' FROM x WHERE id = 2", "bx"),
        ("s + s FROM x WHERE id = 2", "bb"),
        ("concat('a', 1, NULL)", "NULL"),
    ]);
}

#[test]
fn whole_numbers_divide_to_whole_numbers() {
    assert_values(&[
        ("7 / 2", "3"),
        ("-7 / 2", "-3"),
        ("-7 % 2", "-1"),
        ("7 % 2", "1"),
        ("7 / 2.0", "3.5000"),
        ("n / 4 FROM x WHERE id = 4", "2"),
        ("AVG(n) FROM x", "4.0"),
        ("'7' + 1", "8"),
        ("'1.5' * 2", "3.0"),
        ("2 + TRUE", "3"),
    ]);
}

#[test]
fn what_does_not_fit_is_an_error() {
    assert_errors(&[
        ("1 / 0", ErrorKind::DivisionByZero),
        ("1 % 0", ErrorKind::DivisionByZero),
        ("n / 0 FROM x", ErrorKind::DivisionByZero),
        ("1.5 / 0", ErrorKind::DivisionByZero),
        ("a / 0 FROM x", ErrorKind::DivisionByZero),
        ("1e0 / 0e0", ErrorKind::DivisionByZero),
        ("n / f FROM x", ErrorKind::DivisionByZero),
        ("f % 0e0 FROM x", ErrorKind::DivisionByZero),
        ("mod(n, 0) FROM x", ErrorKind::DivisionByZero),
        ("mod(f, 0) FROM x", ErrorKind::DivisionByZero),
        ("9223372036854775807 + 1", ErrorKind::NumericOutOfRange),
        ("-9223372036854775807 - 2", ErrorKind::NumericOutOfRange),
        (
            "9223372036854775807 * n FROM x",
            ErrorKind::NumericOutOfRange,
        ),
        (
            "CAST(n AS INTEGER) * CAST(2147483647 AS INTEGER) FROM x",
            ErrorKind::NumericOutOfRange,
        ),
        ("CAST(1 AS DOUBLE) / 0", ErrorKind::DivisionByZero),
        (
            "power(10, 308) * f * 100 FROM x",
            ErrorKind::NumericOutOfRange,
        ),
        ("CAST(3000000000 AS INTEGER)", ErrorKind::NumericOutOfRange),
        ("CAST(f AS INTEGER) FROM x", ErrorKind::NumericOutOfRange),
        (
            "CAST(a AS DECIMAL(2, 1)) FROM x",
            ErrorKind::NumericOutOfRange,
        ),
        ("'secret' + 1", ErrorKind::InvalidCast),
        ("s * 2 FROM x", ErrorKind::InvalidCast),
    ]);
}

#[test]
fn zero_is_never_divided_by_where_a_branch_is_not_taken() {
    assert_rows(&[
        ("CASE WHEN f = 0 THEN 0 ELSE 1 / f END > 1", "1"),
        ("iif(f = 0, 0, 1 / f) > 1", "1"),
        ("nvl2(nullif(f, 0), 1 / f, 0) > 1", "1"),
        ("n / nullif(f, 0) > 1", "1"),
        ("coalesce(n, 1 / (n - n)) > 2", "3 4"),
    ]);
}

#[test]
fn dates_are_moved_and_subtracted() {
    assert_values(&[
        ("DATE '2026-11-23' + 8", "2026-12-01"),
        ("DATE '2026-11-23' - 23", "2026-10-31"),
        ("DATE '2026-11-23' - DATE '2026-11-20'", "3"),
        ("DATE '2026-11-23' - '2026-11-20'", "3"),
        ("DATE '2026-11-23' + INTERVAL '1' DAY", "2026-11-24"),
        (
            "TIMESTAMP '2026-11-23 10:00:00' + INTERVAL '1' DAY",
            "2026-11-24T10:00:00",
        ),
        (
            "TIMESTAMP '2026-11-23 10:00:00' - INTERVAL '1' MONTH",
            "2026-10-23T10:00:00",
        ),
        (
            "TIMESTAMP '9999-12-30 10:00:00' + INTERVAL '1' DAY",
            "9999-12-31T10:00:00",
        ),
        (
            "extract(hour from TIMESTAMP '2026-11-23 10:00:00' - '2026-11-23 07:30:00')",
            "2",
        ),
        (
            "extract(minute from TIMESTAMP '9999-12-31 10:00:00' - DATE '9999-12-31')",
            "0",
        ),
        ("TIME '23:30:00' + INTERVAL '1' HOUR", "00:30:00"),
    ]);
    assert_rows(&[
        (
            "t > TIMESTAMP '2026-11-24 10:00:00' - INTERVAL '1' DAY",
            "4",
        ),
        (
            "t - INTERVAL '1' DAY > '2026-11-22 00:00:00' AND id < 4",
            "3",
        ),
        ("d + 1 = '2026-11-24'", "2 3"),
    ]);
}

#[test]
fn numbers_are_not_added_to_timestamps() {
    assert_errors(&[
        ("t + 1 FROM x", ErrorKind::Syntax),
        ("1 + t FROM x", ErrorKind::Syntax),
        ("t - 1.5 FROM x", ErrorKind::Syntax),
        ("m + 1 FROM x", ErrorKind::Syntax),
    ]);
    let message = with_table()
        .rows("SELECT t + 1 FROM x")
        .unwrap_err()
        .message;
    assert!(message.contains("TIMESTAMPADD"), "{message}");
}

#[test]
fn truth_values_are_summed() {
    assert_values(&[
        ("SUM(b) FROM x", "2"),
        ("AVG(b) FROM x", "0.5"),
        ("SUM(n) FROM x", "16"),
        ("SUM(DISTINCT b) FROM x", "1"),
        ("SUM(a) FROM x", "10.25"),
        ("COUNT(b) FROM x", "4"),
        ("MAX(b) FROM x", "true"),
        ("SUM(b) OVER () FROM x WHERE id = 1", "1"),
        ("SUM(CASE WHEN b THEN 1 ELSE 0 END) FROM x", "2"),
        ("b + 1 FROM x WHERE id = 1", "2"),
    ]);
    let session = with_table();
    let grouped =
        "SELECT d, SUM(b) AS total FROM x GROUP BY d HAVING SUM(b) > 0 ORDER BY SUM(b), d";
    assert_eq!(
        session.column(grouped).unwrap(),
        ["0001-01-01", "2026-11-23"]
    );
}

#[test]
fn expressions_keep_their_names() {
    let session = with_table();
    let grouped = session.column("SELECT n + 1 FROM x WHERE n < 3 GROUP BY n + 1 ORDER BY n + 1");
    assert_eq!(grouped.unwrap(), ["2", "3"]);
    assert_eq!(
        session
            .column("SELECT n * 2 AS m FROM x ORDER BY m DESC LIMIT 1")
            .unwrap(),
        ["20"]
    );
}
