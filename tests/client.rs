//! Checks the tests' own ODBC client with statements whose answers are known without a mailbox:
//! every way to read gives the values of the statement.

use driver_harness::client::constants::*;
use driver_harness::client::{
    self, Connection, Environment, Layout, Library, Login, Parameter, Row, Value,
};
use std::net::TcpListener;
use std::time::{Duration, Instant};

fn connect() -> Connection {
    client::connect(&Login::start().connection_string()).expect("everyone may log in")
}

fn row(cells: &[Option<&str>]) -> Row {
    cells.iter().map(|cell| cell.map(str::to_owned)).collect()
}

#[test]
fn rows_are_the_same_however_they_are_read() {
    let connection = connect();
    let sql = "SELECT * FROM (VALUES (1, 'eins'), (2, NULL), (3, 'drüßig \u{1F4E7}'), (4, ''), \
               (5, 'fünf')) AS t(n, word) ORDER BY n";
    let expected = [
        row(&[Some("1"), Some("eins")]),
        row(&[Some("2"), None]),
        row(&[Some("3"), Some("drüßig \u{1F4E7}")]),
        row(&[Some("4"), Some("")]),
        row(&[Some("5"), Some("fünf")]),
    ];
    assert_eq!(connection.query(sql).unwrap(), expected);
    assert_eq!(
        connection.execute(sql).unwrap().wide_rows().unwrap(),
        expected
    );
    for rows in [1, 2, 3, 5, 100] {
        let bound = connection
            .execute(sql)
            .unwrap()
            .bound_rows(rows, 64)
            .unwrap();
        assert_eq!(bound, expected, "rowsets of {rows} rows");
    }
}

#[test]
fn long_values_are_read_in_parts() {
    let connection = connect();
    for piece in ["abcdefg", "ä", "€x", "\u{1F4E7}y"] {
        let sql = format!("SELECT repeat('{piece}', 9001), 'after'");
        let expected = [row(&[Some(&piece.repeat(9001)), Some("after")])];
        assert_eq!(connection.query(&sql).unwrap(), expected, "{piece}");
        assert_eq!(
            connection.execute(&sql).unwrap().wide_rows().unwrap(),
            expected,
            "{piece}"
        );
    }
}

#[test]
fn values_come_in_the_types_of_their_columns() {
    let mut statement = connect()
        .execute(
            "SELECT TRUE, CAST(-7 AS BIGINT), CAST(0.5 AS DOUBLE), 'text', {d '2024-02-29'}, {t '23:59:58'}, \
             {ts '2024-02-29 23:59:58.125'}, NULL",
        )
        .unwrap();
    let expected = [
        Value::Bit(true),
        Value::Integer(-7),
        Value::Double(0.5),
        Value::Text("text".to_owned()),
        Value::Date {
            year: 2024,
            month: 2,
            day: 29,
        },
        Value::Time {
            hour: 23,
            minute: 59,
            second: 58,
        },
        Value::Timestamp {
            year: 2024,
            month: 2,
            day: 29,
            hour: 23,
            minute: 59,
            second: 58,
            fraction: 125_000_000,
        },
        Value::Null,
    ];
    assert_eq!(statement.values().unwrap(), [expected]);
}

#[test]
fn parameters_arrive_as_they_were_bound() {
    let connection = connect();
    let sql = "SELECT CAST(? AS BIGINT) + 1, CAST(? AS VARCHAR), CAST(? AS DOUBLE), \
               CAST(? AS VARCHAR)";
    let mut statement = connection.prepare(sql).unwrap();
    assert_eq!(statement.parameter_count().unwrap(), 4);
    for (number, text) in [(41, "grün"), (-2, "")] {
        let none = Parameter::Null;
        statement
            .bind_parameters(&[number.into(), text.into(), 0.25.into(), none])
            .unwrap();
        statement.execute().unwrap();
        let expected = [
            Value::Integer(number + 1),
            Value::Text(text.to_owned()),
            Value::Double(0.25),
            Value::Null,
        ];
        assert_eq!(statement.values().unwrap(), [expected]);
        statement.close_cursor().unwrap();
    }
}

#[test]
fn columns_say_what_they_are() {
    let connection = connect();
    let mut statement = connection
        .prepare("SELECT 1 AS one, 'x' AS \"Two Words\"")
        .unwrap();
    let columns = statement.columns().unwrap();
    let names: Vec<_> = columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["one", "Two Words"]);
    assert_eq!(
        [columns[0].sql_type, columns[1].sql_type],
        [BIGINT, WVARCHAR]
    );
    const DESC_LABEL: u16 = 18;
    const DESC_CONCISE_TYPE: u16 = 2;
    assert_eq!(statement.column_text(2, DESC_LABEL).unwrap(), "Two Words");
    assert_eq!(
        statement.column_number(1, DESC_CONCISE_TYPE).unwrap(),
        isize::from(BIGINT)
    );
}

/// Applications rely on it: connected through the ANSI spelling they see SQL_VARCHAR.
#[test]
fn the_spelling_of_the_connection_decides_the_type_of_text() {
    let login = Login::start();
    let environment = Environment::default();
    let ansi = environment
        .connect_ansi(&login.connection_string())
        .unwrap();
    let mut statement = ansi.execute("SELECT 'größer' AS t").unwrap();
    assert_eq!(statement.column(1).unwrap().sql_type, VARCHAR);
    assert_eq!(statement.rows().unwrap(), [row(&[Some("größer")])]);
}

