//! Absent items, and items that only seem to be absent.

use crate::kinds::{answer, page, refuse};
use driver_harness::client::{self, Connection, Failure};
use driver_harness::simulator::{alice, credentials, requests, start};
use driver_harness::tenant::{self, ALICE};
use graph_simulator::model::{Mailbox, Tenant};
use graph_simulator::{Action, Fault, Simulator};

fn served(keys: &str) -> (Simulator, Connection) {
    let simulator = start(tenant::odd());
    let connection = client::connect(&alice(&simulator, keys)).expect("a connection");
    (simulator, connection)
}

fn mailbox(tenant: &Tenant) -> &Mailbox {
    tenant::user(tenant, ALICE).mailbox.as_ref().expect("mail")
}

/// Replies with 404 that are not Graph's statement about the item.
fn shapes() -> Vec<(&'static str, Action, &'static str)> {
    vec![
        ("a web page", page(404), "08S01"),
        ("nothing", answer(404, "application/json", ""), "08S01"),
        (
            "no error",
            answer(404, "application/json", "{\"x\":1}"),
            "HY000",
        ),
        ("an unknown code", refuse(404, "UnknownError"), "HY000"),
        ("no code", refuse(404, ""), "HY000"),
    ]
}

fn state(outcome: Result<Vec<client::Row>, Failure>) -> String {
    match outcome {
        Ok(rows) => format!("{} rows", rows.len()),
        Err(failure) => failure.state().to_owned(),
    }
}

#[test]
fn only_graph_says_that_something_is_not_there() {
    let (simulator, connection) = served("MaxRetries=1");
    let tenant = tenant::odd();
    let message = tenant::text(&mailbox(&tenant).messages[2].entity, "id");
    let other = tenant::text(&mailbox(&tenant).messages[3].entity, "id");
    let folder = tenant::text(&mailbox(&tenant).folders[0].entity, "id");
    for (name, action, expected) in shapes() {
        for (path, sql) in [
            (
                "*/messages/*",
                format!("SELECT id FROM Messages WHERE id = '{message}'"),
            ),
            (
                "*/messages/*",
                format!("SELECT id FROM Messages WHERE id IN ('{message}', '{other}')"),
            ),
            (
                "/$batch",
                format!("SELECT id FROM Messages WHERE id IN ('{message}', '{other}')"),
            ),
            (
                "*/mailFolders/*/messages",
                format!("SELECT id FROM Messages WHERE parentFolderId = '{folder}'"),
            ),
            (
                "*/attachments",
                "SELECT id FROM MessageAttachments".to_owned(),
            ),
            ("/$batch", "SELECT id FROM MessageAttachments".to_owned()),
            ("*/childFolders", "SELECT id FROM MailFolders".to_owned()),
            ("*/calendars/*/events", "SELECT id FROM Events".to_owned()),
            (
                "*/contactFolders/*/contacts",
                "SELECT id FROM Contacts".to_owned(),
            ),
        ] {
            simulator.faults().add(Fault::always(path, action.clone()));
            let found = state(connection.query(&sql));
            simulator.faults().clear();
            assert_eq!(found, expected, "{name} at {path}: {sql}");
        }
    }
}

/// Even in Graph's words, an error of a whole batch says nothing about its items.
#[test]
fn an_error_of_a_whole_batch_is_no_answer_of_its_items() {
    let (simulator, connection) = served("MaxRetries=1");
    for code in [
        "ErrorItemNotFound",
        "ResourceNotFound",
        "Request_ResourceNotFound",
    ] {
        simulator
            .faults()
            .add(Fault::always("/$batch", refuse(404, code)));
        let found = state(connection.query("SELECT id FROM MessageAttachments"));
        simulator.faults().clear();
        assert_eq!(found, "HY000", "{code}");
    }
}

#[test]
fn a_mailbox_is_left_out_only_where_graph_says_that_there_is_none() {
    let simulator = start(tenant::odd());
    let keys = format!("{}Mailboxes=*;MaxRetries=1", credentials(&simulator));
    let connection = client::connect(&keys).expect("a connection");
    let all = connection
        .query("SELECT id FROM Messages")
        .expect("all")
        .len();
    let of_alice = tenant::messages(mailbox(&tenant::odd())).count();
    let path = format!("/users/{ALICE}/messages");
    for (name, action, expected) in shapes() {
        simulator.faults().add(Fault::always(&path, action));
        let found = state(connection.query("SELECT id FROM Messages"));
        simulator.faults().clear();
        assert_eq!(found, expected, "{name}");
    }
    for code in [
        "MailboxNotEnabledForRESTAPI",
        "ResourceNotFound",
        "ErrorInvalidUser",
    ] {
        simulator
            .faults()
            .add(Fault::always(&path, refuse(404, code)));
        let found = state(connection.query("SELECT id FROM Messages"));
        simulator.faults().clear();
        assert_eq!(found, format!("{} rows", all - of_alice), "{code}");
    }
}

