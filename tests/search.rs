//! SEARCH and CONTAINS from outside: rows that Graph's index finds are returned, and where only the
//! index could decide, no other request is sent.

use driver_harness::client::{self, Connection, Failure, Parameter};
use driver_harness::simulator;
use driver_harness::tenant::{self, ALICE, BOB};
use graph_simulator::Simulator;
use graph_simulator::model::Tenant;
use serde_json::{Value, json};

struct Opened {
    connection: Connection,
    simulator: Simulator,
}

fn open_with(tenant: Tenant, keys: &str) -> Opened {
    let simulator = simulator::start(tenant);
    let connection =
        client::connect(&simulator::alice(&simulator, keys)).expect("Alice may log in");
    Opened {
        connection,
        simulator,
    }
}

fn open() -> Opened {
    open_with(tenant::odd(), "")
}

impl Opened {
    /// The first column, sorted.
    fn values(&self, sql: &str) -> Vec<String> {
        let rows = self.connection.query(sql);
        let rows = rows.unwrap_or_else(|failure| panic!("{sql}: {failure}"));
        let mut values: Vec<String> = rows
            .into_iter()
            .map(|mut row| row.remove(0).unwrap_or_default())
            .collect();
        values.sort();
        values
    }

    fn failure(&self, sql: &str) -> Failure {
        let outcome = self.connection.query(sql);
        outcome.expect_err(sql)
    }

    fn nothing_is_refused(&self) {
        assert_eq!(self.simulator.counters().refused, 0);
    }
}

/// Subjects of Alice's messages that meet a condition.
fn subjects(wanted: impl Fn(&Value) -> bool) -> Vec<String> {
    let tenant = tenant::odd();
    let mailbox = tenant::user(&tenant, ALICE).mailbox.as_ref().expect("mail");
    let wanted =
        tenant::messages(mailbox).filter(|message| wanted(&Value::Object(message.entity.clone())));
    let mut subjects: Vec<String> = wanted
        .map(|message| tenant::text(&message.entity, "subject").to_owned())
        .collect();
    subjects.sort();
    subjects
}

fn has_word(text: &Value, start: &str) -> bool {
    let text = text.as_str().unwrap_or_default().to_lowercase();
    text.split(|letter: char| !letter.is_alphanumeric())
        .any(|word| word.starts_with(start))
}

#[test]
fn words_are_found_and_other_conditions_are_checked() {
    let opened = open();
    let reports = subjects(|message| has_word(&message["subject"], "report"));
    assert!(reports.len() > 3);
    for search in [
        "CONTAINS(subject, 'report')",
        "SEARCH('subject:report')",
        "SEARCH(Messages.*, 'subject:' || 'REPORT')",
        "{fn CONTAINS(\"Messages\".\"subject\", '\"rep*\"')} AND 1 = 1",
        "CONTAINS(subject, 'report') = 1",
        "1 = 1 AND (subject IS NOT NULL AND CONTAINS(subject, 'report'))",
    ] {
        let found = opened.values(&format!("SELECT subject FROM Messages WHERE {search}"));
        assert_eq!(found, reports, "{search}");
    }
    let high = subjects(|message| {
        has_word(&message["subject"], "report") && message["importance"] == "high"
    });
    assert_ne!(high, reports);
    let sql = "SELECT subject FROM Messages WHERE importance = 'high' AND SEARCH('subject:report')";
    assert_eq!(opened.values(sql), high);
    opened.nothing_is_refused();
}

#[test]
fn a_search_reads_the_same_through_queries_in_queries() {
    let opened = open();
    let reports = subjects(|message| has_word(&message["subject"], "report"));
    for sql in [
        "SELECT s FROM (SELECT subject AS s, id FROM Messages) AS t WHERE CONTAINS(t.s, 'report')",
        "WITH t AS (SELECT * FROM Messages) SELECT subject FROM t WHERE SEARCH('subject:report')",
        "SELECT subject FROM Messages WHERE id IN (SELECT id FROM Messages WHERE SEARCH('subject:report'))",
        "SELECT m.subject FROM Messages m JOIN MailFolders f ON f.id = m.parentFolderId WHERE SEARCH('subject:report')",
        "SELECT m.subject FROM Messages m LEFT JOIN Users u ON u.mail = m.subject WHERE SEARCH(m.*, 'subject:report')",
        "SELECT m.subject FROM Users u RIGHT JOIN Messages m ON u.mail = m.subject WHERE CONTAINS(m.subject, 'report')",
    ] {
        assert_eq!(opened.values(sql), reports, "{sql}");
    }
    opened.nothing_is_refused();
}

