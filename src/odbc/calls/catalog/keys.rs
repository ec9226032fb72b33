//! `SQLPrimaryKeys`, `SQLStatistics`.

use super::rows::{Answer, Cell, Heading, HeadingKind, integer, short, text};
use super::table_arguments::TableArguments;
use super::{exact_table, show};
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{Outcome, StatementScope};
use crate::odbc::memory::AppMemory;
use exchange_sql::TableInfo;

const PRIMARY_KEY_HEADINGS: &[Heading] = &[
    text("TABLE_CAT", true),
    text("TABLE_SCHEM", true),
    text("TABLE_NAME", false),
    text("COLUMN_NAME", false),
    short("KEY_SEQ", false),
    text("PK_NAME", true),
];

/// `SQLPrimaryKeys`
pub fn primary(
    scope: &mut StatementScope<'_>,
    arguments: &TableArguments,
    memory: &impl AppMemory,
) -> Outcome {
    let arguments = arguments.read(scope, memory)?;
    let mut answer = Answer::new(PRIMARY_KEY_HEADINGS);
    if let Some(table) = exact_table(scope, &arguments)? {
        for (index, column) in table.primary_key.iter().enumerate() {
            answer.push(vec![
                Cell::Null,
                Cell::Null,
                table.name.as_str().into(),
                column.as_str().into(),
                (index as i16 + 1).into(),
                table.primary_key_name().as_str().into(),
            ]);
        }
    }
    show(scope, answer)
}

const STATISTICS_HEADINGS: &[Heading] = &[
    text("TABLE_CAT", true),
    text("TABLE_SCHEM", true),
    text("TABLE_NAME", false),
    short("NON_UNIQUE", true),
    text("INDEX_QUALIFIER", true),
    text("INDEX_NAME", true),
    short("TYPE", false),
    short("ORDINAL_POSITION", true),
    text("COLUMN_NAME", true),
    Heading {
        name: "ASC_OR_DESC",
        kind: HeadingKind::Text(1),
        nullable: true,
    },
    integer("CARDINALITY", true),
    integer("PAGES", true),
    text("FILTER_CONDITION", true),
];

/// `SQL_INDEX_UNIQUE`, `SQL_INDEX_ALL`
const UNIQUENESS: [u16; 2] = [0, 1];

/// `SQL_QUICK`, `SQL_ENSURE`
const ACCURACY: [u16; 2] = [0, 1];

const TABLE_STATISTICS: i16 = 0;
const INDEX_OTHER: i16 = 3;

/// `SQLStatistics`: the keys as unique indexes. The primary key's name sorts first, because
/// applications that update use the first unique index as the key of a row.
pub fn statistics(
    scope: &mut StatementScope<'_>,
    arguments: &TableArguments,
    unique: u16,
    accuracy: u16,
    memory: &impl AppMemory,
) -> Outcome {
    if !UNIQUENESS.contains(&unique) {
        return Err(Error::of(sqlstate::HY100));
    }
    if !ACCURACY.contains(&accuracy) {
        return Err(Error::of(sqlstate::HY101));
    }
    let arguments = arguments.read(scope, memory)?;
    let mut answer = Answer::new(STATISTICS_HEADINGS);
    if let Some(table) = exact_table(scope, &arguments)? {
        answer.push(table_row(&table));
        if !table.primary_key.is_empty() {
            index_rows(
                &mut answer,
                &table,
                &table.primary_key_name(),
                &table.primary_key,
            );
        }
        for (name, key) in table.named_unique_keys() {
            index_rows(&mut answer, &table, &name, key);
        }
    }
    show(scope, answer)
}

/// The cardinality is null if counting the rows would need the network.
fn table_row(table: &TableInfo) -> Vec<Cell> {
    let mut row = vec![Cell::Null; STATISTICS_HEADINGS.len()];
    row[2] = table.name.as_str().into();
    row[6] = TABLE_STATISTICS.into();
    let rows = table
        .cardinality
        .map(|rows| i32::try_from(rows).unwrap_or(i32::MAX));
    row[10] = rows.map_or(Cell::Null, Cell::Number);
    row
}

fn index_rows(answer: &mut Answer, table: &TableInfo, index: &str, columns: &[String]) {
    for (position, column) in columns.iter().enumerate() {
        let mut row = vec![Cell::Null; STATISTICS_HEADINGS.len()];
        row[2] = table.name.as_str().into();
        row[3] = 0_i16.into();
        row[5] = index.into();
        row[6] = INDEX_OTHER.into();
        row[7] = (position as i16 + 1).into();
        row[8] = column.as_str().into();
        answer.push(row);
    }
}
