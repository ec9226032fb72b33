//! Escape sequences, markers, literals.

use super::{check_expressions, error, one, rewritten};
use crate::ErrorKind;
use crate::text::{ParseOptions, native_sql, parse};

#[test]
fn literals_become_casts() {
    check_expressions(&[
        ("x = {d '2026-11-23'}", "x = CAST('2026-11-23' AS DATE)"),
        ("x = {D'2026-11-23'}", "x = CAST('2026-11-23' AS DATE)"),
        ("x = { t '10:30:00' }", "x = CAST('10:30:00' AS TIME)"),
        (
            "x = {ts '9999-12-31 23:59:59.999'}",
            "x = CAST('9999-12-31 23:59:59.999' AS TIMESTAMP(6))",
        ),
        ("x = {ts ?}", "x = CAST($1 AS TIMESTAMP(6))"),
        (
            "x = {guid '00112233-4455-6677-8899-aabbccddeeff'}",
            "x = '00112233-4455-6677-8899-aabbccddeeff'",
        ),
        ("x > {interval '3' day}", "x > INTERVAL '3 day'"),
        (
            "x > {interval -'3 04:05:06.5' day to second(1)}",
            "x > INTERVAL '-3 day -04 hour -05 minute -06.5 second'",
        ),
        (
            "x > INTERVAL '2-3' YEAR(4) TO MONTH",
            "x > INTERVAL '2 year 3 month'",
        ),
        ("x > INTERVAL '-5' MINUTE", "x > INTERVAL '-5 minute'"),
        (
            "x > -INTERVAL '3 4' DAY TO HOUR",
            "x > -(INTERVAL '3 day 4 hour')",
        ),
        (
            "x > INTERVAL '1 month 2 days'",
            "x > INTERVAL '1 month 2 days'",
        ),
        ("interval > 1", "interval > 1"),
        ("x = N'text'", "x = 'text'"),
        ("x = 0xABcd", "x = X'ABcd'"),
    ]);
}

#[test]
fn blocks_lose_their_braces() {
    check_expressions(&[
        ("{fn ABS(x)} = 1", "abs(x) = 1"),
        (
            "{fn CONCAT({fn UCASE(x)}, {fn LCASE(y)})} = 'a'",
            "concat(ucase(x), lcase(y)) = 'a'",
        ),
        ("{fn CURRENT_DATE} = y", "current_date = y"),
        ("{fn USER()} = y", "user() = y"),
        ("x LIKE 'a!%' {escape '!'}", "x LIKE 'a\\%'"),
    ]);
    assert_eq!(
        rewritten(
            "SELECT * FROM {oj a LEFT OUTER JOIN {oj b LEFT OUTER JOIN c ON b.x = c.x} ON a.x = b.x}"
        ),
        "SELECT * FROM a LEFT OUTER JOIN (b LEFT OUTER JOIN c ON b.x = c.x) ON a.x = b.x"
    );
}

#[test]
fn nothing_is_an_escape_inside_strings_names_and_comments() {
    let sql = "SELECT '{d ''x''} ?', \"{fn a}?\", [{oj}?], `{?}` /* {d ? */ FROM t -- {fn ?";
    let parsed = one(sql);
    assert_eq!(parsed.parameter_count, 0);
    assert!(
        parsed
            .statement
            .to_string()
            .starts_with("SELECT '{d ''x''} ?' AS")
    );
    assert_eq!(native_sql(sql).unwrap(), sql);
}

