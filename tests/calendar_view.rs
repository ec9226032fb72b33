//! CalendarView: the events and occurrences of a span of time, and only those.

use driver_harness::client::{self, Connection};
use driver_harness::simulator::{self, alice};
use driver_harness::tenant::{self, ALICE};
use graph_simulator::Simulator;
use graph_simulator::model::{Entity, Item, Tenant};
use serde_json::{Value, json};

/// Subject, type, start and end of the events, in two calendars by turns.
const EVENTS: &[(&str, &str, &str, &str)] = &[
    (
        "before",
        "singleInstance",
        "2026-02-27T10:00:00",
        "2026-02-27T11:00:00",
    ),
    (
        "into March",
        "singleInstance",
        "2026-02-28T23:00:00",
        "2026-03-01T01:00:00",
    ),
    (
        "up to March",
        "singleInstance",
        "2026-02-28T22:00:00",
        "2026-03-01T00:00:00",
    ),
    (
        "first day",
        "singleInstance",
        "2026-03-01T00:00:00",
        "2026-03-02T00:00:00",
    ),
    (
        "no time at all",
        "singleInstance",
        "2026-03-01T00:00:00",
        "2026-03-01T00:00:00",
    ),
    (
        "series",
        "seriesMaster",
        "2026-03-02T09:00:00",
        "2026-03-02T10:00:00",
    ),
    (
        "Monday",
        "occurrence",
        "2026-03-02T09:00:00",
        "2026-03-02T10:00:00",
    ),
    (
        "moved",
        "exception",
        "2026-03-09T13:00:00.5",
        "2026-03-09T14:00:00",
    ),
    (
        "all of March",
        "singleInstance",
        "2026-02-01T00:00:00",
        "2026-05-01T00:00:00",
    ),
    (
        "last second",
        "occurrence",
        "2026-03-31T23:59:59",
        "2026-04-01T00:30:00",
    ),
    (
        "April",
        "singleInstance",
        "2026-04-01T00:00:00",
        "2026-04-01T01:00:00",
    ),
    (
        "long ago",
        "singleInstance",
        "1999-12-31T23:00:00",
        "2000-01-01T01:00:00",
    ),
    (
        "far away",
        "singleInstance",
        "2045-06-01T10:00:00",
        "2045-06-01T11:00:00",
    ),
];

