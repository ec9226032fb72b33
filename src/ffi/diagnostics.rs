//! Diagnostics: `SQLGetDiagRec`, `SQLGetDiagField`. They read a handle's records and keep them.

use super::arguments::{at, text_buffer, token, value_buffer};
use super::types::{Char, Handle, Integer, Pointer, RetCode, SmallInt, WChar};
use super::{call, driver_manager};
use crate::odbc::calls::diagnostics::{self, RecordOut};
use crate::odbc::text::{Spelling, TextOut};

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

/// The length is fixed, so no address is given for it.
const NO_LENGTH: *mut SmallInt = std::ptr::null_mut();

fn record(kind: i16, handle: Handle, number: i16, out: &RecordOut) -> RetCode {
    let encoding = driver_manager::encoding;
    call(|memory| diagnostics::get_record(kind, token(handle), number, out, memory, encoding))
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
    let encoding = driver_manager::encoding;
    call(|memory| {
        let wanted = (number, identifier);
        diagnostics::get_field(kind, token(handle), wanted, out, memory, encoding)
    })
}
