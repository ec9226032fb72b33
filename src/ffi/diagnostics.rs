//! Diagnostics: `SQLGetDiagRec`, `SQLGetDiagField`. They read a handle's records and leave them.

use super::arguments::{at, text_buffer, token, value_buffer};
use super::types::{Char, Handle, Integer, Pointer, RetCode, SmallInt, WChar};
use super::{call, driver_manager};
use crate::odbc::calls::diagnostics::{self, Origin, RecordOut, Refused};
use crate::odbc::constants::handle_type;
use crate::odbc::diagnostics::Diagnostics;
use crate::odbc::handles::registry::{self, Entry};
use crate::odbc::handles::{
    ERROR, INVALID_HANDLE, NEED_DATA, NO_DATA, ReturnCode, SUCCESS, SUCCESS_WITH_INFO, Success,
    inherited,
};
use crate::odbc::state::group::{Connection, GroupState};
use crate::odbc::state::statement::State;
use crate::odbc::text::{Spelling, TextOut, WideWidth};

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLGetDiagRec(
    handle_type: SmallInt,
    handle: Handle,
    record_number: SmallInt,
    sql_state: *mut Char,
    native_error: *mut Integer,
    message_text: *mut Char,
    buffer_length: SmallInt,
    text_length: *mut SmallInt,
) -> RetCode {
    let out = RecordOut {
        state: text_buffer(sql_state, STATE_SIZE, NO_LENGTH),
        native: at(native_error),
        message: text_buffer(message_text, buffer_length, text_length),
    };
    record(handle_type, handle, record_number, &out)
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLGetDiagRecW(
    handle_type: SmallInt,
    handle: Handle,
    record_number: SmallInt,
    sql_state: *mut WChar,
    native_error: *mut Integer,
    message_text: *mut WChar,
    buffer_length: SmallInt,
    text_length: *mut SmallInt,
) -> RetCode {
    let out = RecordOut {
        state: text_buffer(sql_state, STATE_SIZE, NO_LENGTH),
        native: at(native_error),
        message: text_buffer(message_text, buffer_length, text_length),
    };
    record(handle_type, handle, record_number, &out)
}

/// An SQLSTATE has five characters, and a terminator.
const STATE_SIZE: SmallInt = 6;

/// Its length is known, so there is no address for it.
const NO_LENGTH: *mut SmallInt = std::ptr::null_mut();

fn record(kind: i16, handle: Handle, number: i16, out: &RecordOut) -> RetCode {
    call(|memory| {
        reading(kind, token(handle), |diagnostics, _, width| {
            diagnostics::record(diagnostics, number, out, memory, width)
        })
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLGetDiagField(
    handle_type: SmallInt,
    handle: Handle,
    record_number: SmallInt,
    diag_identifier: SmallInt,
    diag_info: Pointer,
    buffer_length: SmallInt,
    string_length: *mut SmallInt,
) -> RetCode {
    let out = value_buffer(diag_info, buffer_length, string_length, Spelling::Ansi);
    field(handle_type, handle, record_number, diag_identifier, &out)
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLGetDiagFieldW(
    handle_type: SmallInt,
    handle: Handle,
    record_number: SmallInt,
    diag_identifier: SmallInt,
    diag_info: Pointer,
    buffer_length: SmallInt,
    string_length: *mut SmallInt,
) -> RetCode {
    let out = value_buffer(diag_info, buffer_length, string_length, Spelling::Wide);
    field(handle_type, handle, record_number, diag_identifier, &out)
}

fn field(kind: i16, handle: Handle, number: i16, identifier: i16, out: &TextOut) -> RetCode {
    call(|memory| {
        reading(kind, token(handle), |diagnostics, origin, width| {
            diagnostics::field(diagnostics, origin, number, identifier, out, memory, width)
        })
    })
}

/// Finds the diagnostics of a handle. Reading them posts nothing, so a refusal is only a code.
fn reading(
    kind: i16,
    handle: usize,
    read: impl FnOnce(&Diagnostics, Origin<'_>, WideWidth) -> Result<Success, Refused>,
) -> ReturnCode {
    if let Some(diagnostics) = inherited::diagnostics(kind, handle) {
        let width = driver_manager::wide_width();
        return code(read(&diagnostics, Origin::default(), width));
    }
    let Some(entry) = registry::get(handle) else {
        return INVALID_HANDLE;
    };
    let result = match (kind, &entry) {
        (handle_type::ENV, Entry::Environment(environment)) => {
            let state = environment.lock();
            Some(read(&state.diagnostics, Origin::default(), state.width))
        }
        (handle_type::DBC, Entry::Connection(group)) => {
            let GroupState { connection, .. } = &*group.lock();
            Some(read(
                &connection.diagnostics,
                origin(connection),
                connection.width,
            ))
        }
        (handle_type::STMT, Entry::Statement { group, key, .. }) => {
            let GroupState {
                connection,
                statements,
                ..
            } = &*group.lock();
            statements
                .get(*key)
                .filter(|found| found.token == handle)
                .map(|statement| {
                    let origin = Origin {
                        is_statement: true,
                        is_executed: matches!(statement.state, State::Executed(_)),
                        ..origin(connection)
                    };
                    read(&statement.diagnostics, origin, connection.width)
                })
        }
        (handle_type::DESC, Entry::Descriptor { group, key }) => {
            let GroupState {
                connection,
                descriptors,
                ..
            } = &*group.lock();
            descriptors
                .get(*key)
                .filter(|found| found.token == handle)
                .map(|descriptor| {
                    read(
                        &descriptor.diagnostics,
                        origin(connection),
                        connection.width,
                    )
                })
        }
        _ => None,
    };
    result.map_or(INVALID_HANDLE, code)
}

fn code(result: Result<Success, Refused>) -> ReturnCode {
    match result {
        Err(Refused) => ERROR,
        Ok(Success::Done) => SUCCESS,
        Ok(Success::Information) => SUCCESS_WITH_INFO,
        Ok(Success::NoData) => NO_DATA,
        Ok(Success::NeedData) => NEED_DATA,
        Ok(Success::ErrorsRecorded) => ERROR,
    }
}

/// `SQL_DIAG_SERVER_NAME` is the data source's name, as the reference has it.
fn origin(connection: &Connection) -> Origin<'_> {
    let name = connection
        .link
        .as_ref()
        .map_or("", |connected| connected.data_source.as_str());
    Origin {
        connection_name: name,
        server_name: name,
        ..Origin::default()
    }
}
