//! Calendars, their events, views of them.

mod common;

use common::Client;

#[test]
fn events_belong_to_calendars() {
    let client = Client::start();
    assert_eq!(client.ann("/calendars").column("id"), ["CAL-1", "CAL-2"]);
    assert_eq!(
        client.ann("/calendar?$select=name").json()["name"],
        "Calendar"
    );
    assert_eq!(client.ann("/events").column("id"), ["EV-1", "EV-2", "EV-3"]);
    assert_eq!(client.ann("/calendar/events").column("id").len(), 3);
    assert_eq!(client.ann("/calendars/CAL-2/events").column("id"), ["EV-4"]);
    assert_eq!(
        client.ann("/events/EV-2-CHANGED?$select=type").json()["type"],
        "exception",
        "read by its id, but in no list of events"
    );
    assert_eq!(
        client.ann("/events/EV-4?$select=subject").json()["subject"],
        "Event EV-4"
    );
    assert_eq!(
        client.ann("/calendars/CAL-1/events/EV-4").code(),
        "ErrorItemNotFound"
    );
    assert_eq!(
        client.ann("/calendars/NONE/events").code(),
        "ErrorItemNotFound"
    );
}

#[test]
fn the_same_filter_gives_each_calendar_and_folder_its_own_rows() {
    let client = Client::start();
    let query = "$filter=start/dateTime ge '2026-07-01'";
    assert_eq!(
        client
            .ann(&format!("/calendars/CAL-1/events?{query}"))
            .column("id"),
        ["EV-1", "EV-2"]
    );
    assert_eq!(
        client
            .ann(&format!("/calendars/CAL-2/events?{query}"))
            .column("id"),
        ["EV-4"]
    );
    let query = "$filter=startswith(displayName,'c')";
    assert_eq!(
        client.ann(&format!("/contacts?{query}")).column("id").len(),
        0
    );
    assert_eq!(
        client
            .ann(&format!("/contactFolders/CF-1/contacts?{query}"))
            .column("id"),
        ["CO-3"]
    );
    let query = "$filter=startswith(displayName,'p')";
    assert_eq!(
        client
            .ann(&format!("/mailFolders?{query}"))
            .column("id")
            .len(),
        0
    );
    assert_eq!(
        client
            .ann(&format!("/mailFolders/inbox/childFolders?{query}"))
            .column("id"),
        ["SUB"]
    );
}

#[test]
fn event_times_are_text_for_filters() {
    let client = Client::start();
    let ids = |filter: &str| {
        client
            .ann(&format!("/events?$filter={filter}"))
            .column("id")
    };
    assert_eq!(
        ids("start/dateTime ge '2026-07-01T00:00'"),
        ["EV-1", "EV-2"]
    );
    assert_eq!(
        ids("start/dateTime ge '2026-07-01' and end/dateTime lt '2026-07-02'"),
        ["EV-1"]
    );
    assert_eq!(ids("type eq 'seriesMaster'"), ["EV-2"]);
    assert_eq!(
        ids("subject eq 'event ev-1' and isOrganizer eq true"),
        ["EV-1"]
    );
    for (filter, code) in [
        ("start/dateTime ge 2026-07-01T00:00:00Z", "BadRequest"),
        ("start ge '2026-07-01'", "BadRequest"),
        ("recurrence ne null", "ErrorInvalidProperty"),
        (
            "attendees/any(a:a/emailAddress/address eq 'x')",
            "UnsupportedEntityExpression",
        ),
        ("iCalUId eq 'x'", "UnsupportedEntityExpression"),
        ("lastModifiedDateTime ge 2026-01-01", "BadRequest"),
        ("contains(subject,'x')", "ErrorInvalidUrlQueryFilter"),
        ("isCancelled eq true", "ErrorInvalidProperty"),
    ] {
        let reply = client.ann(&format!("/events?$filter={filter}"));
        assert_eq!(
            (reply.status, reply.code().as_str()),
            (400, code),
            "{filter}"
        );
    }
}

#[test]
fn events_sort_by_start_time_and_not_by_start() {
    let client = Client::start();
    assert_eq!(
        client.ann("/events?$orderby=start/dateTime").column("id"),
        ["EV-3", "EV-1", "EV-2"]
    );
    let reply = client.ann("/events?$orderby=start");
    assert_eq!((reply.status, reply.code().as_str()), (400, "BadRequest"));
    assert!(reply.message().contains("primitive type"));
    assert_eq!(client.ann("/events?$top=1000000").status, 200);
    assert_eq!(client.ann("/events?$search=\"x\"").status, 400);
}

#[test]
fn calendar_views_want_a_window_and_show_what_overlaps_it() {
    let client = Client::start();
    let view = |window: &str| client.ann(&format!("/calendarView?{window}"));
    let july = "startDateTime=2026-07-01T10:30:00Z&endDateTime=2026-08-01T00:00:00";
    assert_eq!(
        view(july).column("id"),
        ["EV-1", "EV-2-CHANGED"],
        "masters are no occurrences"
    );
    assert_eq!(
        view("startDateTime=2026-07-01T11:00:00&endDateTime=2026-08-01T00:00:00").column("id"),
        ["EV-2-CHANGED"]
    );
    assert_eq!(
        view("startDateTime=2026-06-01T00:00:00-01:00&endDateTime=2026-08-01").column("id"),
        ["EV-3", "EV-1", "EV-2-CHANGED"]
    );
    assert_eq!(
        client
            .ann(&format!("/calendars/CAL-2/calendarView?{july}"))
            .column("id"),
        ["EV-4"]
    );
    assert_eq!(
        view("startDateTime=2026-07-01").code(),
        "ErrorInvalidParameter"
    );
    assert_eq!(
        view("startDateTime=2026-07-01&endDateTime=x").code(),
        "ErrorInvalidParameter"
    );
    assert_eq!(
        view("startDateTime=2020-01-01&endDateTime=2025-01-01").code(),
        "ErrorInvalidRequest"
    );
    assert_eq!(
        view("startDateTime=2020-01-01&endDateTime=2024-12-30").status,
        200,
        "1825 days"
    );
    assert_eq!(view(&format!("{july}&$select=createdDateTime")).status, 400);
}
