//! `SQLForeignKeys`.

use super::pattern::Argument;
use super::rows::{Answer, Cell, Heading, short, text};
use super::table_arguments::{TableArgumentTexts, TableArguments, is_unqualified};
use super::{identifiers, show, tables};
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{Outcome, StatementScope};
use crate::odbc::memory::AppMemory;
use exchange_sql::{DELETE_RULE, ForeignKey, TableInfo, UPDATE_RULE};

const HEADINGS: &[Heading] = &[
    text("PKTABLE_CAT", true),
    text("PKTABLE_SCHEM", true),
    text("PKTABLE_NAME", false),
    text("PKCOLUMN_NAME", false),
    text("FKTABLE_CAT", true),
    text("FKTABLE_SCHEM", true),
    text("FKTABLE_NAME", false),
    text("FKCOLUMN_NAME", false),
    short("KEY_SEQ", false),
    short("UPDATE_RULE", true),
    short("DELETE_RULE", true),
    text("FK_NAME", true),
    text("PK_NAME", true),
    short("DEFERRABILITY", true),
];

/// `SQL_NOT_DEFERRABLE`
const NOT_DEFERRABLE: i16 = 7;

/// `SQLForeignKeys`: the keys that refer to one table, those of one table, or those of one that
/// refer to the other. In the first case they are ordered by their own tables, otherwise by the
/// tables that they refer to.
pub fn list(
    scope: &mut StatementScope<'_>,
    referenced: &TableArguments,
    referring: &TableArguments,
    memory: &impl AppMemory,
) -> Outcome {
    let identifiers = identifiers(scope);
    let referenced = Side::new(&referenced.read(scope, memory)?, identifiers)?;
    let referring = Side::new(&referring.read(scope, memory)?, identifiers)?;
    if matches!((&referenced, &referring), (Side::Any, Side::Any)) {
        return Err(Error::of(sqlstate::HY009));
    }
    let tables = tables(scope)?;
    let mut found = Vec::new();
    for table in tables.iter().filter(|table| referring.holds(&table.name)) {
        for key in table
            .foreign_keys
            .iter()
            .filter(|key| referenced.holds(&key.table))
        {
            let target = tables.iter().find(|target| target.name == key.table);
            found.extend(target.map(|target| Found { key, table, target }));
        }
    }
    // The keys of one table keep their order.
    match referring {
        Side::Any => found.sort_by(|a, b| a.table.name.cmp(&b.table.name)),
        _ => found.sort_by(|a, b| a.target.name.cmp(&b.target.name)),
    }
    let mut answer = Answer::new(HEADINGS);
    found.iter().for_each(|found| answer.push(found.row()));
    show(scope, answer)
}

/// One of the two tables in the arguments.
enum Side {
    /// The argument is null.
    Any,
    /// The argument has a catalog or a schema, so no table matches.
    Nothing,
    Table(Argument),
}

impl Side {
    fn new(arguments: &TableArgumentTexts, identifiers: bool) -> Result<Self, Error> {
        // Many applications pass an empty name instead of a null pointer.
        let Some(name) = arguments.table.as_deref().filter(|name| !name.is_empty()) else {
            return Ok(Side::Any);
        };
        Ok(match is_unqualified(arguments) {
            true => Side::Table(Argument::required_name(Some(name), identifiers)?),
            false => Side::Nothing,
        })
    }

    fn holds(&self, table: &str) -> bool {
        match self {
            Side::Any => true,
            Side::Nothing => false,
            Side::Table(name) => name.matches(table),
        }
    }
}

/// A foreign key with its two tables.
struct Found<'a> {
    key: &'a ForeignKey,
    table: &'a TableInfo,
    target: &'a TableInfo,
}

impl Found<'_> {
    fn row(&self) -> Vec<Cell> {
        let Self { key, table, target } = self;
        vec![
            Cell::Null,
            Cell::Null,
            target.name.as_str().into(),
            key.referenced.as_str().into(),
            Cell::Null,
            Cell::Null,
            table.name.as_str().into(),
            key.column.as_str().into(),
            // Every key has one column.
            1_i16.into(),
            UPDATE_RULE.code.into(),
            DELETE_RULE.code.into(),
            table.foreign_key_name(&key.column).as_str().into(),
            target.name_of_key(&key.referenced).as_deref().into(),
            NOT_DEFERRABLE.into(),
        ]
    }
}
