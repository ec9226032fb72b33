//! Groups, their members, contacts of the organization and places.

mod common;

use common::{ANN, Client, filled};
use graph_simulator::Options;
use graph_simulator::model::Group;
use serde_json::{Value, json};

const EVENTUAL: &[(&str, &str)] = &[("ConsistencyLevel", "eventual")];

fn client() -> Client {
    Client::new(filled(), Options::default())
}

/// A client of an application with these permissions.
fn client_with(permissions: &[&str]) -> Client {
    let mut tenant = filled();
    let permissions = permissions.iter().map(|name| (*name).to_owned());
    tenant.applications[0].permissions = Some(permissions.collect());
    Client::new(tenant, Options::default())
}

#[test]
fn groups_have_the_usual_properties_unless_selected() {
    let client = client();
    let row = client.get("/groups").json()["value"][0].clone();
    assert_eq!(row["groupTypes"], json!(["Unified"]));
    assert_eq!(row["visibility"], Value::Null);
    assert!(row.get("unseenCount").is_none() && row.get("@odata.etag").is_none());
    assert_eq!(
        client.refusal("/groups?$select=unseenCount"),
        (501, "NotImplemented".to_owned())
    );
    assert_eq!(
        client.get("/groups/G-1?$select=unseenCount").json()["unseenCount"],
        3
    );
    assert_eq!(
        client.refusal("/groups/NONE"),
        (404, "Request_ResourceNotFound".to_owned())
    );
}

#[test]
fn groups_are_filtered_sorted_and_searched_as_the_directory_does() {
    let client = client();
    for (filter, ids) in [
        ("displayName eq 'admins'", vec!["G-2"]),
        ("startswith(displayName,'s')", vec!["G-1"]),
        (
            "mailEnabled eq true and securityEnabled eq true",
            vec!["G-3"],
        ),
        ("groupTypes/any(t:t eq 'Unified')", vec!["G-1"]),
        ("id in ('G-1','G-3')", vec!["G-1", "G-3"]),
        (
            "proxyAddresses/any(p:startswith(p,'smtp:g-2'))",
            vec!["G-2"],
        ),
    ] {
        let reply = client.get(&format!("/groups?$filter={filter}"));
        assert_eq!(reply.column("id"), ids, "{filter}");
    }
    for filter in [
        "mailEnabled ne true",
        "displayName ge 'a'",
        "renewedDateTime eq 2026-01-01T00:00:00Z",
        "visibility eq 'Private'",
        "endswith(mail,'x')",
        "contains(displayName,'x')",
    ] {
        let refused = client.refusal(&format!("/groups?$filter={filter}"));
        assert_eq!(
            refused,
            (400, "Request_UnsupportedQuery".to_owned()),
            "{filter}"
        );
    }
    let advanced = "/groups?$count=true&$filter=mailEnabled ne true&$orderby=displayName";
    let reply = client.get_with(advanced, EVENTUAL);
    assert_eq!(
        (reply.column("id"), &reply.json()["@odata.count"]),
        (vec!["G-2".to_owned()], &json!(1))
    );
    assert_eq!(
        client.get("/groups?$orderby=displayName desc").column("id"),
        ["G-1", "G-3", "G-2"]
    );
    assert_eq!(client.refusal("/groups?$orderby=mail").0, 400);
    let search = client.get_with("/groups?$search=\"displayName:eur\"", EVENTUAL);
    assert_eq!(search.column("id"), ["G-1"]);
    assert_eq!(client.refusal("/groups/$count").1, "Request_BadRequest");
    assert_eq!(client.get_with("/groups/$count", EVENTUAL).body, b"3");
}

#[test]
fn groups_come_in_pages_of_a_hundred_with_tokens() {
    let mut tenant = filled();
    tenant.groups = (0..250)
        .map(|n| Group {
            entity: common::entity(json!({"id": format!("G-{n}"), "displayName": n.to_string()})),
            ..Group::default()
        })
        .collect();
    tenant.groups[0].members = (0..150).map(|n| format!("G-{n}")).collect();
    let client = Client::new(tenant, Options::default());
    let rows = |path: &str| -> Vec<usize> {
        let pages = client.pages(path, &[]);
        pages.iter().map(|page| page.column("id").len()).collect()
    };
    assert_eq!(rows("/groups?$select=id"), [100, 100, 50]);
    assert_eq!(rows("/groups?$top=999"), [250]);
    assert_eq!(rows("/groups/G-0/members"), [100, 50]);
    assert_eq!(
        client.get("/groups?$top=1000").message(),
        "Invalid page size specified: '1000'. Must be between 1 and 999 inclusive."
    );
    assert_eq!(client.refusal("/groups?$skip=1").0, 400);
}

