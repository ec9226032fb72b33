//! Messages: pages, selection, filters, order.

mod common;

use common::{ANN, Client};
use std::collections::HashSet;

fn filtered(client: &Client, filter: &str) -> usize {
    client
        .ann(&format!("/messages?$select=id&$top=100&$filter={filter}"))
        .column("id")
        .len()
}

fn refused(client: &Client, query: &str) -> (u16, String, String) {
    let reply = client.ann(&format!("/messages?{query}"));
    (reply.status, reply.code(), reply.message())
}

#[test]
fn pages_have_ten_rows_newest_first_and_lead_to_the_end() {
    let client = Client::start();
    let pages = client.pages(&format!("/users/{ANN}/messages?$select=subject"), &[]);
    let sizes: Vec<usize> = pages.iter().map(|page| page.column("id").len()).collect();
    assert_eq!(sizes, [10, 10, 5]);
    let ids: Vec<String> = pages.iter().flat_map(|page| page.column("id")).collect();
    assert_eq!(ids.first().map(String::as_str), Some("AAMk-024="));
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), 25);
}

#[test]
fn the_next_link_holds_every_option_and_the_address_that_was_used() {
    let client = Client::start();
    let first = client.ann("/messages?$select=id,subject&$top=3&$filter=importance eq 'normal'");
    let link = first.next_link().expect("more rows");
    assert!(
        link.starts_with(&format!(
            "{}/v1.0/users/{ANN}/messages?",
            client.simulator.address()
        )),
        "{link}"
    );
    for part in [
        "$select=id,subject",
        "$top=3",
        "$filter=importance+eq+%27normal%27",
        "$skip=3",
    ] {
        assert!(link.contains(part), "{part}: {link}");
    }
    assert_eq!(client.get(&link).column("id").len(), 3);
}

#[test]
fn top_is_the_page_size_and_has_a_limit() {
    let client = Client::start();
    assert_eq!(client.ann("/messages?$top=7").column("id").len(), 7);
    assert_eq!(client.ann("/messages?$top=1000").column("id").len(), 25);
    for top in ["1001", "0", "-1", "x", ""] {
        assert_eq!(refused(&client, &format!("$top={top}")).0, 400, "{top}");
    }
    assert_eq!(client.ann("/messages?$skip=24").column("id"), ["AAMk-000="]);
}

#[test]
fn select_gives_the_named_properties_with_id_and_etag() {
    let client = Client::start();
    let row = client.ann("/messages?$top=1&$select=Subject,isread").json()["value"][0].clone();
    let names: Vec<&String> = row.as_object().expect("an object").keys().collect();
    assert_eq!(names, ["@odata.etag", "id", "isRead", "subject"]);
    assert_eq!(row["@odata.etag"], "W/\"CQAAAB024\"");
    let context = client.ann("/messages?$select=subject").json()["@odata.context"].clone();
    assert!(
        context
            .as_str()
            .expect("text")
            .ends_with("/messages(subject)"),
        "{context}"
    );
}

#[test]
fn unknown_properties_are_refused_by_name() {
    let client = Client::start();
    for query in [
        "$select=isJunk",
        "$filter=isJunk eq true",
        "$orderby=isJunk",
    ] {
        let (status, code, message) = refused(&client, query);
        assert_eq!(
            (status, code.as_str()),
            (400, "RequestBroker--ParseUri"),
            "{query}"
        );
        assert_eq!(
            message,
            "Could not find a property named 'isJunk' on type 'microsoft.graph.message'."
        );
    }
}

#[test]
fn headers_and_unique_bodies_come_only_when_selected() {
    let client = Client::start();
    let whole = client.ann("/messages/AAMk-001=").json();
    assert!(whole.get("body").is_some());
    assert!(whole.get("internetMessageHeaders").is_none() && whole.get("uniqueBody").is_none());
    let selected = client
        .ann("/messages/AAMk-001=?$select=internetMessageHeaders,uniqueBody")
        .json();
    assert_eq!(selected["internetMessageHeaders"][0]["value"], "1");
    assert_eq!(selected["uniqueBody"]["content"], "<p>unique</p>");
}

#[test]
fn filters_that_graph_knows_choose_rows() {
    let client = Client::start();
    for (filter, rows) in [
        ("receivedDateTime ge 2026-03-01T20:00:00Z", 5),
        (
            "receivedDateTime gt 2026-03-01T20:00:00Z and receivedDateTime lt 2026-03-02",
            3,
        ),
        ("receivedDateTime le 2026-03-01T01:00:00Z", 2),
        (
            "receivedDateTime ge 2026-03-02T00:00:00Z or receivedDateTime lt 2026-03-01T01:00:00Z",
            2,
        ),
        ("subject eq 'report 2'", 1),
        ("startswith(subject,'LET''S')", 12),
        ("contains(subject,'PORT 1')", 5),
        ("from/emailAddress/address eq 'bob1@X.org'", 8),
        ("startswith(sender/emailAddress/address,'bob')", 25),
        ("importance eq 'high' and isRead eq false", 3),
        ("flag/flagStatus eq 'flagged'", 1),
        ("categories/any(c:c eq 'blue')", 1),
        (
            "categories/any(c:c eq 'blue') and receivedDateTime ge 2026-03-01",
            1,
        ),
        ("internetMessageId eq '<7@x.org>'", 1),
        ("hasAttachments eq true", 1),
        ("true eq hasAttachments", 1),
        (
            "(isRead eq false or isRead eq true) and receivedDateTime ge 2026-03-01T20:00:00Z",
            5,
        ),
    ] {
        assert_eq!(filtered(&client, filter), rows, "{filter}");
    }
}

