//! State shared by all reading of a mailbox: requests, decoding, delivery.

use super::all_messages::AllMessages;
use super::delivery::{Delivery, Flow};
use super::extended;
use super::folder_places::Found;
use super::seen::{Seen, Unread};
use super::shared_scan::SharedScan;
use super::walk::Linked;
use super::windows::task::Timed;
use super::windows::times::{self, Times};
use crate::decode::{Collections, DecodeError, DecodeOptions, Decoder, File, RowContext};
use crate::definition::Collection;
use crate::scan::plan::order::is_one_list;
use crate::scan::plan::page_size;
use crate::scan::plan::properties::Properties;
use crate::scan::plan::reports::ReportFile;
use crate::scan::plan::scan::Scan;
use crate::scan::plan::values::Values;
use crate::{Error, Warnings};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, BooleanArray, TimestampMicrosecondArray};
use datafusion::arrow::compute::filter_record_batch;
use datafusion::arrow::record_batch::RecordBatch;
use exchange_config as config;
use exchange_graph::runtime;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Reads rows of one mailbox (or of the directory) and passes them to the engine.
pub struct Reader {
    pub shared: Arc<SharedScan>,
    pub scan: Scan,
    pub mailbox: Option<String>,
    decoder: Decoder,
    /// The places of the columns that the reader uses itself. Those that the scan does not have come after its columns.
    own: Vec<usize>,
    /// The place of the time of windows.
    time: Option<usize>,
    delivery: Delivery,
    /// Whether Graph accepted a request for rows.
    received: AtomicBool,
    /// The rows that were delivered.
    seen: Mutex<Seen>,
    /// Whether all rows come from one list, in which each keeps its time: a second that was read to its end has no more rows
    /// then. Another folder, or another part of a filter, may have some. An event may be moved to another time.
    is_one_list: bool,
    /// Folders that were looked up, by their requested names.
    pub folders: tokio::sync::Mutex<HashMap<String, Found>>,
    /// The list that decides which messages are rows, once that was in doubt.
    pub all_messages: tokio::sync::Mutex<Option<AllMessages>>,
    pub warnings: Warnings,
    /// Values that take a request for each row.
    pub values: Option<Values>,
    /// Why the values of rows could not be read.
    failure: Mutex<Option<Error>>,
}

/// Rows to deliver.
pub struct Prepared {
    pub rows: Result<RecordBatch, Error>,
    /// Rows that were not delivered before.
    pub new: usize,
}

impl Reader {
    pub fn new(
        shared: &Arc<SharedScan>,
        scan: &Scan,
        mailbox: Option<String>,
        (delivery, warnings): (&Delivery, &Warnings),
    ) -> Self {
        let mut columns = scan.columns.clone();
        let more: &[&str] = match scan.table.collection {
            Collection::ContactFolders | Collection::MailboxFolders => &["path"],
            Collection::MailFolders => &["path", "parentFolderId", "isHidden"],
            Collection::Messages => &["parentFolderId"],
            Collection::Events | Collection::CalendarView | Collection::EventInstances => &["type"],
            _ => scan.table.parents_of_id(),
        };
        let own = [&["id"], more].concat();
        let mut place = |name: &&str| {
            let column = scan.table.column_index(name)?;
            let known = columns.iter().position(|known| *known == column);
            Some(known.unwrap_or_else(|| {
                columns.push(column);
                columns.len() - 1
            }))
        };
        let own = own.iter().filter_map(&mut place).collect();
        let time = scan.table.windows.as_ref().and_then(&mut place);
        let options = DecodeOptions {
            collections: match shared.source.settings().collections {
                // Only JSON has everything that an element has.
                _ if scan.lists.are_taken_apart() => Collections::Json,
                config::Collections::Text => Collections::Text,
                config::Collections::Json => Collections::Json,
            },
        };
        Self {
            decoder: Decoder::new(scan.table, &columns, options),
            shared: Arc::clone(shared),
            mailbox,
            received: AtomicBool::default(),
            seen: Mutex::default(),
            folders: tokio::sync::Mutex::default(),
            all_messages: tokio::sync::Mutex::default(),
            own,
            time,
            is_one_list: is_one_list(scan, shared.source.settings()),
            scan: scan.clone(),
            delivery: delivery.clone(),
            warnings: warnings.clone(),
            values: Values::of(scan),
            failure: Mutex::default(),
        }
    }

    /// The rows of a page, and its link.
    pub fn page(
        &self,
        reply: &[u8],
        context: &RowContext,
    ) -> Result<Linked<RecordBatch>, DecodeError> {
        self.received.store(true, Ordering::Relaxed);
        let page = self.decoder.page(reply, context)?;
        self.shared.usage.received(page.batch.num_rows());
        Ok((page.batch, page.next_link))
    }

    /// The same with the times of the rows.
    pub fn timed_page(
        &self,
        reply: &[u8],
        context: &RowContext,
    ) -> Result<Linked<Timed<RecordBatch>>, DecodeError> {
        let (rows, link) = self.page(reply, context)?;
        let times = self.times(&rows).map(Times::of);
        let times = times.unwrap_or_default();
        Ok((Timed { rows, times }, link))
    }

