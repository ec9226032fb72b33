//! How result columns are described: applications make room for the lengths that they are told.

mod support;

use support::Login;
use support::constants::*;

/// Texts and how long they can be. No mailbox is asked for any of it.
const LENGTHS: &[(&str, usize)] = &[
    // Columns, whatever they pass through.
    ("SELECT subject FROM Messages", 998),
    (
        "SELECT s FROM (SELECT subject AS s FROM Messages WHERE isRead = 1 ORDER BY 1 LIMIT 3) AS t",
        998,
    ),
    ("SELECT DISTINCT subject FROM Messages", 998),
    ("SELECT subject FROM Messages GROUP BY subject", 998),
    (
        "SELECT f.displayName FROM Messages m JOIN MailFolders f ON f.id = m.parentFolderId",
        256,
    ),
    (
        "WITH u AS (SELECT city AS c FROM Users) SELECT a.c FROM u a LEFT JOIN u b ON a.c = b.c",
        256,
    ),
    // What is cut.
    ("SELECT LEFT(subject, 20) FROM Messages", 20),
    ("SELECT {fn RIGHT(subject, 7)} FROM Messages", 7),
    ("SELECT SUBSTRING(subject, 3, 5) FROM Messages", 5),
    ("SELECT SUBSTRING(subject, 3) FROM Messages", 998),
    ("SELECT LEFT(subject, 5000) FROM Messages", 998),
    ("SELECT LEFT(body_content, 50) FROM Messages", 50),
    ("SELECT CAST(subject AS VARCHAR(30)) FROM Messages", 30),
    (
        "SELECT CAST(size AS VARCHAR(12)) FROM MessageAttachments",
        12,
    ),
    (
        "SELECT {fn CONVERT(subject, SQL_VARCHAR)} FROM Messages",
        998,
    ),
    // What is put together, or chosen.
    ("SELECT city || ', ' || country FROM Users", 256 + 2 + 128),
    ("SELECT {fn CONCAT(city, 'x')} FROM Users", 257),
    ("SELECT TRIM(city) FROM Users", 256),
    ("SELECT COALESCE(city, 'nowhere') FROM Users", 256),
    ("SELECT {fn IFNULL(subject, 'none')} FROM Messages", 998),
    (
        "SELECT CASE WHEN isRead = 1 THEN 'read' ELSE 'new mail' END FROM Messages",
        8,
    ),
    ("SELECT MAX(subject) FROM Messages", 998),
    ("SELECT LAG(city) OVER (ORDER BY id) FROM Users", 256),
    ("SELECT 'eins' UNION ALL SELECT 'zwei und'", 8),
    ("SELECT * FROM (VALUES ('a'), ('abc')) AS t(x)", 3),
    ("SELECT '\u{1F4E7}'", 4),
    // The longer side of a UNION, whichever comes first.
    (
        "SELECT id FROM MailFolders UNION ALL SELECT employeeType FROM Users",
        512,
    ),
    (
        "SELECT employeeType FROM Users UNION SELECT id FROM MailFolders",
        512,
    ),
    ("SELECT LEFT(city, 3) FROM Users UNION SELECT '1234'", 4),
    // Nothing is known.
    ("SELECT REPLACE(city, 'a', 'bbb') FROM Users", 4000),
];

#[test]
fn texts_are_described_as_long_as_they_can_be() {
    let connection = support::connect(&Login::start().connection_string()).expect("a connection");
    for (sql, length) in LENGTHS {
        let mut statement = connection
            .prepare(sql)
            .unwrap_or_else(|failure| panic!("{sql}: {failure}"));
        let column = statement.column(1).unwrap();
        assert_eq!((column.sql_type, column.size), (WVARCHAR, *length), "{sql}");
    }
}

#[test]
fn texts_without_a_bound_stay_so() {
    let connection = support::connect(&Login::start().connection_string()).expect("a connection");
    for sql in [
        "SELECT body_content FROM Messages",
        "SELECT COALESCE(body_content, '') FROM Messages",
        "SELECT subject || body_content FROM Messages",
        "SELECT subject FROM Messages UNION ALL SELECT body_content FROM Messages",
        "SELECT body_content FROM Messages UNION ALL SELECT subject FROM Messages",
    ] {
        let mut statement = connection
            .prepare(sql)
            .unwrap_or_else(|failure| panic!("{sql}: {failure}"));
        assert_eq!(statement.column(1).unwrap().sql_type, WLONGVARCHAR, "{sql}");
    }
}

/// Exact numbers and approximate ones, by how they are written, with their values.
#[test]
fn numbers_have_the_types_of_their_spelling() {
    let connection = support::connect(&Login::start().connection_string()).expect("a connection");
    for (number, data_type, value) in [
        ("100000", BIGINT, "100000"),
        ("1.50", DECIMAL, "1.50"),
        ("1e5", DOUBLE, "100000"),
        ("0.5E0", DOUBLE, "0.5"),
        ("-2.5e-3", DOUBLE, "-0.0025"),
        ("1e300 * 1e-300", DOUBLE, "1"),
        ("1 + 0e0", DOUBLE, "1"),
    ] {
        let mut statement = connection
            .execute(&format!("SELECT {number}"))
            .expect(number);
        assert_eq!(
            statement.column(1).expect(number).sql_type,
            data_type,
            "{number}"
        );
        assert_eq!(
            statement.rows().expect(number),
            [[Some(value.to_owned())]],
            "{number}"
        );
    }
    let failure = connection
        .query("SELECT 1e999")
        .expect_err("there is no such DOUBLE");
    assert_eq!(failure.state(), "22003", "{failure}");
}

/// Of parameters that are joined nothing is known but that they are texts.
#[test]
fn parameters_may_be_joined() {
    let connection = support::connect(&Login::start().connection_string()).expect("a connection");
    let sql = "SELECT ? || ?, CHAR_LENGTH(? || NULL), COALESCE(NULL || NULL, 'none')";
    let parameters = ["in", "box", "x"].map(Into::into);
    let mut statement = connection.execute_with(sql, &parameters).expect(sql);
    assert_eq!(statement.column(1).expect(sql).sql_type, WVARCHAR);
    let row = [Some("inbox".to_owned()), None, Some("none".to_owned())];
    assert_eq!(statement.rows().expect(sql), [row]);
}
