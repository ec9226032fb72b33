//! Refused statements, and their messages.

use super::error;
use crate::ErrorKind;

#[test]
fn syntax_errors_name_the_place_in_the_original_text() {
    let cases = [
        ("", "the statement is empty"),
        (" ; -- nothing\n;", "the statement is empty"),
        (
            "SELECT",
            "line 1, column 7: expected an expression, found the end of the statement",
        ),
        (
            "SELECT 1 FROM",
            "line 1, column 14: expected identifier, found the end of the statement",
        ),
        ("FOO BAR", "line 1, column 1: expected SELECT, found FOO"),
        ("= 1", "line 1, column 1: expected SELECT"),
        ("EXPLAIN", "column 8: expected a query after EXPLAIN"),
        ("EXPLAIN ANALYZE", "expected a query after EXPLAIN ANALYZE"),
        (
            "SELECT a FROM t WHERE\n  b = = 1",
            "line 2, column 7: expected an expression, found =",
        ),
        (
            "SELECT {fn ABS(1)}\n, {ts '2026-01-01 00:00:00'}, FROM FROM t",
            "line 2, column 36: expected an expression, found FROM",
        ),
        (
            "SELECT 1; SELECT 2 3",
            "line 1, column 20: expected the end of the query, found 3",
        ),
        (
            "SELECT a FROM t WHERE (b > 5",
            "column 23: this ( is never closed",
        ),
        (
            "SELECT a FROM t WHERE b > 5)",
            "column 28: this ) closes nothing",
        ),
        ("SELECT 'abc", "column 8: unterminated string literal"),
        ("SELECT \"abc", "column 8: expected close delimiter"),
        ("SELECT [abc", "column 8: expected close delimiter"),
        ("SELECT 1 /* abc", "multi-line comment"),
        ("SELECT [] FROM t", "column 8: a quoted name is empty"),
        ("SELECT #, 1 FROM t", "column 8: expected a name after #"),
        ("SELECT a] FROM t", "column 9: "),
        (
            "SELECT * FROM (SELECT id, id FORM Users) x",
            "column 35: expected the end of the query, found Users",
        ),
        (
            "SELECT * FROM (SELECT a FROM (SELECT b,, c FROM t) x) y",
            "column 40: expected an expression, found ,",
        ),
        ("SELECT CASE WHEN a THEN b FROM t", "column 27: "),
        (
            "SELECT a.b.c.d.e.f.g.h.i FROM t",
            "the name has too many parts",
        ),
    ];
    for (sql, message) in cases {
        let error = error(sql);
        assert_eq!(error.kind, ErrorKind::Syntax, "{sql}: {error}");
        assert!(error.message.contains(message), "{sql}: {error}");
    }
}

#[test]
fn other_statements_are_refused_with_a_reason() {
    let cases = [
        (
            "MERGE INTO t USING u ON 1=1",
            ErrorKind::ReadOnly,
            "read only",
        ),
        (
            "SELECT * FROM (SELECT a INTO u FROM t) x",
            ErrorKind::ReadOnly,
            "SELECT INTO is not possible",
        ),
        (
            "WITH x AS (SELECT 1) DELETE FROM t",
            ErrorKind::ReadOnly,
            "read only",
        ),
        (
            "CREATE GLOBAL TEMPORARY TABLE t (x INT)",
            ErrorKind::NotSupported,
            "write LOCAL TEMPORARY",
        ),
        (
            "CREATE TABLE t (x INT) ON COMMIT DROP",
            ErrorKind::NotSupported,
            "write ON COMMIT PRESERVE ROWS",
        ),
        (
            "CREATE TABLE t (x INT) WITH (fillfactor = 70)",
            ErrorKind::NotSupported,
            "with more than columns, keys",
        ),
        (
            "CREATE VIEW v AS SELECT 1",
            ErrorKind::NotSupported,
            "only temporary tables",
        ),
        (
            "DROP VIEW v",
            ErrorKind::NotSupported,
            "only temporary tables",
        ),
        ("SET x = 1", ErrorKind::NotSupported, "connection string"),
        (
            "BEGIN TRANSACTION",
            ErrorKind::NotSupported,
            "no transactions",
        ),
        (
            "EXEC sp_tables",
            ErrorKind::NotSupported,
            "stored procedures",
        ),
        ("SHOW TABLES", ErrorKind::NotSupported, "SQLTables"),
        ("GRANT SELECT ON t TO x", ErrorKind::NotSupported, "Entra"),
        (
            "EXPLAIN INSERT INTO t VALUES (1)",
            ErrorKind::NotSupported,
            "explain the SELECT alone",
        ),
    ];
    for (sql, kind, message) in cases {
        let error = error(sql);
        assert_eq!(error.kind, kind, "{sql}: {error}");
        assert!(error.message.contains(message), "{sql}: {error}");
    }
}

/// Literals may be mail.
#[test]
fn messages_quote_no_literal_and_no_long_text() {
    let secret = "Dear Ann".repeat(20);
    for sql in [
        format!("SELECT a FROM t WHERE 'x' '{secret}'"),
        format!("SELECT a FROM t WHERE ) '{secret}'"),
        format!("SELECT a, FROM '{secret}' '{secret}'"),
        format!("SELECT a FROM t '{secret}' '{secret}'"),
        format!("SELECT INTERVAL '{secret}' DAY"),
        format!("SELECT {{d '{secret}'}}"),
        format!("SELECT {{guid '{secret}'}}"),
        format!("SELECT a FROM t WHERE b LIKE '{secret}!' ESCAPE '!'"),
        format!("SELECT a FROM t LIMIT 1 '{secret}'"),
        format!("SELECT {{fn '{secret}'}}"),
        format!(
            "SELECT a FROM t WHERE {} {}",
            "b".repeat(500),
            "c".repeat(500)
        ),
        format!("SELECT '{secret}"),
        format!("SELECT CAST('{secret}' AS '{secret}')"),
        format!("SELECT a FROM t GROUP BY '{secret}' '{secret}'"),
    ] {
        let error = error(&sql);
        assert!(!error.message.contains("Dear"), "{error}");
        assert!(error.message.len() < 250, "{error}");
    }
}
