//! SQL types and literals.

use super::{assert_rows, assert_values, with_table};

#[test]
fn timestamps_reach_from_year_1_to_year_9999() {
    assert_values(&[
        ("CAST('0001-01-01' AS TIMESTAMP)", "0001-01-01T00:00:00"),
        ("TIMESTAMP '9999-12-31 23:59:59'", "9999-12-31T23:59:59"),
        (
            "TIMESTAMP '9999-12-31 23:59:59.9999999'",
            "9999-12-31T23:59:59.999999",
        ),
        (
            "CAST(DATE '0001-01-01' AS TIMESTAMP)",
            "0001-01-01T00:00:00",
        ),
        ("CAST(DATE '9999-12-31' AS DATETIME)", "9999-12-31T00:00:00"),
        (
            "CAST(TIMESTAMP '0001-01-01 10:00:00' AS DATE)",
            "0001-01-01",
        ),
        (
            "CAST(CAST('9999-12-31' AS DATETIME2) AS VARCHAR(30))",
            "9999-12-31 00:00:00",
        ),
        (
            "CAST('2026-11-23T10:00:00+02:00' AS TIMESTAMP WITH TIME ZONE)",
            "2026-11-23T08:00:00",
        ),
        (
            "TIMESTAMP '1600-01-01 00:00:00' < TIMESTAMP '2500-01-01 00:00:00'",
            "true",
        ),
        ("MIN(t) FROM x", "0001-01-01T00:00:00"),
        ("MAX(t) FROM x", "9999-12-31T23:59:59.999999"),
        ("CAST(t AS DATE) FROM x WHERE id = 4", "9999-12-31"),
        (
            "CASE WHEN id = 1 THEN d ELSE t END FROM x WHERE id = 4",
            "9999-12-31T23:59:59.999999",
        ),
        ("coalesce(t, d) FROM x WHERE id = 1", "0001-01-01T00:00:00"),
    ]);
    assert_rows(&[
        ("t <= TIMESTAMP '0001-01-01 00:00:00'", "1"),
        ("t > CAST('2026-11-23 10:00:00' AS TIMESTAMP)", "4"),
        ("t >= TIMESTAMP '9999-12-31 23:59:59'", "4"),
        ("CAST(t AS DATE) = DATE '0001-01-01'", "1"),
        ("CAST(t AS DATE) <= '2026-11-23'", "1 2 3"),
        ("CAST(t AS DATE) IN ('2026-11-23', '9999-12-31')", "2 3 4"),
        ("CAST(d AS TIMESTAMP) = t", "1 2"),
        ("CAST('2026-11-23' AS TIMESTAMP) = t", "2"),
        ("year(t) = 2026", "2 3"),
        ("year(t) IN (1, 9999)", "1 4"),
        ("CAST(t AS TIME) = '10:00:00'", "3"),
    ]);
}

#[test]
fn types_have_the_names_of_many_dialects() {
    assert_values(&[
        (
            "CAST('2026-11-23 10:00' AS DATETIME)",
            "2026-11-23T10:00:00",
        ),
        (
            "CAST('2026-11-23 10:00:00.123456' AS DATETIME2(3))",
            "2026-11-23T10:00:00.123456",
        ),
        ("TIME '10:00:00'", "10:00:00"),
        ("CAST('10:00:00.5' AS TIME(3))", "10:00:00.500"),
        ("CAST('2026-11-23 10:00:00' AS DATE)", "2026-11-23"),
        ("CAST(5 AS NVARCHAR(20)) + 'x'", "5x"),
        ("CAST(1 AS BIT)", "true"),
        ("CAST('12.5' AS MONEY)", "12.5000"),
        ("CAST('12.5' AS DEC(5, 2))", "12.50"),
        ("CAST(1 AS FLOAT) / 3", "0.3333333333333333"),
        ("CAST(1 AS UNIQUEIDENTIFIER)", "1"),
        ("CAST(7 AS CHARACTER VARYING(3))", "7"),
        ("arrow_typeof(CAST('a' AS VARBINARY(4)))", "Binary"),
        ("arrow_typeof(TIME '10:00:00')", "Time64(µs)"),
        ("arrow_typeof(now())", "Timestamp(µs)"),
        ("arrow_typeof(1.50)", "Decimal128(3, 2)"),
    ]);
}

#[test]
fn casts_give_what_odbc_gives() {
    assert_values(&[
        ("CAST(b AS VARCHAR(5)) FROM x WHERE id = 1", "1"),
        (
            "CAST(t AS VARCHAR(30)) FROM x WHERE id = 3",
            "2026-11-23 10:00:00",
        ),
        (
            "CAST(t AS VARCHAR(30)) FROM x WHERE id = 4",
            "9999-12-31 23:59:59.999999",
        ),
        ("CAST(d AS VARCHAR(30)) FROM x WHERE id = 1", "0001-01-01"),
        ("CAST(m AS VARCHAR(30)) FROM x WHERE id = 3", "10:30:00"),
        ("CAST(a AS VARCHAR(30)) FROM x WHERE id = 3", "-3.25"),
        ("CAST(a AS INTEGER) FROM x WHERE id = 3", "-3"),
        ("CAST(f AS INTEGER) FROM x WHERE id = 1", "0"),
        ("CAST(a AS DECIMAL(10, 1)) FROM x WHERE id = 3", "-3.3"),
        ("CAST(' 12 ' AS INTEGER)", "12"),
        ("CAST('12.7' AS INTEGER)", "12"),
        ("CAST(' 1.5' AS DOUBLE)", "1.5"),
        ("CAST('true' AS BIT)", "true"),
        ("CAST(0 AS BIT)", "false"),
        ("CAST(n AS BIT) FROM x WHERE id = 2", "true"),
        ("CAST(s AS DECIMAL(5, 2)) FROM x WHERE id = 3", "2.00"),
        ("CAST(s AS DATE) FROM x WHERE id = 5", "NULL"),
        ("TRY_CAST(s AS INTEGER) FROM x WHERE id = 2", "NULL"),
        ("'read: ' || b FROM x WHERE id = 1", "read: 1"),
    ]);
}

#[test]
fn unions_and_joins_of_dates_and_timestamps_keep_the_far_years() {
    let session = with_table();
    let joined = "SELECT x.id FROM x JOIN x AS y ON x.t = y.d WHERE y.id = 1";
    assert_eq!(session.column(joined).unwrap(), ["1"]);
    let united = "SELECT t FROM x WHERE id = 1 UNION ALL SELECT t FROM x WHERE id = 4";
    assert_eq!(session.column(united).unwrap().len(), 2);
    for (united, expected) in [
        (
            "SELECT d AS v FROM x WHERE id = 4 UNION ALL SELECT t FROM x WHERE id = 4 ORDER BY v",
            ["9999-12-31T00:00:00", "9999-12-31T23:59:59.999999"],
        ),
        (
            "SELECT t AS v FROM x WHERE id = 1 UNION SELECT d + 1 FROM x WHERE id = 1 ORDER BY v",
            ["0001-01-01T00:00:00", "0001-01-02T00:00:00"],
        ),
        (
            "SELECT t AS v FROM x WHERE id = 1 UNION SELECT NULL ORDER BY v",
            ["NULL", "0001-01-01T00:00:00"],
        ),
    ] {
        assert_eq!(session.column(united).unwrap(), expected, "{united}");
    }
}
