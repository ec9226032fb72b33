//! The independent engine: SQLite over all rows of the tenant.

use crate::cell::Cell;
use crate::lists;
use crate::rows::{Kind, Table};
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::{ToSql, ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, Result, params_from_iter};

pub struct Reference {
    connection: Connection,
}

impl Reference {
    /// Loads the rows of every table.
    pub fn load(tables: &[Table], rows: impl Fn(&Table) -> Vec<Vec<Cell>>) -> Self {
        let connection = Connection::open_in_memory().expect("SQLite opens");
        connection
            .execute_batch("PRAGMA case_sensitive_like = ON")
            .expect("a pragma");
        register(&connection).expect("functions are registered");
        for table in tables {
            create(&connection, table, &rows(table))
                .unwrap_or_else(|error| panic!("{} does not load: {error}", table.name));
        }
        Self { connection }
    }

    /// All rows of a statement.
    pub fn query(&self, sql: &str) -> Result<Vec<Vec<Cell>>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let cells = (0..columns).map(|index| row.get_ref(index).map(cell));
            all.push(cells.collect::<Result<_>>()?);
        }
        Ok(all)
    }
}

fn create(connection: &Connection, table: &Table, rows: &[Vec<Cell>]) -> Result<()> {
    let columns = table.columns.iter().map(|column| {
        let affinity = match column.kind {
            Kind::Text | Kind::Timestamp | Kind::Date | Kind::Time => "TEXT",
            Kind::Bit | Kind::Integer => "INTEGER",
            Kind::Double => "REAL",
            Kind::Binary => "BLOB",
        };
        // The one column that compares without case.
        let collation = match column.name.as_str() {
            "mailbox" => " COLLATE NOCASE",
            _ => "",
        };
        format!("\"{}\" {affinity}{collation}", column.name)
    });
    let columns: Vec<String> = columns.collect();
    connection.execute_batch(&format!(
        "CREATE TABLE {} ({})",
        table.name,
        columns.join(", ")
    ))?;
    let markers = vec!["?"; columns.len()].join(", ");
    let mut insert =
        connection.prepare(&format!("INSERT INTO {} VALUES ({markers})", table.name))?;
    for row in rows {
        insert.execute(params_from_iter(row))?;
    }
    Ok(())
}

impl ToSql for Cell {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Cell::Null => ValueRef::Null,
            Cell::Integer(value) => ValueRef::Integer(*value),
            Cell::Double(value) => ValueRef::Real(*value),
            Cell::Text(text) => ValueRef::Text(text.as_bytes()),
            Cell::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(value) => Cell::Integer(value),
        ValueRef::Real(value) => Cell::Double(value),
        ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Cell::Bytes(bytes.to_vec()),
    }
}

/// Functions that SQLite lacks, or only has for ASCII. Names begin with `x_`.
fn register(connection: &Connection) -> Result<()> {
    text_function(connection, "x_ucase", |text| text.to_uppercase())?;
    text_function(connection, "x_lcase", |text| text.to_lowercase())?;
    connection.create_scalar_function("x_includes", 2, FLAGS, |context| {
        let (list, item) = (argument(context, 0)?, argument(context, 1)?);
        let found = list
            .zip(item)
            .map(|(list, item)| lists::items(&list).contains(&item));
        Ok(found)
    })?;
    sliced(connection, "x_left", |characters, length| {
        characters[..length].to_vec()
    })?;
    sliced(connection, "x_right", |characters, length| {
        characters[characters.len() - length..].to_vec()
    })
}

const FLAGS: FunctionFlags = FunctionFlags::SQLITE_UTF8.union(FunctionFlags::SQLITE_DETERMINISTIC);

fn text_function(connection: &Connection, name: &str, function: fn(&str) -> String) -> Result<()> {
    connection.create_scalar_function(name, 1, FLAGS, move |context| {
        Ok(argument(context, 0)?.map(|text| function(&text)))
    })
}

/// A function of a text and a number of characters.
fn sliced(
    connection: &Connection,
    name: &str,
    function: fn(&[char], usize) -> Vec<char>,
) -> Result<()> {
    connection.create_scalar_function(name, 2, FLAGS, move |context| {
        let (Some(text), Some(length)) = (argument(context, 0)?, context.get::<Option<usize>>(1)?)
        else {
            return Ok(None);
        };
        let characters: Vec<char> = text.chars().collect();
        let slice = function(&characters, length.min(characters.len()));
        Ok(Some(slice.into_iter().collect::<String>()))
    })
}

fn argument(context: &Context<'_>, index: usize) -> Result<Option<String>> {
    Ok(match context.get::<Value>(index)? {
        Value::Null => None,
        Value::Text(text) => Some(text),
        other => panic!("a text function was called with {other:?}"),
    })
}
