//! `EXPLAIN` and `EXPLAIN ANALYZE` as applications see them, and the page that describes both.
//!
//! `WRITE_DOCS=1` updates the output on the page.

use driver_harness::client::{self, Connection, Parameter};
use driver_harness::simulator::{self, requests};
use driver_harness::tenant;
use graph_simulator::generate;
use graph_simulator::{Action, Fault, Options, Simulator};
use std::time::{Duration, Instant};

fn start() -> (Simulator, Connection) {
    let simulator = simulator::start(tenant::odd());
    let connection = client::connect(&simulator::alice(&simulator, "")).expect("a connection");
    simulator.clear_log();
    (simulator, connection)
}

fn lines(connection: &Connection, sql: &str) -> Vec<String> {
    let rows = connection.query(sql);
    let rows = rows.unwrap_or_else(|failure| panic!("{sql}: {failure}"));
    rows.into_iter().flatten().flatten().collect()
}

fn has(lines: &[String], wanted: &str) -> bool {
    lines.iter().any(|line| line.trim() == wanted)
}

#[test]
fn the_result_is_described_before_it_runs() {
    let (simulator, connection) = start();
    for explain in ["EXPLAIN", "EXPLAIN ANALYZE"] {
        let mut statement = connection
            .prepare(&format!(
                "{explain} SELECT * FROM Messages WHERE isRead = ?"
            ))
            .expect(explain);
        let columns = statement.columns().expect(explain);
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["Plan"]);
        assert_eq!(statement.parameter_count().expect(explain), 1);
    }
    assert!(requests(&simulator).is_empty(), "nothing runs");
}

#[test]
fn the_value_of_a_subquery_confines_what_is_read() {
    let (simulator, connection) = start();
    let newer = "SELECT subject FROM Messages WHERE receivedDateTime > (SELECT MIN(start_dateTime) FROM Events)";
    let plan = lines(&connection, &format!("EXPLAIN {newer}"));
    assert!(
        has(&plan, "value of a subquery: receivedDateTime"),
        "{plan:#?}"
    );
    assert!(
        has(
            &plan,
            "with a $filter for receivedDateTime by the value of the subquery"
        ),
        "{plan:#?}"
    );
    let folder =
        "SELECT subject FROM Messages WHERE parentFolderId = (SELECT MAX(id) FROM MailFolders)";
    let plan = lines(&connection, &format!("EXPLAIN {folder}"));
    let request = "GET /users/alice@contoso.example/mailFolders/{value of the subquery}/messages\
                   ?$select=id,parentFolderId,subject,receivedDateTime&$orderby=receivedDateTime desc&$top=1000";
    assert!(has(&plan, request), "{plan:#?}");
    assert!(requests(&simulator).is_empty(), "nothing runs");
}

#[test]
fn looking_folders_up_is_told_where_it_may_be_needed() {
    let (_simulator, connection) = start();
    for (sql, is_told) in [
        ("SELECT id FROM Messages WHERE id = 'a'", true),
        ("SELECT id FROM Messages WHERE parentFolderId = 'a'", true),
        ("SELECT id FROM Messages", false),
        ("SELECT id FROM MailFolders WHERE id = 'a'", true),
        ("SELECT path FROM MailFolders WHERE id = 'a'", false),
        (
            "SELECT id FROM MessageAttachments WHERE messageId = 'a'",
            true,
        ),
        ("SELECT id FROM Contacts WHERE parentFolderId = 'a'", false),
    ] {
        let plan = lines(&connection, &format!("EXPLAIN {sql}"));
        let told = "where it is not known yet that these rows are listed: GET \
                    /users/alice@contoso.example/mailFolders/{each}?$select=id,parentFolderId,isHidden, \
                    twenty a $batch";
        assert_eq!(has(&plan, told), is_told, "{sql}: {plan:#?}");
    }
}

