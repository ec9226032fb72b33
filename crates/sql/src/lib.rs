//! SQL over Exchange: what the ODBC layer sees of it.
//!
//! The ODBC layer knows three things: a [`Session`] turns text into [`Statement`]s without touching
//! the network, a statement describes its columns and parameters before it runs, and running it gives
//! [`Rows`] that arrive in Arrow batches of a few canonical types (see [`ColumnType`]).
//!
//! The ODBC layer is one front end of it. Others need only this:
//!
//! ```
//! use exchange_config::{DataSources, from_connection_string};
//! use exchange_sql::{ExecuteOptions, connect};
//! use graph_simulator::{Options, Simulator, sample};
//!
//! let graph = Simulator::start(sample::tenant(), Options::default())?;
//! let text = format!("{};UserID={}", graph.connection_string(), sample::ADELE);
//! let session = connect(from_connection_string(&text, &DataSources::files([]))?.settings)?;
//! let options = ExecuteOptions::default();
//! let statements = session.prepare("SELECT displayName FROM MailFolders LIMIT 3", false, &options)?;
//! let mut rows = statements[0].execute(&[], &options)?;
//! let mut count = 0;
//! while let Some(batch) = rows.next(None)? {
//!     count += batch.num_rows();
//! }
//! assert_eq!(count, 3);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod aggregates;
pub mod coercion;
mod engine;
mod fallible;
pub mod functions;
mod guards;
mod interrupts;
mod nearest;
mod plans;
mod result_columns;
mod rules;
mod subqueries;
mod temporary;
pub mod text;
mod types;

pub use exchange_tables::ColumnType;
pub use types::{
    Cancellation, Column, Error, ErrorKind, ExecuteOptions, ForeignKey, Parameter, TableInfo,
    Value, Warning,
};

use datafusion::arrow::record_batch::RecordBatch;
use engine::Engine;
use exchange_config::Settings;
use exchange_graph as graph;
use exchange_tables::Source;
use std::sync::Arc;
use std::time::Instant;

/// Opens a session. Wrong credentials fail here: a token is obtained, or taken from an earlier
/// connection of the process; Graph is asked nothing else.
pub fn connect(settings: Settings) -> Result<Arc<dyn Session>, Error> {
    engine::run(async move {
        let deadline = settings.login_timeout.map(|limit| Instant::now() + limit);
        let client = graph::Client::new(&settings).map_err(|error| engine::from_login(&error))?;
        client
            .login(deadline)
            .await
            .map_err(|error| engine::from_login(&error))?;
        let session: Arc<dyn Session> =
            Arc::new(Engine::new(&Arc::new(Source::new(client, settings)))?);
        Ok(session)
    })
}

/// One connection's SQL: its tables, its settings, its prepared statements.
pub trait Session: Send + Sync {
    /// Parses and plans every statement of `sql` (more than one when separated by `;`), without any
    /// request. With `no_scan`, ODBC escapes are left alone (`SQL_ATTR_NOSCAN`). Takes no longer than the options
    /// allow.
    fn prepare(
        &self,
        sql: &str,
        no_scan: bool,
        options: &ExecuteOptions,
    ) -> Result<Vec<Arc<dyn Statement>>, Error>;

    /// The statement as the engine reads it, escapes replaced (`SQLNativeSql`).
    fn native_sql(&self, sql: &str) -> Result<String, Error>;

    /// Whether the last exchange with Graph or the login service failed for want of a connection.
    fn is_dead(&self) -> bool;

    /// Puts the session back to how it was opened: its temporary tables are dropped.
    fn reset(&self);

    /// Every table there is, for the catalog functions. Never asks the network.
    fn tables(&self) -> Vec<Arc<TableInfo>>;
}

/// One planned statement. It may be executed many times, also at once from several threads.
pub trait Statement: Send + Sync {
    /// The result's columns; empty when the statement gives no rows.
    fn columns(&self) -> &[Column];

    /// The `?` markers, in order.
    fn parameters(&self) -> &[Parameter];

    /// Starts the statement. Returns as soon as the engine runs, before the first row is there.
    fn execute(
        &self,
        parameters: &[Value],
        options: &ExecuteOptions,
    ) -> Result<Box<dyn Rows>, Error>;
}

/// A running statement's rows. Dropping it ends the work, requests on their way included.
pub trait Rows: Send {
    /// The next rows (never an empty batch), or `None` at the end. Waits for them until `deadline` or
    /// the cancellation of [`ExecuteOptions`], which both end the work for good.
    fn next(&mut self, deadline: Option<Instant>) -> Result<Option<RecordBatch>, Error>;

    /// The columns, where the values of markers made them others than the statement was described with.
    fn columns(&self) -> Option<Arc<[Column]>> {
        None
    }

    /// Rows inserted, changed or removed by a statement that gives none.
    fn affected_rows(&self) -> Option<u64>;

    /// What the application should know though the statement succeeded; each warning is given once.
    fn take_warnings(&mut self) -> Vec<Warning>;
}
