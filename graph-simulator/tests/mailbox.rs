//! Folders, contacts, attachments, preferences.

mod common;

use common::{ANN, Client};

#[test]
fn folders_show_one_level_with_counts_and_hide_hidden_ones() {
    let client = Client::start();
    let top = client.ann("/mailFolders");
    assert_eq!(top.column("displayName"), ["Inbox", "Sent Items", "Digest"]);
    assert_eq!(top.column("totalItemCount"), ["20", "5", "2"]);
    assert_eq!(top.column("unreadItemCount"), ["5", "2", "1"]);
    assert_eq!(top.column("childFolderCount"), ["1", "0", "0"]);
    let hidden = client.ann("/mailFolders?includeHiddenFolders=true");
    assert_eq!(hidden.column("id"), ["INBOX", "SENT", "HID", "SEARCH"]);
    assert_eq!(
        client.ann("/mailFolders/inbox/childFolders").column("id"),
        ["SUB"]
    );
    assert_eq!(
        client
            .ann("/mailFolders/msgfolderroot/childFolders")
            .column("id")
            .len(),
        3
    );
}

#[test]
fn folders_are_found_by_id_and_by_well_known_name() {
    let client = Client::start();
    for name in ["inbox", "INBOX", "Inbox"] {
        assert_eq!(
            client
                .ann(&format!("/mailFolders/{name}?$select=id"))
                .json()["id"],
            "INBOX",
            "{name}"
        );
    }
    let root = client.ann("/mailFolders/msgfolderroot").json();
    assert_eq!(
        (&root["id"], &root["childFolderCount"]),
        (&"ROOT".into(), &4.into())
    );
    assert_eq!(
        client.ann("/mailFolders/drafts").code(),
        "ErrorItemNotFound"
    );
    assert_eq!(
        client.ann("/mailFolders/sent").code(),
        "ErrorItemNotFound",
        "ids keep their case"
    );
    assert_eq!(
        client.ann("/mailFolders/a%20b/messages").code(),
        "ErrorInvalidIdMalformed"
    );
}

#[test]
fn search_folders_show_their_type_and_properties_of_it_need_a_cast() {
    let client = Client::start();
    let all = client.ann("/mailFolders").json();
    assert_eq!(
        all["value"][2]["@odata.type"],
        "#microsoft.graph.mailSearchFolder"
    );
    let query = "$select=id,microsoft.graph.mailSearchFolder/filterQuery";
    let selected = client.ann(&format!("/mailFolders?{query}")).json();
    assert_eq!(
        selected["value"][2]["filterQuery"],
        "contains(subject, 'digest')"
    );
    assert!(selected["value"][0].get("filterQuery").is_none());
    assert_eq!(
        client.ann("/mailFolders?$select=filterQuery").code(),
        "RequestBroker--ParseUri"
    );
}

#[test]
fn folder_filters_know_names_and_counts() {
    let client = Client::start();
    let names = |filter: &str| {
        client
            .ann(&format!("/mailFolders?$filter={filter}"))
            .column("id")
    };
    assert_eq!(names("displayName eq 'inbox'"), ["INBOX"]);
    assert_eq!(names("startswith(displayName,'s')"), ["SENT"]);
    assert_eq!(
        names("totalItemCount gt 4 and childFolderCount eq 0"),
        ["SENT"]
    );
    for filter in [
        "contains(displayName,'x')",
        "id eq 'x'",
        "displayName in ('Inbox')",
        "isHidden eq true",
    ] {
        assert_eq!(
            client.ann(&format!("/mailFolders?$filter={filter}")).status,
            400,
            "{filter}"
        );
    }
}

#[test]
fn contacts_of_the_default_folder_stand_apart_from_the_folders() {
    let client = Client::start();
    assert_eq!(client.ann("/contacts").column("id"), ["CO-1", "CO-2"]);
    assert_eq!(client.ann("/contactFolders").column("id"), ["CF-1"]);
    assert_eq!(
        client.ann("/contactFolders/CF-1/childFolders").column("id"),
        ["CF-2"]
    );
    assert_eq!(
        client.ann("/contactFolders/CF-1/contacts").column("id"),
        ["CO-3"]
    );
    assert_eq!(
        client
            .ann("/contactFolders/CONTACTS/contacts")
            .column("id")
            .len(),
        2
    );
    assert_eq!(
        client.ann("/contacts/CO-3?$select=parentFolderId").json()["parentFolderId"],
        "CF-1"
    );
    assert_eq!(
        client.ann("/contactFolders/CF-2/contacts/CO-3").code(),
        "ErrorItemNotFound"
    );
}

