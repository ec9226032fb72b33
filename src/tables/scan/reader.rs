//! What every reading of a mailbox shares: requests, decoding, delivery.

use super::delivery::{Delivery, Flow};
use super::exec::Shared;
use super::index::Row;
use super::listing::{Listing, path};
use super::seen::Seen;
use super::walk::{Linked, Walk};
use super::{Scan, attachments, calendars, contacts, count, folders, listed, pages, point};
use crate::config::{self, Settings};
use crate::graph::{self, BatchItem, Bytes, Damaged, Prefer, Query, Request, Response, runtime};
use crate::tables::decode::{Collections, DecodeError, DecodeOptions, Decoder, RowContext};
use crate::tables::definition::Collection;
use crate::tables::error::is_missing_item;
use crate::tables::{Error, Warnings};
use datafusion::arrow::array::{AsArray, BooleanArray};
use datafusion::arrow::compute::filter_record_batch;
use datafusion::arrow::record_batch::RecordBatch;
use futures::stream::{self, StreamExt};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use tokio_util::sync::CancellationToken;

/// Collections of one mailbox that are read at once: Graph answers four requests at a time.
const COLLECTIONS_AT_ONCE: usize = 4;

/// Rows a page when each may be large: a page of hundreds of bodies can take Graph too long.
const PAGE_SIZE_OF_HEAVY_ROWS: u32 = 100;

/// Objects of a list that leads to rows: it is held as a whole.
const MOST_LISTED: usize = 1_000_000;

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
    pub warnings: Warnings,
}

