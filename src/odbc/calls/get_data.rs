//! `SQLGetData`: single values of the current row, whole or in parts.
//!
//! Columns may be read in any order, bound or not, and any number of times. Reading another column,
//! or with another C type, starts at the beginning of the value.

use super::fetch::open_cursor;
use crate::odbc::constants::{c_type, indicator};
use crate::odbc::conversion::{ByteLen, Converter, Delivery, Part};
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{Outcome, StatementScope, Success};
use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::state::cursor::binding::{converter, converter_to};
use crate::odbc::state::cursor::chosen::{Choice, Chosen};
use crate::odbc::state::cursor::{Cursor, bookmark};
use crate::odbc::state::descriptor::Descriptor;
use crate::odbc::state::descriptor::buffer::default_refinement;
use crate::odbc::state::descriptor::facts::View;
use exchange_sql::ColumnType;

/// The buffer for a value.
#[derive(Clone, Copy, Debug)]
struct Buffer {
    data: AppPtr,
    capacity: ByteLen,
    indicator: AppPtr,
}

/// `SQLGetData`
pub fn get(
    scope: &mut StatementScope<'_>,
    column: u16,
    target_type: i16,
    target: AppPtr,
    length: isize,
    indicator: AppPtr,
    memory: &impl AppMemory,
) -> Outcome {
    let max_length = scope.statement.attributes.max_length();
    let ard = scope
        .descriptors
        .get(scope.statement.ard)
        .expect("a statement has descriptors");
    let statement = &mut *scope.statement;
    let cursor = open_cursor(&mut statement.state)?;
    let row = cursor.current_row()?;
    let column = usize::from(column);
    let place = (cursor.rowset_row(), column as i32);
    let located = |error: Error| error.at(place.0, place.1);
    let choice = Choice {
        c_type: target_type,
        max_length,
        descriptor: (target_type == c_type::ARD_TYPE).then(|| (ard.token, ard.version())),
    };
    let chosen = match cursor.take_chosen(column, choice) {
        Some(chosen) => chosen,
        None => {
            let column_type = column_type(cursor, column, target_type, ard)?;
            let view = scope.connection.view();
            let converter = choose(column_type, column, target_type, ard, view).map_err(located)?;
            Box::new(Chosen {
                choice,
                converter: converter.with_max_length(max_length),
            })
        }
    };
    let buffer = buffer(&chosen.converter, target, length, indicator)?;
    let outcome = read(cursor, row, column, &chosen.converter, &buffer, memory);
    cursor.keep_chosen(column, chosen);
    let (success, warning) = outcome.map_err(located)?;
    if let Some(warning) = warning {
        statement.diagnostics.push(located(warning));
    }
    Ok(success)
}

fn column_type(
    cursor: &Cursor,
    column: usize,
    target_type: i16,
    ard: &Descriptor,
) -> Result<ColumnType, Error> {
    let Some(index) = column.checked_sub(1) else {
        bookmark::require_on(cursor.has_bookmarks())?;
        return bookmark::column_type(match (target_type, ard.record(0)) {
            (c_type::ARD_TYPE, Some(record)) => record.concise_type,
            (c_type::ARD_TYPE, None) => c_type::DEFAULT,
            (other, _) => other,
        });
    };
    let column = cursor
        .columns
        .get(index)
        .ok_or_else(|| Error::of(sqlstate::S07009))?;
    Ok(column.column_type)
}

/// The conversion to the requested type, with the type's default precisions; `SQL_ARD_TYPE` takes
/// type and precisions from the descriptor.
fn choose(
    column_type: ColumnType,
    column: usize,
    target_type: i16,
    ard: &Descriptor,
    view: View,
) -> Result<Converter, Error> {
    match (target_type, ard.record(column)) {
        (c_type::ARD_TYPE, Some(record)) => converter(column_type, record, view),
        (c_type::ARD_TYPE, None) => converter_to(
            column_type,
            c_type::DEFAULT,
            default_refinement(c_type::DEFAULT),
            view,
        ),
        (other, _) => converter_to(column_type, other, default_refinement(other), view),
    }
}

/// A call without a buffer only asks for the length; values of a fixed size do not need that.
fn buffer(
    converter: &Converter,
    data: AppPtr,
    length: isize,
    indicator: AppPtr,
) -> Result<Buffer, Error> {
    let capacity = usize::try_from(length).map_err(|_| Error::of(sqlstate::HY090))?;
    match (data.is_null(), converter.target().size()) {
        (true, Some(_)) => Err(Error::of(sqlstate::HY009)),
        (true, None) => Ok(Buffer {
            data,
            capacity: ByteLen(0),
            indicator,
        }),
        (false, _) => Ok(Buffer {
            data,
            capacity: ByteLen(capacity),
            indicator,
        }),
    }
}

/// Delivers the next part of a value; also returns the warning about lost data.
fn read(
    cursor: &mut Cursor,
    row: u64,
    column: usize,
    converter: &Converter,
    buffer: &Buffer,
    memory: &impl AppMemory,
) -> Result<(Success, Option<Error>), Error> {
    cursor.next_part(row, column, converter, buffer.capacity, |part| match part {
        Part::End => Ok((Success::NoData, None)),
        Part::Null if buffer.indicator.is_null() => Err(Error::of(sqlstate::S22002)),
        Part::Null => {
            memory.write_len(buffer.indicator, indicator::NULL_DATA);
            Ok((Success::Done, None))
        }
        Part::Data(delivery) => {
            deliver(&delivery, buffer, memory);
            Ok((Success::Done, delivery.warning.map(Error::from)))
        }
    })
}

fn deliver(delivery: &Delivery<'_>, buffer: &Buffer, memory: &impl AppMemory) {
    if !buffer.data.is_null() {
        memory.write_value(buffer.data, delivery.bytes, delivery.terminator);
    }
    memory.write_len(buffer.indicator, delivery.length.0 as isize);
}
