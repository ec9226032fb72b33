//! The key `TimeZone`: times as people see them, in conditions, orders and results alike.

use chrono::{DateTime, Utc};
use driver_harness::client::constants::{C_TYPE_TIMESTAMP, TYPE_TIMESTAMP, VARCHAR};
use driver_harness::client::{self, Connection, Parameter, Row, Value};
use driver_harness::simulator::{self, alice};
use driver_harness::tenant::{self, ALICE};
use graph_simulator::model::{Mailbox, Tenant};
use graph_simulator::{Entry, Simulator};
use serde_json::json;

const BERLIN: &str = "TimeZone=W. Europe Standard Time;";

/// When messages were received, the newest first. On 2026-10-25 at 01:00 in UTC the clocks of Berlin go back from 3:00 to
/// 2:00, and on 2026-03-29 forward from 2:00 to 3:00.
const RECEIVED: &[(&str, &str)] = &[
    ("after", "2026-10-25T02:00:00Z"),
    ("second 2:45", "2026-10-25T01:45:00Z"),
    ("second 2:15", "2026-10-25T01:15:00Z"),
    ("first 2:30", "2026-10-25T00:30:00Z"),
    ("first 2:10", "2026-10-25T00:10:00Z"),
    ("before", "2026-10-24T23:59:59Z"),
    ("summer", "2026-07-01T22:30:00Z"),
    ("3:30", "2026-03-29T01:30:00Z"),
    ("1:59", "2026-03-29T00:59:59Z"),
    ("winter", "2026-01-01T11:00:00Z"),
];

struct Opened {
    connection: Connection,
    simulator: Simulator,
}

fn mailbox(tenant: &mut Tenant) -> &mut Mailbox {
    let mut users = tenant.users.iter_mut();
    let user = users.find(|user| tenant::text(&user.entity, "userPrincipalName") == ALICE);
    let mailbox = user.and_then(|user| user.mailbox.as_mut());
    mailbox.expect("Alice's mailbox")
}

fn open(keys: &str) -> Opened {
    let mut odd = tenant::odd();
    let mailbox = mailbox(&mut odd);
    mailbox.messages.truncate(RECEIVED.len());
    for (message, (subject, received)) in mailbox.messages.iter_mut().zip(RECEIVED) {
        let entity = &mut message.entity;
        entity.insert("subject".to_owned(), json!(subject));
        entity.insert("receivedDateTime".to_owned(), json!(received));
    }
    mailbox.events.truncate(2);
    for (event, is_all_day) in mailbox.events.iter_mut().zip([true, false]) {
        let entity = &mut event.entity;
        let at = |hour: &str| json!({ "dateTime": format!("2026-07-01T{hour}:00:00.0000000"), "timeZone": "UTC" });
        entity.insert("isAllDay".to_owned(), json!(is_all_day));
        entity.insert("type".to_owned(), json!("singleInstance"));
        entity.insert("seriesMasterId".to_owned(), json!(null));
        let (start, end) = if is_all_day {
            ("00", "24")
        } else {
            ("22", "23")
        };
        entity.insert("start".to_owned(), at(start));
        let next_day = json!({ "dateTime": "2026-07-02T00:00:00.0000000", "timeZone": "UTC" });
        let end = if is_all_day { next_day } else { at(end) };
        entity.insert("end".to_owned(), end);
    }
    let simulator = simulator::start(odd);
    let connection = client::connect(&alice(&simulator, keys)).expect("a connection");
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

    /// The filter of each request, with `$top`.
    fn asked(&self, sql: &str) -> Vec<String> {
        self.simulator.clear_log();
        self.rows(sql);
        let requests = simulator::requests(&self.simulator).into_iter();
        let option = |entry: &Entry, name| entry.option(name).unwrap_or_default().to_owned();
        let asked = |entry| {
            format!(
                "{} top {}",
                option(&entry, "$filter"),
                option(&entry, "$top")
            )
        };
        requests.map(asked).collect()
    }
}

