//! docs/tables: a page for each table, with its permissions, the requests of usual statements, and an example with real
//! output.
//!
//! `WRITE_DOCS=1` writes the pages.

mod cost;
mod examples;
mod output;

use driver_harness::client::{self, Connection};
use exchange_tables::definition::Table;
use exchange_tables::{TABLES, reference};
use graph_simulator::{Simulator, sample};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tables")
}

/// A connection to the mailbox of the README's examples.
fn start() -> (Simulator, Connection) {
    let simulator = driver_harness::simulator::start(sample::tenant());
    let connection = client::connect(&simulator.connection_string()).expect("a connection");
    (simulator, connection)
}

fn page(
    table: &'static Table,
    simulator: &Simulator,
    connection: &Connection,
) -> Result<String, String> {
    let (name, remarks) = (table.name, table.remarks);
    let mut text = format!("# {name}\n\n{remarks}. [All tables](../tables.md)\n\n");
    let permission = table.permission;
    write!(text, "**Permission:** {}", permission.needed).expect("written");
    if !permission.less.is_empty() {
        write!(text, ". Smaller: {}", permission.less).expect("written");
    }
    text.push_str(". [How to grant it](../azure.md)\n\n");
    text.push_str(&reference::facts(table));
    text.push_str("\n\n## Requests\n\n");
    text.push_str(&cost::table(table, simulator, connection));
    text.push_str("\n## Example\n\n");
    let sql = examples::of(name).ok_or_else(|| format!("{name} has no example"))?;
    write!(text, "```sql\n{sql}\n```\n\n").expect("written");
    let output = output::of(connection, sql)?;
    write!(text, "```\n{output}```\n\n").expect("written");
    text.push_str("## Columns\n\n");
    text.push_str(&reference::columns(table));
    Ok(text)
}

#[test]
fn every_table_has_a_page_and_it_is_current() {
    let (simulator, connection) = start();
    let writes = std::env::var_os("WRITE_DOCS").is_some();
    fs::create_dir_all(folder()).expect("a folder");
    let mut problems = Vec::new();
    for table in TABLES {
        let page = match page(table, &simulator, &connection) {
            Ok(page) => page,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let path = folder().join(format!("{}.md", table.name));
        if writes {
            fs::write(&path, &page).expect("written");
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        if committed != page {
            problems.push(format!("run make docs and commit {}", path.display()));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn no_page_is_left_of_a_table_that_is_gone() {
    for entry in fs::read_dir(folder()).expect("the pages") {
        let name = entry.expect("a page").file_name();
        let name = name.to_str().and_then(|name| name.strip_suffix(".md"));
        let name = name.expect("a page");
        assert!(TABLES.iter().any(|table| table.name == name), "{name}");
    }
}
