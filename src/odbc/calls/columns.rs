//! `SQLDescribeCol`, `SQLColAttribute`: reading the implementation row descriptor.

use super::descriptor::fields::{self, Value, field};
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{Outcome, StatementScope, Success};
use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::state::cursor::bookmark;
use crate::odbc::state::descriptor::Record;
use crate::odbc::state::statement::{Current, StatementState};
use crate::odbc::text::{TextOut, Written};

/// The outputs of `SQLDescribeCol`.
#[derive(Clone, Copy, Debug)]
pub struct ColumnOut {
    pub name: TextOut,
    pub data_type: AppPtr,
    pub size: AppPtr,
    pub decimal_digits: AppPtr,
    pub nullable: AppPtr,
}

/// Columns exist once a statement is planned. A statement without rows has no columns (07005), and
/// no result after it ran (24000).
fn require_columns(scope: &StatementScope<'_>) -> Result<(), Error> {
    require_result(scope)?;
    match scope.ird().count() {
        0 => Err(Error::of(sqlstate::S07005)),
        _ => Ok(()),
    }
}

fn require_result(scope: &StatementScope<'_>) -> Result<(), Error> {
    match &scope.statement.state {
        StatementState::Allocated | StatementState::NeedData(_) => Err(Error::of(sqlstate::HY010)),
        StatementState::Executed(executed) if matches!(executed.current, Current::Count(_)) => {
            Err(Error::of(sqlstate::S24000))
        }
        StatementState::Prepared(_) | StatementState::Executed(_) => Ok(()),
    }
}

/// The record of a column; column 0 is the bookmark, if the application uses bookmarks.
fn record(scope: &StatementScope<'_>, number: u16) -> Result<Record, Error> {
    if number == 0 {
        bookmark::require_on(scope.statement.attributes.uses_bookmarks())?;
    }
    let record = scope.ird().record(usize::from(number));
    record.cloned().ok_or_else(|| Error::of(sqlstate::S07009))
}

/// `SQLDescribeCol`
pub fn describe(
    scope: &mut StatementScope<'_>,
    number: u16,
    out: &ColumnOut,
    memory: &impl AppMemory,
) -> Outcome {
    require_columns(scope)?;
    let encoding = scope.connection.encoding;
    let record = record(scope, number)?;
    memory.write_i16(out.data_type, record.concise_type);
    memory.write_ulen(out.size, record.details.column_size);
    memory.write_i16(out.decimal_digits, record.details.decimal_digits);
    memory.write_i16(out.nullable, record.nullable);
    if out.name.write(memory, encoding, &record.details.name)? == Written::Truncated {
        scope.warn(Error::of(sqlstate::S01004));
    }
    Ok(Success::Done)
}

/// `SQLColAttribute`: text goes to the buffer, every number to `numeric` as an `SQLLEN`.
pub fn attribute(
    scope: &mut StatementScope<'_>,
    number: u16,
    identifier: u16,
    text: &TextOut,
    numeric: AppPtr,
    memory: &impl AppMemory,
) -> Outcome {
    let identifier = identifier as i16;
    if matches!(identifier, field::COUNT | field::COLUMN_COUNT) {
        require_result(scope)?;
        memory.write_len(numeric, scope.ird().count() as isize);
        return Ok(Success::Done);
    }
    require_columns(scope)?;
    let encoding = scope.connection.encoding;
    let record = record(scope, number)?;
    let value = match fields::of_record(&record, identifier) {
        Some(Value::Pointer(_)) | None => return Err(Error::of(sqlstate::HY091)),
        Some(value) => value,
    };
    let written = match value {
        Value::Text(name) => text.write(memory, encoding, name)?,
        Value::Short(value) => numeric_out(memory, numeric, value.into()),
        Value::Integer(value) => numeric_out(memory, numeric, value as isize),
        Value::Len(value) => numeric_out(memory, numeric, value),
        Value::Pointer(_) => Written::Whole,
    };
    if written == Written::Truncated {
        scope.warn(Error::of(sqlstate::S01004));
    }
    Ok(Success::Done)
}

fn numeric_out(memory: &impl AppMemory, at: AppPtr, value: isize) -> Written {
    memory.write_len(at, value);
    Written::Whole
}
