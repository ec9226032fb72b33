//! Functions, types, operators and clauses with spellings of their own.

use super::{check_expressions, error, rewritten};
use crate::ErrorKind;

#[test]
fn conversions_become_casts() {
    check_expressions(&[
        (
            "{fn CONVERT(x, SQL_WVARCHAR)} = 'a'",
            "CAST(x AS VARCHAR) = 'a'",
        ),
        (
            "{fn CONVERT({fn CONVERT(x, SQL_DOUBLE)}, SQL_INTEGER)} = 1",
            "CAST(CAST(x AS DOUBLE) AS INT) = 1",
        ),
        (
            "CONVERT(date, SQL_VARCHAR) = 'a'",
            "CAST(date AS VARCHAR) = 'a'",
        ),
        (
            "CONVERT(x, SQL_TYPE_TIMESTAMP) = y",
            "CAST(x AS TIMESTAMP(6)) = y",
        ),
        (
            "CONVERT(varchar(10), x, 120) = 'a'",
            "left(CAST(x AS VARCHAR), 10) = 'a'",
        ),
        ("CONVERT(datetime2, x) = y", "CAST(x AS TIMESTAMP(6)) = y"),
        ("TRY_CONVERT(int, x) = 1", "TRY_CAST(x AS INT) = 1"),
        ("CAST(x AS nvarchar(max)) = 'a'", "CAST(x AS VARCHAR) = 'a'"),
        (
            "CAST(x AS char(2)) = 'a'",
            "left(CAST(x AS VARCHAR), 2) = 'a'",
        ),
        ("CAST(x AS FLOAT) = 1", "CAST(x AS DOUBLE) = 1"),
        ("CAST(x AS FLOAT(24)) = 1", "CAST(x AS REAL) = 1"),
        ("CAST(x AS BIT) = 1", "CAST(x AS BOOLEAN) = 1"),
        ("CAST(x AS DATETIME) = y", "CAST(x AS TIMESTAMP(6)) = y"),
        ("CAST(x AS TIME(3)) = y", "CAST(x AS TIME) = y"),
        ("CAST(x AS varbinary(8)) = y", "CAST(x AS BYTEA) = y"),
        (
            "CAST(x AS uniqueidentifier) = 'a'",
            "CAST(x AS VARCHAR) = 'a'",
        ),
        (
            "TIMESTAMP '2500-01-01 00:00:00' = y",
            "TIMESTAMP(6) '2500-01-01 00:00:00' = y",
        ),
    ]);
    let error = error("SELECT CONVERT(varchar(10), x, 101) FROM t");
    assert!(
        error
            .message
            .contains("column 32: expected a style of ISO 8601"),
        "{error}"
    );
}

#[test]
fn interval_units_become_texts() {
    check_expressions(&[
        (
            "{fn TIMESTAMPADD(SQL_TSI_DAY, 1, x)} = y",
            "timestampadd('day', 1, x) = y",
        ),
        (
            "{fn TIMESTAMPDIFF(SQL_TSI_FRAC_SECOND, x, y)} = 1",
            "timestampdiff('frac_second', x, y) = 1",
        ),
        (
            "TIMESTAMPADD(MINUTE, 1, x) = y",
            "timestampadd('minute', 1, x) = y",
        ),
        ("DATEADD(dd, 1, x) = y", "dateadd('day', 1, x) = y"),
        ("DATEADD('yyyy', 1, x) = y", "dateadd('year', 1, x) = y"),
        ("DATEDIFF(mi, x, y) = 1", "datediff('minute', x, y) = 1"),
        ("DATEPART(weekday, x) = 1", "datepart('weekday', x) = 1"),
        ("DATEPART([day], x) = 1", "datepart([day], x) = 1"),
        ("DATEDIFF(day, x) = 1", "datediff(day, x) = 1"),
        ("DATETRUNC(month, x) = y", "datetrunc('month', x) = y"),
        (
            "x AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Berlin' = y",
            "at_time_zone(at_time_zone(x, 'UTC'), 'Europe/Berlin') = y",
        ),
        ("DATE_TRUNC('mm', x) = y", "date_trunc('month', x) = y"),
        ("YEAR(day) = 1", "year(day) = 1"),
    ]);
}