#[test]
fn an_empty_subquery_spares_the_reading() {
    let (simulator, connection) = start();
    connection
        .execute("CREATE TABLE #kept (received TIMESTAMP)")
        .expect("a temporary table");
    let newer =
        "SELECT subject FROM Messages WHERE receivedDateTime > (SELECT MAX(received) FROM #kept)";
    assert_eq!(lines(&connection, newer), Vec::<String>::new());
    assert!(
        requests(&simulator).is_empty(),
        "nothing can be newer than nothing"
    );
    connection
        .execute("INSERT INTO #kept VALUES ({ts '2026-03-01 09:00:00'})")
        .expect("a row");
    assert!(!lines(&connection, newer).is_empty());
    let sent = requests(&simulator);
    assert_eq!(sent.len(), 1);
    let filter = sent[0].option("$filter");
    assert_eq!(filter, Some("receivedDateTime gt 2026-03-01T09:00:00Z"));
}

#[test]
fn each_execution_is_counted_for_itself() {
    let (simulator, connection) = start();
    let sql = "EXPLAIN ANALYZE SELECT subject FROM Messages WHERE isRead = ?";
    for isread in [false, true, false] {
        simulator.clear_log();
        let sent = [Parameter::Bit(isread)];
        let mut statement = connection.execute_with(sql, &sent).expect(sql);
        let rows = statement.rows().expect(sql);
        let text: Vec<String> = rows.into_iter().flatten().flatten().collect();
        let filter = format!("filter: isRead eq {isread}");
        assert!(has(&text, &filter), "{text:?}");
        let sum = text.iter().find(|line| line.contains(" received, "));
        let sum = sum.expect("a line for the scan");
        assert!(sum.starts_with("  Messages: 1 request, "), "{sum}");
        assert_eq!(requests(&simulator).len(), 1);
    }
}

#[test]
fn what_stays_local_is_told_in_the_words_of_sql() {
    let (simulator, connection) = start();
    let told = lines(
        &connection,
        "EXPLAIN SELECT f.displayName, COUNT(*) AS n, MAX(m.receivedDateTime) FROM Messages m \
         JOIN MailFolders f ON f.id = m.parentFolderId \
         WHERE m.receivedDateTime >= '2026-11-23' AND LOWER(m.subject) LIKE 'a\\_%' ESCAPE '\\' \
         GROUP BY f.displayName HAVING COUNT(*) > 1 ORDER BY n DESC LIMIT 3",
    );
    for line in [
        "filter: receivedDateTime ge 2026-11-23T00:00:00Z",
        "Sort by n DESC, the first 3 rows",
        "Keep rows with COUNT(*) > 1",
        "Group by MailFolders.displayName: COUNT(*), MAX(Messages.receivedDateTime)",
        "Join on MailFolders.id = Messages.parentFolderId",
        "Read Messages, checking receivedDateTime >= TIMESTAMP '2026-11-23 00:00:00' \
         AND LOWER(subject) LIKE 'a\\_%' ESCAPE '\\'",
        "Read MailFolders",
    ] {
        assert!(has(&told, line), "{line}\n{}", told.join("\n"));
    }
    let told = lines(
        &connection,
        "EXPLAIN SELECT subject, ROW_NUMBER() OVER (PARTITION BY importance ORDER BY subject DESC), \
         CAST(bodyPreview AS CHAR(5)) AS preview \
         FROM Messages WHERE id NOT IN (SELECT id FROM Events) ORDER BY receivedDateTime DESC LIMIT 5",
    );
    for line in [
        "Keep rows with NOT (subquery)",
        "Add whether Messages.id is in the second, read once",
        "Read Messages",
        "columns: id",
    ] {
        assert!(has(&told, line), "{line}\n{}", told.join("\n"));
    }
    let window =
        "ROW_NUMBER() OVER (PARTITION BY Messages.importance ORDER BY Messages.subject DESC)";
    assert!(
        has(&told, &format!("Compute {window}")),
        "{}",
        told.join("\n")
    );
    let sum = " + LENGTH(subject) - 1".repeat(10);
    let told = lines(
        &connection,
        &format!("EXPLAIN SELECT subject FROM Messages WHERE 1{sum} > 5"),
    );
    // A long sum is one function inside, but is shown as it was written.
    let shown = "1 + CAST(LENGTH(subject) AS BIGINT) - 1 + CAST(LENGTH(subject) AS BIGINT)";
    assert!(told.join("\n").contains(shown), "{told:#?}");
    let told = lines(&connection, "EXPLAIN SELECT COUNT(*) FROM Users");
    for line in ["the number of rows", "Compute COUNT(*) of all rows"] {
        assert!(has(&told, line), "{line}\n{}", told.join("\n"));
    }
    assert!(requests(&simulator).is_empty(), "nothing runs");
}

