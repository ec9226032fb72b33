//! Contacts and the folders that hold them.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::ids::{Ids, Kind};
use super::time::moment;
use super::{Address, entity};
use crate::model::Entity;

/// A postal address.
#[derive(Clone, Debug, Default)]
pub struct PostalAddress {
    pub street: String,
    pub city: String,
    pub state: Option<String>,
    pub postal_code: String,
    pub country: String,
}

impl PostalAddress {
    fn value(&self) -> Value {
        let mut value = json!({
            "street": self.street,
            "city": self.city,
            "countryOrRegion": self.country,
            "postalCode": self.postal_code,
        });
        if let Some(state) = &self.state {
            value["state"] = json!(state);
        }
        value
    }
}

/// The facts of a contact; `None` where Graph has null.
#[derive(Clone, Debug, Default)]
pub struct Contact {
    pub display_name: Option<String>,
    pub given_name: Option<String>,
    pub middle_name: Option<String>,
    pub surname: Option<String>,
    pub nick_name: Option<String>,
    pub title: Option<String>,
    pub generation: Option<String>,
    pub initials: Option<String>,
    pub file_as: Option<String>,
    /// At most three.
    pub email_addresses: Vec<Address>,
    pub im_addresses: Vec<String>,
    pub business_phones: Vec<String>,
    pub home_phones: Vec<String>,
    pub mobile_phone: Option<String>,
    pub company_name: Option<String>,
    pub department: Option<String>,
    pub job_title: Option<String>,
    pub profession: Option<String>,
    pub office_location: Option<String>,
    pub business_home_page: Option<String>,
    pub manager: Option<String>,
    pub assistant_name: Option<String>,
    pub spouse_name: Option<String>,
    pub children: Vec<String>,
    pub birthday: Option<DateTime<Utc>>,
    pub business_address: Option<PostalAddress>,
    pub home_address: Option<PostalAddress>,
    pub other_address: Option<PostalAddress>,
    pub personal_notes: Option<String>,
    /// Phonetic given name, surname and company, in Japanese.
    pub yomi: Option<[String; 3]>,
    pub categories: Vec<String>,
    pub created: DateTime<Utc>,
    pub modified: DateTime<Utc>,
}

impl Contact {
    /// The entity with the given id and version number.
    pub fn entity(&self, ids: &Ids, id: &str, version: u64, folder_id: &str) -> Entity {
        let change_key = ids.change_key(Kind::Contact, version);
        let address = |number: usize| self.email_addresses.get(number).map(Address::email_address);
        let postal = |address: &Option<PostalAddress>| match address {
            Some(address) => address.value(),
            None => json!({}),
        };
        let yomi = |part: usize| self.yomi.as_ref().map(|parts| parts[part].clone());
        entity! {
            "@odata.etag": format!("W/\"{change_key}\""),
            "id": id,
            "createdDateTime": moment(self.created),
            "lastModifiedDateTime": moment(self.modified),
            "changeKey": change_key,
            "categories": self.categories.as_slice(),
            "parentFolderId": folder_id,
            "birthday": self.birthday.map(moment),
            "fileAs": self.file_as.as_deref(),
            "displayName": self.display_name.as_deref(),
            "givenName": self.given_name.as_deref(),
            "initials": self.initials.as_deref(),
            "middleName": self.middle_name.as_deref(),
            "nickName": self.nick_name.as_deref(),
            "surname": self.surname.as_deref(),
            "title": self.title.as_deref(),
            "yomiGivenName": yomi(0),
            "yomiSurname": yomi(1),
            "yomiCompanyName": yomi(2),
            "generation": self.generation.as_deref(),
            "imAddresses": self.im_addresses.as_slice(),
            "jobTitle": self.job_title.as_deref(),
            "companyName": self.company_name.as_deref(),
            "department": self.department.as_deref(),
            "officeLocation": self.office_location.as_deref(),
            "profession": self.profession.as_deref(),
            "businessHomePage": self.business_home_page.as_deref(),
            "assistantName": self.assistant_name.as_deref(),
            "manager": self.manager.as_deref(),
            "homePhones": self.home_phones.as_slice(),
            "mobilePhone": self.mobile_phone.as_deref(),
            "businessPhones": self.business_phones.as_slice(),
            "spouseName": self.spouse_name.as_deref(),
            "personalNotes": self.personal_notes.as_deref(),
            "children": self.children.as_slice(),
            "emailAddresses": self.email_addresses.iter()
                .map(Address::email_address).collect::<Vec<_>>(),
            "primaryEmailAddress": address(0),
            "secondaryEmailAddress": address(1),
            "tertiaryEmailAddress": address(2),
            "homeAddress": postal(&self.home_address),
            "businessAddress": postal(&self.business_address),
            "otherAddress": postal(&self.other_address),
        }
    }
}

/// A contact folder.
pub fn folder(id: &str, display_name: &str, parent_id: &str) -> Entity {
    entity! { "id": id, "displayName": display_name, "parentFolderId": parent_id }
}
