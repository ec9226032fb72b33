//! Messages about meetings: their types, and the properties that only they have.

use driver_harness::client::{self, Connection};
use driver_harness::simulator::{self, alice};
use driver_harness::tenant::{self, ALICE, BOB, text};
use graph_simulator::model::{Item, Tenant};
use graph_simulator::{Action, Fault, Options, Simulator, sample};

const COLUMNS: &str = "id, messageType, meetingMessageType, responseType, startDateTime_dateTime";

type Rows = Vec<Vec<Option<String>>>;

fn served(tenant: Tenant, keys: &str) -> (Simulator, Connection) {
    let simulator = simulator::start(tenant);
    let string = match keys.contains("Mailboxes") {
        true => format!("{}{keys}", simulator::credentials(&simulator)),
        false => alice(&simulator, keys),
    };
    let connection = client::connect(&string).expect("a connection");
    (simulator, connection)
}

/// The tenant with mailboxes that refuse casts.
fn refusing(names: &[&str]) -> Tenant {
    let mut odd = tenant::odd();
    for user in &mut odd.users {
        let is_named = names.contains(&text(&user.entity, "userPrincipalName"));
        if let Some(mailbox) = user.mailbox.as_mut().filter(|_| is_named) {
            mailbox.refuses_casts = true;
        }
    }
    odd
}

fn sorted(mut rows: Rows) -> Rows {
    rows.sort();
    rows
}

/// The id, the type and the kind of meeting of each message, as the columns have them.
fn expected(tenant: &Tenant, name: &str, with_meetings: bool) -> Rows {
    let mailbox = tenant::user(tenant, name).mailbox.as_ref().expect("mail");
    let row = |item: &Item| {
        let value = |name: &str| {
            let value = item.entity.get(name)?.as_str()?;
            Some(value.to_owned()).filter(|_| with_meetings || name.starts_with('@'))
        };
        let kind = value("@odata.type").unwrap_or("#microsoft.graph.message".to_owned());
        vec![
            Some(text(&item.entity, "id").to_owned()),
            Some(kind.replace("#microsoft.graph.", "")),
            value("meetingMessageType"),
            value("responseType"),
        ]
    };
    sorted(tenant::messages(mailbox).map(row).collect())
}

fn read(connection: &Connection, condition: &str) -> Rows {
    let sql = format!(
        "SELECT id, messageType, meetingMessageType, responseType FROM Messages {condition}"
    );
    sorted(connection.query(&sql).expect(&sql))
}

fn selects(simulator: &Simulator) -> Vec<String> {
    let requests = simulator::requests(simulator).into_iter();
    let selects = requests.flat_map(|entry| entry.query);
    let selects = selects.filter(|(name, _)| name == "$select");
    selects.map(|(_, value)| value).collect()
}

#[test]
fn meetings_are_told_and_their_properties_are_selected_only_when_they_are_used() {
    let tenant = tenant::odd();
    let (simulator, connection) = served(tenant.clone(), "");
    let rows = read(&connection, "");
    assert_eq!(rows, expected(&tenant, ALICE, true));
    assert!(rows.iter().any(|row| row[3].is_some()), "answers");
    assert!(selects(&simulator).iter().any(|select| {
        select.contains("microsoft.graph.eventMessage/meetingMessageType")
            && select.contains("microsoft.graph.eventMessageResponse/responseType")
    }));
    simulator.clear_log();
    let kinds = "SELECT messageType, COUNT(*) FROM Messages GROUP BY messageType";
    assert_eq!(connection.query(kinds).expect(kinds).len(), 4);
    assert!(
        selects(&simulator)
            .iter()
            .all(|select| !select.contains("microsoft.graph"))
    );
    let ids: Vec<String> = rows
        .iter()
        .take(3)
        .map(|row| format!("'{}'", row[0].clone().expect("an id")))
        .collect();
    let by_id = read(&connection, &format!("WHERE id IN ({})", ids.join(", ")));
    assert_eq!(by_id, rows[..3]);
    let start = "SELECT COUNT(*) FROM Messages WHERE startDateTime_dateTime < endDateTime_dateTime OR startDateTime_timeZone = 'UTC'";
    assert_ne!(
        connection.query(start).expect(start)[0][0].as_deref(),
        Some("0")
    );
}

