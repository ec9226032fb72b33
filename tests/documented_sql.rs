//! The page of SQL shows statements that run.

// Entities are written in one piece.
#![recursion_limit = "256"]

mod common;
mod support;

use common::{simulator, tenant};
use std::fs;

#[test]
fn every_statement_of_the_page_runs() {
    let page = format!("{}/docs/sql.md", env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(page).expect("the page");
    let simulator = simulator::start(tenant::odd());
    let connection = support::connect(&simulator::alice(&simulator, "")).expect("a connection");
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
