//! SQL over Exchange: the interface for the ODBC layer.
//!
//! It has three parts. A [`Session`] turns text into [`Statement`]s without touching the network. A
//! statement describes its columns and parameters before it runs. Running it returns [`Rows`], which
//! arrive in Arrow batches of a few canonical types (see [`ColumnType`]).
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
mod interface_types;
mod interrupts;
pub mod listing;
mod measures;
mod nearest;
mod plans;
mod result_columns;
mod rules;
mod session;
mod subqueries;
mod table_keys;
mod temporary;
#[cfg(test)]
mod testing;
pub mod text;

pub use exchange_config::Zone;
pub use exchange_graph::{Finding, Outcome, Step};
pub use interface_types::{
    Cancellation, Column, ColumnType, Error, ErrorKind, ExecuteOptions, ForeignKey, Parameter,
    TableInfo, Value, Warning,
};
pub use measures::{Measures, is_data};
pub use session::{Rows, Session, Statement};
pub use table_keys::{DELETE_RULE, KeyRule, UPDATE_RULE};

use engine::Engine;
use exchange_config::Settings;
use exchange_graph as graph;
use exchange_tables::GraphSource;
use std::sync::Arc;
use std::time::Instant;

/// Opens a session. Wrong credentials fail here: a token is requested, or reused from an earlier
/// connection of the process. No other request is sent.
pub fn connect(settings: Settings) -> Result<Arc<dyn Session>, Error> {
    engine::run(async move {
        let deadline = settings.login_timeout.map(|limit| Instant::now() + limit);
        let client = graph::Client::new(&settings).map_err(|error| engine::from_login(&error))?;
        client
            .login(deadline)
            .await
            .map_err(|error| engine::from_login(&error))?;
        let session: Arc<dyn Session> =
            Arc::new(Engine::new(&Arc::new(GraphSource::new(client, settings)))?);
        Ok(session)
    })
}

/// Tries the settings step by step and tells each finding, on the calling thread. Returns whether everything works;
/// `None` if it was cancelled.
pub fn check(
    settings: &Settings,
    cancellation: &Cancellation,
    tell: impl FnMut(Finding),
) -> Option<bool> {
    graph::runtime::block_on(async {
        tokio::select! {
            biased;
            () = cancellation.cancelled() => None,
            passed = graph::check(settings, tell) => Some(passed),
        }
    })
}
