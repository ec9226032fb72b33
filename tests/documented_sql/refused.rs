//! Refused statements, and the replacements that the messages name.

use super::connected;
use exchange_sql::text::REFUSED;

/// Statements over the table t of [`super::functions`], and a part of the message.
const FORMS: &[(&str, &str)] = &[
    (
        "SELECT subject FROM Messages TABLESAMPLE (10)",
        "ORDER BY RAND()",
    ),
    (
        "SELECT subject FROM Messages TABLESAMPLE BERNOULLI (10)",
        "ORDER BY RAND()",
    ),
    (
        "SELECT COUNT(DISTINCT *) FROM Messages",
        "SELECT DISTINCT *",
    ),
    (
        "SELECT COUNT(DISTINCT subject, id) FROM Messages",
        "SELECT DISTINCT a, b",
    ),
    ("SELECT COUNT(subject, id) FROM Messages", "COUNT(*)"),
    ("SELECT COUNT(m.*) FROM Messages m", "COUNT(*)"),
    ("SELECT COUNT() FROM Messages", "COUNT(*)"),
    ("SELECT SUM(*) FROM Messages", "name a column"),
    ("SELECT ARRAY_AGG(subject) FROM Messages", "JSON_VALUE"),
    ("SELECT VERSION()", "SQLGetInfo"),
    (
        "SELECT CAST(receivedDateTime AS TIMESTAMP WITH TIME ZONE) FROM Messages",
        "UTC",
    ),
    ("SELECT (1, 2)", "one by one"),
    ("SELECT CAST('x' AS INTEGER ARRAY)", "JSON_VALUE"),
    ("SELECT 'a' SIMILAR TO 'b'", "REGEXP_LIKE"),
    ("SELECT 'a' RLIKE 'b'", "REGEXP_LIKE"),
    ("SELECT 'a' COLLATE latin1", "LOWER"),
    ("SELECT OVERLAY('abc' PLACING 'x' FROM 1)", "STUFF"),
    ("SELECT * FROM UNNEST('a')", "WITH RECURSIVE"),
    ("CREATE TABLE #rows AS SELECT (1, 2) AS a", "one by one"),
    ("SELECT STRING_AGG((1, 2), ',')", "one by one"),
    ("SELECT GROUP_CONCAT(subject) FROM Messages", "STRING_AGG"),
    ("SELECT 2 ^ 3", "POWER"),
    (
        "SELECT subject FROM Messages m LEFT SEMI JOIN Users u ON m.id = u.id",
        "EXISTS",
    ),
    (
        "SELECT subject FROM Messages m LEFT ANTI JOIN Users u ON m.id = u.id",
        "EXISTS",
    ),
    (
        "SELECT 1 FROM Users CROSS APPLY (SELECT 1 AS a) x",
        "(SELECT ...)",
    ),
    ("SELECT 1 FROM Users a JOIN Users b", "CROSS JOIN"),
    (
        "SELECT 1 FROM Users u, LATERAL (SELECT u.id) x",
        "(SELECT ...)",
    ),
    ("SELECT * FROM generate_series(1, 3)", "WITH RECURSIVE"),
    ("SELECT * FROM Users WITH (INDEX(x))", "locks"),
    (
        "SELECT DISTINCT ON (subject) subject FROM Messages",
        "QUALIFY ROW_NUMBER()",
    ),
    (
        "SELECT subject, COUNT(*) FROM Messages GROUP BY subject WITH ROLLUP",
        "end of the query",
    ),
    (
        "SELECT *, COUNT(*) FROM Messages GROUP BY ALL",
        "name the columns",
    ),
    ("SELECT 'x' FROM Messages GROUP BY ALL", "name the columns"),
    (
        "SELECT subject, ROW_NUMBER() OVER (ORDER BY subject) FROM Messages GROUP BY ALL",
        "name the columns",
    ),
    ("SELECT ROW_NUMBER() FROM Messages", "OVER (ORDER BY"),
    (
        "SELECT FIRST_VALUE(subject) FROM Messages",
        "OVER (ORDER BY",
    ),
    (
        "SELECT UPPER(DISTINCT subject) FROM Messages",
        "leave it out",
    ),
    (
        "SELECT UPPER(subject) FILTER (WHERE isRead) FROM Messages",
        "leave it out",
    ),
    (
        "SELECT UPPER(subject) OVER () FROM Messages",
        "leave it out",
    ),
    (
        "SELECT SUM(size ORDER BY subject) FROM MessageAttachments",
        "leave it out",
    ),
    (
        "SELECT MAX(subject) IGNORE NULLS FROM Messages",
        "leave it out",
    ),
    (
        "SELECT MAX(subject) WITHIN GROUP (ORDER BY subject) FROM Messages",
        "leave it out",
    ),
    (
        "SELECT STRING_AGG(subject) FROM Messages",
        "STRING_AGG(x, ', ')",
    ),
    (
        "SELECT STRING_AGG(DISTINCT subject, ',' ORDER BY id) FROM Messages",
        "themselves",
    ),
    (
        "SELECT STRING_AGG(DISTINCT CAST(size AS VARCHAR(1)), ',' ORDER BY size) FROM MessageAttachments",
        "themselves",
    ),
    (
        "SELECT STRING_AGG(subject, ',' ORDER BY 1) FROM Messages",
        "constant",
    ),
    (
        "SELECT STRING_AGG(subject, ',' ORDER BY id) OVER () FROM Messages",
        "OVER",
    ),
    (
        "SELECT PERCENTILE_CONT(0.5) FROM Messages",
        "WITHIN GROUP (ORDER BY column)",
    ),
    (
        "SELECT PERCENTILE_CONT(id) WITHIN GROUP (ORDER BY id) FROM Messages",
        "constant",
    ),
    (
        "SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY subject) FROM Messages",
        "PERCENTILE_DISC",
    ),
    (
        "SELECT JSON_VALUE('{}', '$.a' RETURNING INTEGER)",
        "convert the value with CAST",
    ),
    ("SELECT LOWER(text => 'a')", "in their order"),
    ("SELECT dbo.LOWER('a')", "no schema"),
    ("SELECT REGEXP_REPLACE('a', 'b', 'c', 'i')", "1, 1, 'i'"),
    ("SELECT REGEXP_LIKE('a', '(?=b)')", "look-around"),
    ("SELECT TO_CHAR(CURRENT_TIMESTAMP, 'XYZ')", "YYYY"),
    (
        "SELECT FORMAT(CURRENT_TIMESTAMP, 'yyyy-mm-dd')",
        "MM for months",
    ),
    (
        "SELECT DATE_TRUNC('decade', CURRENT_TIMESTAMP)",
        "SQL_TSI_YEAR",
    ),
    ("SELECT NOSUCHFUNCTION(1)", "not found"),
    ("SELECT STRING_AG('a', 'b')", "STRING_AGG?"),
    ("SELECT \"=percentile_cont\"(1, 0.5, true)", "not found"),
    ("TABLE Users", "SELECT * FROM"),
    ("VALUES ROW(1, 2)", "VALUES (1, 'a')"),
    (
        "SELECT id FROM Users UNION BY NAME SELECT id FROM Users",
        "in the same order",
    ),
    (
        "SELECT * FROM (SELECT 1 AS a) AS x PIVOT (SUM(a) FOR a IN (1, 2))",
        "CASE WHEN",
    ),
];

