//! Results that many tests read.

use crate::odbc::testing::{Application, FakeConnector, FakeStatement, batch, column};
use datafusion::arrow::array::{ArrayRef, Float64Array, Int32Array, StringArray};
use datafusion::arrow::record_batch::RecordBatch;
use exchange_sql::ColumnType;
use std::ops::Range;
use std::sync::Arc;

pub const TEXT: ColumnType = ColumnType::Varchar { length: 20 };

/// Rows `(n, text, n / 2)`: every third text and every fifth half is NULL.
pub fn rows(numbers: Range<i32>) -> RecordBatch {
    let texts = numbers.clone().map(text_of);
    let halves = numbers.clone().map(half_of);
    batch(vec![
        Arc::new(Int32Array::from_iter_values(numbers)) as ArrayRef,
        Arc::new(texts.collect::<StringArray>()),
        Arc::new(halves.collect::<Float64Array>()),
    ])
}

pub fn text_of(number: i32) -> Option<String> {
    (number % 3 != 0).then(|| format!("row {number}"))
}

pub fn half_of(number: i32) -> Option<f64> {
    (number % 5 != 0).then(|| f64::from(number) / 2.0)
}

/// A query over rows `1..=count`, in batches of uneven sizes.
pub fn numbers(count: i32) -> FakeStatement {
    let columns = vec![
        column("n", ColumnType::Integer),
        column("t", TEXT),
        column("h", ColumnType::Double),
    ];
    let mut batches = Vec::new();
    let (mut next, mut size) = (1, 1);
    while next <= count {
        let end = (next + size).min(count + 1);
        batches.push(rows(next..end));
        next = end;
        size = size % 4 + 1;
    }
    FakeStatement::query(columns, batches)
}

/// An application with `numbers`, a query of this many rows.
pub fn with_numbers(count: i32) -> Application {
    Application::new(FakeConnector::default().knows("numbers", numbers(count)))
}

/// A query of one row and one column.
pub fn single(column_type: ColumnType, array: ArrayRef) -> FakeStatement {
    FakeStatement::query(vec![column("c", column_type)], vec![batch(vec![array])])
}

/// An application on the only row of a query.
pub fn on_single(column_type: ColumnType, array: ArrayRef) -> Application {
    let connector = FakeConnector::default().knows("single", single(column_type, array));
    let application = Application::new(connector);
    assert_eq!(application.direct("single"), 0);
    assert_eq!(application.fetch(), 0);
    application
}