/// Neither the engine's names of operators nor its inner values of literals are shown.
#[test]
fn nothing_of_the_engine_shows() {
    let (_simulator, connection) = start();
    for sql in [
        "SELECT subject FROM Messages UNION SELECT displayName FROM Users",
        "SELECT * FROM Messages m, Users u WHERE m.receivedDateTime > u.createdDateTime",
        "SELECT * FROM Messages m CROSS JOIN Users u",
        "SELECT * FROM Messages m FULL JOIN Events e ON e.subject = m.subject AND e.isAllDay = m.isRead",
        "SELECT subject FROM Messages ORDER BY receivedDateTime DESC LIMIT 2 OFFSET 3",
        "SELECT (SELECT MAX(size) FROM MessageAttachments), {d '2026-01-01'}, 1 + isRead FROM Messages",
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 5) SELECT SUM(x) FROM n",
        "SELECT importance, isRead, COUNT(DISTINCT subject) FROM Messages GROUP BY ROLLUP(importance, isRead)",
        "SELECT * FROM (VALUES (1), (2)) AS t(a) WHERE a > 1",
        "SELECT 1 WHERE 1 = 0",
        "SELECT subject FROM Messages WHERE EXISTS (SELECT 1 FROM Events e WHERE e.subject = Messages.subject) OR isRead = 1",
        "SELECT SUM(size) OVER (ORDER BY name ROWS 2 PRECEDING) FROM MessageAttachments",
        "SELECT CASE WHEN receivedDateTime > {ts '2026-01-01 10:00:00'} THEN 'a' END FROM Messages",
    ] {
        for explain in ["EXPLAIN", "EXPLAIN ANALYZE"] {
            let text = lines(&connection, &format!("{explain} {sql}")).join("\n");
            let inner = ["Exec", "@", "Int64", "Utf8", "Some(", "DynamicFilter", "__"];
            // Requests contain the mailbox's address.
            let shown = text.replace(tenant::ALICE, "");
            let found = inner.iter().find(|inner| shown.contains(**inner));
            assert_eq!(found, None, "{explain} {sql}\n{text}");
        }
    }
}

#[test]
fn temporary_tables_are_named() {
    let (_simulator, connection) = start();
    let create = "CREATE TABLE #staged (address VARCHAR(320))";
    connection.execute(create).expect("it is made");
    let told = lines(&connection, "EXPLAIN SELECT * FROM #staged");
    assert!(has(&told, "Read temporary table #staged"), "{told:?}");
}

#[test]
fn requests_that_are_sent_again_are_counted() {
    let (simulator, connection) = start();
    let throttle = Action::Refuse {
        status: 429,
        code: "ApplicationThrottled".to_owned(),
        message: String::new(),
        retry_after: Some(0.2),
    };
    simulator.faults().add(Fault::once("*/messages", throttle));
    simulator
        .faults()
        .add(Fault::once("*/messages", Action::Reset));
    let told = lines(&connection, "EXPLAIN ANALYZE SELECT subject FROM Messages");
    let again = told.iter().find_map(|line| {
        line.trim()
            .strip_prefix("sent again: 2 requests, 1 of them throttled, after waits of ")
    });
    let waited = again.and_then(|rest| rest.strip_suffix(" ms"));
    let waited = waited.unwrap_or_else(|| panic!("{}", told.join("\n")));
    let waited: u64 = waited.parse().expect("a number");
    assert!(waited >= 200, "{waited} ms");
    let sum = told.iter().find(|line| line.contains(" received, "));
    assert!(
        sum.is_some_and(|sum| sum.starts_with("  Messages: 3 requests, ")),
        "{told:?}"
    );
}

