//! Temporary tables from outside: applications get back the rows that they store, and nobody else
//! sees them.

mod arrays;

use driver_harness::client::constants::*;
use driver_harness::client::{self, Connection, Parameter, Row, Value};
use driver_harness::simulator;
use driver_harness::tenant;
use graph_simulator::Simulator;

struct Opened {
    connection: Connection,
    simulator: Simulator,
}

fn open() -> Opened {
    let simulator = simulator::start(tenant::odd());
    let connection = client::connect(&simulator::alice(&simulator, "")).expect("Alice may log in");
    Opened {
        connection,
        simulator,
    }
}

impl Opened {
    /// Runs a statement that returns no rows; returns how many it changed.
    fn run(&self, sql: &str) -> isize {
        let mut statement = self.connection.statement().unwrap();
        match statement.execute_direct(sql) {
            Ok(_) => {}
            Err(failure) if failure.code == NO_DATA => {}
            Err(failure) => panic!("{sql}: {failure}"),
        }
        statement.row_count().unwrap()
    }

    fn rows(&self, sql: &str) -> Vec<Row> {
        self.connection
            .query(sql)
            .unwrap_or_else(|failure| panic!("{sql}: {failure}"))
    }

    fn one(&self, sql: &str) -> String {
        self.rows(sql)[0][0].clone().unwrap_or_default()
    }

    fn state(&self, sql: &str) -> String {
        match self.connection.execute(sql) {
            Ok(_) => panic!("accepted: {sql}"),
            Err(failure) => failure.state().to_owned(),
        }
    }
}

fn row(cells: &[&str]) -> Row {
    cells.iter().map(|cell| Some((*cell).to_owned())).collect()
}

#[test]
fn rows_are_inserted_counted_changed_and_removed() {
    let at = open();
    at.run("CREATE LOCAL TEMPORARY TABLE Staged (Id INTEGER NOT NULL, Name VARCHAR(10), Price DECIMAL(8,2))");
    assert_eq!(
        at.run("INSERT INTO staged VALUES (1, 'one', 1.5), (2, NULL, 2)"),
        2
    );
    assert_eq!(
        at.run("INSERT INTO Staged (name, id) VALUES ('three', 1 + 2)"),
        1
    );
    assert_eq!(
        at.run("INSERT INTO Staged SELECT id + 10, name, price FROM Staged WHERE price > 0"),
        2
    );
    assert_eq!(
        at.rows("SELECT Id, Name, Price FROM Staged WHERE Price IS NOT NULL AND Name IS NOT NULL ORDER BY Id"),
        [row(&["1", "one", "1.50"]), row(&["11", "one", "1.50"])]
    );
    assert_eq!(
        at.run("UPDATE Staged SET Price = 100 / (Id - 1), Name = 'x' WHERE Id <> 1"),
        4
    );
    assert_eq!(at.one("SELECT Price FROM Staged WHERE Id = 11"), "10.00");
    assert_eq!(at.one("SELECT Name FROM Staged WHERE Id = 1"), "one");
    assert_eq!(
        at.run("UPDATE Staged SET Name = NULL WHERE Name = 'nobody'"),
        0
    );
    // The condition is unknown if the name is null, and the row stays.
    at.run("UPDATE Staged SET Name = NULL WHERE Id = 2");
    assert_eq!(at.run("DELETE FROM Staged WHERE Name = 'x'"), 3);
    assert_eq!(at.one("SELECT COUNT(*) FROM Staged"), "2");
    assert_eq!(at.run("DELETE FROM Staged"), 2);
    assert_eq!(at.one("SELECT COUNT(*) FROM Staged"), "0");
    at.run("DROP TABLE Staged");
    assert_eq!(at.state("SELECT * FROM Staged"), "42S02");
}

#[test]
fn a_query_becomes_a_table() {
    let at = open();
    let messages: isize = at.one("SELECT COUNT(*) FROM Messages").parse().unwrap();
    assert_eq!(
        at.run("SELECT id, subject, LEN(subject) AS length INTO #m FROM Messages"),
        messages
    );
    assert_eq!(
        at.run("CREATE TABLE copy AS SELECT TOP 2 * FROM #m ORDER BY id"),
        2
    );
    simulator_is_asked_nothing(&at, || {
        assert_eq!(at.one("SELECT COUNT(*) FROM #m"), messages.to_string());
        assert_eq!(
            at.one("SELECT COUNT(*) FROM [#m] a JOIN copy ON copy.id = a.id"),
            "2"
        );
    });
    let joined = at.one("SELECT COUNT(*) FROM Messages JOIN copy ON copy.id = Messages.id");
    assert_eq!(joined, "2");
    let mut statement = at.connection.execute("SELECT * FROM #m").unwrap();
    let names: Vec<String> = statement
        .columns()
        .unwrap()
        .into_iter()
        .map(|column| column.name)
        .collect();
    assert_eq!(names, ["id", "subject", "length"]);
}

