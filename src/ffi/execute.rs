//! Statements and their parameters.

use super::arguments::{at, text, text_buffer, token};
use super::types::{Char, HStmt, Integer, Len, Pointer, RetCode, SmallInt, ULen, USmallInt, WChar};
use super::{call, on_statement};
use crate::odbc::calls::bind::{self, ParameterBuffer};
use crate::odbc::calls::prepare::{self, ParameterOut};
use crate::odbc::calls::{cursor_name, execute, put_data};
use crate::odbc::handles::{Allowed, with_statement, with_statement_among_others};
use crate::odbc::text::{TextIn, TextOut};

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLPrepare(
    statement_handle: HStmt,
    statement_text: *mut Char,
    text_length: Integer,
) -> RetCode {
    prepare(statement_handle, &text(statement_text, text_length))
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLPrepareW(
    statement_handle: HStmt,
    statement_text: *mut WChar,
    text_length: Integer,
) -> RetCode {
    prepare(statement_handle, &text(statement_text, text_length))
}

fn prepare(statement: HStmt, text: &TextIn) -> RetCode {
    on_statement(statement, |scope, memory| {
        prepare::prepare(scope, text, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLExecDirect(
    statement_handle: HStmt,
    statement_text: *mut Char,
    text_length: Integer,
) -> RetCode {
    execute_direct(statement_handle, &text(statement_text, text_length))
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLExecDirectW(
    statement_handle: HStmt,
    statement_text: *mut WChar,
    text_length: Integer,
) -> RetCode {
    execute_direct(statement_handle, &text(statement_text, text_length))
}

fn execute_direct(statement: HStmt, text: &TextIn) -> RetCode {
    on_statement(statement, |scope, memory| {
        execute::direct(scope, text, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLExecute(statement_handle: HStmt) -> RetCode {
    on_statement(statement_handle, |scope, memory| {
        execute::execute(scope, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLNumParams(
    statement_handle: HStmt,
    parameter_count: *mut SmallInt,
) -> RetCode {
    on_statement(statement_handle, |scope, memory| {
        prepare::count_parameters(scope, at(parameter_count), memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLDescribeParam(
    statement_handle: HStmt,
    parameter_number: USmallInt,
    data_type: *mut SmallInt,
    parameter_size: *mut ULen,
    decimal_digits: *mut SmallInt,
    nullable: *mut SmallInt,
) -> RetCode {
    let out = ParameterOut {
        sql_type: at(data_type),
        size: at(parameter_size),
        decimal_digits: at(decimal_digits),
        nullable: at(nullable),
    };
    on_statement(statement_handle, |scope, memory| {
        prepare::describe_parameter(scope, parameter_number, &out, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLBindParameter(
    statement_handle: HStmt,
    parameter_number: USmallInt,
    input_output_type: SmallInt,
    value_type: SmallInt,
    parameter_type: SmallInt,
    column_size: ULen,
    decimal_digits: SmallInt,
    parameter_value: Pointer,
    buffer_length: Len,
    length_or_indicator: *mut Len,
) -> RetCode {
    let buffer = ParameterBuffer {
        number: parameter_number,
        direction: input_output_type,
        value_type,
        parameter_type,
        column_size,
        decimal_digits,
        data: at(parameter_value),
        buffer_length,
        indicator: at(length_or_indicator),
    };
    on_statement(statement_handle, |scope, _| bind::parameter(scope, &buffer))
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLParamData(
    statement_handle: HStmt,
    value: *mut Pointer,
) -> RetCode {
    call(|memory| {
        with_statement(token(statement_handle), Allowed::Always, |scope| {
            put_data::param_data(scope, at(value), memory)
        })
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLPutData(
    statement_handle: HStmt,
    data: Pointer,
    length_or_indicator: Len,
) -> RetCode {
    call(|memory| {
        with_statement(token(statement_handle), Allowed::Always, |scope| {
            put_data::put_data(scope, at(data), length_or_indicator, memory)
        })
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLGetCursorName(
    statement_handle: HStmt,
    cursor_name: *mut Char,
    buffer_length: SmallInt,
    name_length: *mut SmallInt,
) -> RetCode {
    get_cursor_name(
        statement_handle,
        &text_buffer(cursor_name, buffer_length, name_length),
    )
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLGetCursorNameW(
    statement_handle: HStmt,
    cursor_name: *mut WChar,
    buffer_length: SmallInt,
    name_length: *mut SmallInt,
) -> RetCode {
    get_cursor_name(
        statement_handle,
        &text_buffer(cursor_name, buffer_length, name_length),
    )
}

fn get_cursor_name(statement: HStmt, out: &TextOut) -> RetCode {
    on_statement(statement, |scope, memory| {
        cursor_name::get(scope, out, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLSetCursorName(
    statement_handle: HStmt,
    cursor_name: *mut Char,
    name_length: SmallInt,
) -> RetCode {
    let name = text(cursor_name, name_length);
    set_cursor_name(statement_handle, &name)
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLSetCursorNameW(
    statement_handle: HStmt,
    cursor_name: *mut WChar,
    name_length: SmallInt,
) -> RetCode {
    let name = text(cursor_name, name_length);
    set_cursor_name(statement_handle, &name)
}

fn set_cursor_name(statement: HStmt, name: &TextIn) -> RetCode {
    let allowed = Allowed::OutsideDataAtExecution;
    call(|memory| {
        with_statement_among_others(token(statement), allowed, |scope| {
            cursor_name::set(scope, name, memory)
        })
    })
}
