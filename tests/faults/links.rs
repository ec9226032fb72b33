//! Links that lead nowhere, or to two places.

use crate::kinds::answer;
use driver_harness::client::{self, Connection};
use driver_harness::simulator::{alice, requests, start_with};
use driver_harness::tenant;
use graph_simulator::{Action, Damage, Fault, Options, Simulator};
use std::time::{Duration, Instant};

/// The longest that a statement with a time limit of a second may take.
const LONGEST: Duration = Duration::from_secs(60);

const TABLES: &[(&str, &str)] = &[
    ("*/messages", "SELECT id FROM Messages"),
    ("*/messages", "SELECT COUNT(*) FROM Messages"),
    ("*/messages", "SELECT id FROM MessageAttachments"),
    ("*/mailFolders", "SELECT id FROM MailFolders"),
    ("*/childFolders", "SELECT id FROM MailFolders"),
    ("*/calendars", "SELECT id FROM Calendars"),
    ("*/calendars", "SELECT id FROM Events"),
    ("*/events", "SELECT id FROM Events"),
    ("*/contacts", "SELECT id FROM Contacts"),
    ("*/contactFolders", "SELECT id FROM Contacts"),
    ("/users", "SELECT id FROM Users"),
];

fn served(latency: Duration, keys: &str) -> (Simulator, Connection) {
    let options = Options {
        latency,
        ..Options::default()
    };
    let simulator = start_with(tenant::odd(), options);
    let connection = client::connect(&alice(&simulator, keys)).expect("a connection");
    (simulator, connection)
}

#[test]
fn pages_without_an_end_are_an_error_after_some_of_them() {
    let (simulator, connection) = served(Duration::ZERO, "");
    for action in [Action::SamePage, Action::FirstRows, Action::EmptyPage] {
        for (path, sql) in TABLES {
            simulator.faults().add(Fault::always(path, action.clone()));
            simulator.clear_log();
            let failure = connection.query(sql).expect_err(sql);
            simulator.faults().clear();
            assert_eq!(failure.state(), "HY000", "{sql}: {failure}");
            assert!(
                failure.to_string().contains("no new rows"),
                "{sql}: {failure}"
            );
            let asked = requests(&simulator).len();
            // Of four calendars at once, two windows each, with twenty pages and a few more.
            assert!(asked < 4 * 2 * 25, "{action:?} {sql}: {asked} requests");
        }
    }
}

#[test]
fn a_mailbox_whose_pages_have_no_end_can_be_left_out() {
    let keys = format!("Mailboxes={{{};{}}};", tenant::ALICE, tenant::BOB);
    let sql = "SELECT mailbox, id FROM Messages";
    for (keys, is_skipped) in [
        (format!("{keys}OnMailboxError=Skip;"), true),
        (keys.clone(), false),
    ] {
        let (simulator, connection) = served(Duration::ZERO, &keys);
        let of_bob = |rows: Vec<client::Row>| {
            let is_bobs = |row: &client::Row| row[0].as_deref() == Some(tenant::BOB);
            rows.into_iter().filter(is_bobs).collect::<Vec<_>>()
        };
        let mut expected = of_bob(connection.query(sql).expect("all messages"));
        let path = format!("/users/{}/messages", tenant::ALICE);
        simulator
            .faults()
            .add(Fault::always(&path, Action::SamePage));
        match connection.query(sql) {
            Ok(rows) => {
                let mut rows = of_bob(rows);
                rows.sort();
                expected.sort();
                assert!(is_skipped && !rows.is_empty());
                assert_eq!(rows, expected);
            }
            Err(failure) => {
                assert!(!is_skipped, "{failure}");
                assert!(failure.to_string().contains("no new rows"), "{failure}");
            }
        }
    }
}

/// The time limit also applies while pages arrive.
#[test]
fn a_query_timeout_ends_pages_without_an_end() {
    let (simulator, connection) = served(Duration::from_millis(150), "");
    for (path, sql) in TABLES {
        simulator
            .faults()
            .add(Fault::always(path, Action::SamePage));
        let mut statement = connection.statement().expect("a statement");
        statement.set_query_timeout(1).expect("it is set");
        let started = Instant::now();
        let outcome = statement.execute_direct(sql);
        let outcome = outcome.and_then(|_| statement.rows());
        let elapsed = started.elapsed();
        simulator.faults().clear();
        let failure = outcome.expect_err(sql);
        assert_eq!(failure.state(), "HYT00", "{sql}: {failure}");
        // The state says that the time limit ended it; how soon depends on the load of the machine.
        assert!(elapsed < LONGEST, "{sql}: {elapsed:?}");
    }
}

#[test]
fn two_links_and_links_to_elsewhere_are_refused() {
    // Links are followed only where no windows may be asked for.
    let (simulator, connection) = served(Duration::ZERO, "PageSize=5;Pushdown=Off;");
    let sql = "SELECT id FROM Messages";
    for how in [Damage::TwoLinks, Damage::ForeignLink] {
        let fault = Fault::always("*/messages", Action::Damage { how });
        simulator.faults().add(fault);
        let failure = connection.query(sql).expect_err(sql);
        simulator.faults().clear();
        assert_eq!(failure.state(), "HY000", "{how:?}: {failure}");
    }
}

/// So far Graph has sent all attachments of a message in one reply. If it stops doing so, none may
/// be lost.
#[test]
fn attachments_on_another_page_are_read() {
    let mut tenant = tenant::odd();
    let owners = tenant.users.iter_mut();
    let mut mailboxes = owners.filter_map(|user| user.mailbox.as_mut());
    let mailbox = mailboxes.next().expect("mail");
    let message = tenant::text(&mailbox.messages[2].entity, "id").to_owned();
    // Paths of faults match without case, and the id of the next message differs only in case.
    mailbox.messages.remove(3);
    let simulator = start_with(tenant, Options::default());
    let connection = client::connect(&alice(&simulator, "")).expect("a connection");
    let path = format!("/users/{}/messages/{message}/attachments", tenant::ALICE);
    let page = format!(
        r##"{{"@odata.nextLink":"{}/v1.0{path}","value":[{{"@odata.type":"#microsoft.graph.fileAttachment","id":"one"}}]}}"##,
        simulator.address()
    );
    for sql in [
        "SELECT id FROM MessageAttachments".to_owned(),
        format!("SELECT id FROM MessageAttachments WHERE messageId = '{message}'"),
    ] {
        let mut expected = connection.query(&sql).expect(&sql);
        expected.push(vec![Some("one".to_owned())]);
        expected.sort();
        simulator
            .faults()
            .add(Fault::once(&path, answer(200, "application/json", &page)));
        let mut rows = connection.query(&sql).expect(&sql);
        rows.sort();
        assert_eq!(rows, expected, "{sql}");
    }
}
