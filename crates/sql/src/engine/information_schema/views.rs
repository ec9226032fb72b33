//! The views: their columns, and their rows from the descriptions of the tables.
//!
//! Columns have the names that the standard and other databases agree on; those for comments and for
//! the column that a key refers to are MySQL's. A catalog and a schema are null, as in the catalog
//! functions.

use crate::listing::{
    Cell, Heading, HeadingKind, Listing, NAME_LENGTH, integer, long_text, remarks, text, yes_or_no,
};
use crate::{Column, DELETE_RULE, ForeignKey, Measures, TableInfo, UPDATE_RULE, is_data};
use std::sync::Arc;

/// The schema's name. It is the only one, and only for these views.
pub const NAME: &str = "INFORMATION_SCHEMA";

/// A view of `INFORMATION_SCHEMA`.
#[derive(Debug)]
pub struct View {
    pub name: &'static str,
    pub remarks: &'static str,
    pub headings: &'static [Heading],
    pub list: fn(&[Arc<TableInfo>], &mut Listing),
}

/// The name of a table and of a column in one.
const fn key_name(name: &'static str, nullable: bool) -> Heading {
    Heading {
        name,
        kind: HeadingKind::Text(2 * NAME_LENGTH + 32),
        nullable,
    }
}

/// Every view, in alphabetical order.
pub const VIEWS: &[View] = &[
    View {
        name: "COLUMNS",
        remarks: "Columns of the tables",
        headings: &[
            text("TABLE_CATALOG", true),
            text("TABLE_SCHEMA", true),
            text("TABLE_NAME", false),
            text("COLUMN_NAME", false),
            integer("ORDINAL_POSITION", false),
            text("COLUMN_DEFAULT", true),
            text("IS_NULLABLE", false),
            text("DATA_TYPE", false),
            integer("CHARACTER_MAXIMUM_LENGTH", true),
            integer("CHARACTER_OCTET_LENGTH", true),
            integer("NUMERIC_PRECISION", true),
            integer("NUMERIC_PRECISION_RADIX", true),
            integer("NUMERIC_SCALE", true),
            integer("DATETIME_PRECISION", true),
            long_text("COLUMN_COMMENT"),
        ],
        list: columns,
    },
    View {
        name: "KEY_COLUMN_USAGE",
        remarks: "Columns of primary, unique and foreign keys",
        headings: &[
            text("CONSTRAINT_CATALOG", true),
            text("CONSTRAINT_SCHEMA", true),
            key_name("CONSTRAINT_NAME", false),
            text("TABLE_CATALOG", true),
            text("TABLE_SCHEMA", true),
            text("TABLE_NAME", false),
            text("COLUMN_NAME", false),
            integer("ORDINAL_POSITION", false),
            integer("POSITION_IN_UNIQUE_CONSTRAINT", true),
            text("REFERENCED_TABLE_SCHEMA", true),
            text("REFERENCED_TABLE_NAME", true),
            text("REFERENCED_COLUMN_NAME", true),
        ],
        list: key_columns,
    },
    View {
        name: "REFERENTIAL_CONSTRAINTS",
        remarks: "Foreign keys, and the keys that they refer to",
        headings: &[
            text("CONSTRAINT_CATALOG", true),
            text("CONSTRAINT_SCHEMA", true),
            key_name("CONSTRAINT_NAME", false),
            text("UNIQUE_CONSTRAINT_CATALOG", true),
            text("UNIQUE_CONSTRAINT_SCHEMA", true),
            key_name("UNIQUE_CONSTRAINT_NAME", true),
            text("MATCH_OPTION", false),
            text("UPDATE_RULE", false),
            text("DELETE_RULE", false),
            text("TABLE_NAME", false),
            text("REFERENCED_TABLE_NAME", false),
        ],
        list: references,
    },
    View {
        name: "TABLES",
        remarks: "Tables of Exchange and temporary tables",
        headings: &[
            text("TABLE_CATALOG", true),
            text("TABLE_SCHEMA", true),
            text("TABLE_NAME", false),
            text("TABLE_TYPE", false),
            long_text("TABLE_COMMENT"),
        ],
        list: tables,
    },
    View {
        name: "TABLE_CONSTRAINTS",
        remarks: "Primary, unique and foreign keys",
        headings: &[
            text("CONSTRAINT_CATALOG", true),
            text("CONSTRAINT_SCHEMA", true),
            key_name("CONSTRAINT_NAME", false),
            text("TABLE_CATALOG", true),
            text("TABLE_SCHEMA", true),
            text("TABLE_NAME", false),
            text("CONSTRAINT_TYPE", false),
            text("IS_DEFERRABLE", false),
            text("INITIALLY_DEFERRED", false),
        ],
        list: constraints,
    },
];

