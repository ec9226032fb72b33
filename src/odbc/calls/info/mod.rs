//! `SQLGetInfo`: the capabilities of driver and data source.
//!
//! Every information type that ODBC assigns has a row in [`table`]; [`functions`] computes the bits
//! of scalar functions.

pub mod functions;
pub mod scalar;
pub mod table;

use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{ConnectionScope, Outcome, Success};
use crate::odbc::memory::AppMemory;
use crate::odbc::state::group::Connection;
use crate::odbc::text::{TextOut, Written};
use table::{Answer, Fact};

/// A value with its shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Short(u16),
    Integer(u32),
    Handle(usize),
}

/// `SQLGetInfo`
pub fn get(
    scope: &mut ConnectionScope<'_>,
    id: u16,
    out: &TextOut,
    memory: &impl AppMemory,
) -> Outcome {
    let connection = &mut scope.state.connection;
    // Driver managers query it before they connect.
    if id != DRIVER_ODBC_VER {
        connection.connected()?;
    }
    let value = value(connection, id)?;
    let size: i16 = match value {
        Value::Text(text) => {
            if out.write(memory, connection.encoding, &text)? == Written::Truncated {
                connection.diagnostics.warn(sqlstate::S01004);
            }
            return Ok(Success::Done);
        }
        Value::Short(number) => {
            memory.write_u16(out.at, number);
            2
        }
        Value::Integer(number) => {
            memory.write_u32(out.at, number);
            4
        }
        Value::Handle(number) => {
            memory.write_ulen(out.at, number);
            size_of::<usize>() as i16
        }
    };
    memory.write_i16(out.length_at, size);
    Ok(Success::Done)
}

/// `SQL_DRIVER_ODBC_VER`
const DRIVER_ODBC_VER: u16 = 77;

/// The answer to an information type; HY096 if ODBC does not assign it.
pub fn value(connection: &Connection, id: u16) -> Result<Value, Error> {
    let answer = table::find(id).ok_or_else(|| Error::of(sqlstate::HY096))?;
    Ok(match answer {
        Answer::Text(text) => Value::Text(text.to_owned()),
        Answer::Short(number) => Value::Short(number),
        Answer::Integer(number) => Value::Integer(number),
        Answer::Functions(info_type) => Value::Integer(functions::bits(info_type)),
        Answer::Intervals(function) => Value::Integer(match functions::is_supported(function) {
            true => table::ALL_INTERVALS,
            false => 0,
        }),
        Answer::Handle => Value::Handle(0),
        Answer::Connection(fact) => of_connection(connection, fact)?,
    })
}

fn of_connection(connection: &Connection, fact: Fact) -> Result<Value, Error> {
    let connected = connection.connected()?;
    Ok(Value::Text(match fact {
        Fact::DataSource => connected.data_source.clone(),
        Fact::Server => connected.server.clone(),
        Fact::User => connected.user.clone(),
        Fact::Database => connected.database.clone(),
        Fact::ReadOnly => if connected.read_only { "Y" } else { "N" }.to_owned(),
    }))
}