#[test]
fn rows_without_the_property_are_left_out() {
    let client = Client::start();
    assert_eq!(
        filtered(&client, "startswith(from/emailAddress/address,'bob')"),
        24
    );
}

#[test]
fn what_outlook_refuses_is_refused_with_its_code() {
    let client = Client::start();
    for (filter, status, code) in [
        (
            "toRecipients/any(r:r/emailAddress/address eq 'a@b.c')",
            400,
            "ErrorInvalidUrlQueryFilter",
        ),
        (
            "toRecipients/emailAddress/address eq 'a@b.c'",
            400,
            "BadRequest",
        ),
        ("id eq 'x'", 400, "ErrorInvalidProperty"),
        ("parentFolderId eq 'x'", 400, "ErrorInvalidProperty"),
        ("contains(body/content,'x')", 400, "ErrorInvalidProperty"),
        ("endswith(subject,'x')", 400, "ErrorInvalidUrlQueryFilter"),
        ("subject in ('a','b')", 400, "ErrorInvalidUrlQueryFilter"),
        ("subject eq null", 400, "ErrorInvalidUrlQueryFilter"),
        ("subject ne 'x'", 400, "ErrorInvalidUrlQueryFilter"),
        ("not(isRead eq true)", 400, "ErrorInvalidUrlQueryFilter"),
        ("isRead", 400, "ErrorInvalidUrlQueryFilter"),
        ("tolower(subject) eq 'x'", 400, "ErrorInvalidUrlQueryFilter"),
        ("startswith(importance,'h')", 400, "BadRequest"),
        ("importance eq 'urgent'", 400, "BadRequest"),
        ("flag ne null", 500, "ErrorInternalServerError"),
        ("receivedDateTime ge '2026-03-01'", 400, "BadRequest"),
        ("isRead eq 'true'", 400, "BadRequest"),
        ("subject eq report", 400, "ErrorInvalidUrlQueryFilter"),
        ("subject eq \"x\"", 400, "BadRequest"),
        ("subject eq 'x' AND isRead eq true", 400, "BadRequest"),
        ("foo(subject,'x')", 400, "BadRequest"),
        (
            "categories/all(c:c eq 'blue')",
            400,
            "ErrorInvalidUrlQueryFilter",
        ),
        ("", 400, "BadRequest"),
    ] {
        let (found, found_code, message) = refused(&client, &format!("$filter={filter}"));
        assert_eq!(
            (found, found_code.as_str()),
            (status, code),
            "{filter}: {message}"
        );
    }
    let (_, _, message) = refused(&client, "$filter=id eq 'x'");
    assert_eq!(message, "The property 'Id' does not support filtering.");
}

#[test]
fn order_and_filter_must_agree() {
    let client = Client::start();
    for (query, fits) in [
        ("$orderby=receivedDateTime", true),
        ("$orderby=receivedDateTime desc", true),
        ("$orderby=subject,receivedDateTime desc", true),
        (
            "$filter=receivedDateTime ge 2026-01-01&$orderby=receivedDateTime",
            true,
        ),
        (
            "$filter=receivedDateTime ge 2026-01-01 and isRead eq true&$orderby=receivedDateTime desc",
            true,
        ),
        ("$filter=isRead eq true&$orderby=receivedDateTime", false),
        (
            "$filter=isRead eq true and receivedDateTime ge 2026-01-01&$orderby=receivedDateTime",
            false,
        ),
        (
            "$filter=receivedDateTime ge 2026-01-01 and contains(subject,'x')&$orderby=receivedDateTime",
            false,
        ),
        ("$filter=startswith(subject,'x')&$orderby=subject", true),
        (
            "$filter=subject eq 'a' and importance eq 'low'&$orderby=importance,subject",
            false,
        ),
        (
            "$filter=subject eq 'a' and importance eq 'low'&$orderby=subject,importance",
            true,
        ),
    ] {
        let reply = client.ann(&format!("/messages?{query}"));
        if fits {
            assert_eq!(reply.status, 200, "{query}: {}", reply.message());
        } else {
            assert_eq!(
                (reply.status, reply.code().as_str()),
                (400, "InefficientFilter"),
                "{query}"
            );
        }
    }
}

