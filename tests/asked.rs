//! FreeBusy and MailTips: answers about addresses that a statement names.

use driver_harness::client::{self, Connection, Row};
use driver_harness::simulator::{self, alice};
use driver_harness::tenant::{self, ALICE, BOB};
use graph_simulator::Simulator;
use graph_simulator::model::{Entity, Item, Mailbox, Tenant};
use serde_json::{Value, json};

const SPAN: &str =
    "end_dateTime > {ts '2026-03-02 00:00:00'} AND start_dateTime < {ts '2026-03-03 00:00:00'}";

/// Subject, type, start, end, availability and sensitivity of Alice's events.
const EVENTS: &[(&str, &str, &str, &str, &str, &str)] = &[
    (
        "before",
        "singleInstance",
        "2026-03-01T10:00:00",
        "2026-03-01T11:00:00",
        "busy",
        "normal",
    ),
    (
        "night",
        "singleInstance",
        "2026-03-01T23:00:00",
        "2026-03-02T01:00:00",
        "oof",
        "private",
    ),
    (
        "series",
        "seriesMaster",
        "2026-03-02T09:00:00",
        "2026-03-02T10:00:00",
        "busy",
        "normal",
    ),
    (
        "twice",
        "occurrence",
        "2026-03-02T09:00:00",
        "2026-03-02T10:00:00",
        "busy",
        "normal",
    ),
    (
        "twice",
        "singleInstance",
        "2026-03-02T09:00:00",
        "2026-03-02T10:00:00",
        "tentative",
        "normal",
    ),
    (
        "long",
        "singleInstance",
        "2026-03-02T22:00:00",
        "2026-06-20T00:00:00",
        "workingElsewhere",
        "normal",
    ),
    (
        "at the border",
        "singleInstance",
        "2026-05-02T00:00:00",
        "2026-05-02T01:00:00",
        "free",
        "normal",
    ),
    (
        "late",
        "singleInstance",
        "2026-07-30T08:00:00",
        "2026-07-30T09:00:00",
        "busy",
        "normal",
    ),
];

fn mailbox<'t>(tenant: &'t mut Tenant, name: &str) -> &'t mut Mailbox {
    let mut users = tenant.users.iter_mut();
    let user = users.find(|user| tenant::text(&user.entity, "userPrincipalName") == name);
    user.and_then(|user| user.mailbox.as_mut())
        .expect("a mailbox")
}

fn event(number: usize, calendar: &str) -> Item {
    let (subject, kind, start, end, show_as, sensitivity) = EVENTS[number];
    let at = |text: &str| json!({ "dateTime": format!("{text}.0000000"), "timeZone": "UTC" });
    let entity = json!({
        "id": format!("AAMkBusy{number}="),
        "subject": subject, "type": kind, "start": at(start), "end": at(end), "showAs": show_as,
        "sensitivity": sensitivity, "location": { "displayName": "Ulm" }, "isAllDay": false,
    });
    let Value::Object(entity) = entity else {
        unreachable!("an object")
    };
    let entity: Entity = entity;
    Item {
        parent_id: calendar.to_owned(),
        entity,
        attachments: Vec::new(),
    }
}

struct Opened {
    connection: Connection,
    simulator: Simulator,
}

fn open(keys: &str) -> Opened {
    let mut odd = tenant::odd();
    let of_alice = mailbox(&mut odd, ALICE);
    let calendar = tenant::text(&of_alice.calendars[0], "id").to_owned();
    let events = 0..EVENTS.len();
    of_alice.events = events.map(|number| event(number, &calendar)).collect();
    mailbox(&mut odd, BOB).events.clear();
    let simulator = simulator::start(odd);
    let connection = client::connect(&alice(&simulator, keys)).expect("a connection");
    simulator.clear_log();
    Opened {
        connection,
        simulator,
    }
}

impl Opened {
    fn rows(&self, sql: &str) -> Vec<Row> {
        let rows = self.connection.query(sql);
        rows.unwrap_or_else(|failure| panic!("{sql}: {failure}"))
    }

    fn column(&self, sql: &str) -> Vec<String> {
        let rows = self.rows(sql).into_iter();
        rows.map(|mut row| row.remove(0).unwrap_or_else(|| "NULL".to_owned()))
            .collect()
    }

