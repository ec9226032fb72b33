//! Contacts and their folders.

use super::entities::{CONTACT, CONTACT_FOLDER, change_key, entity, id, leave_out_nulls};
use super::texts::{by_turns, exact_moment, list, moment, odd, person, some};
use graph_simulator::model::{Item, Mailbox};
use serde_json::{Value, json};

const CONTACTS: usize = 27;

pub fn fill(mailbox: &mut Mailbox, seed: usize) {
    let folder = |number: usize| id(seed, CONTACT_FOLDER, number);
    mailbox.default_contact_folder_id = folder(0);
    for (number, parent) in [(1, 0), (2, 1), (3, 0)] {
        mailbox.contact_folders.push(entity(json!({
            "id": folder(number),
            "parentFolderId": folder(parent),
            "displayName": some(number),
        })));
    }
    // The third folder is empty.
    mailbox.contacts = (0..CONTACTS)
        .map(|number| contact(seed, number, folder(number % 3)))
        .collect();
}

fn contact(seed: usize, number: usize, parent_id: String) -> Item {
    let odd_number = number + seed * 13;
    let addresses: Vec<Value> = (0..number % 4)
        .map(|index| person(odd_number + index))
        .collect();
    let change_key = change_key(seed, CONTACT, number);
    let address = |at: usize| addresses.get(at).cloned().unwrap_or_default();
    let postal = |on: bool| {
        if on {
            json!({ "street": "1 \"Main\"\r\nSt", "city": some(odd_number), "postalCode": "00501" })
        } else {
            json!({})
        }
    };
    let mut entity = entity(json!({
        "@odata.etag": format!("W/\"{change_key}\""),
        "id": id(seed, CONTACT, number),
        "changeKey": change_key,
        "parentFolderId": parent_id,
        "createdDateTime": exact_moment(odd_number),
        "lastModifiedDateTime": moment(odd_number),
        "categories": list(odd_number),
        "birthday": if number.is_multiple_of(3) { json!("1604-02-29T11:59:00Z") } else { Value::Null },
        "fileAs": odd(odd_number),
        "displayName": odd(odd_number + 1),
        "givenName": odd(odd_number + 2),
        "initials": Value::Null,
        "middleName": Value::Null,
        "nickName": odd(odd_number + 8),
        "surname": odd(odd_number + 3),
        "title": by_turns(&["Dr.", "", "Prof"], number),
        "yomiGivenName": Value::Null,
        "yomiSurname": "ヤマダ",
        "yomiCompanyName": Value::Null,
        "generation": Value::Null,
        "imAddresses": list(number),
        "jobTitle": odd(odd_number + 4),
        "companyName": by_turns(&["Contoso", "contoso", "CONTOSO"], number),
        "department": Value::Null,
        "officeLocation": "1/2",
        "profession": Value::Null,
        "businessHomePage": "https://x.example/?a=1&b=2",
        "assistantName": Value::Null,
        "manager": Value::Null,
        "homePhones": ["+1 (2) 3;4"],
        "mobilePhone": odd(odd_number + 5),
        "businessPhones": [],
        "spouseName": Value::Null,
        "personalNotes": some(odd_number + 6),
        "children": ["A", "B; C"],
        "emailAddresses": addresses,
        "primaryEmailAddress": address(0),
        "secondaryEmailAddress": address(1),
        "tertiaryEmailAddress": address(2),
        "homeAddress": postal(number.is_multiple_of(2)),
        "businessAddress": postal(number.is_multiple_of(3)),
        "otherAddress": postal(false),
    }));
    if number % 5 == 4 {
        leave_out_nulls(&mut entity);
    }
    Item {
        parent_id,
        entity,
        attachments: Vec::new(),
    }
}
