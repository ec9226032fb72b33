//! `SQLSetConnectAttr`, `SQLGetConnectAttr`.
//!
//! Driver managers replay attributes set before connecting, and ODBC 2 applications set statement
//! attributes on the connection as defaults of its statements; both must succeed.

use super::{AttributeIn, AttributeOut};
use crate::odbc::attributes::connection::{ConnectionAttributes, TABLE, attribute};
use crate::odbc::attributes::statement::settable_on_connection;
use crate::odbc::attributes::{Width, find};
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{ConnectionScope, Outcome, Success};
use crate::odbc::memory::AppMemory;
use crate::odbc::state::cursor::bookmark;
use crate::odbc::state::group::Connection;
use crate::odbc::state::statement::StatementState;
use crate::odbc::text::WideWidth;

const RESET_CONNECTION_YES: u32 = 1;

/// `SQLSetConnectAttr`
pub fn set(
    scope: &mut ConnectionScope<'_>,
    id: i32,
    given: &AttributeIn,
    memory: &impl AppMemory,
) -> Outcome {
    require_settable(scope, id)?;
    let connection = &mut scope.state.connection;
    match id {
        // The driver manager does the tracing, not the driver.
        attribute::TRACEFILE => {
            given.text.read(memory, connection.encoding)?;
            return Ok(Success::Done);
        }
        attribute::TRANSLATE_LIB => return set_translator(connection, given, memory),
        attribute::RESET_CONNECTION if given.value as u32 == RESET_CONNECTION_YES => {
            return reset(scope);
        }
        // iODBC converts to the encoding that the driver agrees to, so the application's own encoding
        // does not matter.
        attribute::APP_WCHAR_TYPE => {
            connection.encoding.wide = WideWidth::from_iodbc_code(given.value)
                .ok_or_else(|| Error::of(sqlstate::HY024))?;
            return Ok(Success::Done);
        }
        // There are no catalogs, so only an empty name is accepted.
        attribute::CURRENT_CATALOG => {
            let name = given
                .text
                .read(memory, connection.encoding)?
                .unwrap_or_default();
            return match name.is_empty() {
                true => Ok(Success::Done),
                false => Err(Error::new(
                    sqlstate::HYC00,
                    "The data source has no catalogs",
                )),
            };
        }
        _ => {}
    }
    let Some(definition) = find(TABLE, id) else {
        return set_statement_default(scope, id, given.value);
    };
    let (value, warning) = definition.accept(given.value)?;
    connection.attributes.store.set(id, value);
    if id == attribute::METADATA_ID {
        connection.attributes.statement.set(id, value)?;
    }
    connection.diagnostics.extend(warning);
    Ok(Success::Done)
}

/// A pool passes the connection to its next user, who expects a new one: no temporary tables, no
/// results, no bindings, and defaults for all attributes. The application's handles stay, including
/// descriptors that it allocated.
fn reset(scope: &mut ConnectionScope<'_>) -> Outcome {
    let group = &mut *scope.state;
    let link = group.connection.connected()?;
    link.session.reset();
    let query_timeout = link.query_timeout;
    group.connection.attributes = ConnectionAttributes::default();
    let defaults = group
        .connection
        .attributes
        .statement_defaults(query_timeout);
    let view = group.connection.view();
    let bookmark = defaults.uses_bookmarks().then(|| bookmark::record(view));
    for (_, statement) in group.statements.iter_mut() {
        statement.state = StatementState::Allocated;
        statement.attributes = defaults.clone();
        statement.cursor_name = None;
        (statement.ard, statement.apd) = (statement.implicit[0], statement.implicit[1]);
        for key in statement.implicit {
            if let Some(descriptor) = group.descriptors.get_mut(key) {
                descriptor.reset();
            }
        }
        if let Some(ird) = group.descriptors.get_mut(statement.implicit[2]) {
            ird.bookmark = bookmark.clone();
        }
    }
    Ok(Success::Done)
}

