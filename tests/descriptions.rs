//! Descriptions of result columns: applications reserve memory for the described lengths.

use driver_harness::client::constants::*;
use driver_harness::client::{self, Login};

/// Texts and their maximum length. No mailbox is needed.
const LENGTHS: &[(&str, usize)] = &[
    // Columns, through any operators.
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
    // Cut texts.
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
    // Concatenated and chosen texts.
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
    // Replacements.
    ("SELECT REPLACE(city, 'a', 'bbb') FROM Users", 3 * 256),
    ("SELECT REPLACE(city, 'aa', 'b') FROM Users", 256),
    ("SELECT STUFF(city, 1, 2, 'abc') FROM Users", 259),
    (
        "SELECT {fn INSERT(city, 1, 2, subject)} FROM Users, Messages",
        256 + 998,
    ),
    ("SELECT {fn REPEAT(city, 3)} FROM Users", 768),
    ("SELECT LPAD(city, 300) FROM Users", 300),
    ("SELECT {fn SOUNDEX(city)} FROM Users", 4),
    // Formatted numbers and moments.
    ("SELECT FORMAT(size, '#') FROM MessageAttachments", 20),
    ("SELECT FORMAT(size, '#,##0') FROM MessageAttachments", 26),
    ("SELECT FORMAT(12.5, '0.0') FROM Users", 6),
    ("SELECT FORMAT(size + ?, '0') FROM MessageAttachments", 310),
    ("SELECT FORMAT(receivedDateTime, 'd') FROM Messages", 10),
    ("SELECT TO_CHAR(receivedDateTime, 'CC') FROM Messages", 3),
    // Longer than MaxVarcharLength, which only applies to unknown lengths.
    ("SELECT UPPER(a) FROM lengths", 9000),
    ("SELECT {fn LCASE(a)} FROM lengths", 9000),
    ("SELECT TRIM(a) FROM lengths", 9000),
    ("SELECT CAST(l AS VARCHAR(9000)) FROM lengths", 9000),
    ("SELECT LEFT(l, 9000) FROM lengths", 9000),
    ("SELECT a || a FROM lengths", 18_000),
    ("SELECT {fn REPEAT(a, 7)} FROM lengths", 63_000),
    // Unknown lengths.
    ("SELECT REPLACE(city, country, 'a') FROM Users", 4000),
    (
        "SELECT REPLACE(city, CAST(CAST('007' AS INTEGER) AS VARCHAR(9)), 'abc') FROM Users",
        4000,
    ),
    ("SELECT CAST(size AS VARCHAR) FROM MessageAttachments", 4000),
];

/// A table of a long VARCHAR and of a LONGVARCHAR, with a row that fills them.
fn make_lengths(connection: &client::Connection) {
    let table = "CREATE TEMPORARY TABLE lengths (a VARCHAR(9000), l LONGVARCHAR, e VARCHAR(30))";
    connection.execute(table).expect(table);
    let fill = "INSERT INTO lengths VALUES (REPEAT('x', 9000), REPEAT('y', 10000), REPEAT('\u{1F4E7}', 30))";
    connection.execute(fill).expect(fill);
}

/// Applications bind buffers of the described length, and lose the rest of longer values.
#[test]
fn what_is_described_is_room_enough() {
    let string = Login::start().connection_string();
    for keys in ["", "MaxVarcharLength=100"] {
        let connection = client::connect(&format!("{string};{keys}")).expect("a connection");
        make_lengths(&connection);
        for (expression, length) in [
            ("UPPER(a)", 9000),
            ("CAST(l AS VARCHAR(9000))", 9000),
            ("LEFT(l, 9000)", 9000),
            ("a || a", 18_000),
            ("REPLACE(LEFT(a, 30), 'x', 'yyy')", 90),
            ("STUFF(a, 1, 1, 'abc')", 9002),
        ] {
            let sql = format!("SELECT {expression} FROM lengths");
            let mut statement = connection.prepare(&sql).expect(&sql);
            let size = statement.column(1).expect(&sql).size;
            statement.execute().expect(&sql);
            let rows = statement.bound_rows(1, 4 * (size + 1)).expect(&sql);
            let text = rows[0][0].as_deref().expect("a text");
            assert_eq!(text.chars().count(), length, "{sql}");
            assert!(size >= length, "{sql} is described as {size}");
        }
    }
}

/// The octets of a VARCHAR hold all its characters.
#[test]
fn octets_are_enough_for_every_character() {
    const DESC_OCTET_LENGTH: u16 = 1013;
    let connection = client::connect(&Login::start().connection_string()).expect("a connection");
    make_lengths(&connection);
    let mut statement = connection
        .execute("SELECT e FROM lengths")
        .expect("it runs");
    assert_eq!(statement.column(1).unwrap().size, 30);
    assert_eq!(statement.column_number(1, DESC_OCTET_LENGTH), Ok(120));
    let text = statement.rows().unwrap().remove(0).remove(0);
    assert_eq!(text.unwrap().encode_utf16().count() * 2, 120);
}

#[test]
fn texts_are_described_as_long_as_they_can_be() {
    let connection = client::connect(&Login::start().connection_string()).expect("a connection");
    make_lengths(&connection);
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
    let connection = client::connect(&Login::start().connection_string()).expect("a connection");
    for sql in [
        "SELECT body_content FROM Messages",
        "SELECT COALESCE(body_content, '') FROM Messages",
        "SELECT subject || body_content FROM Messages",
        "SELECT subject FROM Messages UNION ALL SELECT body_content FROM Messages",
        "SELECT body_content FROM Messages UNION ALL SELECT subject FROM Messages",
        "SELECT UPPER(body_content) FROM Messages",
        "SELECT REPLACE(body_content, 'a', 'b') FROM Messages",
        "SELECT {fn INSERT(body_content, 1, 2, 'b')} FROM Messages",
        "SELECT STUFF(subject, 1, 2, body_content) FROM Messages",
        "SELECT REPEAT(subject, 100) FROM Messages",
    ] {
        let mut statement = connection
            .prepare(sql)
            .unwrap_or_else(|failure| panic!("{sql}: {failure}"));
        assert_eq!(statement.column(1).unwrap().sql_type, WLONGVARCHAR, "{sql}");
    }
}

/// Exact and approximate numbers, by their notation, with their values.
#[test]
fn numbers_have_the_types_of_their_spelling() {
    let connection = client::connect(&Login::start().connection_string()).expect("a connection");
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

/// Concatenated parameters are only known to be texts.
#[test]
fn parameters_may_be_joined() {
    let connection = client::connect(&Login::start().connection_string()).expect("a connection");
    let sql = "SELECT ? || ?, CHAR_LENGTH(? || NULL), COALESCE(NULL || NULL, 'none')";
    let parameters = ["in", "box", "x"].map(Into::into);
    let mut statement = connection.execute_with(sql, &parameters).expect(sql);
    assert_eq!(statement.column(1).expect(sql).sql_type, WVARCHAR);
    let row = [Some("inbox".to_owned()), None, Some("none".to_owned())];
    assert_eq!(statement.rows().expect(sql), [row]);
}