#[test]
fn a_mailbox_that_refuses_the_properties_of_meetings_has_nulls_and_a_warning() {
    let tenant = refusing(&[ALICE]);
    let (_simulator, connection) = served(tenant.clone(), "");
    let all = expected(&tenant, ALICE, false);
    assert_eq!(read(&connection, ""), all);
    for condition in [
        "WHERE isRead = 1",
        "WHERE receivedDateTime > {ts '2000-01-01 00:00:00'} ORDER BY receivedDateTime DESC",
        "WHERE subject LIKE 'R%'",
    ] {
        let rows = read(&connection, condition);
        assert!(!rows.is_empty(), "{condition}");
        assert!(rows.iter().all(|row| all.contains(row)), "{condition}");
    }
    let id = all[0][0].clone().expect("an id");
    assert_eq!(read(&connection, &format!("WHERE id = '{id}'")), all[..1]);
    let sql = format!("SELECT {COLUMNS} FROM Messages");
    let mut statement = connection.execute(&sql).expect("messages");
    while statement.fetch().expect("the next row") {}
    let warnings = statement.warnings();
    let told = "refuses the properties of meetings";
    assert!(
        warnings
            .iter()
            .any(|warning| warning.message.contains(told)),
        "{warnings:?}"
    );
}

#[test]
fn one_mailbox_that_refuses_takes_nothing_from_the_others() {
    let tenant = refusing(&[BOB]);
    let (_simulator, connection) = served(tenant.clone(), &format!("Mailboxes={ALICE},{BOB};"));
    let both = [
        expected(&tenant, ALICE, true),
        expected(&tenant, BOB, false),
    ];
    assert_eq!(read(&connection, ""), sorted(both.concat()));
}

/// The first two requests are refused for another reason.
#[test]
fn a_refusal_of_something_else_leaves_the_properties_of_meetings() {
    let tenant = tenant::odd();
    let (simulator, connection) = served(tenant.clone(), "");
    let refuse = Action::Refuse {
        status: 400,
        code: "ErrorInvalidUrlQueryFilter".to_owned(),
        message: "The query filter contains one or more invalid nodes.".to_owned(),
        retry_after: None,
    };
    for _ in 0..2 {
        simulator
            .faults()
            .add(Fault::once("*/messages", refuse.clone()));
    }
    let rows = read(&connection, "WHERE isRead = 1");
    let all = expected(&tenant, ALICE, true);
    assert!(rows.iter().any(|row| row[2].is_some()));
    assert!(rows.iter().all(|row| all.contains(row)));
}

/// Anybody who tries the sample finds an invitation and an answer in Alex's mailbox.
#[test]
fn the_sample_has_messages_about_meetings() {
    let simulator = Simulator::start(sample::tenant(), Options::default()).expect("it starts");
    let string = format!(
        "TenantID={};ClientId={};ClientSecret={};UserID={};LoginEndpoint={address};GraphEndpoint={address};",
        sample::TENANT_ID,
        sample::CLIENT_ID,
        sample::CLIENT_SECRET,
        sample::ALEX,
        address = simulator.address(),
    );
    let connection = client::connect(&string).expect("a connection");
    let sql = "SELECT id, messageType, meetingMessageType, responseType, startDateTime_dateTime FROM Messages \
               WHERE messageType <> 'message' ORDER BY receivedDateTime";
    let rows = connection.query(sql).expect(sql);
    let words: Vec<Vec<&str>> = rows
        .iter()
        .map(|row| row[1..].iter().flatten().map(String::as_str).collect())
        .collect();
    assert_eq!(
        words,
        [
            vec![
                "eventMessageRequest",
                "meetingRequest",
                "2002-09-18 13:00:00.000000"
            ],
            vec![
                "eventMessageResponse",
                "meetingAccepted",
                "accepted",
                "2002-09-19 08:00:00.000000"
            ],
        ]
    );
    let ids: Vec<&str> = rows
        .iter()
        .map(|row| row[0].as_deref().expect("an id"))
        .collect();
    let sql = format!(
        "SELECT id FROM Messages WHERE id IN ('{}', '{}')",
        ids[0], ids[1]
    );
    assert_eq!(connection.query(&sql).expect(&sql).len(), 2);
    let counted = "SELECT COUNT(*), MAX(f.totalItemCount) FROM Messages m JOIN MailFolders f ON f.id = m.parentFolderId WHERE f.wellKnownName = 'inbox'";
    let counted = connection.query(counted).expect(counted).remove(0);
    assert_eq!(counted[0], counted[1]);
}
