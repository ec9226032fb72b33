//! A small tenant, made by hand, so that tests can say what they expect.

use super::{ANN, CLIENT, SECRET, TENANT};
use graph_simulator::model::{Application, Entity, Folder, Item, Mailbox, Tenant, User};
use serde_json::{Value, json};

pub fn entity(value: Value) -> Entity {
    value.as_object().cloned().expect("an object")
}

pub fn item(parent: &str, value: Value) -> Item {
    Item {
        parent_id: parent.to_owned(),
        entity: entity(value),
        attachments: Vec::new(),
    }
}

fn folder(id: &str, name: &str, parent: &str, well_known: Option<&str>, hidden: bool) -> Folder {
    let entity = entity(
        json!({"id": id, "displayName": name, "parentFolderId": parent, "isHidden": hidden}),
    );
    Folder {
        well_known_name: well_known.map(str::to_owned),
        entity,
    }
}

/// Message number `n` of 25, one an hour from midnight of 2026-03-01 on.
pub fn message(n: usize) -> Item {
    let folder = if n.is_multiple_of(5) { "SENT" } else { "INBOX" };
    let mut message = item(
        folder,
        json!({
            "id": format!("AAMk-{n:03}="),
            "changeKey": format!("CQAAAB{n:03}"),
            "receivedDateTime": format!("2026-03-{:02}T{:02}:00:00Z", 1 + n / 24, n % 24),
            "sentDateTime": format!("2026-03-{:02}T{:02}:00:00Z", 1 + n / 24, n % 24),
            "createdDateTime": format!("2026-03-{:02}T{:02}:00:00Z", 1 + n / 24, n % 24),
            "subject": if n.is_multiple_of(2) { json!(format!("Report {n}")) } else { json!(format!("Let's meet {n}")) },
            "importance": if n.is_multiple_of(3) { "high" } else { "normal" },
            "isRead": !n.is_multiple_of(4),
            "hasAttachments": n == 7,
            "categories": if n == 3 { json!(["Blue", "Old"]) } else { json!([]) },
            "flag": {"flagStatus": if n == 9 { "flagged" } else { "notFlagged" }},
            "from": if n == 11 { Value::Null } else {
                json!({"emailAddress": {"name": "Bob", "address": format!("Bob{}@x.org", n % 3)}})
            },
            "sender": {"emailAddress": {"name": "Bob", "address": "bob@x.org"}},
            "toRecipients": [{"emailAddress": {"name": "Ann", "address": ANN}}],
            "internetMessageId": format!("<{n}@x.org>"),
            "internetMessageHeaders": [{"name": "X-Number", "value": n.to_string()}],
            "body": {"contentType": "html", "content": format!("<p>Number&nbsp;{n}</p>")},
            "uniqueBody": {"contentType": "html", "content": "<p>unique</p>"},
            "bodyPreview": format!("Number {n}"),
        }),
    );
    if n == 7 {
        message.attachments = attachments();
    }
    message
}

fn attachments() -> Vec<Entity> {
    vec![
        entity(json!({
            "@odata.type": "#microsoft.graph.fileAttachment", "id": "ATT-1=", "name": "a.txt",
            "contentType": "text/plain", "size": 5, "isInline": false,
            "lastModifiedDateTime": "2026-03-01T00:00:00Z", "contentId": null, "contentBytes": "aGVsbG8=",
        })),
        entity(json!({
            "@odata.type": "#microsoft.graph.itemAttachment", "id": "ATT-2=", "name": "A mail",
            "contentType": null, "size": 77, "isInline": false,
            "lastModifiedDateTime": "2026-03-01T00:00:00Z", "item": {"subject": "inside"},
        })),
        entity(json!({
            "@odata.type": "#microsoft.graph.referenceAttachment", "id": "ATT-3=", "name": "link",
            "contentType": null, "size": 9, "isInline": false, "lastModifiedDateTime": "2026-03-01T00:00:00Z",
        })),
    ]
}

fn event(id: &str, calendar: &str, kind: &str, start: &str, end: &str) -> Item {
    item(
        calendar,
        json!({
            "id": id, "changeKey": format!("CK{id}"), "subject": format!("Event {id}"), "type": kind,
            "isOrganizer": true, "categories": [], "iCalUId": format!("uid-{id}"),
            "start": {"dateTime": start, "timeZone": "UTC"}, "end": {"dateTime": end, "timeZone": "UTC"},
            "createdDateTime": "2026-01-01T00:00:00Z", "lastModifiedDateTime": "2026-01-01T00:00:00Z",
            "attendees": [], "recurrence": null, "body": {"contentType": "text", "content": "1 < 2"},
        }),
    )
}

