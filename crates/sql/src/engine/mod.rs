//! The engine: Exchange tables in DataFusion, one session for each connection.
//!
//! Tables and columns are registered in lower case and the text layer lower-cases every identifier, so
//! names match without case while scoping stays the planner's own. Planning and execution have threads of their own,
//! whose stacks have a known size. The application's thread only waits, and the threads that talk to Graph never compute.

mod assignment;
mod bind;
mod blocking;
mod catalog;
mod change;
mod describe;
mod errors;
mod explain;
mod lengths;
mod markers;
mod planning;
mod rows;
pub mod state;
mod statement;

pub use blocking::run;
pub use errors::{from_login, to_error};

use super::temporary::TemporaryTables;
use super::text::{self, ParseOptions, Parsed};
use super::{Error, ExecuteOptions, Session, Statement, TableInfo};
use change::Change;
use datafusion::execution::session_state::SessionState;
use exchange_tables::Source;
use statement::EngineStatement;
use std::sync::Arc;

/// SQL over the tables of one connection.
pub struct Engine {
    source: Arc<Source>,
    shared: Arc<Shared>,
}

/// What a session and its statements share.
struct Shared {
    state: SessionState,
    tables: Vec<Arc<TableInfo>>,
    temporary: Arc<TemporaryTables>,
    longest_varchar: u32,
}

impl Shared {
    /// The names of a table's columns, in lower case.
    fn columns(&self, table: &str) -> Option<Vec<String>> {
        if let Some(temporary) = self.temporary.get(table) {
            let schema = temporary.row_schema();
            return Some(
                schema
                    .fields()
                    .iter()
                    .map(|field| field.name().clone())
                    .collect(),
            );
        }
        let table = (self.tables.iter()).find(|known| known.name.eq_ignore_ascii_case(table))?;
        let names = table
            .columns
            .iter()
            .map(|column| column.name.to_lowercase());
        Some(names.collect())
    }
}

impl Engine {
    /// Registers the tables that `source` can read. No request is sent.
    pub fn new(source: &Arc<Source>) -> Result<Self, Error> {
        let tables = catalog::table_infos(source.settings());
        let temporary = Arc::new(TemporaryTables::default());
        let state = state::session_state(source, &temporary).map_err(|error| to_error(&error))?;
        let longest_varchar = source.settings().max_varchar_length;
        Ok(Self {
            source: Arc::clone(source),
            shared: Arc::new(Shared {
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
        let shared = Arc::clone(&self.shared);
        let sql = sql.to_owned();
        let planning = async move {
            let parsed = text::parse(&sql, &ParseOptions { no_scan })?;
            // A statement may read what one before it makes, which is there while they are planned.
            let _planned = shared.temporary.planned();
            plan(&shared, parsed).await
        };
        blocking::run_within(planning, options)
    }

    fn native_sql(&self, sql: &str) -> Result<String, Error> {
        text::native_sql(sql)
    }

    fn is_dead(&self) -> bool {
        self.source.client().is_dead()
    }

    fn reset(&self) {
        self.shared.temporary.clear();
    }

    fn tables(&self) -> Vec<Arc<TableInfo>> {
        let mut tables = self.shared.tables.clone();
        tables.extend(self.shared.temporary.infos());
        tables
    }
}

async fn plan(shared: &Arc<Shared>, parsed: Vec<Parsed>) -> Result<Vec<Arc<dyn Statement>>, Error> {
    let mut statements: Vec<Arc<dyn Statement>> = Vec::new();
    for mut parsed in parsed {
        text::joins::resolve(&mut parsed.statement, &|table| shared.columns(table))?;
        statements.push(match parsed.command.take() {
            Some(command) => Arc::new(Change::plan(shared, command, parsed).await?),
            None => Arc::new(EngineStatement::plan(shared, parsed).await?),
        });
    }
    Ok(statements)
}
