//! The lists of Adele's mailbox that are no mail, appointments or contacts, and her automatic replies.

use super::names::DOMAIN;
use crate::entities::folder::{CALENDAR, CALENDAR_GROUPS};
use crate::entities::ids::{Ids, Kind, guid};
use crate::entities::{Address, whole};
use crate::model::{CalendarGroup, Entity, Item, Mailbox};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

pub fn fill(mailbox: &mut Mailbox, ids: &Ids) {
    mailbox.calendar_groups = calendar_groups(ids);
    mailbox.calendar_permissions = calendar_permissions(ids);
    mailbox.categories = categories();
    mailbox.message_rules = message_rules(mailbox);
    mailbox.inference_overrides = inference_overrides();
    mailbox.people = people();
}

/// She was away for a long weekend.
pub fn set_automatic_replies(adele: &mut Entity) {
    let Some(settings) = adele.get_mut("mailboxSettings") else {
        return;
    };
    let zoned = |time: &str| json!({ "dateTime": format!("{time}.0000000"), "timeZone": "UTC" });
    settings["automaticRepliesSetting"] = json!({
        "status": "scheduled",
        "externalAudience": "contactsOnly",
        "scheduledStartDateTime": zoned("2002-09-26T17:00:00"),
        "scheduledEndDateTime": zoned("2002-10-01T07:00:00"),
        "internalReplyMessage": "<p>I am away until Tuesday. Megan knows about the release.</p>",
        "externalReplyMessage": "<p>I am away until Tuesday.</p>",
    });
}

/// "My Calendars" has those that no other group names.
fn calendar_groups(ids: &Ids) -> Vec<CalendarGroup> {
    let group = |number: u32, name: &str, class: &str, calendars: Vec<String>| CalendarGroup {
        entity: whole(
            "calendarGroup",
            json!({
                "id": ids.folder(CALENDAR_GROUPS + number),
                "name": name,
                "changeKey": ids.change_key(Kind::Event, u64::from(number)),
                "classId": class,
            }),
        ),
        calendars,
    };
    let team = vec![ids.folder(CALENDAR + 1)];
    vec![
        group(
            0,
            "My Calendars",
            "0006f0b7-0000-0000-c000-000000000046",
            Vec::new(),
        ),
        group(
            1,
            "Other Calendars",
            "0006f0b8-0000-0000-c000-000000000046",
            Vec::new(),
        ),
        group(2, "Release", "d9f1b3a6-5c0e-4a49-9d5b-6b3f0c5e7a10", team),
    ]
}

fn calendar_permissions(ids: &Ids) -> Vec<Item> {
    let own = ids.folder(CALENDAR);
    let team = ids.folder(CALENDAR + 1);
    let alex = Address::new("Alex Wilber", format!("alex.wilber@{DOMAIN}"));
    let megan = Address::new("Megan Bowen", format!("megan.bowen@{DOMAIN}"));
    let nadia = Address::new("Nadia Haddad", "nadia.haddad@fabrikam.example");
    vec![
        everybody(&own, "freeBusyRead"),
        permission(&own, &megan, "delegateWithoutPrivateEventAccess", true),
        permission(&own, &nadia, "limitedRead", false),
        everybody(&team, "read"),
        permission(&team, &alex, "write", true),
    ]
}

/// The entry for everybody inside (docs/graph.md#calendar-permissions).
fn everybody(calendar: &str, role: &str) -> Item {
    entry(
        calendar,
        json!({
            "id": "RGVmYXVsdA==",
            "isRemovable": false,
            "isInsideOrganization": true,
            "role": role,
            "allowedRoles": ["none", "freeBusyRead", "limitedRead", "read", "write"],
            "emailAddress": { "name": "My Organization" },
        }),
    )
}

fn permission(calendar: &str, who: &Address, role: &str, is_inside: bool) -> Item {
    let allowed = match is_inside {
        true => json!([
            "freeBusyRead",
            "limitedRead",
            "read",
            "write",
            "delegateWithoutPrivateEventAccess",
            "delegateWithPrivateEventAccess",
        ]),
        false => json!(["freeBusyRead", "limitedRead", "read"]),
    };
    entry(
        calendar,
        json!({
            "id": STANDARD.encode(&who.address),
            "isRemovable": true,
            "isInsideOrganization": is_inside,
            "role": role,
            "allowedRoles": allowed,
            "emailAddress": who.email_address(),
        }),
    )
}

fn entry(calendar: &str, known: Value) -> Item {
    Item {
        parent_id: calendar.to_owned(),
        entity: whole("calendarPermission", known),
        attachments: Vec::new(),
    }
}

