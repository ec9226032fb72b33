//! Waiting for rows: deadlines and cancellation.

use super::*;
use crate::{Cancellation, ColumnType, ErrorKind};
use datafusion::arrow::array::Int32Array;
use datafusion::arrow::datatypes::DataType;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

const SHORT: Duration = Duration::from_millis(100);

/// The longest time that counts as "at once" on a busy machine.
const AT_ONCE: Duration = Duration::from_secs(2);

fn schema() -> SchemaRef {
    Arc::new(Schema::new(vec![Field::new("n", DataType::Int32, true)]))
}

fn columns() -> Arc<[Column]> {
    Arc::new([Column {
        name: "n".to_owned(),
        column_type: ColumnType::Integer,
        nullable: true,
        case_sensitive: false,
        base: None,
        remarks: String::new(),
    }])
}

fn batch(value: i32) -> RecordBatch {
    RecordBatch::try_new(schema(), vec![Arc::new(Int32Array::from(vec![value]))]).unwrap()
}

/// Records that the work it belongs to was dropped.
struct Dropped(Arc<AtomicBool>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Rows of this many batches, after which the work waits for ever.
fn endless(batches: i32, options: &ExecuteOptions) -> (EngineRows, Arc<AtomicBool>) {
    let ended = Arc::new(AtomicBool::new(false));
    let guard = Dropped(Arc::clone(&ended));
    let stream = async move {
        let there = futures::stream::iter((0..batches).map(|value| Ok(batch(value))));
        let waits = futures::stream::once(async move {
            let _guard = guard;
            std::future::pending().await
        });
        let stream = RecordBatchStreamAdapter::new(schema(), there.chain(waits));
        let stream: SendableRecordBatchStream = Box::pin(stream);
        Ok(stream)
    };
    let rows = EngineRows::start(stream, columns(), options, Warnings::default());
    (rows, ended)
}

fn soon(condition: &AtomicBool) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < AT_ONCE {
        if condition.load(Ordering::SeqCst) {
            return true;
        }
        thread::sleep(Duration::from_millis(5));
    }
    false
}

fn within(limit: Duration) -> Option<Instant> {
    Some(Instant::now() + limit)
}

#[test]
fn a_deadline_ends_the_wait_and_the_work() {
    let (mut rows, ended) = endless(1, &ExecuteOptions::default());
    assert_eq!(rows.next(within(AT_ONCE)).unwrap(), Some(batch(0)));
    let begun = Instant::now();
    let error = rows.next(within(SHORT)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::TimedOut);
    assert!(begun.elapsed() >= SHORT && begun.elapsed() < AT_ONCE);
    assert!(soon(&ended));
    assert_eq!(rows.next(None).unwrap(), None);
}

#[test]
fn time_between_two_calls_does_not_count() {
    let deadline = Instant::now() + SHORT;
    let options = ExecuteOptions {
        deadline: Some(deadline),
        ..ExecuteOptions::default()
    };
    let (mut rows, ended) = endless(4, &options);
    for value in 0..4 {
        thread::sleep(SHORT);
        assert_eq!(rows.next(within(AT_ONCE)).unwrap(), Some(batch(value)));
    }
    assert!(!ended.load(Ordering::SeqCst));
}

#[test]
fn rows_that_are_there_are_given_though_the_time_is_over() {
    let (mut rows, _) = endless(1, &ExecuteOptions::default());
    thread::sleep(SHORT);
    assert_eq!(rows.next(Some(Instant::now())).unwrap(), Some(batch(0)));
}

#[test]
fn a_cancellation_ends_the_wait_at_once() {
    for deadline in [None, within(Duration::from_secs(60))] {
        let options = ExecuteOptions::default();
        let (mut rows, ended) = endless(0, &options);
        let begun = Instant::now();
        let error = thread::scope(|threads| {
            threads.spawn(|| {
                thread::sleep(SHORT);
                options.cancellation.cancel();
            });
            rows.next(deadline).unwrap_err()
        });
        assert_eq!(error.kind, ErrorKind::Cancelled);
        assert!(begun.elapsed() < AT_ONCE);
        assert!(soon(&ended));
    }
}

#[test]
fn dropping_the_rows_ends_the_work() {
    let (rows, ended) = endless(0, &ExecuteOptions::default());
    drop(rows);
    assert!(soon(&ended));
}

/// A future that `run_within` waits for in vain; the flag records that it was dropped.
fn never(ended: &Arc<AtomicBool>) -> impl Future<Output = Result<(), Error>> + Send + use<> {
    let guard = Dropped(Arc::clone(ended));
    async move {
        let _guard = guard;
        std::future::pending().await
    }
}

#[test]
fn starting_has_its_own_deadline_and_can_be_cancelled() {
    let ended = Arc::new(AtomicBool::new(false));
    let options = ExecuteOptions {
        deadline: within(SHORT),
        ..ExecuteOptions::default()
    };
    let error = blocking::run_within(never(&ended), &options).unwrap_err();
    assert_eq!(error.kind, ErrorKind::TimedOut);
    assert!(soon(&ended));

    let ended = Arc::new(AtomicBool::new(false));
    let cancellation = Cancellation::new();
    cancellation.cancel();
    let options = ExecuteOptions {
        deadline: None,
        cancellation,
        max_rows: None,
    };
    let error = blocking::run_within(never(&ended), &options).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Cancelled);
    assert!(soon(&ended));
    let answer = blocking::run_within(async { Ok(7) }, &ExecuteOptions::default());
    assert_eq!(answer, Ok(7));
}
