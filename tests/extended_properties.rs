//! ExtendedProperties: properties of items that a statement names by their ids.

use driver_harness::client::{self, Connection};
use driver_harness::simulator::{self, alice};
use driver_harness::tenant::{self, ALICE, text};
use graph_simulator::model::{Entity, Mailbox, Tenant};
use graph_simulator::{Simulator, mime};
use serde_json::{Value, json};

const GUID: &str = "{8ECCC264-6880-4EBE-992F-8888D2EEAA1D}";

fn mailbox(tenant: &mut Tenant) -> &mut Mailbox {
    let mut users = tenant.users.iter_mut();
    let user = users.find(|user| text(&user.entity, "userPrincipalName") == ALICE);
    user.and_then(|user| user.mailbox.as_mut())
        .expect("Alice's mailbox")
}

fn give(entity: &mut Entity, member: &str, id: &str, value: Value) {
    let list = entity.entry(member).or_insert_with(|| json!([]));
    let list = list.as_array_mut().expect("a list");
    list.push(json!({ "id": id, "value": value }));
}

const SINGLE: &str = "singleValueExtendedProperties";
const LISTS: &str = "multiValueExtendedProperties";

/// The tenant with own properties of some items.
fn tenant() -> Tenant {
    let mut odd = tenant::odd();
    let mailbox = mailbox(&mut odd);
    let guid = GUID.to_lowercase();
    for (number, message) in mailbox.messages.iter_mut().enumerate() {
        if number % 10 == 0 {
            let colour = format!("String {guid} Name Colour's");
            give(
                &mut message.entity,
                SINGLE,
                &colour,
                json!(format!("c{number}")),
            );
            let list = json!(["a, b", number.to_string()]);
            give(&mut message.entity, LISTS, "StringArray 0x4002", list);
        }
    }
    let number = format!("Integer {guid} Id 0x8012");
    let event = &mut mailbox.events[0].entity;
    give(event, SINGLE, &number, json!("7"));
    give(
        &mut mailbox.contacts[0].entity,
        SINGLE,
        &number,
        Value::Null,
    );
    odd
}

fn served(keys: &str) -> (Simulator, Connection) {
    let simulator = simulator::start(tenant());
    let connection = client::connect(&alice(&simulator, keys)).expect("a connection");
    simulator.clear_log();
    (simulator, connection)
}

fn rows(connection: &Connection, sql: &str) -> Vec<Vec<String>> {
    let found = connection
        .query(sql)
        .unwrap_or_else(|failure| panic!("{sql}: {failure}"));
    let texts = |row: Vec<Option<String>>| {
        let cells = row.into_iter();
        cells
            .map(|cell| cell.unwrap_or("NULL".to_owned()))
            .collect()
    };
    let mut found: Vec<Vec<String>> = found.into_iter().map(texts).collect();
    found.sort();
    found
}

#[test]
fn every_message_has_its_size_and_class() {
    let (_simulator, connection) = served("");
    let tenant = tenant();
    let alice = tenant::user(&tenant, ALICE).mailbox.as_ref().expect("mail");
    let mut expected = Vec::new();
    for message in tenant::messages(alice) {
        let size = mime(&message.entity, &message.attachments).len();
        let id = text(&message.entity, "id");
        expected.push(vec![
            id.to_owned(),
            "Integer 0x0E08".to_owned(),
            size.to_string(),
        ]);
    }
    expected.sort();
    let sql = "SELECT itemId, propertyId, value FROM ExtendedProperties WHERE propertyId = 'Integer 0x0E08'";
    assert_eq!(rows(&connection, sql), expected);
    let sql = "SELECT COUNT(*) FROM ExtendedProperties WHERE propertyId = 'String 0x001A' AND itemKind = 'Messages'";
    assert_eq!(rows(&connection, sql), [[expected.len().to_string()]]);
}

