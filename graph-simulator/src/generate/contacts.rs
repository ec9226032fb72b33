//! Contacts and their folders.

use chrono::TimeDelta;
use fastrand::Rng;

use super::options::Options;
use super::people::{People, Person};
use super::{odd, texts};
use crate::entities::Address;
use crate::entities::contact::{self, Contact, PostalAddress};
use crate::entities::folder::CONTACTS;
use crate::entities::ids::{Ids, Kind};
use crate::entities::user::User;
use crate::model::{Entity, Item};

const FOLDERS: &[&str] = &["Customers", "Private", "Family"];

/// The contact folders of a mailbox and their content.
pub fn generate(
    options: &Options,
    people: &People,
    owner: &User,
    ids: &Ids,
    root_id: &str,
) -> (Vec<Entity>, Vec<Item>) {
    let folder_ids: Vec<String> = (1..=options.contact_folders)
        .map(|number| ids.folder(CONTACTS + number as u32))
        .collect();
    let folders = folder_ids.iter().enumerate().map(|(number, id)| {
        let name = match number / FOLDERS.len() {
            0 => FOLDERS[number].to_owned(),
            round => format!("{} {}", FOLDERS[number % FOLDERS.len()], round + 1),
        };
        let parent_id = if number == 2 { &folder_ids[1] } else { root_id };
        contact::folder(id, &name, parent_id)
    });
    let default_id = ids.folder(CONTACTS);
    let contacts = (0..options.contacts).map(|number| {
        let random = &mut options.random(&owner.principal_name, "contact", number);
        let choice = random.usize(..folder_ids.len() * 2 + 1);
        let folder_id = folder_ids.get(choice).unwrap_or(&default_id);
        let mut contact = facts(options, people, random);
        if options.is_odd(number) {
            odd::change_contact(&mut contact, number);
        }
        let id = options.item_id(ids, Kind::Contact, number);
        Item {
            parent_id: folder_id.clone(),
            entity: contact.entity(ids, &id, number as u64, folder_id),
            attachments: Vec::new(),
        }
    });
    (folders.collect(), contacts.collect())
}

fn facts(options: &Options, people: &People, random: &mut Rng) -> Contact {
    let person = Person::new(random);
    let created = options.moment(random.f64());
    let some = |random: &mut Rng, text: &str| random.bool().then(|| text.to_owned());
    let work = person.address();
    let private = Address::new(person.name(), work.address.replace('@', ".private@"));
    let addresses = [work, private, people.anybody(random).clone()];
    let address_count = [0, 1, 1, 1, 1, 2, 2, 3][random.usize(..8)];
    let phone = |random: &mut Rng| format!("+1 425 555 {:04}", random.u32(..10_000));
    Contact {
        display_name: Some(person.name()),
        given_name: Some(person.given_name.into()),
        middle_name: (random.u8(..8) == 0).then(|| "M.".into()),
        surname: Some(person.surname.into()),
        nick_name: (random.u8(..6) == 0).then(|| person.given_name.into()),
        title: (random.u8(..6) == 0).then(|| "Dr.".into()),
        generation: (random.u8(..20) == 0).then(|| "Jr.".into()),
        initials: some(random, "A.B."),
        file_as: Some(format!("{}, {}", person.surname, person.given_name)),
        email_addresses: addresses.into_iter().take(address_count).collect(),
        im_addresses: match random.u8(..5) {
            0 => vec![format!("sip:{}", person.address().address)],
            _ => Vec::new(),
        },
        business_phones: (0..random.usize(..3)).map(|_| phone(random)).collect(),
        home_phones: (0..random.usize(..2)).map(|_| phone(random)).collect(),
        mobile_phone: random.bool().then(|| phone(random)),
        company_name: Some(person.company.into()),
        department: some(random, "Purchasing"),
        job_title: some(random, "Buyer"),
        profession: (random.u8(..9) == 0).then(|| "Engineer".into()),
        office_location: some(random, "20/1101"),
        business_home_page: some(random, &format!("https://www.{}", person.domain)),
        manager: (random.u8(..5) == 0).then(|| Person::new(random).name()),
        assistant_name: (random.u8(..9) == 0).then(|| Person::new(random).name()),
        spouse_name: (random.u8(..9) == 0).then(|| Person::new(random).name()),
        children: match random.u8(..9) {
            0 => vec!["Kim".into(), "Robin".into()],
            _ => Vec::new(),
        },
        birthday: (random.u8(..3) == 0).then(|| {
            // Graph gives birthdays at noon in some zones, at midnight in others.
            let days = TimeDelta::days(random.i64(-15_000..12_000));
            chrono::DateTime::UNIX_EPOCH + days + TimeDelta::hours(11) + TimeDelta::minutes(59)
        }),
        business_address: random.bool().then(|| PostalAddress {
            street: format!("{} Main Street", random.u32(1..200)),
            city: "Redmond".into(),
            state: Some("WA".into()),
            postal_code: "98075".into(),
            country: "USA".into(),
        }),
        home_address: (random.u8(..4) == 0).then(|| PostalAddress {
            street: format!("Lindenstraße {}", random.u32(1..90)),
            city: "Köln".into(),
            state: None,
            postal_code: "50674".into(),
            country: "Deutschland".into(),
        }),
        other_address: None,
        personal_notes: (random.u8(..3) == 0)
            .then(|| format!("Met at the {}.", texts::word(random))),
        yomi: None,
        categories: texts::categories(random),
        created,
        modified: created + TimeDelta::seconds(random.i64(0..9_000_000)),
    }
}