#[test]
fn wrong_escapes_say_where_and_why() {
    let cases = [
        (
            "SELECT {d '2026-02-30'}",
            ErrorKind::InvalidDatetime,
            "line 1, column 11: not a valid date",
        ),
        (
            "SELECT {t '25:00:00'}",
            ErrorKind::InvalidDatetime,
            "not a valid time",
        ),
        (
            "SELECT {ts '2026-01-01'}",
            ErrorKind::InvalidDatetime,
            "not a valid timestamp",
        ),
        (
            "SELECT {guid 'x'}",
            ErrorKind::InvalidCast,
            "a GUID is written",
        ),
        (
            "SELECT {interval 'x' day}",
            ErrorKind::InvalidDatetime,
            "not a valid interval",
        ),
        (
            "SELECT {interval '1' day to hour}",
            ErrorKind::InvalidDatetime,
            "not a valid interval",
        ),
        (
            "SELECT {d 5}",
            ErrorKind::Syntax,
            "column 11: expected a text literal after {d",
        ),
        (
            "SELECT {d '2026-01-01' x}",
            ErrorKind::Syntax,
            "column 24: expected } after the literal",
        ),
        (
            "SELECT {d '2026-01-01'",
            ErrorKind::Syntax,
            "column 8: this escape sequence is never closed",
        ),
        (
            "SELECT {",
            ErrorKind::Syntax,
            "column 8: this escape sequence is never closed",
        ),
        (
            "SELECT {d",
            ErrorKind::Syntax,
            "column 8: this escape sequence is never closed",
        ),
        (
            "SELECT {fn ABS(1)",
            ErrorKind::Syntax,
            "column 8: this escape sequence is never closed",
        ),
        (
            "SELECT {fn 1 + 2}",
            ErrorKind::Syntax,
            "column 8: expected one function call",
        ),
        (
            "SELECT {fn ABS(1) + 2}",
            ErrorKind::Syntax,
            "expected one function call",
        ),
        (
            "SELECT {fn}",
            ErrorKind::Syntax,
            "expected one function call",
        ),
        (
            "SELECT {x '1'}",
            ErrorKind::Syntax,
            "column 9: unknown escape sequence {x",
        ),
        (
            "SELECT 1 }",
            ErrorKind::Syntax,
            "column 10: this } closes nothing",
        ),
        (
            "SELECT 1 WHERE 'a' LIKE 'b' {escape x}",
            ErrorKind::Syntax,
            "one text literal in {escape",
        ),
        (
            "{call f(?)}",
            ErrorKind::NotSupported,
            "no stored procedures",
        ),
        (
            "{?=call f(?)}",
            ErrorKind::NotSupported,
            "no stored procedures",
        ),
        (
            "{ ? = CALL f }",
            ErrorKind::NotSupported,
            "no stored procedures",
        ),
        (
            "SELECT {call f}",
            ErrorKind::Syntax,
            "a statement of its own",
        ),
        ("{? call f}", ErrorKind::Syntax, "expected {call name"),
        ("{call}", ErrorKind::Syntax, "expected {call name"),
    ];
    for (sql, kind, message) in cases {
        let error = error(sql);
        assert_eq!(error.kind, kind, "{sql}: {error}");
        assert!(error.message.contains(message), "{sql}: {error}");
    }
}

#[test]
fn markers_are_numbered_within_their_statement() {
    let statements = parse(
        "SELECT ? FROM t WHERE x = ?; SELECT ?",
        &ParseOptions::default(),
    );
    let statements = statements.unwrap();
    let counts: Vec<_> = statements
        .iter()
        .map(|statement| statement.parameter_count)
        .collect();
    assert_eq!(counts, [2, 1]);
    assert!(
        statements[0]
            .statement
            .to_string()
            .ends_with("WHERE x = $2")
    );
    assert!(statements[1].statement.to_string().starts_with("SELECT $1"));
    for sql in [
        "SELECT $1",
        "SELECT $a$x$a$",
        "SELECT ?1",
        "SELECT :name",
        "SELECT @name",
        "SELECT @@version",
    ] {
        let error = error(sql);
        assert_eq!(error.kind, ErrorKind::Syntax, "{sql}");
        assert!(
            error.message.contains("column 8")
                && error.message.contains("parameters are written ?")
        );
    }
}

#[test]
fn without_scanning_braces_are_refused() {
    let options = ParseOptions { no_scan: true };
    let error = parse("SELECT {d '2026-01-01'}", &options).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Syntax);
    assert!(error.message.contains("SQL_ATTR_NOSCAN"));
    assert!(parse("SELECT '{d}' FROM t", &options).is_ok());
}

#[test]
fn the_native_text_differs_only_where_escapes_were() {
    let cases = [
        ("SELECT\n {fn UCASE( a )}  ,b", "SELECT\n UCASE( a )  ,b"),
        ("SELECT{fn NOW()}FROM t", "SELECT NOW()FROM t"),
        (
            "select {d'2026-01-01'} -- {d}",
            "select CAST('2026-01-01' AS DATE) -- {d}",
        ),
        ("{ts ?}", "CAST(? AS TIMESTAMP(6))"),
        ("a LIKE 'x' {escape '\\'}", "a LIKE 'x' escape '\\'"),
        ("{oj a LEFT JOIN b ON 1=1}", "a LEFT JOIN b ON 1=1"),
        ("é {fn ABS(?)} ü", "é ABS(?) ü"),
        ("{call p(?)}", "call p(?)"),
        ("{?=call f}", "?=call f"),
        (
            " { ? = CALL a.f( ?, {d '2026-01-01'} ) } ",
            " ? = CALL a.f( ?, CAST('2026-01-01' AS DATE) )  ",
        ),
        ("SELECT 1; {CALL p}", "SELECT 1; CALL p"),
        ("", ""),
    ];
    for (sql, expected) in cases {
        assert_eq!(native_sql(sql).unwrap(), expected);
    }
    assert_eq!(native_sql("{fn").unwrap_err().kind, ErrorKind::Syntax);
}

#[test]
fn binary_literals_have_whole_bytes() {
    for sql in ["SELECT X'ABC'", "SELECT X'GG'", "SELECT 0xABC"] {
        assert!(
            error(sql)
                .message
                .contains("even number of hexadecimal digits"),
            "{sql}"
        );
    }
}