    /// The paths of the POST requests since the log was cleared.
    fn posts(&self) -> usize {
        let requests = simulator::requests(&self.simulator);
        requests
            .iter()
            .filter(|entry| entry.method == "POST")
            .count()
    }
}

fn some(texts: &[&str]) -> Row {
    texts.iter().map(|text| Some((*text).to_owned())).collect()
}

#[test]
fn entries_of_a_span_are_rows() {
    for keys in ["", "Pushdown=Off;", "Pushdown=Safe;"] {
        let opened = open(keys);
        let sql = format!(
            "SELECT mailbox, scheduleId, start_dateTime, end_dateTime, status, subject, location, isPrivate, start_timeZone \
             FROM FreeBusy WHERE scheduleId = '{ALICE}' AND {SPAN} ORDER BY start_dateTime, status"
        );
        let row = |start, end, status, subject, private| {
            some(&[
                ALICE, ALICE, start, end, status, subject, "Ulm", private, "UTC",
            ])
        };
        let expected = [
            row(
                "2026-03-01 23:00:00.000000",
                "2026-03-02 01:00:00.000000",
                "oof",
                "night",
                "1",
            ),
            row(
                "2026-03-02 09:00:00.000000",
                "2026-03-02 10:00:00.000000",
                "busy",
                "twice",
                "0",
            ),
            row(
                "2026-03-02 09:00:00.000000",
                "2026-03-02 10:00:00.000000",
                "tentative",
                "twice",
                "0",
            ),
            row(
                "2026-03-02 22:00:00.000000",
                "2026-06-20 00:00:00.000000",
                "workingElsewhere",
                "long",
                "0",
            ),
        ];
        assert_eq!(opened.rows(&sql), expected, "{keys}");
        assert_eq!(opened.posts(), 1);
        let keys_of = "SELECT COUNT(DISTINCT id), COUNT(DISTINCT safeKey), COUNT(DISTINCT compositeKey), COUNT(*) FROM FreeBusy";
        let counts = opened.rows(&format!(
            "{keys_of} WHERE scheduleId = '{ALICE}' AND {SPAN}"
        ));
        assert_eq!(counts, [some(&["4", "4", "4", "4"])]);
    }
}

/// Whoever is away for a whole week has an entry that begins before it and ends after it.
#[test]
fn an_entry_that_lasts_through_a_time_is_found() {
    let opened = open("");
    let during = "start_dateTime <= {d '2026-03-10'} AND end_dateTime >= {d '2026-05-20'}";
    let sql = format!("SELECT subject FROM FreeBusy WHERE scheduleId = '{ALICE}' AND {during}");
    assert_eq!(opened.column(&sql), ["long"]);
    let events = format!("SELECT subject FROM CalendarView WHERE {during}");
    assert_eq!(opened.column(&events), ["long"]);
    let ages = "end_dateTime > {d '1601-01-01'} AND start_dateTime < {d '2030-01-01'}";
    let failure = opened.connection.query(&format!(
        "SELECT * FROM FreeBusy WHERE scheduleId = '{ALICE}' AND {ages}"
    ));
    assert!(failure.unwrap_err().to_string().contains("ten years"));
}

/// An entry that lasts from one request's part of a span to the next is one row.
#[test]
fn long_spans_are_asked_for_in_parts() {
    let opened = open("");
    let sql = format!(
        "SELECT subject FROM FreeBusy WHERE scheduleId = '{ALICE}' AND start_dateTime < {{d '2026-08-01'}} AND end_dateTime > \
         {{d '2026-03-02'}} ORDER BY start_dateTime, status"
    );
    let expected = ["night", "twice", "twice", "long", "at the border", "late"];
    assert_eq!(opened.column(&sql), expected);
    assert_eq!(opened.posts(), 3);
    let explained = opened.column(&format!("EXPLAIN {sql}")).join("\n");
    let first = "POST /users/alice@contoso.example/calendar/getSchedule {\"availabilityViewInterval\":1440,\"endTime\":\
                 {\"dateTime\":\"2026-05-02T00:00:00\",\"timeZone\":\"UTC\"},\"schedules\":[\"alice@contoso.example\"],\
                 \"startTime\":{\"dateTime\":\"2026-03-01T00:00:00\",\"timeZone\":\"UTC\"}}";
    assert!(explained.contains(first), "{explained}");
}