#[test]
fn a_refused_filter_is_told() {
    let (simulator, connection) = start();
    let refuse = Action::Refuse {
        status: 400,
        code: "ErrorInvalidUrlQueryFilter".to_owned(),
        message: "The query filter contains one or more invalid nodes.".to_owned(),
        retry_after: None,
    };
    simulator.faults().add(Fault::once("*/messages", refuse));
    let told = lines(
        &connection,
        "EXPLAIN ANALYZE SELECT subject FROM Messages WHERE isRead = 1",
    );
    let line = "Graph refused the filter or the order: everything was read without it";
    assert!(has(&told, line), "{told:?}");
    let sum = told.iter().find(|line| line.contains(" received, "));
    assert!(
        sum.is_some_and(|sum| sum.starts_with("  Messages: 2 requests, ")),
        "{told:?}"
    );
}

#[test]
fn a_statement_that_fails_fails_when_it_is_analyzed() {
    let (_simulator, connection) = start();
    let sql = "SELECT subject FROM Messages WHERE mailbox = 'nobody@contoso.example'";
    let plain = connection.query(sql).expect_err("no such mailbox");
    let analyzed = connection.query(&format!("EXPLAIN ANALYZE {sql}"));
    assert_eq!(
        analyzed.expect_err("no such mailbox").state(),
        plain.state()
    );
    let change = connection.query("EXPLAIN ANALYZE INSERT INTO t VALUES (1)");
    assert_eq!(change.expect_err("no query").state(), "HYC00");
}

/// Makes every page but the first stall half-way.
fn stalling() -> (Simulator, Connection) {
    let simulator = simulator::start(tenant::odd());
    let string = simulator::alice(&simulator, "PageSize=10");
    let connection = client::connect(&string).expect("a connection");
    let stall = Action::Stall { seconds: 20.0 };
    simulator
        .faults()
        .add(Fault::always("*/messages", stall).after(1));
    (simulator, connection)
}

const ALL: &str = "EXPLAIN ANALYZE SELECT id FROM Messages";

#[test]
fn cancelling_ends_the_analysis() {
    let (_simulator, connection) = stalling();
    let mut statement = connection.statement().expect("a statement");
    let canceller = statement.canceller();
    let thread = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(400));
        let cancelled = Instant::now();
        canceller.cancel();
        cancelled
    });
    let failure = statement
        .execute_direct(ALL)
        .and_then(|_| statement.fetch())
        .expect_err("it is cancelled");
    let ended = Instant::now();
    assert_eq!(failure.state(), "HY008", "{failure}");
    let delay = ended.duration_since(thread.join().expect("the thread ends"));
    assert!(delay < Duration::from_millis(100), "it took {delay:?}");
}

#[test]
fn the_query_timeout_ends_the_analysis() {
    let (_simulator, connection) = stalling();
    let mut statement = connection.statement().expect("a statement");
    statement.set_query_timeout(1).expect("it is set");
    let started = Instant::now();
    let failure = statement
        .execute_direct(ALL)
        .and_then(|_| statement.fetch())
        .expect_err("it takes too long");
    let elapsed = started.elapsed();
    assert_eq!(failure.state(), "HYT00", "{failure}");
    assert!(
        elapsed < Duration::from_millis(1_300),
        "it took {elapsed:?}"
    );
}

