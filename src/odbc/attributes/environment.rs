//! The attributes of environments: their definitions, and the values of one environment.

use super::{Definition, Store, Values, Width, definition, find};
use crate::odbc::constants::odbc_version;
use crate::odbc::diagnostics::{Error, sqlstate};

/// `SQL_ATTR_*` of environments.
pub mod attribute {
    pub const ODBC_VERSION: i32 = 200;
    pub const CONNECTION_POOLING: i32 = 201;
    pub const CP_MATCH: i32 = 202;
    /// Queried by iODBC: which wide characters the driver has.
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
    // SQL_FALSE would mean text without terminators, which no driver manager requests.
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
    pub store: Store,
}

impl EnvironmentAttributes {
    pub fn odbc_version(&self) -> i32 {
        self.store.get(&TABLE[0]) as i32
    }

    /// Requires that the application has set its ODBC version, before any other call.
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

/// The attribute's definition; HY092 if the id is unknown.
pub fn known(id: i32) -> Result<&'static Definition, Error> {
    find(TABLE, id).ok_or_else(|| Error::of(sqlstate::HY092))
}
