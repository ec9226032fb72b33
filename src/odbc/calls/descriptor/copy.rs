//! `SQLCopyDesc`: everything of a descriptor but how it was allocated.

use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{Outcome, Success};
use crate::odbc::memory::AppPtr;
use crate::odbc::state::descriptor::{Descriptor, Record, Role};

/// A descriptor's fields on their way to another, which may belong to another connection.
#[derive(Clone, Debug)]
pub struct Copied {
    array_size: usize,
    array_status_ptr: AppPtr,
    bind_offset_ptr: AppPtr,
    bind_type: usize,
    rows_processed_ptr: AppPtr,
    records: Vec<Record>,
    bookmark: Option<Record>,
}

/// Reads the fields of the source.
pub fn take(source: &Descriptor) -> Result<Copied, Error> {
    source.require_described()?;
    // A statement that will give no rows has no columns to copy.
    if source.role == Role::ImplementationRow && source.count() == 0 {
        return Err(Error::of(sqlstate::S24000));
    }
    Ok(Copied {
        array_size: source.array_size,
        array_status_ptr: source.array_status_ptr,
        bind_offset_ptr: source.bind_offset_ptr,
        bind_type: source.bind_type,
        rows_processed_ptr: source.rows_processed_ptr,
        records: source.records().to_vec(),
        bookmark: source.bookmark.clone(),
    })
}

/// Writes them to the target.
pub fn put(target: &mut Descriptor, copied: Copied) -> Outcome {
    if target.role == Role::ImplementationRow {
        return Err(Error::of(sqlstate::HY016));
    }
    target.array_size = copied.array_size;
    target.array_status_ptr = copied.array_status_ptr;
    target.bind_offset_ptr = copied.bind_offset_ptr;
    target.bind_type = copied.bind_type;
    target.rows_processed_ptr = copied.rows_processed_ptr;
    target.set_records(copied.records);
    if target.index(0).is_ok() {
        target.bookmark = copied.bookmark;
    }
    Ok(Success::Done)
}
