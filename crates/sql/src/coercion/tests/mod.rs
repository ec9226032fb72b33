//! The meaning of statements, run over a small table of every type.

mod computing;
mod conditions;
mod convertible;
mod types;

use crate::ErrorKind;
use crate::testing::{Session, session};
use datafusion::arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int32Array, RecordBatch,
    StringArray, Time64MicrosecondArray, TimestampMicrosecondArray,
};
use std::sync::Arc;

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;
/// 2026-11-23, in days
const TODAY: i32 = 20_780;
/// 0001-01-01 and 9999-12-31, in days
const FIRST: i32 = -719_162;
const LAST: i32 = 2_932_896;

/// Table `x`, in two batches: five rows, numbered by `id`. Row 5 is null throughout.
///
/// | id | t                          | d          | m        | b     | n  | f    | a     | s     |
/// |----|----------------------------|------------|----------|-------|----|------|-------|-------|
/// | 1  | 0001-01-01 00:00:00        | 0001-01-01 | 00:00:00 | true  | 1  | 0.5  | 1.50  | 1     |
/// | 2  | 2026-11-23 00:00:00        | 2026-11-23 | 10:00:00 | false | 2  | 0.0  | 2.00  | b     |
/// | 3  | 2026-11-23 10:00:00        | 2026-11-23 | 10:30:00 | true  | 3  | 3.0  | -3.25 | 2.0   |
/// | 4  | 9999-12-31 23:59:59.999999 | 9999-12-31 | 23:59:59 | false | 10 | 1e10 | 10.00 | 10    |
fn with_table() -> Session {
    let midnight = |days: i32| i64::from(days) * DAY;
    let batch = |id: Vec<i32>, rows: std::ops::Range<usize>| {
        let t = [
            Some(midnight(FIRST)),
            Some(midnight(TODAY)),
            Some(midnight(TODAY) + 36_000 * SECOND),
            Some(midnight(LAST) + DAY - 1),
            None,
        ];
        let d = [Some(FIRST), Some(TODAY), Some(TODAY), Some(LAST), None];
        let m = [Some(0), Some(36_000), Some(37_800), Some(86_399), None];
        let m = m.map(|seconds| seconds.map(|seconds| seconds * SECOND));
        let b = [Some(true), Some(false), Some(true), Some(false), None];
        let n = [Some(1), Some(2), Some(3), Some(10), None];
        let f = [Some(0.5), Some(0.0), Some(3.0), Some(1e10), None];
        let a = [Some(150), Some(200), Some(-325), Some(1000), None];
        let s = [Some("1"), Some("b"), Some("2.0"), Some("10"), None];
        let decimals = Decimal128Array::from(a[rows.clone()].to_vec());
        let columns: Vec<(&str, ArrayRef)> = vec![
            ("id", Arc::new(Int32Array::from(id))),
            (
                "t",
                Arc::new(TimestampMicrosecondArray::from(t[rows.clone()].to_vec())),
            ),
            ("d", Arc::new(Date32Array::from(d[rows.clone()].to_vec()))),
            (
                "m",
                Arc::new(Time64MicrosecondArray::from(m[rows.clone()].to_vec())),
            ),
            ("b", Arc::new(BooleanArray::from(b[rows.clone()].to_vec()))),
            ("n", Arc::new(Int32Array::from(n[rows.clone()].to_vec()))),
            ("f", Arc::new(Float64Array::from(f[rows.clone()].to_vec()))),
            (
                "a",
                Arc::new(decimals.with_precision_and_scale(10, 2).unwrap()),
            ),
            ("s", Arc::new(StringArray::from(s[rows].to_vec()))),
        ];
        let columns = columns.into_iter().map(|(name, array)| (name, array, true));
        RecordBatch::try_from_iter_with_nullable(columns).unwrap()
    };
    session().with_table(
        "x",
        vec![batch(vec![1, 2, 3], 0..3), batch(vec![4, 5], 3..5)],
    )
}

/// Checks the rows that meet each condition.
fn assert_rows(cases: &[(&str, &str)]) {
    let session = with_table();
    for (condition, expected) in cases {
        let ids = session.column(&format!("SELECT id FROM x WHERE {condition} ORDER BY id"));
        assert_eq!(
            ids.map(|ids| ids.join(" ")).as_deref(),
            Ok(*expected),
            "{condition}"
        );
    }
}

/// Checks the value of each expression.
fn assert_values(cases: &[(&str, &str)]) {
    let session = with_table();
    for (expression, expected) in cases {
        let value = session.value(&format!("SELECT {expression}"));
        assert_eq!(value.as_deref(), Ok(*expected), "{expression}");
    }
}

/// Checks the error of each `SELECT ...`; its message must not quote the word "secret".
fn assert_errors(cases: &[(&str, ErrorKind)]) {
    let session = with_table();
    for (select, expected) in cases {
        let error = session.rows(&format!("SELECT {select}")).expect_err(select);
        assert_eq!(error.kind, *expected, "{select}: {error}");
        assert!(!error.message.contains("secret"), "{error}");
    }
}
