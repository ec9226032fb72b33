//! Statements of a size that no person writes, but programs do. Each is answered, or refused with a
//! clear error, in reasonable time, with any stack size of the application's thread. None ends the
//! application.

use driver_harness::client;
use driver_harness::simulator::{alice, start};
use driver_harness::tenant;
use std::fmt::Write;
use std::time::{Duration, Instant};

/// The stack of pool threads on some systems.
const SMALL_STACK: usize = 256 << 10;

/// Far more than any of these takes, and far less than minutes: the tests also run without
/// optimization.
const PATIENCE: Duration = Duration::from_secs(60);

/// SQLSTATEs of a clear refusal.
const REFUSED: &[&str] = &["42000", "HYC00"];

/// The outcome of a statement.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Outcome {
    /// This many rows.
    Rows(usize),
    Refused,
}

fn repeated(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        text.push_str(&part(number));
        text
    })
}

fn nested(depth: usize, open: &str, inside: &str, close: &str) -> String {
    format!("{}{inside}{}", open.repeat(depth), close.repeat(depth))
}

fn statements() -> Vec<(&'static str, String, Outcome)> {
    use Outcome::{Refused, Rows};
    let where_ = "SELECT 1 FROM Calendars WHERE";
    let numbers = |count| repeated(count, |number| format!(",'{number}'"));
    vec![
        (
            "10,000 alternatives",
            format!(
                "{where_} name = 'x'{} OR isDefaultCalendar = 1",
                repeated(10_000, |number| format!(" OR name = 'n{number}'"))
            ),
            Rows(1),
        ),
        (
            "A list of 10,000 that may be null",
            format!(
                "{where_} isDefaultCalendar = 1 AND name NOT IN ('x'{})",
                repeated(10_000, |number| format!(", COALESCE(NULL, 'n{number}')"))
            ),
            Rows(1),
        ),
        (
            "10,000 alternatives of two conditions",
            format!(
                "{where_} isDefaultCalendar = 1{}",
                repeated(10_000, |number| format!(
                    " OR (name = 'n{number}' AND canEdit = 0)"
                ))
            ),
            Rows(1),
        ),
        (
            "10,000 alternatives, one of them a query",
            format!(
                "{where_} id IN (SELECT calendarId FROM Events) AND isDefaultCalendar = 1{}",
                repeated(10_000, |number| format!(" OR name = 'n{number}'"))
            ),
            Rows(1),
        ),
        (
            "1,000 conditions, one of them a query",
            format!(
                "{where_} isDefaultCalendar = 1 AND (name = 'x' OR id IN (SELECT calendarId FROM Events)){}",
                repeated(990, |number| format!(" AND name <> 'n{number}'"))
            ),
            Rows(1),
        ),
        (
            "10,000 conditions",
            format!(
                "{where_} isDefaultCalendar = 1{}",
                repeated(9_999, |number| format!(" AND name <> 'n{number}'"))
            ),
            Rows(1),
        ),
        (
            "10,000 conditions, one of them a query",
            format!(
                "{where_} isDefaultCalendar = 1 AND (name = 'x' OR id IN (SELECT calendarId FROM Events)){}",
                repeated(9_990, |number| format!(" AND name <> 'n{number}'"))
            ),
            Rows(1),
        ),
        (
            "10,000 conditions on a join",
            format!(
                "SELECT c.name FROM Calendars c JOIN Calendars d ON c.id = d.id AND c.isDefaultCalendar = 1{}",
                repeated(9_990, |number| format!(
                    " AND c.name || d.name <> 'n{number}'"
                ))
            ),
            Rows(1),
        ),
        (
            "10,000 conditions on an outer join",
            format!(
                "SELECT c.name FROM Calendars c LEFT JOIN Calendars d ON c.id = d.id{} WHERE c.isDefaultCalendar = 1",
                repeated(9_990, |number| format!(
                    " AND c.name || d.name <> 'n{number}'"
                ))
            ),
            Rows(1),
        ),
        (
            "10,000 conditions on groups",
            format!(
                "SELECT isDefaultCalendar FROM Calendars GROUP BY isDefaultCalendar HAVING isDefaultCalendar = 1{}",
                repeated(9_990, |number| format!(
                    " AND COUNT(*) <> {}",
                    number + 10_000
                ))
            ),
            Rows(1),
        ),
        (
            "10,000 conditions in a value",
            format!(
                "SELECT CASE WHEN 1 = 1{} THEN 1 END FROM Calendars WHERE isDefaultCalendar = 1",
                repeated(9_990, |number| format!(" AND name <> 'n{number}'"))
            ),
            Rows(1),
        ),
        (
            "20,000 conditions",
            format!(
                "{where_} 1 = 1{}",
                repeated(20_000, |number| format!(" AND name <> 'n{number}'"))
            ),
            Refused,
        ),
        (
            "a list of 100,000",
            format!(
                "{where_} name IN ('x'{}) OR isDefaultCalendar = 1",
                numbers(100_000)
            ),
            Rows(1),
        ),
        (
            "a list of 100,000 without",
            format!(
                "{where_} name NOT IN ('x'{}) AND isDefaultCalendar = 1",
                numbers(100_000)
            ),
            Rows(1),
        ),
        (
            "2,000 parentheses",
            format!("SELECT {}", nested(2_000, "(", "1", ")")),
            Refused,
        ),
        (
            "2,000 functions",
            format!("SELECT {}", nested(2_000, "ABS(", "1", ")")),
            Refused,
        ),
        (
            "2,000 escapes",
            format!("SELECT {}", nested(2_000, "{fn ABS(", "1", ")}")),
            Refused,
        ),
        (
            "2,000 subqueries",
            format!("SELECT {}", nested(2_000, "(SELECT ", "1", ")")),
            Refused,
        ),
        (
            "2,000 derived tables",
            format!(
                "SELECT * FROM {}",
                nested(2_000, "(SELECT * FROM ", "Calendars", ") t")
            ),
            Refused,
        ),
        (
            "2,000 factors",
            format!("SELECT 1{}", "*1".repeat(2_000)),
            Refused,
        ),
        (
            "10,000 terms",
            format!("SELECT 1{}", "+1-1".repeat(5_000)),
            Rows(1),
        ),
        (
            "10,000 texts",
            format!("SELECT ''{}", "||name".repeat(10_000))
                + " FROM Calendars WHERE isDefaultCalendar = 1",
            Rows(1),
        ),
        (
            "2,000 queries",
            format!("SELECT 1{}", " UNION ALL SELECT 1".repeat(1_999)),
            Rows(2_000),
        ),
        (
            "2,000 differences",
            format!("SELECT 1{}", " EXCEPT SELECT 2".repeat(2_000)),
            Refused,
        ),
        (
            "300 tables",
            format!(
                "SELECT c.id FROM Calendars c{}",
                repeated(300, |number| format!(
                    " JOIN Calendars c{number} ON c{number}.id = c.id"
                ))
            ),
            Refused,
        ),
        (
            "a text of 1 MB",
            format!("SELECT CHAR_LENGTH('{}')", "x".repeat(1 << 20)),
            Rows(1),
        ),
        (
            "a comment of 1 MB",
            format!("SELECT 1 /* {} */", "x".repeat(1 << 20)),
            Rows(1),
        ),
        (
            "1 MB of nothing that is SQL",
            "( SELECT ".repeat(1 << 17),
            Refused,
        ),
        (
            "1 MB of text that does not end",
            format!("SELECT '{}", "it''s ".repeat(1 << 17)),
            Refused,
        ),
        (
            "200 columns",
            format!(
                "SELECT name{} FROM Calendars WHERE isDefaultCalendar = 1",
                repeated(199, |number| format!(
                    ", UPPER(name) || '{number}' AS c{number}"
                ))
            ),
            Rows(1),
        ),
        (
            "2,000 columns",
            format!(
                "SELECT 1{}",
                repeated(1_999, |number| format!(", {number}"))
            ),
            Rows(1),
        ),
        (
            "1,000 branches",
            format!(
                "SELECT CASE name{} ELSE 'other' END FROM Calendars WHERE isDefaultCalendar = 1",
                repeated(1_000, |number| format!(" WHEN 'n{number}' THEN '{number}'"))
            ),
            Rows(1),
        ),
    ]
}

