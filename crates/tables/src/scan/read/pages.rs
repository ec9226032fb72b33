//! The pages of one collection, by their links.

use super::delivery::Flow;
use super::reader::Reader;
use super::walk::Walk;
use crate::Error;
use crate::scan::plan::listing::Listing;
use crate::search::MOST_MESSAGES;

/// Reads the rest of a walk. A page may be empty and still have a next one, which is asked for while the engine takes its rows.
pub async fn follow(reader: &Reader, listing: &Listing, mut walk: Walk) -> Result<Flow, Error> {
    let mut rows = 0;
    let parse = |reply: &[u8]| reader.page(reply, &listing.context);
    let mut next = reader.next(&mut walk, parse).await?;
    while let Some(batch) = next {
        let count = batch.num_rows();
        let prepared = reader.prepare(batch);
        rows += prepared.new;
        walk.brought(count, prepared.new)?;
        let ahead = reader.next(&mut walk, parse);
        let (flow, ahead) = reader.send_ahead(prepared, ahead).await;
        if flow == Flow::Enough {
            return Ok(Flow::Enough);
        }
        next = match ahead {
            Some(page) => page?,
            None => reader.next(&mut walk, parse).await?,
        };
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