/// The rows are those of the tables, whichever the kind is.
#[test]
fn kinds_are_the_tables_of_the_items() {
    let (_simulator, connection) = served("");
    for (kind, property) in [
        ("Messages", "String 0x001A"),
        ("Events", "String 0x001A"),
        ("Contacts", "String 0x001A"),
        ("MailFolders", "String 0x3613"),
        ("Calendars", "String 0x3613"),
        ("ContactFolders", "String 0x3613"),
    ] {
        let ids = rows(&connection, &format!("SELECT DISTINCT id FROM {kind}"));
        assert!(!ids.is_empty(), "{kind}");
        let condition = format!("itemKind = '{kind}' AND propertyId = '{property}'");
        let sql = format!("SELECT itemId FROM ExtendedProperties WHERE {condition}");
        assert_eq!(rows(&connection, &sql), ids, "{kind}");
        let all = "propertyId IN ('String 0x001A', 'String 0x3613')";
        let sql =
            format!("SELECT itemId FROM ExtendedProperties WHERE {all} AND itemKind = '{kind}'");
        assert_eq!(rows(&connection, &sql), ids, "{kind}");
        // By the ids of items.
        let one = &ids[ids.len() / 2][0];
        let sql =
            format!("SELECT itemId FROM ExtendedProperties WHERE {condition} AND itemId = '{one}'");
        assert_eq!(rows(&connection, &sql), [[one.clone()]], "{kind}");
    }
}

#[test]
fn ids_of_properties_may_be_written_in_several_ways() {
    let (simulator, connection) = served("");
    let lower = GUID.to_lowercase();
    let sql = format!(
        "SELECT DISTINCT propertyId, value FROM ExtendedProperties WHERE itemKind = 'Events' AND propertyId IN ('Integer {GUID} Id \
         0x8012', 'Integer {lower} Id 0x00008012')"
    );
    let expected = [
        [format!("Integer {GUID} Id 0x8012"), "7".to_owned()],
        [format!("Integer {lower} Id 0x00008012"), "7".to_owned()],
    ];
    assert_eq!(rows(&connection, &sql), expected);
    let asked = simulator::requests(&simulator);
    let mut asked = asked.iter().filter_map(|entry| entry.option("$expand"));
    assert!(asked.all(|expand| expand.matches("id eq").count() == 1));
    // Names have quotes and case.
    for (name, count) in [("Colour''s", 8), ("colour''s", 0)] {
        let sql = format!(
            "SELECT value FROM ExtendedProperties WHERE propertyId = 'String {GUID} Name {name}'"
        );
        let found = rows(&connection, &sql);
        assert!(found.len().abs_diff(count) <= 1, "{name}: {found:?}");
        assert_eq!(found.is_empty(), count == 0);
    }
    let sql = format!(
        "SELECT itemKind, value FROM ExtendedProperties WHERE propertyId = 'Integer {GUID} Id 0x8012' AND itemKind <> 'Events'"
    );
    assert_eq!(rows(&connection, &sql), [["Contacts", "NULL"]]);
}

#[test]
fn rows_are_found_by_their_keys() {
    let (simulator, connection) = served("");
    let sql = "SELECT id, compositeKey, safeKey FROM ExtendedProperties WHERE propertyId = 'String 0x001A' AND itemKind = 'Events'";
    let all = rows(&connection, sql);
    let row = &all[0];
    for (column, key) in ["id", "compositeKey", "safeKey"].iter().zip(row) {
        simulator.clear_log();
        let sql = format!("SELECT id, value FROM ExtendedProperties WHERE {column} = '{key}'");
        let expected = vec![row[0].clone(), "IPM.Appointment".to_owned()];
        assert_eq!(rows(&connection, &sql), [expected], "{sql}");
        assert_eq!(simulator::requests(&simulator).len(), 1, "{sql}");
    }
    for key in [
        "",
        "x",
        "Messages/x",
        "Messages/x/y",
        "Nothing/x/String 0x001A",
    ] {
        let sql = format!("SELECT id FROM ExtendedProperties WHERE id = '{key}'");
        assert!(rows(&connection, &sql).is_empty(), "{key}");
    }
}