#[test]
fn parameters_are_searched_for_as_they_are() {
    let opened = open();
    let mut statement = opened
        .connection
        .prepare("SELECT subject FROM Messages WHERE CONTAINS(subject, ?) AND isRead = ?")
        .expect("it prepares");
    assert_eq!(statement.columns().expect("its columns").len(), 1);
    assert_eq!(statement.parameter_count().expect("a count"), 2);
    let sql = "SELECT subject FROM Messages WHERE CONTAINS(subject, ?)";
    let found = |text: &str| {
        let parameters: [Parameter; 1] = [text.into()];
        let executed = opened.connection.execute_with(sql, &parameters);
        executed.and_then(|mut statement| statement.rows())
    };
    assert_eq!(
        found("\"it's 100%\"").expect("a phrase").len(),
        subjects(|message| message["subject"] == "Re: it's 100% done_").len()
    );
    let hostile = r#""x"") OR (subject:report""#;
    assert_eq!(found(hostile).expect("one phrase").len(), 0);
    assert_eq!(found("two words").expect_err("no phrase").state(), "42000");
    let null = opened
        .connection
        .execute_with(sql, &[Parameter::Null])
        .and_then(|mut statement| statement.rows());
    assert_eq!(null.expect("nothing is found").len(), 0);
    opened.nothing_is_refused();
}

#[test]
fn a_search_stands_where_graph_can_answer_it_alone() {
    let opened = open();
    simulator_log_is_empty_after(&opened, || {
        for sql in [
            "SELECT SEARCH('x') FROM Messages",
            "SELECT subject FROM Messages WHERE SEARCH('x') OR isRead = 1",
            "SELECT subject FROM Messages WHERE NOT CONTAINS(subject, 'x')",
            "SELECT subject FROM Messages WHERE CONTAINS(subject, 'x') = 0",
            "SELECT subject FROM Messages ORDER BY CASE WHEN SEARCH('x') THEN 1 ELSE 0 END",
            "SELECT m.id FROM Messages m JOIN Users u ON u.mail = m.subject AND SEARCH(m.*, 'x')",
            "SELECT subject FROM Messages GROUP BY subject HAVING SEARCH('x')",
            "SELECT name FROM Calendars WHERE SEARCH('x')",
            "SELECT displayName FROM Contacts WHERE CONTAINS(displayName, 'x')",
            "SELECT 1 WHERE SEARCH('x')",
            "SELECT s FROM (SELECT TOP 5 subject AS s FROM Messages) t WHERE CONTAINS(s, 'x')",
            "SELECT s FROM (SELECT DISTINCT subject AS s FROM Messages) t WHERE CONTAINS(s, 'x')",
            "SELECT u.id FROM Users u LEFT JOIN Messages m ON u.mail = m.subject WHERE CONTAINS(m.subject, 'x')",
            "SELECT subject FROM Messages WHERE CONTAINS(bodyPreview, 'x')",
            "SELECT subject FROM Messages WHERE CONTAINS(subject, 'a NEAR b')",
        ] {
            assert_eq!(opened.failure(sql).state(), "HYC00", "{sql}");
        }
        for sql in [
            "SELECT subject FROM Messages WHERE SEARCH('')",
            "SELECT subject FROM Messages WHERE SEARCH()",
            "SELECT subject FROM Messages WHERE SEARCH(subject, 'x')",
            "SELECT subject FROM Messages WHERE SEARCH('a) OR (b')",
            "SELECT subject FROM Messages WHERE SEARCH(subject)",
            "SELECT subject FROM Messages WHERE SEARCH(x.*, 'a')",
            "SELECT subject FROM Messages WHERE CONTAINS(LOWER(subject), 'x')",
            "SELECT subject FROM Messages WHERE CONTAINS(subject, 'two words')",
            "SELECT m.id FROM Messages m, Users u WHERE SEARCH('x')",
            "SELECT m.id FROM Messages m, Messages n WHERE CONTAINS((m.subject, n.subject), 'x')",
            "SELECT id FROM Users WHERE SEARCH('ann')",
            "SELECT id FROM Users WHERE SEARCH('accountEnabled:true')",
        ] {
            assert_eq!(opened.failure(sql).state(), "42000", "{sql}");
        }
    });
    let misplaced = opened.failure("SELECT subject FROM Messages WHERE NOT SEARCH('x')");
    assert!(
        misplaced.to_string().contains("only allowed in WHERE"),
        "{misplaced}"
    );
    let ambiguous = opened.failure("SELECT m.id FROM Messages m, Users u WHERE CONTAINS(*, 'x')");
    assert!(
        ambiguous.to_string().contains("CONTAINS(Messages.*"),
        "{ambiguous}"
    );
}

