//! Series of events: on their days in views, by their ids, in schedules, and replaced over HTTP.

mod common;

use common::{ANN, Client};
use serde_json::{Value, json};

const MARCH: &str = "startDateTime=2026-03-01T00:00:00Z&endDateTime=2026-04-01T00:00:00Z";

/// Mondays and Thursdays at nine in Berlin, until clocks have changed. The 9th is cancelled, the 12th is moved to the 13th.
fn events() -> Value {
    let time = |text: &str| json!({ "dateTime": format!("{text}.0000000"), "timeZone": "UTC" });
    json!([
        { "calendar": "CAL-1", "event": {
            "id": "AAMkS=", "changeKey": "K", "type": "seriesMaster", "subject": "Stand-up", "showAs": "busy",
            "iCalUId": "040000008200E00074C5B7101A82E0080000000012",
            "start": time("2026-03-02T08:00:00"), "end": time("2026-03-02T08:15:00"),
            "cancelledOccurrences": ["OID.AAMkS=.2026-03-09"],
            "recurrence": {
                "pattern": { "type": "weekly", "interval": 1, "daysOfWeek": ["monday", "thursday"], "firstDayOfWeek": "monday" },
                "range": { "type": "endDate", "startDate": "2026-03-02", "endDate": "2026-03-30",
                           "recurrenceTimeZone": "W. Europe Standard Time" },
            },
        } },
        { "calendar": "CAL-1", "event": {
            "id": "AAMkX=", "changeKey": "K", "type": "exception", "subject": "Late", "seriesMasterId": "AAMkS=",
            "originalStart": "2026-03-12T08:00:00.0000000Z",
            "start": time("2026-03-13T10:00:00"), "end": time("2026-03-13T10:15:00"),
        } },
        { "calendar": "CAL-2", "event": {
            "id": "AAMkE=", "changeKey": "K", "type": "singleInstance", "subject": "Once",
            "start": time("2026-03-03T08:00:00"), "end": time("2026-03-03T08:15:00"),
        } },
    ])
}

fn client() -> Client {
    let client = Client::start();
    let body = json!({ "user": ANN, "events": events() }).to_string();
    let put = |body: &str| {
        let reply = client.send("PUT", "/simulator/events", &[], body.as_bytes());
        reply.expect("a reply").status
    };
    assert_eq!(put(&body), 204);
    assert_eq!(put(&body.replace(ANN, "nobody@x.example")), 404);
    assert_eq!(put("{}"), 400);
    client
}

const DAYS: [&str; 8] = [
    "AAMkS_20260302=",
    "AAMkS_20260305=",
    "AAMkX=",
    "AAMkS_20260316=",
    "AAMkS_20260319=",
    "AAMkS_20260323=",
    "AAMkS_20260326=",
    "AAMkS_20260330=",
];

#[test]
fn views_and_instances_have_the_days_of_a_series() {
    let client = client();
    assert_eq!(client.ann("/events").column("id"), ["AAMkS="]);
    assert_eq!(
        client.ann("/calendars/CAL-2/events").column("id"),
        ["AAMkE="]
    );
    for list in [
        "calendarView",
        "calendars/CAL-1/calendarView",
        "events/AAMkS=/instances",
    ] {
        let reply = client.ann(&format!("/{list}?{MARCH}&$top=100"));
        assert_eq!(reply.column("id"), DAYS, "{list}");
    }
    let view = client
        .ann(&format!("/calendarView?{MARCH}&$top=100"))
        .json();
    let row = |number: usize| view["value"][number].clone();
    assert_eq!(row(0)["start"]["dateTime"], "2026-03-02T08:00:00.0000000");
    assert_eq!(
        row(7)["start"]["dateTime"],
        "2026-03-30T07:00:00.0000000",
        "summer time"
    );
    assert_eq!(row(7)["end"]["dateTime"], "2026-03-30T07:15:00.0000000");
    assert_eq!(
        row(7)["iCalUId"],
        "040000008200E00074C5B7101A82E00807EA031E12"
    );
    assert_eq!(row(2)["type"], "exception");
    assert_eq!(row(3)["type"], "occurrence");
    let of_late = client.ann(&format!("/events/AAMkX=/instances?{MARCH}"));
    assert!(
        of_late.column("id").is_empty(),
        "only masters have instances"
    );
    let of_one = client.ann(&format!("/events/AAMkS_20260302=/instances?{MARCH}"));
    assert!(of_one.column("id").is_empty());
}

#[test]
fn pages_filters_and_orders_go_over_the_days() {
    let client = client();
    let mut path = format!("/calendarView?{MARCH}&$top=3&$select=id");
    let mut ids = Vec::new();
    loop {
        let page = match path.starts_with("http") {
            true => client.get(&path),
            false => client.ann(&path),
        };
        ids.extend(page.column("id"));
        match page.next_link() {
            Some(link) => path = link,
            None => break,
        }
    }
    assert_eq!(ids, DAYS);
    let ids = |options: &str| {
        client
            .ann(&format!("/calendarView?{MARCH}&{options}"))
            .column("id")
    };
    assert_eq!(ids("$filter=type eq 'exception'"), ["AAMkX="]);
    assert_eq!(ids("$filter=start/dateTime ge '2026-03-26'"), DAYS[6..]);
    let latest = ids("$orderby=start/dateTime desc&$top=2");
    assert_eq!(latest, [DAYS[7], DAYS[6]]);
}

#[test]
fn occurrences_are_read_by_their_ids() {
    let client = client();
    let of_view = client.ann(&format!("/calendarView?{MARCH}&$top=1")).json()["value"][0].clone();
    let single = client.ann("/events/AAMkS_20260302=").json();
    for (name, value) in of_view.as_object().expect("an event") {
        assert_eq!(&single[name], value, "{name}");
    }
    assert_eq!(single["seriesMasterId"], "AAMkS=");
    assert_eq!(
        client.ann("/calendars/CAL-1/events/AAMkS_20260302=").status,
        200
    );
    // In another calendar; cancelled; moved; on another day, after the last one; of an event that is no series.
    for path in [
        "/calendars/CAL-2/events/AAMkS_20260302=",
        "/events/AAMkS_20260309=",
        "/events/AAMkS_20260312=",
        "/events/AAMkS_20260303=",
        "/events/AAMkS_20260402=",
        "/events/AAMkE_20260303=",
        "/events/AAMkS_20260309=/instances",
    ] {
        assert_eq!(client.ann(path).code(), "ErrorItemNotFound", "{path}");
    }
    assert!(
        client
            .ann("/events/AAMkS_20260302=/attachments")
            .column("id")
            .is_empty()
    );
}

#[test]
fn schedules_have_the_days_of_a_series() {
    let client = client();
    let at = |day: &str| json!({ "dateTime": format!("{day}T00:00:00"), "timeZone": "UTC" });
    let question =
        json!({ "schedules": [ANN], "startTime": at("2026-03-02"), "endTime": at("2026-03-10") });
    let bearer = format!("Bearer {}", client.token);
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Content-Type", "application/json"),
    ];
    let path = format!("/v1.0/users/{ANN}/calendar/getSchedule");
    let reply = client.send("POST", &path, &headers, question.to_string().as_bytes());
    let reply = reply.expect("a reply").json();
    let items = reply["value"][0]["scheduleItems"]
        .as_array()
        .expect("entries");
    let starts: Vec<_> = items
        .iter()
        .map(|item| item["start"]["dateTime"].as_str())
        .collect();
    let expected = ["2026-03-02T08:00:00.0000000", "2026-03-05T08:00:00.0000000"];
    assert_eq!(starts, expected.map(Some));
}
