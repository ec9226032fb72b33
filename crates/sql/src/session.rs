//! The engine's interface for front ends: sessions, statements and rows.

use crate::{Column, Error, ExecuteOptions, Parameter, TableInfo, Value, Warning};
use datafusion::arrow::record_batch::RecordBatch;
use exchange_config::Zone;
use std::sync::Arc;
use std::time::Instant;

/// One connection's SQL: its tables, its settings, its prepared statements.
pub trait Session: Send + Sync {
    /// Parses and plans every statement of `sql` (separated by `;`), without any request. With
    /// `no_scan`, ODBC escapes are not replaced (`SQL_ATTR_NOSCAN`). Respects the limits of the
    /// options.
    fn prepare(
        &self,
        sql: &str,
        no_scan: bool,
        options: &ExecuteOptions,
    ) -> Result<Vec<Arc<dyn Statement>>, Error>;

    /// The statement as the engine reads it, escapes replaced (`SQLNativeSql`).
    fn native_sql(&self, sql: &str) -> Result<String, Error>;

    /// Whether the last exchange with Graph or the login service failed for lack of a connection.
    fn is_dead(&self) -> bool;

    /// Resets the session to its initial state: its temporary tables are dropped.
    fn reset(&self);

    /// In which times are shown.
    fn zone(&self) -> Zone;

    /// Every table, for the catalog functions. Never uses the network.
    fn tables(&self) -> Vec<Arc<TableInfo>>;

    /// The views that describe the tables, for the catalog functions.
    fn system_views(&self) -> Vec<Arc<TableInfo>>;
}

/// One planned statement. It may be executed many times, even at once on several threads.
pub trait Statement: Send + Sync {
    /// The result's columns; empty if the statement returns no rows.
    fn columns(&self) -> &[Column];

    /// The `?` markers, in order.
    fn parameters(&self) -> &[Parameter];

    /// Starts the statement. Returns as soon as the engine runs, before the first row arrives.
    fn execute(
        &self,
        parameters: &[Value],
        options: &ExecuteOptions,
    ) -> Result<Box<dyn Rows>, Error>;
}

/// A running statement's rows. Dropping it ends the work, including requests in flight.
pub trait Rows: Send {
    /// The next rows (never an empty batch), or `None` at the end. Waits for them until `deadline`
    /// or the cancellation of [`ExecuteOptions`]; both end the work for good.
    fn next(&mut self, deadline: Option<Instant>) -> Result<Option<RecordBatch>, Error>;

    /// The columns, if the values of markers made them differ from the statement's description.
    fn columns(&self) -> Option<Arc<[Column]>> {
        None
    }

    /// Rows inserted, changed or removed by a statement that returns no rows.
    fn affected_rows(&self) -> Option<u64>;

    /// Warnings about a successful statement; each is returned once.
    fn take_warnings(&mut self) -> Vec<Warning>;
}
