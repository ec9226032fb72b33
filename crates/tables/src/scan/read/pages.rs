//! The rows of one collection, page by page.

use super::delivery::Flow;
use super::reader::Reader;
use super::walk::Walk;
use crate::Error;
use crate::scan::plan::listing::Listing;
use crate::search::MOST_MESSAGES;
use futures::stream::{self, StreamExt};

/// Collections of one mailbox to read at once: Graph answers four requests at a time
/// (docs/graph.md#throttling).
const COLLECTIONS_AT_ONCE: usize = 4;

/// Reads a collection to its end. A page may be empty and still have a next one.
pub async fn read(reader: &Reader, listing: Listing) -> Result<Flow, Error> {
    for part in listing.parts() {
        let walk = Walk::new(part.clone());
        if rest(reader, &part, walk).await? == Flow::Enough {
            return Ok(Flow::Enough);
        }
    }
    Ok(Flow::More)
}

/// Several collections: as many at once as Graph takes of a mailbox, or one after the other where the first
/// may hold enough rows. One that is not there, or no longer, has no rows.
pub async fn read_each(reader: &Reader, listings: Vec<Listing>) -> Result<Flow, Error> {
    let at_once = match reader.scan.limit {
        None => COLLECTIONS_AT_ONCE,
        Some(_) => 1,
    };
    let readings = stream::iter(listings).map(|listing| read(reader, listing));
    let mut readings = readings.buffer_unordered(at_once);
    while let Some(outcome) = readings.next().await {
        match outcome {
            Err(error) if error.is_missing_item() => {}
            Ok(Flow::More) => {}
            outcome => return outcome,
        }
    }
    Ok(Flow::More)
}

/// Reads the rest of a walk.
pub async fn rest(reader: &Reader, listing: &Listing, mut walk: Walk) -> Result<Flow, Error> {
    let mut rows = 0;
    let parse = |reply: &[u8]| reader.page(reply, &listing.context);
    while let Some(batch) = reader.next(&mut walk, parse).await? {
        let count = batch.num_rows();
        let delivered = reader.deliver(batch).await;
        if delivered.flow == Flow::Enough {
            return Ok(Flow::Enough);
        }
        rows += delivered.new;
        walk.brought(count, delivered.new)?;
    }
    tell_of_limit(reader, rows);
    Ok(Flow::More)
}

/// Warns if a search ended at Graph's limit (docs/graph.md#mail-search).
fn tell_of_limit(reader: &Reader, rows: usize) {
    if reader.scan.pushed.searches_mail() && rows >= MOST_MESSAGES {
        let mailbox = reader.mailbox.as_deref().unwrap_or_default();
        reader.warnings.add(format!(
            "a search of mailbox {mailbox} found {MOST_MESSAGES} messages, the most that Microsoft Graph gives \
             for one search, so that others may be missing; search for less, for example with \
             received>=2026-01-01 in SEARCH"
        ));
    }
}