#[test]
fn addresses_come_from_lists_and_joins_in_every_spelling() {
    let opened = open("");
    let upper = ALICE.to_uppercase();
    let sql = format!(
        "SELECT scheduleId, COUNT(*) FROM FreeBusy WHERE scheduleId IN ('{ALICE}', '{upper}', '{BOB}') AND {SPAN} GROUP BY \
         scheduleId ORDER BY scheduleId"
    );
    assert_eq!(
        opened.rows(&sql),
        [some(&[&upper, "4"]), some(&[ALICE, "4"])]
    );
    assert_eq!(opened.posts(), 1, "one request has all addresses");
    opened.simulator.clear_log();
    let joined = format!(
        "SELECT u.userPrincipalName, COUNT(f.id) FROM Users u JOIN FreeBusy f ON f.scheduleId = u.userPrincipalName WHERE \
         u.userPrincipalName IN ('{ALICE}', '{BOB}') AND {SPAN} GROUP BY u.userPrincipalName"
    );
    assert_eq!(opened.rows(&joined), [some(&[ALICE, "4"])]);
    assert_eq!(opened.posts(), 1);
    // Rooms are asked about like people.
    let room = format!(
        "SELECT COUNT(*) FROM FreeBusy WHERE scheduleId IN (SELECT emailAddress FROM Rooms WHERE emailAddress IS NOT NULL) AND {SPAN}"
    );
    assert_eq!(opened.column(&room), ["0"]);
}

/// Alice has so many events on one day, one after so many seconds each, and Bob one.
fn crowded(count: usize, seconds: usize, keys: &str) -> Opened {
    let mut odd = tenant::odd();
    let at = |second: usize| {
        let (hour, minute) = (second / 3_600, second / 60 % 60);
        format!("2026-03-02T{hour:02}:{minute:02}:{:02}", second % 60)
    };
    for (name, count) in [(ALICE, count), (BOB, 1)] {
        let mailbox = mailbox(&mut odd, name);
        let calendar = tenant::text(&mailbox.calendars[0], "id").to_owned();
        let events = (0..count).map(|number| {
            let mut event = event(1, &calendar);
            let times = [("start", number * seconds), ("end", number * seconds + 30)];
            event.entity["id"] = json!(format!("AAMkCrowd{number}="));
            for (property, second) in times {
                event.entity[property]["dateTime"] = json!(format!("{}.0000000", at(second)));
            }
            event
        });
        mailbox.events = events.collect();
    }
    let simulator = simulator::start(odd);
    let connection = client::connect(&alice(&simulator, keys)).expect("a connection");
    simulator.clear_log();
    Opened {
        connection,
        simulator,
    }
}

/// Graph tells at most 1,000 entries of a calendar at once.
#[test]
fn a_span_with_too_many_entries_is_divided() {
    let sql = format!(
        "SELECT COUNT(*), COUNT(DISTINCT id), COUNT(DISTINCT start_dateTime) FROM FreeBusy \
         WHERE scheduleId IN ('{ALICE}', '{BOB}') AND {SPAN}"
    );
    let opened = crowded(2_500, 30, "");
    assert_eq!(opened.rows(&sql), [some(&["2501", "2501", "2500"])]);
    let parts = opened.posts();
    assert!((5..30).contains(&parts), "{parts} requests");
    // Nothing has to be divided.
    let opened = crowded(900, 30, "");
    assert_eq!(opened.rows(&sql), [some(&["901", "901", "900"])]);
    assert_eq!(opened.posts(), 1);
}

#[test]
fn an_hour_with_too_many_entries_is_an_error_or_left_out() {
    let sql = format!(
        "SELECT scheduleId, COUNT(*) FROM FreeBusy WHERE scheduleId IN ('{ALICE}', '{BOB}') AND {SPAN} GROUP BY scheduleId"
    );
    let failure = crowded(2_500, 1, "").connection.query(&sql).unwrap_err();
    assert_eq!(failure.state(), "42000");
    let message = failure.to_string();
    for part in [
        ALICE,
        "1,000 entries",
        "within an hour",
        "OnMailboxError=Skip",
    ] {
        assert!(message.contains(part), "{message}");
    }
    let skipping = crowded(2_500, 1, "OnMailboxError=Skip;");
    let rows = skipping.rows(&sql);
    assert!(rows.contains(&some(&[BOB, "1"])), "{rows:?}");
}

