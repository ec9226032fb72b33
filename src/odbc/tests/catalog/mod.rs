//! Catalog functions.

mod columns;
mod foreign_keys;
mod keys;
mod tables;
mod types;

use crate::odbc::calls::catalog::table_arguments::TableArguments;
use crate::odbc::calls::results;
use crate::odbc::constants::c_type;
use crate::odbc::handles::{NO_DATA, SUCCESS};
use crate::odbc::testing::{Application, FakeConnector, column};
use exchange_sql::{Column, ColumnType, TableInfo};
use std::sync::Arc;

fn table(name: &str, table_type: &'static str, columns: Vec<Column>) -> Arc<TableInfo> {
    let key = columns.first().map(|column| column.name.clone());
    Arc::new(TableInfo {
        schema: (table_type == "SYSTEM VIEW").then_some("INFORMATION_SCHEMA"),
        name: name.to_owned(),
        table_type,
        remarks: if name == "Messages" {
            "Mail".to_owned()
        } else {
            String::new()
        },
        columns,
        primary_key: key.into_iter().collect(),
        unique_keys: vec![vec!["id".to_owned()]],
        foreign_keys: Vec::new(),
        cardinality: None,
    })
}

fn application() -> Application {
    let key = |name: &str| Column {
        nullable: false,
        ..column(name, ColumnType::Varchar { length: 450 })
    };
    let messages = vec![
        key("compositeKey"),
        Column {
            remarks: "The subject".into(),
            ..column("subject", ColumnType::Varchar { length: 255 })
        },
        column("body_content", ColumnType::LongVarchar),
        column("size", ColumnType::BigInt),
        column("received", ColumnType::Timestamp { fraction_digits: 6 }),
        column("isRead", ColumnType::Bit),
        column(
            "score",
            ColumnType::Decimal {
                precision: 10,
                scale: 2,
            },
        ),
    ];
    let tables = vec![
        table(
            "Mail_Folders",
            "TABLE",
            vec![key("key"), column("name", ColumnType::LongVarchar)],
        ),
        table("Messages", "TABLE", messages),
        table("MailXFolders", "VIEW", vec![]),
        table("Contacts", "TABLE", vec![key("id")]),
        table("TABLES", "SYSTEM VIEW", vec![key("TABLE_NAME")]),
    ];
    Application::new(FakeConnector {
        tables,
        ..FakeConnector::default()
    })
}

fn table_arguments(application: &Application, arguments: [Option<&str>; 3]) -> TableArguments {
    let [catalog, schema, table] = arguments.map(|text| application.optional(text));
    TableArguments {
        catalog,
        schema,
        table,
    }
}

/// Every cell of the result as text, `None` for NULL; then the cursor is closed.
fn cells(application: &Application) -> Vec<Vec<Option<String>>> {
    let memory = &application.memory;
    let out = memory.allocate(2);
    application.call(|scope| results::count_columns(scope, out, memory));
    let columns = memory.i16(out) as u16;
    let (buffer, length) = (memory.allocate(600), memory.allocate(8));
    let mut rows = Vec::new();
    loop {
        match application.fetch() {
            NO_DATA => break,
            code => assert_eq!(code, SUCCESS),
        }
        let row = (1..=columns).map(|column| {
            let code = application.get_data(column, c_type::CHAR, buffer, 600, length);
            assert_eq!(code, SUCCESS);
            let length = memory.len(length);
            (length >= 0).then(|| String::from_utf8(memory.bytes(buffer, length as usize)).unwrap())
        });
        rows.push(row.collect());
    }
    application.call(crate::odbc::calls::close::close_cursor);
    rows
}

/// The texts of one column, from 1.
fn texts(rows: &[Vec<Option<String>>], column: usize) -> Vec<&str> {
    rows.iter()
        .map(|row| row[column - 1].as_deref().unwrap_or("NULL"))
        .collect()
}
