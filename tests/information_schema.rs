//! `INFORMATION_SCHEMA` from outside: it says the same as the catalog functions, and asks nobody.

use driver_harness::client::constants::{INTEGER, NO_DATA};
use driver_harness::client::{self, Connection, Parameter, Row};
use driver_harness::{simulator, tenant};
use graph_simulator::Simulator;
use std::collections::BTreeSet;

const TEMPORARY: &[&str] = &[
    "CREATE TABLE Staff (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(10) UNIQUE, pay DECIMAL(8,2),
        since TIMESTAMP, picture VARBINARY(100), notes TEXT, rate REAL, day DATE, start TIME, UNIQUE (name, pay))",
    "CREATE TABLE #copy AS SELECT subject, isRead FROM Messages WHERE 1 = 0",
    "CREATE TABLE tables (columns VARCHAR(5))",
];

struct Opened {
    connection: Connection,
    simulator: Simulator,
}

/// A connection with temporary tables, that has sent no request since.
fn open(keys: &str) -> Opened {
    let simulator = simulator::start(tenant::odd());
    let connection =
        client::connect(&simulator::alice(&simulator, keys)).expect("Alice may log in");
    for sql in TEMPORARY {
        match connection.execute(sql) {
            Err(failure) if failure.code != NO_DATA => panic!("{sql}: {failure}"),
            _ => {}
        }
    }
    simulator.clear_log();
    Opened {
        connection,
        simulator,
    }
}

impl Opened {
    fn rows(&self, sql: &str) -> Vec<Row> {
        let rows = self.connection.query(sql);
        rows.unwrap_or_else(|failure| panic!("{sql}: {failure}"))
    }

    fn state(&self, sql: &str) -> String {
        match self.connection.execute(sql) {
            Ok(_) => panic!("accepted: {sql}"),
            Err(failure) => failure.state().to_owned(),
        }
    }

    /// Every row of a view, by these columns.
    fn view(&self, name: &str, columns: &str) -> BTreeSet<Row> {
        let sql = format!("SELECT {columns} FROM INFORMATION_SCHEMA.{name}");
        let rows = self.rows(&sql);
        let count = rows.len();
        let rows = BTreeSet::from_iter(rows);
        assert_eq!(rows.len(), count, "{sql} has rows twice");
        rows
    }

    fn tables(&self) -> Vec<String> {
        let rows = self.connection.tables(None, None).unwrap().rows().unwrap();
        rows.into_iter()
            .map(|row| row[2].clone().unwrap())
            .collect()
    }

    /// The rows that a catalog function has for every table.
    fn of_tables(
        &self,
        function: fn(&Connection, &str) -> client::Result<client::Statement>,
    ) -> Vec<Row> {
        let tables = self.tables().into_iter();
        let rows = tables.map(|table| function(&self.connection, &table).unwrap().rows().unwrap());
        rows.flatten().collect()
    }

    fn assert_no_request(&self) {
        assert_eq!(simulator::requests(&self.simulator).len(), 0);
    }
}

