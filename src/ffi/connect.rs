//! Connecting: `SQLConnect`, `SQLDriverConnect`, `SQLBrowseConnect`, `SQLDisconnect`, `SQLEndTran`, `SQLNativeSql`.

use super::arguments::{at, text, text_buffer, token};
use super::types::{Char, HDbc, HWnd, Handle, Integer, RetCode, SmallInt, USmallInt, WChar};
use super::{call, on_connection};
use crate::odbc::calls::connect::{self, Names};
use crate::odbc::calls::{browse, prepare};
use crate::odbc::dialogs;
use crate::odbc::handles::{inherited, with_connection};
use crate::odbc::text::{TextIn, TextOut};

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLConnect(
    connection_handle: HDbc,
    server_name: *mut Char,
    name_length1: SmallInt,
    user_name: *mut Char,
    name_length2: SmallInt,
    authentication: *mut Char,
    name_length3: SmallInt,
) -> RetCode {
    let names = Names {
        data_source: text(server_name, name_length1),
        user: text(user_name, name_length2),
        password: text(authentication, name_length3),
    };
    on_connection(connection_handle, |scope, memory| {
        connect::connect(scope, &names, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLConnectW(
    connection_handle: HDbc,
    server_name: *mut WChar,
    name_length1: SmallInt,
    user_name: *mut WChar,
    name_length2: SmallInt,
    authentication: *mut WChar,
    name_length3: SmallInt,
) -> RetCode {
    let names = Names {
        data_source: text(server_name, name_length1),
        user: text(user_name, name_length2),
        password: text(authentication, name_length3),
    };
    on_connection(connection_handle, |scope, memory| {
        connect::connect(scope, &names, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLDriverConnect(
    connection_handle: HDbc,
    window_handle: HWnd,
    in_connection_string: *mut Char,
    string_length1: SmallInt,
    out_connection_string: *mut Char,
    buffer_length: SmallInt,
    string_length2: *mut SmallInt,
    driver_completion: USmallInt,
) -> RetCode {
    let given = text(in_connection_string, string_length1);
    let completed = text_buffer(out_connection_string, buffer_length, string_length2);
    driver_connect(
        connection_handle,
        window_handle,
        &given,
        &completed,
        driver_completion,
    )
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLDriverConnectW(
    connection_handle: HDbc,
    window_handle: HWnd,
    in_connection_string: *mut WChar,
    string_length1: SmallInt,
    out_connection_string: *mut WChar,
    buffer_length: SmallInt,
    string_length2: *mut SmallInt,
    driver_completion: USmallInt,
) -> RetCode {
    let given = text(in_connection_string, string_length1);
    let completed = text_buffer(out_connection_string, buffer_length, string_length2);
    driver_connect(
        connection_handle,
        window_handle,
        &given,
        &completed,
        driver_completion,
    )
}

fn driver_connect(
    connection: HDbc,
    window: HWnd,
    given: &TextIn,
    completed: &TextOut,
    driver_completion: u16,
) -> RetCode {
    on_connection(connection, |scope, memory| {
        let dialog = dialogs::of_connections(at(window).address());
        connect::driver_connect(scope, given, completed, driver_completion, dialog, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLBrowseConnect(
    connection_handle: HDbc,
    in_connection_string: *mut Char,
    string_length1: SmallInt,
    out_connection_string: *mut Char,
    buffer_length: SmallInt,
    string_length2: *mut SmallInt,
) -> RetCode {
    let given = text(in_connection_string, string_length1);
    let asked = text_buffer(out_connection_string, buffer_length, string_length2);
    browse_connect(connection_handle, &given, &asked)
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLBrowseConnectW(
    connection_handle: HDbc,
    in_connection_string: *mut WChar,
    string_length1: SmallInt,
    out_connection_string: *mut WChar,
    buffer_length: SmallInt,
    string_length2: *mut SmallInt,
) -> RetCode {
    let given = text(in_connection_string, string_length1);
    let asked = text_buffer(out_connection_string, buffer_length, string_length2);
    browse_connect(connection_handle, &given, &asked)
}

fn browse_connect(connection: HDbc, given: &TextIn, asked: &TextOut) -> RetCode {
    on_connection(connection, |scope, memory| {
        browse::connect(scope, given, asked, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLDisconnect(connection_handle: HDbc) -> RetCode {
    let handle = token(connection_handle);
    call(|_| {
        inherited::disconnect(handle)
            .unwrap_or_else(|| with_connection(handle, connect::disconnect))
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLEndTran(
    handle_type: SmallInt,
    handle: Handle,
    completion_type: SmallInt,
) -> RetCode {
    call(|_| connect::end_transaction(handle_type, token(handle), completion_type))
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLNativeSql(
    connection_handle: HDbc,
    in_statement_text: *mut Char,
    text_length1: Integer,
    out_statement_text: *mut Char,
    buffer_length: Integer,
    text_length2: *mut Integer,
) -> RetCode {
    let given = text(in_statement_text, text_length1);
    let native = text_buffer(out_statement_text, buffer_length, text_length2);
    native_sql(connection_handle, &given, &native)
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLNativeSqlW(
    connection_handle: HDbc,
    in_statement_text: *mut WChar,
    text_length1: Integer,
    out_statement_text: *mut WChar,
    buffer_length: Integer,
    text_length2: *mut Integer,
) -> RetCode {
    let given = text(in_statement_text, text_length1);
    let native = text_buffer(out_statement_text, buffer_length, text_length2);
    native_sql(connection_handle, &given, &native)
}

fn native_sql(connection: HDbc, given: &TextIn, native: &TextOut) -> RetCode {
    on_connection(connection, |scope, memory| {
        prepare::native_sql(scope, given, native, memory)
    })
}
