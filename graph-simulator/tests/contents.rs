//! The MIME content of messages, and extended properties.

mod common;

use common::{ANN, Client, tenant};
use graph_simulator::Options;
use serde_json::{Value, json};

fn with(permission: &str) -> Client {
    let mut tenant = tenant();
    tenant.applications[0].permissions = Some(vec![permission.to_owned()]);
    Client::new(tenant, Options::default())
}

#[test]
fn a_message_is_internet_mail_with_its_attachments() {
    let client = Client::start();
    let reply = client.ann("/messages/AAMk-007=/$value");
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (200, "text/plain")
    );
    let text = String::from_utf8(reply.body.clone()).expect("ASCII");
    for part in [
        "X-Number: 7\r\n",
        "From: \"Bob\" <Bob1@x.org>\r\n",
        "To: \"Ann\" <",
        "Subject: Let's meet 7\r\n",
        "Message-ID: <7@x.org>\r\n",
        "filename=\"a.txt\"\r\n",
        "aGVsbG8=\r\n",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let in_folder = client.ann("/mailFolders/inbox/messages/AAMk-007=/$value");
    assert_eq!(in_folder.body, reply.body);
    assert_eq!(client.ann("/messages/AAMk-007=/$value").body, reply.body);
}

#[test]
fn content_is_refused_where_there_is_none() {
    let client = Client::start();
    for (path, refusal) in [
        ("/messages/AAMk-999=/$value", (404, "ErrorItemNotFound")),
        ("/messages/a b/$value", (400, "ErrorInvalidIdMalformed")),
        (
            "/mailFolders/sentitems/messages/AAMk-007=/$value",
            (404, "ErrorItemNotFound"),
        ),
        ("/messages/AAMk-007=/$value?$select=id", (400, "BadRequest")),
    ] {
        let (status, code) = client.refusal(&format!("/users/{ANN}{path}"));
        assert_eq!((status, code.as_str()), refusal, "{path}");
    }
    let path = format!("/users/{ANN}/messages/AAMk-007=/$value");
    assert_eq!(with("Mail.Read").get(&path).status, 200);
    assert_eq!(with("Calendars.Read").refusal(&path).0, 403);
    assert_ne!(with("Mail.ReadBasic.All").get(&path).status, 200);
}

/// The ids and values of the properties that each row of a list shows.
fn shown(client: &Client, path: &str) -> Vec<Value> {
    let reply = client.ann(path);
    assert_eq!(reply.status, 200, "{path}: {}", reply.message());
    let rows = reply.json()["value"].as_array().expect("rows").clone();
    rows.into_iter()
        .map(|row| row["singleValueExtendedProperties"].clone())
        .collect()
}

#[test]
fn properties_come_where_they_are_asked_for() {
    let client = Client::start();
    let expand = "singleValueExtendedProperties($filter=id eq 'String 0x001A' or id eq 'String {00020386-0000-0000-C000-000000000046} Name \
                  X-Number')";
    let found = shown(
        &client,
        &format!("/messages?$select=subject&$top=1&$expand={expand}"),
    );
    let expected = json!([
        { "id": "String 0x1a", "value": "IPM.Note" },
        { "id": "String {00020386-0000-0000-c000-000000000046} Name X-Number", "value": "24" },
    ]);
    assert_eq!(found, [expected]);
    let size = client.ann("/messages/AAMk-007=/$value").body.len();
    let one =
        "/messages/AAMk-007=?$expand=singleValueExtendedProperties($filter=id eq 'Integer 0x0E08')";
    let one = client.ann(one).json();
    assert_eq!(
        one["singleValueExtendedProperties"][0]["value"],
        size.to_string()
    );
    let events = "/calendars/CAL-1/events?$expand=singleValueExtendedProperties($filter=id eq 'String 0x001A')";
    assert!(
        shown(&client, events)
            .iter()
            .all(|list| list[0]["value"] == "IPM.Appointment")
    );
    // An item without the property has no such member.
    let none = "/messages?$expand=singleValueExtendedProperties($filter=id eq 'String 0x7777')";
    assert!(shown(&client, none).iter().all(Value::is_null));
    let plain = client.ann("/messages/AAMk-007=").json();
    assert_eq!(plain.get("singleValueExtendedProperties"), None);
}

#[test]
fn properties_need_the_whole_permission_of_their_items() {
    let expand = "?$expand=singleValueExtendedProperties($filter=id eq 'String 0x3613')";
    for (path, basic, whole) in [
        ("calendars", "Calendars.ReadBasic", "Calendars.Read"),
        ("mailFolders", "Mail.ReadBasic.All", "Mail.Read"),
    ] {
        let path = format!("/users/{ANN}/{path}");
        assert_eq!(with(basic).get(&path).status, 200, "{path}");
        let expanded = format!("{path}{expand}");
        let refused = with(basic).refusal(&expanded);
        assert_eq!(refused, (403, "ErrorAccessDenied".to_owned()), "{path}");
        assert_eq!(with(whole).get(&expanded).status, 200, "{path}");
    }
}

#[test]
fn other_expansions_of_properties_are_refused() {
    let client = Client::start();
    for (path, code) in [
        (
            "messages?$expand=singleValueExtendedProperties",
            "BadRequest",
        ),
        (
            "messages?$expand=singleValueExtendedProperties($filter=id eq 'x')",
            "ErrorInvalidProperty",
        ),
        (
            "todo/lists?$expand=singleValueExtendedProperties($filter=id eq 'String 0x1a')",
            "ExpandNotSupported",
        ),
    ] {
        let refused = client.refusal(&format!("/users/{ANN}/{path}"));
        assert_eq!(refused, (400, code.to_owned()), "{path}");
    }
}