/// Folders, calendars and messages that disappear between the list and the reading.
#[test]
fn what_vanishes_takes_only_its_own_rows_with_it() {
    let (simulator, connection) = served("");
    let tenant = tenant::odd();
    let mailbox = mailbox(&tenant);
    let gone = |path: &str| {
        simulator
            .faults()
            .add(Fault::always(path, refuse(404, "ErrorItemNotFound")))
    };
    let count = |sql: &str| connection.query(sql).expect(sql).len();

    let parent = tenant::text(&mailbox.folders[0].entity, "id");
    let below = count("SELECT id FROM MailFolders WHERE path LIKE 'Inbox/%'");
    let all = count("SELECT id FROM MailFolders");
    gone(&format!("*/mailFolders/{parent}/childFolders"));
    assert!(below > 0);
    assert_eq!(count("SELECT id FROM MailFolders"), all - below);
    simulator.faults().clear();

    let calendar = tenant::text(&mailbox.calendars[0], "id");
    let all = count("SELECT id FROM Events");
    // Paths of faults match without case, and ids of twins differ only in case.
    let own = count(&format!(
        "SELECT id FROM Events WHERE LOWER(calendarId) = LOWER('{calendar}')"
    ));
    gone(&format!("*/calendars/{calendar}/events"));
    assert!(own > 0 && own < all);
    assert_eq!(count("SELECT id FROM Events"), all - own);
    simulator.faults().clear();

    let folder = tenant::text(&mailbox.contact_folders[0], "id");
    let all = count("SELECT id FROM Contacts");
    let own = count(&format!(
        "SELECT id FROM Contacts WHERE LOWER(parentFolderId) = LOWER('{folder}') AND parentFolderId <> '{}'",
        mailbox.default_contact_folder_id
    ));
    gone(&format!("*/contactFolders/{folder}/contacts"));
    assert!(own > 0 && own < all);
    assert_eq!(count("SELECT id FROM Contacts"), all - own);
    simulator.faults().clear();
}

/// Graph has functions and counts in the place of ids.
#[test]
fn names_that_no_row_can_have_give_no_rows() {
    let (simulator, connection) = served("");
    for id in [
        "delta",
        "Delta",
        "$count",
        "$value",
        "microsoft.graph.delta()",
        "delta()",
    ] {
        for (table, column) in [
            ("Messages", "id"),
            ("Messages", "parentFolderId"),
            ("MailFolders", "id"),
            ("MessageAttachments", "messageId"),
            ("Events", "id"),
            ("Events", "calendarId"),
            ("Contacts", "id"),
            ("Contacts", "parentFolderId"),
            ("Users", "id"),
        ] {
            let sql = format!("SELECT id FROM {table} WHERE {column} = '{id}'");
            let rows = connection
                .query(&sql)
                .unwrap_or_else(|failure| panic!("{sql}: {failure}"));
            assert!(rows.is_empty(), "{sql}");
        }
    }
    let asked = requests(&simulator);
    let odd = asked
        .iter()
        .find(|entry| entry.path.contains("delta") || entry.path.contains("$count"));
    assert!(odd.is_none(), "{odd:?}");
}

/// A number of rows consists of digits only.
#[test]
fn a_count_is_a_number_and_nothing_else() {
    let (simulator, connection) = served("MaxRetries=1");
    let sql = "SELECT COUNT(*) FROM Users";
    let expected = connection.query(sql).expect("a count");
    for body in [
        "Error 1020",
        "line 42",
        "-5",
        "",
        "7 8",
        "<html>7</html>",
        "{\"value\":7}",
    ] {
        let fault = || answer(200, "text/plain", body);
        simulator
            .faults()
            .add(Fault::once("/users/$count", fault()));
        assert_eq!(connection.query(sql).expect(body), expected, "{body}");
        simulator
            .faults()
            .add(Fault::always("/users/$count", fault()));
        assert_eq!(state(connection.query(sql)), "08S01", "{body}");
        simulator.faults().clear();
    }
}
