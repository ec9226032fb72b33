//! Attachments of messages and events, and occurrences of series, twenty of these owners in each request.
//!
//! `hasAttachments` is false for a message whose attachments are all inline
//! (docs/graph.md#messages-select), so every message is asked, unless the statement excludes inline
//! ones or names the messages. Nothing says that it is otherwise for events.

use super::delivery::Flow;
use super::reader::Reader;
use super::requests::First;
use super::seen::Seen;
use super::timed_ids::TimedIds;
use super::{batches, index, listed};
use crate::Error;
use crate::scan::plan::listing::{Each, Listing};
use crate::scan::plan::step::{AllOwners, OwnerLookUp};
use exchange_graph::MAX_BATCH;
use std::collections::HashSet;

/// Those of every message or event.
pub async fn read_all(reader: &Reader, owners: AllOwners, rows: &[Each]) -> Result<Flow, Error> {
    let mut seen = Seen::default();
    let (calendars, events) = match owners {
        AllOwners::Messages(list) => return read_of(reader, *list, rows, &mut seen).await,
        AllOwners::Events { calendars, events } => (calendars, events),
    };
    for calendar in reader.ids(*calendars).await? {
        match read_of(reader, events.with(&calendar), rows, &mut seen).await {
            // A calendar that was deleted meanwhile has no events any more.
            Err(error) if error.is_missing_item() => {}
            Ok(Flow::More) => {}
            outcome => return outcome,
        }
    }
    Ok(Flow::More)
}

/// Those of the owners in a list.
async fn read_of(
    reader: &Reader,
    list: Listing,
    rows: &[Each],
    seen: &mut Seen,
) -> Result<Flow, Error> {
    let mut pages = TimedIds::new(list);
    while let Some(found) = reader.next_ids(&mut pages).await? {
        let count = found.len();
        let ids = found.into_iter().filter(|id| seen.insert(&[id]));
        let owners: Vec<String> = ids.collect();
        if read(reader, &owners, rows, None).await? == Flow::Enough {
            return Ok(Flow::Enough);
        }
        pages.brought(count, owners.len())?;
    }
    Ok(Flow::More)
}

/// Those of these owners. An id of the statement may not be an owner's, or the owner may not be a row: the look-up tells, if there
/// is a doubt.
pub async fn read(
    reader: &Reader,
    owners: &[String],
    rows: &[Each],
    look_up: Option<&OwnerLookUp>,
) -> Result<Flow, Error> {
    let lists = rows
        .iter()
        .flat_map(|rows| owners.iter().map(move |owner| (owner, rows)));
    let lists: Vec<(&String, &Each)> = lists.collect();
    for chunk in lists.chunks(MAX_BATCH) {
        let listings: Vec<Listing> = chunk.iter().map(|(id, rows)| rows.with(id)).collect();
        let mut firsts = reader.first_pages(&listings).await?;
        if let Some(look_up) = look_up {
            let owners: Vec<String> = chunk.iter().map(|(id, _)| (*id).clone()).collect();
            leave_out_unlisted(reader, look_up, &owners, &mut firsts).await?;
        }
        // An owner that was deleted meanwhile has no rows any more.
        if batches::go_on(reader, &listings, firsts).await? == Flow::Enough {
            return Ok(Flow::Enough);
        }
    }
    Ok(Flow::More)
}

/// Removes rows of owners that are not rows of their table.
async fn leave_out_unlisted(
    reader: &Reader,
    look_up: &OwnerLookUp,
    owners: &[String],
    firsts: &mut [First],
) -> Result<(), Error> {
    let may_have_rows = |first: &First| match first {
        First::Page(batch, link) => batch.num_rows() > 0 || link.is_some(),
        First::Unread => true,
        First::Gone => false,
    };
    let with_rows = owners.iter().zip(&*firsts);
    let with_rows = with_rows.filter(|(_, first)| may_have_rows(first));
    let with_rows: Vec<String> = with_rows.map(|(id, _)| id.clone()).collect();
    if with_rows.is_empty() {
        return Ok(());
    }
    let listed = match look_up {
        OwnerLookUp::Messages(look_up) => listed::messages(reader, look_up, &with_rows).await?,
        OwnerLookUp::Events(events) => listed_events(reader, events, with_rows).await?,
    };
    for (id, first) in owners.iter().zip(firsts) {
        if !listed.contains(id) {
            *first = First::Gone;
        }
    }
    Ok(())
}

/// Those of the events that lists have: no occurrences of a series.
async fn listed_events(
    reader: &Reader,
    events: &Each,
    ids: Vec<String>,
) -> Result<HashSet<String>, Error> {
    let listings: Vec<Listing> = ids.iter().map(|id| events.with(id)).collect();
    let replies = reader.batch(&listings).await?;
    let is_listed = |reply: &[u8]| {
        let kind = index::text(reply, "type");
        !matches!(kind.as_deref(), Some("occurrence" | "exception"))
    };
    let found = ids.into_iter().zip(replies);
    let found = found.filter(|(_, reply)| reply.as_deref().is_some_and(is_listed));
    Ok(found.map(|(id, _)| id).collect())
}
