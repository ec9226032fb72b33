//! Attributes of environments, connections and statements.

use super::arguments::{at, token, value, value_buffer};
use super::types::{HDbc, HEnv, HStmt, Integer, Pointer, RetCode};
use super::{call, on_connection, on_statement};
use crate::odbc::calls::attributes::{
    AttributeIn, AttributeOut, connection, environment, statement,
};
use crate::odbc::handles::{Allowed, with_environment, with_statement};
use crate::odbc::text::Spelling;

/// An attribute's value: an integer or an address in the pointer itself, or text that it points to.
fn given(pointer: Pointer, length: i32, spelling: Spelling) -> AttributeIn {
    AttributeIn {
        value: at(pointer).address(),
        text: value(pointer, length, spelling),
    }
}

fn wanted(pointer: Pointer, capacity: i32, length: *mut i32, spelling: Spelling) -> AttributeOut {
    AttributeOut {
        text: value_buffer(pointer, capacity, length, spelling),
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLSetEnvAttr(
    environment_handle: HEnv,
    attribute: Integer,
    value: Pointer,
    _string_length: Integer,
) -> RetCode {
    call(|_| {
        with_environment(token(environment_handle), |_, state| {
            environment::set(state, attribute, at(value).address())
        })
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLGetEnvAttr(
    environment_handle: HEnv,
    attribute: Integer,
    value: Pointer,
    buffer_length: Integer,
    string_length: *mut Integer,
) -> RetCode {
    let wanted = wanted(value, buffer_length, string_length, Spelling::Ansi);
    call(|memory| {
        with_environment(token(environment_handle), |_, state| {
            environment::get(state, attribute, &wanted, memory)
        })
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLSetConnectAttr(
    connection_handle: HDbc,
    attribute: Integer,
    value: Pointer,
    string_length: Integer,
) -> RetCode {
    let given = given(value, string_length, Spelling::Ansi);
    set_connection(connection_handle, attribute, &given)
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLSetConnectAttrW(
    connection_handle: HDbc,
    attribute: Integer,
    value: Pointer,
    string_length: Integer,
) -> RetCode {
    let given = given(value, string_length, Spelling::Wide);
    set_connection(connection_handle, attribute, &given)
}

fn set_connection(handle: HDbc, attribute: i32, given: &AttributeIn) -> RetCode {
    on_connection(handle, |scope, memory| {
        connection::set(scope, attribute, given, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLGetConnectAttr(
    connection_handle: HDbc,
    attribute: Integer,
    value: Pointer,
    buffer_length: Integer,
    string_length: *mut Integer,
) -> RetCode {
    let wanted = wanted(value, buffer_length, string_length, Spelling::Ansi);
    get_connection(connection_handle, attribute, &wanted)
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLGetConnectAttrW(
    connection_handle: HDbc,
    attribute: Integer,
    value: Pointer,
    buffer_length: Integer,
    string_length: *mut Integer,
) -> RetCode {
    let wanted = wanted(value, buffer_length, string_length, Spelling::Wide);
    get_connection(connection_handle, attribute, &wanted)
}

fn get_connection(handle: HDbc, attribute: i32, wanted: &AttributeOut) -> RetCode {
    on_connection(handle, |scope, memory| {
        connection::get(scope, attribute, wanted, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLSetStmtAttr(
    statement_handle: HStmt,
    attribute: Integer,
    value: Pointer,
    string_length: Integer,
) -> RetCode {
    let given = given(value, string_length, Spelling::Ansi);
    set_statement(statement_handle, attribute, &given)
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLSetStmtAttrW(
    statement_handle: HStmt,
    attribute: Integer,
    value: Pointer,
    string_length: Integer,
) -> RetCode {
    let given = given(value, string_length, Spelling::Wide);
    set_statement(statement_handle, attribute, &given)
}

fn set_statement(handle: HStmt, attribute: i32, given: &AttributeIn) -> RetCode {
    if !statement::is_of_cursor(attribute) {
        return on_statement(handle, |scope, _| statement::set(scope, attribute, given));
    }
    // These attributes have their own answer while data is needed.
    call(|_| {
        with_statement(token(handle), Allowed::Always, |scope| {
            statement::set(scope, attribute, given)
        })
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLGetStmtAttr(
    statement_handle: HStmt,
    attribute: Integer,
    value: Pointer,
    buffer_length: Integer,
    string_length: *mut Integer,
) -> RetCode {
    let wanted = wanted(value, buffer_length, string_length, Spelling::Ansi);
    get_statement(statement_handle, attribute, &wanted)
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLGetStmtAttrW(
    statement_handle: HStmt,
    attribute: Integer,
    value: Pointer,
    buffer_length: Integer,
    string_length: *mut Integer,
) -> RetCode {
    let wanted = wanted(value, buffer_length, string_length, Spelling::Wide);
    get_statement(statement_handle, attribute, &wanted)
}

fn get_statement(handle: HStmt, attribute: i32, wanted: &AttributeOut) -> RetCode {
    on_statement(handle, |scope, memory| {
        statement::get(scope, attribute, wanted, memory)
    })
}