fn simulator_log_is_empty_after(opened: &Opened, work: impl FnOnce()) {
    opened.simulator.clear_log();
    work();
    assert!(simulator::requests(&opened.simulator).is_empty());
}

/// The page's recommendation where a search is not allowed.
#[test]
fn a_query_of_its_own_searches_where_a_condition_may_not() {
    let opened = open();
    let either = subjects(|message| {
        has_word(&message["subject"], "report") || message["importance"] == "high"
    });
    let sql = "SELECT subject FROM Messages WHERE importance = 'high' \
               OR id IN (SELECT id FROM Messages WHERE SEARCH('subject:report'))";
    assert_eq!(opened.values(sql), either);
    let sql = "SELECT u.id FROM Users u LEFT JOIN (SELECT * FROM Messages WHERE SEARCH('zebra')) m ON m.subject = u.mail";
    assert_eq!(opened.values(sql).len(), 26, "every user");
    let sql = "SELECT id FROM Messages WHERE SEARCH('received>=' || CURDATE())";
    let today = || format!("\"received>={}\"", chrono::Utc::now().format("%Y-%m-%d"));
    let before = today();
    opened.values(sql);
    let sent = simulator::requests(&opened.simulator);
    let search = sent.last().and_then(|entry| entry.option("$search"));
    assert!(
        [before, today()]
            .map(Some)
            .contains(&search.map(str::to_owned)),
        "{search:?}"
    );
    opened.nothing_is_refused();
}

#[test]
fn what_a_search_finds_is_counted_sorted_and_staged() {
    let opened = open();
    let reports = subjects(|message| has_word(&message["subject"], "report"));
    let count = reports.len().to_string();
    let of = |what: &str| {
        opened.values(&format!(
            "SELECT {what} FROM Messages WHERE SEARCH('subject:report')"
        ))
    };
    assert_eq!(of("COUNT(*)"), [count]);
    let last = of("receivedDateTime").pop().expect("a time");
    assert_eq!(of("MAX(receivedDateTime)"), [last]);
    let staged = "SELECT subject INTO #found FROM Messages WHERE SEARCH('subject:report')";
    opened.connection.execute(staged).expect("rows are staged");
    assert_eq!(opened.values("SELECT subject FROM #found"), reports);
    let unstaged = "DELETE FROM #found WHERE SEARCH('x')";
    let refused = opened.connection.execute(unstaged).err();
    assert_eq!(refused.expect("no index").state(), "HYC00");
    opened.nothing_is_refused();
}

/// A search that Graph does not understand fails with Graph's message, and nothing else is read.
#[test]
fn a_search_that_graph_refuses_is_an_error() {
    let opened = open();
    for sql in [
        "SELECT subject FROM Messages WHERE SEARCH('colour:red')",
        "SELECT subject FROM Messages WHERE SEARCH('a AND') AND isRead = 1",
    ] {
        opened.simulator.clear_log();
        let failure = opened.failure(sql);
        assert_eq!(failure.state(), "42000", "{failure}");
        assert!(failure.to_string().contains("docs/search.md"), "{failure}");
        assert_eq!(simulator::requests(&opened.simulator).len(), 1, "{sql}");
    }
}

#[test]
fn users_are_found_by_words_and_by_clauses() {
    let opened = open();
    let tenant = tenant::odd();
    let named = |wanted: &dyn Fn(&Value) -> bool| {
        let users = tenant.users.iter();
        let users = users.filter(|user| wanted(&Value::Object(user.entity.clone())));
        let mut ids: Vec<String> = users
            .map(|user| tenant::text(&user.entity, "id").to_owned())
            .collect();
        ids.sort();
        ids
    };
    let reports = named(&|user| has_word(&user["displayName"], "report"));
    assert!(reports.len() > 2);
    for search in [
        "CONTAINS(*, 'report')",
        "CONTAINS(displayName, '\"REP*\"')",
        "SEARCH('displayName:report')",
    ] {
        let found = opened.values(&format!("SELECT id FROM Users WHERE {search}"));
        assert_eq!(found, reports, "{search}");
    }
    let enabled =
        named(&|user| has_word(&user["displayName"], "report") && user["accountEnabled"] == true);
    assert_ne!(enabled, reports);
    let sql = "SELECT id FROM Users WHERE SEARCH('displayName:report') AND accountEnabled = 1";
    assert_eq!(opened.values(sql), enabled);
    let sql = "SELECT COUNT(*) FROM Users WHERE SEARCH('displayName:report')";
    assert_eq!(opened.values(sql), [reports.len().to_string()]);
    opened.nothing_is_refused();
}

