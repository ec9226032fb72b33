//! `IN (SELECT ...)` with nulls, in all positions.

use crate::testing::session;

/// The values of `a` (1, 2, 3 and null) for which a condition is true. `l` has 2 and null, `p` only
/// 2, `e` nothing.
fn kept(condition: &str) -> String {
    let sql = format!(
        "WITH s AS (SELECT * FROM (VALUES (1), (2), (3), (CAST(NULL AS INTEGER))) AS v(a)),
         l AS (SELECT * FROM (VALUES (2), (CAST(NULL AS INTEGER))) AS v(b)),
         p AS (SELECT * FROM (VALUES (2)) AS v(b)),
         e AS (SELECT b FROM l WHERE b = 77)
         SELECT COALESCE(CAST(a AS VARCHAR), '-') FROM s WHERE {condition} ORDER BY a"
    );
    let rows = session().column(&sql);
    rows.unwrap_or_else(|error| panic!("{condition}: {error}"))
        .join(" ")
}

#[test]
fn unknown_is_not_false() {
    for (condition, expected) in [
        ("a IN (SELECT b FROM l)", "2"),
        ("a NOT IN (SELECT b FROM l)", ""),
        ("a NOT IN (SELECT b FROM p)", "1 3"),
        ("a NOT IN (SELECT b FROM e)", "- 1 2 3"),
        ("a = 9 OR a IN (SELECT b FROM l)", "2"),
        ("a = 9 OR a NOT IN (SELECT b FROM l)", ""),
        ("a = 9 OR a NOT IN (SELECT b FROM p)", "1 3"),
        ("a = 9 OR a NOT IN (SELECT b FROM e)", "- 1 2 3"),
        ("NOT (a IN (SELECT b FROM l))", ""),
        ("NOT (a = 9 OR a IN (SELECT b FROM p))", "1 3"),
        ("NOT (a = 9 OR a IN (SELECT b FROM l))", ""),
        ("(a IN (SELECT b FROM l)) IS NULL", "- 1 3"),
        ("(a IN (SELECT b FROM p)) IS NULL", "-"),
        ("(a IN (SELECT b FROM e)) IS NULL", ""),
        ("(a NOT IN (SELECT b FROM l)) IS NOT TRUE", "- 1 2 3"),
        ("(a NOT IN (SELECT b FROM e)) IS TRUE", "- 1 2 3"),
        (
            "CASE WHEN a IN (SELECT b FROM l) THEN 0 WHEN a NOT IN (SELECT b FROM l) THEN 1 ELSE 2 END = 2",
            "- 1 3",
        ),
        ("a + 1 NOT IN (SELECT b FROM p) OR a = 9", "2 3"),
        (
            "a = 9 OR a NOT IN (SELECT b FROM l WHERE b >= s.a)",
            "- 1 3",
        ),
        ("a = 9 OR a NOT IN (SELECT b + 1 FROM p)", "1 2"),
    ] {
        assert_eq!(kept(condition), expected, "{condition}");
    }
}

/// The value of a select item for each `a`: 1, 2, 3 and null.
fn values(value: &str) -> String {
    let sql = format!(
        "WITH s AS (SELECT * FROM (VALUES (1), (2), (3), (CAST(NULL AS INTEGER))) AS v(a)),
         l AS (SELECT * FROM (VALUES (2), (CAST(NULL AS INTEGER))) AS v(b)),
         p AS (SELECT * FROM (VALUES (2)) AS v(b)),
         e AS (SELECT b FROM l WHERE b = 77)
         SELECT COALESCE(CAST(a AS VARCHAR), '-') || ':' || COALESCE(CAST({value} AS VARCHAR), 'null')
         FROM s ORDER BY 1"
    );
    let rows = session().column(&sql);
    rows.unwrap_or_else(|error| panic!("{value}: {error}"))
        .join(" ")
}

