//! What every reading of a mailbox shares: requests, decoding, delivery.

use super::all_messages::AllMessages;
use super::delivery::{Delivery, Flow};
use super::exec::Shared;
use super::listed::Found;
use super::listing::{Listing, path};
use super::requests::address;
use super::seen::Seen;
use super::walk::Linked;
use super::{Scan, attachments, calendars, contacts, count, folders, listed, pages, point};
use crate::decode::{Collections, DecodeError, DecodeOptions, Decoder, RowContext};
use crate::definition::Collection;
use crate::{Error, Warnings};
use datafusion::arrow::array::{AsArray, BooleanArray};
use datafusion::arrow::compute::filter_record_batch;
use datafusion::arrow::record_batch::RecordBatch;
use exchange_config::{self as config, Settings};
use exchange_graph::{Damaged, Request, Response, runtime};
use futures::stream::{self, StreamExt};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Collections of one mailbox that are read at once: Graph answers four requests at a time
/// (docs/graph.md#throttling).
const COLLECTIONS_AT_ONCE: usize = 4;

/// Rows a page when each may be large: a page of hundreds of bodies can take Graph too long
/// (docs/graph.md#large-pages).
const PAGE_SIZE_OF_HEAVY_ROWS: u32 = 100;

/// Reads rows of one mailbox (or of the directory) and hands them to the engine.
pub struct Reader {
    pub shared: Arc<Shared>,
    pub scan: Scan,
    pub mailbox: Option<String>,
    decoder: Decoder,
    /// Columns of the scan; those after them were decoded for the reader's own use.
    width: usize,
    delivery: Delivery,
    /// The rows that were delivered.
    seen: Mutex<Seen>,
    /// Folders that were looked up, by the names that they were asked for by.
    pub folders: tokio::sync::Mutex<HashMap<String, Found>>,
    /// The list that says which messages are rows, once that was in doubt.
    pub all_messages: tokio::sync::Mutex<Option<AllMessages>>,
    pub warnings: Warnings,
}

/// What became of a batch of rows.
#[derive(Clone, Copy, Debug)]
pub struct Delivered {
    pub flow: Flow,
    /// Rows that did not come before.
    pub new: usize,
}

impl Reader {
    pub fn new(
        shared: &Arc<Shared>,
        scan: &Scan,
        mailbox: Option<String>,
        (delivery, warnings): (&Delivery, &Warnings),
    ) -> Self {
        let mut scan = scan.clone();
        let pushed = &mut scan.pushed;
        for ids in [&mut pushed.ids, &mut pushed.folders, &mut pushed.parents] {
            ids.iter_mut()
                .for_each(|ids| ids.retain(|id| can_be_id(id)));
        }
        let mut columns = scan.columns.clone();
        let own = match scan.table.collection {
            Collection::MailFolders => &["id", "path", "parentFolderId", "isHidden"][..],
            Collection::Messages => &["id", "parentFolderId"],
            Collection::MessageAttachments => &["id", "messageId"],
            Collection::Events => &["id", "type"],
            _ => &["id"],
        };
        columns.extend(own.iter().filter_map(|name| scan.table.column_index(name)));
        let options = DecodeOptions {
            collections: match shared.source.settings().collections {
                config::Collections::Text => Collections::Text,
                config::Collections::Json => Collections::Json,
            },
        };
        Self {
            decoder: Decoder::new(scan.table, &columns, options),
            shared: Arc::clone(shared),
            mailbox,
            seen: Mutex::default(),
            folders: tokio::sync::Mutex::default(),
            all_messages: tokio::sync::Mutex::default(),
            width: scan.columns.len(),
            scan,
            delivery: delivery.clone(),
            warnings: warnings.clone(),
        }
    }