/// No setting turns a search off, because other rows would be returned without it.
#[test]
fn a_search_is_sent_with_push_down_off_too() {
    let opened = open_with(tenant::odd(), "Pushdown=Off");
    let reports = subjects(|message| has_word(&message["subject"], "report"));
    let sql = "SELECT subject FROM Messages WHERE CONTAINS(subject, 'report')";
    assert_eq!(opened.values(sql), reports);
    opened.nothing_is_refused();
}

fn with_digests(count: usize) -> Tenant {
    let mut tenant = tenant::odd();
    for user in &mut tenant.users {
        let Some(mailbox) = user.mailbox.as_mut() else {
            continue;
        };
        let inbox = tenant::text(&mailbox.folders[0].entity, "id").to_owned();
        let template = mailbox.messages[0].clone();
        for number in 0..count {
            let mut message = template.clone();
            message.parent_id.clone_from(&inbox);
            for (name, value) in [
                ("id", json!(format!("DIGEST{number}="))),
                ("parentFolderId", json!(inbox)),
                ("subject", json!(format!("Digest {}", number % 2))),
                ("sentDateTime", json!("2026-05-01T00:00:00Z")),
            ] {
                message.entity.insert(name.to_owned(), value);
            }
            mailbox.messages.push(message);
        }
    }
    tenant
}

/// Rows, and the warnings that came with them.
fn warned(opened: &Opened, sql: &str) -> (usize, Vec<String>) {
    let mut statement = opened.connection.execute(sql).expect(sql);
    let rows = statement.rows().expect(sql).len();
    let warnings = statement.warnings().iter();
    let warnings = warnings.filter(|warning| warning.state == "01000");
    (
        rows,
        warnings.map(|warning| warning.message.clone()).collect(),
    )
}

#[test]
fn a_search_that_found_as_much_as_it_can_says_so() {
    let opened = open_with(with_digests(1_001), "");
    let all = "SELECT id FROM Messages WHERE SEARCH('digest')";
    let (rows, warnings) = warned(&opened, all);
    assert_eq!((rows, warnings.len()), (1_000, 1), "{warnings:?}");
    assert!(warnings[0].contains("1000 messages") && warnings[0].contains(ALICE));
    let some = "SELECT id FROM Messages WHERE SEARCH('digest') AND subject = 'Digest 1'";
    let (rows, warnings) = warned(&opened, some);
    assert!((400..=500).contains(&rows), "{rows}");
    assert_eq!(warnings.len(), 1, "fewer rows, and still not all");
    let count = "SELECT COUNT(*) FROM Messages WHERE SEARCH('digest')";
    assert_eq!(warned(&opened, count).1.len(), 1);
    // All requested rows are returned.
    let first = "SELECT TOP 10 id FROM Messages WHERE SEARCH('digest')";
    assert_eq!(warned(&opened, first), (10, Vec::new()));
    let few = "SELECT id FROM Messages WHERE SEARCH('report')";
    assert_eq!(warned(&opened, few).1, Vec::<String>::new());
    opened.nothing_is_refused();
}

#[test]
fn pages_of_a_search_count_together_and_mailboxes_by_themselves() {
    let keys = format!("PageSize=300;Mailboxes={{{ALICE};{BOB}}}");
    let opened = open_with(with_digests(1_000), &keys);
    let (rows, warnings) = warned(&opened, "SELECT id FROM Messages WHERE SEARCH('digest')");
    assert_eq!(rows, 2_000);
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    let named = |name: &str| warnings.iter().any(|warning| warning.contains(name));
    assert!(named(ALICE) && named(BOB));
    let fewer = open_with(with_digests(999), "PageSize=300");
    let (rows, warnings) = warned(&fewer, "SELECT id FROM Messages WHERE SEARCH('digest')");
    assert_eq!((rows, warnings.len()), (999, 0));
}

#[test]
fn explain_tells_the_search_and_its_limit() {
    let opened = open();
    let lines = |sql: &str| opened.values(sql).join("\n");
    let text = lines("EXPLAIN SELECT body_content FROM Messages WHERE SEARCH('report')");
    assert!(text.contains("at most 1000 messages"), "{text}");
    assert!(text.contains("search: \"report\""), "{text}");
    assert!(
        !text.contains("Every message"),
        "a search bounds what is read: {text}"
    );
    let text = lines("EXPLAIN ANALYZE SELECT id FROM Messages WHERE SEARCH('report')");
    let found = opened
        .values("SELECT id FROM Messages WHERE SEARCH('report')")
        .len();
    assert!(
        found > 0 && text.contains(&format!("[rows: {found}]")),
        "{text}"
    );
    let text = lines("EXPLAIN SELECT id FROM Users WHERE SEARCH('displayName:a')");
    assert!(!text.contains("at most"), "{text}");
}
