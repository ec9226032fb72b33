//! MessageMime and MessageTexts: the content of messages, and the requests for it.

use driver_harness::client::{self, Connection};
use driver_harness::simulator::{self, alice};
use driver_harness::tenant::{self, ALICE, text};
use graph_simulator::model::{Mailbox, Tenant};
use graph_simulator::{Action, Entry, Fault, Simulator, mime, readable};
use std::collections::HashMap;

fn mailbox(tenant: &Tenant) -> &Mailbox {
    let user = tenant::user(tenant, ALICE);
    user.mailbox.as_ref().expect("Alice's mailbox")
}

fn served(keys: &str) -> (Simulator, Connection) {
    let simulator = simulator::start(tenant::odd());
    let connection = client::connect(&alice(&simulator, keys)).expect("a connection");
    simulator.clear_log();
    (simulator, connection)
}

/// The requests for MIME content.
fn values(simulator: &Simulator) -> Vec<Entry> {
    let mut sent = simulator::requests(simulator);
    sent.retain(|entry| entry.path.ends_with("/$value"));
    sent
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// The listed messages: id and MIME content as texts of the client.
fn expected() -> HashMap<String, String> {
    let tenant = tenant::odd();
    let messages = tenant::messages(mailbox(&tenant));
    let pair = |message: &graph_simulator::model::Item| {
        let content = mime(&message.entity, &message.attachments);
        (
            text(&message.entity, "id").to_owned(),
            hexadecimal(&content),
        )
    };
    messages.map(pair).collect()
}

fn rows(connection: &Connection, sql: &str) -> Vec<Vec<Option<String>>> {
    connection
        .query(sql)
        .unwrap_or_else(|failure| panic!("{sql}: {failure}"))
}

#[test]
fn every_message_has_its_content_read_once_and_four_at_once() {
    let (simulator, connection) = served("");
    let found = rows(&connection, "SELECT messageId, mime FROM MessageMime");
    let found: HashMap<String, String> = found
        .into_iter()
        .map(|mut row| {
            let content = row.remove(1).expect("content");
            (row.remove(0).expect("an id"), content)
        })
        .collect();
    let expected = expected();
    assert_eq!(found.len(), expected.len());
    for (id, content) in &expected {
        assert_eq!(found.get(id), Some(content), "{id}");
    }
    let sent = values(&simulator);
    assert_eq!(sent.len(), expected.len());
    let most = sent.iter().map(|entry| entry.in_flight).max();
    assert!(most.is_some_and(|most| (2..=4).contains(&most)), "{most:?}");
    assert!(sent.iter().all(|entry| entry.status == 200));
}

#[test]
fn content_is_read_for_rows_that_count_alone() {
    let (simulator, connection) = served("");
    for (sql, requests) in [
        ("SELECT messageId, receivedDateTime FROM MessageMime", 0),
        ("SELECT COUNT(*) FROM MessageMime", 0),
        ("SELECT TOP 3 mime FROM MessageMime", 3),
        (
            "SELECT mime FROM MessageMime WHERE messageId LIKE '%=' ORDER BY receivedDateTime DESC LIMIT 2",
            2,
        ),
        (
            "SELECT mime FROM MessageMime WHERE messageId = 'AAMkNobody='",
            0,
        ),
        ("SELECT mime FROM MessageMime WHERE mailbox = 'nobody'", 0),
    ] {
        simulator.clear_log();
        let _ = connection.query(sql);
        assert_eq!(values(&simulator).len(), requests, "{sql}");
    }
}

#[test]
fn conditions_on_content_are_checked() {
    let (_simulator, connection) = served("");
    let expected = expected();
    let half = {
        let mut lengths: Vec<usize> = expected.values().map(|text| text.len() / 2).collect();
        lengths.sort_unstable();
        lengths[lengths.len() / 2]
    };
    let larger = expected.values().filter(|text| text.len() / 2 > half);
    let sql = format!(
        "SELECT messageId FROM MessageMime WHERE CHAR_LENGTH(CAST(mime AS VARCHAR(1000000))) > {half}"
    );
    assert_eq!(rows(&connection, &sql).len(), larger.count());
    let limited = format!("{sql} LIMIT 2");
    assert_eq!(rows(&connection, &limited).len(), 2);
}

#[test]
fn a_message_that_disappears_before_it_is_read_has_no_row() {
    let (simulator, connection) = served("");
    let gone = Action::Refuse {
        status: 404,
        code: "ErrorItemNotFound".to_owned(),
        message: String::new(),
        retry_after: None,
    };
    simulator
        .faults()
        .add(Fault::once("*/$value", gone.clone()).after(5));
    let found = rows(&connection, "SELECT messageId, mime FROM MessageMime");
    assert_eq!(found.len(), expected().len() - 1);
    simulator.faults().add(Fault::once("*/$value", gone));
    let limited = rows(&connection, "SELECT TOP 3 mime FROM MessageMime");
    assert_eq!(limited.len(), 3, "another message takes the place");
}

#[test]
fn failures_end_the_statement_with_their_reason() {
    let (simulator, connection) = served("MaxRetries=1;MaxReplySize=1;");
    let refuse = |status, code: &str| Action::Refuse {
        status,
        code: code.to_owned(),
        message: String::new(),
        retry_after: None,
    };
    let answer = |content_type: &str, body: &str| Action::Answer {
        status: 200,
        content_type: content_type.to_owned(),
        body: body.to_owned(),
    };
    let large = format!("From: x\r\n\r\n{}", "x".repeat(2 << 20));
    for (action, state, word) in [
        (refuse(403, "ErrorAccessDenied"), "42000", "Mail.Read"),
        (refuse(503, "ServiceUnavailable"), "HY000", "503"),
        (answer("text/plain", &large), "HY000", "MaxReplySize"),
        (answer("text/plain", "Error 1020"), "08S01", "Internet mail"),
        (answer("application/json", "{}"), "08S01", "Internet mail"),
        (answer("text/html", "From: x"), "08S01", "web page"),
    ] {
        simulator.faults().clear();
        simulator.faults().add(Fault::always("*/$value", action));
        let failure = connection
            .query("SELECT mime FROM MessageMime")
            .err()
            .unwrap_or_else(|| panic!("{word}: no failure"));
        assert_eq!(failure.state(), state, "{failure}");
        assert!(failure.to_string().contains(word), "{word}: {failure}");
    }
    simulator.faults().clear();
    assert_eq!(rows(&connection, "SELECT 1").len(), 1);
}

/// The keys of a join choose the messages, however many these are.
#[test]
fn a_join_reads_the_content_of_its_messages_alone() {
    const MESSAGES: usize = 700;
    let mut odd = tenant::odd();
    let user = odd
        .users
        .iter_mut()
        .find(|user| text(&user.entity, "userPrincipalName") == ALICE);
    let mailbox = user.and_then(|user| user.mailbox.as_mut()).expect("mail");
    let shown = tenant::messages(mailbox).next().expect("a message").clone();
    mailbox.messages = (0..MESSAGES)
        .map(|number| {
            let mut message = shown.clone();
            let subject = if number < 300 { "found" } else { "other" };
            for (name, value) in [
                ("id", format!("AAMkMessage{number}=")),
                ("subject", subject.to_owned()),
            ] {
                message.entity.insert(name.to_owned(), value.into());
            }
            message
        })
        .collect();
    let simulator = simulator::start(odd);
    let connection = client::connect(&alice(&simulator, "")).expect("a connection");
    for join in [
        "MessageMime x JOIN Messages m ON x.messageId = m.id",
        "Messages m JOIN MessageMime x ON x.messageId = m.id",
    ] {
        simulator.clear_log();
        let sql = format!("SELECT x.mime FROM {join} WHERE m.subject LIKE 'found%'");
        assert_eq!(rows(&connection, &sql).len(), 300, "{sql}");
        assert_eq!(values(&simulator).len(), 300, "{sql}");
    }
}

/// `Prefer` asks for text where a statement reads it, and nowhere else.
#[test]
fn bodies_are_text_in_one_table_and_html_in_the_other() {
    let (simulator, connection) = served("");
    let tenant = tenant::odd();
    let sql = "SELECT m.id, m.body_content, t.bodyText, t.uniqueBodyText FROM Messages m JOIN MessageTexts t ON t.messageId = m.id";
    let found = rows(&connection, sql);
    assert_eq!(found.len(), tenant::messages(mailbox(&tenant)).count());
    let mut differ = 0;
    for row in found {
        let id = row[0].as_deref();
        let mut messages = tenant::messages(mailbox(&tenant));
        let message = messages.find(|message| Some(text(&message.entity, "id")) == id);
        let message = &message.expect("the message").entity;
        assert_eq!(row[1].as_deref(), message["body"]["content"].as_str());
        assert_eq!(row[2], Some(readable(&message["body"])));
        assert_eq!(row[3], Some(readable(&message["uniqueBody"])));
        differ += usize::from(row[1] != row[2]);
    }
    assert!(differ > 0);
    let sent = simulator::requests(&simulator);
    let alone = sent.iter().filter(|entry| !entry.path.ends_with("/$batch"));
    for entry in alone {
        let is_text = entry
            .option("$select")
            .is_some_and(|select| select.contains("uniqueBody"));
        let prefer = entry.header("prefer").unwrap_or_default();
        let expected = "outlook.body-content-type=\"text\"";
        assert_eq!(prefer.contains(expected), is_text, "{entry:?}");
    }
    simulator.clear_log();
    rows(&connection, "SELECT messageId FROM MessageTexts");
    let sent = simulator::requests(&simulator);
    let is_plain = |entry: &Entry| {
        let prefer = entry.header("prefer").unwrap_or_default();
        let select = entry.option("$select").unwrap_or_default();
        !prefer.contains("body-content-type") && !select.contains("ody")
    };
    assert!(sent.iter().all(is_plain), "{sent:?}");
}
