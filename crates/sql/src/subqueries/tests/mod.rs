//! The evaluation of subqueries. Their results are tested in tests/slt.

mod membership;

use crate::testing::{Session, session};
use datafusion::arrow::array::{ArrayRef, Int64Array, RecordBatch};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Returns its argument, and counts the batches that it receives.
#[derive(Debug)]
struct Counted {
    calls: Arc<AtomicUsize>,
    signature: Signature,
}

impl PartialEq for Counted {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.calls, &other.calls)
    }
}

impl Eq for Counted {}

impl Hash for Counted {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.calls).hash(state);
    }
}

impl ScalarUDFImpl for Counted {
    fn name(&self) -> &str {
        "counted"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, types: &[DataType]) -> Result<DataType> {
        Ok(types[0].clone())
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        Ok(args.args[0].clone())
    }
}

/// Ten thousand outer rows with ten different values, twenty inner rows, and the counter.
fn tables() -> (Session, Arc<AtomicUsize>) {
    let numbers = |values: Vec<i64>| {
        let column: ArrayRef = Arc::new(Int64Array::from(values));
        RecordBatch::try_from_iter([("v", column)]).unwrap()
    };
    let outer = (0..10_000).map(|row| row % 10).collect();
    let inner = (0..20).collect();
    let session = session()
        .with_table("o", vec![numbers(outer)])
        .with_table("i", vec![numbers(inner)]);
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Counted {
        calls: Arc::clone(&calls),
        signature: Signature::any(1, Volatility::Immutable),
    };
    session
        .context
        .register_udf(ScalarUDF::new_from_impl(counted));
    (session, calls)
}

#[test]
fn a_subquery_is_evaluated_once_for_each_distinct_outer_value() {
    for sql in [
        "SELECT SUM(x) FROM (SELECT (SELECT COUNT(*) FROM i WHERE counted(i.v) < o.v) AS x FROM o) z",
        "SELECT COUNT(*) FROM o WHERE EXISTS (SELECT 1 FROM i WHERE counted(i.v) < o.v OFFSET 2)",
        "SELECT COUNT(*) FROM o WHERE o.v NOT IN (SELECT i.v FROM i WHERE counted(i.v) > o.v)",
    ] {
        let (session, calls) = tables();
        session.rows(sql).unwrap();
        let calls = calls.load(Ordering::Relaxed);
        assert!((1..=10).contains(&calls), "{sql}: {calls} evaluations");
    }
}

#[test]
fn a_subquery_that_depends_on_nothing_is_evaluated_once() {
    let (session, calls) = tables();
    let rows =
        session.value("SELECT COUNT(*) FROM o WHERE o.v < (SELECT MIN(counted(i.v)) + 3 FROM i)");
    assert_eq!(rows.unwrap(), "3000");
    assert_eq!(calls.load(Ordering::Relaxed), 1);
}

#[test]
fn a_subquery_inside_another_that_depends_on_nothing_is_read_once() {
    let (session, calls) = tables();
    let rows = session.value(
        "SELECT COUNT(*) FROM o WHERE EXISTS \
         (SELECT 1 FROM i WHERE o.v >= ANY (SELECT counted(x.v) + 8 FROM i x) OFFSET 1)",
    );
    assert_eq!(rows.unwrap(), "2000");
    assert_eq!(calls.load(Ordering::Relaxed), 1);
}

#[test]
fn what_is_a_plain_join_becomes_one() {
    for (sql, join) in [
        (
            "SELECT v FROM o WHERE EXISTS (SELECT 1 FROM i WHERE i.v = o.v)",
            "LeftSemi Join",
        ),
        (
            "SELECT v FROM o WHERE NOT EXISTS (SELECT 1 FROM i WHERE i.v = o.v)",
            "LeftAnti Join",
        ),
        (
            "SELECT v FROM o WHERE v IN (SELECT i.v FROM i)",
            "LeftSemi Join",
        ),
        (
            "SELECT (SELECT COUNT(*) FROM i WHERE i.v = o.v) FROM o",
            "Left Join",
        ),
    ] {
        let (session, _) = tables();
        let plan = session.plan(sql);
        assert!(plan.contains(join), "{sql}\n{plan}");
        assert!(!plan.contains("Apply"), "{sql}\n{plan}");
    }
}
