//! How statements about temporary tables are taken apart.

use super::{error, one};
use crate::text::command::{Command, NewTable};
use crate::{ColumnType, ErrorKind};

fn command(sql: &str) -> Command {
    one(sql).command.unwrap_or_else(|| panic!("a query: {sql}"))
}

fn new_table(sql: &str) -> NewTable {
    match command(sql) {
        Command::Create(new) => new,
        other => panic!("{sql}: {other:?}"),
    }
}

fn name(name: &str) -> Vec<String> {
    vec![name.to_owned()]
}

#[test]
fn every_spelling_of_create_makes_a_table() {
    for (sql, table) in [
        ("CREATE LOCAL TEMPORARY TABLE Kept (a INT)", "Kept"),
        (
            "create temp table if not exists \"Kept it\" (a int)",
            "Kept it",
        ),
        ("CREATE TEMPORARY TABLE [Kept] (a INT)", "Kept"),
        ("CREATE TABLE #Kept (a INT)", "#Kept"),
        (
            "CREATE LOCAL TEMPORARY TABLE \"#T_1\" (\"COL\" INTEGER) ON COMMIT PRESERVE ROWS",
            "#T_1",
        ),
    ] {
        let new = new_table(sql);
        assert_eq!(new.table, name(table), "{sql}");
        assert_eq!(new.columns.len(), 1, "{sql}");
        assert_eq!(new.columns[0].column_type, ColumnType::Integer, "{sql}");
        assert_eq!(new.if_not_exists, sql.contains("exists"), "{sql}");
    }
}

#[test]
fn types_are_read_by_their_names_in_many_databases() {
    let varchar = |length| ColumnType::Varchar { length };
    let decimal = |precision, scale| ColumnType::Decimal { precision, scale };
    let timestamp = ColumnType::Timestamp { fraction_digits: 6 };
    for (written, expected) in [
        ("VARCHAR(20)", varchar(20)),
        ("nvarchar(20)", varchar(20)),
        ("CHARACTER VARYING(7)", varchar(7)),
        ("CHAR", varchar(1)),
        ("nchar(3)", varchar(3)),
        ("WVARCHAR(9)", varchar(9)),
        ("NVARCHAR(MAX)", ColumnType::LongVarchar),
        ("TEXT", ColumnType::LongVarchar),
        ("LONGVARCHAR", ColumnType::LongVarchar),
        ("uniqueidentifier", varchar(36)),
        ("INTEGER", ColumnType::Integer),
        ("BIGINT", ColumnType::BigInt),
        ("SMALLINT", ColumnType::SmallInt),
        ("TINYINT", ColumnType::TinyInt),
        ("DOUBLE PRECISION", ColumnType::Double),
        ("DOUBLE", ColumnType::Double),
        ("FLOAT", ColumnType::Double),
        ("FLOAT(24)", ColumnType::Real),
        ("REAL", ColumnType::Real),
        ("DECIMAL(12,2)", decimal(12, 2)),
        ("NUMERIC(5)", decimal(5, 0)),
        ("DECIMAL", decimal(18, 0)),
        ("money", decimal(19, 4)),
        ("BIT", ColumnType::Bit),
        ("BOOLEAN", ColumnType::Bit),
        ("DATE", ColumnType::Date),
        ("TIME", ColumnType::Time { fraction_digits: 6 }),
        ("TIMESTAMP", timestamp),
        ("DATETIME", timestamp),
        ("datetime2", timestamp),
        ("VARBINARY(8)", ColumnType::Varbinary { length: 8 }),
        ("BYTEA", ColumnType::LongVarbinary),
    ] {
        let new = new_table(&format!("CREATE TABLE #t (c {written})"));
        assert_eq!(new.columns[0].column_type, expected, "{written}");
    }
    for written in [
        "geometry",
        "DECIMAL(39,2)",
        "DECIMAL(5,6)",
        "TIMESTAMP WITH TIME ZONE",
        "INTERVAL",
    ] {
        let error = error(&format!("CREATE TABLE #t (c {written})"));
        assert_eq!(error.kind, ErrorKind::NotSupported, "{written}: {error}");
    }
}

