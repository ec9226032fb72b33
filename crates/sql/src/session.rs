//! What a front end sees of the engine: sessions, statements and rows.

use crate::{Column, Error, ExecuteOptions, Parameter, TableInfo, Value, Warning};
use datafusion::arrow::record_batch::RecordBatch;
use std::sync::Arc;
use std::time::Instant;

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