#[test]
fn orders_sort_over_all_pages() {
    let client = Client::start();
    let column = |query: &str, name: &str| -> Vec<String> {
        let pages = client.pages(&format!("/users/{ANN}/messages?$top=4&{query}"), &[]);
        pages.iter().flat_map(|page| page.column(name)).collect()
    };
    let ascending = column("$orderby=receivedDateTime", "receivedDateTime");
    assert!(ascending.is_sorted() && ascending.len() == 25);
    let subjects = column(
        "$orderby=subject desc&$filter=startswith(subject,'report')",
        "subject",
    );
    assert!(subjects.is_sorted_by(|a, b| a >= b) && subjects.len() == 13);
    for query in [
        "$orderby=body",
        "$orderby=from",
        "$orderby=bodyPreview",
        "$orderby=subject up",
        "$orderby=",
    ] {
        assert_eq!(
            client.ann(&format!("/messages?{query}")).status,
            400,
            "{query}"
        );
    }
}

#[test]
fn folders_hold_their_own_messages() {
    let client = Client::start();
    assert_eq!(
        client
            .ann("/mailFolders/inbox/messages?$top=100")
            .column("id")
            .len(),
        20
    );
    assert_eq!(
        client
            .ann("/mailfolders('SentItems')/messages?$top=100")
            .column("id")
            .len(),
        5
    );
    assert_eq!(
        client.ann("/mailFolders/SENT/messages/AAMk-005=").status,
        200
    );
    assert_eq!(
        client.ann("/mailFolders/INBOX/messages/AAMk-005=").code(),
        "ErrorItemNotFound"
    );
    assert_eq!(
        client
            .ann("/mailFolders/inbox/messages?$filter=isRead eq false")
            .column("id")
            .len(),
        5
    );
}

#[test]
fn single_messages_are_found_by_their_exact_id() {
    let client = Client::start();
    let found = client.ann("/messages/AAMk-003=?$select=subject").json();
    assert_eq!(found["subject"], "Let's meet 3");
    assert!(
        found["@odata.context"]
            .as_str()
            .expect("text")
            .ends_with("/messages(subject)/$entity")
    );
    assert_eq!(
        client.ann("/messages/aamk-003=").code(),
        "ErrorItemNotFound"
    );
    assert_eq!(
        client.ann("/messages/AA%20MK").code(),
        "ErrorInvalidIdMalformed"
    );
    assert_eq!(client.ann("/messages/AAMk-003=?$top=1").status, 400);
}

#[test]
fn counts_are_as_unreliable_as_graphs() {
    let client = Client::start();
    assert_eq!(
        client.ann("/messages?$count=true").json()["@odata.count"],
        25
    );
    let filtered = client
        .ann("/messages?$count=true&$filter=isRead eq true")
        .json();
    assert_eq!(filtered["@odata.count"], -1);
    assert!(client.ann("/messages").json().get("@odata.count").is_none());
}

#[test]
fn options_that_nobody_knows_or_that_come_twice_are_refused() {
    let client = Client::start();
    for query in [
        "$foo=1",
        "$select=id&$select=subject",
        "$filter=isRead eq true&$Filter=isRead eq true",
        "$skiptoken=x",
    ] {
        assert_eq!(refused(&client, query).0, 400, "{query}");
    }
    // Without the dollar they do not belong to OData, and have no effect.
    assert_eq!(
        client
            .ann("/messages?select=id&top=1")
            .column("subject")
            .len(),
        10
    );
}

/// docs/graph.md#messages-select
#[test]
fn messages_about_meetings_have_a_type_and_properties_that_need_a_cast() {
    let tenant = |refuses_casts: bool| {
        let mut tenant = common::tenant();
        let mailbox = tenant.users[0].mailbox.as_mut().expect("a mailbox");
        mailbox.refuses_casts = refuses_casts;
        let invitation = &mut mailbox.messages[24].entity;
        for (name, value) in [
            ("@odata.type", "#microsoft.graph.eventMessageRequest"),
            ("meetingMessageType", "meetingRequest"),
        ] {
            invitation.insert(name.to_owned(), value.into());
        }
        tenant
    };
    let cast = "microsoft.graph.eventMessage/meetingMessageType";
    let client = Client::new(tenant(false), graph_simulator::Options::default());
    let rows = client.ann("/messages?$select=subject&$top=2").json()["value"].clone();
    assert_eq!(
        rows[0]["@odata.type"],
        "#microsoft.graph.eventMessageRequest"
    );
    assert!(rows[1].get("@odata.type").is_none());
    let rows = client
        .ann(&format!("/messages?$select=subject,{cast}"))
        .json()["value"]
        .clone();
    assert_eq!(rows[0]["meetingMessageType"], "meetingRequest");
    assert!(rows[1].get("meetingMessageType").is_none());
    for select in [
        "meetingMessageType",
        "microsoft.graph.eventMessage/isAllDay",
        "microsoft.graph.event/subject",
    ] {
        assert_eq!(
            refused(&client, &format!("$select={select}")).0,
            400,
            "{select}"
        );
    }
    let client = Client::new(tenant(true), graph_simulator::Options::default());
    assert_eq!(refused(&client, &format!("$select=subject,{cast}")).0, 400);
    assert_eq!(
        client.ann("/messages/AAMk-001=?$select=subject").status,
        200
    );
    let single = client.ann(&format!("/messages/AAMk-001=?$select={cast}"));
    assert_eq!(single.status, 400);
}