#[test]
fn joins_read_the_properties_of_their_items() {
    let (simulator, connection) = served("");
    let sql = "SELECT m.id, p.value FROM Messages m JOIN ExtendedProperties p ON p.itemId = m.id WHERE p.propertyId = 'String 0x001A' \
               AND p.itemKind = 'Messages' AND m.importance = 'high'";
    let expected = rows(
        &connection,
        "SELECT id FROM Messages WHERE importance = 'high'",
    );
    simulator.clear_log();
    let found = rows(&connection, sql);
    assert_eq!(found.len(), expected.len());
    assert!(!found.is_empty());
    let sent = simulator::requests(&simulator);
    let lists = sent
        .iter()
        .filter(|entry| entry.path.ends_with("/messages"));
    assert_eq!(lists.count(), 1, "only Messages are listed");
}

#[test]
fn several_values_are_read_of_items_that_are_named() {
    let (simulator, connection) = served("");
    let condition = "propertyId = 'StringArray 0x4002101E' AND itemKind = 'Messages'";
    let sql = format!(
        "SELECT p.value FROM ExtendedProperties p JOIN Messages m ON m.id = p.itemId WHERE {condition}"
    );
    let values = rows(&connection, &sql);
    assert!(!values.is_empty());
    for value in &values {
        let value: Value = serde_json::from_str(&value[0]).expect("a list");
        assert_eq!(value[0], "a, b");
    }
    simulator.clear_log();
    let sql = format!("SELECT value FROM ExtendedProperties WHERE {condition}");
    let failure = connection.query(&sql).expect_err("no items");
    assert_eq!(failure.state(), "42000", "{failure}");
    assert!(failure.to_string().contains("itemId IN"), "{failure}");
    assert!(simulator::requests(&simulator).is_empty());
}

#[test]
fn a_wrong_statement_is_refused_before_any_request() {
    let (simulator, connection) = served("");
    let all = alice(&simulator, "Mailboxes=*");
    let all = client::connect(&all).expect("a connection");
    simulator.clear_log();
    for (condition, words) in [
        ("", "WHERE propertyId IN"),
        ("WHERE itemKind = 'Messages'", "WHERE propertyId IN"),
        ("WHERE propertyId LIKE 'String%'", "WHERE propertyId IN"),
        ("WHERE propertyId = 'subject'", "'subject' is not the id"),
        ("WHERE propertyId = 'Text 0x001A'", "type is unknown"),
        ("WHERE propertyId = 'String 001A'", "not hexadecimal"),
        ("WHERE propertyId = 'String {1234} Name x'", "not a GUID"),
        (
            "WHERE propertyId IN ('String 0x001A', 'String 0x')",
            "'String 0x' is not the id",
        ),
    ] {
        for connection in [&connection, &all] {
            let sql = format!("SELECT value FROM ExtendedProperties {condition}");
            let failure = connection
                .query(&sql)
                .err()
                .unwrap_or_else(|| panic!("{sql}: no failure"));
            assert_eq!(failure.state(), "42000", "{sql}: {failure}");
            assert!(failure.to_string().contains(words), "{sql}: {failure}");
        }
    }
    assert!(simulator::requests(&simulator).is_empty());
    let nothing = "SELECT value FROM ExtendedProperties WHERE propertyId = 'String 0x001A' AND itemKind = 'messages'";
    assert!(rows(&connection, nothing).is_empty(), "case matters");
    assert!(simulator::requests(&simulator).is_empty());
}

