//! Attachments of messages, twenty messages a request.
//!
//! `hasAttachments` is false for a message whose attachments are all inline (docs/graph.md#messages-select), so every
//! message is asked, unless the statement leaves inline ones out or names the messages.

use super::Scan;
use super::delivery::Flow;
use super::index::{self, first_of_each};
use super::listed;
use super::listing::Listing;
use super::pages;
use super::reader::Reader;
use super::requests::First;
use super::seen::Seen;
use super::walk::Walk;
use crate::Error;
use crate::decode::RowContext;
use crate::definitions::MESSAGES;
use exchange_graph::MAX_BATCH;

pub async fn read(reader: &Reader) -> Result<Flow, Error> {
    if let Some(messages) = &reader.scan.pushed.parents {
        return read_messages(reader, messages, Named::ByStatement).await;
    }
    let mut walk = Walk::new(messages(&reader.scan, reader.path(["messages"])));
    let mut seen = Seen::default();
    let parse = |reply: &[u8]| {
        let page = index::page(reply, ["id"])?;
        Ok((page.rows, page.next_link))
    };
    while let Some(rows) = walk.next(reader, parse).await? {
        let count = rows.len();
        let ids = first_of_each(rows).filter(|id| seen.insert(&[id]));
        let ids: Vec<String> = ids.collect();
        if read_messages(reader, &ids, Named::ByGraph).await? == Flow::Enough {
            return Ok(Flow::Enough);
        }
        walk.brought(count, ids.len())?;
    }
    Ok(Flow::More)
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

/// Where the ids of messages come from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    /// Some may be none, or be of messages that are no rows.
    ByStatement,
    ByGraph,
}

async fn read_messages(reader: &Reader, messages: &[String], named: Named) -> Result<Flow, Error> {
    for chunk in messages.chunks(MAX_BATCH) {
        let listings: Vec<Listing> = chunk.iter().map(|id| of_message(reader, id)).collect();
        let mut firsts = reader.first_pages(&listings).await?;
        if named == Named::ByStatement {
            leave_out_unlisted(reader, chunk, &mut firsts).await?;
        }
        for (listing, first) in listings.iter().zip(firsts) {
            let walk = match first {
                // A message that was deleted meanwhile has no attachments any more.
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
            match pages::rest(reader, listing, walk).await {
                Err(error) if error.is_missing_item() => {}
                Ok(Flow::More) => {}
                outcome => return outcome,
            }
        }
    }
    Ok(Flow::More)
}

fn of_message(reader: &Reader, message: &str) -> Listing {
    let context = RowContext {
        message_id: Some(message.to_owned()),
        ..reader.context()
    };
    Listing::new(reader.path(["messages", message, "attachments"]), context)
        .option("$select", reader.scan.select().join(","))
}

/// Takes away what belongs to messages that are no rows of their table.
async fn leave_out_unlisted(
    reader: &Reader,
    messages: &[String],
    firsts: &mut [First],
) -> Result<(), Error> {
    let may_have_rows = |first: &First| match first {
        First::Page(batch, link) => batch.num_rows() > 0 || link.is_some(),
        First::Unread => true,
        First::Gone => false,
    };
    let with_rows = messages.iter().zip(&*firsts);
    let with_rows = with_rows.filter(|(_, first)| may_have_rows(first));
    let with_rows: Vec<String> = with_rows.map(|(id, _)| id.clone()).collect();
    if with_rows.is_empty() {
        return Ok(());
    }
    let listed = listed::messages(reader, &with_rows).await?;
    for (id, first) in messages.iter().zip(firsts) {
        if !listed.contains(id) {
            *first = First::Gone;
        }
    }
    Ok(())
}
