//! Tasks, settings and the other small lists of a mailbox.

mod common;

use common::{ANN, Client, filled};
use graph_simulator::Options;
use serde_json::{Value, json};

fn client() -> Client {
    Client::new(filled(), Options::default())
}

#[test]
fn task_lists_end_without_a_link_unless_they_are_asked_for_pages() {
    let client = client();
    let whole = client.ann("/todo/lists");
    assert_eq!(
        (whole.column("id").len(), whole.next_link()),
        (16, None),
        "four are lost"
    );
    let pages = client.pages(&format!("/users/{ANN}/todo/lists?$top=16"), &[]);
    let rows: Vec<usize> = pages.iter().map(|page| page.column("id").len()).collect();
    assert_eq!(rows, [16, 4]);
    assert_eq!(client.ann("/todo/lists?$top=100").column("id").len(), 20);
    assert_eq!(
        client.ann("/todo/lists/TL-19").json()["displayName"],
        "List 19"
    );
}

#[test]
fn tasks_belong_to_their_lists() {
    let client = client();
    let pages = client.pages(&format!("/users/{ANN}/todo/lists/TL-0/tasks"), &[]);
    let rows: Vec<usize> = pages.iter().map(|page| page.column("id").len()).collect();
    assert_eq!(rows, [10, 1]);
    let task = pages[0].json()["value"][0].clone();
    assert!(
        task["@odata.etag"]
            .as_str()
            .is_some_and(|etag| etag.starts_with("W/\""))
    );
    assert_eq!(task["linkedResources"][0]["id"], "LR-1", "lists bring them");
    let selected = client
        .ann("/todo/lists/TL-0/tasks?$top=1&$select=title")
        .json()["value"][0]
        .clone();
    assert!(selected.get("linkedResources").is_none() && selected["@odata.etag"].is_string());
    assert_eq!(
        client.ann("/todo/lists/TL-1/tasks/TT-0").code(),
        "ErrorItemNotFound",
        "in another list"
    );
    assert_eq!(
        client.ann("/todo/lists/NONE/tasks").code(),
        "ErrorItemNotFound"
    );
    assert_eq!(
        client.ann("/todo/lists/a b/tasks").code(),
        "ErrorInvalidIdMalformed"
    );
    assert_eq!(
        client
            .ann("/todo/lists/TL-1/tasks/TT-0/checklistItems")
            .code(),
        "ErrorItemNotFound"
    );
    assert_eq!(
        client
            .ann("/todo/lists/TL-1/tasks/TT-11/checklistItems")
            .column("id")
            .len(),
        0
    );
    for query in [
        "$orderby=title",
        "$filter=contains(title,'x')",
        "$filter=title eq 'x'",
    ] {
        assert_eq!(
            client
                .ann(&format!("/todo/lists/TL-0/tasks?{query}"))
                .status,
            400,
            "{query}"
        );
    }
}

#[test]
fn parts_of_tasks_come_at_once() {
    let client = client();
    let task = "/todo/lists/TL-0/tasks/TT-0";
    for part in ["checklistItems", "linkedResources", "attachments"] {
        for query in ["$top=1", "$skip=1"] {
            let reply = client.ann(&format!("{task}/{part}?{query}"));
            assert_eq!(reply.code(), "ErrorInvalidUrlQuery", "{part} {query}");
        }
    }
    let listed = client.ann(&format!("{task}/attachments")).json()["value"][0].clone();
    assert_eq!(listed["@odata.type"], "#microsoft.graph.taskFileAttachment");
    assert!(listed.get("contentBytes").is_none(), "{listed}");
    assert_eq!(
        client.ann(&format!("{task}/attachments/TA-1")).json()["contentBytes"],
        "aGVsbG8="
    );
    let cast = "$select=microsoft.graph.taskFileAttachment/contentBytes";
    assert_eq!(
        client.ann(&format!("{task}/attachments?{cast}")).status,
        400
    );
    assert_eq!(
        client
            .ann(&format!("{task}/attachments/TA-1?{cast}"))
            .json()["contentBytes"],
        "aGVsbG8="
    );
}

#[test]
fn settings_are_one_object_without_an_id() {
    let client = client();
    let settings = client.ann("/mailboxSettings").json();
    assert_eq!(settings["automaticRepliesSetting"]["status"], "scheduled");
    assert!(settings.get("id").is_none());
    let context = settings["@odata.context"].as_str().expect("a context");
    assert!(context.ends_with("/mailboxSettings"), "{context}");
    let selected = client
        .ann("/mailboxSettings?$select=timeZone,userPurpose")
        .json();
    assert_eq!(
        (&selected["timeZone"], &selected["language"]),
        (&json!("UTC"), &Value::Null)
    );
    assert_eq!(client.ann("/mailboxSettings?$select=nonsense").status, 400);
    assert_eq!(client.ann("/mailboxSettings/timeZone").status, 404);
    let user = client
        .get(&format!("/users/{ANN}?$select=mailboxSettings"))
        .json();
    assert_eq!(user["mailboxSettings"]["userPurpose"], "user");
    assert_eq!(client.get("/users?$select=mailboxSettings").status, 501);
    assert_eq!(
        client
            .get("/users/zoe@contoso.example/mailboxSettings")
            .code(),
        "MailboxNotEnabledForRESTAPI"
    );
}