#[test]
fn functions_named_like_keywords_are_functions() {
    check_expressions(&[
        (
            "{fn LEFT(x, 1)} = {fn RIGHT(x, 1)}",
            "left(x, 1) = right(x, 1)",
        ),
        (
            "{fn INSERT(x, 1, 1, 'a')} = 'a'",
            "insert(x, 1, 1, 'a') = 'a'",
        ),
        (
            "{fn REPLACE(x, 'a', 'b')} = 'a'",
            "replace(x, 'a', 'b') = 'a'",
        ),
        ("{fn CHAR(65)} = 'A'", "char(65) = 'A'"),
        ("{fn TRUNCATE(1.5, 1)} = 1", "truncate(1.5, 1) = 1"),
        ("{fn IFNULL(x, 1)} = 1", "ifnull(x, 1) = 1"),
        ("{fn DATABASE()} = 'a'", "database() = 'a'"),
        ("{fn CURRENT_TIMESTAMP(3)} = y", "current_timestamp(3) = y"),
        ("{fn FLOOR(x)} = {fn CEILING(x)}", "floor(x) = ceiling(x)"),
        ("{fn LOCATE('a', x, 2)} = 1", "locate('a', x, 2) = 1"),
        ("{fn POSITION('a' IN x)} = 1", "POSITION('a' IN x) = 1"),
        ("position('a', x) = 1", "position('a', x) = 1"),
        ("position = 1 AND floor = 2", "position = 1 AND floor = 2"),
        ("{fn EXTRACT(YEAR FROM x)} = 1", "EXTRACT(YEAR FROM x) = 1"),
        ("{fn SUBSTRING(x, 2, 3)} = 'a'", "SUBSTRING(x, 2, 3) = 'a'"),
        (
            "{fn TRIM(BOTH ' ' FROM x)} = 'a'",
            "TRIM(BOTH ' ' FROM x) = 'a'",
        ),
        (
            "NOT EXISTS (SELECT 1 FROM u)",
            "NOT EXISTS (SELECT 1 FROM u)",
        ),
        ("x::int = 1", "x::INT = 1"),
    ]);
}

#[test]
fn rows_are_compared_column_by_column() {
    check_expressions(&[
        ("(x, y) = (1, 2)", "(x = 1 AND y = 2)"),
        ("(x, y) <> ((1, 2))", "((x <> 1 OR y <> 2))"),
        (
            "(x, y, z) < (1, 2, 3)",
            "((x < 1 OR x = 1 AND (y < 2 OR y = 2 AND z < 3)))",
        ),
        (
            "(x, y + 1) >= (1, NULL)",
            "((x > 1 OR x = 1 AND (y + 1) >= NULL))",
        ),
        (
            "(x, y) IN ((1, 2), (3, 4))",
            "(x = 1 AND y = 2 OR x = 3 AND y = 4)",
        ),
        ("(x, y) NOT IN ((1, 2))", "(NOT (x = 1 AND y = 2))"),
        (
            "(x, y) BETWEEN (1, 2) AND (3, 4)",
            "((x > 1 OR x = 1 AND y >= 2) AND (x < 3 OR x = 3 AND y <= 4))",
        ),
        ("(x, y) IS NULL", "(x IS NULL AND y IS NULL)"),
        ("(x, y) IS NOT NULL", "(x IS NOT NULL AND y IS NOT NULL)"),
        ("(x) = (1)", "(x) = (1)"),
    ]);
    let error = error("SELECT a FROM t WHERE (x, y) = (1, 2, 3)");
    assert_eq!(error.kind, ErrorKind::Syntax);
    assert!(
        error.message.contains("column 24: rows that are compared"),
        "{error}"
    );
    let wide = vec!["1"; 101].join(", ");
    let error = self::error(&format!("SELECT a FROM t WHERE ({wide}) < ({wide})"));
    assert_eq!(error.kind, ErrorKind::NotSupported);
}