/// The outcome of a statement on a thread with a small stack.
fn outcome(connection: &client::Connection, sql: &str) -> Result<Outcome, String> {
    match connection.query(sql) {
        Ok(rows) => Ok(Outcome::Rows(rows.len())),
        Err(failure) if REFUSED.contains(&failure.state()) => Ok(Outcome::Refused),
        Err(failure) => Err(failure.to_string().chars().take(300).collect()),
    }
}

#[test]
fn statements_of_any_size_are_answered_or_refused() {
    let simulator = start(tenant::odd());
    let connection_string = alice(&simulator, "");
    let small = std::thread::Builder::new().stack_size(SMALL_STACK);
    let thread = small.spawn(move || {
        let connection = client::connect(&connection_string).expect("a connection");
        let mut wrong = String::new();
        for (name, sql, expected) in statements() {
            let started = Instant::now();
            let found = outcome(&connection, &sql);
            let took = started.elapsed();
            if found != Ok(expected) {
                let _ = writeln!(wrong, "{name}: {found:?} instead of {expected:?}");
            }
            if took > PATIENCE {
                let _ = writeln!(wrong, "{name}: took {took:?}");
            }
        }
        let rows = connection
            .query("SELECT 1")
            .expect("the connection goes on");
        assert_eq!(rows.len(), 1);
        wrong
    });
    let wrong = thread.expect("a thread").join().expect("it ends by itself");
    assert!(wrong.is_empty(), "{wrong}");
}

