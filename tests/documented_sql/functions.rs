//! Every function of the page with its example, and cases beyond the examples.

use super::{connected, shown, try_shown};
use driver_harness::client::Parameter;
use driver_harness::tenant;
use exchange_sql::functions::catalog::{AGGREGATES, CATALOG, FunctionGroup, ROWS, WINDOWS};

#[test]
fn every_example_of_an_aggregate_gives_its_value() {
    let (connection, _simulator) = connected();
    for set in AGGREGATES {
        let sql = match set.name {
            "grouping" => format!(
                "SELECT {} FROM {ROWS} GROUP BY ROLLUP (s) ORDER BY 1 DESC LIMIT 1",
                set.example
            ),
            _ => format!("SELECT {} FROM {ROWS}", set.example),
        };
        assert_eq!(shown(&connection, &sql), set.value, "{sql}");
    }
}

#[test]
fn every_example_of_a_window_function_gives_its_values() {
    let (connection, _simulator) = connected();
    for set in WINDOWS {
        let sql = format!("SELECT {} FROM {ROWS} ORDER BY n", set.example);
        assert_eq!(shown(&connection, &sql), set.value, "{sql}");
    }
}

#[test]
fn every_example_of_a_scalar_function_gives_its_value() {
    let (connection, _simulator) = connected();
    let mut wrong = Vec::new();
    for entry in CATALOG {
        let sql = format!("SELECT {}", entry.example);
        let found = shown(&connection, &sql);
        let expected = match (entry.group, entry.value) {
            (FunctionGroup::System, "contoso") => tenant::TENANT,
            (FunctionGroup::System, "ann") => tenant::ALICE,
            (_, value) => value,
        };
        if !is_value(&found, expected) {
            wrong.push(format!("{sql}: {found} instead of {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether an application gets the value, which the catalog has in the engine's notation.
fn is_value(found: &str, expected: &str) -> bool {
    let number = |text: &str| text.parse::<f64>().ok();
    let moment = || format!("{}.000000", expected.replace('T', " "));
    match expected {
        "true" => found == "1",
        "false" => found == "0",
        _ => {
            found == expected
                || number(expected).is_some_and(|wanted| number(found) == Some(wanted))
                || found == moment()
        }
    }
}

/// Over [`ROWS`]; the expected values are DuckDB's, with nulls first.
const VALUES: &[(&str, &str)] = &[
    (
        "SELECT g, STRING_AGG(s, '+' ORDER BY n DESC) FROM {t} GROUP BY g ORDER BY g",
        "x|a+b, y|b",
    ),
    (
        "SELECT STRING_AGG(s, '+') WITHIN GROUP (ORDER BY n DESC), STRING_AGG(n, '') WITHIN GROUP (ORDER BY n) FROM {t}",
        "b+a+b|124",
    ),
    (
        "SELECT STRING_AGG(s, ',' ORDER BY g DESC, n DESC), STRING_AGG(s, ',' ORDER BY n), COUNT(*) FROM {t}",
        "b,a,b|b,a,b|4",
    ),
    (
        "SELECT STRING_AGG(DISTINCT i, ',' ORDER BY i DESC), STRING_AGG(DISTINCT i * 2, ',' ORDER BY i * 2), \
         STRING_AGG(i, ',') FROM (VALUES (9), (10), (9), (NULL)) AS x (i)",
        "10,9|18,20|9,10,9",
    ),
    (
        "SELECT STRING_AGG(DISTINCT d, ' ' ORDER BY d) FROM (VALUES (DATE '2026-01-02'), (DATE '2026-01-01')) AS x (d)",
        "2026-01-01 2026-01-02",
    ),
    ("SELECT STRING_AGG(s, ',') FROM {t} WHERE n > 9", "NULL"),
    ("SELECT STRING_AGG(s, NULL) FROM {t}", "bab"),
    (
        "SELECT STRING_AGG(s, ',') OVER (ORDER BY n ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM {t} ORDER BY n",
        "NULL, b, b,a, a,b",
    ),
    (
        "SELECT STRING_AGG(s, ',') FILTER (WHERE n > 1), COUNT(*) FILTER (WHERE s = 'b') FROM {t}",
        "a,b|2",
    ),
    (
        "SELECT MEDIAN(n), MEDIAN(DISTINCT n), MEDIAN(n) FILTER (WHERE n > 1) FROM {t}",
        "2|2|3",
    ),
    (
        "SELECT g, MEDIAN(n) FROM {t} GROUP BY g ORDER BY g",
        "x|1.5, y|4",
    ),
    (
        "SELECT MEDIAN(n) OVER (PARTITION BY g) FROM {t} ORDER BY n",
        "4, 1.5, 1.5, 4",
    ),
    (
        "SELECT MEDIAN(n) OVER (ORDER BY n ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM {t} ORDER BY n",
        "NULL, 1, 1.5, 3",
    ),
    ("SELECT MEDIAN(n) FROM {t} WHERE n > 9", "NULL"),
    (
        "SELECT MEDIAN(CAST(n AS DECIMAL(9, 2))), MEDIAN(n = 1) FROM {t}",
        "2|0",
    ),
    (
        "SELECT MEDIAN(d) FROM (VALUES (DATE '2026-01-01'), (DATE '2026-01-02')) AS x (d)",
        "2026-01-01 12:00:00.000000",
    ),
    (
        "SELECT PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY n DESC), \
         PERCENTILE_DISC(0.25) WITHIN GROUP (ORDER BY n DESC), PERCENTILE_DISC(0) WITHIN GROUP (ORDER BY n), \
         PERCENTILE_DISC(1.0) WITHIN GROUP (ORDER BY s) FROM {t}",
        "3|4|1|b",
    ),
    (
        "SELECT DISTINCT g, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY n) OVER (PARTITION BY g) AS m FROM {t} ORDER BY g",
        "x|1.5, y|4",
    ),
    (
        "SELECT PERCENTILE_DISC(0.07) WITHIN GROUP (ORDER BY i) FROM (WITH RECURSIVE r(i) AS \
         (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 100) SELECT i FROM r) AS x",
        "7",
    ),
    (
        "SELECT g, COUNT(*) FROM {t} GROUP BY ALL ORDER BY g",
        "x|2, y|2",
    ),
    (
        "SELECT UPPER(g) AS u, SUM(n) + 1, 'c' FROM {t} GROUP BY ALL ORDER BY u",
        "X|4|c, Y|5|c",
    ),
    ("SELECT COUNT(*) FROM {t} WHERE n > 9 GROUP BY ALL", "0"),
    ("SELECT s FROM {t} GROUP BY ALL ORDER BY s", "NULL, a, b"),
    (
        "SELECT n FROM {t} QUALIFY ROW_NUMBER() OVER (PARTITION BY g ORDER BY n DESC) = 1 ORDER BY n",
        "2, 4",
    ),
    (
        "SELECT g, SUM(n) AS total FROM {t} GROUP BY g QUALIFY RANK() OVER (ORDER BY SUM(n) DESC) = 1",
        "y|4",
    ),
    (
        "SELECT n, ROW_NUMBER() OVER (ORDER BY n) AS r FROM {t} QUALIFY r <= 2 ORDER BY n",
        "NULL|1, 1|2",
    ),
    (
        "SELECT LAG(n) IGNORE NULLS OVER (ORDER BY g, n), FIRST_VALUE(n) IGNORE NULLS OVER (PARTITION BY g ORDER BY n), \
         LAST_VALUE(n) IGNORE NULLS OVER (ORDER BY g DESC, n DESC ROWS UNBOUNDED PRECEDING) FROM {t} ORDER BY g, n",
        "NULL|1|1, 1|1|2, 2|NULL|4, 2|4|4",
    ),
    (
        "SELECT SUM(n) OVER w, COUNT(DISTINCT s) OVER (PARTITION BY g) FROM {t} WINDOW w AS (PARTITION BY g ORDER BY n) \
         ORDER BY n",
        "NULL|1, 1|2, 3|2, 4|1",
    ),
    (
        "SELECT ANY_VALUE(s), EVERY(n > 1), STDEVP(n) = STDDEV_POP(n) FROM {t}",
        "a|0|1",
    ),
    (
        "SELECT VAR_SAMP(n) = VARIANCE(n), STDEV(n) = STDDEV(n), STDDEV_SAMP(DISTINCT n) = STDDEV(n) FROM {t}",
        "1|1|1",
    ),
    (
        "SELECT COUNT(*) FROM {t} WHERE REGEXP_LIKE(s, '^[AB]$', 'i')",
        "3",
    ),
    (
        "SELECT REGEXP_REPLACE('a1b22', '([0-9])', '<\\1>'), REGEXP_REPLACE('a1b22', '[0-9]', '#', 'g'), \
         REGEXP_REPLACE('a1b22', '[0-9]', '#', 1, 2), REGEXP_REPLACE('aBA', 'a', 'x', 1, 0, 'i')",
        "a<1>b<2><2>|a#b##|a1b#2|xBx",
    ),
    (
        "SELECT REGEXP_REPLACE('baac', 'a*', '-'), REGEXP_COUNT('baac', 'a*'), REGEXP_SUBSTR('x=1;y=2', '[a-z]=([0-9])', 1, 2, 'c', 1), \
         REGEXP_INSTR('ab12', '[0-9]+', 1, 1, 1), REGEXP_SUBSTR('abc', 'x')",
        "-b-c-|3|2|5|NULL",
    ),
    (
        "SELECT DATE_TRUNC('week', TIMESTAMP '2026-11-22 10:00:00'), DATETRUNC(week, TIMESTAMP '2026-11-25 10:00:00'), \
         DATE_TRUNC('quarter', DATE '2026-11-22'), DATETRUNC(iso_week, DATE '2026-11-22'), DATETRUNC(hour, TIME '10:20:30')",
        "2026-11-16 00:00:00.000000|2026-11-22 00:00:00.000000|2026-10-01 00:00:00.000000|2026-11-16|10:00:00.000000",
    ),
    (
        "SELECT SPLIT_PART('a,b,c', ',', -1), SPLIT_PART('abc', ',', 2), SPLIT_PART('a', '', 1)",
        "c||a",
    ),
    (
        "SELECT GREATEST(1, 2.5, NULL), LEAST('b', 'a', NULL), GREATEST(NULL, NULL)",
        "2.5|a|NULL",
    ),
    (
        "SELECT INSTR('CORPORATE FLOOR', 'OR', 3, 2), INSTR('CORPORATE FLOOR', 'OR', -3, 2), INSTR('abc', 'x')",
        "14|2|0",
    ),
    (
        "SELECT CURRENT_USER = USER_NAME(), SESSION_USER = SYSTEM_USER",
        "1|1",
    ),
    (
        "SELECT MAX(JSON_VALUE(j, '$.a')) FROM (VALUES ('{\"a\": 1}'), (NULL)) AS x (j)",
        "1",
    ),
    ("SELECT 5 & 3, 5 | 3, 'a' & 'b'", "1|7|ab"),
];

#[test]
fn functions_and_clauses_mean_what_they_mean_elsewhere() {
    let (connection, _simulator) = connected();
    let mut wrong = Vec::new();
    for (sql, expected) in VALUES {
        let sql = sql.replace("{t}", ROWS);
        let found = match try_shown(&connection, &sql) {
            Ok(found) => found,
            Err(failure) => failure.to_string(),
        };
        if found != *expected {
            wrong.push(format!("{sql}\n  gives {found}\n  instead of {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Expressions, and the described type and length of their columns.
const DESCRIBED: &[(&str, i16, usize)] = &[
    ("TO_CHAR(receivedDateTime, 'YYYY-MM-DD')", 12, 10),
    ("TO_CHAR(receivedDateTime, 'FMMonth YYYY')", 12, 14),
    ("TO_CHAR(id, '999.99')", 12, 8),
    ("FORMAT(receivedDateTime, 'yyyy-MM-dd HH:mm')", 12, 16),
    ("LPAD(subject, 7)", 12, 7),
    ("SPLIT_PART('a/b', '/', 1)", 12, 3),
    ("GREATEST('a', 'bcd')", 12, 3),
    ("NVL2(subject, 'a', 'bcd')", 12, 3),
    ("JSON_VALUE(internetMessageHeaders, '$[0].name')", -1, 0),
    ("REGEXP_LIKE(subject, 'x')", -7, 1),
    ("REGEXP_COUNT(subject, 'x')", 4, 10),
    ("DATE_TRUNC('day', receivedDateTime)", 93, 26),
    ("DATETRUNC(day, CAST(receivedDateTime AS DATE))", 91, 10),
    ("STARTS_WITH(subject, 'x')", -7, 1),
];

#[test]
fn results_of_functions_are_described() {
    let (connection, _simulator) = connected();
    let mut wrong = Vec::new();
    let of_rows = DESCRIBED.iter().map(|(item, sql_type, size)| {
        let item = item.replace("TO_CHAR(id,", "TO_CHAR(1.5,");
        (format!("SELECT {item} FROM Messages"), *sql_type, *size)
    });
    let of_groups = [
        ("STRING_AGG(subject, ', ')", -1, 0),
        ("MEDIAN(LENGTH(subject))", 8, 15),
        ("MEDIAN(receivedDateTime)", 93, 26),
        (
            "PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY LEFT(subject, 5))",
            12,
            5,
        ),
        (
            "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY LENGTH(subject))",
            8,
            15,
        ),
        ("BOOL_OR(isRead)", -7, 1),
    ];
    let of_groups = of_groups
        .iter()
        .map(|(item, sql_type, size)| (format!("SELECT {item} FROM Messages"), *sql_type, *size));
    for (sql, sql_type, size) in of_rows.chain(of_groups) {
        let mut statement = connection
            .prepare(&sql)
            .unwrap_or_else(|failure| panic!("{sql}: {failure}"));
        let column = statement.column(1).expect("a column");
        // Wide or not, a text is a text.
        let found = match column.sql_type {
            -9 => 12,
            -10 => -1,
            other => other,
        };
        let fits = size == 0 || column.size == size;
        if found != sql_type || !fits {
            wrong.push(format!("{sql}: {found} {}", column.size));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Markers in calls, with a value for each and the result.
const MARKED: &[(&str, &[&str], &str)] = &[
    (
        "SELECT PERCENTILE_CONT(?) WITHIN GROUP (ORDER BY n) FROM {t}",
        &["0.25"],
        "1.5",
    ),
    (
        "SELECT STRING_AGG(s, ? ORDER BY n) FROM {t}",
        &["; "],
        "b; a; b",
    ),
    (
        "SELECT COUNT(*) FROM {t} WHERE REGEXP_LIKE(s, ?, ?)",
        &["^B", "i"],
        "2",
    ),
    (
        "SELECT TO_CHAR(DATE '2026-03-05', ?)",
        &["DD.MM.YYYY"],
        "05.03.2026",
    ),
    ("SELECT FORMAT(1234.5, ?)", &["N1"], "1,234.5"),
    ("SELECT JSON_VALUE(?, ?)", &["{\"a\": [7]}", "$.a[0]"], "7"),
    ("SELECT SPLIT_PART(?, '/', ?)", &["a/b", "2"], "b"),
    ("SELECT GREATEST(n, ?) FROM {t} WHERE n = 1", &["3"], "3"),
    (
        "SELECT DATE_TRUNC('month', ?)",
        &["2026-03-05 10:00:00"],
        "2026-03-01 00:00:00.000000",
    ),
    ("SELECT NVL2(?, 'a', 'b')", &["x"], "a"),
    (
        "SELECT g, COUNT(*) FROM {t} GROUP BY ALL HAVING COUNT(*) > ? ORDER BY g LIMIT 1",
        &["1"],
        "x|2",
    ),
];

#[test]
fn markers_may_stand_in_calls() {
    let (connection, _simulator) = connected();
    let mut wrong = Vec::new();
    for (sql, values, expected) in MARKED {
        let sql = sql.replace("{t}", ROWS);
        let values: Vec<Parameter> = values.iter().map(|value| Parameter::from(*value)).collect();
        let rows = connection
            .execute_with(&sql, &values)
            .and_then(|mut statement| statement.rows());
        let found = match rows {
            Ok(rows) => {
                let cells = rows[0].iter().map(|cell| cell.as_deref().unwrap_or("NULL"));
                cells.collect::<Vec<_>>().join("|")
            }
            Err(failure) => failure.to_string(),
        };
        if found != *expected {
            wrong.push(format!("{sql}: {found} instead of {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn percentiles_are_explained_as_they_are_written() {
    let (connection, _simulator) = connected();
    let percentile = "PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY size DESC)";
    for written in [
        percentile.to_owned(),
        format!("{percentile} OVER (PARTITION BY name)"),
        format!("{percentile} OVER (ORDER BY name)"),
    ] {
        let sql = format!("EXPLAIN SELECT {written} FROM MessageAttachments");
        let explained = shown(&connection, &sql);
        assert!(explained.contains(&written), "{explained}");
    }
}