fn subjects(opened: &Opened, condition: &str) -> Vec<String> {
    let sql = format!("SELECT subject FROM Messages WHERE {condition} ORDER BY subject");
    opened.column(&sql)
}

#[test]
fn times_are_shown_and_read_in_the_zone() {
    let opened = open(BERLIN);
    let received = opened.column(
        "SELECT receivedDateTime FROM Messages WHERE subject IN ('summer', 'winter') ORDER BY subject",
    );
    assert_eq!(received[0], "2026-07-02 00:30:00.000000");
    assert_eq!(received[1], "2026-01-01 12:00:00.000000");
    // The day is that of Berlin.
    let days = "CAST(receivedDateTime AS DATE) = {d '2026-07-02'}";
    assert_eq!(subjects(&opened, days), ["summer"]);
    let day =
        "receivedDateTime >= {ts '2026-07-02 00:00:00'} AND receivedDateTime < {d '2026-07-03'}";
    assert_eq!(subjects(&opened, day), ["summer"]);
    assert_eq!(subjects(&opened, "HOUR(receivedDateTime) = 12"), ["winter"]);
}

/// 22:30 in UTC is half past midnight in Berlin's summer.
#[test]
fn texts_that_say_their_offset_are_shown_in_the_zone() {
    let opened = open(BERLIN);
    for text in [
        "2026-07-01T22:30:00Z",
        "2026-07-01 22:30:00z",
        "2026-07-02 00:30:00+02:00",
        "2026-07-01T18:30:00-0400",
    ] {
        for condition in [
            format!("receivedDateTime = '{text}'"),
            format!("receivedDateTime = TIMESTAMP '{text}'"),
            format!("receivedDateTime BETWEEN '{text}' AND '2026-07-02 00:30:00'"),
            format!("receivedDateTime = CAST(CONCAT('{text}', '') AS TIMESTAMP)"),
            format!("receivedDateTime = TRY_CAST('{text}' AS TIMESTAMP)"),
            format!("CAST(receivedDateTime AS DATE) = CAST('{text}' AS DATE)"),
            format!("CAST(receivedDateTime AS TIME) = CAST('{text}' AS TIME)"),
            format!("TIMESTAMPDIFF(SQL_TSI_SECOND, receivedDateTime, '{text}') = 0"),
        ] {
            assert_eq!(subjects(&opened, &condition), ["summer"], "{condition}");
        }
        for sql_type in [VARCHAR, TYPE_TIMESTAMP] {
            let parameter = Parameter::TextOf {
                sql_type,
                text: text.to_owned(),
            };
            let sql = "SELECT subject FROM Messages WHERE receivedDateTime = ?";
            let statement = opened.connection.execute_with(sql, &[parameter]);
            let rows = statement.and_then(|mut statement| statement.rows());
            assert_eq!(rows.expect("rows"), [[Some("summer".to_owned())]], "{text}");
        }
        let mut fetched = opened
            .connection
            .execute(&format!("SELECT '{text}'"))
            .expect("a row");
        assert!(fetched.fetch().expect("a row"));
        let shown = fetched
            .data(1, C_TYPE_TIMESTAMP)
            .expect("a timestamp")
            .expect("no null");
        let local = Value::Timestamp {
            year: 2026,
            month: 7,
            day: 2,
            hour: 0,
            minute: 30,
            second: 0,
            fraction: 0,
        };
        assert_eq!(Value::from_bytes(C_TYPE_TIMESTAMP, shown), local, "{text}");
    }
    let asked = opened
        .asked("SELECT subject FROM Messages WHERE receivedDateTime >= '2026-07-01T22:30:00Z'");
    assert!(
        asked[0].contains("receivedDateTime ge 2026-07-01T22:30:00Z"),
        "{asked:?}"
    );
}