/// Longest line of an explanation: nobody reads more, and lines do not grow with the statement.
const LONGEST_LINE: usize = 4_000;

#[test]
fn whatever_is_answered_is_explained_in_short() {
    let simulator = start(tenant::odd());
    let connection_string = alice(&simulator, "");
    let small = std::thread::Builder::new().stack_size(SMALL_STACK);
    let thread = small.spawn(move || {
        let connection = client::connect(&connection_string).expect("a connection");
        let mut wrong = String::new();
        for (name, sql, expected) in statements() {
            if expected == Outcome::Refused {
                continue;
            }
            match connection.query(&format!("EXPLAIN ANALYZE {sql}")) {
                Ok(lines) => {
                    let lengths = lines.iter().flatten().flatten().map(String::len);
                    let longest = lengths.max().unwrap_or_default();
                    if longest > LONGEST_LINE {
                        let _ = writeln!(wrong, "{name}: a line of {longest} bytes");
                    }
                }
                Err(failure) => {
                    let _ = writeln!(wrong, "{name}: {failure}");
                }
            }
        }
        wrong
    });
    let wrong = thread.expect("a thread").join().expect("it ends by itself");
    assert!(wrong.is_empty(), "{wrong}");
}

/// A statement whose planning takes long: joins of many tables, each with many conditions.
fn long_to_plan() -> String {
    let tables = repeated(40, |number| format!(", Messages m{number}"));
    let conditions = repeated(40, |number| {
        format!(" AND m{number}.id = m.id AND m{number}.subject LIKE '%{number}%'")
    });
    format!("SELECT COUNT(*) FROM Messages m{tables} WHERE m.isRead = 1{conditions}")
}

#[test]
fn planning_heeds_the_query_timeout_and_a_cancel() {
    let simulator = start(tenant::odd());
    let connection = client::connect(&alice(&simulator, "")).expect("a connection");
    let sql = long_to_plan();

    let mut statement = connection.statement().expect("a statement");
    statement.set_query_timeout(1).expect("a timeout");
    let started = Instant::now();
    let outcome = statement
        .execute_direct(&sql)
        .and_then(|_| statement.rows());
    let took = started.elapsed();
    if let Err(failure) = outcome {
        assert!(["HYT00", "HYC00"].contains(&failure.state()), "{failure}");
    }
    assert!(
        took < Duration::from_secs(10),
        "a timeout of 1 s took {took:?}"
    );

    let mut statement = connection.statement().expect("a statement");
    let canceller = statement.canceller();
    let cancel = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(50));
        canceller.cancel();
    });
    let started = Instant::now();
    let outcome = statement
        .execute_direct(&sql)
        .and_then(|_| statement.rows());
    let took = started.elapsed();
    cancel.join().expect("it ends");
    if let Err(failure) = outcome {
        assert!(["HY008", "HYC00"].contains(&failure.state()), "{failure}");
    }
    assert!(took < Duration::from_secs(10), "a cancel took {took:?}");
}