/// Some cells of a row.
fn cells<const N: usize>(row: &Row, numbers: [usize; N]) -> Row {
    numbers
        .iter()
        .map(|number| row[number - 1].clone())
        .collect()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn tables_are_those_of_sqltables() {
    let opened = open("");
    let listed = opened
        .connection
        .tables(None, None)
        .unwrap()
        .rows()
        .unwrap();
    let expected = listed.iter().map(|row| {
        let mut row = cells(row, [1, 2, 3, 4, 5]);
        // The standard's word.
        if row[3] == some("TABLE") {
            row[3] = some("BASE TABLE");
        }
        row
    });
    let columns = "TABLE_CATALOG, TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, TABLE_COMMENT";
    let found = opened.view("TABLES", columns);
    assert_eq!(found, expected.collect());
    assert!(found.len() > TEMPORARY.len());
    opened.assert_no_request();
}

#[test]
fn columns_are_those_of_sqlcolumns() {
    let opened = open("");
    let listed = opened
        .connection
        .columns(None, None)
        .unwrap()
        .rows()
        .unwrap();
    let expected = listed.iter().map(|row| {
        let [size, digits, octets] = [7, 9, 16].map(|number: usize| row[number - 1].clone());
        let is_data = octets.is_some();
        let is_number = row[9].is_some();
        let limited =
            |length: &Option<String>| length.clone().filter(|text| is_data && text != "0");
        let mut expected = cells(row, [1, 2, 3, 4, 17, 13, 18, 6]);
        expected.extend([
            limited(&size),
            limited(&octets),
            size.clone().filter(|_| is_number),
            row[9].clone(),
            digits.clone().filter(|_| is_number),
            digits.clone().filter(|_| !is_number),
            row[11].clone(),
        ]);
        expected
    });
    let columns =
        "TABLE_CATALOG, TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, ORDINAL_POSITION, COLUMN_DEFAULT,
        IS_NULLABLE, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, CHARACTER_OCTET_LENGTH, NUMERIC_PRECISION,
        NUMERIC_PRECISION_RADIX, NUMERIC_SCALE, DATETIME_PRECISION, COLUMN_COMMENT";
    let found = opened.view("COLUMNS", columns);
    assert_eq!(found, expected.collect());
    for table in opened.tables() {
        assert!(found.iter().any(|row| row[2] == some(&table)), "{table}");
    }
    let name = found
        .iter()
        .find(|row| row[2] == some("Staff") && row[3] == some("name"));
    let facts: Vec<Option<&str>> = name.unwrap()[6..10].iter().map(Option::as_deref).collect();
    assert_eq!(
        facts,
        [Some("YES"), Some("VARCHAR"), Some("10"), Some("40")]
    );
    opened.assert_no_request();
}

#[test]
fn keys_are_those_of_the_catalog_functions() {
    for keys in ["", "KeyColumn=SafeKey;", "KeyColumn=Id;"] {
        let opened = open(keys);
        let primary = opened.of_tables(Connection::primary_keys);
        let unique = opened.of_tables(Connection::statistics);
        let foreign = opened.of_tables(Connection::foreign_keys);
        // The constraint's name, the table, the column, its place, and the column that it refers to.
        let of_primary = primary.iter().map(|row| {
            let mut key = cells(row, [6, 3, 4, 5]);
            key.extend([None, None]);
            key
        });
        let of_unique = unique.iter().filter(|row| row[8].is_some()).map(|row| {
            let mut key = cells(row, [6, 3, 9, 8]);
            key.extend([None, None]);
            key
        });
        let of_foreign = foreign.iter().map(|row| cells(row, [12, 7, 8, 9, 3, 4]));
        let expected: BTreeSet<Row> = of_primary.chain(of_unique).chain(of_foreign).collect();
        let columns = "CONSTRAINT_NAME, TABLE_NAME, COLUMN_NAME, ORDINAL_POSITION, REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME";
        assert_eq!(opened.view("KEY_COLUMN_USAGE", columns), expected, "{keys}");

        let kinds = opened.view(
            "TABLE_CONSTRAINTS",
            "CONSTRAINT_NAME, TABLE_NAME, CONSTRAINT_TYPE",
        );
        let names: BTreeSet<Row> = kinds.iter().map(|row| cells(row, [1, 2])).collect();
        assert_eq!(
            names,
            expected.iter().map(|row| cells(row, [1, 2])).collect()
        );
        let of_kind = |kind| {
            let of_kind = kinds.iter().filter(move |row| row[2] == some(kind));
            of_kind.map(|row| cells(row, [1])).collect::<BTreeSet<_>>()
        };
        assert_eq!(
            of_kind("PRIMARY KEY"),
            primary.iter().map(|row| cells(row, [6])).collect()
        );
        assert_eq!(
            of_kind("FOREIGN KEY"),
            foreign.iter().map(|row| cells(row, [12])).collect()
        );

        let columns = "CONSTRAINT_NAME, TABLE_NAME, UNIQUE_CONSTRAINT_NAME, REFERENCED_TABLE_NAME, UPDATE_RULE, DELETE_RULE";
        let expected = foreign.iter().map(|row| {
            let mut expected = cells(row, [12, 7, 13, 3]);
            let rule = |code: &Option<String>| match code.as_deref() {
                Some("0") => some("CASCADE"),
                Some("3") => some("NO ACTION"),
                other => panic!("{other:?}"),
            };
            expected.extend([rule(&row[9]), rule(&row[10])]);
            expected
        });
        assert_eq!(
            opened.view("REFERENTIAL_CONSTRAINTS", columns),
            expected.collect(),
            "{keys}"
        );
        opened.assert_no_request();
    }
}

#[test]
fn views_are_tables_like_others() {
    let opened = open("");
    let one = |sql: &str| {
        let rows = opened.rows(sql);
        assert_eq!(rows.len(), 1, "{sql}");
        rows[0][0].clone().unwrap()
    };
    let count = opened.tables().len().to_string();
    for table in [
        "INFORMATION_SCHEMA.TABLES",
        "information_schema.tables",
        "\"Information_Schema\".\"Tables\"",
        "[INFORMATION_SCHEMA].[TABLES] AS tables",
    ] {
        assert_eq!(one(&format!("SELECT COUNT(*) FROM {table}")), count);
    }
    assert_eq!(
        one(
            "SELECT t.TABLE_NAME FROM INFORMATION_SCHEMA.TABLES t JOIN INFORMATION_SCHEMA.COLUMNS c
             ON c.TABLE_NAME = t.TABLE_NAME WHERE c.column_name = 'wellKnownName' ORDER BY 1"
        ),
        "MailFolders"
    );
    assert_eq!(
        one("SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES JOIN INFORMATION_SCHEMA.TABLE_CONSTRAINTS
             USING (TABLE_NAME) WHERE CONSTRAINT_TYPE = 'PRIMARY KEY'"),
        // Two temporary tables have no primary key.
        (opened.tables().len() - 2).to_string()
    );
    assert_eq!(
        one(
            "SELECT INFORMATION_SCHEMA.TABLES.TABLE_TYPE FROM INFORMATION_SCHEMA.TABLES WHERE TABLES.TABLE_NAME = 'Staff'"
        ),
        "LOCAL TEMPORARY"
    );
    assert_eq!(
        one("SELECT COUNT(*) FROM Staff WHERE EXISTS
             (SELECT 1 FROM INFORMATION_SCHEMA.TABLES, INFORMATION_SCHEMA.COLUMNS)"),
        "0"
    );
    let sql = "SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = ? AND ORDINAL_POSITION <= ?
               ORDER BY ORDINAL_POSITION DESC";
    let parameters = [Parameter::Text("Staff".to_owned()), Parameter::Integer(2)];
    let found = opened
        .connection
        .execute_with(sql, &parameters)
        .unwrap()
        .rows()
        .unwrap();
    assert_eq!(found, [[some("name")], [some("id")]]);
    opened.assert_no_request();
}

/// A view is described and explained without a request, and shows the tables of the moment.
#[test]
fn views_are_described_and_explained() {
    let opened = open("");
    let mut all = opened
        .connection
        .prepare("SELECT * FROM information_schema.key_column_usage")
        .unwrap();
    let names: Vec<String> = all
        .columns()
        .unwrap()
        .into_iter()
        .map(|column| column.name)
        .collect();
    assert_eq!(names[2], "CONSTRAINT_NAME");
    assert_eq!(names.last().unwrap(), "REFERENCED_COLUMN_NAME");
    assert_eq!(all.column(8).unwrap().sql_type, INTEGER);

    let explained = opened.rows(
        "EXPLAIN SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_TYPE = 'BASE TABLE'",
    );
    let text = explained
        .iter()
        .flatten()
        .flatten()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("\n");
    assert!(text.contains("Read INFORMATION_SCHEMA.TABLES"), "{text}");
    assert!(!text.contains("GET"), "{text}");

    let mut statement = opened
        .connection
        .prepare("SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES")
        .unwrap();
    let mut count = || {
        statement.execute().unwrap();
        let rows = statement.rows().unwrap();
        statement.close_cursor().unwrap();
        rows[0][0].clone().unwrap()
    };
    let tables = opened.tables().len();
    assert_eq!(count(), tables.to_string());
    opened.connection.execute("DROP TABLE tables").unwrap();
    assert_eq!(count(), (tables - 1).to_string());
    opened.assert_no_request();
}

#[test]
fn other_names_are_not_found_and_views_are_not_changed() {
    let opened = open("");
    for sql in [
        "SELECT * FROM INFORMATION_SCHEMA.VIEWS",
        "SELECT * FROM INFORMATION_SCHEMA.Messages",
        "SELECT * FROM INFORMATION_SCHEMA.Staff",
        "SELECT * FROM other.INFORMATION_SCHEMA.TABLES",
        "SELECT * FROM mailbox.TABLES",
        "SELECT * FROM TABLE_CONSTRAINTS",
    ] {
        assert_eq!(opened.state(sql), "42S02", "{sql}");
    }
    assert_eq!(
        opened.state("SELECT x FROM INFORMATION_SCHEMA.TABLES"),
        "42S22"
    );
    assert_eq!(
        opened.state("DELETE FROM INFORMATION_SCHEMA.TABLES"),
        "25000"
    );
    assert_eq!(
        opened.state("CREATE TABLE INFORMATION_SCHEMA.TABLES (id INTEGER)"),
        "HYC00"
    );
    assert_eq!(opened.rows("SELECT columns FROM tables").len(), 0);
    opened.assert_no_request();
}

#[test]
fn sqltables_lists_the_views_for_those_who_ask_for_them() {
    let opened = open("");
    let listed = |types| {
        let mut statement = opened.connection.tables(None, types).unwrap();
        let rows = statement.rows().unwrap();
        rows.into_iter()
            .map(|row| cells(&row, [2, 3, 4]))
            .collect::<Vec<_>>()
    };
    let views = listed(Some("SYSTEM VIEW"));
    let names: Vec<&str> = views.iter().map(|row| row[1].as_deref().unwrap()).collect();
    assert_eq!(
        names,
        [
            "COLUMNS",
            "KEY_COLUMN_USAGE",
            "REFERENTIAL_CONSTRAINTS",
            "TABLES",
            "TABLE_CONSTRAINTS"
        ]
    );
    for row in &views {
        assert_eq!(
            [&row[0], &row[2]],
            [&some("INFORMATION_SCHEMA"), &some("SYSTEM VIEW")]
        );
    }
    for types in [
        None,
        Some("%"),
        Some("TABLE,VIEW,SYSTEM TABLE,LOCAL TEMPORARY"),
    ] {
        assert_eq!(listed(types).len(), opened.tables().len());
    }
    opened.assert_no_request();
}
