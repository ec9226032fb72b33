//! Long collections, window by window of time, so that no row is lost while the collection changes.

mod gaps;
pub mod in_order;
mod planner;
pub mod task;
pub mod times;

use super::delivery::Flow;
use super::pages;
use super::reader::Reader;
use super::walk::Walk;
use crate::Error;
use crate::scan::plan::listing::Listing;
use crate::scan::plan::window::{Toward, Window, Windowed};
use datafusion::arrow::record_batch::RecordBatch;
use exchange_graph::PER_MAILBOX;
use in_order::InOrder;
use planner::{Planner, Unfit};
use std::sync::Arc;
use task::{Task, Timed};
use tokio::task::JoinSet;

/// A task that has ended, and its page.
type Read = (Task, Result<Option<Timed<RecordBatch>>, Error>);

/// Reads a collection whose order is that of the statement.
pub async fn read_in_order(
    reader: &Reader,
    listing: &Listing,
    by: Windowed,
) -> Result<Flow, Error> {
    let mut pages = InOrder::new(listing.clone(), by, reader.scan.table.max_page_size);
    let parse = |reply: &[u8]| reader.timed_page(reply, &listing.context);
    let mut next = reader.next_in_order(&mut pages, parse).await?;
    while let Some(page) = next {
        let prepared = reader.prepare(page.rows);
        pages.brought(page.times.rows, prepared.new)?;
        if let Some(unread) = pages.unread() {
            reader.keep(unread);
        }
        let ahead = reader.next_in_order(&mut pages, parse);
        let (flow, ahead) = reader.send_ahead(prepared, ahead).await;
        if flow == Flow::Enough {
            return Ok(Flow::Enough);
        }
        next = match ahead {
            Some(page) => page?,
            None => {
                pages.resize(|size| reader.grown(size));
                reader.next_in_order(&mut pages, parse).await?
            }
        };
    }
    Ok(Flow::More)
}

/// Reads a collection in any order, several windows at once if it has more than a page.
pub async fn read(reader: &Arc<Reader>, listing: &Listing, by: Windowed) -> Result<Flow, Error> {
    let parse = |reply: &[u8]| reader.timed_page(reply, &listing.context);
    let mut walk = Walk::new(listing.clone());
    let first = match reader.next(&mut walk, parse).await {
        // The order of windows was not the statement's wish.
        Err(error)
            if error.is_refused_query()
                && reader.scan.order.is_none()
                && listing.value("$orderby").is_some() =>
        {
            let unsorted = listing.clone().with([("$orderby", None)]);
            return pages::follow(reader, &unsorted, Walk::new(unsorted.clone())).await;
        }
        first => first?,
    };
    let Some(first) = first else {
        return Ok(Flow::More);
    };
    if walk.address().is_none() {
        return Ok(reader.deliver(first.rows).await.flow);
    }
    let mut planner = Planner::new(listing.clone(), by, reader.scan.table.max_page_size);
    let is_window = by.is_sorted && listing.value("$orderby").is_some();
    if is_window && first.times.rows > 0 {
        let mut task = Task::new(listing, by, Window::ALL, Toward::Older);
        task.walk = walk.clone();
        if planner.came(task, &first.times).is_err() {
            return by_links(reader, listing, first, walk).await;
        }
    }
    match all(reader, listing, planner, first.rows).await? {
        Outcome::Done(flow) => Ok(flow),
        // The rows that came are known, so that they do not come twice.
        Outcome::Unfit { pages } => pages::follow(reader, listing, walk.passing(pages)).await,
    }
}

async fn by_links(
    reader: &Reader,
    listing: &Listing,
    first: Timed<RecordBatch>,
    walk: Walk,
) -> Result<Flow, Error> {
    match reader.deliver(first.rows).await.flow {
        Flow::Enough => Ok(Flow::Enough),
        Flow::More => pages::follow(reader, listing, walk).await,
    }
}

enum Outcome {
    Done(Flow),
    /// Graph refuses windows, or does not keep to them. So many pages came before.
    Unfit {
        pages: usize,
    },
}

/// Delivers the first page and reads the windows of the planner.
async fn all(
    reader: &Arc<Reader>,
    listing: &Listing,
    mut planner: Planner,
    first: RecordBatch,
) -> Result<Outcome, Error> {
    let mut tasks = JoinSet::new();
    let mut rows = Some(first);
    let mut second: Option<Task> = None;
    let (mut pages, mut received) = (0, 0);
    loop {
        let is_limited = reader.scan.limit.is_some();
        if !is_limited {
            start(reader, listing, &mut planner, &mut tasks, received);
        }
        if let Some(rows) = rows.take() {
            let count = rows.num_rows();
            let delivered = reader.deliver(rows).await;
            if delivered.flow == Flow::Enough {
                return Ok(Outcome::Done(Flow::Enough));
            }
            reader.keep(planner.unread());
            pages += 1;
            received += count;
            if is_limited {
                planner.resize(|size| reader.grown(size));
            }
            if let Some(mut second) = second.take() {
                second.walk.brought(count, delivered.new)?;
                // Goes on with its next page.
                let _ = planner.came(second, &Default::default());
                start(reader, listing, &mut planner, &mut tasks, received);
            }
        }
        if is_limited {
            start(reader, listing, &mut planner, &mut tasks, received);
        }
        let Some(read) = tasks.join_next().await else {
            return Ok(Outcome::Done(Flow::More));
        };
        let (task, page): Read = match read {
            Ok(read) => read,
            Err(error) => std::panic::resume_unwind(error.into_panic()),
        };
        let page = match page {
            Err(error) if error.is_refused_query() => {
                tracing::warn!(
                    error = error.for_log(),
                    "Graph refused a window; following links"
                );
                return Ok(Outcome::Unfit { pages });
            }
            page => page?,
        };
        let times = page.as_ref().map(|page| page.times).unwrap_or_default();
        rows = page.map(|page| page.rows);
        if task.is_second {
            second = Some(task);
        } else if planner.came(task, &times) == Err(Unfit) {
            tracing::warn!("Graph did not keep to a window; following links");
            return Ok(Outcome::Unfit { pages });
        }
    }
}

/// Whether rows on their way are probably enough for a limit, after so many of which some counted.
fn are_enough(reader: &Reader, on_their_way: usize, received: usize) -> bool {
    let Some(limit) = reader.scan.limit else {
        return false;
    };
    let needs = reader.needs();
    let counted = limit.saturating_sub(needs);
    let share = (counted + 1) as f64 / (received + 1) as f64;
    on_their_way as f64 * share >= needs as f64
}

/// Sends as many requests as there is work for, and no more than a limit may need.
fn start(
    reader: &Arc<Reader>,
    listing: &Listing,
    planner: &mut Planner,
    tasks: &mut JoinSet<Read>,
    received: usize,
) {
    let most = reader.shared.source.settings().max_concurrent_requests;
    while tasks.len() < most.clamp(1, PER_MAILBOX) as usize {
        let on_their_way = tasks.len() * planner.page_size();
        if on_their_way > 0 && are_enough(reader, on_their_way, received) {
            return;
        }
        let Some(mut task) = planner.next() else {
            return;
        };
        let (reader, context) = (Arc::clone(reader), listing.context.clone());
        tasks.spawn(async move {
            let parse = |reply: &[u8]| reader.timed_page(reply, &context);
            let page = reader.window(&mut task, parse).await;
            (task, page)
        });
    }
}
