//! Results: their columns, fetching and reading.

use super::arguments::{at, text_buffer, value_buffer};
use super::on_statement;
use super::types::{
    Char, HStmt, Len, Pointer, RetCode, SetPosIRow, SmallInt, ULen, USmallInt, WChar,
};
use crate::odbc::calls::bind::{self, ColumnBuffer};
use crate::odbc::calls::columns::{self, ColumnOut};
use crate::odbc::calls::{bulk, close, execute, fetch, get_data, position, results};
use crate::odbc::memory::AppPtr;
use crate::odbc::text::{Spelling, TextOut};

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLNumResultCols(
    statement_handle: HStmt,
    column_count: *mut SmallInt,
) -> RetCode {
    on_statement(statement_handle, |scope, memory| {
        results::count_columns(scope, at(column_count), memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLRowCount(statement_handle: HStmt, row_count: *mut Len) -> RetCode {
    on_statement(statement_handle, |scope, memory| {
        results::row_count(scope, at(row_count), memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLDescribeCol(
    statement_handle: HStmt,
    column_number: USmallInt,
    column_name: *mut Char,
    buffer_length: SmallInt,
    name_length: *mut SmallInt,
    data_type: *mut SmallInt,
    column_size: *mut ULen,
    decimal_digits: *mut SmallInt,
    nullable: *mut SmallInt,
) -> RetCode {
    let out = ColumnOut {
        name: text_buffer(column_name, buffer_length, name_length),
        data_type: at(data_type),
        size: at(column_size),
        decimal_digits: at(decimal_digits),
        nullable: at(nullable),
    };
    describe_column(statement_handle, column_number, &out)
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLDescribeColW(
    statement_handle: HStmt,
    column_number: USmallInt,
    column_name: *mut WChar,
    buffer_length: SmallInt,
    name_length: *mut SmallInt,
    data_type: *mut SmallInt,
    column_size: *mut ULen,
    decimal_digits: *mut SmallInt,
    nullable: *mut SmallInt,
) -> RetCode {
    let out = ColumnOut {
        name: text_buffer(column_name, buffer_length, name_length),
        data_type: at(data_type),
        size: at(column_size),
        decimal_digits: at(decimal_digits),
        nullable: at(nullable),
    };
    describe_column(statement_handle, column_number, &out)
}

fn describe_column(statement: HStmt, number: u16, out: &ColumnOut) -> RetCode {
    on_statement(statement, |scope, memory| {
        columns::describe(scope, number, out, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLColAttribute(
    statement_handle: HStmt,
    column_number: USmallInt,
    field_identifier: USmallInt,
    character_attribute: Pointer,
    buffer_length: SmallInt,
    string_length: *mut SmallInt,
    numeric_attribute: *mut Len,
) -> RetCode {
    let text = value_buffer(
        character_attribute,
        buffer_length,
        string_length,
        Spelling::Ansi,
    );
    let numeric = at(numeric_attribute);
    column_attribute(
        statement_handle,
        column_number,
        field_identifier,
        &text,
        numeric,
    )
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLColAttributeW(
    statement_handle: HStmt,
    column_number: USmallInt,
    field_identifier: USmallInt,
    character_attribute: Pointer,
    buffer_length: SmallInt,
    string_length: *mut SmallInt,
    numeric_attribute: *mut Len,
) -> RetCode {
    let text = value_buffer(
        character_attribute,
        buffer_length,
        string_length,
        Spelling::Wide,
    );
    let numeric = at(numeric_attribute);
    column_attribute(
        statement_handle,
        column_number,
        field_identifier,
        &text,
        numeric,
    )
}

fn column_attribute(
    statement: HStmt,
    number: u16,
    identifier: u16,
    text: &TextOut,
    numeric: AppPtr,
) -> RetCode {
    on_statement(statement, |scope, memory| {
        columns::attribute(scope, number, identifier, text, numeric, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLBindCol(
    statement_handle: HStmt,
    column_number: USmallInt,
    target_type: SmallInt,
    target_value: Pointer,
    buffer_length: Len,
    length_or_indicator: *mut Len,
) -> RetCode {
    let buffer = ColumnBuffer {
        column: column_number,
        target_type,
        data: at(target_value),
        buffer_length,
        indicator: at(length_or_indicator),
    };
    on_statement(statement_handle, |scope, _| bind::column(scope, &buffer))
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLFetch(statement_handle: HStmt) -> RetCode {
    on_statement(statement_handle, |scope, memory| {
        fetch::fetch(scope, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLFetchScroll(
    statement_handle: HStmt,
    fetch_orientation: SmallInt,
    fetch_offset: Len,
) -> RetCode {
    on_statement(statement_handle, |scope, memory| {
        fetch::scroll(scope, fetch_orientation, fetch_offset, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLExtendedFetch(
    statement_handle: HStmt,
    fetch_orientation: USmallInt,
    fetch_offset: Len,
    row_count: *mut ULen,
    row_status_array: *mut USmallInt,
) -> RetCode {
    let (fetched, statuses) = (at(row_count), at(row_status_array));
    on_statement(statement_handle, |scope, memory| {
        fetch::extended(
            scope,
            fetch_orientation,
            fetch_offset,
            fetched,
            statuses,
            memory,
        )
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLGetData(
    statement_handle: HStmt,
    column_number: USmallInt,
    target_type: SmallInt,
    target_value: Pointer,
    buffer_length: Len,
    length_or_indicator: *mut Len,
) -> RetCode {
    let (target, indicator) = (at(target_value), at(length_or_indicator));
    on_statement(statement_handle, |scope, memory| {
        let length = buffer_length;
        get_data::get(
            scope,
            column_number,
            target_type,
            target,
            length,
            indicator,
            memory,
        )
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLSetPos(
    statement_handle: HStmt,
    row_number: SetPosIRow,
    operation: USmallInt,
    lock_type: USmallInt,
) -> RetCode {
    on_statement(statement_handle, |scope, memory| {
        position::set(scope, row_number as usize, operation, lock_type, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLBulkOperations(
    statement_handle: HStmt,
    operation: SmallInt,
) -> RetCode {
    on_statement(statement_handle, |scope, memory| {
        bulk::operate(scope, operation, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLMoreResults(statement_handle: HStmt) -> RetCode {
    on_statement(statement_handle, |scope, memory| {
        execute::more(scope, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLCloseCursor(statement_handle: HStmt) -> RetCode {
    on_statement(statement_handle, |scope, _| close::close_cursor(scope))
}
