//! The interface between ODBC and the code that makes connections.
//!
//! This layer passes connection strings through as text; only the connector interprets the keys.

use super::diagnostics::sqlstate::SqlState;
use exchange_config::Wanted;
use exchange_sql as sql;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Makes connections.
pub trait Connector: Send + Sync {
    fn connect(&self, request: &ConnectRequest) -> Result<Connected, ConnectError>;

    /// Adds `given` to the `known` part of the connection string, and returns the keys that are
    /// missing (`SQLBrowseConnect`). Does not use the network.
    fn browse(&self, known: &str, given: &str) -> Result<Browsed, ConnectError>;
}

/// An incomplete connection string. It may hold secrets, so it has no `Debug`.
#[derive(Clone)]
pub struct Browsed {
    pub text: String,
    /// The keys to ask for next; if no required key is among them, the string is complete.
    pub wanted: Vec<Wanted>,
    pub warnings: Vec<ConnectWarning>,
}

/// The target of a connection.
#[derive(Clone, PartialEq, Eq)]
pub enum Target {
    /// `SQLDriverConnect`: the string as given.
    ConnectionString(String),
    /// `SQLConnect`
    DataSource {
        name: String,
        user: Option<String>,
        password: Option<String>,
    },
}

/// A request to connect.
#[derive(Clone, PartialEq, Eq)]
pub struct ConnectRequest {
    pub target: Target,
    /// `SQL_ATTR_LOGIN_TIMEOUT`; `None` when the application did not set it.
    pub login_timeout: Option<Duration>,
    /// `SQL_ATTR_CONNECTION_TIMEOUT`
    pub connection_timeout: Option<Duration>,
    /// `SQL_ATTR_ACCESS_MODE` is read-only.
    pub read_only: bool,
}

impl fmt::Debug for ConnectRequest {
    /// Connection strings and passwords never reach a log.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ConnectRequest")
            .finish_non_exhaustive()
    }
}

/// An open connection.
#[derive(Clone)]
pub struct Connected {
    pub session: Arc<dyn sql::Session>,
    /// The completed string for `SQLDriverConnect`: the keys that connect again, with secrets only
    /// if the application gave them in its own string.
    pub completed: String,
    /// Warnings about an open connection.
    pub warnings: Vec<ConnectWarning>,
    /// `SQL_DATA_SOURCE_NAME`; empty without one.
    pub data_source: String,
    /// `SQL_USER_NAME`: the default mailbox.
    pub user: String,
    /// `SQL_SERVER_NAME`: the host of Microsoft Graph.
    pub server: String,
    /// `SQL_DATABASE_NAME`: the tenant.
    pub database: String,
    pub read_only: bool,
    /// The query timeout of statements without one of their own.
    pub query_timeout: Option<Duration>,
    /// The storage of scrollable results.
    pub storage: Storage,
}

/// Limits and place of stored rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Storage {
    /// Bytes of rows that one cursor keeps in memory.
    pub memory: usize,
    /// Folder of the file; `None` for the system's.
    pub folder: Option<PathBuf>,
}

impl Storage {
    pub fn folder(&self) -> PathBuf {
        self.folder.clone().unwrap_or_else(std::env::temp_dir)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectWarning {
    /// 01S00 for a key that is not known, for example.
    pub state: SqlState,
    pub message: String,
}

/// The reason for a failed connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectError {
    pub state: SqlState,
    pub message: String,
}

/// A question to the user. The text may be a secret, so it has no `Debug`.
#[derive(Clone, Copy)]
// Only Windows has dialogs.
#[cfg_attr(not(any(windows, test)), allow(dead_code))]
pub struct Question<'a> {
    /// The connection string so far.
    pub text: &'a str,
    /// Whether only what a connection needs may be changed.
    pub required_only: bool,
    /// Why the text did not lead to a connection.
    pub problem: Option<&'a str>,
}

/// Asks the user to complete a connection string; `None` if the user cancels.
pub type Dialog = Box<dyn FnMut(Question<'_>) -> Result<Option<String>, ConnectError>>;
