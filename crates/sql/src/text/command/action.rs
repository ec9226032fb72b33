//! The actions that statements about temporary tables are taken apart into.

use crate::ColumnType;
use crate::text::lexer::Piece;
use crate::text::rewrite::spelling;
use datafusion::sql::sqlparser::ast::{Ident, ObjectName, ObjectNamePart};

/// The parts of a table's name, as written.
pub type TableName = Vec<String>;

/// The action for the rows of a statement's query.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// The query has no rows.
    Create(NewTable),
    /// The query's columns become the table's.
    CreateAs {
        table: TableName,
        if_not_exists: bool,
    },
    /// Columns in lower case; empty for all of them.
    Insert {
        table: TableName,
        columns: Vec<String>,
    },
    /// The query returns the table's columns, then the new values of these columns (in lower case),
    /// then whether the row changes.
    Update {
        table: TableName,
        columns: Vec<String>,
    },
    /// The query returns the rows that remain.
    Delete { table: TableName },
    Drop {
        tables: Vec<TableName>,
        if_exists: bool,
    },
}

/// A table that is created from a list of columns.
#[derive(Clone, Debug, PartialEq)]
pub struct NewTable {
    pub table: TableName,
    pub if_not_exists: bool,
    pub columns: Vec<NewColumn>,
    /// Names of columns in lower case, like those of the other keys.
    pub primary_key: Vec<String>,
    pub unique_keys: Vec<Vec<String>>,
}

/// A column as it is declared.
#[derive(Clone, Debug, PartialEq)]
pub struct NewColumn {
    pub name: String,
    pub column_type: ColumnType,
    pub nullable: bool,
}

/// A statement's text and its pieces, for the spelling of names.
#[derive(Clone, Copy)]
pub struct StatementText<'a> {
    pub sql: &'a str,
    pub pieces: &'a [Piece],
}

impl StatementText<'_> {
    pub fn table(self, name: &ObjectName) -> TableName {
        let idents = name.0.iter().filter_map(ObjectNamePart::as_ident);
        idents.map(|ident| self.ident(ident)).collect()
    }

    pub fn ident(self, ident: &Ident) -> String {
        spelling(ident, self.sql, self.pieces)
    }
}
