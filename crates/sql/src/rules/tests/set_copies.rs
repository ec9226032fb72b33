//! EXCEPT and INTERSECT, with and without ALL.

use crate::testing::session;

/// The rows of 1, 1, 1, null, null and 2 that remain after a set operation, in order.
fn left(operation: &str) -> String {
    let sql = format!(
        "WITH s AS (SELECT * FROM (VALUES (1), (1), (2), (1), (NULL), (NULL)) AS v(a)),
         t AS (SELECT * FROM (VALUES (1), (NULL), (3), (1)) AS v(b))
         SELECT COALESCE(CAST(a AS VARCHAR), '-') FROM (SELECT a FROM s {operation}) AS r ORDER BY a"
    );
    let rows = session().column(&sql);
    rows.unwrap_or_else(|error| panic!("{operation}: {error}"))
        .join(" ")
}

#[test]
fn copies_are_counted_with_all_and_only_then() {
    for (operation, expected) in [
        ("EXCEPT ALL SELECT b FROM t", "- 1 2"),
        ("EXCEPT SELECT b FROM t", "2"),
        ("INTERSECT ALL SELECT b FROM t", "- 1 1"),
        ("INTERSECT SELECT b FROM t", "- 1"),
        ("EXCEPT ALL SELECT a FROM s", ""),
        ("INTERSECT ALL SELECT a FROM s", "- - 1 1 1 2"),
        ("EXCEPT ALL SELECT 1.0", "- - 1 1 2"),
        ("EXCEPT ALL SELECT b FROM t EXCEPT ALL SELECT 1", "- 2"),
        ("INTERSECT ALL SELECT b FROM t WHERE b = 9", ""),
    ] {
        assert_eq!(left(operation), expected, "{operation}");
    }
}

#[test]
fn copies_of_rows_of_several_columns_are_counted() {
    let sql = "SELECT b FROM (SELECT a, b FROM (VALUES (1, 'x'), (1, 'x'), (1, 'y')) AS v(a, b) \
               EXCEPT ALL SELECT 1, 'x') AS r ORDER BY b";
    assert_eq!(session().column(sql).unwrap(), ["x", "y"]);
}
