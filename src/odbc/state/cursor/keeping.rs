//! The rows of a scrollable result: batches in memory as far as they have room, the least recently
//! used ones in a temporary file.

use super::spool::{self, Spool};
use crate::odbc::connector::Storage;
use crate::odbc::diagnostics::{Error, sqlstate};
use datafusion::arrow::ipc::Block;
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::common::utils::memory::get_record_batch_memory_size;
use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::path::Path;

/// Rows of one batch, in memory or in the file.
pub struct Batch {
    pub first: u64,
    pub rows: usize,
    /// Absent while the batch is only in the file.
    pub records: Option<RecordBatch>,
    /// The batch's position in the file, once it was written.
    pub saved: Option<Block>,
    /// Bytes in memory.
    pub size: usize,
    /// The time of its last use; its key in [`Keeping::by_use`].
    pub used: u64,
}

impl Batch {
    pub fn new(first: u64, records: RecordBatch) -> Self {
        Self {
            first,
            rows: records.num_rows(),
            size: get_record_batch_memory_size(&records),
            records: Some(records),
            saved: None,
            used: 0,
        }
    }

    pub fn end(&self) -> u64 {
        self.first + self.rows as u64
    }

    pub fn records(&self) -> &RecordBatch {
        self.records
            .as_ref()
            .expect("the rowset's batches are in memory")
    }
}

/// The stored batches of a scrollable result.
pub struct Keeping {
    pub storage: Storage,
    pub spool: Option<Spool>,
    /// Bytes of all batches in memory.
    pub size: usize,
    /// Grows with every use of a batch.
    clock: u64,
    /// The batches in memory, least recently used first.
    pub by_use: BTreeMap<u64, usize>,
}

impl Keeping {
    pub fn new(storage: Storage) -> Self {
        Self {
            storage,
            spool: None,
            size: 0,
            clock: 0,
            by_use: BTreeMap::new(),
        }
    }

    /// Registers a batch that is in memory.
    pub fn add(&mut self, batch: &mut Batch, index: usize) {
        self.size += batch.size;
        self.use_now(batch, index);
    }

    /// The current time; batches used later have a greater one.
    pub fn now(&self) -> u64 {
        self.clock + 1
    }

    /// Moves batches that were used before a time into the file, while memory exceeds its limit.
    pub fn save(&mut self, batches: &mut VecDeque<Batch>, before: u64) -> Result<(), Error> {
        while self.size > self.storage.memory
            && let Some((used, index)) = self.by_use.first_key_value()
            && *used < before
        {
            let (used, index) = (*used, *index);
            self.evict(&mut batches[index])?;
            self.by_use.remove(&used);
        }
        Ok(())
    }

    pub fn use_now(&mut self, batch: &mut Batch, index: usize) {
        self.by_use.remove(&batch.used);
        self.clock += 1;
        batch.used = self.clock;
        self.by_use.insert(batch.used, index);
    }

    /// Removes a batch from memory, after writing it if it is not in the file yet.
    fn evict(&mut self, batch: &mut Batch) -> Result<(), Error> {
        if batch.saved.is_none() {
            let folder = self.storage.folder();
            let block = self
                .write(batch.records(), &folder)
                .map_err(|error| cannot("write", &folder, &error))?;
            batch.saved = Some(block);
        }
        batch.records = None;
        self.size -= batch.size;
        Ok(())
    }

    fn write(&mut self, records: &RecordBatch, folder: &Path) -> io::Result<Block> {
        let spool = match &mut self.spool {
            Some(spool) => spool,
            none => none.insert(Spool::create(folder, records.schema())?),
        };
        spool.write(records)
    }

    /// Reads a batch that is only in the file.
    pub fn load(&mut self, batch: &mut Batch) -> Result<(), Error> {
        let (None, Some(block), Some(spool)) = (&batch.records, &batch.saved, &mut self.spool)
        else {
            return Ok(());
        };
        let records = spool
            .read(block)
            .map_err(|error| cannot("read", &self.storage.folder(), &error))?;
        batch.size = spool::length(block);
        batch.records = Some(records);
        self.size += batch.size;
        Ok(())
    }
}

fn cannot(action: &str, folder: &Path, error: &io::Error) -> Error {
    let message = format!(
        "Cannot {action} the temporary file in {} for the rows of this scrollable result: {error}. The \
         rows that were fetched are still there. Free space or name another folder (TempDirectory), keep \
         more in memory (CursorMemory), or use a forward-only cursor",
        folder.display()
    );
    Error::new(sqlstate::HY000, message)
}
