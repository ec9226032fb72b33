//! Plans with faults of the engine: orders that are assumed to exist already, casts that are moved
//! to the other side of a comparison.

use crate::testing::{Session, session};
use datafusion::arrow::array::{ArrayRef, Int32Array, RecordBatch, TimestampMicrosecondArray};
use std::sync::Arc;

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;
/// 2026-11-23, in days
const TODAY: i32 = 20_780;

/// Table `x`: 60 moments within three days, ten hours and three quarters of a second apart or less,
/// unordered, in batches of seven.
fn shuffled() -> (Session, Vec<(i32, i64)>) {
    let start = i64::from(TODAY - 1) * DAY;
    let rows: Vec<(i32, i64)> = (0..60)
        .map(|n| {
            (
                n,
                start + i64::from(n * 37 % 60) * 4_320 * SECOND + i64::from(n),
            )
        })
        .collect();
    let batches = rows.chunks(7).map(|rows| {
        let id: ArrayRef = Arc::new(Int32Array::from_iter_values(rows.iter().map(|row| row.0)));
        let times = rows.iter().map(|row| row.1);
        let t: ArrayRef = Arc::new(TimestampMicrosecondArray::from_iter_values(times));
        RecordBatch::try_from_iter([("id", id), ("t", t)]).unwrap()
    });
    (session().with_table("x", batches.collect()), rows)
}

#[test]
fn rows_of_one_day_are_sorted() {
    let (session, mut rows) = shuffled();
    rows.retain(|(_, t)| t.div_euclid(DAY) == i64::from(TODAY));
    rows.sort_by_key(|(_, t)| -t);
    let expected: Vec<String> = rows.iter().map(|(id, _)| id.to_string()).collect();
    assert!(expected.len() > 10);
    for condition in [
        "CAST(t AS DATE) = DATE '2026-11-23'",
        "CAST(t AS DATE) = '2026-11-23'",
        "CAST(t AS DATE) IN ('2026-11-23')",
        "dayofmonth(t) = 23",
        "date_trunc('day', t) = DATE '2026-11-23'",
        "t >= '2026-11-23' AND t < '2026-11-24'",
        "CAST(t AS DATE) BETWEEN '2026-11-23' AND '2026-11-23'",
    ] {
        let all = session.column(&format!(
            "SELECT id FROM x WHERE {condition} ORDER BY t DESC"
        ));
        assert_eq!(all.unwrap(), expected, "{condition}");
        let limited = format!("SELECT id FROM x WHERE {condition} ORDER BY t DESC LIMIT 3");
        assert_eq!(
            session.column(&limited).unwrap(),
            expected[..3],
            "{condition}"
        );
        let with_date =
            format!("SELECT id FROM x WHERE {condition} ORDER BY CAST(t AS DATE), t DESC LIMIT 3");
        assert_eq!(
            session.column(&with_date).unwrap(),
            expected[..3],
            "{condition}"
        );
    }
}

#[test]
fn rows_with_one_rounded_number_are_sorted() {
    let (session, _) = shuffled();
    let numbers = "(SELECT id, CAST(id * 37 % 60 AS DOUBLE) / 20 AS f FROM x) AS y";
    for condition in [
        "CAST(f AS INTEGER) = 1",
        "floor(f) = 1",
        "CAST(CAST(f AS DECIMAL(9, 4)) AS INTEGER) = 1",
    ] {
        let rows = session.column(&format!(
            "SELECT f FROM {numbers} WHERE {condition} ORDER BY f"
        ));
        let rows: Vec<f64> = rows.unwrap().iter().map(|f| f.parse().unwrap()).collect();
        assert_eq!(rows.len(), 20, "{condition}");
        assert!(rows.is_sorted(), "{condition}");
    }
}

#[test]
fn groups_of_days_count_all_rows() {
    let (session, _) = shuffled();
    let counts =
        "SELECT CAST(t AS DATE) AS d, COUNT(*), MAX(t) FROM x GROUP BY CAST(t AS DATE) ORDER BY d";
    let rows = session.rows(counts).unwrap();
    let counts: Vec<&str> = rows.iter().map(|row| row[1].as_str()).collect();
    assert_eq!(counts, ["20", "20", "20"]);
}

#[test]
fn casts_to_coarser_types_stay_on_their_side() {
    let (session, rows) = shuffled();
    for (condition, expected) in [
        ("CAST(t AS DATE) > '2026-11-23'", 20),
        ("CAST(t AS DATE) >= '2026-11-23'", 40),
        ("CAST(t AS DATE) < '2026-11-23'", 20),
        ("CAST(t AS DATE) <= '2026-11-23'", 40),
        ("CAST(t AS DATE) <> '2026-11-23'", 40),
        ("CAST(t AS DATE) NOT IN ('2026-11-22', '2026-11-23')", 20),
        ("CAST(id AS DOUBLE) < 10.5", 11),
        ("CAST(id AS VARCHAR(9)) < '2'", 12),
        ("CAST(id AS SMALLINT) = 300", 0),
        ("CAST(id AS DECIMAL(10, 2)) > 57.99", 2),
    ] {
        let count = session.value(&format!("SELECT COUNT(*) FROM x WHERE {condition}"));
        assert_eq!(count.unwrap(), expected.to_string(), "{condition}");
    }
    assert_eq!(rows.len(), 60);
}
