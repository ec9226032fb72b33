//! The rows of collections: in windows of time where Graph has them, otherwise page by page.

use super::delivery::Flow;
use super::reader::Reader;
use super::walk::Walk;
use super::{pages, windows};
use crate::Error;
use crate::scan::plan::listing::Listing;
use exchange_graph::PER_MAILBOX;
use futures::stream::{self, StreamExt};
use std::sync::Arc;

/// Reads a collection to its end.
pub async fn read(reader: &Arc<Reader>, listing: Listing) -> Result<Flow, Error> {
    for part in listing.parts() {
        let flow = match part.windowed {
            Some(by) if reader.scan.order.is_some() => {
                windows::read_in_order(reader, &part, by).await
            }
            Some(by) => windows::read(reader, &part, by).await,
            None => pages::follow(reader, &part, Walk::new(part.clone())).await,
        };
        if flow? == Flow::Enough {
            return Ok(Flow::Enough);
        }
    }
    Ok(Flow::More)
}

/// Several collections: as many at once as Graph takes of a mailbox, or one after the other where the first
/// may hold enough rows. One that is not there, or no longer, has no rows.
pub async fn read_each(reader: &Arc<Reader>, listings: Vec<Listing>) -> Result<Flow, Error> {
    let at_once = match reader.scan.limit {
        None => PER_MAILBOX as usize,
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
