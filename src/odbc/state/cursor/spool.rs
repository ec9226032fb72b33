//! A temporary file with rows of a scrollable result.
//!
//! Batches are Arrow IPC messages, each written once and read back as a whole. The rows are
//! somebody's mail: only the process's own user may open the file, and on Unix its name is removed
//! before anything is written. It disappears with the cursor or the process, however that ends.

use datafusion::arrow::buffer::Buffer;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::ipc::reader::FileDecoder;
use datafusion::arrow::ipc::writer::{
    DictionaryTracker, IpcDataGenerator, IpcWriteOptions, write_message,
};
use datafusion::arrow::ipc::{Block, MetadataVersion};
use datafusion::arrow::record_batch::RecordBatch;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// An open file and how far it is written.
pub struct Spool {
    file: File,
    end: u64,
    decoder: FileDecoder,
    options: IpcWriteOptions,
}

impl Spool {
    /// A new file for batches of this schema.
    pub fn create(folder: &Path, schema: SchemaRef) -> io::Result<Self> {
        let file = tempfile::tempfile_in(folder)?;
        restrict(&file)?;
        Ok(Self::over(file, schema))
    }

    /// A spool over an empty file.
    pub fn over(file: File, schema: SchemaRef) -> Self {
        Self {
            file,
            end: 0,
            decoder: FileDecoder::new(schema, MetadataVersion::V5),
            options: IpcWriteOptions::default(),
        }
    }

    /// Appends a batch. If that fails, the file stays as it was: the next batch overwrites a
    /// partial write.
    pub fn write(&mut self, records: &RecordBatch) -> io::Result<Block> {
        // The canonical types of results have no dictionaries.
        let (_, encoded) = IpcDataGenerator::default()
            .encode(
                records,
                &mut DictionaryTracker::new(false),
                &self.options,
                &mut Default::default(),
            )
            .map_err(into_io)?;
        let mut message = Vec::new();
        let (metadata, body) =
            write_message(&mut message, encoded, &self.options).map_err(into_io)?;
        self.file.seek(SeekFrom::Start(self.end))?;
        self.file.write_all(&message)?;
        let block = Block::new(self.end as i64, metadata as i32, body as i64);
        self.end += message.len() as u64;
        Ok(block)
    }

    /// Reads a batch that was written.
    pub fn read(&mut self, block: &Block) -> io::Result<RecordBatch> {
        let mut message = vec![0; length(block)];
        self.file.seek(SeekFrom::Start(block.offset() as u64))?;
        self.file.read_exact(&mut message)?;
        let records = self
            .decoder
            .read_record_batch(block, &Buffer::from_vec(message))
            .map_err(into_io)?;
        records.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))
    }
}

/// Bytes that a batch takes in the file, and in memory once it was read from there.
pub fn length(block: &Block) -> usize {
    block.metaDataLength() as usize + block.bodyLength() as usize
}

fn into_io(error: ArrowError) -> io::Error {
    match error {
        ArrowError::IoError(_, error) => error,
        // Arrow's messages may contain values, which are mail.
        _ => io::Error::new(
            io::ErrorKind::InvalidData,
            "the file does not hold what was written to it",
        ),
    }
}

/// Access for the user alone, whatever the process's mask says.
#[cfg(unix)]
fn restrict(file: &File) -> io::Result<()> {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(Permissions::from_mode(0o600))
}

/// The user's folder of temporary files is already private.
#[cfg(not(unix))]
fn restrict(_: &File) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::odbc::testing::batch;
    use datafusion::arrow::array::{
        ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, Float32Array,
        Float64Array, Int8Array, Int16Array, Int32Array, Int64Array, IntervalMonthDayNanoArray,
        IntervalYearMonthArray, StringArray, Time64MicrosecondArray, TimestampMicrosecondArray,
    };
    use datafusion::arrow::datatypes::IntervalMonthDayNano;
    use std::sync::Arc;

    /// Three rows of every canonical type, the second NULL.
    fn every_type() -> RecordBatch {
        let interval = |days| IntervalMonthDayNano::new(0, days, 5_000);
        let decimal = Decimal128Array::from(vec![Some(i128::MAX / 1000), None, Some(-1)])
            .with_precision_and_scale(38, 4)
            .unwrap();
        batch(vec![
            Arc::new(BooleanArray::from(vec![Some(true), None, Some(false)])) as ArrayRef,
            Arc::new(Int8Array::from(vec![Some(-1), None, Some(2)])),
            Arc::new(Int16Array::from(vec![Some(-1), None, Some(2)])),
            Arc::new(Int32Array::from(vec![Some(-1), None, Some(2)])),
            Arc::new(Int64Array::from(vec![Some(i64::MIN), None, Some(2)])),
            Arc::new(Float32Array::from(vec![Some(0.5), None, Some(-0.0)])),
            Arc::new(Float64Array::from(vec![Some(0.5), None, Some(f64::MAX)])),
            Arc::new(decimal),
            Arc::new(StringArray::from(vec![Some("Grüße 👋"), None, Some("")])),
            Arc::new(BinaryArray::from_opt_vec(vec![
                Some(b"\0\xff"),
                None,
                Some(b""),
            ])),
            Arc::new(Date32Array::from(vec![Some(-1), None, Some(20_000)])),
            Arc::new(Time64MicrosecondArray::from(vec![Some(1), None, Some(2)])),
            Arc::new(TimestampMicrosecondArray::from(vec![
                Some(-1),
                None,
                Some(2),
            ])),
            Arc::new(IntervalYearMonthArray::from(vec![Some(13), None, Some(-2)])),
            Arc::new(IntervalMonthDayNanoArray::from(vec![
                Some(interval(1)),
                None,
                Some(interval(-1)),
            ])),
        ])
    }

    fn spool(records: &RecordBatch) -> Spool {
        Spool::create(&std::env::temp_dir(), records.schema()).unwrap()
    }

    #[test]
    fn batches_of_every_type_come_back_in_any_order() {
        let records = every_type();
        let mut spool = spool(&records);
        let parts = [
            records.clone(),
            records.slice(1, 2),
            records.slice(2, 0),
            records.slice(0, 1),
        ];
        let blocks = parts.each_ref().map(|part| spool.write(part).unwrap());
        for index in [2, 0, 3, 1, 0] {
            assert_eq!(spool.read(&blocks[index]).unwrap(), parts[index]);
        }
        let more = spool.write(&records).unwrap();
        assert_eq!(spool.read(&more).unwrap(), records);
        assert_eq!(spool.read(&blocks[3]).unwrap(), parts[3]);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_open_the_file_and_it_has_no_name() {
        use std::os::unix::fs::MetadataExt;
        let records = every_type();
        let metadata = spool(&records).file.metadata().unwrap();
        assert_eq!(metadata.mode() & 0o777, 0o600);
        assert_eq!(metadata.nlink(), 0);
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        let schema = every_type().schema();
        assert!(Spool::create(Path::new("/nowhere/at/all"), schema).is_err());
    }
}
