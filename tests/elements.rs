//! Tables with a row for each value of a list are read with the rows that have the lists.

use driver_harness::client::{self, Connection};
use driver_harness::simulator::{self, requests, start_with};
use driver_harness::tenant::{self, ALICE};
use graph_simulator::generate;
use graph_simulator::{Options, Simulator};

fn odd(keys: &str) -> (Simulator, Connection) {
    let simulator = simulator::start(tenant::odd());
    let connection = client::connect(&simulator::alice(&simulator, keys)).expect("a connection");
    (simulator, connection)
}

fn explained(connection: &Connection, sql: &str) -> Vec<String> {
    let rows = connection.query(&format!("EXPLAIN {sql}")).expect(sql);
    rows.into_iter().flatten().flatten().collect()
}

#[test]
fn a_limit_ends_the_reading() {
    let tenant = generate::tenant(&generate::Options {
        users: 1,
        shared_mailboxes: 0,
        messages: 2_000,
        ..generate::Options::default()
    });
    let simulator = start_with(tenant, Options::default());
    let string = format!("{};PageSize=20", simulator.connection_string());
    let connection = client::connect(&string).expect("a connection");
    for sql in [
        "SELECT TOP 5 address FROM MessageRecipients",
        "SELECT address FROM MessageRecipients WHERE kind = 'to' AND ordinal = 1 LIMIT 5",
    ] {
        simulator.clear_log();
        assert_eq!(connection.query(sql).expect(sql).len(), 5);
        let asked = requests(&simulator).len();
        assert!(asked < 12, "{asked} of 100 pages were read: {sql}");
    }
}

#[test]
fn explain_names_the_lists_and_the_requests_for_them() {
    let (_simulator, connection) = odd("");
    let sql = "SELECT kind, address FROM MessageRecipients WHERE messageId = 'A' AND kind IN ('to', 'cc')";
    let plan = explained(&connection, sql).join("\n");
    for line in [
        "/users/alice@contoso.example/messages/A?$select=id,toRecipients,ccRecipients,parentFolderId",
        "Rows of MessageRecipients: elements of toRecipients, ccRecipients",
        "Read Messages, checking id = 'A'",
    ] {
        assert!(plan.contains(line), "{line} is not in\n{plan}");
    }
    let plan = explained(&connection, "SELECT value FROM MessageHeaders").join("\n");
    for line in [
        "Every message's internet headers of alice@contoso.example is read",
        "Less is read with a condition on messageId of MessageHeaders, or a join with Messages",
    ] {
        assert!(plan.contains(line), "{line} is not in\n{plan}");
    }
    let plan = explained(
        &connection,
        "SELECT m.subject, r.address FROM Messages m JOIN MessageRecipients r ON r.messageId = m.id WHERE m.isRead = 0",
    );
    let plan = plan.join("\n");
    for line in [
        "keys of a join: id",
        "messages/{each of the join}?$select=id,toRecipients",
        "Join on Messages.id = MessageRecipients.messageId",
    ] {
        assert!(plan.contains(line), "{line} is not in\n{plan}");
    }
}

/// Elements are read from JSON, however a list is shown.
#[test]
fn the_form_of_lists_does_not_matter() {
    let statements = [
        "SELECT * FROM MessageRecipients ORDER BY id",
        "SELECT * FROM MessageCategories ORDER BY id",
        "SELECT * FROM EventAttendees ORDER BY id",
    ];
    let read = |keys: &str| {
        let (_simulator, connection) = odd(keys);
        let rows = statements.map(|sql| connection.query(sql).expect(sql));
        assert!(rows.iter().all(|rows| !rows.is_empty()));
        rows
    };
    assert_eq!(read("Collections=Json;"), read("Collections=Text;"));
}

#[test]
fn elements_of_a_few_rows_are_read_by_their_ids() {
    let (simulator, connection) = odd("");
    let join = "SELECT COUNT(*) FROM Messages m JOIN MessageRecipients r ON r.messageId = m.id AND r.kind = 'to' \
                WHERE m.isRead = 0";
    simulator.clear_log();
    connection.query(join).expect(join);
    let list = format!("/users/{ALICE}/messages");
    let entries = requests(&simulator);
    let listed = entries.iter().filter(|entry| entry.path.ends_with(&list));
    assert_eq!(listed.count(), 1, "only the messages themselves are listed");
    let selected = entries.iter().filter(|entry| entry.batch.is_some());
    let lists = selected.map(|entry| format!("{:?}", entry.query));
    assert!(lists.clone().count() > 0);
    for query in lists {
        assert!(
            query.contains("toRecipients") && !query.contains("ccRecipients"),
            "{query}"
        );
    }
}
