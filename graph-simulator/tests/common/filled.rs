//! The small tenant with rows in every collection.

use super::{ANN, entity, item, tenant};
use graph_simulator::model::{CalendarGroup, Entity, Group, Item, Mailbox, RoomList, Tenant};
use serde_json::{Value, json};

pub fn filled() -> Tenant {
    let mut tenant = tenant();
    let [ann, bob, zoe] = [0, 1, 2].map(|at| id(&tenant.users[at].entity));
    tenant.groups = vec![
        Group {
            entity: group("G-1", "Sales Europe", json!(["Unified"]), true, false),
            members: vec![ann.clone(), "G-2".into(), "OC-1".into(), "ELSEWHERE".into()],
            owners: vec![bob.clone()],
        },
        Group {
            entity: group("G-2", "Admins", json!([]), false, true),
            members: vec![zoe, bob],
            owners: vec![ann],
        },
        Group {
            entity: group("G-3", "Everybody", json!([]), true, true),
            ..Group::default()
        },
    ];
    let topic = |id: &str, parent: &str, topic: &str| {
        item(
            parent,
            json!({"id": id, "topic": topic, "uniqueSenders": ["Ann"]}),
        )
    };
    tenant.group_conversations = vec![topic("GC-1", "G-1", "Plans"), topic("GC-2", "G-1", "Lunch")];
    tenant.group_threads = (0..12)
        .map(|n| topic(&format!("GT-{n}"), "G-1", &format!("Thread {n}")))
        .collect();
    tenant.group_posts = ["GP-1", "GP-2"]
        .map(|id| item("GT-1", json!({"id": id, "body": {"contentType": "html", "content": id}, "receivedDateTime": "2026-01-01T00:00:00Z"})))
        .into();
    tenant.org_contacts = vec![org_contact("OC-1", "Nadia"), org_contact("OC-2", "Olaf")];
    tenant.organization = entity(json!({"displayName": "Contoso", "city": "Dublin"}));
    tenant.rooms = vec![
        room("R-1", "Liffey", 8),
        room("R-2", "Dodder", 4),
        room("R-3", "Tolka", 2),
    ];
    tenant.room_lists = vec![
        room_list("RL-1", "hq", &["R-1", "R-3"]),
        room_list("RL-2", "annex", &["R-3"]),
    ];
    tenant.deleted_users = vec![entity(json!({
        "id": "D-1", "displayName": "Gone", "userPrincipalName": "D1gone@contoso.example",
        "deletedDateTime": "2026-02-01T00:00:00Z", "businessPhones": [],
    }))];
    let ann = &mut tenant.users[0];
    ann.entity.insert(
        "mailboxSettings".into(),
        json!({
            "timeZone": "UTC", "userPurpose": "user",
            "automaticRepliesSetting": {"status": "scheduled"},
            "language": {"locale": "en-IE"},
        }),
    );
    fill(ann.mailbox.as_mut().expect("a mailbox"));
    tenant
}

