//! Counting rows without reading them.
//!
//! The directory answers `/users/$count`. What Outlook says of the size of its collections is wrong too often
//! (docs/graph.md#count), so their rows are read.

use super::exec::Shared;
use super::listing::{Listing, path};
use crate::Error;
use crate::decode::RowContext;
use crate::definition::Collection;
use datafusion::arrow::datatypes::Schema;
use datafusion::arrow::record_batch::{RecordBatch, RecordBatchOptions};
use exchange_config::Pushdown;
use std::sync::Arc;

/// Rows of a batch without columns.
const BATCH: usize = 8_192;

/// The request for the number of rows, where the statement needs no more of them.
pub fn listing(shared: &Shared) -> Option<Listing> {
    let scan = &shared.scan;
    let pushed = &scan.pushed;
    let counted = scan.table.collection == Collection::Users
        && shared.width == 0
        && shared.source.settings().pushdown == Pushdown::Full
        && scan.limit.is_none()
        && scan.order.is_none()
        && shared.joins.is_empty()
        && shared.subqueries.is_empty()
        && pushed.exact
        && pushed.search.is_none()
        && pushed.ids.is_none();
    counted.then(|| {
        let listing = Listing::new(path(["users", "$count"]), RowContext::default());
        match scan.filters().into_iter().next() {
            Some(filter) => listing.option("$filter", filter),
            None => listing,
        }
    })
}

/// The number that a reply consists of.
pub fn number(reply: &[u8]) -> Option<usize> {
    let digits = reply.trim_ascii();
    let all = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    all.then(|| std::str::from_utf8(digits).ok()?.parse().ok())?
}

/// So many rows without columns.
pub fn rows(count: usize) -> Result<Vec<RecordBatch>, Error> {
    let full = std::iter::repeat_n(BATCH, count / BATCH);
    let rest = Some(count % BATCH).filter(|rows| *rows > 0);
    full.chain(rest)
        .map(|rows| {
            let rows = RecordBatchOptions::new().with_row_count(Some(rows));
            let nothing = Arc::new(Schema::empty());
            Ok(RecordBatch::try_new_with_options(
                nothing,
                Vec::new(),
                &rows,
            )?)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(reply: &[u8]) -> Option<usize> {
        let rows = rows(number(reply)?).expect("rows");
        Some(rows.iter().map(RecordBatch::num_rows).sum())
    }

    #[test]
    fn a_number_is_so_many_rows() {
        assert_eq!(counted(b"0"), Some(0));
        assert_eq!(counted(b"7"), Some(7));
        assert_eq!(counted(b" 20000\r\n"), Some(20_000));
        assert_eq!(rows(20_000).expect("rows").len(), 3);
    }

    #[test]
    fn what_is_no_number_is_none() {
        for reply in [
            &b""[..],
            b"many",
            b"{\"value\":[]}",
            b"99999999999999999999999",
            b"Error 1020",
            b"line 42",
            b"-5",
            b"+5",
            b"1 2",
            b"<html>7</html>",
        ] {
            assert_eq!(counted(reply), None, "{reply:?}");
        }
    }
}