fn simulator_is_asked_nothing(at: &Opened, ask: impl FnOnce()) {
    at.simulator.clear_log();
    ask();
    assert_eq!(simulator::requests(&at.simulator).len(), 0);
}

#[test]
fn values_that_do_not_fit_are_refused_and_nothing_is_kept() {
    let at = open();
    at.run(
        "CREATE TABLE #t (id INT PRIMARY KEY, name VARCHAR(3), small SMALLINT, day DATE, flag BIT, \
         price DECIMAL(4,1), bytes VARBINARY(2))",
    );
    at.run("INSERT INTO #t (id) VALUES (1)");
    for (values, state) in [
        ("(id) VALUES (2), (NULL)", "23000"),
        ("(id) VALUES (1)", "23000"),
        ("(id) VALUES (2), (2)", "23000"),
        ("(name) VALUES ('x')", "23000"),
        ("(id, name) VALUES (2, 'abcd')", "22001"),
        ("(id, bytes) VALUES (2, X'010203')", "22001"),
        ("(id, small) VALUES (2, 40000)", "22003"),
        ("(id, small) VALUES (2, 'four')", "22018"),
        ("(id, price) VALUES (2, 1000)", "22003"),
        ("(id, day) VALUES (2, 'yesterday')", "22007"),
        ("(id, day) VALUES (2)", "21S01"),
        ("VALUES (2)", "21S01"),
        ("(id, nonsense) VALUES (2, 3)", "42S22"),
        ("(id, id) VALUES (2, 3)", "42000"),
    ] {
        assert_eq!(
            at.state(&format!("INSERT INTO #t {values}")),
            state,
            "{values}"
        );
    }
    assert_eq!(at.state("UPDATE #t SET id = NULL"), "23000");
    assert_eq!(at.one("SELECT COUNT(*) FROM #t"), "1");
    at.run("INSERT INTO #t VALUES (2, 'äöü', '7', '2026-11-23', 1, 999.9, NULL)");
    assert_eq!(
        at.rows("SELECT name, small, day, flag, price FROM #t WHERE id = 2"),
        [row(&["äöü", "7", "2026-11-23", "1", "999.9"])]
    );
}

#[test]
fn parameters_have_the_types_of_their_columns() {
    let at = open();
    at.run("CREATE TABLE #p (id BIGINT, name VARCHAR(12), at TIMESTAMP)");
    let mut statement = at
        .connection
        .prepare("INSERT INTO #p VALUES (?, ?, ?)")
        .unwrap();
    assert_eq!(statement.parameter_count().unwrap(), 3);
    let moment = Parameter::Timestamp {
        year: 2026,
        month: 11,
        day: 23,
        hour: 1,
        minute: 2,
        second: 3,
        fraction: 0,
    };
    for id in 1..=3 {
        statement
            .bind_parameters(&[Parameter::Integer(id), "it's".into(), moment.clone()])
            .unwrap();
        statement.execute().unwrap();
        assert_eq!(statement.row_count().unwrap(), 1);
    }
    let mut update = at
        .connection
        .prepare("UPDATE #p SET name = ? WHERE id >= ?")
        .unwrap();
    update
        .bind_parameters(&["new".into(), Parameter::Integer(2)])
        .unwrap();
    update.execute().unwrap();
    assert_eq!(update.row_count().unwrap(), 2);
    let mut read = at
        .connection
        .execute("SELECT id, name FROM #p ORDER BY id")
        .unwrap();
    let text = |text: &str| Value::Text(text.to_owned());
    assert_eq!(
        read.values().unwrap(),
        [
            [Value::Integer(1), text("it's")],
            [Value::Integer(2), text("new")],
            [Value::Integer(3), text("new")],
        ]
    );
}