fn fill(mailbox: &mut Mailbox) {
    mailbox.calendar_groups = vec![
        CalendarGroup {
            entity: entity(
                json!({"id": "CG-1", "name": "My Calendars", "changeKey": "k", "classId": null}),
            ),
            calendars: Vec::new(),
        },
        CalendarGroup {
            entity: entity(
                json!({"id": "CG-2", "name": "Other", "changeKey": "k", "classId": null}),
            ),
            calendars: vec!["CAL-2".into()],
        },
    ];
    mailbox.calendar_permissions = vec![
        permission("CAL-1", "RGVmYXVsdA==", "freeBusyRead"),
        permission("CAL-1", "Ym9i", "write"),
        permission("CAL-2", "RGVmYXVsdA==", "none"),
    ];
    let category =
        |id: &str, name: &str| entity(json!({"id": id, "displayName": name, "color": "preset0"}));
    mailbox.categories = vec![category("CA-1", "Blue"), category("CA-2", "Old")];
    let rule = |id: &str, sequence: u32| {
        entity(json!({
            "id": id, "displayName": format!("Rule {sequence}"), "sequence": sequence, "isEnabled": true,
            "conditions": {"subjectContains": ["win"]}, "actions": {"delete": true},
        }))
    };
    mailbox.message_rules = vec![rule("AQAAAJ5dZp8=", 1), rule("AQAAAJ5dZqA=", 2)];
    let other = |id: &str, class: &str| {
        let sender = json!({"name": "Bob", "address": "bob@x.org"});
        entity(json!({"id": id, "classifyAs": class, "senderEmailAddress": sender}))
    };
    mailbox.inference_overrides = vec![other("IO-1", "focused"), other("IO-2", "other")];
    mailbox.people = (0..12).map(person).collect();
    mailbox.todo_lists = (0..20)
        .map(|n| {
            let known = if n == 0 { "defaultList" } else { "none" };
            entity(json!({"id": format!("TL-{n}"), "displayName": format!("List {n}"), "wellknownListName": known}))
        })
        .collect();
    mailbox.todo_tasks = (0..12)
        .map(|n| task(&format!("TT-{n}"), if n < 11 { "TL-0" } else { "TL-1" }))
        .collect();
    let check = |task: &str, id: &str| {
        item(
            task,
            json!({"id": id, "displayName": id, "isChecked": false}),
        )
    };
    mailbox.checklist_items = vec![
        check("TT-0", "CI-1"),
        check("TT-0", "CI-2"),
        check("TT-1", "CI-3"),
    ];
    mailbox.linked_resources = vec![item(
        "TT-0",
        json!({"id": "LR-1", "applicationName": "Mail"}),
    )];
    mailbox.task_attachments = vec![item(
        "TT-0",
        json!({
            "@odata.type": "#microsoft.graph.taskFileAttachment", "id": "TA-1", "name": "a.txt",
            "contentType": "text/plain", "size": 5, "contentBytes": "aGVsbG8=",
        }),
    )];
    let series = mailbox.events.iter_mut();
    for event in series.filter(|event| event.entity["type"] == "exception") {
        event.entity.insert("seriesMasterId".into(), json!("EV-2"));
    }
}

fn id(entity: &Entity) -> String {
    entity["id"].as_str().expect("an id").to_owned()
}

fn group(id: &str, name: &str, types: Value, mail: bool, security: bool) -> Entity {
    entity(json!({
        "id": id, "displayName": name, "groupTypes": types, "mailEnabled": mail, "securityEnabled": security,
        "createdDateTime": "2026-01-01T00:00:00Z", "unseenCount": 3, "proxyAddresses": [format!("SMTP:{id}@x.org")],
    }))
}

fn org_contact(id: &str, name: &str) -> Entity {
    entity(
        json!({"id": id, "displayName": name, "companyName": "Fabrikam", "mail": format!("{name}@f.example")}),
    )
}

fn room(id: &str, name: &str, capacity: u32) -> Entity {
    let address = format!("{}@contoso.example", name.to_lowercase());
    entity(json!({"id": id, "displayName": name, "capacity": capacity, "emailAddress": address}))
}

fn room_list(id: &str, name: &str, rooms: &[&str]) -> RoomList {
    RoomList {
        entity: entity(
            json!({"id": id, "displayName": name, "emailAddress": format!("{name}@contoso.example")}),
        ),
        rooms: rooms.iter().map(|id| (*id).to_owned()).collect(),
    }
}

fn permission(calendar: &str, id: &str, role: &str) -> Item {
    item(
        calendar,
        json!({"id": id, "role": role, "allowedRoles": ["none", role], "isRemovable": false}),
    )
}

fn person(n: usize) -> Entity {
    let class = if n == 3 { "Group" } else { "Person" };
    entity(json!({
        "id": format!("PE-{n}"), "displayName": format!("Person {}", 99 - n), "userPrincipalName": ANN,
        "personType": {"class": class, "subclass": "OrganizationUser"},
    }))
}

fn task(id: &str, list: &str) -> Item {
    item(
        list,
        json!({
            "id": id, "title": format!("Task {id}"), "status": "notStarted", "importance": "normal",
            "lastModifiedDateTime": "2026-01-01T00:00:00Z",
        }),
    )
}
