//! EventAttachments: those of the events that are rows of Events, however many these are.

use driver_harness::client::{self, Connection};
use driver_harness::simulator::{self, alice};
use driver_harness::tenant::{self, ALICE, text};
use graph_simulator::Simulator;
use graph_simulator::model::{Entity, Item, Mailbox};
use serde_json::json;

fn served(change: impl FnOnce(&mut Mailbox)) -> (Simulator, Connection) {
    let mut odd = tenant::odd();
    let user = odd
        .users
        .iter_mut()
        .find(|user| text(&user.entity, "userPrincipalName") == ALICE);
    change(
        user.and_then(|user| user.mailbox.as_mut())
            .expect("Alice's mailbox"),
    );
    let simulator = simulator::start(odd);
    let connection = client::connect(&alice(&simulator, "")).expect("a connection");
    (simulator, connection)
}

fn names(connection: &Connection, sql: &str) -> Vec<String> {
    let rows = connection.query(sql).expect(sql).into_iter();
    let mut names: Vec<String> = rows.map(|mut row| row.remove(0).expect("a name")).collect();
    names.sort();
    names
}

fn file(name: &str) -> Entity {
    let file = json!({
        "@odata.type": "#microsoft.graph.fileAttachment",
        "id": format!("AAMkFile{name}="),
        "name": name,
        "contentType": "text/plain",
        "size": 3,
        "isInline": false,
        "contentBytes": "YWJj",
    });
    file.as_object().cloned().expect("an object")
}

/// An event of this number and type, on a day of its own.
fn event(mailbox: &Mailbox, number: usize, kind: &str, files: Vec<Entity>) -> Item {
    let mut event = mailbox.events[0].clone();
    let start = format!(
        "2026-03-01T{:02}:{:02}:00.0000000",
        number / 60,
        number % 60
    );
    for (name, value) in [
        ("id", json!(format!("AAMkEvent{number}="))),
        ("type", json!(kind)),
        ("start", json!({ "dateTime": start, "timeZone": "UTC" })),
        ("hasAttachments", json!(!files.is_empty())),
    ] {
        event.entity.insert(name.to_owned(), value);
    }
    event.attachments = files;
    event
}

#[test]
fn attachments_of_occurrences_are_no_rows_whichever_way_they_are_asked_for() {
    let (_simulator, connection) = served(|mailbox| {
        let kinds = ["singleInstance", "seriesMaster", "occurrence", "exception"];
        let events = kinds.iter().zip(0..);
        mailbox.events = events
            .map(|(kind, number)| event(mailbox, number, kind, vec![file(kind)]))
            .collect();
    });
    let rows = ["seriesMaster", "singleInstance"];
    for condition in [
        "",
        "WHERE eventId IN ('AAMkEvent0=', 'AAMkEvent1=', 'AAMkEvent2=', 'AAMkEvent3=')",
        "WHERE eventId IN (SELECT id FROM Events)",
    ] {
        let sql = format!("SELECT name FROM EventAttachments {condition}");
        assert_eq!(names(&connection, &sql), rows, "{sql}");
    }
    for (id, count) in [("AAMkEvent1=", 1), ("AAMkEvent2=", 0), ("AAMkEvent9=", 0)] {
        let sql = format!("SELECT name FROM EventAttachments WHERE eventId = '{id}'");
        assert_eq!(names(&connection, &sql).len(), count, "{sql}");
    }
    let bytes =
        "SELECT CAST(contentBytes AS VARCHAR(9)) FROM EventAttachments WHERE name = 'seriesMaster'";
    assert_eq!(names(&connection, bytes).len(), 1);
}

/// Events are listed in windows of their start.
#[test]
fn more_events_than_a_page_are_all_asked() {
    const EVENTS: usize = 1_300;
    let (simulator, connection) = served(|mailbox| {
        let with_file = |number: usize| number.is_multiple_of(100);
        mailbox.events = (0..EVENTS)
            .map(|number| {
                let files = with_file(number).then(|| file(&format!("{number:04}")));
                event(
                    mailbox,
                    number,
                    "singleInstance",
                    files.into_iter().collect(),
                )
            })
            .collect();
    });
    let expected: Vec<String> = (0..EVENTS)
        .step_by(100)
        .map(|number| format!("{number:04}"))
        .collect();
    assert_eq!(
        names(&connection, "SELECT name FROM EventAttachments"),
        expected
    );
    let requests = simulator::requests(&simulator);
    let links = requests
        .iter()
        .filter(|entry| entry.query.iter().any(|(name, _)| name.contains("skip")));
    assert_eq!(links.count(), 0, "no places in a list that may change");
}
