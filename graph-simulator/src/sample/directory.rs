//! Groups, rooms and other objects of the sample's directory.

use super::moment::moment;
use super::names::{DOMAIN, TENANT_ID};
use crate::entities::ids::guid;
use crate::entities::{user, whole};
use crate::model::{Entity, Group, RoomList, User};
use serde_json::json;

/// Name, description, alias, whether it is a Microsoft 365 group, and whether it has addresses and rights.
#[rustfmt::skip] // one line for each group
const GROUPS: &[(&str, &str, &str, bool, bool, bool)] = &[
    ("Release 2.42", "Everybody who works on the release", "release-2-42", true, true, false),
    ("Engineering", "Access to the build machines", "engineering", false, false, true),
    ("Dublin office", "News of the house in Dublin", "dublin", false, true, false),
    ("All of Contoso", "Everybody, and our press office", "all", false, true, true),
];

/// The groups, with the ids of Adele, Alex and the guest among their members.
pub fn groups([adele, alex, guest]: [&str; 3]) -> Vec<Group> {
    let ids: Vec<String> = GROUPS.iter().map(|group| id("group", group.0)).collect();
    let press = id("contact", "Press Office");
    let members = [
        vec![adele, alex, guest],
        vec![adele],
        vec![adele],
        vec![ids[0].as_str(), ids[2].as_str(), alex, press.as_str()],
    ];
    // Lists that were made in Exchange show no owners (docs/graph.md#group-members).
    let owners = [vec![adele, alex], vec![adele], vec![], vec![]];
    let texts = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
    let groups = GROUPS.iter().zip(members.iter().zip(&owners));
    groups
        .map(|(facts, (members, owners))| Group {
            entity: group(facts),
            members: texts(members),
            owners: texts(owners),
        })
        .collect()
}

fn group(facts: &(&str, &str, &str, bool, bool, bool)) -> Entity {
    let (name, description, alias, is_unified, has_mail, is_security) = *facts;
    let mail = format!("{alias}@{DOMAIN}");
    let proxies: Vec<String> = has_mail
        .then(|| format!("SMTP:{mail}"))
        .into_iter()
        .collect();
    whole(
        "group",
        json!({
            "id": id("group", name),
            "createdDateTime": "2002-08-05T09:00:00Z",
            "renewedDateTime": "2002-08-05T09:00:00Z",
            "description": description,
            "displayName": name,
            "groupTypes": if is_unified { json!(["Unified"]) } else { json!([]) },
            "mail": has_mail.then_some(mail),
            "mailEnabled": has_mail,
            "mailNickname": alias,
            "proxyAddresses": proxies,
            "securityEnabled": is_security,
            "visibility": if is_unified { json!("Private") } else { json!(null) },
            "allowExternalSenders": is_unified,
            "autoSubscribeNewMembers": false,
            "hideFromAddressLists": false,
            "hideFromOutlookClients": false,
            "isSubscribedByMail": is_unified,
            "unseenCount": 0,
        }),
    )
}

/// Name, given name, surname, title, company and address.
#[rustfmt::skip] // one line for each contact
const CONTACTS: &[(&str, &str, &str, &str, &str, &str)] = &[
    ("Press Office", "", "", "", "Wide World Press", "contoso@wideworld.example"),
    ("Søren Møller", "Søren", "Møller", "Buyer", "Northwind Traders", "soren.moller@northwind.example"),
    ("Zoë Müller", "Zoë", "Müller", "Head of Support", "Fabrikam", "zoe.muller@fabrikam.example"),
];

pub fn org_contacts() -> Vec<Entity> {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let contacts = CONTACTS.iter();
    contacts
        .map(|(name, given_name, surname, title, company, mail)| {
            whole(
                "orgContact",
                json!({
                    "id": id("contact", name),
                    "displayName": name,
                    "givenName": text(given_name),
                    "surname": text(surname),
                    "jobTitle": text(title),
                    "companyName": company,
                    "mail": mail,
                    "mailNickname": mail.split(['@', '.']).next(),
                    "proxyAddresses": [format!("SMTP:{mail}")],
                    "phones": [{ "type": "business", "number": "+1 425 555 0100" }],
                    "addresses": [],
                }),
            )
        })
        .collect()
}

pub fn organization() -> Entity {
    whole(
        "organization",
        json!({
            "id": TENANT_ID,
            "displayName": "Contoso",
            "businessPhones": ["+353 1 555 0100"],
            "street": "1 Grand Canal Square",
            "city": "Dublin",
            "postalCode": "D02 P820",
            "country": "Ireland",
            "countryLetterCode": "IE",
            "preferredLanguage": "en",
            "tenantType": "AAD",
            "createdDateTime": "2001-02-26T10:00:00Z",
            "technicalNotificationMails": [format!("postmaster@{DOMAIN}")],
            "verifiedDomains": [{
                "capabilities": "Email, OfficeCommunicationsOnline",
                "isDefault": true,
                "isInitial": true,
                "name": DOMAIN,
                "type": "Managed",
            }],
        }),
    )
}

/// Name, seats, floor, and the device for meetings with people elsewhere.
const ROOMS: &[(&str, u32, u32, &str)] = &[
    ("Liffey", 12, 2, "Camera and microphones"),
    ("Dodder", 4, 2, ""),
    ("Tolka", 8, 1, "Telephone"),
];

