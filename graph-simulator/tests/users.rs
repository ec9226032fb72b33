//! Users, and the directory's refusals.

mod common;

use common::{ANN, Client, entity, tenant};
use graph_simulator::Options;
use graph_simulator::model::User;
use serde_json::json;

const EVENTUAL: &[(&str, &str)] = &[("ConsistencyLevel", "eventual")];

#[test]
fn users_have_the_usual_properties_unless_selected() {
    let client = Client::start();
    let row = client.get("/users").json()["value"][0].clone();
    let names: Vec<&String> = row.as_object().expect("an object").keys().collect();
    assert_eq!(
        names,
        [
            "businessPhones",
            "displayName",
            "givenName",
            "id",
            "jobTitle",
            "mail",
            "mobilePhone",
            "officeLocation",
            "preferredLanguage",
            "surname",
            "userPrincipalName",
        ]
    );
    let selected = client
        .get("/users?$select=displayName,accountEnabled,otherMails")
        .json();
    assert_eq!(
        selected["value"][0],
        json!({"displayName": "Ann", "accountEnabled": true, "otherMails": []})
    );
    let refused = client.get("/users?$select=id,aboutMe");
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (501, "NotImplemented")
    );
    assert_eq!(
        client.get(&format!("/users/{ANN}?$select=aboutMe")).status,
        200
    );
}

#[test]
fn users_are_found_by_id_or_principal_name() {
    let client = Client::start();
    let by_name = client.get("/users/ANN@contoso.EXAMPLE").json();
    assert_eq!(by_name["displayName"], "Ann");
    let id = by_name["id"].as_str().expect("an id").to_owned();
    assert_eq!(
        client.get(&format!("/users/{id}/messages?$top=1")).status,
        200
    );
    let missing = client.get("/users/nobody@contoso.example");
    assert_eq!(
        (missing.status, missing.code().as_str()),
        (404, "Request_ResourceNotFound")
    );
}

#[test]
fn mailboxes_that_are_not_there_say_why() {
    let client = Client::start();
    let none = client.get("/users/zoe@contoso.example/messages");
    assert_eq!(
        (none.status, none.code().as_str()),
        (404, "MailboxNotEnabledForRESTAPI")
    );
    let nobody = client.get("/users/nobody@contoso.example/messages");
    assert_eq!(
        (nobody.status, nobody.code().as_str()),
        (404, "ErrorInvalidUser")
    );
    assert_eq!(client.get("/me/messages").status, 400);
    assert_eq!(client.get("/directoryObjects").code(), "ResourceNotFound");
    assert_eq!(
        client.get("/nonsense").message(),
        "Resource not found for the segment 'nonsense'."
    );
}

#[test]
fn plain_filters_follow_the_matrix() {
    let client = Client::start();
    for (filter, rows) in [
        ("displayName eq 'ann'", 1),
        ("startswith(displayName,'z')", 1),
        (
            "userPrincipalName in ('ann@contoso.example','bob@contoso.example')",
            2,
        ),
        ("createdDateTime ge 2020-01-02T00:00:00Z", 2),
        (
            "accountEnabled eq true and mail eq 'ann@contoso.example'",
            1,
        ),
        (
            "assignedLicenses/any(l:l/skuId eq cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46)",
            3,
        ),
        ("id eq '00000000-0000-4000-9000-000000000002'", 1),
    ] {
        assert_eq!(
            client
                .get(&format!("/users?$select=id&$filter={filter}"))
                .column("id")
                .len(),
            rows,
            "{filter}"
        );
    }
    for filter in [
        "mail ne null",
        "mail ne 'x'",
        "not(mail eq 'x')",
        "companyName eq 'Contoso'",
        "contains(displayName,'n')",
        "endswith(mail,'x')",
        "displayName gt 'a'",
        "faxNumber eq 'x'",
        "assignedLicenses/$count eq 0",
    ] {
        let reply = client.get(&format!("/users?$filter={filter}"));
        assert_eq!(
            (reply.status, reply.code().as_str()),
            (400, "Request_UnsupportedQuery"),
            "{filter}"
        );
    }
}

