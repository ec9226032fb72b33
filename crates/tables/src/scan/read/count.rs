//! As many rows as Graph counts, without columns.

use super::delivery::Flow;
use super::reader::Reader;
use crate::Error;
use crate::scan::plan::listing::Listing;
use datafusion::arrow::datatypes::Schema;
use datafusion::arrow::record_batch::{RecordBatch, RecordBatchOptions};
use exchange_graph::{Damaged, Request, Response};
use std::sync::Arc;

/// Rows of a batch without columns.
const BATCH: usize = 8_192;

/// Delivers as many rows as there are.
pub async fn read(reader: &Reader, counting: &Listing) -> Result<Flow, Error> {
    let request = Request {
        consistency: true,
        unpacked: true,
        ..reader.request(counting.address())
    };
    // A page for people may hold a number, too.
    let parse = |response: &Response| match number(&response.body) {
        // Half of a number is a number, too.
        Some(number) if response.is_framed => Ok(number),
        Some(_) => Err(Damaged("has no length".to_owned())),
        None => Err(Damaged("is no number".to_owned())),
    };
    let number = reader.shared.client.read(&request, parse).await?;
    for rows in rows(number)? {
        if reader.deliver_counted(rows).await == Flow::Enough {
            return Ok(Flow::Enough);
        }
    }
    Ok(Flow::More)
}

/// The number in a reply that has nothing else.
fn number(reply: &[u8]) -> Option<usize> {
    let digits = reply.trim_ascii();
    let all = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    all.then(|| std::str::from_utf8(digits).ok()?.parse().ok())?
}

/// This many rows without columns.
fn rows(count: usize) -> Result<Vec<RecordBatch>, Error> {
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