fn contact(id: &str, folder: &str, name: &str) -> Item {
    item(
        folder,
        json!({
            "id": id, "changeKey": format!("CK{id}"), "displayName": name,
            "emailAddresses": [{"name": name, "address": format!("{name}@y.org")}],
        }),
    )
}

pub fn mailbox() -> Mailbox {
    Mailbox {
        root_folder_id: "ROOT".into(),
        folders: vec![
            folder("INBOX", "Inbox", "ROOT", Some("inbox"), false),
            folder("SENT", "Sent Items", "ROOT", Some("sentitems"), false),
            folder("SUB", "Projects", "INBOX", None, false),
            folder("HID", "Hidden", "ROOT", None, true),
            Folder {
                well_known_name: None,
                entity: entity(json!({
                    "@odata.type": "#microsoft.graph.mailSearchFolder", "id": "SEARCH", "displayName": "Digest",
                    "parentFolderId": "ROOT", "childFolderCount": 0, "unreadItemCount": 1, "totalItemCount": 2,
                    "isSupported": true, "filterQuery": "contains(subject, 'digest')",
                })),
            },
        ],
        messages: (0..25).map(message).collect(),
        calendars: vec![
            entity(
                json!({"id": "CAL-1", "name": "Calendar", "changeKey": "k1", "isDefaultCalendar": true}),
            ),
            entity(
                json!({"id": "CAL-2", "name": "Team", "changeKey": "k2", "isDefaultCalendar": false}),
            ),
        ],
        events: vec![
            event(
                "EV-1",
                "CAL-1",
                "singleInstance",
                "2026-07-01T10:00:00.0000000",
                "2026-07-01T11:00:00.0000000",
            ),
            event(
                "EV-2",
                "CAL-1",
                "seriesMaster",
                "2026-07-02T10:00:00.0000000",
                "2026-07-02T11:00:00.0000000",
            ),
            event(
                "EV-3",
                "CAL-1",
                "singleInstance",
                "2026-06-01T10:00:00.0000000",
                "2026-06-01T11:00:00.0000000",
            ),
            event(
                "EV-2-CHANGED",
                "CAL-1",
                "exception",
                "2026-07-09T12:00:00.0000000",
                "2026-07-09T13:00:00.0000000",
            ),
            event(
                "EV-4",
                "CAL-2",
                "singleInstance",
                "2026-07-01T10:00:00.0000000",
                "2026-07-01T11:00:00.0000000",
            ),
        ],
        contact_folders: vec![
            entity(json!({"id": "CF-1", "displayName": "Friends", "parentFolderId": "CONTACTS"})),
            entity(json!({"id": "CF-2", "displayName": "Old friends", "parentFolderId": "CF-1"})),
        ],
        default_contact_folder_id: "CONTACTS".into(),
        contacts: vec![
            contact("CO-1", "CONTACTS", "Anton"),
            contact("CO-2", "CONTACTS", "Berta"),
            contact("CO-3", "CF-1", "Carla"),
        ],
        ..Mailbox::default()
    }
}

fn user(n: usize, name: &str, mailbox: Option<Mailbox>) -> User {
    let entity = entity(json!({
        "id": format!("00000000-0000-4000-9000-{n:012}"), "displayName": name, "givenName": name,
        "userPrincipalName": format!("{}@contoso.example", name.to_lowercase()),
        "mail": if mailbox.is_some() { json!(format!("{}@contoso.example", name.to_lowercase())) } else { Value::Null },
        "accountEnabled": true, "businessPhones": ["1"], "companyName": "Contoso",
        "createdDateTime": format!("2020-01-{n:02}T00:00:00Z"), "assignedLicenses": [
            {"skuId": "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46", "disabledPlans": []}
        ],
    }));
    User { entity, mailbox }
}

pub fn tenant() -> Tenant {
    Tenant {
        id: TENANT.into(),
        domain: "contoso.example".into(),
        applications: vec![Application {
            client_id: CLIENT.into(),
            client_secret: SECRET.into(),
            ..Application::default()
        }],
        users: vec![
            user(1, "Ann", Some(mailbox())),
            user(
                2,
                "Bob",
                Some(Mailbox {
                    root_folder_id: "BROOT".into(),
                    ..Mailbox::default()
                }),
            ),
            user(3, "Zoe", None),
        ],
        ..Tenant::default()
    }
}
