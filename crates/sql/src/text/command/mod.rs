//! Statements that create, fill, change and drop temporary tables.
//!
//! Each is taken apart into an action ([`Command`]) and a query for its rows, which runs like any
//! other query. `DELETE FROM t WHERE c` reads the rows that remain, and `UPDATE t SET a = x WHERE
//! c` reads all rows, with `CASE WHEN c THEN x END` and the value of `c`.

mod action;
mod create;
mod declared_type;
mod query;
mod unusual;

pub use action::{Command, NewTable, TableName};

use super::lexer::Piece;
use super::rewrite::select;
use crate::{Error, ErrorKind};
use action::StatementText;
use datafusion::sql::sqlparser::ast::helpers::attached_token::AttachedToken;
use datafusion::sql::sqlparser::ast::{
    Assignment, AssignmentTarget, CaseWhen, Delete, Expr, FromTable, Ident, Insert, ObjectName,
    ObjectNamePart, ObjectType, Query, SelectItem, Statement, TableFactor, TableObject,
    TableWithJoins, Update, Value, WildcardAdditionalOptions,
};
use query::no_rows;
use unusual::not_supported;

/// Takes a statement apart. A query has no command, unless it has an `INTO`.
pub fn take_apart(
    statement: Statement,
    sql: &str,
    pieces: &[Piece],
) -> Result<(Box<Query>, Option<Command>), Error> {
    let text = StatementText { sql, pieces };
    if unusual::is_drop(&statement) {
        return Err(not_supported("DROP TABLE with PURGE or ON"));
    }
    let (query, command) = match statement {
        Statement::Query(mut query) => {
            let into = query::take_into(&mut query);
            let command = into.map(|name| Command::CreateAs {
                table: text.table(&name),
                if_not_exists: false,
            });
            return Ok((query, command));
        }
        Statement::CreateTable(create) => create::create(text, create)?,
        Statement::Insert(insert) => self::insert(text, insert)?,
        Statement::Update(update) => self::update(text, update)?,
        Statement::Delete(delete) => self::delete(text, delete)?,
        Statement::Truncate(truncate) => {
            if unusual::is_truncate(&truncate) {
                return Err(not_supported("TRUNCATE with more than a table"));
            }
            let [target] = truncate.table_names.as_slice() else {
                return Err(not_supported("TRUNCATE of several tables"));
            };
            let command = Command::Delete {
                table: text.table(&target.name),
            };
            (without_rows(&target.name), command)
        }
        Statement::Drop {
            object_type: ObjectType::Table,
            if_exists,
            names,
            ..
        } => {
            let tables = names.iter().map(|name| text.table(name)).collect();
            (no_rows(), Command::Drop { tables, if_exists })
        }
        _ => return Err(not_supported("this statement")),
    };
    Ok((query, Some(command)))
}

fn insert(text: StatementText<'_>, insert: Insert) -> Result<(Box<Query>, Command), Error> {
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
    let table = text.table(name);
    Ok((query, Command::Insert { table, columns }))
}

fn update(text: StatementText<'_>, update: Update) -> Result<(Box<Query>, Command), Error> {
    let unusual = unusual::is_update(&update);
    let (Some(name), false) = (plain_table(&update.table), unusual) else {
        return Err(not_supported("UPDATE of more than one table"));
    };
    let table = text.table(name);
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

fn delete(text: StatementText<'_>, delete: Delete) -> Result<(Box<Query>, Command), Error> {
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
        table: text.table(name),
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