#[test]
fn rows_are_limited_in_one_way() {
    let cases = [
        (
            "SELECT TOP 5 a FROM t ORDER BY a",
            "SELECT a FROM t ORDER BY a LIMIT 5",
        ),
        (
            "SELECT DISTINCT TOP (5) a FROM t",
            "SELECT DISTINCT a FROM t LIMIT 5",
        ),
        ("SELECT TOP (?) a FROM t", "SELECT a FROM t LIMIT $1"),
        ("SELECT TOP 0 a FROM t", "SELECT a FROM t LIMIT 0"),
        (
            "SELECT a FROM t LIMIT 5, 10",
            "SELECT a FROM t LIMIT 10 OFFSET 5",
        ),
        (
            "SELECT a FROM t FETCH FIRST ROW ONLY",
            "SELECT a FROM t LIMIT 1",
        ),
        (
            "SELECT a FROM t OFFSET 2 ROWS FETCH NEXT 3 ROWS ONLY",
            "SELECT a FROM t LIMIT 3 OFFSET 2 ROWS",
        ),
        (
            "SELECT a FROM t UNION ALL SELECT TOP 1 a FROM u ORDER BY a",
            "SELECT a FROM t UNION ALL (SELECT a FROM u LIMIT 1) ORDER BY a",
        ),
        (
            "SELECT a FROM (SELECT TOP 1 a FROM t) x",
            "SELECT a FROM (SELECT a FROM t LIMIT 1) x",
        ),
        (
            "SELECT a FROM t MINUS SELECT a FROM u",
            "SELECT a FROM t EXCEPT SELECT a FROM u",
        ),
    ];
    for (sql, expected) in cases {
        assert_eq!(rewritten(sql), expected);
    }
    for sql in [
        "SELECT TOP 5 PERCENT a FROM t",
        "SELECT TOP 5 WITH TIES a FROM t ORDER BY a",
        "SELECT a FROM t FETCH FIRST 5 PERCENT ROWS ONLY",
        "SELECT a FROM t FETCH FIRST 5 ROWS WITH TIES",
        "SELECT a FROM t FOR UPDATE",
    ] {
        assert_eq!(error(sql).kind, ErrorKind::NotSupported, "{sql}");
    }
    assert!(
        error("SELECT TOP 5 a FROM t LIMIT 5")
            .message
            .contains("limited twice")
    );
}

#[test]
fn like_patterns_are_escaped_with_a_backslash() {
    check_expressions(&[
        ("x LIKE 'a\\b'", "x LIKE 'a\\\\b'"),
        (
            "x NOT LIKE ('a!_!!\\') ESCAPE '!'",
            "x NOT LIKE ('a\\_!\\\\')",
        ),
        ("x LIKE 'a\\%' ESCAPE '\\'", "x LIKE 'a\\%'"),
        ("x LIKE '%%_' ESCAPE '%'", "x LIKE '\\%_'"),
        ("x LIKE ?", "x LIKE =like_pattern($1)"),
        ("x LIKE ? ESCAPE '!'", "x LIKE =like_pattern($1, '!')"),
        ("x LIKE 'a' ESCAPE ?", "x LIKE =like_pattern('a', $1)"),
    ]);
    for (pattern, message) in [
        ("'a!b' ESCAPE '!'", "has to come before"),
        ("'a!' ESCAPE '!'", "has to come before"),
        ("'a' ESCAPE ''", "exactly one character"),
        ("'a' ESCAPE 'ab'", "exactly one character"),
        ("'a' ESCAPE 1", "has to be a text literal"),
    ] {
        let error = error(&format!("SELECT a FROM t WHERE x LIKE {pattern}"));
        assert_eq!(error.kind, ErrorKind::InvalidEscape, "{pattern}");
        assert!(error.message.contains(message), "{pattern}: {error}");
    }
}

#[test]
fn what_is_searched_becomes_arguments() {
    check_expressions(&[
        ("SEARCH('x')", "search('x')"),
        ("SEARCH(*, 'x')", "search('x')"),
        ("SEARCH([T].*, ?)", "search('t', $1)"),
        ("CONTAINS(*, 'x')", "contains('x')"),
        ("{fn CONTAINS(T.*, 'x')}", "contains('t', 'x')"),
        ("CONTAINS(a, 'x')", "contains(a, 'x')"),
        ("CONTAINS((a, t.b), 'x')", "contains(a, t.b, 'x')"),
        ("COUNT(*) > 1", "count(*) > 1"),
    ]);
}
