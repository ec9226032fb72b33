//! Bookmarks: column 0, which lets an application return to a row.
//!
//! A bookmark is the number of the row in the result, from 1, as an `SQLULEN`. A static cursor
//! keeps every row, so it stays valid until the cursor is closed.

use crate::odbc::constants::{c_type, sql_type};
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::state::descriptor::facts::View;
use crate::odbc::state::descriptor::type_codes::verbose;
use crate::odbc::state::descriptor::{Record, describe};
use datafusion::arrow::array::{ArrayRef, BinaryArray, Int64Array};
use exchange_sql::{Column, ColumnType};
use std::ops::Range;
use std::sync::Arc;

/// Length in bytes.
const LENGTH: usize = size_of::<usize>();

/// The description of the column: `SQL_BINARY`, or `SQL_INTEGER` for an ODBC 2 application.
pub fn record(view: View) -> Record {
    let column_type = match view.odbc2 {
        true => ColumnType::Integer,
        false => BINARY,
    };
    let mut record = describe::column(
        &Column {
            name: String::new(),
            column_type,
            nullable: false,
            case_sensitive: false,
            base: None,
            remarks: String::new(),
        },
        view,
    );
    if !view.odbc2 {
        record.concise_type = sql_type::BINARY;
        record.verbose = verbose(sql_type::BINARY);
    }
    record
}

const BINARY: ColumnType = ColumnType::Varbinary {
    length: LENGTH as u32,
};

/// The type that bookmarks are converted from: bytes for `SQL_C_VARBOOKMARK`, which is
/// `SQL_C_BINARY`, and numbers for `SQL_C_BOOKMARK`, an unsigned integer of the platform's width.
/// Other types are HY003.
pub fn column_type(target_type: i16) -> Result<ColumnType, Error> {
    match target_type {
        c_type::BINARY | c_type::DEFAULT => Ok(BINARY),
        c_type::ULONG | c_type::UBIGINT => Ok(ColumnType::BigInt),
        _ => Err(Error::of(sqlstate::HY003)),
    }
}

/// The bookmarks of these rows of the result, which count from 0.
pub fn array(column_type: ColumnType, rows: Range<u64>) -> ArrayRef {
    let numbers = rows.map(|row| row + 1);
    match column_type {
        ColumnType::BigInt => Arc::new(Int64Array::from_iter_values(
            numbers.map(|number| number as i64),
        )),
        _ => {
            let bytes = numbers.map(|number| (number as usize).to_ne_bytes());
            Arc::new(BinaryArray::from_iter_values(bytes))
        }
    }
}

/// 07009 if the application requested no bookmarks.
pub fn require_on(on: bool) -> Result<(), Error> {
    match on {
        true => Ok(()),
        false => Err(Error::new(
            sqlstate::S07009,
            "Bookmarks are off, so column 0 does not exist; set SQL_ATTR_USE_BOOKMARKS",
        )),
    }
}

/// The row of a bookmark, from 0; `None` unless it is one of the first `read` rows.
pub fn row(bookmark: usize, read: u64) -> Option<u64> {
    let row = (bookmark as u64).checked_sub(1)?;
    (row < read).then_some(row)
}