    fn times<'a>(&self, rows: &'a RecordBatch) -> Option<&'a TimestampMicrosecondArray> {
        self.time.map(|time| rows.column(time).as_primitive())
    }

    /// The rows of a file.
    pub fn decode_file(&self, file: &[u8], of: &ReportFile) -> Result<File, DecodeError> {
        let file = self.decoder.file(of.report, file, &of.context())?;
        let rows = file.batches.iter().map(RecordBatch::num_rows).sum();
        self.shared.usage.received(rows);
        Ok(file)
    }

    pub fn decode_entity(&self, reply: &[u8], context: &RowContext) -> Result<RecordBatch, Error> {
        self.received.store(true, Ordering::Relaxed);
        let row = self.decoder.entity(reply, context)?;
        self.shared.usage.received(row.num_rows());
        Ok(row)
    }

    /// Whether Graph accepted a request for rows.
    pub fn has_received(&self) -> bool {
        self.received.load(Ordering::Relaxed)
    }

    /// A column that the reader decoded for its own use.
    pub fn own_column<'a>(&self, batch: &'a RecordBatch, index: usize) -> &'a ArrayRef {
        batch.column(self.own[index])
    }

    /// The rows that are new in this reading of the mailbox.
    fn fresh(&self, batch: &RecordBatch) -> BooleanArray {
        let ids = self.own_column(batch, 0).as_string::<i32>();
        // Some rows are identified by their own and their parents' ids.
        let parents = self.scan.table.parents_of_id().iter().zip(1..);
        let parents: Vec<_> = parents
            .map(|(_, index)| self.own_column(batch, index).as_string::<i32>())
            .collect();
        let times = self.times(batch).filter(|_| self.is_one_list);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = |(row, id): (usize, Option<&str>)| {
            let Some(id) = id else { return Some(true) };
            Some(match times {
                Some(times) => {
                    let time = times.is_valid(row).then(|| times.value(row));
                    seen.insert_of_second(id, time.map(times::second))
                }
                None if parents.is_empty() => seen.insert(&[id]),
                None => {
                    let parents = parents.iter().map(|parents| parents.value(row));
                    seen.insert(&parents.chain([id]).collect::<Vec<_>>())
                }
            })
        };
        ids.iter().enumerate().map(is_new).collect()
    }

    /// Rows may still come of these seconds alone.
    pub fn keep(&self, unread: Unread) {
        if self.is_one_list {
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.keep(unread);
        }
    }

    /// Records messages that are rows: neither they nor their attachments need a check.
    fn remember(&self, batch: &RecordBatch) {
        if self.scan.table.collection == Collection::Messages {
            let ids = self.own_column(batch, 0).as_string::<i32>();
            let mailbox = self.mailbox.as_deref().unwrap_or_default();
            let known = self.shared.source.known_listed();
            known.remember_messages(mailbox, ids.iter().flatten());
        }
    }

    /// Finds the rows to deliver.
    pub fn prepare(&self, batch: RecordBatch) -> Prepared {
        let fresh = self.fresh(&batch);
        let new = fresh.true_count();
        self.remember(&batch);
        let is_fresh = |batch: RecordBatch| match new == batch.num_rows() {
            true => Ok(batch),
            false => filter_record_batch(&batch, &fresh),
        };
        let outcome = match &self.scan.properties {
            Some(properties) => {
                let items = is_fresh(batch).map_err(Error::from);
                items.and_then(|items| self.properties(&items, properties))
            }
            None => {
                let outcome = self.shared.read_columns(&batch).and_then(is_fresh);
                outcome.map_err(Error::from)
            }
        };
        let rows = match self.checks_values() {
            true => outcome,
            false => outcome.and_then(|batch| self.check(batch)),
        };
        Prepared { rows, new }
    }

    /// The rows of items with extended properties.
    fn properties(
        &self,
        items: &RecordBatch,
        properties: &Properties,
    ) -> Result<RecordBatch, Error> {
        let of = (&self.shared.scan, &self.shared.read_schema);
        let mailbox = self.mailbox.as_deref().unwrap_or_default();
        let names = (self.scan.table.name, mailbox);
        let columns = (self.own_column(items, 0), items.column(0));
        extended::rows(of, names, properties, columns)
    }

    /// The rows that meet the conditions.
    pub fn check(&self, batch: RecordBatch) -> Result<RecordBatch, Error> {
        // A condition may take long, unlike everything else that is done with a page.
        let rows = match self.shared.predicate {
            Some(_) => runtime::compute_here(|| self.shared.check(batch)),
            None => Ok(batch),
        };
        rows.map_err(|error| Error::Engine(Box::new(error)))
    }

    /// Whether conditions concern values that take a request for each row.
    pub fn checks_values(&self) -> bool {
        let value = self.values.map(|values| values.value);
        value.is_some_and(|value| self.shared.checks(value))
    }

    /// Passes on rows with all their values.
    pub async fn send_complete(&self, rows: Result<RecordBatch, Error>) -> Flow {
        let kept = rows.as_ref().map_or(0, RecordBatch::num_rows);
        self.shared.usage.kept(kept);
        self.delivery.send(rows).await
    }

    /// Records why reading ends.
    pub fn fail(&self, error: Error) {
        let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        failure.get_or_insert(error);
    }

    /// Why reading ended before its end.
    pub fn failure(&self) -> Option<Error> {
        let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        failure.take()
    }

    /// Rows of the page after one that was not enough for a limit.
    pub fn grown(&self, size: u32) -> u32 {
        page_size::grown(size, &self.scan, self.shared.source.settings())
    }

    /// How many rows the statement still needs.
    pub fn needs(&self) -> usize {
        self.delivery.left()
    }

    /// Hands over rows without columns.
    pub async fn deliver_counted(&self, rows: RecordBatch) -> Flow {
        self.delivery.send(Ok(rows)).await
    }
}