/// Statements about many properties take several requests for each list.
#[test]
fn many_properties_are_asked_for_in_groups() {
    let (simulator, connection) = served("");
    let mut ids: Vec<String> = (0..40)
        .map(|tag| format!("'Long 0x{:X}'", 0x5000 + tag))
        .collect();
    ids.push("'String 0x001A'".to_owned());
    let sql = format!(
        "SELECT itemId FROM ExtendedProperties WHERE itemKind = 'Contacts' AND propertyId IN ({})",
        ids.join(", ")
    );
    let contacts = rows(&connection, "SELECT id FROM Contacts");
    simulator.clear_log();
    assert_eq!(rows(&connection, &sql), contacts);
    let sent = simulator::requests(&simulator);
    let default = sent
        .iter()
        .filter(|entry| entry.path.ends_with("e/contacts"));
    assert_eq!(default.count(), 3);
}

/// Extended properties as columns, of every type.
const COLUMNS: &str = "ExtendedProperties={Messages.size=Integer 0x0E08;Messages.messageClass=String 0x001A;Messages.colour=String \
     8ECCC264-6880-4EBE-992F-8888D2EEAA1D Name Colour's;events.number=Long 0x5001;Events.share=Double 0x5002;Events.isOwn=Boolean \
     0x5003;Events.moment=SystemTime 0x5004;Events.bytes=Binary 0x5005;Contacts.cls=String 0x001A};";

/// The properties of the first event; the others have none.
fn typed() -> Tenant {
    let mut tenant = tenant();
    let event = &mut mailbox(&mut tenant).events[0].entity;
    for (id, value) in [
        ("Long 0x5001", "9000000000"),
        ("Double 0x5002", "0.5"),
        ("Boolean 0x5003", "True"),
        ("SystemTime 0x5004", "2026-03-01T09:30:00Z"),
        ("Binary 0x5005", "AAEC"),
    ] {
        give(event, SINGLE, id, json!(value));
    }
    tenant
}

#[test]
fn a_connection_names_properties_that_are_columns() {
    let simulator = simulator::start(typed());
    let connection = client::connect(&alice(&simulator, COLUMNS)).expect("a connection");
    simulator.clear_log();
    let sizes = rows(&connection, "SELECT id, size FROM Messages");
    let table = "SELECT itemId, value FROM ExtendedProperties WHERE propertyId = 'Integer 0x0E08'";
    assert_eq!(sizes, rows(&connection, table));
    let sql = "SELECT COUNT(*), COUNT(colour), MAX(messageClass) FROM Messages WHERE size > 0";
    let counted = rows(&connection, sql).remove(0);
    assert_eq!(counted[0], sizes.len().to_string());
    let colours: usize = counted[1].parse().expect("a number");
    assert!((1..sizes.len()).contains(&colours), "some have none");
    let largest = rows(
        &connection,
        "SELECT TOP 1 size FROM Messages ORDER BY size DESC",
    );
    let all = sizes
        .iter()
        .map(|row| row[1].parse::<i64>().expect("a number"));
    assert_eq!(largest, [[all.max().expect("a size").to_string()]]);
    let one = &sizes[3];
    let sql = format!("SELECT size, subject FROM Messages WHERE id = '{}'", one[0]);
    assert_eq!(rows(&connection, &sql)[0][0], one[1]);
    let sql = "SELECT number, share, isOwn, moment, bytes FROM Events WHERE number IS NOT NULL";
    let expected = [
        "9000000000",
        "0.5",
        "1",
        "2026-03-01 09:30:00.000000",
        "000102",
    ];
    assert_eq!(rows(&connection, sql), [expected]);
    let sql = "SELECT DISTINCT cls FROM Contacts";
    assert_eq!(rows(&connection, sql), [["IPM.Contact"]]);
}

