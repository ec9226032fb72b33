//! What every reading of a mailbox shares: requests, decoding, delivery.

use super::delivery::{Delivery, Flow};
use super::exec::Shared;
use super::listing::{Listing, path};
use super::pages::Seen;
use super::{Scan, attachments, calendars, contacts, count, folders, pages, point};
use crate::config::{self, Settings};
use crate::graph::{self, BatchItem, Bytes, Prefer, Query, Request, runtime};
use crate::tables::decode::{Collections, DecodeOptions, Decoder, Page, RowContext};
use crate::tables::definition::Collection;
use crate::tables::error::is_missing_item;
use crate::tables::{Error, Warnings};
use datafusion::arrow::array::{AsArray, BooleanArray};
use datafusion::arrow::compute::filter_record_batch;
use datafusion::arrow::record_batch::RecordBatch;
use futures::stream::{self, StreamExt};
use std::collections::HashSet;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Collections of one mailbox that are read at once: Graph answers four requests at a time.
const COLLECTIONS_AT_ONCE: usize = 4;

/// Rows a page when each may be large: a page of hundreds of bodies can take Graph too long.
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
    pub warnings: Warnings,
}

/// Where the names of collections come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// There may be none of the name.
    ByStatement,
    ByGraph,
}

impl Reader {
    pub fn new(
        shared: &Arc<Shared>,
        scan: &Scan,
        mailbox: Option<String>,
        (delivery, warnings): (&Delivery, &Warnings),
    ) -> Self {
        let mut columns = scan.columns.clone();
        let own = match scan.table.collection {
            Collection::MailFolders => &["id", "childFolderCount", "path"][..],
            _ => &["id"][..],
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
            scan: scan.clone(),
            mailbox,
            width: scan.columns.len(),
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
            ..self.request(address(&counting.path, &counting.options))
        };
        let response = self.shared.client.get(&request).await?;
        for rows in count::rows(&response.body)? {
            if self.delivery.send(Ok(rows)).await == Flow::Enough {
                return Ok(Flow::Enough);
            }
        }
        Ok(Flow::More)
    }

    async fn messages(&self) -> Result<Flow, Error> {
        match &self.scan.pushed.folders {
            None => pages::read(self, self.listing(self.path(["messages"]))).await,
            Some(folders) => {
                let path = |folder: &String| self.path(["mailFolders", folder, "messages"]);
                let listings = folders.iter().map(|folder| self.listing(path(folder)));
                self.read_each(listings.collect(), Named::ByStatement).await
            }
        }
    }

    /// Several collections: as many at once as Graph takes of a mailbox, or one after the other where the first
    /// may hold enough rows.
    pub async fn read_each(&self, listings: Vec<Listing>, named: Named) -> Result<Flow, Error> {
        let at_once = match self.scan.limit {
            None => COLLECTIONS_AT_ONCE,
            Some(_) => 1,
        };
        let readings = stream::iter(listings).map(|listing| pages::read(self, listing));
        let mut readings = readings.buffer_unordered(at_once);
        while let Some(outcome) = readings.next().await {
            let flow = match (outcome, named) {
                // The folder of `parentFolderId = '...'` need not be there: then it has no rows.
                (Err(error), Named::ByStatement) if error.is_missing_item() => Flow::More,
                (outcome, _) => outcome?,
            };
            if flow == Flow::Enough {
                return Ok(Flow::Enough);
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

    pub async fn first_page(&self, listing: &Listing) -> Result<Bytes, Error> {
        self.get(address(&listing.path, &listing.options)).await
    }

    pub async fn next_page(&self, link: &str) -> Result<Bytes, Error> {
        self.get(link.to_owned()).await
    }

    async fn get(&self, path: String) -> Result<Bytes, Error> {
        let response = self.shared.client.get(&self.request(path)).await?;
        Ok(response.body)
    }

    /// Deadline and cancellation of the statement end the task that waits for the reply.
    fn request(&self, path: String) -> Request {
        Request {
            path,
            mailbox: self.mailbox.clone(),
            prefer: Prefer::of(self.shared.source.settings()),
            consistency: self.scan.is_eventual(),
            ..Request::default()
        }
    }

    /// Direct reads, twenty in one request; `None` for what is not there.
    pub async fn batch(
        &self,
        paths: Vec<Vec<String>>,
        options: &[(&'static str, String)],
    ) -> Result<Vec<Option<Bytes>>, Error> {
        let client = &self.shared.client;
        if let [path] = paths.as_slice() {
            let reply = client.get(&self.request(address(path, options))).await;
            return Ok(vec![present(reply)?]);
        }
        let items: Vec<BatchItem> = paths
            .iter()
            .map(|path| BatchItem {
                path: address(path, options),
                mailbox: self.mailbox.clone(),
                prefer: Prefer::of(self.shared.source.settings()),
                ..BatchItem::default()
            })
            .collect();
        let replies = client
            .batch(&items, None, &CancellationToken::new())
            .await?;
        replies.into_iter().map(present).collect()
    }

    pub fn decode(&self, reply: &[u8], context: &RowContext) -> Result<Page, Error> {
        let page = self.decoder.page(reply, context)?;
        self.shared.usage.received(page.batch.num_rows());
        Ok(page)
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

    /// Hands over the rows that meet the whole predicate, those aside that were seen before.
    pub async fn deliver(&self, batch: RecordBatch, seen: &mut Seen) -> Flow {
        let ids = self.own_column(&batch, 0).as_string::<i32>().clone();
        seen.page();
        let fresh: BooleanArray = ids
            .iter()
            .map(|id| Some(id.is_none_or(|id| seen.insert(id))))
            .collect();
        let outcome = self.shared.read_columns(&batch).and_then(|batch| {
            match fresh.true_count() == batch.num_rows() {
                true => Ok(batch),
                false => filter_record_batch(&batch, &fresh),
            }
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
        self.delivery.send(checked).await
    }

    /// The ids of every object of a collection.
    pub async fn ids(&self, path: Vec<String>, page_size: u32) -> Result<Vec<String>, Error> {
        let listing = Listing::new(path, RowContext::default())
            .option("$select", "id")
            .top(page_size);
        let rows = self.values(listing, &["id"]).await?;
        Ok(super::index::first_of_each(rows).collect())
    }

    /// Text properties of every object of a collection: for the lists that lead to rows, such as the
    /// calendars of a mailbox.
    pub async fn values(
        &self,
        listing: Listing,
        properties: &[&str],
    ) -> Result<Vec<Vec<Option<String>>>, Error> {
        let mut rows = Vec::new();
        // A row that moved to the next page comes twice.
        let mut known = HashSet::new();
        let mut reply = self.first_page(&listing).await?;
        loop {
            let page = super::index::page(&reply, properties)?;
            rows.extend(
                page.rows
                    .into_iter()
                    .filter(|row| known.insert(row.clone())),
            );
            let Some(link) = page.next_link else {
                return Ok(rows);
            };
            reply = self.next_page(&link).await?;
        }
    }
}

/// A path below `/v1.0` with its options, encoded.
fn address(path: &[String], options: &[(&'static str, String)]) -> String {
    let query = options.iter().fold(Query::new(), |query, (name, value)| {
        query.option(name, value)
    });
    query.on(&graph::path(path.iter().map(String::as_str)))
}

/// A row that is not there, or whose id no row can have, is no error of a direct read.
fn present(reply: Result<graph::Response, graph::Error>) -> Result<Option<Bytes>, Error> {
    match reply {
        Ok(response) => Ok(Some(response.body)),
        Err(error) if is_missing_item(&error) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Rows a page for this scan.
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
