//! What connects: the seam between ODBC and the engine behind it.
//!
//! This layer passes connection strings through as text; what the keys mean is the connector's to
//! know.

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

    /// Adds `given` to the connection string that is `known` so far, and tells what it lacks
    /// (`SQLBrowseConnect`). Asks the network nothing.
    fn browse(&self, known: &str, given: &str) -> Result<Browsed, ConnectError>;
}

/// A connection string on its way to be complete. It may hold secrets, so it has no `Debug`.
#[derive(Clone)]
pub struct Browsed {
    pub text: String,
    /// What to ask for next; without a required key the string is complete.
    pub wanted: Vec<Wanted>,
    pub warnings: Vec<ConnectWarning>,
}

/// What the application asked to connect to.
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

/// A wish to connect.
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
    /// What `SQLDriverConnect` gives back: the keys that connect again, with secrets only where the
    /// application gave them in its own string.
    pub completed: String,
    /// What the application should know though the connection is open.
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
    /// The query timeout of statements for which the application sets none.
    pub query_timeout: Option<Duration>,
    /// Where scrollable results are kept.
    pub storage: Storage,
}

/// Where rows go for which there is no room in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Storage {
    /// Bytes of rows that one cursor keeps in memory.
    pub memory: usize,
    /// Folder of the file; the system's when there is none.
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

/// Why there is no connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectError {
    pub state: SqlState,
    pub message: String,
}
