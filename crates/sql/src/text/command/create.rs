//! `CREATE TABLE`.

use super::action::{Command, NewColumn, NewTable, StatementText};
use super::declared_type;
use super::query::no_rows;
use super::unusual::{self, not_supported};
use crate::{Error, ErrorKind};
use datafusion::sql::sqlparser::ast::{
    ColumnDef, ColumnOption, ConstraintCharacteristics, CreateTable, DeferrableInitial, Expr,
    IndexColumn, Query, TableConstraint,
};

/// The new table of `CREATE TABLE`, and the query that fills it.
pub fn create(
    text: StatementText<'_>,
    create: CreateTable,
) -> Result<(Box<Query>, Command), Error> {
    if let Some(clause) = unusual::of_create(&create) {
        return Err(not_supported(clause));
    }
    let table = text.table(&create.name);
    let if_not_exists = create.if_not_exists;
    if let Some(query) = create.query {
        if !create.columns.is_empty() || !create.constraints.is_empty() {
            return Err(not_supported(
                "CREATE TABLE with columns or keys and AS SELECT",
            ));
        }
        let command = Command::CreateAs {
            table,
            if_not_exists,
        };
        return Ok((query, command));
    }
    if create.columns.is_empty() {
        return Err(Error::new(
            ErrorKind::Syntax,
            "CREATE TABLE needs a list of columns or AS SELECT",
        ));
    }
    let mut new = NewTable {
        table,
        if_not_exists,
        columns: Vec::new(),
        primary_key: Vec::new(),
        unique_keys: Vec::new(),
    };
    for column in &create.columns {
        add_column(text, &mut new, column)?;
    }
    for constraint in &create.constraints {
        add_constraint(&mut new, constraint)?;
    }
    check(&mut new)?;
    Ok((no_rows(), Command::Create(new)))
}

fn add_column(
    text: StatementText<'_>,
    new: &mut NewTable,
    column: &ColumnDef,
) -> Result<(), Error> {
    let name = text.ident(&column.name);
    let lower = column.name.value.clone();
    let mut nullable = true;
    for option in &column.options {
        match &option.option {
            ColumnOption::Null => {}
            ColumnOption::NotNull => nullable = false,
            ColumnOption::PrimaryKey(key) if new.primary_key.is_empty() => {
                check_timing(key.characteristics.as_ref())?;
                new.primary_key = vec![lower.clone()];
            }
            ColumnOption::PrimaryKey(_) => return Err(second_primary_key()),
            ColumnOption::Unique(key) => {
                check_timing(key.characteristics.as_ref())?;
                new.unique_keys.push(vec![lower.clone()]);
            }
            _ => {
                return Err(not_supported(&format!(
                    "a declaration of column {name} other than NULL, NOT NULL, PRIMARY KEY and UNIQUE"
                )));
            }
        }
    }
    let column_type = declared_type::column_type(&column.data_type).ok_or_else(|| {
        Error::new(
            ErrorKind::NotSupported,
            format!("the type of column {name} is not supported; SQLGetTypeInfo lists the types"),
        )
    })?;
    new.columns.push(NewColumn {
        name,
        column_type,
        nullable,
    });
    Ok(())
}

fn add_constraint(new: &mut NewTable, constraint: &TableConstraint) -> Result<(), Error> {
    match constraint {
        TableConstraint::PrimaryKey(_) if !new.primary_key.is_empty() => Err(second_primary_key()),
        TableConstraint::PrimaryKey(key) => {
            check_timing(key.characteristics.as_ref())?;
            new.primary_key = names(&key.columns)?;
            Ok(())
        }
        TableConstraint::Unique(key) => {
            check_timing(key.characteristics.as_ref())?;
            new.unique_keys.push(names(&key.columns)?);
            Ok(())
        }
        _ => Err(not_supported(
            "a constraint other than PRIMARY KEY and UNIQUE",
        )),
    }
}

/// Every statement checks keys at once, so other timings are refused.
fn check_timing(timing: Option<&ConstraintCharacteristics>) -> Result<(), Error> {
    let is_otherwise = |timing: &ConstraintCharacteristics| {
        timing.deferrable == Some(true)
            || timing.initially == Some(DeferrableInitial::Deferred)
            || timing.enforced == Some(false)
    };
    match timing.is_some_and(is_otherwise) {
        true => Err(not_supported("a key that is not checked at once")),
        false => Ok(()),
    }
}

fn second_primary_key() -> Error {
    Error::new(ErrorKind::Syntax, "a table has only one PRIMARY KEY")
}

fn names(columns: &[IndexColumn]) -> Result<Vec<String>, Error> {
    let name = |column: &IndexColumn| match &column.column.expr {
        Expr::Identifier(ident) => Ok(ident.value.clone()),
        _ => Err(not_supported("a key of expressions")),
    };
    columns.iter().map(name).collect()
}

/// Checks that names are unique, keys name columns, and the primary key is not nullable.
fn check(new: &mut NewTable) -> Result<(), Error> {
    let lower: Vec<String> = new.columns.iter().map(|c| c.name.to_lowercase()).collect();
    if let Some((index, _)) =
        (lower.iter().enumerate()).find(|(at, name)| lower[..*at].contains(name))
    {
        return Err(Error::new(
            ErrorKind::Syntax,
            format!("column {} is declared twice", new.columns[index].name),
        ));
    }
    let keys = new.unique_keys.iter().flatten().chain(&new.primary_key);
    if let Some(name) = keys.into_iter().find(|name| !lower.contains(name)) {
        return Err(Error::new(
            ErrorKind::ColumnNotFound,
            format!("a key names column {name}, which the table does not have"),
        ));
    }
    for (column, name) in new.columns.iter_mut().zip(&lower) {
        column.nullable &= !new.primary_key.contains(name);
    }
    Ok(())
}