#[test]
fn subqueries_of_the_select_list_are_exact() {
    for (value, expected) in [
        ("a IN (SELECT b FROM p)", "-:null 1:0 2:1 3:0"),
        ("a IN (SELECT b FROM l)", "-:null 1:null 2:1 3:null"),
        ("a NOT IN (SELECT b FROM l)", "-:null 1:null 2:0 3:null"),
        ("a NOT IN (SELECT b FROM e)", "-:1 1:1 2:1 3:1"),
        ("EXISTS (SELECT 1 FROM p WHERE b = s.a)", "-:0 1:0 2:1 3:0"),
        (
            "NOT EXISTS (SELECT 1 FROM p WHERE b = s.a)",
            "-:1 1:1 2:0 3:1",
        ),
        ("EXISTS (SELECT 1 FROM e)", "-:0 1:0 2:0 3:0"),
        (
            "CASE WHEN EXISTS (SELECT b FROM l WHERE b = s.a) THEN 'yes' ELSE 'no' END",
            "-:no 1:no 2:yes 3:no",
        ),
        ("(SELECT COUNT(*) FROM l WHERE b = s.a)", "-:0 1:0 2:1 3:0"),
        ("a IN (SELECT a FROM s WHERE a > 2)", "-:null 1:0 2:0 3:1"),
    ] {
        assert_eq!(values(value), expected, "{value}");
    }
}

#[test]
fn a_join_may_ask_for_a_list() {
    let sql = "WITH s AS (SELECT * FROM (VALUES (1), (2), (3)) AS v(a)),
         l AS (SELECT * FROM (VALUES (2), (3)) AS v(b)),
         p AS (SELECT * FROM (VALUES (2)) AS v(c))
         SELECT a FROM s JOIN l ON a = b AND (a IN (SELECT c FROM p) OR a = 9)";
    assert_eq!(session().column(sql).unwrap(), ["2"]);
    let sql = "WITH s AS (SELECT * FROM (VALUES (1), (2), (3)) AS v(a))
         SELECT x.a FROM s AS x JOIN s AS y ON x.a = y.a AND x.a >= ALL (SELECT a FROM s)";
    assert_eq!(session().column(sql).unwrap(), ["3"]);
}

#[test]
fn comparisons_with_any_and_all_know_unknown() {
    for (condition, expected) in [
        ("a = ANY (SELECT b FROM l)", "2"),
        ("a <> ALL (SELECT b FROM l)", ""),
        ("a = 9 OR a <> ALL (SELECT b FROM l)", ""),
        ("NOT (a = ANY (SELECT b FROM l))", ""),
        ("(a > ANY (SELECT b FROM l)) IS NULL", "- 1 2"),
    ] {
        assert_eq!(kept(condition), expected, "{condition}");
    }
}

/// The column of the subquery has the name and table of the compared one.
#[test]
fn a_table_may_be_asked_about_itself() {
    for (condition, expected) in [
        ("a IN (SELECT a FROM s WHERE a > 2)", "3"),
        ("a = 9 OR a IN (SELECT a FROM s WHERE a > 2)", "3"),
        ("a = 9 OR a NOT IN (SELECT a FROM s WHERE a > 2)", "1 2"),
        ("NOT (a = 9 OR a IN (SELECT a FROM s WHERE a > 2))", "1 2"),
        ("a = 9 OR a NOT IN (SELECT a FROM s)", ""),
        ("a > ALL (SELECT a FROM s WHERE a < 3)", "3"),
        ("a > ANY (SELECT a FROM s WHERE a < 3)", "2 3"),
        ("a <> ALL (SELECT a FROM s WHERE a > 2)", "1 2"),
        ("a >= ALL (SELECT a FROM s)", ""),
        (
            "a NOT IN (SELECT a FROM s WHERE a NOT IN (SELECT a FROM s WHERE a < 2) OR a = 9) OR a = 9",
            "1",
        ),
    ] {
        assert_eq!(kept(condition), expected, "{condition}");
    }
}

#[test]
fn a_column_may_be_converted_and_compared_with_one_outside() {
    for (condition, expected) in [
        (
            "CAST(2 AS BIGINT) IN (SELECT b FROM l WHERE l.b = s.a)",
            "2",
        ),
        ("a + 0.5 IN (SELECT b FROM l WHERE l.b < s.a)", ""),
        (
            "CAST(a AS DOUBLE) >= ALL (SELECT b FROM l WHERE l.b = s.a)",
            "- 1 2 3",
        ),
    ] {
        assert_eq!(kept(condition), expected, "{condition}");
    }
}