pub fn rooms() -> Vec<Entity> {
    let rooms = ROOMS.iter();
    rooms
        .map(|(name, seats, floor, device)| {
            let has_device = !device.is_empty();
            whole(
                "room",
                json!({
                    "id": id("room", name),
                    "displayName": name,
                    "nickname": name,
                    "emailAddress": format!("{}@{DOMAIN}", name.to_lowercase()),
                    "address": address(),
                    "geoCoordinates": { "latitude": 53.3441, "longitude": -6.2393 },
                    "phone": "+353 1 555 0150",
                    "building": "Dublin",
                    "floorNumber": floor,
                    "floorLabel": floor.to_string(),
                    "label": format!("{floor}.{seats:02}"),
                    "capacity": seats,
                    "bookingType": "standard",
                    "isWheelChairAccessible": *floor == 1,
                    "tags": if has_device { json!(["whiteboard", "video"]) } else { json!(["whiteboard"]) },
                    "audioDeviceName": has_device.then_some(device),
                }),
            )
        })
        .collect()
}

pub fn workspaces() -> Vec<Entity> {
    let desks = [("Window desks", 6), ("Library", 10)];
    let desk = |(name, places): (&str, i32)| {
        whole(
            "workspace",
            json!({
                "id": id("workspace", name),
                "displayName": name,
                "nickname": name,
                "emailAddress": format!("{}@{DOMAIN}", name.to_lowercase().replace(' ', ".")),
                "address": address(),
                "capacity": places,
                "tags": ["quiet"],
            }),
        )
    };
    desks.into_iter().map(desk).collect()
}

fn address() -> serde_json::Value {
    json!({
        "street": "1 Grand Canal Square",
        "city": "Dublin",
        "state": "Leinster",
        "postalCode": "D02 P820",
        "countryOrRegion": "Ireland",
    })
}

/// One for each purpose; a room is in both.
pub fn room_lists() -> Vec<RoomList> {
    let list = |name: &str, alias: &str, rooms: &[&str]| RoomList {
        entity: whole(
            "roomList",
            json!({
                "id": id("room list", name),
                "displayName": name,
                "emailAddress": format!("{alias}@{DOMAIN}"),
                "address": address(),
            }),
        ),
        rooms: rooms.iter().map(|room| id("room", room)).collect(),
    };
    vec![
        list(
            "Rooms in Dublin",
            "rooms.dublin",
            &["Liffey", "Dodder", "Tolka"],
        ),
        list("Rooms with a camera", "rooms.video", &["Liffey"]),
    ]
}

/// Somebody who has left (docs/graph.md#deleted-users).
pub fn deleted_user() -> Entity {
    let id = id("user", "Joni Sherman");
    let mut entity = user::User {
        principal_name: format!("{}joni.sherman@{DOMAIN}", id.replace('-', "")),
        id,
        mail: Some(format!("joni.sherman@{DOMAIN}")),
        display_name: "Joni Sherman".into(),
        given_name: Some("Joni".into()),
        surname: Some("Sherman".into()),
        job_title: Some("Paralegal".into()),
        department: Some("Legal".into()),
        time_zone: "GMT Standard Time".into(),
        created: moment("2001-05-14T09:00:00Z"),
        ..user::User::default()
    }
    .entity();
    entity.insert("deletedDateTime".into(), json!("2002-09-06T16:30:00Z"));
    entity.insert("accountEnabled".into(), json!(false));
    entity
}

pub fn id(kind: &str, name: &str) -> String {
    guid(&["sample", kind, name])
}

/// The product of the licences that [`crate::entities::user`] gives to people.
pub fn subscribed_skus() -> Vec<Entity> {
    let products = [
        (
            "ENTERPRISEPACK",
            "6fd2c87f-b296-42f0-b197-1e91e994b900",
            25,
            2,
        ),
        (
            "EXCHANGESTANDARD",
            "4b9405b0-7788-4568-add1-99614e613b69",
            10,
            0,
        ),
    ];
    let product = |(name, sku, enabled, consumed): (&str, &str, i32, i32)| {
        whole(
            "subscribedSku",
            json!({
                "id": format!("{}_{sku}", super::TENANT_ID),
                "skuId": sku,
                "skuPartNumber": name,
                "appliesTo": "User",
                "capabilityStatus": "Enabled",
                "consumedUnits": consumed,
                "prepaidUnits": { "enabled": enabled, "lockedOut": 0, "suspended": 0, "warning": 0 },
                "subscriptionIds": [],
            }),
        )
    };
    products.into_iter().map(product).collect()
}

/// The first user is the manager of the second one, and both have signed in.
pub fn set_managers_and_sign_ins(users: &mut [User]) {
    let manager = json!({
        "@odata.type": "#microsoft.graph.user",
        "id": users[0].entity["id"],
        "displayName": users[0].entity["displayName"],
        "mail": users[0].entity["mail"],
        "userPrincipalName": users[0].entity["userPrincipalName"],
    });
    users[1].entity.insert("manager".to_owned(), manager);
    for (user, day) in users.iter_mut().take(2).zip(["2002-10-09", "2002-10-10"]) {
        let sign_ins = json!({
            "lastSignInDateTime": format!("{day}T08:01:00Z"),
            "lastNonInteractiveSignInDateTime": format!("{day}T09:30:00Z"),
            "lastSuccessfulSignInDateTime": format!("{day}T08:01:00Z"),
        });
        user.entity.insert("signInActivity".to_owned(), sign_ins);
    }
}
