//! Users of the directory.

use super::entities::{entity, leave_out_nulls};
use super::names::{ALICE, BOB, CAROL};
use super::texts::{by_turns, moment, odd, some};
use graph_simulator::model::User;
use serde_json::{Value, json};

const USERS: usize = 26;

pub fn users() -> Vec<User> {
    let fixed = [ALICE, BOB, CAROL];
    let mut users: Vec<User> = (0..USERS)
        .map(|number| {
            let name = match fixed.get(number) {
                Some(name) => (*name).to_owned(),
                None if number % 5 == 4 => format!("guest{number}_x.example#EXT#@contoso.example"),
                None => format!("User{number}.o'neil@contoso.example"),
            };
            user(number, &name)
        })
        .collect();
    add_managers(&mut users);
    users
}

/// Every third user has no manager, and some managers are no users of the directory any more.
fn add_managers(users: &mut [User]) {
    let managers: Vec<Value> = users
        .iter()
        .map(|user| {
            json!({
                "@odata.type": "#microsoft.graph.user",
                "id": user.entity["id"],
                "displayName": user.entity.get("displayName"),
                "mail": user.entity.get("mail"),
                "userPrincipalName": user.entity["userPrincipalName"],
            })
        })
        .collect();
    for (number, user) in users.iter_mut().enumerate() {
        let manager = match number % 3 {
            0 => continue,
            1 => managers[number / 3].clone(),
            _ => {
                json!({ "@odata.type": "#microsoft.graph.orgContact", "id": format!("gone{number}"), "displayName": odd(number) })
            }
        };
        user.entity.insert("manager".to_owned(), manager);
    }
}

fn sign_ins(number: usize) -> Value {
    match number % 4 {
        0 => Value::Null,
        3 => json!({ "lastSignInDateTime": moment(number) }),
        _ => json!({
            "lastSignInDateTime": moment(number),
            "lastSignInRequestId": format!("{number:08x}-1111-4222-8333-000000000000"),
            "lastNonInteractiveSignInDateTime": moment(number + 1),
            "lastNonInteractiveSignInRequestId": "",
            "lastSuccessfulSignInDateTime": Value::Null,
        }),
    }
}

fn user(number: usize, name: &str) -> User {
    let is_guest = name.contains("#EXT#");
    let attribute = |index: usize| {
        if index == number {
            json!(some(number))
        } else {
            Value::Null
        }
    };
    let attributes: serde_json::Map<String, Value> = (1..=15)
        .map(|index| (format!("extensionAttribute{index}"), attribute(index)))
        .collect();
    let mut entity = entity(json!({
        "id": format!("{:08x}-1111-4222-8333-{number:012x}", number * 0x0101_0101),
        "userPrincipalName": name,
        "displayName": if number % 13 == 12 { Value::Null } else { json!(some(number)) },
        "mail": if number % 4 == 3 { Value::Null } else { json!(name.to_uppercase()) },
        "mailNickname": name.split('@').next(),
        "userType": if is_guest { "Guest" } else { "Member" },
        "accountEnabled": if number % 6 == 5 { Value::Null } else { json!(number % 3 != 2) },
        "ageGroup": Value::Null,
        "assignedLicenses": if number.is_multiple_of(2) { json!([{ "skuId": "c42b9cae", "disabledPlans": [] }]) } else { json!([]) },
        "assignedPlans": [],
        "businessPhones": if number.is_multiple_of(2) { json!(["+49 (0)1; 2"]) } else { json!([]) },
        "city": odd(number + 1),
        "companyName": odd(number + 2),
        "country": by_turns(&["DE", "de", "US"], number),
        "createdDateTime": moment(number),
        "creationType": if is_guest { json!("Invitation") } else { Value::Null },
        "deletedDateTime": Value::Null,
        "department": odd(number + 3),
        "employeeHireDate": if number.is_multiple_of(2) { json!(moment(number + 1)) } else { Value::Null },
        "employeeId": format!("{number:05}"),
        "employeeType": odd(number + 4),
        "externalUserState": Value::Null,
        "faxNumber": Value::Null,
        "givenName": odd(number + 5),
        "identities": [{ "signInType": "userPrincipalName", "issuer": "contoso.example", "issuerAssignedId": name }],
        "imAddresses": [name],
        "isManagementRestricted": Value::Null,
        "isResourceAccount": number.is_multiple_of(7),
        "jobTitle": odd(number + 6),
        "lastPasswordChangeDateTime": moment(number + 2),
        "mobilePhone": odd(number + 7),
        "officeLocation": Value::Null,
        "onPremisesDistinguishedName": Value::Null,
        "onPremisesDomainName": Value::Null,
        "onPremisesExtensionAttributes": attributes,
        "onPremisesImmutableId": Value::Null,
        "onPremisesLastSyncDateTime": Value::Null,
        "onPremisesSamAccountName": Value::Null,
        "onPremisesSecurityIdentifier": Value::Null,
        "onPremisesSyncEnabled": if number.is_multiple_of(3) { json!(true) } else { Value::Null },
        "onPremisesUserPrincipalName": Value::Null,
        "otherMails": ["x@y.example", "a;b@y.example"],
        "postalCode": "00501",
        "preferredDataLocation": Value::Null,
        "preferredLanguage": "de-DE",
        "proxyAddresses": [format!("SMTP:{name}"), "smtp:other@contoso.example"],
        "securityIdentifier": format!("S-1-12-1-{number}"),
        "showInAddressList": Value::Null,
        "signInActivity": sign_ins(number),
        "signInSessionsValidFromDateTime": moment(number + 3),
        "state": odd(number + 8),
        "streetAddress": odd(number + 9),
        "surname": odd(number + 10),
        "usageLocation": by_turns(&["DE", "US"], number),
    }));
    if number % 5 == 3 {
        leave_out_nulls(&mut entity);
    }
    User {
        entity,
        mailbox: None,
    }
}