#[test]
fn conditions_reach_graph_as_moments() {
    let opened = open(BERLIN);
    let asked = opened
        .asked("SELECT subject FROM Messages WHERE receivedDateTime >= {ts '2026-07-02 00:00:00'}");
    assert!(
        asked[0].contains("receivedDateTime ge 2026-07-01T22:00:00Z"),
        "{asked:?}"
    );
    // Both hours that clocks show as the third.
    let asked = opened
        .asked("SELECT subject FROM Messages WHERE receivedDateTime = {ts '2026-10-25 02:30:00'}");
    for bound in ["ge 2026-10-25T00:30:00Z", "lt 2026-10-25T01:30:01Z"] {
        assert!(asked[0].contains(bound), "{asked:?}");
    }
}

#[test]
fn an_hour_that_comes_twice_has_the_rows_of_both() {
    for keys in [BERLIN.to_owned(), format!("{BERLIN}Pushdown=Off;")] {
        let opened = open(&keys);
        let twice = ["first 2:10", "first 2:30", "second 2:15", "second 2:45"];
        let hour = "receivedDateTime >= '2026-10-25 02:00:00' AND receivedDateTime < '2026-10-25 03:00:00'";
        assert_eq!(subjects(&opened, hour), twice);
        let later = "receivedDateTime > '2026-10-25 02:20:00' AND receivedDateTime <= '2026-10-25 03:00:00'";
        assert_eq!(
            subjects(&opened, later),
            ["after", "first 2:30", "second 2:45"]
        );
        let earlier = "receivedDateTime BETWEEN '2026-10-25 00:00:00' AND '2026-10-25 02:20:00'";
        assert_eq!(
            subjects(&opened, earlier),
            ["before", "first 2:10", "second 2:15"]
        );
        // No message can be of this hour.
        let never = "receivedDateTime >= '2026-03-29 02:00:00' AND receivedDateTime < '2026-03-29 03:00:00'";
        assert_eq!(subjects(&opened, never), [] as [&str; 0]);
        let around =
            "receivedDateTime > '2026-03-29 01:00:00' AND receivedDateTime < '2026-03-29 04:00:00'";
        assert_eq!(subjects(&opened, around), ["1:59", "3:30"]);
    }
}

/// The order of local times is not that of moments, so a row that a limit includes may come late.
#[test]
fn orders_and_limits_are_those_of_local_times() {
    let ascending = [
        "winter",
        "1:59",
        "3:30",
        "summer",
        "before",
        "first 2:10",
        "second 2:15",
        "first 2:30",
        "second 2:45",
        "after",
    ];
    for page in ["", "PageSize=1;", "PageSize=3;", "Pushdown=Off;"] {
        let opened = open(&format!("{BERLIN}{page}"));
        for limit in 1..=RECEIVED.len() {
            let newest = format!(
                "SELECT subject FROM Messages ORDER BY receivedDateTime DESC LIMIT {limit}"
            );
            let last: Vec<&str> = ascending.iter().rev().take(limit).copied().collect();
            assert_eq!(opened.column(&newest), last, "{page}{newest}");
            let oldest = newest.replace(" DESC", "");
            assert_eq!(opened.column(&oldest), ascending[..limit], "{page}{oldest}");
        }
    }
    let opened = open(BERLIN);
    // A limit that is reached outside the hour needs no more than its rows.
    let asked = opened.asked("SELECT subject FROM Messages ORDER BY receivedDateTime LIMIT 2");
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert!(asked[0].ends_with("top 2"), "{asked:?}");
    let extremes =
        "SELECT MAX(receivedDateTime) FROM Messages WHERE receivedDateTime < '2026-10-25 02:59:00'";
    assert_eq!(opened.column(extremes), ["2026-10-25 02:45:00.000000"]);
}