#[test]
fn forms_that_are_refused_say_what_to_write() {
    let (connection, _simulator) = connected();
    let mut wrong = Vec::new();
    for (sql, words) in FORMS {
        match connection.query(sql) {
            Ok(_) => wrong.push(format!("{sql}: is taken")),
            Err(failure) => {
                let message = failure.to_string();
                if failure.state() != "42000" || !message.contains(words) {
                    wrong.push(format!("{sql}: {message}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn functions_that_are_refused_say_what_to_write() {
    let (connection, _simulator) = connected();
    let mut wrong = Vec::new();
    for (names, advice) in REFUSED {
        for name in *names {
            // Some are words of the language.
            let sql = format!("SELECT \"{name}\"(id) FROM Users");
            match connection.query(&sql) {
                Ok(_) => wrong.push(format!("{sql}: is taken")),
                Err(failure) => {
                    let message = failure.to_string();
                    if failure.state() != "42000" || !message.contains(advice) {
                        wrong.push(format!("{sql}: {message}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn advice_that_is_a_statement_works() {
    let (connection, _simulator) = connected();
    for sql in [
        "SELECT TOP 2 id FROM Users ORDER BY RAND()",
        "SELECT COUNT(*) FROM (SELECT DISTINCT * FROM Users) AS x",
        "SELECT subject FROM Messages QUALIFY ROW_NUMBER() OVER (PARTITION BY conversationId ORDER BY receivedDateTime) = 1",
        "SELECT DATEADD(hour, 1, MIN(sentDateTime)) FROM Messages",
        "SELECT STUFF('abc', 1, 1, 'x')",
        "SELECT id FROM Users AS u WHERE NOT EXISTS (SELECT 1 FROM Messages AS m WHERE m.id = u.id)",
        "SELECT GROUPING(isRead) * 2 + GROUPING(importance) FROM Messages GROUP BY CUBE (isRead, importance)",
        "SELECT DATEADD(second, 5, TIMESTAMP '1970-01-01 00:00:00')",
        "SELECT LOG(8, 2), POWER(8, 1.0 / 3), INSTR('abcabc', 'b', -1)",
    ] {
        let rows = connection.query(sql);
        rows.unwrap_or_else(|failure| panic!("{sql}: {failure}"));
    }
}
