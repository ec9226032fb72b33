//! `$search` of mail and of the directory.

mod common;

use common::{ANN, Client, item, tenant};
use graph_simulator::Options;
use serde_json::{Value, json};

const EVENTUAL: &[(&str, &str)] = &[("ConsistencyLevel", "eventual")];

fn subjects(client: &Client, search: &str) -> Vec<String> {
    client
        .ann(&format!(
            "/messages?$select=subject&$top=100&$search={search}"
        ))
        .column("subject")
}

fn refused(client: &Client, path: &str, headers: &[(&str, &str)]) -> (u16, String) {
    let reply = client.get_with(path, headers);
    (reply.status, reply.code())
}

#[test]
fn mail_is_found_newest_sent_first() {
    let client = Client::start();
    assert_eq!(
        subjects(&client, "\"report AND subject:\\\"report 2\\\"\""),
        ["Report 24", "Report 22", "Report 20", "Report 2"]
    );
    assert_eq!(subjects(&client, "\"attachment:a.txt\""), ["Let's meet 7"]);
    assert_eq!(
        subjects(&client, "\"number AND received>=2026-03-02\""),
        ["Report 24"]
    );
    assert_eq!(subjects(&client, "\"to:ann\"").len(), 25);
    let folder = format!("/users/{ANN}/mailFolders/sentitems/messages");
    let found = client.get(&format!("{folder}?$search=\"subject:report\"&$top=50"));
    assert_eq!(
        found.column("subject"),
        ["Report 20", "Report 10", "Report 0"]
    );
}

#[test]
fn a_search_of_mail_stands_alone() {
    let client = Client::start();
    for (beside, code) in [
        ("$filter=isRead eq true", "SearchWithFilter"),
        ("$orderby=subject", "SearchWithOrderBy"),
        ("$skip=1", "BadRequest"),
        ("$count=true", "BadRequest"),
        ("$expand=attachments", "BadRequest"),
    ] {
        let path = format!("/users/{ANN}/messages?$search=\"x\"&{beside}");
        assert_eq!(refused(&client, &path, &[]), (400, code.into()), "{beside}");
    }
    for search in ["x", "\"x", "\"subject:\"", "\"\"", "\"a\" OR \"b\""] {
        let path = format!("/users/{ANN}/messages?$search={search}");
        assert_eq!(refused(&client, &path, &[]).0, 400, "{search}");
    }
    let single = format!("/users/{ANN}/messages/AAMk-001=?$search=\"x\"");
    assert_eq!(refused(&client, &single, &[]).0, 400);
}

#[test]
fn other_collections_of_a_mailbox_are_not_searched() {
    let client = Client::start();
    for name in ["mailFolders", "events", "calendars", "contactFolders"] {
        let path = format!("/users/{ANN}/{name}?$search=\"x\"");
        assert_eq!(refused(&client, &path, &[]).0, 400, "{name}");
    }
    let contacts = format!("/users/{ANN}/contacts?$search=\"x\"");
    assert_eq!(refused(&client, &contacts, &[]).0, 501);
}

#[test]
fn the_pages_of_a_search_lead_to_its_end_and_keep_it() {
    let client = Client::start();
    let first = format!("/users/{ANN}/messages?$search=\"subject:report\"&$top=5");
    let pages = client.pages(&first, &[]);
    let sizes: Vec<usize> = pages.iter().map(|page| page.column("id").len()).collect();
    assert_eq!(sizes, [5, 5, 3]);
    let link = pages[0].next_link().expect("a second page");
    assert!(
        link.contains("$skiptoken=") && !link.contains("$skip="),
        "{link}"
    );
}

#[test]
fn a_search_of_mail_finds_a_thousand_at_most() {
    let mut tenant = tenant();
    let mailbox = tenant.users[0].mailbox.as_mut().expect("Ann's mailbox");
    mailbox.messages = (0..1_005)
        .map(|n| {
            let sent = format!("2026-03-01T{:02}:{:02}:00Z", n / 60, n % 60);
            let text = json!({"id": format!("M{n}"), "subject": format!("Digest {n}"), "sentDateTime": sent,
                              "receivedDateTime": "2026-03-02T00:00:00Z"});
            item("INBOX", text)
        })
        .collect();
    let client = Client::new(tenant, Options::default());
    let first = format!("/users/{ANN}/messages?$select=id&$search=\"digest\"&$top=400");
    let pages = client.pages(&first, &[]);
    let ids: Vec<String> = pages.iter().flat_map(|page| page.column("id")).collect();
    assert_eq!(ids.len(), 1_000);
    assert_eq!((ids[0].as_str(), ids[999].as_str()), ("M1004", "M5"));
}

#[test]
fn the_directory_is_searched_with_its_header_alone() {
    let client = Client::start();
    let path = "/users?$select=displayName&$search=\"displayName:an\" OR \"mail:bob\"";
    let plain = client.get(path);
    assert_eq!(plain.code(), "Request_UnsupportedQuery");
    assert!(plain.message().contains("ConsistencyLevel"));
    let found = client.get_with(path, EVENTUAL);
    assert_eq!(found.column("displayName"), ["Ann", "Bob"]);
    assert_eq!(found.json().get("@odata.count"), None::<&Value>);
}

#[test]
fn a_search_of_the_directory_goes_with_a_filter_and_an_order() {
    let client = Client::start();
    let search = "$search=\"displayName:an\" OR \"displayName:bob\"";
    let filtered = format!("/users?{search}&$filter=startswith(displayName,'b')");
    let found = client.get_with(&filtered, EVENTUAL);
    assert_eq!(found.column("displayName"), ["Bob"]);
    let sorted = format!("/users?{search}&$orderby=displayName desc");
    assert_eq!(refused(&client, &sorted, EVENTUAL).0, 400, "not counted");
    let found = client.get_with(&format!("{sorted}&$count=true"), EVENTUAL);
    assert_eq!(found.column("displayName"), ["Bob", "Ann"]);
    assert_eq!(found.json()["@odata.count"], 2);
    let counted = client.get_with(&format!("/users/$count?{search}"), EVENTUAL);
    assert_eq!(counted.status, 501);
}

#[test]
fn only_texts_that_filter_by_their_beginnings_are_searched() {
    let client = Client::start();
    for clause in ["colour:a", "accountEnabled:true", "faxNumber:1", "ann"] {
        let path = format!("/users?$search=\"{clause}\"");
        assert_eq!(refused(&client, &path, EVENTUAL).0, 400, "{clause}");
    }
}
