//! The engine: Exchange tables in DataFusion, one session for each connection.
//!
//! Tables and columns are registered in lower case and the text layer lower-cases every identifier, so
//! names match without case while scoping stays the planner's own. Planning and execution have threads of their own,
//! whose stacks have a known size. The application's thread only waits, and the threads that talk to Graph never compute.

mod all_tables;
mod assignment;
mod bind;
mod blocking;
mod catalog;
mod change;
mod connection;
mod describe;
mod errors;
mod explain;
mod information_schema;
mod lengths;
mod markers;
mod planning;
mod prepared;
mod rows;
mod rules;
pub mod state;
mod statement;
mod watch;

pub use blocking::run;
pub use errors::{from_login, to_error};

use super::temporary::TemporaryTables;
use super::text::{self, ParseOptions, Parsed};
use super::{Error, ErrorKind, ExecuteOptions, Session, Statement, TableInfo};
use all_tables::AllTables;
use change::Change;
use connection::Connection;
use exchange_config::Zone;
use exchange_tables::GraphSource;
use prepared::{Prepared, Statements};
use statement::EngineStatement;
use std::sync::Arc;

/// SQL over the tables of one connection.
pub struct Engine {
    source: Arc<GraphSource>,
    connection: Arc<Connection>,
    prepared: Prepared,
}

impl Engine {
    /// Registers the tables that `source` can read. No request is sent.
    pub fn new(source: &Arc<GraphSource>) -> Result<Self, Error> {
        if let Some(mistake) = exchange_tables::mistake(source.settings()) {
            return Err(Error::new(ErrorKind::General, mistake));
        }
        let temporary = Arc::new(TemporaryTables::default());
        let exchange = catalog::table_infos(source.settings());
        let tables = Arc::new(AllTables::new(exchange, Arc::clone(&temporary)));
        let state = state::session_state(source, &tables).map_err(|error| to_error(&error))?;
        let longest_varchar = source.settings().max_varchar_length;
        Ok(Self {
            source: Arc::clone(source),
            prepared: Prepared::default(),
            connection: Arc::new(Connection {
                state,
                tables,
                temporary,
                longest_varchar,
            }),
        })
    }
}

impl Session for Engine {
    fn prepare(
        &self,
        sql: &str,
        no_scan: bool,
        options: &ExecuteOptions,
    ) -> Result<Vec<Arc<dyn Statement>>, Error> {
        if let Some(statements) = self.prepared.get(sql, no_scan) {
            return Ok(statements);
        }
        let connection = Arc::clone(&self.connection);
        let text = sql.to_owned();
        let planning = async move {
            let parsed = text::parse(&text, &ParseOptions { no_scan })?;
            // A statement may read tables that an earlier one creates; they exist while the
            // statements are planned.
            let _planned = connection.temporary.planned();
            plan(&connection, parsed).await
        };
        let planned = blocking::run_within(planning, options)?;
        if planned.is_lasting {
            (self.prepared).keep(sql.to_owned(), no_scan, &planned.statements);
        }
        Ok(planned.statements)
    }

    fn native_sql(&self, sql: &str) -> Result<String, Error> {
        text::native_sql(sql)
    }

    fn is_dead(&self) -> bool {
        self.source.client().is_dead()
    }

    fn reset(&self) {
        self.connection.temporary.clear();
    }

    fn zone(&self) -> Zone {
        self.source.settings().time_zone
    }

    fn tables(&self) -> Vec<Arc<TableInfo>> {
        self.connection.tables.infos()
    }

    fn system_views(&self) -> Vec<Arc<TableInfo>> {
        information_schema::infos()
    }
}

struct Planned {
    statements: Statements,
    /// Whether the statements mean the same whatever temporary tables exist.
    is_lasting: bool,
}

async fn plan(connection: &Arc<Connection>, parsed: Vec<Parsed>) -> Result<Planned, Error> {
    let mut statements: Statements = Vec::new();
    let mut is_lasting = true;
    for mut parsed in parsed {
        text::joins::resolve(&mut parsed.statement, &|table| connection.columns(table))?;
        statements.push(match parsed.command.take() {
            Some(command) => {
                is_lasting = false;
                Arc::new(Change::plan(connection, command, parsed).await?)
            }
            None => {
                let statement = EngineStatement::plan(connection, parsed).await?;
                is_lasting &= !statement.reads_temporary_tables();
                Arc::new(statement)
            }
        });
    }
    Ok(Planned {
        statements,
        is_lasting,
    })
}
