//! The attributes of connections: their definitions, and the values of one connection.

use super::statement::StatementAttributes;
use super::{Definition, Store, Values, Width, definition, find};
use std::time::Duration;

/// `SQL_ATTR_*` of connections.
pub mod attribute {
    pub const ACCESS_MODE: i32 = 101;
    pub const AUTOCOMMIT: i32 = 102;
    pub const LOGIN_TIMEOUT: i32 = 103;
    pub const TRACE: i32 = 104;
    pub const TRACEFILE: i32 = 105;
    pub const TRANSLATE_LIB: i32 = 106;
    pub const TRANSLATE_OPTION: i32 = 107;
    pub const TXN_ISOLATION: i32 = 108;
    pub const CURRENT_CATALOG: i32 = 109;
    pub const ODBC_CURSORS: i32 = 110;
    pub const QUIET_MODE: i32 = 111;
    pub const PACKET_SIZE: i32 = 112;
    pub const CONNECTION_TIMEOUT: i32 = 113;
    pub const DISCONNECT_BEHAVIOR: i32 = 114;
    pub const ANSI_APP: i32 = 115;
    pub const RESET_CONNECTION: i32 = 116;
    pub const ASYNC_DBC_FUNCTIONS_ENABLE: i32 = 117;
    /// Set by iODBC: which wide characters the application has.
    pub const APP_WCHAR_TYPE: i32 = 1061;
    pub const CONNECTION_DEAD: i32 = 1209;
    pub const AUTO_IPD: i32 = 10001;
    pub const METADATA_ID: i32 = 10014;
}

const MODE_READ_ONLY: usize = 1;

/// Every row of a mailbox is read as it is committed at the server.
const TXN_READ_COMMITTED: usize = 2;

pub const TABLE: &[Definition] = &[
    definition(
        attribute::ACCESS_MODE,
        Width::Integer,
        0,
        Values::OneOf(&[0, 1]),
    ),
    // Without transactions every statement commits by itself. Switching autocommit off is accepted
    // because many clients do it by habit; SQLEndTran then does nothing.
    definition(
        attribute::AUTOCOMMIT,
        Width::Integer,
        1,
        Values::OneOf(&[0, 1]),
    ),
    definition(attribute::LOGIN_TIMEOUT, Width::Integer, 0, Values::Any),
    definition(attribute::TRACE, Width::Integer, 0, Values::OneOf(&[0, 1])),
    definition(attribute::TRANSLATE_OPTION, Width::Integer, 0, Values::Any),
    definition(
        attribute::TXN_ISOLATION,
        Width::Integer,
        TXN_READ_COMMITTED,
        Values::Replaced(&[1, 4, 8]),
    ),
    definition(
        attribute::ODBC_CURSORS,
        Width::ULen,
        2,
        Values::OneOf(&[0, 1, 2]),
    ),
    definition(attribute::QUIET_MODE, Width::ULen, 0, Values::Any),
    definition(attribute::PACKET_SIZE, Width::Integer, 0, Values::Any),
    definition(
        attribute::CONNECTION_TIMEOUT,
        Width::Integer,
        0,
        Values::Any,
    ),
    definition(
        attribute::DISCONNECT_BEHAVIOR,
        Width::Integer,
        0,
        Values::OneOf(&[0, 1]),
    ),
    definition(
        attribute::ANSI_APP,
        Width::Integer,
        0,
        Values::OneOf(&[0, 1]),
    ),
    definition(
        attribute::RESET_CONNECTION,
        Width::Integer,
        0,
        Values::OneOf(&[1]),
    ),
    definition(
        attribute::ASYNC_DBC_FUNCTIONS_ENABLE,
        Width::ULen,
        0,
        Values::Unsupported(&[1]),
    ),
    definition(
        attribute::CONNECTION_DEAD,
        Width::Integer,
        0,
        Values::ReadOnly,
    ),
    definition(attribute::AUTO_IPD, Width::Integer, 0, Values::ReadOnly),
    definition(
        attribute::METADATA_ID,
        Width::Integer,
        0,
        Values::OneOf(&[0, 1]),
    ),
];

/// The connection's attributes and the defaults of its statements.
#[derive(Clone, Debug, Default)]
pub struct ConnectionAttributes {
    pub store: Store,
    /// The defaults of statements.
    pub statement: StatementAttributes,
}

impl ConnectionAttributes {
    fn value(&self, id: i32) -> usize {
        find(TABLE, id).map_or(0, |definition| self.store.get(definition))
    }

    fn seconds(&self, id: i32) -> Option<Duration> {
        let seconds = self.store.changed(id)?;
        Some(Duration::from_secs(seconds as u64))
    }

    /// `None` until the application sets it; zero means to wait for ever.
    pub fn login_timeout(&self) -> Option<Duration> {
        self.seconds(attribute::LOGIN_TIMEOUT)
    }

    pub fn connection_timeout(&self) -> Option<Duration> {
        self.seconds(attribute::CONNECTION_TIMEOUT)
    }

    pub fn read_only(&self) -> bool {
        self.value(attribute::ACCESS_MODE) == MODE_READ_ONLY
    }

    /// The attributes of a new statement. The connection string's query timeout applies if the
    /// application set none on the connection.
    pub fn statement_defaults(&self, query_timeout: Option<Duration>) -> StatementAttributes {
        let mut defaults = self.statement.clone();
        if let Some(limit) = query_timeout {
            defaults.default_query_timeout(limit);
        }
        defaults
    }
}
