//! State shared by all reading of a mailbox: requests, decoding, delivery.

use super::all_messages::AllMessages;
use super::delivery::{Delivery, Flow};
use super::folder_places::Found;
use super::seen::Seen;
use super::shared_scan::SharedScan;
use super::walk::Linked;
use crate::decode::{Collections, DecodeError, DecodeOptions, Decoder, RowContext};
use crate::definition::Collection;
use crate::scan::plan::scan::Scan;
use crate::{Error, Warnings};
use datafusion::arrow::array::{ArrayRef, AsArray, BooleanArray};
use datafusion::arrow::compute::filter_record_batch;
use datafusion::arrow::record_batch::RecordBatch;
use exchange_config as config;
use exchange_graph::runtime;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Reads rows of one mailbox (or of the directory) and passes them to the engine.
pub struct Reader {
    pub shared: Arc<SharedScan>,
    pub scan: Scan,
    pub mailbox: Option<String>,
    decoder: Decoder,
    /// Columns of the scan; the reader decoded those after them for its own use.
    width: usize,
    delivery: Delivery,
    /// The rows that were delivered.
    seen: Mutex<Seen>,
    /// Folders that were looked up, by their requested names.
    pub folders: tokio::sync::Mutex<HashMap<String, Found>>,
    /// The list that decides which messages are rows, once that was in doubt.
    pub all_messages: tokio::sync::Mutex<Option<AllMessages>>,
    pub warnings: Warnings,
}

/// The outcome of a batch of rows.
#[derive(Clone, Copy, Debug)]
pub struct Delivered {
    pub flow: Flow,
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
            scan: scan.clone(),
            delivery: delivery.clone(),
            warnings: warnings.clone(),
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

    /// A column that the reader decoded for its own use.
    pub fn own_column<'a>(&self, batch: &'a RecordBatch, index: usize) -> &'a ArrayRef {
        batch.column(self.width + index)
    }

    /// The rows that are new in this reading of the mailbox.
    fn fresh(&self, batch: &RecordBatch) -> BooleanArray {
        let ids = self.own_column(batch, 0).as_string::<i32>();
        // Attachments are identified by their own and their messages' ids.
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

    /// Records messages that are rows: neither they nor their attachments need a check.
    fn remember(&self, batch: &RecordBatch) {
        if self.scan.table.collection == Collection::Messages {
            let ids = self.own_column(batch, 0).as_string::<i32>();
            let mailbox = self.mailbox.as_deref().unwrap_or_default();
            let known = self.shared.source.known_listed();
            known.remember_messages(mailbox, ids.iter().flatten());
        }
    }

    /// Delivers the rows that meet the whole predicate, except those that were delivered before.
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
            // A condition may take long, unlike everything else that is done with a page.
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

    /// Hands over rows without columns.
    pub async fn deliver_counted(&self, rows: RecordBatch) -> Flow {
        self.delivery.send(Ok(rows)).await
    }
}
