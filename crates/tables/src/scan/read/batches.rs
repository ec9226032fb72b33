//! Many short collections, the first pages of twenty in each request.

use super::delivery::Flow;
use super::pages;
use super::reader::Reader;
use super::requests::First;
use super::walk::Walk;
use crate::Error;
use crate::scan::plan::listing::Listing;
use exchange_graph::MAX_BATCH;

/// Reads collections. One that is not there, or no longer, has no rows.
pub async fn read(reader: &Reader, listings: &[Listing]) -> Result<Flow, Error> {
    for chunk in listings.chunks(MAX_BATCH) {
        let firsts = reader.first_pages(chunk).await?;
        if go_on(reader, chunk, firsts).await? == Flow::Enough {
            return Ok(Flow::Enough);
        }
    }
    Ok(Flow::More)
}

/// Delivers the first pages of collections, and reads the others.
pub async fn go_on(
    reader: &Reader,
    listings: &[Listing],
    firsts: Vec<First>,
) -> Result<Flow, Error> {
    for (listing, first) in listings.iter().zip(firsts) {
        let walk = match first {
            First::Gone => continue,
            First::Unread => Walk::new(listing.clone()),
            First::Page(batch, link) => {
                let has_rows = batch.num_rows() > 0;
                if has_rows && reader.deliver(batch).await.flow == Flow::Enough {
                    return Ok(Flow::Enough);
                }
                Walk::after(listing.clone(), link)
            }
        };
        match pages::follow(reader, listing, walk).await {
            Err(error) if error.is_missing_item() => {}
            Ok(Flow::More) => {}
            outcome => return outcome,
        }
    }
    Ok(Flow::More)
}