/// "Old project" is on no item, and no item's "Urgent" is here.
fn categories() -> Vec<Entity> {
    let all = [
        ("Red category", "preset0"),
        ("Customers", "preset4"),
        ("Travel", "preset7"),
        ("Old project", "none"),
    ];
    let all = all.iter();
    all.map(|(name, color)| {
        let id = guid(&["sample", "category", name]);
        whole(
            "outlookCategory",
            json!({ "id": id, "displayName": name, "color": color }),
        )
    })
    .collect()
}

fn message_rules(mailbox: &Mailbox) -> Vec<Entity> {
    let lists = mailbox.folders.iter().map(|folder| &folder.entity);
    let lists = lists
        .filter(|folder| folder["displayName"] == "Lists")
        .map(|folder| folder["id"].clone())
        .next();
    let nadia = Address::new("Nadia Haddad", "nadia.haddad@fabrikam.example");
    let rules = [
        (
            "Customers first",
            true,
            json!({ "fromAddresses": [nadia.recipient()] }),
            json!({ "markImportance": "high", "assignCategories": ["Customers"], "stopProcessingRules": true }),
            Value::Null,
        ),
        (
            "Mailing lists",
            true,
            json!({ "headerContains": ["List-Id"] }),
            json!({ "moveToFolder": lists }),
            json!({ "sentToMe": true }),
        ),
        (
            "You have won",
            false,
            json!({ "subjectContains": ["you have won", "lottery"], "hasAttachments": false }),
            json!({ "delete": true, "stopProcessingRules": true }),
            Value::Null,
        ),
    ];
    let numbered = rules.into_iter().zip(1_u8..);
    numbered
        .map(
            |((name, is_enabled, conditions, actions, exceptions), sequence)| {
                whole(
                    "messageRule",
                    json!({
                        "id": STANDARD.encode([1, 0, 0, 0, 0x9e, 0x5d, 0x66, sequence]),
                        "displayName": name,
                        "sequence": sequence,
                        "isEnabled": is_enabled,
                        "hasError": false,
                        "isReadOnly": false,
                        "conditions": conditions,
                        "actions": actions,
                        "exceptions": exceptions,
                    }),
                )
            },
        )
        .collect()
}

fn inference_overrides() -> Vec<Entity> {
    let all = [
        ("focused", "Megan Bowen", "megan.bowen@contoso.example"),
        ("focused", "Nadia Haddad", "nadia.haddad@fabrikam.example"),
        ("other", "Adventure Works", "news@adventure-works.example"),
    ];
    let all = all.iter();
    all.map(|(class, name, address)| {
        whole(
            "inferenceClassificationOverride",
            json!({
                "id": guid(&["sample", "override", address]),
                "classifyAs": class,
                "senderEmailAddress": { "name": name, "address": address },
            }),
        )
    })
    .collect()
}

/// Name, title, department, address, and how much they matter, the most relevant first.
#[rustfmt::skip] // one line for each person
const PEOPLE: &[(&str, &str, &str, &str, f64, &str)] = &[
    ("Megan Bowen", "Engineering Manager", "Engineering", "megan.bowen@contoso.example", 30.0, "OrganizationUser"),
    ("Release 2.42", "", "", "release-2-42@contoso.example", 24.0, "UnifiedGroup"),
    ("Alex Wilber", "Marketing Assistant", "Marketing", "alex.wilber@contoso.example", 20.0, "OrganizationUser"),
    ("Hiroshi Tanaka", "Build Engineer", "Engineering", "hiroshi.tanaka@contoso.example", 12.0, "OrganizationUser"),
    ("Nadia Haddad", "", "", "nadia.haddad@fabrikam.example", 8.0, "PersonalContact"),
];

fn people() -> Vec<Entity> {
    let people = PEOPLE.iter();
    people
        .map(|(name, title, department, address, score, subclass)| {
            let is_group = *subclass == "UnifiedGroup";
            let names = name.split_once(' ').filter(|_| !is_group);
            let is_user = *subclass == "OrganizationUser";
            let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            whole(
                "person",
                json!({
                    "id": guid(&["sample", "person", name]),
                    "displayName": name,
                    "givenName": names.map(|(given, _)| given),
                    "surname": names.map(|(_, surname)| surname),
                    "birthday": "",
                    "personNotes": "",
                    "isFavorite": false,
                    "jobTitle": text(title),
                    "department": text(department),
                    "yomiCompany": "",
                    "profession": "",
                    "userPrincipalName": if is_user { *address } else { "" },
                    "imAddress": is_user.then(|| format!("sip:{address}")),
                    "scoredEmailAddresses": [{ "address": address, "relevanceScore": score }],
                    "personType": {
                        "class": if is_group { "Group" } else { "Person" },
                        "subclass": subclass,
                    },
                }),
            )
        })
        .collect()
}
