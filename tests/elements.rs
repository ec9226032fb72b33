//! Tables with a row for each value of a list are read with the rows that have the lists.

use driver_harness::client::{self, Connection};
use driver_harness::simulator::{self, requests, start_with};
use driver_harness::tenant::{self, ALICE, BOB};
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
}

/// The listing of messages stands once in the requests, and the steps name the columns of both tables.
#[test]
fn explain_shows_one_reading_of_a_table_and_its_elements() {
    let (_simulator, connection) = odd("");
    let sql = "SELECT m.subject, r.address FROM Messages m JOIN MessageRecipients r ON r.messageId = m.id \
               WHERE m.isRead = 0 AND r.name LIKE 'A%'";
    let plan = explained(&connection, sql).join("\n");
    for line in [
        "messages?$select=id,subject,toRecipients,ccRecipients,bccRecipients,replyTo,isRead&$filter=isRead eq false",
        "Keep rows with MessageRecipients.name LIKE 'A%'",
        "Join with MessageRecipients: elements of toRecipients, ccRecipients, bccRecipients, replyTo",
        "Read Messages, checking ",
    ] {
        assert!(plan.contains(line), "{line} is not in\n{plan}");
    }
    assert_eq!(plan.matches("/messages?").count(), 1, "{plan}");
    let sql = "SELECT m.subject, r.address FROM Messages m LEFT JOIN MessageRecipients r \
               ON r.messageId = m.id AND r.kind = 'cc' AND r.ordinal > 1";
    let plan = explained(&connection, sql).join("\n");
    for line in [
        "Join with MessageRecipients, keeping all rows: elements of ccRecipients with ",
        "ordinal > 1",
    ] {
        assert!(plan.contains(line), "{line} is not in\n{plan}");
    }
    let sql = "EXPLAIN ANALYZE SELECT COUNT(*) FROM Messages m JOIN MessageRecipients r ON r.messageId = m.id";
    assert!(connection.query(sql).is_ok());
}

/// The listings of messages that a statement takes, and its rows.
fn read(simulator: &Simulator, connection: &Connection, sql: &str) -> (usize, usize) {
    simulator.clear_log();
    let rows = connection.query(sql).expect(sql);
    let entries = requests(simulator);
    let is_list = |path: &str| path.ends_with("/messages");
    let alone = entries.iter().filter(|entry| is_list(&entry.path)).count();
    assert_eq!(alone, entries.len(), "only messages are listed: {sql}");
    (alone, rows.len())
}

#[test]
fn a_table_and_its_elements_are_read_once() {
    let (simulator, connection) = odd("");
    for sql in [
        "SELECT m.subject, r.address FROM Messages m JOIN MessageRecipients r ON r.messageId = m.id \
         WHERE m.receivedDateTime >= {d '2000-01-01'}",
        "SELECT m.*, r.* FROM MessageRecipients r, Messages m WHERE m.id = r.messageId AND r.kind <> 'to'",
        "SELECT m.toRecipients, r.name FROM Messages m LEFT JOIN MessageRecipients r ON m.id = r.messageId",
        "SELECT r.address, m.id FROM MessageRecipients r RIGHT JOIN Messages m ON r.messageId = m.id AND r.kind = 'cc'",
        "SELECT r.name, s.name, c.category FROM Messages m JOIN MessageRecipients r ON r.messageId = m.id \
         LEFT JOIN MessageCategories c ON c.messageId = m.id JOIN MessageRecipients s ON s.messageId = r.messageId",
        "SELECT r.address, h.value FROM MessageRecipients r JOIN MessageHeaders h ON h.messageId = r.messageId",
    ] {
        let (listings, rows) = read(&simulator, &connection, sql);
        assert_eq!(listings, 1, "{sql}");
        assert!(rows > 0, "{sql}");
    }
}

/// The same ids in two mailboxes are different messages.
#[test]
fn messages_of_several_mailboxes_are_read_once_each_if_the_join_compares_them() {
    let (simulator, connection) = odd(&format!("Mailboxes={{{ALICE};{BOB}}};"));
    let join = "SELECT m.mailbox, r.address FROM Messages m JOIN MessageRecipients r ON r.messageId = m.id";
    let (listings, rows) = read(
        &simulator,
        &connection,
        &format!("{join} AND r.mailbox = m.mailbox"),
    );
    assert_eq!(listings, 2);
    assert!(rows > 0);
    let of_bob = format!("{join} WHERE m.mailbox = '{BOB}' AND r.mailbox = '{BOB}'");
    assert_eq!(read(&simulator, &connection, &of_bob).0, 1);
    // Only messages and recipients of one mailbox belong together.
    let of_both = format!("{join} WHERE m.mailbox = '{ALICE}' AND r.mailbox = '{BOB}'");
    assert!(connection.query(&of_both).expect("rows").is_empty());
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

/// The headers of all mail are large, and a condition that only the driver checks may leave few messages.
#[test]
fn large_lists_of_a_few_rows_are_read_by_their_ids() {
    let (simulator, connection) = odd("");
    let join = "SELECT COUNT(*) FROM Messages m JOIN MessageHeaders h ON h.messageId = m.id \
                WHERE m.isDraft = 1";
    simulator.clear_log();
    connection.query(join).expect(join);
    let list = format!("/users/{ALICE}/messages");
    let entries = requests(&simulator);
    let listed = entries.iter().filter(|entry| entry.path.ends_with(&list));
    let listed: Vec<String> = listed.map(|entry| format!("{:?}", entry.query)).collect();
    assert_eq!(listed.len(), 1, "only the messages themselves are listed");
    assert!(!listed[0].contains("internetMessageHeaders"), "{listed:?}");
    let selected = entries.iter().filter(|entry| entry.batch.is_some());
    let lists = selected.map(|entry| format!("{:?}", entry.query));
    assert!(lists.clone().count() > 0);
    for query in lists {
        assert!(query.contains("internetMessageHeaders"), "{query}");
    }
}
