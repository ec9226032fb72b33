//! Statements that create, fill, change and drop temporary tables.
//!
//! Each is taken apart into an action ([`Command`]) and a query for its rows, which runs like any
//! other query. `DELETE FROM t WHERE c` reads the rows that remain, and `UPDATE t SET a = x WHERE
//! c` reads all rows, with `CASE WHEN c THEN x END` and the value of `c`.

mod create;
mod query;
mod types;
mod unusual;

use super::lexer::Piece;
use super::rewrite::{select, spelling};
use crate::{ColumnType, Error, ErrorKind};
use datafusion::sql::sqlparser::ast::helpers::attached_token::AttachedToken;
use datafusion::sql::sqlparser::ast::{
    Assignment, AssignmentTarget, CaseWhen, Delete, Expr, FromTable, Ident, Insert, ObjectName,
    ObjectNamePart, ObjectType, Query, SelectItem, Statement, TableFactor, TableObject,
    TableWithJoins, Update, Value, WildcardAdditionalOptions,
};

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

/// The text, for the spelling of names.
#[derive(Clone, Copy)]
struct Source<'a> {
    sql: &'a str,
    pieces: &'a [Piece],
}

impl Source<'_> {
    fn table(self, name: &ObjectName) -> TableName {
        let idents = name.0.iter().filter_map(ObjectNamePart::as_ident);
        idents.map(|ident| self.ident(ident)).collect()
    }

    fn ident(self, ident: &Ident) -> String {
        spelling(ident, self.sql, self.pieces)
    }
}

/// Takes a statement apart. A query has no command, unless it has an `INTO`.
pub fn take_apart(
    statement: Statement,
    sql: &str,
    pieces: &[Piece],
) -> Result<(Box<Query>, Option<Command>), Error> {
    let source = Source { sql, pieces };
    if unusual::is_drop(&statement) {
        return Err(not_supported("DROP TABLE with PURGE or ON"));
    }
    let (query, command) = match statement {
        Statement::Query(mut query) => {
            let into = query::take_into(&mut query);
            let command = into.map(|name| Command::CreateAs {
                table: source.table(&name),
                if_not_exists: false,
            });
            return Ok((query, command));
        }
        Statement::CreateTable(create) => create::create(source, create)?,
        Statement::Insert(insert) => self::insert(source, insert)?,
        Statement::Update(update) => self::update(source, update)?,
        Statement::Delete(delete) => self::delete(source, delete)?,
        Statement::Truncate(truncate) => {
            if unusual::is_truncate(&truncate) {
                return Err(not_supported("TRUNCATE with more than a table"));
            }
            let [target] = truncate.table_names.as_slice() else {
                return Err(not_supported("TRUNCATE of several tables"));
            };
            let command = Command::Delete {
                table: source.table(&target.name),
            };
            (without_rows(&target.name), command)
        }
        Statement::Drop {
            object_type: ObjectType::Table,
            if_exists,
            names,
            ..
        } => {
            let tables = names.iter().map(|name| source.table(name)).collect();
            (no_rows(), Command::Drop { tables, if_exists })
        }
        _ => return Err(not_supported("this statement")),
    };
    Ok((query, Some(command)))
}

fn insert(source: Source<'_>, insert: Insert) -> Result<(Box<Query>, Command), Error> {
    let unusual = unusual::is_insert(&insert);
    let (TableObject::TableName(name), false) = (&insert.table, unusual) else {
        return Err(not_supported(
            "INSERT with more than a table, columns and rows",
        ));
    };
    let Some(query) = insert.source else {
        return Err(not_supported("INSERT ... DEFAULT VALUES"));
    };
    let columns = insert.columns.iter().map(last_part).collect();
    let table = source.table(name);
    Ok((query, Command::Insert { table, columns }))
}