#[test]
fn the_catalog_shows_them() {
    let at = open();
    at.run("CREATE TABLE [My Rows] (Id INTEGER, Name NVARCHAR(30) NOT NULL, PRIMARY KEY (ID))");
    at.run("INSERT INTO [my rows] VALUES (1, 'a'), (2, 'b')");
    let tables = at
        .connection
        .tables(None, Some("LOCAL TEMPORARY"))
        .unwrap()
        .rows()
        .unwrap();
    assert_eq!(tables.len(), 1);
    assert_eq!(tables[0][2].as_deref(), Some("My Rows"));
    assert_eq!(tables[0][3].as_deref(), Some("LOCAL TEMPORARY"));
    let columns = at
        .connection
        .columns(Some("My Rows"), None)
        .unwrap()
        .rows()
        .unwrap();
    let cell = |row: usize, column: usize| columns[row][column].clone().unwrap();
    assert_eq!([cell(0, 3), cell(1, 3)], ["Id", "Name"]);
    assert_eq!([cell(1, 6), cell(0, 17), cell(1, 17)], ["30", "NO", "NO"]);
    let keys = at
        .connection
        .primary_keys("My Rows")
        .unwrap()
        .rows()
        .unwrap();
    assert_eq!(keys[0][3].as_deref(), Some("Id"));
    let statistics = at.connection.statistics("My Rows").unwrap().rows().unwrap();
    assert_eq!(statistics[0][10].as_deref(), Some("2"));
    at.run("DROP TABLE [My Rows]");
    assert!(
        at.connection
            .columns(Some("My Rows"), None)
            .unwrap()
            .rows()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn another_connection_does_not_see_them() {
    let at = open();
    let other = client::connect(&simulator::alice(&at.simulator, "")).unwrap();
    at.run("CREATE TABLE #mine (a INT)");
    assert_eq!(
        other.query("SELECT * FROM #mine").unwrap_err().state(),
        "42S02"
    );
    other.execute("CREATE TABLE #mine (b VARCHAR(3))").unwrap();
    at.run("INSERT INTO #mine VALUES (1)");
    assert!(other.query("SELECT b FROM #mine").unwrap().is_empty());
}

#[test]
fn the_mailbox_is_never_changed() {
    let at = open();
    at.simulator.clear_log();
    for (sql, state) in [
        ("CREATE TABLE messages (a INT)", "42S01"),
        ("SELECT 1 AS a INTO Messages", "42S01"),
        ("INSERT INTO Messages (subject) VALUES ('x')", "25000"),
        ("UPDATE Messages SET subject = 'x'", "25000"),
        ("DELETE FROM Messages", "25000"),
        ("TRUNCATE TABLE Messages", "25000"),
        ("DROP TABLE IF EXISTS Messages", "25000"),
        ("DROP TABLE dbo.Messages", "25000"),
        ("CREATE GLOBAL TEMPORARY TABLE t (a INT)", "HYC00"),
        ("CREATE TABLE ##t (a INT)", "HYC00"),
        ("CREATE TABLE dbo.t (a INT)", "HYC00"),
        ("INSERT INTO nowhere VALUES (1)", "42S02"),
        ("DROP TABLE nowhere", "42S02"),
        ("MERGE INTO Messages USING Messages m ON 1=1", "25000"),
    ] {
        assert_eq!(at.state(sql), state, "{sql}");
    }
    at.run("DROP TABLE IF EXISTS nowhere");
    assert_eq!(simulator::requests(&at.simulator).len(), 0);
}

#[test]
fn a_batch_may_make_fill_and_read_a_table() {
    let at = open();
    let mut statement = at
        .connection
        .execute(
            "DROP TABLE IF EXISTS #b; CREATE TABLE #b (a INT); INSERT INTO #b VALUES (1), (2); \
             SELECT a INTO #c FROM #b; SELECT SUM(a) FROM #c",
        )
        .unwrap();
    let mut counts = Vec::new();
    while statement.column_count().unwrap() == 0 {
        counts.push(statement.row_count().unwrap());
        assert!(statement.more_results().unwrap());
    }
    assert_eq!(counts, [-1, -1, 2, 2]);
    assert_eq!(statement.rows().unwrap(), [row(&["3"])]);
    assert_eq!(at.state("CREATE TABLE #b (a INT)"), "42S01");
    at.run("CREATE TABLE IF NOT EXISTS #b (a INT)");
    // A statement that is planned but not run leaves nothing behind.
    at.connection
        .prepare("CREATE TABLE #never (a INT); SELECT * FROM #never")
        .unwrap();
    assert_eq!(at.state("SELECT * FROM #never"), "42S02");
}

#[test]
fn a_prepared_query_reads_the_table_that_is_there() {
    let at = open();
    at.run("CREATE TABLE #t (a INT)");
    at.run("INSERT INTO #t VALUES (1)");
    let mut query = at.connection.prepare("SELECT a FROM #t").unwrap();
    let mut read = || {
        query.execute()?;
        let rows = query.rows();
        query.close_cursor().unwrap();
        rows
    };
    assert_eq!(read().unwrap(), [row(&["1"])]);
    at.run("INSERT INTO #t VALUES (2)");
    assert_eq!(read().unwrap().len(), 2);
    at.run("DROP TABLE #t");
    assert_eq!(read().unwrap_err().state(), "42S02");
    at.run("CREATE TABLE #t (a INT)");
    assert!(read().unwrap().is_empty());
    at.run("DROP TABLE #t");
    at.run("CREATE TABLE #t (a VARCHAR(3))");
    assert_eq!(read().unwrap_err().state(), "42000");
}

#[test]
fn rows_inserted_one_by_one_all_come_back() {
    let at = open();
    at.run("CREATE TABLE #n (a INT PRIMARY KEY)");
    let mut insert = at.connection.prepare("INSERT INTO #n VALUES (?)").unwrap();
    for number in 0..300_i64 {
        insert.bind_parameters(&[number.into()]).unwrap();
        insert.execute().unwrap();
    }
    let all = at.rows("SELECT COUNT(*), COUNT(DISTINCT a), SUM(a) FROM #n");
    assert_eq!(all, [row(&["300", "300", "44850"])]);
}

#[test]
fn a_connection_that_may_not_write_has_them_too() {
    let at = open();
    let keys = "ReadOnly=Yes";
    let reader = client::connect(&simulator::alice(&at.simulator, keys)).unwrap();
    reader.execute("CREATE TABLE #r (a INT)").unwrap();
    let mut insert = reader.execute("INSERT INTO #r VALUES (1)").unwrap();
    assert_eq!(insert.row_count().unwrap(), 1);
    const READ_ONLY: u16 = 25;
    assert_eq!(reader.info_text(READ_ONLY).unwrap(), "Y");
    const CREATE_TABLE: u16 = 132;
    const LOCAL_TEMPORARY: u64 = 0x10;
    assert_ne!(
        reader.info_number(CREATE_TABLE).unwrap() & LOCAL_TEMPORARY,
        0
    );
}

#[test]
fn rows_are_updated_by_subqueries_only_where_the_condition_is_true() {
    let at = open();
    at.run("CREATE TABLE #s (a INT)");
    at.run("CREATE TABLE #l (b INT)");
    at.run("INSERT INTO #s VALUES (1), (2), (3), (NULL)");
    at.run("INSERT INTO #l VALUES (2), (NULL)");
    for (condition, changed) in [
        ("a NOT IN (SELECT b FROM #l)", 0),
        ("NOT (a IN (SELECT b FROM #l) OR a = 7)", 0),
        ("a IN (SELECT b FROM #l)", 1),
        ("a IN (SELECT a FROM #s WHERE a > 2)", 1),
        ("EXISTS (SELECT 1 FROM #l WHERE b = a)", 1),
        ("a = ANY (SELECT b FROM #l)", 1),
        ("a >= ALL (SELECT a FROM #s WHERE a IS NOT NULL)", 1),
        ("a < ANY (SELECT b FROM #l)", 1),
        ("a <> ALL (SELECT b FROM #l)", 0),
        ("(a, 1) IN (SELECT b, 1 FROM #l)", 1),
    ] {
        let sql = format!("UPDATE #s SET a = a WHERE {condition}");
        assert_eq!(at.run(&sql), changed, "{condition}");
    }
}

/// If the list has a null, every value may be in it.
#[test]
fn rows_are_deleted_by_subqueries_only_where_the_condition_is_true() {
    let at = open();
    at.run("CREATE TABLE #s (a INT)");
    at.run("CREATE TABLE #l (b INT)");
    at.run("INSERT INTO #s VALUES (1), (2), (3), (NULL)");
    at.run("INSERT INTO #l VALUES (2), (NULL)");
    for (condition, deleted) in [
        ("a IN (SELECT b FROM #l)", 1),
        ("NOT (a IN (SELECT b FROM #l))", 0),
        ("a = 1 OR a NOT IN (SELECT b FROM #l)", 1),
        ("a NOT IN (SELECT b FROM #l WHERE b IS NOT NULL)", 2),
        ("a <> ALL (SELECT b FROM #l)", 0),
        ("a = ANY (SELECT b FROM #l)", 1),
        ("a IN (SELECT a FROM #d WHERE a > 1)", 2),
    ] {
        at.run("CREATE TABLE #d AS SELECT a FROM #s");
        let sql = format!("DELETE FROM #d WHERE {condition}");
        assert_eq!(at.run(&sql), deleted, "{condition}");
        at.run("DROP TABLE #d");
    }
    assert_eq!(at.one("SELECT COUNT(*) FROM #s"), "4");
    assert_eq!(
        at.run("DELETE FROM #s WHERE a > (SELECT MAX(b) FROM #l)"),
        1
    );
    assert_eq!(
        at.run("DELETE FROM #s WHERE EXISTS (SELECT b FROM #l WHERE b = a + 1)"),
        1
    );
    assert_eq!(
        at.run("DELETE FROM #s WHERE NOT EXISTS (SELECT b FROM #l WHERE b = a)"),
        1
    );
    assert_eq!(at.one("SELECT a FROM #s"), "2");
}