#[test]
fn keys_are_read_from_columns_and_from_the_table() {
    for sql in [
        "CREATE TABLE t (Id INT PRIMARY KEY, b TEXT UNIQUE NULL)",
        "CREATE TABLE t (Id INT, b TEXT, CONSTRAINT p PRIMARY KEY (ID), UNIQUE (B))",
    ] {
        let new = new_table(sql);
        assert_eq!(new.primary_key, name("id"), "{sql}");
        assert_eq!(new.unique_keys, [name("b")], "{sql}");
        let nullable: Vec<bool> = new.columns.iter().map(|column| column.nullable).collect();
        assert_eq!(nullable, [false, true], "{sql}");
    }
}

#[test]
fn what_a_table_cannot_be_is_refused() {
    for (sql, kind) in [
        ("CREATE TABLE t (a INT, A INT)", ErrorKind::Syntax),
        ("CREATE TABLE t", ErrorKind::Syntax),
        (
            "CREATE TABLE t (a INT PRIMARY KEY, b INT PRIMARY KEY)",
            ErrorKind::Syntax,
        ),
        (
            "CREATE TABLE t (a INT, PRIMARY KEY (b))",
            ErrorKind::ColumnNotFound,
        ),
        ("CREATE TABLE t (a INT DEFAULT 1)", ErrorKind::NotSupported),
        (
            "CREATE TABLE t (a INT CHECK (a > 1))",
            ErrorKind::NotSupported,
        ),
        (
            "CREATE TABLE t (a INT REFERENCES u (b))",
            ErrorKind::NotSupported,
        ),
        (
            "CREATE TABLE t (a INT) ON COMMIT DELETE ROWS",
            ErrorKind::NotSupported,
        ),
        (
            "CREATE TABLE t (a INT) WITH (fillfactor = 70)",
            ErrorKind::NotSupported,
        ),
        ("TRUNCATE TABLE IF EXISTS t", ErrorKind::NotSupported),
        ("DELETE FROM t TABLESAMPLE (10)", ErrorKind::Syntax),
        ("CREATE OR REPLACE TABLE t (a INT)", ErrorKind::NotSupported),
        (
            "CREATE TABLE t (PRIMARY KEY (a)) AS SELECT 1 AS a",
            ErrorKind::NotSupported,
        ),
        ("UPDATE t SET a = 1, a = 2", ErrorKind::Syntax),
        ("INSERT INTO t DEFAULT VALUES", ErrorKind::NotSupported),
    ] {
        let error = error(sql);
        assert_eq!(error.kind, kind, "{sql}: {error}");
    }
}

#[test]
fn rows_come_from_a_query() {
    for (sql, query) in [
        ("INSERT INTO T (A, b) VALUES (?, 2)", "VALUES ($1, 2)"),
        (
            "INSERT INTO t SELECT TOP 2 x FROM u",
            "SELECT x FROM u LIMIT 2",
        ),
        ("SELECT x INTO #t FROM u", "SELECT x FROM u"),
        ("CREATE TABLE t AS SELECT x FROM u", "SELECT x FROM u"),
        ("DELETE FROM t", "SELECT * FROM t WHERE false"),
        ("TRUNCATE TABLE t", "SELECT * FROM t WHERE false"),
        (
            "DELETE FROM t WHERE a = 1",
            "SELECT * FROM t WHERE (a = 1) IS NOT TRUE",
        ),
        (
            "UPDATE t SET a = ? WHERE b = 1",
            "SELECT *, CASE WHEN (b = 1) THEN $1 END AS \"=0\", \
             CASE WHEN (b = 1) THEN true ELSE false END AS \"=1\" FROM t",
        ),
    ] {
        let parsed = one(sql);
        assert!(parsed.command.is_some(), "{sql}");
        assert_eq!(parsed.statement.to_string(), query, "{sql}");
    }
    assert_eq!(
        command("INSERT INTO T (A, b) VALUES (?, 2)"),
        Command::Insert {
            table: name("T"),
            columns: vec!["a".to_owned(), "b".to_owned()],
        }
    );
}