#[test]
fn advanced_filters_need_the_header_and_the_count() {
    let client = Client::start();
    for (filter, rows) in [
        ("mail ne null", 2),
        ("companyName eq 'contoso'", 3),
        ("endswith(mail,'@contoso.example')", 2),
        ("not(startswith(displayName,'a'))", 2),
        ("assignedLicenses/$count eq 0", 0),
    ] {
        let counted = format!("/users?$select=id&$count=true&$filter={filter}");
        let reply = client.get_with(&counted, EVENTUAL);
        assert_eq!(reply.column("id").len(), rows, "{filter}");
        assert_eq!(reply.json()["@odata.count"], rows, "{filter}");
        assert_eq!(
            client.get(&counted).status,
            400,
            "{filter} without the header"
        );
        let uncounted = format!("/users?$filter={filter}");
        assert_eq!(
            client.get_with(&uncounted, EVENTUAL).status,
            400,
            "{filter} without the count"
        );
    }
}

#[test]
fn sorting_follows_the_directory() {
    let client = Client::start();
    let sorted = client
        .get("/users?$orderby=displayName desc")
        .column("displayName");
    assert_eq!(sorted, ["Zoe", "Bob", "Ann"]);
    for query in [
        "$orderby=mail",
        "$orderby=createdDateTime",
        "$orderby=displayName&$filter=accountEnabled eq true",
    ] {
        let reply = client.get(&format!("/users?{query}"));
        assert_eq!(
            reply.message(),
            "Sorting not supported for current query.",
            "{query}"
        );
    }
    let query = "$count=true&$orderby=createdDateTime desc&$filter=accountEnabled eq true";
    assert_eq!(
        client.get_with(&format!("/users?{query}"), EVENTUAL).status,
        200
    );
}

#[test]
fn counts_need_the_header() {
    let client = Client::start();
    let refused = client.get("/users/$count");
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (400, "Request_BadRequest")
    );
    let counted = client.get_with("/users/$count", EVENTUAL);
    assert_eq!(
        (counted.body.as_slice(), counted.header("content-type")),
        (&b"3"[..], "text/plain")
    );
    assert_eq!(
        client
            .get_with("/users/$count?$filter=mail ne null", EVENTUAL)
            .body,
        b"2"
    );
    assert!(
        client
            .get("/users?$count=true")
            .json()
            .get("@odata.count")
            .is_none(),
        "ignored"
    );
}

#[test]
fn pages_are_linked_by_tokens_that_say_nothing() {
    let mut tenant = tenant();
    tenant.users = (0..250)
        .map(|n| User {
            entity: entity(json!({"id": format!("u{n}"), "displayName": n.to_string(), "userPrincipalName": format!("{n}@x")})),
            mailbox: None,
        })
        .collect();
    let client = Client::new(tenant, Options::default());
    let pages = client.pages("/users?$select=id", &[]);
    assert_eq!(
        pages
            .iter()
            .map(|page| page.column("id").len())
            .collect::<Vec<_>>(),
        [100, 100, 50]
    );
    let link = pages[0].next_link().expect("more");
    assert!(
        link.contains("$skiptoken=") && !link.contains("100"),
        "{link}"
    );
    assert_eq!(client.get("/users?$top=999").column("id").len(), 250);
    let large = client.get("/users?$top=1000");
    assert_eq!(
        large.message(),
        "Invalid page size specified: '1000'. Must be between 1 and 999 inclusive."
    );
    for query in [
        "$skip=100",
        "$skiptoken=100",
        "$skiptoken=RFNwdAIAAQAAAA0000000000000000",
    ] {
        assert_eq!(
            client.get(&format!("/users?{query}")).status,
            400,
            "{query}"
        );
    }
}
