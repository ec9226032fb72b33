//! A connection with a few deliberately chosen rows.

use driver_harness::client::constants::NO_DATA;
use driver_harness::client::{self, Connection, Failure, Row, Statement};
use driver_harness::{simulator, tenant};
use graph_simulator::Simulator;

/// Tables for the proofs.
const TABLES: &[&str] = &[
    "CREATE TABLE staff (id INTEGER NOT NULL, name VARCHAR(10), boss INTEGER, pay DECIMAL(8,2))",
    "INSERT INTO staff VALUES (1, 'Ann', NULL, 30), (2, 'Bob', 1, 20), (3, 'Cid', 1, 20)",
    "CREATE TABLE teams (team VARCHAR(10), leader INTEGER)",
    "INSERT INTO teams VALUES ('red', 1), ('blue', 9)",
];

/// The connection's facts about itself.
pub const USER: &str = tenant::ALICE;
pub const DATABASE: &str = tenant::TENANT;

pub struct World {
    pub connection: Connection,
    pub connection_string: String,
    _simulator: Simulator,
}

impl World {
    pub fn new() -> Self {
        let simulator = simulator::start(tenant::odd());
        let connection_string = simulator::alice(&simulator, "");
        let connection = client::connect(&connection_string).expect("Alice may log in");
        let world = Self {
            connection,
            connection_string,
            _simulator: simulator,
        };
        for sql in TABLES {
            world
                .run(sql)
                .unwrap_or_else(|failure| panic!("{sql}: {failure}"));
        }
        world
    }

    /// Runs a statement that returns no rows; returns how many it changed.
    pub fn run(&self, sql: &str) -> client::Result<isize> {
        let mut statement = self.connection.statement()?;
        execute(&mut statement, sql)?;
        statement.row_count()
    }

    /// All rows of the last result of a text that may hold several statements.
    pub fn rows(&self, sql: &str) -> client::Result<Vec<Row>> {
        let mut statement = self.connection.statement()?;
        execute(&mut statement, sql)?;
        loop {
            let rows = match statement.column_count()? {
                0 => Vec::new(),
                _ => statement.rows()?,
            };
            if !statement.more_results()? {
                return Ok(rows);
            }
        }
    }

    /// The first row of the last result as a text, or the SQLSTATE.
    pub fn first_row(&self, sql: &str) -> Result<String, String> {
        let rows = self
            .rows(sql)
            .map_err(|failure| failure.state().to_owned())?;
        Ok(rows.first().map_or_else(String::new, joined))
    }
}

/// Cells joined by `|`, nulls as `null`.
pub fn joined(row: &Row) -> String {
    let cells = row.iter().map(|cell| cell.as_deref().unwrap_or("null"));
    cells.collect::<Vec<_>>().join("|")
}

/// A statement that changes no row returns `SQL_NO_DATA`.
fn execute(statement: &mut Statement, sql: &str) -> client::Result<()> {
    match statement.execute_direct(sql) {
        Err(Failure { code: NO_DATA, .. }) | Ok(_) => Ok(()),
        Err(failure) => Err(failure),
    }
}