#[test]
fn what_is_missing_is_told_with_a_statement_that_runs() {
    let opened = open("OnMailboxError=Skip;");
    for sql in [
        "SELECT * FROM FreeBusy".to_owned(),
        format!("SELECT * FROM FreeBusy WHERE scheduleId = '{ALICE}'"),
        format!("SELECT * FROM FreeBusy WHERE {SPAN}"),
        format!(
            "SELECT * FROM FreeBusy WHERE scheduleId = '{ALICE}' AND end_dateTime > {{d '2026-03-02'}}"
        ),
        "SELECT * FROM MailTips".to_owned(),
        "SELECT * FROM MailTips WHERE mailboxFull = 1".to_owned(),
    ] {
        let failure = opened.connection.query(&sql).unwrap_err();
        assert_eq!(failure.state(), "42000", "{sql}: {failure}");
        let message = failure.to_string();
        let table = if sql.contains("FreeBusy") {
            "FreeBusy"
        } else {
            "MailTips"
        };
        assert!(
            message.contains(&format!("{table} needs addresses")),
            "{message}"
        );
        let (_, condition) = message.split_once("WHERE ").expect("a statement");
        let right = format!("SELECT * FROM {table} WHERE {condition}");
        let outcome = opened.connection.query(&right);
        assert!(outcome.is_ok(), "{right}: {:?}", outcome.err());
    }
}

#[test]
fn an_address_that_graph_does_not_know_is_an_error_or_left_out() {
    let sql = format!(
        "SELECT subject FROM FreeBusy WHERE scheduleId IN ('{ALICE}', 'nobody@contoso.example') AND {SPAN}"
    );
    let failure = open("").connection.query(&sql).unwrap_err();
    let message = failure.to_string();
    for part in [
        "nobody@contoso.example",
        "ErrorMailRecipientNotFound",
        "OnMailboxError=Skip",
    ] {
        assert!(message.contains(part), "{message}");
    }
    let skipping = open("OnMailboxError=Skip;");
    let mut statement = skipping.connection.execute(&sql).expect("a result");
    let first = statement.fetch();
    assert_eq!(first, Ok(true));
    let warnings = statement.warnings();
    assert!(
        warnings.iter().any(|warning| warning.state == "01000"
            && warning.message.contains("nobody@contoso.example")),
        "{warnings:?}"
    );
    assert_eq!(statement.rows().expect("the rest").len(), 3);
}

#[test]
fn tips_are_asked_for_by_the_columns_of_the_statement() {
    let opened = open("");
    let group = "SELECT MIN(mail) FROM Groups WHERE mail IS NOT NULL";
    let mail = opened.column(group).remove(0);
    let sql = format!(
        "SELECT emailAddress_address, mailboxFull, totalMemberCount, error_code FROM MailTips WHERE emailAddress_address IN \
         ('{ALICE}', '{mail}', 'nobody@contoso.example') ORDER BY emailAddress_address"
    );
    let members = format!(
        "SELECT COUNT(*) FROM GroupMembers m JOIN Groups g ON g.id = m.groupId WHERE g.mail = '{mail}'"
    );
    let members = opened.column(&members).remove(0);
    let mut rows = opened.rows(&sql);
    rows.sort();
    let mut expected = vec![
        some(&[ALICE, "0", "1"]),
        some(&[&mail, "0", &members]),
        some(&["nobody@contoso.example"]),
    ];
    expected[0].push(None);
    expected[1].push(None);
    expected[2].extend([None, None, Some("ErrorMailRecipientNotFound".to_owned())]);
    expected.sort();
    assert_eq!(rows, expected);
    let explained = opened.column(&format!("EXPLAIN {sql}")).join("\n");
    assert!(
        explained.contains("\"MailTipsOptions\":\"mailboxFullStatus, totalMemberCount\""),
        "{explained}"
    );
    let reply = format!(
        "SELECT automaticReplies_message FROM MailTips WHERE emailAddress_address = '{ALICE}'"
    );
    let settings = opened.rows("SELECT automaticRepliesSetting_status, automaticRepliesSetting_internalReplyMessage FROM MailboxSettings");
    let status = settings[0][0].as_deref().map(str::to_lowercase);
    let expected = match status.as_deref() {
        Some("alwaysenabled" | "scheduled") => settings[0][1].clone(),
        _ => Some(String::new()),
    };
    assert_eq!(opened.rows(&reply)[0][0], expected);
}
