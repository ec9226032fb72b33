//! `SQLCopyDesc`: copies a descriptor, except for how it was allocated.

use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{
    self, Allowed, INVALID_HANDLE, Outcome, ReturnCode, Success, with_descriptor,
};
use crate::odbc::memory::AppPtr;
use crate::odbc::state::descriptor::{Descriptor, Record, Role};

/// Copied fields, possibly for a descriptor of another connection.
#[derive(Clone, Debug)]
struct Copied {
    array_size: usize,
    array_status_ptr: AppPtr,
    bind_offset_ptr: AppPtr,
    bind_type: usize,
    rows_processed_ptr: AppPtr,
    records: Vec<Record>,
    bookmark: Option<Record>,
}

/// `SQLCopyDesc`. The two may belong to different connections, whose locks are never held together.
/// Errors of the source are recorded at the target, as the reference says.
pub fn copy(source: usize, target: usize) -> ReturnCode {
    let Some(copied) = handles::read_descriptor(source, take) else {
        return INVALID_HANDLE;
    };
    with_descriptor(target, Allowed::OutsideDataAtExecution, |scope| {
        put(scope.descriptor(), copied?)
    })
}

/// Reads the fields of the source.
fn take(source: &Descriptor) -> Result<Copied, Error> {
    source.require_described()?;
    // A statement without rows has no columns to copy.
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
fn put(target: &mut Descriptor, copied: Copied) -> Outcome {
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
