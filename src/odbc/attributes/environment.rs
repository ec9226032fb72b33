//! `SQLSetEnvAttr`, `SQLGetEnvAttr`.

use super::{AttributeOut, Definition, Store, Values, Width, definition, find};
use crate::odbc::constants::odbc_version;
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{Outcome, Success};
use crate::odbc::memory::AppMemory;
use crate::odbc::state::group::EnvironmentState;

/// `SQL_ATTR_*` of environments.
pub mod attribute {
    pub const ODBC_VERSION: i32 = 200;
    pub const CONNECTION_POOLING: i32 = 201;
    pub const CP_MATCH: i32 = 202;
    /// Asked by iODBC: which wide characters the driver has.
    pub const DRIVER_UNICODE_TYPE: i32 = 1065;
    pub const OUTPUT_NTS: i32 = 10001;
}

const TABLE: &[Definition] = &[
    definition(
        attribute::ODBC_VERSION,
        Width::Integer,
        odbc_version::ODBC3 as usize,
        Values::OneOf(&[
            odbc_version::ODBC2 as usize,
            odbc_version::ODBC3 as usize,
            odbc_version::ODBC3_80 as usize,
        ]),
    ),
    definition(
        attribute::CONNECTION_POOLING,
        Width::Integer,
        0,
        Values::OneOf(&[0, 1, 2]),
    ),
    definition(
        attribute::CP_MATCH,
        Width::Integer,
        0,
        Values::OneOf(&[0, 1]),
    ),
    // SQL_FALSE would be text without terminators, which no driver manager asks for.
    definition(
        attribute::OUTPUT_NTS,
        Width::Integer,
        1,
        Values::Unsupported(&[0]),
    ),
];

/// The environment's attributes.
#[derive(Debug, Default)]
pub struct EnvironmentAttributes {
    store: Store,
}

impl EnvironmentAttributes {
    pub fn odbc_version(&self) -> i32 {
        self.store.get(&TABLE[0]) as i32
    }

    /// Nothing comes before the application has said for which version of ODBC it was written.
    pub fn require_version(&self) -> Result<(), Error> {
        match self.store.changed(attribute::ODBC_VERSION) {
            Some(_) => Ok(()),
            None => Err(Error::new(
                sqlstate::HY010,
                "Set SQL_ATTR_ODBC_VERSION of the environment first",
            )),
        }
    }
}

fn known(id: i32) -> Result<&'static Definition, Error> {
    find(TABLE, id).ok_or_else(|| Error::of(sqlstate::HY092))
}

/// `SQLSetEnvAttr`
pub fn set(state: &mut EnvironmentState, id: i32, value: usize) -> Outcome {
    let definition = known(id)?;
    if id != attribute::ODBC_VERSION {
        state.attributes.require_version()?;
    }
    if state.connections > 0 {
        return Err(Error::new(
            sqlstate::HY011,
            "Attributes of the environment are set before its connections are allocated",
        ));
    }
    let (value, warning) = definition.accept(value)?;
    state.attributes.store.set(id, value);
    state.diagnostics_extend(warning);
    Ok(Success::Done)
}

/// `SQLGetEnvAttr`
pub fn get(
    state: &mut EnvironmentState,
    id: i32,
    out: &AttributeOut,
    memory: &impl AppMemory,
) -> Outcome {
    if id == attribute::DRIVER_UNICODE_TYPE {
        out.integer(memory, Width::Integer, state.width.iodbc_code());
        return Ok(Success::Done);
    }
    let definition = known(id)?;
    state.attributes.require_version()?;
    out.integer(
        memory,
        definition.width,
        state.attributes.store.get(definition),
    );
    Ok(Success::Done)
}

impl EnvironmentState {
    fn diagnostics_extend(&mut self, warning: Option<Error>) {
        if let Some(warning) = warning {
            self.diagnostics.push(warning);
        }
    }
}