#[test]
fn members_are_of_several_kinds() {
    let client = client();
    let reply = client.get("/groups/G-1/members");
    let kinds = [
        "#microsoft.graph.user",
        "#microsoft.graph.group",
        "#microsoft.graph.orgContact",
    ];
    assert_eq!(reply.column("@odata.type"), kinds);
    let rows = reply.json()["value"].clone();
    assert_eq!(rows[0]["userPrincipalName"], ANN);
    assert!(
        rows[0].get("accountEnabled").is_none(),
        "not a default property"
    );
    assert_eq!(rows[1]["displayName"], "Admins");
    assert_eq!(rows[2]["companyName"], "Fabrikam");
    assert!(
        reply.json()["@odata.context"]
            .as_str()
            .is_some_and(|text| text.ends_with("#directoryObjects"))
    );
    let selected =
        client.get("/groups/G-1/members?$select=id,displayName,userPrincipalName,mailEnabled");
    assert_eq!(
        selected.json()["value"][1],
        json!({"@odata.type": kinds[1], "id": "G-2", "displayName": "Admins", "mailEnabled": false}),
        "a group has no principal name"
    );
    assert_eq!(
        client.get("/groups/G-2/members").column("displayName"),
        ["Zoe", "Bob"],
        "in the order of the group"
    );
    assert_eq!(client.get("/groups/G-3/members").column("id").len(), 0);
    assert_eq!(
        client.refusal("/groups/NONE/members").1,
        "Request_ResourceNotFound"
    );
    assert_eq!(
        client.refusal("/groups/G-1/members?$select=nonsense").0,
        400
    );
    for path in [
        "/groups/G-1/members/microsoft.graph.user",
        "/groups/G-1/members/$count",
        "/groups/G-1/transitiveMembers",
    ] {
        assert_eq!(client.refusal(path).0, 404, "{path}");
    }
}

#[test]
fn members_that_the_application_may_not_read_are_almost_empty() {
    let client = client_with(&["GroupMember.Read.All"]);
    let rows = client.get("/groups/G-1/members").json()["value"].clone();
    assert_eq!(rows[0]["displayName"], Value::Null, "a user");
    assert_eq!(rows[0]["id"], "00000000-0000-4000-9000-000000000001");
    assert_eq!(rows[1]["displayName"], "Admins", "a group");
    assert_eq!(rows[2]["displayName"], Value::Null, "a contact");
    let client = client_with(&["GroupMember.Read.All", "User.Read.All"]);
    let rows = client.get("/groups/G-1/members?$select=displayName").json()["value"].clone();
    assert_eq!(
        rows[0],
        json!({"@odata.type": "#microsoft.graph.user", "displayName": "Ann"})
    );
}

#[test]
fn contacts_of_the_organization_are_filtered_in_advanced_queries_only() {
    let client = client();
    let filter = "/contacts?$filter=startswith(displayName,'N')";
    assert_eq!(
        client.refusal(filter),
        (400, "Request_UnsupportedQuery".to_owned())
    );
    let reply = client.get_with(
        &format!("{filter}&$count=true&$orderby=displayName"),
        EVENTUAL,
    );
    assert_eq!(reply.column("id"), ["OC-1"]);
    assert_eq!(client.get_with("/contacts/$count", EVENTUAL).body, b"2");
    let search = client.get_with("/contacts?$search=\"displayName:ol\"", EVENTUAL);
    assert_eq!(search.column("id"), ["OC-2"]);
}

#[test]
fn the_organization_is_the_tenant() {
    let client = client();
    let row = client.get("/organization").json()["value"][0].clone();
    assert_eq!(row["id"], common::TENANT);
    assert_eq!(row["verifiedDomains"][0]["name"], "contoso.example");
}

#[test]
fn places_have_types_in_their_paths() {
    let client = client();
    for (path, kind) in [
        ("/places/R-2", "#microsoft.graph.room"),
        ("/places/dodder@contoso.example", "#microsoft.graph.room"),
        ("/places/annex@contoso.example", "#microsoft.graph.roomList"),
    ] {
        assert_eq!(client.get(path).json()["@odata.type"], kind, "{path}");
    }
    let selected = client
        .get("/places/R-2?$select=displayName,capacity")
        .json();
    assert_eq!(
        (&selected["displayName"], &selected["capacity"]),
        (&json!("Dodder"), &json!(4))
    );
    for path in [
        "/places",
        "/places/NONE",
        "/places/microsoft.graph.room/R-1",
        "/places/RL-1/microsoft.graph.roomlist/rooms",
    ] {
        assert_eq!(client.refusal(path).0, 404, "{path}");
    }
    let pages = client.pages("/places/microsoft.graph.room?$top=2", &[]);
    let rows: Vec<usize> = pages.iter().map(|page| page.column("id").len()).collect();
    assert_eq!(rows, [2, 1]);
    assert!(pages[0].next_link().expect("more").contains("$skip=2"));
}

#[test]
fn deleted_users_are_read_as_users_are() {
    let client = client();
    let path = "/directory/deletedItems/microsoft.graph.user";
    let row = client.get(path).json()["value"][0].clone();
    assert!(
        row.get("deletedDateTime").is_none(),
        "not a default property"
    );
    let sorted = format!("{path}?$count=true&$orderby=deletedDateTime&$select=id,deletedDateTime");
    assert_eq!(client.get_with(&sorted, EVENTUAL).column("id"), ["D-1"]);
    assert_eq!(
        client
            .get(&format!("{path}?$filter=displayName eq 'gone'"))
            .column("id"),
        ["D-1"]
    );
    assert_eq!(client.refusal("/directory/deletedItems").0, 404);
    assert_eq!(
        client
            .get("/users?$filter=displayName eq 'gone'")
            .column("id")
            .len(),
        0
    );
}
