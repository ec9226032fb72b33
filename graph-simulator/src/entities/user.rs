//! Users of the directory.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::time::{NEVER, moment};
use super::{Address, entity};
use crate::model::Entity;

/// The purpose of a user object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    #[default]
    Person,
    SharedMailbox,
    Room,
    /// From another organisation, without a mailbox here.
    Guest,
}

/// The facts of a user; `None` where Graph has null.
#[derive(Clone, Debug, Default)]
pub struct User {
    /// A GUID.
    pub id: String,
    pub principal_name: String,
    pub mail: Option<String>,
    pub display_name: String,
    pub given_name: Option<String>,
    pub surname: Option<String>,
    pub job_title: Option<String>,
    pub department: Option<String>,
    pub company_name: Option<String>,
    pub office_location: Option<String>,
    pub business_phones: Vec<String>,
    pub mobile_phone: Option<String>,
    pub city: Option<String>,
    /// Two letters.
    pub country: Option<String>,
    pub preferred_language: Option<String>,
    pub time_zone: String,
    pub employee_id: Option<String>,
    pub other_mails: Vec<String>,
    pub purpose: Purpose,
    pub created: DateTime<Utc>,
}

impl User {
    /// Name and address, for recipients and owners.
    pub fn address(&self) -> Address {
        let address = self.mail.as_ref().unwrap_or(&self.principal_name);
        Address::new(&self.display_name, address)
    }

    pub fn entity(&self) -> Entity {
        let is_person = self.purpose == Purpose::Person;
        let is_guest = self.purpose == Purpose::Guest;
        let alias = self.principal_name.split('@').next();
        let proxies: Vec<String> = self
            .mail
            .iter()
            .map(|mail| format!("SMTP:{mail}"))
            .collect();
        let addresses: Vec<&str> = self.mail.as_deref().into_iter().collect();
        entity! {
            "id": self.id.as_str(),
            "deletedDateTime": Value::Null,
            "accountEnabled": is_person || is_guest,
            "ageGroup": Value::Null,
            "assignedLicenses": if is_person { license() } else { json!([]) },
            "assignedPlans": if is_person { plan(self.created) } else { json!([]) },
            "businessPhones": self.business_phones.as_slice(),
            "city": self.city.as_deref(),
            "companyName": self.company_name.as_deref(),
            "country": self.country.as_deref(),
            "createdDateTime": moment(self.created),
            "creationType": is_guest.then_some("Invitation"),
            "department": self.department.as_deref(),
            "displayName": self.display_name.as_str(),
            "employeeHireDate": Value::Null,
            "employeeId": self.employee_id.as_deref(),
            "employeeType": Value::Null,
            "externalUserState": is_guest.then_some("Accepted"),
            "faxNumber": Value::Null,
            "givenName": self.given_name.as_deref(),
            "identities": json!([{
                "signInType": "userPrincipalName",
                "issuer": self.principal_name.rsplit('@').next(),
                "issuerAssignedId": self.principal_name,
            }]),
            "imAddresses": addresses,
            "isManagementRestricted": Value::Null,
            "isResourceAccount": Value::Null,
            "jobTitle": self.job_title.as_deref(),
            "lastPasswordChangeDateTime": moment(self.created),
            "mail": self.mail.as_deref(),
            "mailNickname": alias,
            "mobilePhone": self.mobile_phone.as_deref(),
            "officeLocation": self.office_location.as_deref(),
            "onPremisesDistinguishedName": Value::Null,
            "onPremisesDomainName": Value::Null,
            "onPremisesExtensionAttributes": extension_attributes(),
            "onPremisesImmutableId": Value::Null,
            "onPremisesLastSyncDateTime": Value::Null,
            "onPremisesSamAccountName": Value::Null,
            "onPremisesSecurityIdentifier": Value::Null,
            "onPremisesSyncEnabled": Value::Null,
            "onPremisesUserPrincipalName": Value::Null,
            "otherMails": self.other_mails.as_slice(),
            "postalCode": Value::Null,
            "preferredDataLocation": Value::Null,
            "preferredLanguage": self.preferred_language.as_deref(),
            "proxyAddresses": proxies,
            "securityIdentifier": Value::Null,
            "showInAddressList": Value::Null,
            "signInSessionsValidFromDateTime": moment(self.created),
            "state": Value::Null,
            "streetAddress": Value::Null,
            "surname": self.surname.as_deref(),
            "usageLocation": self.country.as_deref(),
            "userPrincipalName": self.principal_name.as_str(),
            "userType": if is_guest { "Guest" } else { "Member" },
            // Graph returns these for one user at a time only.
            "aboutMe": Value::Null,
            "birthday": NEVER,
            "hireDate": NEVER,
            "interests": json!([]),
            "mailboxSettings": self.mail.as_ref().map(|_| self.mailbox_settings()),
            "mySite": Value::Null,
            "pastProjects": json!([]),
            "preferredName": Value::Null,
            "responsibilities": json!([]),
            "schools": json!([]),
            "skills": json!([]),
        }
    }

    fn mailbox_settings(&self) -> Value {
        json!({
            "archiveFolder": Value::Null,
            "automaticRepliesSetting": {
                "status": "disabled",
                "externalAudience": "all",
                "scheduledStartDateTime": unset_zoned(),
                "scheduledEndDateTime": unset_zoned(),
                "internalReplyMessage": "",
                "externalReplyMessage": "",
            },
            "timeZone": self.time_zone,
            "language": { "locale": "en-US", "displayName": "English (United States)" },
            "workingHours": {
                "daysOfWeek": ["monday", "tuesday", "wednesday", "thursday", "friday"],
                "startTime": "08:00:00.0000000",
                "endTime": "17:00:00.0000000",
                "timeZone": { "name": self.time_zone },
            },
            "dateFormat": "M/d/yyyy",
            "timeFormat": "h:mm tt",
            "delegateMeetingMessageDeliveryOptions": "sendToDelegateOnly",
            "userPurpose": match self.purpose {
                Purpose::SharedMailbox => "shared",
                Purpose::Room => "room",
                Purpose::Person | Purpose::Guest => "user",
            },
        })
    }
}

fn unset_zoned() -> Value {
    json!({ "dateTime": "0001-01-01T00:00:00.0000000", "timeZone": "UTC" })
}

/// Office 365 E3.
fn license() -> Value {
    json!([{ "disabledPlans": json!([]), "skuId": "6fd2c87f-b296-42f0-b197-1e91e994b900" }])
}

/// Exchange Online, plan 2.
fn plan(since: DateTime<Utc>) -> Value {
    json!([{
        "assignedDateTime": moment(since),
        "capabilityStatus": "Enabled",
        "service": "exchange",
        "servicePlanId": "efb87545-963c-4e0d-99df-69c6916d9eb0",
    }])
}

fn extension_attributes() -> Value {
    (1..=15)
        .map(|number| (format!("extensionAttribute{number}"), Value::Null))
        .collect()
}
