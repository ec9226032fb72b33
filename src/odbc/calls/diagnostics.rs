//! `SQLGetDiagRec` and `SQLGetDiagField`: reading a handle's diagnostic area.
//!
//! These functions post no diagnostics of their own, so wrong arguments only show in the return
//! code.

use crate::odbc::diagnostics::{Diagnostics, Error, MESSAGE_PREFIX, sqlstate};
use crate::odbc::handles::{Records, ReturnCode, Success, read_records};
use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::state::statement::StatementState;
use crate::odbc::text::{Encoding, TextOut, Written};

/// `SQL_DIAG_*`
pub mod field {
    pub const RETURNCODE: i16 = 1;
    pub const NUMBER: i16 = 2;
    pub const ROW_COUNT: i16 = 3;
    pub const SQLSTATE: i16 = 4;
    pub const NATIVE: i16 = 5;
    pub const MESSAGE_TEXT: i16 = 6;
    pub const DYNAMIC_FUNCTION: i16 = 7;
    pub const CLASS_ORIGIN: i16 = 8;
    pub const SUBCLASS_ORIGIN: i16 = 9;
    pub const CONNECTION_NAME: i16 = 10;
    pub const SERVER_NAME: i16 = 11;
    pub const DYNAMIC_FUNCTION_CODE: i16 = 12;
    pub const CURSOR_ROW_COUNT: i16 = -1249;
    pub const ROW_NUMBER: i16 = -1248;
    pub const COLUMN_NUMBER: i16 = -1247;
}

/// The data source has no native error numbers; 0 says so.
const NATIVE_ERROR: i32 = 0;

/// A refusal to read: the arguments were wrong.
#[derive(Debug)]
pub struct Refused;

/// The connection's part of its handles' records.
#[derive(Clone, Copy, Debug, Default)]
pub struct Origin<'a> {
    pub connection_name: &'a str,
    pub server_name: &'a str,
    pub is_statement: bool,
    /// Whether a statement ran, so that a row count exists.
    pub is_executed: bool,
}

/// The outputs of `SQLGetDiagRec`.
#[derive(Clone, Copy, Debug)]
pub struct RecordOut {
    pub state: TextOut,
    pub native: AppPtr,
    pub message: TextOut,
}

fn message_of(record: &Error) -> String {
    format!("{MESSAGE_PREFIX}{}", record.message)
}

fn outcome(written: Result<Written, Error>) -> Result<Success, Refused> {
    match written {
        Ok(Written::Whole) => Ok(Success::Done),
        Ok(Written::Truncated) => Ok(Success::Information),
        Err(_) => Err(Refused),
    }
}

/// `SQLGetDiagRec`. `encoding` is called if the handle does not know how wide its application's text
/// is.
pub fn get_record(
    kind: i16,
    handle: usize,
    number: i16,
    out: &RecordOut,
    memory: &impl AppMemory,
    encoding: impl FnOnce() -> Encoding,
) -> ReturnCode {
    read_records(kind, handle, encoding, |records| {
        record(records.diagnostics, number, out, memory, records.encoding).map_err(unrecorded)
    })
}

/// `SQLGetDiagField`
pub fn get_field(
    kind: i16,
    handle: usize,
    (number, identifier): (i16, i16),
    out: &TextOut,
    memory: &impl AppMemory,
    encoding: impl FnOnce() -> Encoding,
) -> ReturnCode {
    read_records(kind, handle, encoding, |records| {
        let Records {
            diagnostics,
            encoding,
            ..
        } = records;
        let origin = Origin::of(records);
        field(
            diagnostics,
            origin,
            number,
            identifier,
            out,
            memory,
            *encoding,
        )
        .map_err(unrecorded)
    })
}

/// A call that reads records posts none, so any error will do.
fn unrecorded(Refused: Refused) -> Error {
    Error::of(sqlstate::HY000)
}

