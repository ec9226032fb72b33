//! Capabilities: `SQLGetInfo`, `SQLGetFunctions`.

use super::arguments::{at, value_buffer};
use super::on_connection;
use super::types::{HDbc, Pointer, RetCode, SmallInt, USmallInt};
use crate::odbc::calls::{functions, info};
use crate::odbc::text::{Spelling, TextOut};

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLGetInfo(
    connection_handle: HDbc,
    info_type: USmallInt,
    info_value: Pointer,
    buffer_length: SmallInt,
    string_length: *mut SmallInt,
) -> RetCode {
    let out = value_buffer(info_value, buffer_length, string_length, Spelling::Ansi);
    get(connection_handle, info_type, &out)
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLGetInfoW(
    connection_handle: HDbc,
    info_type: USmallInt,
    info_value: Pointer,
    buffer_length: SmallInt,
    string_length: *mut SmallInt,
) -> RetCode {
    let out = value_buffer(info_value, buffer_length, string_length, Spelling::Wide);
    get(connection_handle, info_type, &out)
}

fn get(connection: HDbc, info_type: u16, out: &TextOut) -> RetCode {
    on_connection(connection, |scope, memory| {
        info::get(scope, info_type, out, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLGetFunctions(
    connection_handle: HDbc,
    function_id: USmallInt,
    supported: *mut USmallInt,
) -> RetCode {
    on_connection(connection_handle, |scope, memory| {
        functions::require_connected(scope)?;
        functions::get(function_id, at(supported), memory)
    })
}
