//! The requests of each statement: exactly those of a table, which docs/pushdown.md shows.
//!
//! `WRITE_DOCS=1` updates the page.

mod cases;
mod explained;

use cases::{Case, Count};
use driver_harness::client::{self, Connection, Parameter};
use driver_harness::simulator;
use driver_harness::tenant::{self, ALICE};
use explained::Explained;
use graph_simulator::{Entry, Simulator};

/// Names in the table and their values, longest values first.
struct Names(Vec<(&'static str, String)>);

impl Names {
    fn new(connection: &Connection) -> Self {
        let tenant = tenant::odd();
        let mailbox = tenant::user(&tenant, ALICE)
            .mailbox
            .as_ref()
            .expect("Alice has a mailbox");
        let id = |entity| tenant::text(entity, "id").to_owned();
        let folder = |at: usize| id(&mailbox.folders[at].entity);
        let message = id(&mailbox.messages[0].entity);
        let sql = format!("SELECT compositeKey, safeKey FROM Messages WHERE id = '{message}'");
        let keys = connection
            .query(&sql)
            .expect("the keys of a message")
            .remove(0);
        let key = |at: usize| keys[at].clone().expect("keys are never null");
        // Folders are looked up once in a while, before rows are read by them; the table leaves
        // that out.
        for folder in &mailbox.folders {
            let sql = format!(
                "SELECT id FROM Messages WHERE parentFolderId = '{}'",
                id(&folder.entity)
            );
            connection.query(&sql).expect("the messages of a folder");
        }
        let mut names = vec![
            ("{mailbox}", ALICE.to_owned()),
            ("{inbox}", folder(0)),
            ("{drafts}", folder(1)),
            ("{other}", id(&mailbox.messages[4].entity)),
            ("{calendar}", id(&mailbox.calendars[0])),
            ("{event}", id(&mailbox.events[0].entity)),
            ("{contactFolder}", id(&mailbox.contact_folders[0])),
            ("{todoList}", id(&mailbox.todo_lists[0])),
            ("{todoTask}", id(&mailbox.todo_tasks[0].entity)),
            ("{group}", id(&tenant.groups[4].entity)),
            ("{unified}", id(&tenant.groups[0].entity)),
            ("{compositeKey}", key(0)),
            ("{safeKey}", key(1)),
            ("{message}", message),
        ];
        names.sort_by_key(|(_, value)| std::cmp::Reverse(value.len()));
        Self(names)
    }

    fn fill_in(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (name, value)| {
            text.replace(name, value)
        })
    }
}

/// The request in the table's notation. `{each}` in the table matches any id in a path.
fn shown(entry: &Entry) -> String {
    let path = percent_encoding::percent_decode_str(&entry.path).decode_utf8_lossy();
    let path = path.strip_prefix("/v1.0").unwrap_or(&path).to_owned();
    let indent = if entry.batch.is_some() { "  " } else { "" };
    let query = entry
        .query
        .iter()
        .map(|(name, value)| format!("{name}={value}"));
    let query = query.collect::<Vec<_>>().join("&");
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{indent}{} {path}{mark}{query}", entry.method)
}

/// Whether a request matches the table's line.
fn fits(line: &str, request: &str) -> bool {
    let Some((before, after)) = line.split_once("{each}") else {
        return line == request;
    };
    let Some(rest) = request.strip_prefix(before) else {
        return false;
    };
    // The id ends with its segment.
    let end = rest.find('/').unwrap_or(rest.len());
    (0..=end).any(|end| rest.is_char_boundary(end) && fits(after, &rest[end..]))
}

/// Checks a case; returns the difference.
fn difference(
    simulator: &Simulator,
    connection: &Connection,
    names: &Names,
    case: &Case,
) -> Option<String> {
    simulator.clear_log();
    let sql = names.fill_in(case.sql);
    let parameters = (case.parameters)();
    let executed = match parameters.is_empty() {
        true => connection.execute(&sql),
        false => connection.execute_with(&sql, &parameters),
    };
    if let Err(failure) = executed.and_then(|mut statement| statement.rows()) {
        return Some(format!("{}\n  {failure}", case.sql));
    }
    let mut entries = simulator::requests(simulator);
    entries.sort_by_key(|entry| entry.number);
    let sent: Vec<String> = entries.iter().map(shown).collect();
    let expected: Vec<String> = case
        .requests
        .iter()
        .map(|line| names.fill_in(line))
        .collect();
    let all_known = sent
        .iter()
        .all(|request| expected.iter().any(|line| fits(line, request)));
    let all_sent = expected
        .iter()
        .all(|line| sent.iter().any(|request| fits(line, request)));
    let as_many =
        sent.len() == expected.len() || case.requests.iter().any(|line| line.contains("{each}"));
    if all_known && all_sent && as_many {
        return None;
    }
    Some(format!(
        "{}\n  expected:\n    {}\n  sent:\n    {}",
        case.sql,
        expected.join("\n    "),
        sent.join("\n    ")
    ))
}

#[test]
fn every_statement_sends_the_requests_of_the_table() {
    let simulator = simulator::start(tenant::odd());
    let connection = client::connect(&simulator::alice(&simulator, "")).expect("a connection");
    let names = Names::new(&connection);
    let differences: Vec<String> = cases::all()
        .filter_map(|case| difference(&simulator, &connection, &names, case))
        .collect();
    assert!(differences.is_empty(), "{}", differences.join("\n\n"));
    assert_eq!(simulator.counters().refused, 0);
}

/// A connection without a mailbox reads the mailboxes that a join names.
#[test]
fn a_join_names_the_mailboxes_where_the_connection_has_none() {
    let simulator = simulator::start(tenant::odd());
    let connection = client::connect(&simulator::credentials(&simulator)).expect("a connection");
    simulator.clear_log();
    let sql = "SELECT u.displayName, COUNT(*) FROM Messages m JOIN Users u ON u.userPrincipalName = m.mailbox \
               WHERE u.accountEnabled = 1 GROUP BY u.displayName";
    let rows = connection.query(sql).expect("the join names the mailboxes");
    assert_eq!(rows.len(), 2, "Alice and Bob have mail: {rows:?}");
    let listed = |name: &str| {
        let path = format!("/users/{name}/messages");
        let requests = simulator::requests(&simulator);
        requests.iter().any(|entry| entry.path.ends_with(&path))
    };
    assert!(listed(ALICE) && listed(tenant::BOB));
    let alone = connection.query("SELECT COUNT(*) FROM Messages");
    assert!(alone.is_err(), "no mailbox is named");
}

/// The next page is requested ahead of the engine, but not if enough rows are known.
#[test]
fn no_page_beyond_the_limit_is_asked_for() {
    let simulator = simulator::start(tenant::odd());
    let connection =
        client::connect(&simulator::alice(&simulator, "PageSize=5")).expect("a connection");
    for sql in [
        "SELECT TOP 5 subject FROM Messages",
        "SELECT id FROM Messages WHERE subject IS NOT NULL LIMIT 1",
    ] {
        simulator.clear_log();
        let mut statement = connection.execute(sql).expect(sql);
        // The application waits, so that the driver has time to read ahead.
        std::thread::sleep(std::time::Duration::from_millis(200));
        assert!(!statement.rows().expect(sql).is_empty());
        assert_eq!(simulator::requests(&simulator).len(), 1, "{sql}");
    }
}

/// The result of a statement, as lines of text.
fn lines(connection: &Connection, sql: &str, parameters: &[Parameter]) -> Vec<String> {
    let executed = match parameters {
        [] => connection.execute(sql),
        parameters => connection.execute_with(sql, parameters),
    };
    let rows = executed.and_then(|mut statement| statement.rows());
    let rows = rows.unwrap_or_else(|failure| panic!("{sql}: {failure}"));
    rows.into_iter().flatten().flatten().collect()
}

/// What EXPLAIN lists of a statement, and the requests that come when it runs.
fn explained_and_sent(
    simulator: &Simulator,
    connection: &Connection,
    sql: &str,
    parameters: &[Parameter],
) -> (Vec<String>, Vec<(String, bool)>) {
    simulator.clear_log();
    let plan = lines(connection, &format!("EXPLAIN {sql}"), parameters);
    assert!(
        simulator::requests(simulator).is_empty(),
        "EXPLAIN asks nothing"
    );
    lines(connection, sql, parameters);
    let entries = simulator::requests(simulator);
    let sent = entries.iter().filter(|entry| entry.method == "GET");
    let sent = sent.map(|entry| (shown(entry).trim().to_owned(), entry.batch.is_some()));
    (plan, sent.collect())
}

/// Checks that EXPLAIN lists what is sent, no less and no more; says what differs.
fn explained_difference(sql: &str, plan: &[String], sent: &[(String, bool)]) -> Option<String> {
    let differences = Explained::of(plan).differences(sent);
    let text = format!(
        "EXPLAIN {sql}\n  {}\n  {}",
        differences.join("\n  "),
        plan.join("\n    ")
    );
    (!differences.is_empty()).then_some(text)
}

#[test]
fn explain_lists_the_requests_and_sends_none() {
    let simulator = simulator::start(tenant::odd());
    let connection = client::connect(&simulator::alice(&simulator, "")).expect("a connection");
    let names = Names::new(&connection);
    let differences = cases::all().filter_map(|case| {
        let sql = names.fill_in(case.sql);
        let parameters = (case.parameters)();
        let (plan, sent) = explained_and_sent(&simulator, &connection, &sql, &parameters);
        explained_difference(&sql, &plan, &sent)
    });
    let differences: Vec<String> = differences.collect();
    assert!(differences.is_empty(), "{}", differences.join("\n\n"));
}

/// Statements whose rows are looked up when nothing is known yet.
const LOOKED_UP: [&str; 6] = [
    "SELECT subject FROM Messages WHERE id = '{message}'",
    "SELECT subject FROM Messages WHERE id IN ('{message}', '{other}')",
    "SELECT subject FROM Messages WHERE parentFolderId IN ('{inbox}', '{drafts}')",
    "SELECT name FROM MessageAttachments WHERE messageId = '{message}'",
    "SELECT displayName FROM MailFolders WHERE id IN ('{inbox}', '{nested}')",
    "SELECT m.subject FROM Messages m JOIN MailFolders f ON f.id = m.parentFolderId WHERE f.displayName = 'Inbox'",
];

#[test]
fn explain_lists_how_rows_are_looked_up() {
    let simulator = simulator::start(tenant::odd());
    let string = simulator::alice(&simulator, "");
    let connection = client::connect(&string).expect("a connection");
    let names = Names::new(&connection);
    let nested = "SELECT MAX(id) FROM MailFolders WHERE depth = 3";
    let nested = lines(&connection, nested, &[]).remove(0);
    for sql in LOOKED_UP.map(|sql| names.fill_in(&sql.replace("{nested}", &nested))) {
        // Another one knows nothing.
        let connection = client::connect(&string).expect("a connection");
        let (plan, sent) = explained_and_sent(&simulator, &connection, &sql, &[]);
        let difference = explained_difference(&sql, &plan, &sent);
        assert_eq!(difference, None, "{}", plan.join("\n"));
        assert!(Explained::of(&plan).has_conditional(&sent), "{sql}");
    }
}

/// Statements about every mailbox, and those that are read in several steps.
const IN_STEPS: [&str; 9] = [
    "SELECT subject FROM Messages",
    "SELECT wellKnownName, path FROM MailFolders",
    "SELECT displayName FROM Contacts",
    "SELECT subject, calendarId FROM Events",
    "SELECT subject, calendarId FROM Events WHERE id IN ('a', 'b')",
    "SELECT name FROM MessageAttachments",
    "SELECT name FROM EventAttachments",
    "SELECT name FROM Calendars",
    "SELECT COUNT(*) FROM Users",
];

#[test]
fn explain_lists_the_steps_of_every_mailbox() {
    let simulator = simulator::start(tenant::odd());
    let alone = simulator::alice(&simulator, "");
    let all = format!("{}Mailboxes=*", simulator::credentials(&simulator));
    for string in [alone, all] {
        let connection = client::connect(&string).expect("a connection");
        for sql in IN_STEPS {
            let (plan, sent) = explained_and_sent(&simulator, &connection, sql, &[]);
            let difference = explained_difference(sql, &plan, &sent);
            assert_eq!(difference, None, "{}", plan.join("\n"));
        }
    }
}

/// The figures of a scan: requests, those inside of batches, bytes.
fn figures(line: &str) -> [u64; 3] {
    let before = |what: &str| {
        let words = line.split([' ', '(', ',']).filter(|word| !word.is_empty());
        let words: Vec<&str> = words.collect();
        let at = words.iter().position(|word| word.starts_with(what));
        at.map_or(0, |at| words[at - 1].parse().expect("a number"))
    };
    [before("request"), before("in"), before("byte")]
}

/// The driver's counts equal the simulator's.
#[test]
fn explain_analyze_tells_what_was_used() {
    let simulator = simulator::start(tenant::odd());
    let connection = client::connect(&simulator::alice(&simulator, "")).expect("a connection");
    let names = Names::new(&connection);
    let cases = cases::all().filter(|case| (case.parameters)().is_empty());
    for case in cases {
        let sql = names.fill_in(case.sql);
        let result = connection.query(&sql).expect(case.sql).len();
        simulator.clear_log();
        let rows = connection.query(&format!("EXPLAIN ANALYZE {sql}"));
        let rows = rows.unwrap_or_else(|failure| panic!("{}: {failure}", case.sql));
        let lines: Vec<String> = rows.into_iter().flatten().flatten().collect();
        let counted = lines.iter().skip_while(|line| *line != "Used:");
        let scans = counted.clone().filter(|line| line.contains(" received, "));
        let sums = scans.map(|line| figures(line)).fold([0; 3], |sums, more| {
            [sums[0] + more[0], sums[1] + more[1], sums[2] + more[2]]
        });
        let seen = simulator.counters();
        // The size of a batch includes its replies.
        let sent = simulator::requests(&simulator).into_iter();
        let sent = sent.filter(|entry| entry.batch.is_none());
        let bytes: usize = sent.map(|entry| entry.bytes).sum();
        let text = lines.join("\n");
        assert_eq!(
            sums,
            [seen.requests, seen.batched, bytes as u64],
            "{}\n{text}",
            case.sql
        );
        let total = counted.last().expect("a last line");
        let noun = if result == 1 { "row" } else { "rows" };
        let expected = format!(", {result} {noun} in the result, ");
        assert!(total.contains(&expected), "{}\n{text}", case.sql);
    }
}

#[test]
fn metadata_and_preparing_ask_nothing() {
    let simulator = simulator::start(tenant::odd());
    let connection = client::connect(&simulator::alice(&simulator, "")).expect("a connection");
    simulator.clear_log();
    let rows = |statement: client::Result<client::Statement>| {
        statement
            .and_then(|mut statement| statement.rows())
            .expect("a catalog function")
            .len()
    };
    assert!(rows(connection.tables(None, None)) >= 7);
    assert!(rows(connection.columns(Some("Messages"), None)) > 40);
    assert_eq!(rows(connection.primary_keys("Messages")), 1);
    assert!(rows(connection.statistics("Messages")) > 0);
    assert!(rows(connection.special_columns("Messages")) > 0);
    assert!(rows(connection.type_info(0)) > 0);
    let mut statement = connection
        .prepare("SELECT subject, receivedDateTime FROM Messages WHERE isRead = ?")
        .unwrap();
    assert_eq!(statement.columns().unwrap().len(), 2);
    assert_eq!(statement.parameter_count().unwrap(), 1);
    statement.parameter(1).unwrap();
    connection.native_sql("SELECT {fn NOW()}").unwrap();
    assert!(
        simulator.log().is_empty(),
        "no request, not even for a token: {:?}",
        simulator.log()
    );
}

const PAGE: &str = "docs/pushdown.md";

#[test]
fn the_page_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/pushdown.md");
    let page = page();
    if std::env::var("WRITE_DOCS").is_ok_and(|value| value == "1") {
        std::fs::write(path, &page).expect("the page is writable");
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == page,
        "{PAGE} is not current: run the tests with WRITE_DOCS=1"
    );
}