#[test]
fn columns_of_a_connection_are_asked_for_where_a_statement_uses_them() {
    let simulator = simulator::start(typed());
    let connection = client::connect(&alice(&simulator, COLUMNS)).expect("a connection");
    simulator.clear_log();
    let expanded = || -> Vec<String> {
        let sent = simulator::requests(&simulator);
        sent.iter()
            .filter_map(|entry| entry.option("$expand").map(str::to_owned))
            .collect()
    };
    rows(&connection, "SELECT subject FROM Messages");
    rows(&connection, "SELECT COUNT(*) FROM MessageRecipients");
    assert_eq!(expanded(), [] as [&str; 0]);
    rows(
        &connection,
        "SELECT messageClass, size FROM Messages WHERE colour IS NULL",
    );
    let expected = format!(
        "singleValueExtendedProperties($filter=id eq 'Integer 0x0E08' or id eq 'String 0x001A' or id eq 'String {GUID} Name Colour''s')"
    );
    assert!(
        expanded().iter().all(|expand| *expand == expected),
        "{:?}",
        expanded()
    );
    assert!(!expanded().is_empty());
    let all = connection.query("SELECT * FROM Messages").expect("rows");
    let without = client::connect(&alice(&simulator, "")).expect("a connection");
    let own = without.query("SELECT * FROM Messages").expect("rows");
    assert_eq!(all[0].len(), own[0].len() + 3);
}

#[test]
fn applications_see_columns_of_a_connection() {
    let simulator = simulator::start(typed());
    let connection = client::connect(&alice(&simulator, COLUMNS)).expect("a connection");
    let sql = "SELECT COLUMN_NAME, DATA_TYPE FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'Events' AND COLUMN_NAME IN \
               ('number', 'share', 'isOwn', 'moment', 'bytes')";
    let types: Vec<String> = rows(&connection, sql)
        .into_iter()
        .map(|row| row.join(" "))
        .collect();
    let expected = [
        "bytes BYTEA",
        "isOwn BOOLEAN",
        "moment TIMESTAMP",
        "number BIGINT",
        "share DOUBLE",
    ];
    assert_eq!(types, expected);
    let mut listed = connection
        .columns(Some("Messages"), Some("size"))
        .expect("columns");
    let listed = listed.rows().expect("rows");
    assert_eq!(listed.len(), 1, "{listed:?}");
    assert_eq!(listed[0][3].as_deref(), Some("size"));
    // Another connection has other columns.
    let other = "ExtendedProperties={Messages.weight=Integer 0x0E08};";
    let other = client::connect(&alice(&simulator, other)).expect("a connection");
    assert!(other.query("SELECT size FROM Messages").is_err());
    assert!(!rows(&other, "SELECT weight FROM Messages").is_empty());
}

#[test]
fn a_wrong_list_of_columns_is_refused_when_connecting() {
    let simulator = simulator::start(typed());
    for (value, words) in [
        ("size=Integer 0x0E08", "Messages.size"),
        ("Users.size=Integer 0x0E08", "Contacts, Events, Messages"),
        ("Messages.size=0x0E08", "Messages.size"),
        ("Messages.list=StringArray 0x4002", "one value"),
        ("Messages.a=Long 0x1;Messages.A=Long 0x2", "once"),
        ("Messages.Subject=String 0x001A", "has a meaning already"),
        ("x", "Messages.size"),
    ] {
        let keys = format!("ExtendedProperties={{{value}}};");
        let failure = client::connect(&alice(&simulator, &keys))
            .err()
            .unwrap_or_else(|| panic!("{value}: no failure"));
        assert!(failure.to_string().contains(words), "{value}: {failure}");
    }
    // A value of another type than its column has.
    let keys = "ExtendedProperties={Messages.class=Long 0x5001};";
    let mut tenant = typed();
    for message in &mut mailbox(&mut tenant).messages {
        give(&mut message.entity, SINGLE, "Long 0x5001", json!("many"));
    }
    let simulator = simulator::start(tenant);
    let connection = client::connect(&alice(&simulator, keys)).expect("a connection");
    let failure = connection
        .query("SELECT class FROM Messages")
        .expect_err("no number");
    assert!(failure.to_string().contains("whole number"), "{failure}");
    assert!(
        !failure.to_string().contains("many"),
        "no content: {failure}"
    );
}