/// The view of this name, matched without case.
pub fn find(name: &str) -> Option<&'static View> {
    VIEWS
        .iter()
        .find(|view| view.name.eq_ignore_ascii_case(name))
}

fn tables(tables: &[Arc<TableInfo>], listing: &mut Listing) {
    for table in tables {
        listing.push(vec![
            Cell::Null,
            Cell::Null,
            table.name.as_str().into(),
            // The standard's word for what ODBC calls TABLE, which statements look for.
            match table.table_type {
                "TABLE" => "BASE TABLE",
                other => other,
            }
            .into(),
            remarks(&table.remarks),
        ]);
    }
}

fn columns(tables: &[Arc<TableInfo>], listing: &mut Listing) {
    for table in tables {
        for (column, position) in table.columns.iter().zip(1..) {
            listing.push(column_row(table, column, position));
        }
    }
}

fn column_row(table: &TableInfo, column: &Column, position: i32) -> Vec<Cell> {
    let measures = Measures::of(column.column_type);
    // A length without a limit is null.
    let length = |length: usize| {
        let is_limited = is_data(column.column_type) && length > 0;
        is_limited.then(|| i32::try_from(length).unwrap_or(i32::MAX))
    };
    let is_number = measures.radix.is_some();
    let digits = measures.digits.map(i32::from);
    vec![
        Cell::Null,
        Cell::Null,
        table.name.as_str().into(),
        column.name.as_str().into(),
        position.into(),
        Cell::Null,
        yes_or_no(column.nullable),
        measures.name.into(),
        length(measures.size).into(),
        length(measures.octets).into(),
        is_number.then_some(measures.size as i32).into(),
        measures.radix.into(),
        digits.filter(|_| is_number).into(),
        digits.filter(|_| !is_number).into(),
        remarks(&column.remarks),
    ]
}

/// A constraint of a table, with its columns.
struct Constraint<'a> {
    name: String,
    kind: &'static str,
    columns: Vec<&'a str>,
    refers_to: Option<&'a ForeignKey>,
}

impl<'a> Constraint<'a> {
    fn of(name: String, kind: &'static str, columns: &'a [String]) -> Self {
        Self {
            name,
            kind,
            columns: columns.iter().map(String::as_str).collect(),
            refers_to: None,
        }
    }
}

fn constraints_of(table: &TableInfo) -> Vec<Constraint<'_>> {
    let mut constraints = Vec::new();
    if !table.primary_key.is_empty() {
        let name = table.primary_key_name();
        constraints.push(Constraint::of(name, "PRIMARY KEY", &table.primary_key));
    }
    let unique = table.named_unique_keys();
    constraints.extend(unique.map(|(name, columns)| Constraint::of(name, "UNIQUE", columns)));
    constraints.extend(table.foreign_keys.iter().map(|key| Constraint {
        name: table.foreign_key_name(&key.column),
        kind: "FOREIGN KEY",
        columns: vec![&key.column],
        refers_to: Some(key),
    }));
    constraints
}

fn constraints(tables: &[Arc<TableInfo>], listing: &mut Listing) {
    for table in tables {
        for constraint in constraints_of(table) {
            listing.push(vec![
                Cell::Null,
                Cell::Null,
                constraint.name.as_str().into(),
                Cell::Null,
                Cell::Null,
                table.name.as_str().into(),
                constraint.kind.into(),
                yes_or_no(false),
                yes_or_no(false),
            ]);
        }
    }
}

fn key_columns(tables: &[Arc<TableInfo>], listing: &mut Listing) {
    for table in tables {
        for constraint in constraints_of(table) {
            let key = constraint.refers_to;
            for (column, position) in constraint.columns.iter().zip(1..) {
                listing.push(vec![
                    Cell::Null,
                    Cell::Null,
                    constraint.name.as_str().into(),
                    Cell::Null,
                    Cell::Null,
                    table.name.as_str().into(),
                    (*column).into(),
                    Cell::Number(position),
                    key.map(|_| position).into(),
                    Cell::Null,
                    key.map(|key| key.table.as_str()).into(),
                    key.map(|key| key.referenced.as_str()).into(),
                ]);
            }
        }
    }
}

fn references(tables: &[Arc<TableInfo>], listing: &mut Listing) {
    for table in tables {
        for key in &table.foreign_keys {
            let target = tables.iter().find(|target| target.name == key.table);
            let referenced = target.and_then(|target| target.name_of_key(&key.referenced));
            listing.push(vec![
                Cell::Null,
                Cell::Null,
                table.foreign_key_name(&key.column).as_str().into(),
                Cell::Null,
                Cell::Null,
                referenced.as_deref().into(),
                "NONE".into(),
                UPDATE_RULE.name.into(),
                DELETE_RULE.name.into(),
                table.name.as_str().into(),
                key.table.as_str().into(),
            ]);
        }
    }
}
