//! The requests of usual statements about a table, counted as they arrive.

use driver_harness::client::Connection;
use driver_harness::required;
use driver_harness::simulator::requests;
use exchange_tables::definition::{Collection, Column, Filter, Table};
use graph_simulator::Simulator;
use std::fmt::Write;

/// The longest segment of a path that is shown.
const LONGEST: usize = 60;

/// A statement, as the page shows it, and as it is run.
struct Usual {
    shown: String,
    sql: String,
}

/// The table of a page.
pub fn table(table: &'static Table, simulator: &Simulator, connection: &Connection) -> String {
    let mut text = "| Statement | Requests here | One of them |\n|---|--:|---|\n".to_owned();
    for usual in usual(table, connection) {
        simulator.clear_log();
        let mut statement = connection
            .execute(&usual.sql)
            .unwrap_or_else(|failure| panic!("{}: {failure}", usual.sql));
        statement
            .rows()
            .unwrap_or_else(|failure| panic!("{}: {failure}", usual.sql));
        // Requests in a batch are not counted one by one.
        // The files of reports come from elsewhere.
        let mut sent = requests(simulator);
        sent.retain(|entry| entry.path.starts_with("/v1.0/"));
        let batches = sent.iter().filter(|entry| entry.path.ends_with("/$batch"));
        let alone = sent.iter().filter(|entry| entry.batch.is_none());
        let count = alone.count();
        // Requests in a batch arrive in any order.
        let mut single = sent.iter();
        let single = single.find(|entry| entry.batch.is_none() && !entry.path.ends_with("/$batch"));
        let inside = sent.iter().filter(|entry| entry.batch.is_some());
        let first = single.or_else(|| inside.min_by_key(|entry| entry.path.clone()));
        let first = first.map(shape).unwrap_or_default();
        let in_batches = match batches.count() {
            0 => String::new(),
            batches => format!(" ({batches} `$batch`)"),
        };
        writeln!(
            text,
            "| `{}` | {count}{in_batches} | {first} |",
            usual.shown
        )
        .expect("written");
    }
    text
}

/// The path of a request with the names of its options.
fn shape(entry: &graph_simulator::Entry) -> String {
    let path = entry.path.trim_start_matches("/v1.0").split('/');
    let path: Vec<&str> = path
        .map(|segment| {
            if segment.len() > LONGEST {
                "{id}"
            } else {
                segment
            }
        })
        .collect();
    let path = path.join("/");
    let filter = entry.option("$filter").map(without_clock);
    let filter = filter.map(|filter| format!("?$filter={}", short(&filter)));
    format!("`{} {path}{}`", entry.method, filter.unwrap_or_default()).replace('|', "\\|")
}

/// Without the bounds of traces, which are of the last ninety days.
fn without_clock(filter: &str) -> String {
    const BETWEEN: &str = " and receivedDateTime le ";
    let spans = filter.split_once(BETWEEN);
    match spans.and_then(|(from, rest)| Some((from.rsplit_once(' ')?.0, rest.split_once('Z')?.1))) {
        Some((from, rest)) => format!("{from} ...{BETWEEN}...{rest}"),
        None => filter.to_owned(),
    }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(90) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn usual(table: &'static Table, connection: &Connection) -> Vec<Usual> {
    let name = table.name;
    let condition = required::condition(name);
    let within = condition.map(|condition| format!(" WHERE {condition}"));
    let within = within.unwrap_or_default();
    let all = required::all(name);
    let mut usual = vec![Usual {
        shown: all.clone(),
        sql: all,
    }];
    // Answers about addresses have no other way.
    if matches!(table.collection, Collection::Asked(_)) {
        return usual;
    }
    let mut columns: Vec<&Column> = table
        .columns
        .iter()
        .filter(|column| is_usual(column))
        .collect();
    columns.sort_by_key(|column| column.filter != Filter::Id);
    for column in columns {
        let column_name = column.name;
        let value = format!("SELECT MAX({column_name}) FROM {name}{within}");
        let rows = connection.query(&value);
        let rows = rows.unwrap_or_else(|failure| panic!("{value}: {failure}"));
        if let Some(Some(value)) = rows.first().map(|row| row[0].clone()) {
            let is_bit = column.filter == Filter::Boolean;
            let literal = match is_bit {
                true => value,
                false => format!("'{}'", value.replace('\'', "''")),
            };
            let shown = if is_bit { "1" } else { "'...'" };
            let beside = match (condition, column.filter) {
                (Some(condition), filter) if filter != Filter::Id => format!(" AND {condition}"),
                _ => String::new(),
            };
            let sql =
                |value: &str| format!("SELECT * FROM {name} WHERE {column_name} = {value}{beside}");
            usual.push(Usual {
                shown: sql(shown),
                sql: sql(&literal),
            });
        }
    }
    usual
}

/// Columns of which a condition changes the requests.
fn is_usual(column: &Column) -> bool {
    match column.filter {
        Filter::Id | Filter::Parent | Filter::ParentFolder | Filter::Items => true,
        Filter::Text { eq, prefix, .. } => eq || prefix,
        Filter::DateTimeOffset => column.proof.order.is_some(),
        Filter::Directory(operators) => operators.eq.is_there() && column.name == "mail",
        _ => false,
    }
}