/// Checks when an attribute may be set: appendix B, except the packet size, which iODBC sets after
/// it has connected.
fn require_settable(scope: &ConnectionScope<'_>, id: i32) -> Result<(), Error> {
    let connection = &scope.state.connection;
    if scope.state.collects() || connection.browse.is_some() {
        return Err(Error::of(sqlstate::HY010));
    }
    match id {
        attribute::CURRENT_CATALOG if scope.state.has_cursor() => Err(Error::of(sqlstate::S24000)),
        attribute::TRANSLATE_LIB | attribute::TRANSLATE_OPTION => connection.connected().map(drop),
        attribute::ODBC_CURSORS if connection.link.is_some() => Err(Error::of(sqlstate::S08002)),
        _ => Ok(()),
    }
}

/// There are no translation libraries, so only an empty name is accepted.
fn set_translator(
    connection: &Connection,
    given: &AttributeIn,
    memory: &impl AppMemory,
) -> Outcome {
    let library = given.text.read(memory, connection.encoding)?;
    match library.unwrap_or_default().is_empty() {
        true => Ok(Success::Done),
        false => Err(Error::new(
            sqlstate::HYC00,
            "Text is not translated; leave SQL_ATTR_TRANSLATE_LIB empty",
        )),
    }
}

fn set_statement_default(scope: &mut ConnectionScope<'_>, id: i32, value: usize) -> Outcome {
    let connection = &mut scope.state.connection;
    if !settable_on_connection(id) {
        return Err(Error::of(sqlstate::HY092));
    }
    let warning = connection.attributes.statement.set(id, value)?;
    connection.diagnostics.extend(warning.clone());
    // ODBC 2: existing statements change, too.
    for (_, statement) in scope.state.statements.iter_mut() {
        statement.attributes.set(id, value)?;
    }
    Ok(Success::Done)
}

/// `SQLGetConnectAttr`
pub fn get(
    scope: &mut ConnectionScope<'_>,
    id: i32,
    out: &AttributeOut,
    memory: &impl AppMemory,
) -> Outcome {
    let connection = &mut scope.state.connection;
    require_readable(connection, id)?;
    let encoding = connection.encoding;
    match id {
        attribute::TRACEFILE | attribute::TRANSLATE_LIB | attribute::CURRENT_CATALOG => {
            let warning = out.text(memory, encoding, "")?;
            connection.diagnostics.extend(warning);
        }
        attribute::APP_WCHAR_TYPE => {
            out.integer(memory, Width::Integer, encoding.wide.iodbc_code());
        }
        attribute::CONNECTION_DEAD => {
            let is_dead = connection.connected()?.session.is_dead();
            out.integer(memory, Width::Integer, usize::from(is_dead));
        }
        _ => match find(TABLE, id) {
            Some(definition) => {
                out.integer(
                    memory,
                    definition.width,
                    connection.attributes.store.get(definition),
                );
            }
            None if settable_on_connection(id) => {
                let value = connection.attributes.statement.value(id);
                out.integer(memory, Width::ULen, value);
            }
            None => return Err(Error::of(sqlstate::HY092)),
        },
    }
    Ok(Success::Done)
}

/// Before connecting, only attributes that were set or that do not depend on the data source can be
/// read.
fn require_readable(connection: &Connection, id: i32) -> Result<(), Error> {
    if connection.browse.is_some() {
        return Err(Error::of(sqlstate::HY010));
    }
    let early = matches!(
        id,
        attribute::ACCESS_MODE
            | attribute::AUTOCOMMIT
            | attribute::LOGIN_TIMEOUT
            | attribute::ODBC_CURSORS
            | attribute::TRACE
            | attribute::TRACEFILE
            | attribute::APP_WCHAR_TYPE
    );
    let of_statements = settable_on_connection(id);
    match early || of_statements || connection.attributes.store.changed(id).is_some() {
        true => Ok(()),
        false => connection.connected().map(|_| ()),
    }
}