    pub async fn read_all(&self) -> Result<Flow, Error> {
        let pushed = &self.scan.pushed;
        let impossible = [
            &pushed.ids,
            &pushed.folders,
            &pushed.parents,
            &pushed.mailboxes,
            &pushed.among_mailboxes,
        ];
        if impossible.into_iter().flatten().any(Vec::is_empty) {
            return Ok(Flow::More);
        }
        if let Some(outcome) = point::read(self).await {
            return outcome;
        }
        match self.scan.table.collection {
            Collection::Users => self.users().await,
            Collection::Messages => self.messages().await,
            Collection::Calendars => {
                pages::read(self, self.listing(self.path(["calendars"]))).await
            }
            Collection::MailFolders => folders::read(self).await,
            Collection::MessageAttachments => attachments::read(self).await,
            Collection::Events => calendars::read(self).await,
            Collection::Contacts => contacts::read(self).await,
        }
    }

    async fn users(&self) -> Result<Flow, Error> {
        if let Some(counting) = count::listing(&self.shared) {
            match self.count(&counting).await {
                Err(error) if error.is_refused_query() => {
                    tracing::warn!(
                        error = error.for_log(),
                        "Graph did not count; reading the rows"
                    );
                }
                outcome => return outcome,
            }
        }
        pages::read(self, self.listing(path(["users"]))).await
    }

    /// As many rows as there are, without columns.
    async fn count(&self, counting: &Listing) -> Result<Flow, Error> {
        let request = Request {
            consistency: true,
            unpacked: true,
            ..self.request(address(&counting.path, &counting.options))
        };
        // A page for people may hold a number, too.
        let parse = |response: &Response| match count::number(&response.body) {
            // Half of a number is a number, too.
            Some(number) if response.is_framed => Ok(number),
            Some(_) => Err(Damaged("has no length".to_owned())),
            None => Err(Damaged("is no number".to_owned())),
        };
        let number = self.shared.client.read(&request, parse).await?;
        for rows in count::rows(number)? {
            if self.delivery.send(Ok(rows)).await == Flow::Enough {
                return Ok(Flow::Enough);
            }
        }
        Ok(Flow::More)
    }

    async fn messages(&self) -> Result<Flow, Error> {
        let Some(folders) = &self.scan.pushed.folders else {
            return self.read_all_messages().await;
        };
        // What the list of all messages leaves out is no row, whichever way leads to it.
        let places = listed::folders(self, folders).await?;
        if !places.all_sure() {
            match self.read_all_messages().await {
                // What the application may see of the mailbox is all that there is for it.
                Err(error) if error.is_kept_back() && places.none_doubtful() => {}
                outcome => return outcome,
            }
        }
        let path = |folder: &String| self.path(["mailFolders", folder, "messages"]);
        let listings = folders.iter().map(|folder| self.listing(path(folder)));
        self.read_each(listings.collect()).await
    }

    /// The list that says which messages are rows.
    async fn read_all_messages(&self) -> Result<Flow, Error> {
        pages::read(self, self.listing(self.path(["messages"]))).await
    }

