//! Names, labels and tables.

use super::{one, rewritten};
use crate::text::{Explain, ParseOptions, parse};

#[test]
fn names_are_lower_case_however_they_are_quoted() {
    assert_eq!(
        rewritten(
            "SELECT M.\"Subject\", M.[From], M.`Id`, ISREAD FROM Messages AS M WHERE M.Ünï = 1"
        ),
        "SELECT m.\"subject\", m.[from], m.`id`, isread FROM messages AS m WHERE m.ünï = 1"
    );
    let parsed = one("SELECT [a]]b], \"c\"\"d\" FROM #Temp");
    assert_eq!(parsed.tables, [["#Temp"]]);
    assert_eq!(parsed.spellings.get("a]b").map(String::as_str), Some("a]b"));
}

#[test]
fn the_first_spelling_is_kept() {
    let parsed = one("SELECT SubJect FROM t ORDER BY SUBJECT");
    assert_eq!(
        parsed.spellings.get("subject").map(String::as_str),
        Some("SubJect")
    );
}

#[test]
fn labels_are_what_was_written() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        (
            "SELECT COUNT(*), count( * ) FROM t",
            &[("count(*)", "COUNT(*)"), ("count( * )", "count( * )")],
        ),
        (
            "SELECT a AS Total, b AS TOTAL FROM t",
            &[("total", "Total"), ("total#2", "TOTAL")],
        ),
        ("SELECT a 'My Name' FROM t", &[("my name", "My Name")]),
        (
            "SELECT a AS [My ]] Name] FROM t",
            &[("my ] name", "My ] Name")],
        ),
        ("SELECT a, A FROM t", &[("a#2", "A")]),
        (
            "SELECT subject, SUBJECT FROM messages",
            &[("subject#2", "subject")],
        ),
        (
            "SELECT *, Subject FROM messages",
            &[("subject#2", "subject")],
        ),
        ("SELECT *, x.n FROM x", &[]),
        (
            "SELECT DISTINCT TOP (1 + 1) a + 1, ? FROM t",
            &[("a + 1", "a + 1"), ("?", "?")],
        ),
        (
            "SELECT {fn UCASE( b )}\n || 'x' FROM t",
            &[("ucase( b ) || 'x'", "UCASE( b ) || 'x'")],
        ),
        (
            "SELECT {d '2026-01-01'}",
            &[("{d '2026-01-01'}", "{d '2026-01-01'}")],
        ),
        ("SELECT 1, 1", &[("1", "1"), ("1#2", "1")]),
        (
            "SELECT * FROM (SELECT MAX(a) FROM t) x",
            &[("max(a)", "MAX(a)")],
        ),
        (
            "SELECT Max(a) FROM t UNION SELECT MAX(a) FROM t",
            &[("max(a)", "Max(a)")],
        ),
        (
            "SELECT nullif(a, b), CASE WHEN a THEN 1 END FROM t",
            &[
                ("nullif(a, b)", "nullif(a, b)"),
                ("case when a then 1 end", "CASE WHEN a THEN 1 END"),
            ],
        ),
    ];
    for (sql, expected) in cases {
        let parsed = one(sql);
        let mut labels: Vec<_> = parsed
            .labels
            .iter()
            .map(|(name, label)| (name.as_str(), label.as_str()))
            .collect();
        let mut expected = expected.to_vec();
        labels.sort();
        expected.sort();
        assert_eq!(labels, expected, "{sql}");
    }
}

#[test]
fn a_long_label_is_cut_at_a_whole_character() {
    let parsed = one(&format!("SELECT '{}'", "é".repeat(200)));
    let label = parsed.labels.values().next().unwrap();
    assert_eq!(label.chars().count(), 128);
}

#[test]
fn order_by_follows_what_was_renamed() {
    let cases = [
        (
            "SELECT COUNT(*) FROM t ORDER BY COUNT(*)",
            "ORDER BY \"count(*)\"",
        ),
        ("SELECT a AS x, b AS x FROM t ORDER BY x", "ORDER BY x"),
        (
            "SELECT DISTINCT m.id, u.id FROM m, u ORDER BY u.id",
            "ORDER BY \"id#2\"",
        ),
        (
            "SELECT *, lower(subject) AS subject FROM messages ORDER BY subject",
            "ORDER BY \"subject#2\"",
        ),
        ("SELECT 2, a FROM t ORDER BY 2", "ORDER BY 2"),
    ];
    for (sql, end) in cases {
        let rewritten = rewritten(sql);
        assert!(rewritten.ends_with(end), "{rewritten}");
    }
}

#[test]
fn tables_are_those_that_are_read() {
    let cases: &[(&str, &[&str])] = &[
        ("SELECT 1", &[]),
        ("SELECT * FROM Messages, [Users] u", &["Messages", "Users"]),
        ("SELECT * FROM Cat.Dbo.\"Messages\"", &["Cat/Dbo/Messages"]),
        (
            "SELECT * FROM a JOIN (b JOIN c ON 1=1) ON 1=1",
            &["a", "b", "c"],
        ),
        ("SELECT * FROM (SELECT * FROM a) x, (VALUES (1)) y", &["a"]),
        (
            "SELECT (SELECT 1 FROM a) FROM b WHERE c IN (SELECT 1 FROM d)",
            &["a", "b", "d"],
        ),
        ("WITH x AS (SELECT * FROM a) SELECT * FROM X", &["a"]),
        ("WITH x AS (SELECT * FROM x) SELECT * FROM x", &["x"]),
        (
            "WITH x AS (SELECT 1), y AS (SELECT * FROM x, z) SELECT * FROM y",
            &["z"],
        ),
        (
            "WITH x AS (SELECT * FROM y), y AS (SELECT 1) SELECT * FROM y",
            &["y"],
        ),
        (
            "WITH RECURSIVE x AS (SELECT 1 UNION ALL SELECT * FROM x) SELECT * FROM x",
            &[],
        ),
        (
            "SELECT * FROM (WITH x AS (SELECT 1) SELECT * FROM x) q, x",
            &["x"],
        ),
        ("WITH x AS (SELECT 1) SELECT * FROM s.x", &["s/x"]),
        ("SELECT a FROM b UNION SELECT a FROM c", &["b", "c"]),
    ];
    for (sql, expected) in cases {
        let mut tables: Vec<_> = one(sql)
            .tables
            .iter()
            .map(|parts| parts.join("/"))
            .collect();
        tables.sort();
        assert_eq!(tables, *expected, "{sql}");
    }
}

#[test]
fn statements_are_separated_by_semicolons() {
    let statements = parse(";SELECT 1;; SELECT ';' ; ", &ParseOptions::default()).unwrap();
    assert_eq!(statements.len(), 2);
    let statements = parse(
        "EXPLAIN SELECT 1; explain analyze SELECT 2; SELECT 3",
        &ParseOptions::default(),
    );
    let explain: Vec<_> = statements
        .unwrap()
        .iter()
        .map(|statement| statement.explain)
        .collect();
    assert_eq!(explain, [Some(Explain::Plan), Some(Explain::Analyze), None]);
}