fn page() -> String {
    let mut page = String::from(
        "# Push-down: the requests of each statement\n\n\
         <!-- Written by the test `the_page_is_current` in tests/pushdown/main.rs. -->\n\n\
         This page shows statements with the requests that they send, as a test records them. Requests of a\n\
         `$batch` are indented. `EXPLAIN` before a statement lists its requests without sending them.\n\
         The driver checks again every row that Graph has filtered, so a result never depends on how Graph\n\
         compares. With `Pushdown=Off` the driver filters and sorts alone. [tables.md](tables.md) lists the\n\
         conditions that Graph answers for each column, and [graph.md](graph.md) has the evidence.\n\n\
         The line below the requests counts them for one page of rows, and names the possible minimum: every row\n\
         needs a request to its collection, folders and calendars are collections of their own, and\n\
         attachments need one for each message. For rows that are read by their ids or their folder, the driver first\n\
         looks up that folder, once in five minutes ([faults.md](faults.md)); the requests below leave that out.\n",
    );
    for case in cases::all() {
        page += &format!("\n## {}\n\n```sql\n{}\n```\n\n", case.about, case.sql);
        page += &match case.requests {
            [] => "No request.\n".to_owned(),
            lines => format!("```text\n{}\n```\n\n{}\n", lines.join("\n"), counted(case)),
        };
    }
    page
}

/// The number of requests of a statement, and the minimum.
fn counted(case: &Case) -> String {
    let words = |count: Count| {
        let fixed = match count.fixed {
            1 => "1 request".to_owned(),
            more => format!("{more} requests"),
        };
        match count.for_each {
            0 => fixed,
            1 => format!("{fixed} and 1 for each"),
            more => format!("{fixed} and {more} for each"),
        }
    };
    let count = words(case.count());
    match case.least {
        None => format!("{count}: the least."),
        Some((least, why)) => format!("{count}; the least is {}. {why}.", words(least)),
    }
}

#[test]
fn statements_take_the_least_requests_or_say_why_not() {
    let count = cases::all().count();
    assert!(count >= 60, "{count} statements");
    for case in cases::all() {
        let Some((least, why)) = case.least else {
            continue;
        };
        assert!(least < case.count() && !why.is_empty(), "{}", case.about);
    }
}