    /// Several collections: as many at once as Graph takes of a mailbox, or one after the other where the first
    /// may hold enough rows. One that is not there, or no longer, has no rows.
    pub async fn read_each(&self, listings: Vec<Listing>) -> Result<Flow, Error> {
        let at_once = match self.scan.limit {
            None => COLLECTIONS_AT_ONCE,
            Some(_) => 1,
        };
        let readings = stream::iter(listings).map(|listing| pages::read(self, listing));
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

    /// The scan's own collection at this path.
    pub fn listing(&self, path: Vec<String>) -> Listing {
        Listing::of(&self.scan, path, self.context(), self.page_size())
    }

    /// Rows a page: never more than the statement can use, and fewer when each may be large.
    pub fn page_size(&self) -> u32 {
        page_size(&self.scan, self.shared.source.settings())
    }

    pub fn path<const N: usize>(&self, segments: [&str; N]) -> Vec<String> {
        match &self.mailbox {
            Some(mailbox) => super::listing::in_mailbox(mailbox, segments),
            None => path(segments),
        }
    }

    pub fn context(&self) -> RowContext {
        RowContext {
            mailbox: self.mailbox.clone().unwrap_or_default(),
            ..RowContext::default()
        }
    }

    /// The rows of a page, and its link.
    pub fn page(
        &self,
        reply: &[u8],
        context: &RowContext,
    ) -> Result<Linked<RecordBatch>, DecodeError> {
        let page = self.decoder.page(reply, context)?;
        self.shared.usage.received(page.batch.num_rows());
        Ok((page.batch, page.next_link))
    }

    pub fn decode_entity(&self, reply: &[u8], context: &RowContext) -> Result<RecordBatch, Error> {
        let row = self.decoder.entity(reply, context)?;
        self.shared.usage.received(row.num_rows());
        Ok(row)
    }

    /// A column that the reader had decoded for itself.
    pub fn own_column<'a>(
        &self,
        batch: &'a RecordBatch,
        index: usize,
    ) -> &'a datafusion::arrow::array::ArrayRef {
        batch.column(self.width + index)
    }

    /// Which rows did not come before, in this reading of the mailbox.
    fn fresh(&self, batch: &RecordBatch) -> BooleanArray {
        let ids = self.own_column(batch, 0).as_string::<i32>();
        // The ids of attachments are told apart by their messages.
        let parents = (self.scan.table.collection == Collection::MessageAttachments)
            .then(|| self.own_column(batch, 1).as_string::<i32>());
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = |(row, id): (usize, Option<&str>)| {
            let Some(id) = id else { return Some(true) };
            Some(match parents {
                Some(parents) => seen.insert(&[parents.value(row), id]),
                None => seen.insert(&[id]),
            })
        };
        ids.iter().enumerate().map(is_new).collect()
    }

    /// Takes note of messages that are rows: neither they nor their attachments need be doubted.
    fn remember(&self, batch: &RecordBatch) {
        if self.scan.table.collection == Collection::Messages {
            let ids = self.own_column(batch, 0).as_string::<i32>();
            let mailbox = self.mailbox.as_deref().unwrap_or_default();
            let known = self.shared.source.known_listed();
            known.remember_messages(mailbox, ids.iter().flatten());
        }
    }

    /// Hands over the rows that meet the whole predicate, except those that came before.
    pub async fn deliver(&self, batch: RecordBatch) -> Delivered {
        let fresh = self.fresh(&batch);
        let new = fresh.true_count();
        self.remember(&batch);
        let outcome =
            self.shared
                .read_columns(&batch)
                .and_then(|batch| match new == batch.num_rows() {
                    true => Ok(batch),
                    false => filter_record_batch(&batch, &fresh),
                });
        let outcome = outcome.map_err(Error::from);
        let checked = outcome.and_then(|batch| {
            // A condition may take long, unlike all else that is done with a page.
            let rows = match self.shared.predicate {
                Some(_) => runtime::compute_here(|| self.shared.check(batch)),
                None => Ok(batch),
            };
            rows.map_err(|error| Error::Engine(Box::new(error)))
        });
        let kept = checked.as_ref().map_or(0, RecordBatch::num_rows);
        self.shared.usage.kept(kept);
        Delivered {
            flow: self.delivery.send(checked).await,
            new,
        }
    }
}

/// Whether a row can have this id: it is not the name of something else that Graph has in the same place
/// (docs/graph.md#direct-reads).
fn can_be_id(id: &str) -> bool {
    let lower = id.to_ascii_lowercase();
    let is_name = (lower.starts_with('$') && !lower.contains('@'))
        || lower.starts_with("microsoft.graph.")
        || lower == "delta"
        || lower.contains(['(', ')']);
    !is_name
}

/// Rows a page for this scan (docs/graph.md#page-sizes).
pub fn page_size(scan: &Scan, settings: &Settings) -> u32 {
    let largest = scan.table.max_page_size;
    let is_heavy = scan.heavy_columns().next().is_some();
    let usual = if is_heavy {
        PAGE_SIZE_OF_HEAVY_ROWS
    } else {
        largest
    };
    let mut size = settings.page_size.unwrap_or(usual).min(largest);
    // Every row that Graph returns then counts, so that no more than the limit is needed.
    if let Some(limit) = scan.limit.filter(|_| scan.pushed.exact) {
        size = size.min(u32::try_from(limit.max(1)).unwrap_or(u32::MAX));
    }
    size
}
