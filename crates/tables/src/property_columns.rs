//! Tables with columns that a connection adds: extended properties, by their ids.
//!
//! Definitions live as long as the process, so those with the same columns are made once.

use super::ColumnType;
use super::definition::{Column, ColumnSource, Table};
use super::definitions::{TABLES, derived, table};
use exchange_config::{PropertyColumn, PropertyType, Settings};
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

/// The longest text that the driver declares; longer ones still come whole.
const TEXT_LENGTH: u32 = 1024;

/// The most tables with other columns than those of the definitions.
const MOST: usize = 1_000;

/// Columns that change how others are shown, wherever they are.
const RESERVED: &[&str] = &["isAllDay"];

type Made = HashMap<(&'static str, Vec<PropertyColumn>), &'static Table>;

static MADE: LazyLock<Mutex<Made>> = LazyLock::new(Mutex::default);

/// Every table of a connection, in alphabetical order.
pub fn tables(settings: &Settings) -> Vec<&'static Table> {
    let tables = TABLES.iter().copied();
    tables.map(|table| with_columns(table, settings)).collect()
}

/// The mistake in the columns that a connection adds, if there is one.
pub fn mistake(settings: &Settings) -> Option<String> {
    for column in &settings.extended_properties {
        let (of, name) = (column.table, &column.name);
        let is_taken = table(of).is_some_and(|table| table.column(name).is_some());
        if is_taken
            || RESERVED
                .iter()
                .any(|taken| taken.eq_ignore_ascii_case(name))
        {
            return Some(format!(
                "ExtendedProperties names the column {of}.{name}, which has a meaning already: choose another name"
            ));
        }
    }
    let made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let mut tables = TABLES
        .iter()
        .map(|table| (table.name, columns_of(table, settings)));
    let needs_more = tables.any(|table| !table.1.is_empty() && !made.contains_key(&table));
    (needs_more && made.len() >= MOST).then(|| {
        "the connections of this process have named too many different ExtendedProperties: use the same ones".to_owned()
    })
}

fn columns_of(table: &Table, settings: &Settings) -> Vec<PropertyColumn> {
    let named = settings.extended_properties.iter();
    let named = named.filter(|column| column.table == table.name);
    named.cloned().collect()
}

fn with_columns(table: &'static Table, settings: &Settings) -> &'static Table {
    let named = columns_of(table, settings);
    if named.is_empty() {
        return table;
    }
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    made.entry((table.name, named.clone()))
        .or_insert_with(|| make(table, named))
}

fn make(table: &'static Table, named: Vec<PropertyColumn>) -> &'static Table {
    let own = table.columns.iter().copied();
    let columns: Vec<Column> = own.chain(named.into_iter().map(column)).collect();
    Box::leak(Box::new(Table {
        columns: Box::leak(columns.into_boxed_slice()),
        ..*table
    }))
}

fn column(named: PropertyColumn) -> Column {
    let column_type = match named.id.value_type() {
        PropertyType::Boolean => ColumnType::Bit,
        PropertyType::Integer => ColumnType::Integer,
        PropertyType::BigInt => ColumnType::BigInt,
        PropertyType::Double => ColumnType::Double,
        PropertyType::Timestamp => ColumnType::Timestamp { fraction_digits: 6 },
        PropertyType::Binary => ColumnType::LongVarbinary,
        PropertyType::Text => ColumnType::Varchar {
            length: TEXT_LENGTH,
        },
    };
    let named: &'static PropertyColumn = Box::leak(Box::new(named));
    Column {
        remarks: "Extended property that the connection names",
        ..derived(&named.name, column_type, ColumnSource::PropertyValue(named))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use exchange_config::{DataSources, from_connection_string};

    fn settings(columns: &str) -> Settings {
        let text = format!("AccessToken=x;ExtendedProperties={{{columns}}}");
        let read = from_connection_string(&text, &DataSources::files([]));
        read.expect("settings").settings
    }

    fn messages(settings: &Settings) -> &'static Table {
        let mut tables = tables(settings).into_iter();
        tables
            .find(|table| table.name == "Messages")
            .expect("Messages")
    }

    #[test]
    fn tables_with_the_same_columns_are_made_once() {
        let both = settings("Messages.size=Integer 0x0E08;Events.size=Integer 0x0E08");
        let one = settings("Messages.size=Integer 0x0E08");
        let other = settings("Messages.weight=Integer 0x0E08");
        assert!(std::ptr::eq(messages(&both), messages(&one)));
        assert!(!std::ptr::eq(messages(&both), messages(&other)));
        let none = settings("Events.size=Integer 0x0E08");
        assert!(std::ptr::eq(
            messages(&none),
            table("Messages").expect("Messages")
        ));
        let size = messages(&one).column("SIZE").expect("the column");
        assert_eq!((size.name, size.column_type), ("size", ColumnType::Integer));
        assert_eq!(tables(&both).len(), TABLES.len());
    }

    #[test]
    fn names_with_a_meaning_are_refused() {
        for name in ["subject", "SUBJECT", "isAllDay"] {
            let columns = format!("Messages.{name}=String 0x001A");
            let mistake = mistake(&settings(&columns)).expect(name);
            assert!(mistake.contains(name), "{mistake}");
        }
        assert_eq!(mistake(&settings("Messages.size=Integer 0x0E08")), None);
    }
}