impl<'a> Origin<'a> {
    /// `SQL_DIAG_SERVER_NAME` is the data source's name, as the reference says.
    fn of(records: &Records<'a>) -> Self {
        let link = records
            .connection
            .and_then(|connection| connection.link.as_ref());
        let name = link.map_or("", |connected| connected.data_source.as_str());
        let statement = records.statement;
        Self {
            connection_name: name,
            server_name: name,
            is_statement: statement.is_some(),
            is_executed: statement
                .is_some_and(|found| matches!(found.state, StatementState::Executed(_))),
        }
    }
}

/// Reads a record.
pub fn record(
    diagnostics: &Diagnostics,
    number: i16,
    out: &RecordOut,
    memory: &impl AppMemory,
    encoding: Encoding,
) -> Result<Success, Refused> {
    if number < 1 || (out.message.capacity < 0 && !out.message.at.is_null()) {
        return Err(Refused);
    }
    let Some(record) = diagnostics.records().get(number as usize - 1) else {
        return Ok(Success::NoData);
    };
    outcome(out.state.write(memory, encoding, record.state.code))?;
    memory.write_i32(out.native, NATIVE_ERROR);
    outcome(out.message.write(memory, encoding, &message_of(record)))
}

/// Reads a field of the header or of a record.
pub fn field(
    diagnostics: &Diagnostics,
    origin: Origin<'_>,
    number: i16,
    identifier: i16,
    out: &TextOut,
    memory: &impl AppMemory,
    encoding: Encoding,
) -> Result<Success, Refused> {
    if let Some(answer) = header_field(diagnostics, origin, identifier, out, memory, encoding) {
        return answer;
    }
    if number < 1 {
        return Err(Refused);
    }
    let Some(record) = diagnostics.records().get(number as usize - 1) else {
        return Ok(Success::NoData);
    };
    let text = |text: &str| outcome(out.write(memory, encoding, text));
    match identifier {
        field::SQLSTATE => text(record.state.code),
        field::MESSAGE_TEXT => text(&message_of(record)),
        field::CLASS_ORIGIN => text(record.state.class_origin()),
        field::SUBCLASS_ORIGIN => text(record.state.subclass_origin()),
        field::CONNECTION_NAME => text(origin.connection_name),
        field::SERVER_NAME => text(origin.server_name),
        field::NATIVE => {
            memory.write_i32(out.at, NATIVE_ERROR);
            Ok(Success::Done)
        }
        field::ROW_NUMBER if origin.is_statement => {
            let row = if record.row == 0 {
                crate::odbc::diagnostics::NO_NUMBER as isize
            } else {
                record.row as isize
            };
            memory.write_len(out.at, row);
            Ok(Success::Done)
        }
        field::COLUMN_NUMBER if origin.is_statement => {
            memory.write_i32(out.at, record.column);
            Ok(Success::Done)
        }
        _ => Err(Refused),
    }
}

fn header_field(
    diagnostics: &Diagnostics,
    origin: Origin<'_>,
    identifier: i16,
    out: &TextOut,
    memory: &impl AppMemory,
    encoding: Encoding,
) -> Option<Result<Success, Refused>> {
    match identifier {
        field::NUMBER => memory.write_i32(out.at, diagnostics.records().len() as i32),
        field::RETURNCODE => memory.write_i16(out.at, diagnostics.return_code),
        _ if !is_statement_field(identifier) => return None,
        _ if !origin.is_statement => return Some(Err(Refused)),
        field::ROW_COUNT if !origin.is_executed => return Some(Err(Refused)),
        field::ROW_COUNT => memory.write_len(out.at, diagnostics.row_count),
        field::CURSOR_ROW_COUNT => memory.write_len(out.at, diagnostics.cursor_row_count),
        field::DYNAMIC_FUNCTION_CODE => memory.write_i32(out.at, diagnostics.function.code()),
        _ => {
            return Some(outcome(out.write(
                memory,
                encoding,
                diagnostics.function.name(),
            )));
        }
    }
    Some(Ok(Success::Done))
}

const fn is_statement_field(identifier: i16) -> bool {
    matches!(
        identifier,
        field::ROW_COUNT
            | field::CURSOR_ROW_COUNT
            | field::DYNAMIC_FUNCTION
            | field::DYNAMIC_FUNCTION_CODE
    )
}
