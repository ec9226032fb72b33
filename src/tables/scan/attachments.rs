//! Attachments of messages, twenty messages a request.
//!
//! `hasAttachments` is false for a message whose attachments are all inline, so every message is asked,
//! unless the statement leaves inline ones out or names the messages.

use super::Scan;
use super::delivery::Flow;
use super::index::{self, first_of_each};
use super::listing::Listing;
use super::pages::Seen;
use super::reader::Reader;
use crate::graph::MAX_BATCH;
use crate::tables::Error;
use crate::tables::decode::RowContext;
use crate::tables::definitions::MESSAGES;

pub async fn read(reader: &Reader) -> Result<Flow, Error> {
    if let Some(messages) = &reader.scan.pushed.parents {
        return read_messages(reader, messages).await;
    }
    let listing = messages(&reader.scan, reader.path(["messages"]));
    let mut reply = reader.first_page(&listing).await?;
    let mut seen = Seen::default();
    loop {
        let page = index::page(&reply, &["id"])?;
        seen.page();
        let ids: Vec<String> = first_of_each(page.rows)
            .filter(|id| seen.insert(id))
            .collect();
        if read_messages(reader, &ids).await? == Flow::Enough {
            return Ok(Flow::Enough);
        }
        let Some(link) = page.next_link else {
            return Ok(Flow::More);
        };
        reply = reader.next_page(&link).await?;
    }
}

/// The messages whose attachments are read.
pub fn messages(scan: &Scan, path: Vec<String>) -> Listing {
    let listing = Listing::new(path, RowContext::default()).option("$select", "id");
    let listing = match scan.pushed.excludes_inline {
        true => listing.option("$filter", "hasAttachments eq true"),
        false => listing,
    };
    listing.top(MESSAGES.max_page_size)
}

async fn read_messages(reader: &Reader, messages: &[String]) -> Result<Flow, Error> {
    let options = [("$select", reader.scan.select().join(","))];
    for chunk in messages.chunks(MAX_BATCH) {
        let paths = chunk
            .iter()
            .map(|id| reader.path(["messages", id, "attachments"]))
            .collect();
        let replies = reader.batch(paths, &options).await?;
        for (message, reply) in chunk.iter().zip(replies) {
            // A message that was deleted meanwhile has no attachments any more.
            let Some(reply) = reply else { continue };
            let context = RowContext {
                message_id: Some(message.clone()),
                ..reader.context()
            };
            let page = reader.decode(&reply, &context)?;
            if page.batch.num_rows() > 0
                && reader.deliver(page.batch, &mut Seen::default()).await == Flow::Enough
            {
                return Ok(Flow::Enough);
            }
        }
    }
    Ok(Flow::More)
}
