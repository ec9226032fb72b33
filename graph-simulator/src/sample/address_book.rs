//! Adele's contacts.

use super::moment::moment;
use crate::entities::Address;
use crate::entities::contact::{self, Contact, PostalAddress};
use crate::entities::folder::CONTACTS;
use crate::entities::ids::{Ids, Kind};
use crate::model::{Entity, Item};

/// Folder (0 is the default one), given name, surname, company, telephone and domains of the addresses.
type Row = (
    usize,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

#[rustfmt::skip] // one line for each person
const PEOPLE: &[Row] = &[
    (0, "Alex", "Wilber", "Contoso", "+49 30 555 0101", &["contoso.example"]),
    (0, "Megan", "Bowen", "Contoso", "+353 1 555 0102", &["contoso.example", "home.example"]),
    (0, "Hiroshi", "Tanaka", "Contoso", "+81 3 5555 0103", &["contoso.example"]),
    (0, "Grace", "O'Brien", "", "+353 86 555 0104", &["home.example"]),
    (1, "Nadia", "Haddad", "Fabrikam", "+1 425 555 0105", &["fabrikam.example"]),
    (1, "Søren", "Møller", "Northwind Traders", "+45 55 55 01 06", &["northwind.example"]),
    (1, "Lucía", "García", "Adventure Works", "+34 91 555 0107", &["adventure-works.example", "wideworld.example", "home.example"]),
    (1, "Zoë", "Müller", "Fabrikam", "+41 44 555 01 08", &["fabrikam.example"]),
    (1, "李", "王", "Litware", "+86 10 5555 0109", &[]),
    (2, "Pat", "Vance", "", "+353 1 555 0110", &["home.example"]),
    (2, "Robin", "Vance", "", "", &["home.example", "school.example"]),
];

/// The folders besides the default one; the second is in the first.
pub fn folders(ids: &Ids, root_id: &str) -> Vec<Entity> {
    let customers = ids.folder(CONTACTS + 1);
    vec![
        contact::folder(&customers, "Customers", root_id),
        contact::folder(&ids.folder(CONTACTS + 2), "Family", root_id),
        contact::folder(&ids.folder(CONTACTS + 3), "Former customers", &customers),
    ]
}

/// The contacts of all folders.
pub fn contacts(ids: &Ids, default_id: &str) -> Vec<Item> {
    let contacts = PEOPLE.iter().enumerate().map(|(number, person)| {
        let folder_id = match person.0 {
            0 => default_id.to_owned(),
            folder => ids.folder(CONTACTS + folder as u32),
        };
        let number = number as u64;
        let id = ids.item(Kind::Contact, number);
        Item {
            entity: facts(person).entity(ids, &id, number, &folder_id),
            parent_id: folder_id,
            attachments: Vec::new(),
        }
    });
    contacts.collect()
}

fn facts(person: &Row) -> Contact {
    let (folder, given_name, surname, company, phone, domains) = *person;
    let name = format!("{given_name} {surname}");
    let ascii = |text: &str| {
        text.to_lowercase()
            .replace(|it: char| !it.is_ascii_lowercase(), "")
    };
    let addresses = domains.iter().map(|domain| {
        let local = format!("{}.{}", ascii(given_name), ascii(surname));
        Address::new(name.as_str(), format!("{local}@{domain}"))
    });
    let is_at_work = !company.is_empty();
    let phones = |is_wanted: bool| match is_wanted && !phone.is_empty() {
        true => vec![phone.to_owned()],
        false => Vec::new(),
    };
    Contact {
        display_name: Some(name.clone()),
        given_name: Some(given_name.into()),
        surname: Some(surname.into()),
        file_as: Some(format!("{surname}, {given_name}")),
        email_addresses: addresses.collect(),
        company_name: is_at_work.then(|| company.into()),
        business_phones: phones(is_at_work),
        home_phones: phones(!is_at_work),
        business_address: (company == "Fabrikam").then(|| PostalAddress {
            street: "1 Fabrikam Way".into(),
            city: "Redmond".into(),
            state: Some("WA".into()),
            postal_code: "98052".into(),
            country: "USA".into(),
        }),
        birthday: (folder == 2).then(|| moment("1974-07-22T11:59:00Z")),
        categories: match company {
            "Fabrikam" => vec!["Customers".into()],
            _ => Vec::new(),
        },
        created: moment("2002-02-11T10:00:00Z"),
        modified: moment("2002-08-30T16:20:00Z"),
        ..Contact::default()
    }
}
