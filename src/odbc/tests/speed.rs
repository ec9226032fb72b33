//! The time of fetching without the engine: run with `cargo test --release --lib odbc::tests::speed
//! -- --ignored --nocapture`.

use crate::odbc::attributes::statement::attribute;
use crate::odbc::calls::{fetch, get_data};
use crate::odbc::constants::c_type;
use crate::odbc::handles::{NO_DATA, SUCCESS, Success};
use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::testing::{Application, FakeConnector, FakeStatement, batch, column};
use datafusion::arrow::array::{ArrayRef, Int64Array, StringArray, TimestampMicrosecondArray};
use exchange_sql::ColumnType;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

/// Memory without cost: writes are discarded, but not optimized away.
struct Nowhere;

impl AppMemory for Nowhere {
    fn read(&self, _: AppPtr, into: &mut [u8]) {
        into.fill(0);
    }

    fn write(&self, at: AppPtr, bytes: &[u8]) {
        black_box((at, bytes));
    }
}

const ROWS: usize = 200_000;
const BATCH: usize = 1_000;

/// A number, a text of 40 characters and a moment.
fn application() -> Application {
    let texts = (0..BATCH).map(|row| Some(format!("Re: minutes of the meeting, part {row:07}")));
    let arrays: Vec<ArrayRef> = vec![
        Arc::new(Int64Array::from_iter_values(0..BATCH as i64)),
        Arc::new(texts.collect::<StringArray>()),
        Arc::new(TimestampMicrosecondArray::from_iter_values(
            (0..BATCH as i64).map(|row| 1_700_000_000_000_000 + row * 1_234_567),
        )),
    ];
    let columns = vec![
        column("n", ColumnType::BigInt),
        column("t", ColumnType::Varchar { length: 255 }),
        column("m", ColumnType::Timestamp { fraction_digits: 6 }),
    ];
    let batches = vec![batch(arrays); ROWS / BATCH];
    Application::new(FakeConnector::default().knows("q", FakeStatement::query(columns, batches)))
}

/// The fastest of several runs, which is the least disturbed by other work on the machine.
fn measure(what: &str, application: &Application, mut row_set: impl FnMut() -> bool) {
    assert_eq!(application.direct("q"), SUCCESS);
    let begun = Instant::now();
    while row_set() {}
    let each = begun.elapsed().as_nanos() as f64 / ROWS as f64;
    println!("{what}: {each:.0} ns a row of three columns");
    application.call(crate::odbc::calls::close::close_cursor);
}

#[test]
#[ignore = "a measurement"]
fn rows_a_second() {
    let application = application();
    let at = AppPtr::new(0x1000);
    let mut left = ROWS;
    measure("nothing, three times a row", &application, || {
        for _ in 0..3 {
            assert_eq!(application.call(|_| Ok(Success::Done)), SUCCESS);
        }
        left -= 1;
        left > 0
    });
    for (text, name) in [(c_type::CHAR, "char"), (c_type::WCHAR, "wide")] {
        for size in [1, 100, 1_000] {
            application.bind(1, c_type::SBIGINT, at, 8, at);
            application.bind(2, text, at, 512, at);
            application.bind(3, c_type::TYPE_TIMESTAMP, at, 16, at);
            application.set(attribute::ROW_ARRAY_SIZE, size);
            measure(&format!("bound, {name}, {size} rows"), &application, || {
                application.call(|scope| fetch::fetch(scope, &Nowhere)) != NO_DATA
            });
        }
        application.call(|scope| crate::odbc::calls::close::free(scope, 2));
        application.set(attribute::ROW_ARRAY_SIZE, 1);
        let get = |column, c_type, size| {
            application.call(|scope| get_data::get(scope, column, c_type, at, size, at, &Nowhere))
        };
        measure(&format!("SQLGetData, {name}"), &application, || {
            if application.call(|scope| fetch::fetch(scope, &Nowhere)) == NO_DATA {
                return false;
            }
            let codes = [
                get(1, c_type::SBIGINT, 8),
                get(2, text, 2048),
                get(3, c_type::TYPE_TIMESTAMP, 16),
            ];
            assert_eq!(codes, [SUCCESS; 3]);
            true
        });
    }
}