/// The warning about statements that read a lot; `None` for others.
const READING: &[(&str, Option<&str>)] = &[
    (
        "SELECT body_content FROM Messages",
        Some("Every message's body of alice@contoso.example is read, in pages of 100 rows."),
    ),
    (
        "SELECT contentBytes FROM MessageAttachments",
        Some(
            "Every attachment's content of alice@contoso.example is read, one batch of twenty messages after another.",
        ),
    ),
    (
        "SELECT body_content FROM Events WHERE mailbox IN ('a@x.org', 'b@x.org', 'c@x.org', 'd@x.org')",
        Some(
            "Every event's body of a@x.org, b@x.org, c@x.org and 1 more mailboxes is read, \
             in pages of 100 rows.",
        ),
    ),
    // The driver sorts, so all rows have to be read.
    (
        "SELECT body_content FROM Messages ORDER BY subject LIMIT 5",
        Some("Every message's body of alice@contoso.example is read, in pages of 100 rows."),
    ),
    (
        "SELECT internetMessageHeaders, body_content FROM Messages WHERE LOWER(subject) = 'x' LIMIT 5",
        Some(
            "Every message's body and every message's internet headers of alice@contoso.example is read, \
             in pages of 20 to 100 rows, until 5 rows are found.",
        ),
    ),
    (
        "SELECT m.body_content FROM Messages m JOIN MailFolders f ON f.id = m.parentFolderId",
        Some(
            "Every message's body of alice@contoso.example is read, in pages of 100 rows, \
             when the join has more than 3 keys.",
        ),
    ),
    (
        "SELECT m.body_content FROM Messages m JOIN Users u ON u.mail = m.from_emailAddress_address",
        Some(
            "Every message's body of alice@contoso.example is read, in pages of 100 rows, \
             unless the join has few keys.",
        ),
    ),
    ("SELECT subject, bodyPreview FROM Messages", None),
    ("SELECT body_content FROM Messages LIMIT 5", None),
    (
        "SELECT body_content FROM Messages ORDER BY receivedDateTime DESC LIMIT 5",
        None,
    ),
    (
        "SELECT body_content FROM Messages WHERE receivedDateTime >= '2026-01-01'",
        None,
    ),
    (
        "SELECT body_content FROM Messages WHERE id IN ('a', 'b')",
        None,
    ),
    ("SELECT name, size FROM MessageAttachments", None),
    (
        "SELECT contentBytes FROM MessageAttachments WHERE messageId = 'a'",
        None,
    ),
    (
        "SELECT a.contentBytes FROM Messages m JOIN MessageAttachments a ON a.messageId = m.id",
        None,
    ),
    ("SELECT COUNT(*) FROM Messages", None),
];

#[test]
fn statements_that_read_very_much_are_told() {
    let (_simulator, connection) = start();
    for (sql, expected) in READING {
        let told = lines(&connection, &format!("EXPLAIN {sql}"));
        let title = told.iter().position(|line| line == "Large read:");
        let warning = title.map(|at| told[at + 1].trim());
        assert_eq!(warning, *expected, "{sql}\n{}", told.join("\n"));
        let remedy = title.map(|at| told[at + 2].trim());
        assert!(
            remedy.is_none_or(|line| line.starts_with("Less is read with a condition on ")),
            "{remedy:?}"
        );
    }
    let told = lines(&connection, "EXPLAIN SELECT body_content FROM Messages");
    let remedy =
        "Less is read with a condition on receivedDateTime, a LIMIT, or without body_content.";
    assert!(has(&told, remedy), "{told:?}");
}

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/explain.md");

/// The text without figures that depend on the machine and on the simulator's port.
fn without_chance(text: &str) -> String {
    let words = text.split(' ').collect::<Vec<_>>();
    let steady = words.iter().enumerate().map(|(at, word)| {
        let next = words
            .get(at + 1)
            .is_some_and(|next| next.starts_with("ms") || next.starts_with("byte"));
        if next { "n" } else { word }
    });
    steady.collect::<Vec<_>>().join(" ")
}

/// Runs each statement on the page and compares the output with the block below it.
#[test]
fn the_page_is_current() {
    let tenant = generate::tenant(&generate::Options::default());
    let simulator = Simulator::start(tenant, Options::default()).expect("a free port");
    let string = format!(
        "{};PageSize=100;MaxConcurrentRequests=1",
        simulator.connection_string()
    );
    let connection = client::connect(&string).expect("a connection");
    let page = std::fs::read_to_string(PAGE).expect("the page");
    let mut current = String::new();
    let mut shown = 0;
    let mut rest = page.as_str();
    while let Some((before, after)) = rest.split_once("```sql\n") {
        let (sql, after) = after.split_once("```\n").expect("the end of the statement");
        current += &format!("{before}```sql\n{sql}```\n");
        rest = after;
        let Some(output) = after.strip_prefix("\n```text\n") else {
            continue;
        };
        let (_, after) = output.split_once("```\n").expect("the end of the output");
        let lines = lines(&connection, sql.trim());
        current += &format!("\n```text\n{}\n```\n", lines.join("\n"));
        rest = after;
        shown += 1;
    }
    current += rest;
    if std::env::var("WRITE_DOCS").is_ok_and(|value| value == "1") {
        std::fs::write(PAGE, &current).expect("the page is writable");
        return;
    }
    assert!(shown >= 3, "the statements were not found");
    assert!(
        without_chance(&page) == without_chance(&current),
        "docs/explain.md is not current: run the test with WRITE_DOCS=1"
    );
}