fn event(number: usize, calendar: &str) -> Item {
    let (subject, kind, start, end) = EVENTS[number];
    let zoned = |text: &str| json!({ "dateTime": full(text), "timeZone": "UTC" });
    let entity = json!({
        "@odata.etag": format!("W/\"key{number}\""),
        "id": format!("AAMkEvent{number}="),
        "changeKey": format!("key{number}"),
        "subject": subject,
        "type": kind,
        "start": zoned(start),
        "end": zoned(end),
        "isAllDay": subject == "first day",
        "seriesMasterId": if kind == "occurrence" { json!("AAMkEvent5=") } else { Value::Null },
        "categories": [],
        "attendees": [],
        "body": { "contentType": "text", "content": subject },
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

/// With seven digits, as Graph writes it.
fn full(moment: &str) -> String {
    let (seconds, fraction) = moment.split_once('.').unwrap_or((moment, ""));
    format!("{seconds}.{fraction:0<7}")
}

fn start() -> (Simulator, Connection) {
    let mut odd: Tenant = tenant::odd();
    let user = odd
        .users
        .iter_mut()
        .find(|user| tenant::text(&user.entity, "userPrincipalName") == ALICE);
    let mailbox = user
        .and_then(|user| user.mailbox.as_mut())
        .expect("Alice's mailbox");
    let calendars = [0, 1].map(|at| tenant::text(&mailbox.calendars[at], "id").to_owned());
    mailbox.events = (0..EVENTS.len())
        .map(|number| event(number, &calendars[number % 2]))
        .collect();
    let simulator = simulator::start(odd);
    let connection = client::connect(&alice(&simulator, "")).expect("a connection");
    (simulator, connection)
}

/// The subjects of the events that take place and meet a condition on start and end.
fn expected(condition: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let meets = |event: &&(&str, &str, &str, &str)| {
        event.1 != "seriesMaster" && condition(event.2, event.3)
    };
    let mut subjects: Vec<String> = EVENTS
        .iter()
        .filter(meets)
        .map(|event| event.0.to_owned())
        .collect();
    subjects.sort();
    subjects
}

fn subjects(connection: &Connection, condition: &str) -> Vec<String> {
    let sql = format!("SELECT subject FROM CalendarView WHERE {condition}");
    let rows = connection
        .query(&sql)
        .unwrap_or_else(|error| panic!("{sql}\n{error}"));
    let mut subjects: Vec<String> = rows
        .into_iter()
        .map(|mut row| row.remove(0).expect("a subject"))
        .collect();
    subjects.sort();
    subjects
}

#[test]
fn a_span_has_the_rows_that_plain_sql_has() {
    let (_simulator, connection) = start();
    let march = ("2026-03-01T00:00:00", "2026-04-01T00:00:00");
    let lower = "{ts '2026-03-01 00:00:00'}";
    let upper = "{ts '2026-04-01 00:00:00'}";
    let check = |condition: String, expected: Vec<String>| {
        assert_eq!(subjects(&connection, &condition), expected, "{condition}");
    };
    check(
        format!("end_dateTime > {lower} AND start_dateTime < {upper}"),
        expected(|start, end| end > march.0 && start < march.1),
    );
    check(
        format!("start_dateTime >= {lower} AND start_dateTime < {upper}"),
        expected(|start, _| start >= march.0 && start < march.1),
    );
    check(
        format!("start_dateTime BETWEEN {lower} AND {upper}"),
        expected(|start, _| start >= march.0 && start <= march.1),
    );
    check(
        format!("{upper} >= end_dateTime AND {lower} <= end_dateTime AND subject <> 'moved'"),
        expected(|start, end| end >= march.0 && end <= march.1 && !start.ends_with(".5")),
    );
    check(
        format!("start_dateTime = {lower}"),
        expected(|start, _| start == march.0),
    );
    check(
        format!("end_dateTime IN ({lower}, {upper})"),
        expected(|_, end| end == march.0 || end == march.1),
    );
    check(
        "start_dateTime > {ts '1990-01-01 00:00:00'} AND start_dateTime < {ts '2050-01-01 00:00:00'}"
            .to_owned(),
        expected(|_, _| true),
    );
    check(
        format!(
            "start_dateTime >= (SELECT MIN(start_dateTime) FROM Events WHERE subject = 'April') AND start_dateTime < {{fn TIMESTAMPADD(SQL_TSI_DAY, 1, {upper})}}"
        ),
        expected(|start, _| start == march.1),
    );
    check(
        format!("start_dateTime > {upper} AND start_dateTime < {lower}"),
        Vec::new(),
    );
}

#[test]
fn a_span_without_bounds_is_an_error_that_shows_a_right_statement() {
    let (_simulator, connection) = start();
    for condition in [
        "1 = 1",
        "start_dateTime = {ts '2026-03-01 00:00:00'} OR subject = 'x'",
    ] {
        let sql = format!("SELECT subject FROM CalendarView WHERE {condition}");
        let error = connection.query(&sql).expect_err("no span");
        assert_eq!(error.state(), "42000", "{condition}: {error}");
        let right = error.to_string();
        let right = right
            .split("for example WHERE ")
            .nth(1)
            .expect("a right statement");
        let right = right.split("'}").take(2).collect::<Vec<_>>().join("'}") + "'}";
        assert_eq!(
            subjects(&connection, &right),
            expected(|start, end| end > "2026-03-01T00:00:00" && start < "2026-04-01T00:00:00"),
            "{right}"
        );
    }
}

#[test]
fn one_bound_reads_all_the_time_on_its_side() {
    let (simulator, connection) = start();
    let bound = "2026-03-01T00:00:00";
    let check = |condition: &str, expected: Vec<String>| {
        assert!(!expected.is_empty(), "{condition}");
        assert_eq!(subjects(&connection, condition), expected, "{condition}");
    };
    check(
        "start_dateTime >= {ts '2026-03-01 00:00:00'}",
        expected(|start, _| start >= bound),
    );
    simulator.clear_log();
    check(
        "end_dateTime < {ts '2026-03-01 00:00:00'}",
        expected(|_, end| end < bound),
    );
    let requests = simulator::requests(&simulator);
    let count = |name: &str| {
        let named = requests.iter().filter(|entry| entry.path.ends_with(name));
        named.count()
    };
    assert_eq!(count("/calendars"), 1, "the calendars are listed once");
    assert_eq!(count("/calendarView"), 4 * 406, "spans of four calendars");
    simulator.clear_log();
    let first = "SELECT subject FROM CalendarView WHERE start_dateTime >= {ts '2026-03-01 00:00:00'} LIMIT 3";
    assert_eq!(connection.query(first).expect("rows").len(), 3);
    let requests = simulator::requests(&simulator).len();
    assert!(requests < 10, "a limit ends it early: {requests}");
}

/// All the time before a bound, twenty spans in each request.
#[test]
fn one_bound_of_a_series() {
    let (simulator, connection) = start();
    let sql = "SELECT subject FROM EventInstances WHERE seriesMasterId = 'AAMkEvent5=' AND start_dateTime < {ts '2026-03-20 00:00:00'}";
    let rows = connection.query(sql).expect("occurrences");
    assert_eq!(rows, [[Some("Monday".to_owned())]]);
    let requests = simulator::requests(&simulator);
    let batches = requests
        .iter()
        .filter(|entry| entry.path.ends_with("/$batch"));
    assert_eq!(batches.count(), 21);
}

#[test]
fn rows_by_their_ids_need_no_span_and_masters_are_no_rows() {
    let (simulator, connection) = start();
    let by_id = |ids: &str| subjects(&connection, &format!("id IN ({ids})"));
    assert_eq!(
        by_id("'AAMkEvent6=', 'AAMkEvent5=', 'AAMkEvent7='"),
        ["Monday", "moved"]
    );
    let sql = "SELECT v.subject, c.name FROM CalendarView v JOIN Calendars c ON c.id = v.calendarId WHERE v.id = 'AAMkEvent6='";
    let rows = connection.query(sql).expect("a row");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0][1].as_deref(), Some("Calendar"));
    drop(simulator);
}

#[test]
fn the_view_is_what_people_see_and_events_are_what_is_stored() {
    let (_simulator, connection) = start();
    let both = "SELECT v.subject FROM CalendarView v JOIN Events e ON e.id = v.seriesMasterId WHERE v.start_dateTime \
                BETWEEN {d '2026-03-01'} AND {d '2026-03-31'} AND e.subject = 'series'";
    let rows = connection.query(both).expect("occurrences");
    assert_eq!(rows, [[Some("Monday".to_owned())]]);
}

/// docs/graph.md#instances: the exception here does not name its series.
#[test]
fn occurrences_are_read_by_series_in_a_span() {
    let (simulator, connection) = start();
    let names = |condition: &str| {
        let sql = format!("SELECT subject FROM EventInstances WHERE {condition}");
        let rows = connection.query(&sql).expect(&sql).into_iter();
        let mut names: Vec<String> = rows
            .map(|mut row| row.remove(0).expect("a subject"))
            .collect();
        names.sort();
        names
    };
    let march = "start_dateTime >= {ts '2026-03-01 00:00:00'} AND start_dateTime < {ts '2026-04-01 00:00:00'}";
    assert_eq!(names(march), ["Monday", "last second"]);
    simulator.clear_log();
    let named = format!("{march} AND seriesMasterId = 'AAMkEvent5='");
    assert_eq!(names(&named), ["Monday", "last second"]);
    assert_eq!(simulator::requests(&simulator).len(), 1);
    for other in ["AAMkEvent0=", "AAMkEvent6=", "AAMkNothing="] {
        let none = format!("{march} AND seriesMasterId = '{other}'");
        assert_eq!(names(&none), Vec::<String>::new(), "{other}");
    }
    let late = "end_dateTime BETWEEN {ts '2026-04-01 00:00:00'} AND {ts '2026-04-02 00:00:00'}";
    assert_eq!(names(late), ["last second"]);
    // Spans of several requests, in which an occurrence comes once.
    let long = "start_dateTime BETWEEN {ts '2010-01-01 00:00:00'} AND {ts '2040-01-01 00:00:00'}";
    assert_eq!(names(long), ["Monday", "last second"]);
    let by_id = "id IN ('AAMkEvent5=', 'AAMkEvent6=', 'AAMkEvent7=', 'AAMkEvent0=')";
    assert_eq!(names(by_id), ["Monday", "moved"]);
    let joined = "SELECT e.subject, i.subject, i.type, i.isOrganizer FROM Events e JOIN EventInstances i ON i.seriesMasterId = e.id \
                  WHERE i.start_dateTime BETWEEN {d '2026-03-01'} AND {d '2026-03-31'} AND i.subject = 'Monday'";
    let rows = connection.query(joined).expect("occurrences");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0][2].as_deref(), Some("occurrence"));
    let endless = connection.query("SELECT subject FROM EventInstances WHERE subject = 'Monday'");
    let failure = endless.expect_err("no span");
    assert_eq!(failure.state(), "42000");
    assert!(
        failure.to_string().contains("EventInstances needs a span"),
        "{failure}"
    );
}