#[test]
fn people_are_sorted_by_what_they_mean_to_the_owner() {
    let client = client();
    let pages = client.pages(&format!("/users/{ANN}/people"), &[]);
    assert_eq!(pages[0].column("id")[..2], ["PE-0", "PE-1"]);
    assert_eq!(pages.len(), 2);
    assert_eq!(client.ann("/people?$top=1000").column("id").len(), 12);
    assert_eq!(
        client.ann("/people/PE-3").json()["personType"]["class"],
        "Group"
    );
    assert_eq!(
        client
            .ann("/people?$filter=personType/class eq 'group'")
            .column("id"),
        ["PE-3"]
    );
    assert_eq!(
        client
            .ann("/people?$filter=displayName eq 'Person 99'")
            .column("id"),
        ["PE-0"]
    );
    assert_eq!(
        client
            .ann("/people?$orderby=displayName&$top=1")
            .column("id"),
        ["PE-11"]
    );
    assert_eq!(
        client
            .ann("/people?$filter=userPrincipalName eq 'x'")
            .code(),
        "ErrorInvalidProperty"
    );
    assert_eq!(client.ann("/people?$search=\"x\"").status, 400);
}

#[test]
fn calendars_lie_in_groups() {
    let client = client();
    assert_eq!(
        client.ann("/calendarGroups/CG-1/calendars").column("id"),
        ["CAL-1"],
        "in no other group"
    );
    assert_eq!(
        client.ann("/calendarGroups/CG-2/calendars").column("id"),
        ["CAL-2"]
    );
    assert_eq!(
        client.ann("/calendarGroups/NONE/calendars").code(),
        "ErrorItemNotFound"
    );
    assert_eq!(
        client
            .ann("/calendars/CAL-1/calendarPermissions/Ym9i")
            .json()["role"],
        "write"
    );
    assert_eq!(
        client
            .ann("/calendars/CAL-2/calendarPermissions/Ym9i")
            .code(),
        "ErrorItemNotFound"
    );
    let context =
        client.ann("/calendars/CAL-2/calendarPermissions").json()["@odata.context"].clone();
    assert!(
        context
            .as_str()
            .is_some_and(|text| text.ends_with("/calendars('CAL-2')/calendarPermissions"))
    );
}

#[test]
fn rules_are_those_of_the_inbox() {
    let client = client();
    let rows = client
        .ann("/mailFolders/Inbox/messageRules")
        .column("displayName");
    assert_eq!(rows, ["Rule 1", "Rule 2"]);
    assert_eq!(
        client.ann("/mailFolders/sentitems/messageRules").status,
        404
    );
}

#[test]
fn instances_are_the_occurrences_of_one_series_in_a_window() {
    let client = client();
    let july = "startDateTime=2026-07-01T00:00:00Z&endDateTime=2026-08-01T00:00:00Z";
    let path = |event: &str, window: &str| format!("/events/{event}/instances?{window}");
    assert_eq!(
        client.ann(&path("EV-2", july)).column("id"),
        ["EV-2-CHANGED"]
    );
    assert_eq!(
        client.ann(&path("EV-1", july)).column("id").len(),
        0,
        "no series"
    );
    assert_eq!(client.ann(&path("NONE", july)).code(), "ErrorItemNotFound");
    assert_eq!(
        client.ann("/events/EV-2/instances").code(),
        "ErrorInvalidParameter"
    );
    let june = "startDateTime=2026-06-01&endDateTime=2026-07-01";
    assert_eq!(client.ann(&path("EV-2", june)).column("id").len(), 0);
    let sorted = path("EV-2", &format!("{july}&$orderby=start/dateTime"));
    assert_eq!(client.ann(&sorted).status, 400);
}

#[test]
fn basic_permissions_show_folders_and_calendars_and_not_what_is_in_them() {
    let mut tenant = filled();
    let basic = ["Mail.ReadBasic.All", "Calendars.ReadBasic"];
    tenant.applications[0].permissions = Some(basic.map(str::to_owned).to_vec());
    let client = Client::new(tenant, Options::default());
    assert_eq!(client.ann("/mailFolders").status, 200);
    assert_eq!(client.ann("/messages").code(), "NotImplemented");
    assert_eq!(
        client.ann("/messages/AAMk-007=/attachments").code(),
        "ErrorAccessDenied"
    );
    assert_eq!(client.ann("/events").status, 200);
    assert_eq!(
        client.ann("/events/EV-1/attachments").code(),
        "ErrorAccessDenied"
    );
    assert_eq!(client.ann("/contacts").code(), "ErrorAccessDenied");
    assert_eq!(client.get("/users").code(), "Authorization_RequestDenied");
}