/// The first page of one of several collections.
pub enum First {
    Page(RecordBatch, Option<String>),
    /// It has to be asked for on its own, perhaps in smaller pages.
    Unread,
    /// The collection is not there, or no longer.
    Gone,
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
            Collection::MailFolders => &["id", "path"][..],
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
            return self.all_messages().await;
        };
        // What the list of all messages leaves out is no row, whichever way leads to it.
        if !listed::folders(self, folders).await?.all_sure() {
            return self.all_messages().await;
        }
        let path = |folder: &String| self.path(["mailFolders", folder, "messages"]);
        let listings = folders.iter().map(|folder| self.listing(path(folder)));
        self.read_each(listings.collect()).await
    }

    /// The list that says which messages are rows.
    pub async fn all_messages(&self) -> Result<Flow, Error> {
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

    /// One reply as `parse` reads it. What cannot be a reply of Graph is asked for again.
    pub async fn read<T>(
        &self,
        path: String,
        parse: impl Fn(&[u8]) -> Result<T, DecodeError>,
    ) -> Result<T, Error> {
        let parse = |response: &Response| match parse(&response.body) {
            Err(error) if error.is_damage() => Err(Damaged("is damaged".to_owned())),
            parsed => Ok(parsed),
        };
        let parsed = self.shared.client.read(&self.request(path), parse).await?;
        Ok(parsed?)
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
        let addresses = paths.iter().map(|path| address(path, options));
        let addresses: Vec<String> = addresses.collect();
        let replies = self.each(addresses.clone()).await?;
        let mut found = Vec::with_capacity(replies.len());
        for (address, reply) in addresses.into_iter().zip(replies) {
            found.push(match reply {
                // An object that is none of Graph's is as good as none.
                Ok(reply) if !has_id(&reply.body) => {
                    let request = self.request(address);
                    present(self.shared.client.read(&request, entity).await)?
                }
                reply => present(reply)?,
            });
        }
        Ok(found)
    }

    /// The first pages of these collections, twenty in one request.
    pub async fn first_pages(&self, listings: &[Listing]) -> Result<Vec<First>, Error> {
        let paths = listings.iter();
        let paths = paths.map(|listing| address(&listing.path, &listing.options));
        let replies = self.each(paths.collect()).await?;
        let firsts = listings.iter().zip(replies).map(|(listing, reply)| {
            use graph::ErrorKind::{GatewayTimeout, TooLarge};
            let reply = match reply {
                Ok(reply) => reply,
                Err(error) if is_missing_item(&error) => return Ok(First::Gone),
                Err(error) if matches!(error.kind(), GatewayTimeout | TooLarge) => {
                    return Ok(First::Unread);
                }
                Err(error) => return Err(error.into()),
            };
            match self.page(&reply.body, &listing.context) {
                Ok((batch, link)) => Ok(First::Page(batch, link)),
                Err(error) if error.is_damage() => Ok(First::Unread),
                Err(error) => Err(error.into()),
            }
        });
        firsts.collect()
    }

    /// One request for each path, twenty in one.
    async fn each(&self, paths: Vec<String>) -> Result<Vec<Result<Response, graph::Error>>, Error> {
        let client = &self.shared.client;
        if let [path] = paths.as_slice() {
            return Ok(vec![client.read(&self.request(path.clone()), object).await]);
        }
        let items: Vec<BatchItem> = paths
            .into_iter()
            .map(|path| BatchItem {
                path,
                mailbox: self.mailbox.clone(),
                prefer: Prefer::of(self.shared.source.settings()),
                ..BatchItem::default()
            })
            .collect();
        Ok(client
            .batch(&items, None, &CancellationToken::new())
            .await?)
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

    /// Attachments of these messages need not be doubted.
    fn remember(&self, batch: &RecordBatch) {
        if self.scan.table.collection == Collection::Messages {
            let ids = self.own_column(batch, 0).as_string::<i32>();
            let mailbox = self.mailbox.as_deref().unwrap_or_default();
            let known = self.shared.source.known_folders();
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

    /// The ids of every object of a collection.
    pub async fn ids(&self, path: Vec<String>, page_size: u32) -> Result<Vec<String>, Error> {
        let listing = Listing::new(path, RowContext::default())
            .option("$select", "id")
            .top(page_size);
        let rows = self.values(listing, ["id"]).await?;
        Ok(super::index::first_of_each(rows).collect())
    }

    /// Text properties of every object of a collection: for the lists that lead to rows, such as the
    /// calendars of a mailbox.
    pub async fn values<const N: usize>(
        &self,
        listing: Listing,
        properties: [&str; N],
    ) -> Result<Vec<Row<N>>, Error> {
        let mut rows = Vec::new();
        // A row that moved to the next page comes twice.
        let mut known = HashSet::new();
        let mut walk = Walk::new(listing);
        let parse = |reply: &[u8]| {
            let page = super::index::page(reply, properties)?;
            Ok((page.rows, page.next_link))
        };
        while let Some(page) = walk.next(self, parse).await? {
            let (count, before) = (page.len(), rows.len());
            rows.extend(page.into_iter().filter(|row| known.insert(row.clone())));
            if rows.len() > MOST_LISTED {
                return Err(Error::TooLong { most: MOST_LISTED });
            }
            walk.brought(count, rows.len() - before)?;
        }
        Ok(rows)
    }
}

/// A reply that has to be one object.
fn object(response: &Response) -> Result<Response, Damaged> {
    let whole = serde_json::from_slice::<&serde_json::value::RawValue>(&response.body);
    match whole.is_ok_and(|json| json.get().starts_with('{')) {
        true => Ok(response.clone()),
        false => Err(Damaged("is damaged".to_owned())),
    }
}

fn has_id(body: &[u8]) -> bool {
    #[derive(serde::Deserialize)]
    struct Entity {
        #[serde(rename = "id")]
        _id: serde::de::IgnoredAny,
    }
    serde_json::from_slice::<Entity>(body).is_ok()
}

/// A reply that has to be one object with an id.
fn entity(response: &Response) -> Result<Response, Damaged> {
    match has_id(&response.body) {
        true => Ok(response.clone()),
        false => Err(Damaged("is no object of Graph's".to_owned())),
    }
}

/// Whether a row can have this id: it is not the name of something else that Graph has in the same place.
fn can_be_id(id: &str) -> bool {
    let lower = id.to_ascii_lowercase();
    let is_name = (lower.starts_with('$') && !lower.contains('@'))
        || lower.starts_with("microsoft.graph.")
        || lower == "delta"
        || lower.contains(['(', ')']);
    !is_name
}

/// A path below `/v1.0` with its options, encoded.
pub fn address(path: &[String], options: &[(&'static str, String)]) -> String {
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
