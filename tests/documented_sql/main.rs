//! The page of SQL shows statements that run.

mod functions;
mod refused;

use driver_harness::client::{self, Connection, Failure};
use driver_harness::{simulator, tenant};
use std::fs;

/// A connection, and the simulator that it needs.
fn connected() -> (Connection, graph_simulator::Simulator) {
    let simulator = simulator::start(tenant::odd());
    let connection = client::connect(&simulator::alice(&simulator, "")).expect("a connection");
    (connection, simulator)
}

/// The rows as text: cells joined by `|`, rows by `, `, nulls as `NULL`.
fn shown(connection: &Connection, sql: &str) -> String {
    let rows = try_shown(connection, sql);
    rows.unwrap_or_else(|failure| panic!("{sql}: {failure}"))
}

fn try_shown(connection: &Connection, sql: &str) -> Result<String, Failure> {
    let rows = connection.query(sql)?;
    let rows = rows.iter().map(|row| {
        let cells = row.iter().map(|cell| cell.as_deref().unwrap_or("NULL"));
        cells.collect::<Vec<_>>().join("|")
    });
    Ok(rows.collect::<Vec<_>>().join(", "))
}

#[test]
fn every_statement_of_the_page_runs() {
    let page = format!("{}/docs/sql.md", env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(page).expect("the page");
    let (connection, _simulator) = connected();
    let blocks = page.split("```sql\n").skip(1);
    let blocks = blocks.map(|block| block.split("```").next().unwrap_or_default());
    let statements: Vec<&str> = blocks
        .flat_map(|block| block.split(";\n"))
        .filter(|statement| !statement.trim().is_empty())
        .collect();
    assert!(statements.len() > 4, "the page has statements");
    for statement in statements {
        let rows = connection.query(statement);
        rows.unwrap_or_else(|failure| panic!("{statement}: {failure}"));
    }
}
