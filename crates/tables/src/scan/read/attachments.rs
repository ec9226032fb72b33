//! Attachments of messages, twenty messages in each request.
//!
//! `hasAttachments` is false for a message whose attachments are all inline
//! (docs/graph.md#messages-select), so every message is asked, unless the statement excludes inline
//! ones or names the messages.

use super::batches;
use super::delivery::Flow;
use super::listed;
use super::message_ids::MessageIds;
use super::reader::Reader;
use super::requests::First;
use super::seen::Seen;
use crate::Error;
use crate::scan::plan::listing::{Each, Listing};
use crate::scan::plan::look_ups::IdLookUp;
use exchange_graph::MAX_BATCH;

/// Those of every message.
pub async fn read_all(reader: &Reader, messages: Listing, rows: &Each) -> Result<Flow, Error> {
    let mut pages = MessageIds::new(messages);
    let mut seen = Seen::default();
    while let Some(found) = reader.next_ids(&mut pages).await? {
        let count = found.len();
        let ids = found.into_iter().filter(|id| seen.insert(&[id]));
        let messages: Vec<String> = ids.collect();
        if read(reader, &messages, rows, None).await? == Flow::Enough {
            return Ok(Flow::Enough);
        }
        pages.brought(count, messages.len())?;
    }
    Ok(Flow::More)
}

/// Those of these messages. An id of the statement may not be a message's, or the message may not be a row: the look-up tells.
pub async fn read(
    reader: &Reader,
    messages: &[String],
    rows: &Each,
    look_up: Option<&IdLookUp>,
) -> Result<Flow, Error> {
    for chunk in messages.chunks(MAX_BATCH) {
        let listings: Vec<Listing> = chunk.iter().map(|id| rows.with(id)).collect();
        let mut firsts = reader.first_pages(&listings).await?;
        if let Some(look_up) = look_up {
            leave_out_unlisted(reader, look_up, chunk, &mut firsts).await?;
        }
        // A message that was deleted meanwhile has no attachments any more.
        if batches::go_on(reader, &listings, firsts).await? == Flow::Enough {
            return Ok(Flow::Enough);
        }
    }
    Ok(Flow::More)
}

/// Removes rows of messages that are not rows of their table.
async fn leave_out_unlisted(
    reader: &Reader,
    look_up: &IdLookUp,
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
    let listed = listed::messages(reader, look_up, &with_rows).await?;
    for (id, first) in messages.iter().zip(firsts) {
        if !listed.contains(id) {
            *first = First::Gone;
        }
    }
    Ok(())
}