fn update(source: Source<'_>, update: Update) -> Result<(Box<Query>, Command), Error> {
    let unusual = unusual::is_update(&update);
    let (Some(name), false) = (plain_table(&update.table), unusual) else {
        return Err(not_supported("UPDATE of more than one table"));
    };
    let table = source.table(name);
    let condition = update.selection.map_or_else(|| boolean(true), nested);
    let mut columns = Vec::new();
    let mut items = vec![SelectItem::Wildcard(WildcardAdditionalOptions::default())];
    for Assignment { target, value } in update.assignments {
        let AssignmentTarget::ColumnName(column) = target else {
            return Err(not_supported("UPDATE with a list of columns on the left"));
        };
        let column = last_part(&column);
        if columns.contains(&column) {
            return Err(Error::new(
                ErrorKind::Syntax,
                format!("column {column} is set twice"),
            ));
        }
        // A value is only computed in rows that change: in others it may divide by zero.
        items.push(unseen(columns.len(), when(condition.clone(), value, None)));
        columns.push(column);
    }
    let changes = when(condition, boolean(true), Some(boolean(false)));
    items.push(unseen(columns.len(), changes));
    let query = select(items, vec![update.table], None);
    Ok((query, Command::Update { table, columns }))
}

fn delete(source: Source<'_>, delete: Delete) -> Result<(Box<Query>, Command), Error> {
    let unusual = unusual::is_delete(&delete);
    let (FromTable::WithFromKeyword(from) | FromTable::WithoutKeyword(from)) = delete.from;
    let name = match from.as_slice() {
        [only] if !unusual => plain_table(only),
        _ => None,
    };
    let Some(name) = name else {
        return Err(not_supported("DELETE from more than one table"));
    };
    let command = Command::Delete {
        table: source.table(name),
    };
    // If the condition is unknown, the row remains.
    let stays = match delete.selection {
        Some(condition) => Expr::IsNotTrue(Box::new(nested(condition))),
        None => boolean(false),
    };
    let all = vec![SelectItem::Wildcard(WildcardAdditionalOptions::default())];
    Ok((select(all, from, Some(stays)), command))
}

/// The name of a single table.
fn plain_table(table: &TableWithJoins) -> Option<&ObjectName> {
    match &table.relation {
        TableFactor::Table {
            name, args: None, ..
        } if table.joins.is_empty() => Some(name),
        _ => None,
    }
}

/// No row of a table remains.
fn without_rows(table: &ObjectName) -> Box<Query> {
    let all = vec![SelectItem::Wildcard(WildcardAdditionalOptions::default())];
    select(all, vec![query::table(table.clone())], Some(boolean(false)))
}

/// The query of a command that reads nothing.
fn no_rows() -> Box<Query> {
    let null = Expr::Value(Value::Null.with_empty_span());
    select(vec![SelectItem::UnnamedExpr(null)], Vec::new(), None)
}

/// An item with a name that no column has.
fn unseen(number: usize, expr: Expr) -> SelectItem {
    SelectItem::ExprWithAlias {
        expr,
        alias: Ident::with_quote('"', format!("={number}")),
    }
}

fn when(condition: Expr, result: Expr, otherwise: Option<Expr>) -> Expr {
    Expr::Case {
        case_token: AttachedToken::empty(),
        end_token: AttachedToken::empty(),
        operand: None,
        conditions: vec![CaseWhen { condition, result }],
        else_result: otherwise.map(Box::new),
    }
}

fn nested(expr: Expr) -> Expr {
    Expr::Nested(Box::new(expr))
}

fn boolean(value: bool) -> Expr {
    Expr::Value(Value::Boolean(value).with_empty_span())
}

/// A column's name in lower case, without the table's name.
fn last_part(name: &ObjectName) -> String {
    let last = name.0.last().and_then(ObjectNamePart::as_ident);
    last.map_or_else(String::new, |ident| ident.value.clone())
}

fn not_supported(what: &str) -> Error {
    Error::new(ErrorKind::NotSupported, format!("{what} is not supported"))
}