#[test]
fn the_catalog_is_read_like_any_result() {
    let connection = connect();
    let tables = connection
        .tables(Some("Messages"), None)
        .unwrap()
        .rows()
        .unwrap();
    assert_eq!(tables.len(), 1);
    assert_eq!(tables[0][2].as_deref(), Some("Messages"));
    let columns = connection
        .columns(Some("Messages"), Some("subject"))
        .unwrap()
        .rows()
        .unwrap();
    assert_eq!(columns[0][3].as_deref(), Some("subject"));
    assert!(
        !connection
            .primary_keys("Messages")
            .unwrap()
            .rows()
            .unwrap()
            .is_empty()
    );
    assert!(
        connection
            .statistics("Messages")
            .unwrap()
            .rows()
            .unwrap()
            .len()
            > 1
    );
    assert!(
        !connection
            .special_columns("Messages")
            .unwrap()
            .rows()
            .unwrap()
            .is_empty()
    );
    assert!(connection.type_info(0).unwrap().rows().unwrap().len() > 10);
}

#[test]
fn mistakes_and_warnings_come_with_their_records() {
    let connection = connect();
    let failure = connection.query("SELEC 1").unwrap_err();
    assert_eq!(failure.state(), "42000", "{failure}");
    let failure = connection.query("SELECT 1 FROM Nowhere").unwrap_err();
    assert_eq!(failure.state(), "42S02", "{failure}");
    let mut statement = connection.statement().unwrap();
    let code = statement.set_attribute(ATTR_CURSOR_TYPE, 2).unwrap();
    assert_eq!(code, SUCCESS_WITH_INFO);
    assert_eq!(statement.warnings()[0].state, "01S02");
    assert_eq!(statement.execute().unwrap_err().state(), "HY010");
}

#[test]
fn a_connection_completes_its_string_and_warns_of_unknown_keys() {
    let text = format!("{};Pagesise=10", Login::start().connection_string());
    let connection = client::connect(&text).unwrap();
    assert_eq!(connection.warnings[0].state, "01S00");
    assert!(connection.warnings[0].message.contains("PageSize"));
    assert!(
        connection.completed.contains("TenantID=contoso.example"),
        "{}",
        connection.completed
    );
    assert!(
        !connection.completed.contains("secret"),
        "the completed string tells a secret"
    );
    client::connect(&format!("{};ClientSecret=secret", connection.completed)).unwrap();
    // Unless the application asks for it.
    let whole = client::connect(&format!("{text};PersistSecurityInfo=Yes"))
        .unwrap()
        .completed;
    let again = client::connect(&whole).unwrap();
    assert_eq!(
        again.query("SELECT 'again'").unwrap(),
        [row(&[Some("again")])]
    );
}

#[test]
fn another_thread_cancels_a_statement() {
    // Connections are accepted, but nothing is ever sent on them.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let graph = format!("GraphEndpoint=http://{}", silent.local_addr().unwrap());
    let text = format!("{graph};{}", Login::start().connection_string());
    let connection = client::connect(&text).unwrap();
    let mut statement = connection.statement().unwrap();
    let canceller = statement.canceller();
    let started = Instant::now();
    let thread = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        canceller.cancel()
    });
    let ended = statement
        .execute_direct("SELECT subject FROM Messages")
        .and_then(|_| statement.fetch());
    assert_eq!(thread.join().unwrap(), SUCCESS);
    assert_eq!(ended.unwrap_err().state(), "HY008");
    let took = started.elapsed();
    // The server would be waited for much longer.
    assert!((300..10_000).contains(&took.as_millis()), "{took:?}");
}

#[test]
fn a_typed_block_holds_nulls_and_numbers() {
    let connection = connect();
    let mut statement = connection
        .execute("SELECT n, CASE WHEN n % 2 = 0 THEN n END FROM (VALUES (1), (2), (3)) AS t(n)")
        .unwrap();
    let layout = [Layout::fixed(C_SBIGINT), Layout::fixed(C_SBIGINT)];
    let mut block = statement.bind(2, &layout).unwrap();
    assert_eq!(statement.fetch_block(&mut block).unwrap(), 2);
    assert_eq!(
        [block.value(0, 0), block.value(0, 1)],
        [Value::Integer(1), Value::Null]
    );
    assert_eq!(
        [block.value(1, 0), block.value(1, 1)],
        [Value::Integer(2), Value::Integer(2)]
    );
    assert_eq!(statement.fetch_block(&mut block).unwrap(), 1);
    assert_eq!(block.value(0, 0), Value::Integer(3));
    const ROW_NOROW: u16 = 3;
    assert_eq!([block.status(0), block.status(1)], [0, ROW_NOROW]);
    assert_eq!(statement.fetch_block(&mut block).unwrap(), 0);
}

#[test]
fn native_sql_and_information_are_read() {
    let connection = connect();
    assert!(
        connection
            .native_sql("SELECT {fn UCASE('a')}")
            .unwrap()
            .starts_with("SELECT")
    );
    const DBMS_NAME: u16 = 17;
    const MAX_IDENTIFIER_LEN: u16 = 10005;
    assert!(!connection.info_text(DBMS_NAME).unwrap().is_empty());
    assert!(connection.info_number(MAX_IDENTIFIER_LEN).unwrap() > 0);
    assert!(Library::get().has("SQLFetch"));
}