#[test]
fn events_of_whole_days_stay_on_their_day() {
    let opened = open("TimeZone=America/New_York;");
    let rows = opened.rows(
        "SELECT start_dateTime, end_dateTime, start_timeZone FROM Events ORDER BY isAllDay DESC",
    );
    let text = |row: usize, column: usize| rows[row][column].as_deref().unwrap();
    assert_eq!(text(0, 0), "2026-07-01 00:00:00.000000");
    assert_eq!(text(0, 1), "2026-07-02 00:00:00.000000");
    assert_eq!(text(1, 0), "2026-07-01 18:00:00.000000");
    assert_eq!(text(1, 2), "America/New_York");
    for (table, expected) in [("Events", 2), ("CalendarView", 2)] {
        let day = format!(
            "SELECT subject FROM {table} WHERE start_dateTime >= {{d '2026-07-01'}} AND start_dateTime < {{d '2026-07-02'}}"
        );
        assert_eq!(opened.rows(&day).len(), expected, "{day}");
        let midnight =
            format!("SELECT isAllDay FROM {table} WHERE start_dateTime = {{d '2026-07-01'}}");
        assert_eq!(opened.column(&midnight), ["1"], "{midnight}");
    }
    // In Auckland this is the next day.
    let opened = open("TimeZone=New Zealand Standard Time;");
    let next = "SELECT isAllDay FROM Events WHERE start_dateTime >= {d '2026-07-02'}";
    assert_eq!(opened.column(next), ["0"]);
}

#[test]
fn the_clock_and_other_zones_begin_from_the_zone() {
    let opened = open("TimeZone=Asia/Tokyo;");
    let nine = "SELECT DATEDIFF(minute, GETUTCDATE(), NOW()), DATEDIFF(minute, SYSUTCDATETIME(), CURRENT_TIMESTAMP)";
    let row = opened.rows(nine).remove(0);
    assert_eq!(row, [Some("540".to_owned()), Some("540".to_owned())]);
    let today = "SELECT CASE WHEN CURDATE() = CAST(NOW() AS DATE) AND CURTIME() = CAST(NOW() AS TIME) THEN 1 ELSE 0 END";
    assert_eq!(opened.column(today), ["1"]);
    let zones = "SELECT TIMESTAMP '2026-07-01 12:00:00' AT TIME ZONE 'UTC', \
                 TIMESTAMP '2026-07-01 12:00:00' AT TIME ZONE 'Europe/Berlin', \
                 FROM_TIME_ZONE(TIMESTAMP '2026-07-01 12:00:00', 'Europe/Berlin')";
    let row = opened.rows(zones).remove(0);
    let shown = ["03", "05", "19"].map(|hour| Some(format!("2026-07-01 {hour}:00:00.000000")));
    assert_eq!(row, shown);
    // Graph is asked for what came after this moment, whatever the clocks show.
    let before = Utc::now();
    let asked = opened.asked("SELECT subject FROM Messages WHERE receivedDateTime > NOW()");
    let bound = asked[0].split(' ').nth(2).expect("a bound");
    let bound: DateTime<Utc> = bound.parse().expect("a moment");
    assert!((bound - before).num_minutes().abs() < 5, "{asked:?}");
}

#[test]
fn days_and_signs_of_no_time_are_the_same_in_every_zone() {
    let columns = "SELECT dueDateTime_dateTime, dueDateTime_timeZone FROM TodoTasks WHERE dueDateTime_dateTime IS NOT NULL \
                   ORDER BY id";
    let signs = "SELECT createdDateTime FROM Contacts WHERE createdDateTime < {d '0001-01-02'} OR createdDateTime >= \
                 {d '9999-12-31'} ORDER BY id";
    let utc = open("");
    for zone in ["America/New_York", "Asia/Tokyo"] {
        let opened = open(&format!("TimeZone={zone};"));
        assert_eq!(opened.rows(columns), utc.rows(columns), "{zone}");
        assert_eq!(opened.rows(signs), utc.rows(signs), "{zone}");
    }
    for sql in [columns, signs] {
        assert!(!utc.rows(sql).is_empty(), "{sql}");
    }
}

#[test]
fn a_zone_that_is_none_is_refused_with_the_allowed_names() {
    let simulator = simulator::start(tenant::odd());
    let Err(failure) = client::connect(&alice(&simulator, "TimeZone=Mars/Olympus;")) else {
        panic!("the zone is accepted");
    };
    let message = failure.to_string();
    assert!(message.contains("08001"), "{message}");
    for part in [
        "TimeZone='Mars/Olympus'",
        "Europe/Berlin",
        "W. Europe Standard Time",
    ] {
        assert!(message.contains(part), "{message}");
    }
}