#[test]
fn contact_filters_know_addresses_and_beginnings_of_names() {
    let client = Client::start();
    let ids = |filter: &str| {
        client
            .ann(&format!("/contacts?$filter={filter}"))
            .column("id")
    };
    assert_eq!(
        ids("emailAddresses/any(a:a/address eq 'ANTON@y.org')"),
        ["CO-1"]
    );
    assert_eq!(ids("startswith(displayName,'b')"), ["CO-2"]);
    for filter in [
        "emailAddresses/any(a:startswith(a/address,'x'))",
        "emailAddresses/any(a:a/name eq 'x')",
        "emailAddresses/any()",
        "displayName eq 'Anton'",
        "givenName eq 'x'",
    ] {
        assert_eq!(
            client.ann(&format!("/contacts?$filter={filter}")).status,
            400,
            "{filter}"
        );
    }
}

#[test]
fn attachments_come_all_at_once_and_their_bytes_need_a_cast() {
    let client = Client::start();
    let all = client.ann("/messages/AAMk-007=/attachments");
    assert_eq!(all.column("id"), ["ATT-1=", "ATT-2=", "ATT-3="]);
    assert_eq!(all.json()["value"][0]["contentBytes"], "aGVsbG8=");
    assert_eq!(
        all.json()["value"][0]["@odata.type"],
        "#microsoft.graph.fileAttachment"
    );
    assert!(all.json()["value"][1].get("item").is_none());
    let select = "$select=id,microsoft.graph.fileAttachment/contentBytes";
    let selected = client
        .ann(&format!("/messages/AAMk-007=/attachments?{select}"))
        .json();
    assert_eq!(selected["value"][0]["contentBytes"], "aGVsbG8=");
    assert!(selected["value"][1].get("contentBytes").is_none());
    let bare = client.ann("/messages/AAMk-007=/attachments?$select=contentBytes");
    assert_eq!(
        bare.message(),
        "Could not find a property named 'contentBytes' on type 'microsoft.graph.attachment'."
    );
    assert_eq!(
        client.ann("/messages/AAMk-007=/attachments?$top=1").status,
        400
    );
    let ignored = client.ann("/messages/AAMk-007=/attachments?$filter=nonsense");
    assert_eq!(ignored.column("id").len(), 3);
}

#[test]
fn attachments_have_values_of_their_own() {
    let client = Client::start();
    let file = client.ann("/messages/AAMk-007=/attachments/ATT-1=/$value");
    assert_eq!(
        (file.body.as_slice(), file.header("content-type")),
        (&b"hello"[..], "text/plain")
    );
    assert_eq!(
        client
            .ann("/messages/AAMk-007=/attachments/ATT-3=/$value")
            .status,
        405
    );
    assert_eq!(
        client
            .ann("/messages/AAMk-007=/attachments/ATT-2=/$value")
            .status,
        501
    );
    assert_eq!(
        client.ann("/messages/AAMk-007=/attachments/ATT-9=").code(),
        "ErrorItemNotFound"
    );
    let item = client
        .ann("/messages/AAMk-007=/attachments/ATT-2=?$expand=microsoft.graph.itemattachment/item");
    assert_eq!(item.json()["item"]["subject"], "inside");
}

#[test]
fn messages_expand_their_attachments_and_nothing_else() {
    let client = Client::start();
    let expanded = client
        .ann("/messages/AAMk-007=?$select=id&$expand=attachments")
        .json();
    assert_eq!(expanded["attachments"].as_array().expect("a list").len(), 3);
    assert_eq!(
        client.ann("/messages?$expand=extensions").code(),
        "ExpandNotSupported"
    );
}

#[test]
fn preferences_change_replies_and_are_confirmed() {
    let client = Client::start();
    let body = |prefer: &str| {
        let path = format!("/users/{ANN}/messages/AAMk-001=?$select=body");
        client.get_with(&path, &[("Prefer", prefer)])
    };
    let text = body("IdType=\"ImmutableId\", outlook.body-content-type=\"text\"");
    assert_eq!(text.json()["body"]["content"], "Number\u{a0}1");
    assert_eq!(text.json()["body"]["contentType"], "text");
    assert_eq!(
        text.header("preference-applied"),
        "IdType=ImmutableId, outlook.body-content-type=\"text\""
    );
    assert_eq!(body("x=y").json()["body"]["contentType"], "html");
    assert_eq!(body("x=y").header("preference-applied"), "");

    let event =
        |prefer: &str| client.get_with(&format!("/users/{ANN}/events/EV-1"), &[("Prefer", prefer)]);
    let tokyo = event("outlook.timezone=\"Tokyo Standard Time\"").json();
    assert_eq!(tokyo["start"]["dateTime"], "2026-07-01T19:00:00.0000000");
    assert_eq!(tokyo["start"]["timeZone"], "Tokyo Standard Time");
    assert_eq!(
        event("outlook.body-content-type=\"html\"").json()["body"]["content"],
        "<html><body><pre>1 &lt; 2</pre></body></html>"
    );
    assert_eq!(event("outlook.timezone=\"Nowhere\"").status, 400);
}
