//! The schema of Graph (v1.0, the types of the simulator) and a check against it.
//!
//! A line names a type and its properties with their JSON types: `s` text, `b` true or false, `i`
//! whole number, `f` number, `t` moment with `Z`, `d` day, `x` base64, another name that structure,
//! `*` a list. Entities must have every property of their type and no other; structures may omit
//! some, as in Graph.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, NaiveDate};
use serde_json::{Map, Value};

use crate::model::{Entity, Mailbox, Tenant};
use crate::schema::schema;

const SCHEMA: &str = "\
message id:s categories:*s changeKey:s createdDateTime:t lastModifiedDateTime:t
  bccRecipients:*recipient body:itemBody bodyPreview:s ccRecipients:*recipient conversationId:s
  conversationIndex:x flag:followupFlag from:recipient hasAttachments:b importance:s
  inferenceClassification:s internetMessageHeaders:*internetMessageHeader internetMessageId:s
  isDeliveryReceiptRequested:b isDraft:b isRead:b isReadReceiptRequested:b parentFolderId:s
  receivedDateTime:t replyTo:*recipient sender:recipient sentDateTime:t subject:s
  toRecipients:*recipient uniqueBody:itemBody webLink:s
event id:s categories:*s changeKey:s createdDateTime:t lastModifiedDateTime:t
  allowNewTimeProposals:b attendees:*attendee body:itemBody bodyPreview:s cancelledOccurrences:*s
  end:dateTimeTimeZone hasAttachments:b hideAttendees:b iCalUId:s importance:s isAllDay:b
  isCancelled:b isDraft:b isOnlineMeeting:b isOrganizer:b isReminderOn:b location:location
  locations:*location onlineMeeting:onlineMeetingInfo onlineMeetingProvider:s onlineMeetingUrl:s
  organizer:recipient originalEndTimeZone:s originalStart:t originalStartTimeZone:s
  recurrence:patternedRecurrence reminderMinutesBeforeStart:i responseRequested:b
  responseStatus:responseStatus sensitivity:s seriesMasterId:s showAs:s start:dateTimeTimeZone
  subject:s transactionId:s type:s webLink:s
contact id:s categories:*s changeKey:s createdDateTime:t lastModifiedDateTime:t assistantName:s
  birthday:t businessAddress:physicalAddress businessHomePage:s businessPhones:*s children:*s
  companyName:s department:s displayName:s emailAddresses:*emailAddress fileAs:s generation:s
  givenName:s homeAddress:physicalAddress homePhones:*s imAddresses:*s initials:s jobTitle:s
  manager:s middleName:s mobilePhone:s nickName:s officeLocation:s otherAddress:physicalAddress
  parentFolderId:s personalNotes:s primaryEmailAddress:emailAddress profession:s
  secondaryEmailAddress:emailAddress spouseName:s surname:s tertiaryEmailAddress:emailAddress
  title:s yomiCompanyName:s yomiGivenName:s yomiSurname:s
contactFolder id:s displayName:s parentFolderId:s
mailFolder id:s childFolderCount:i displayName:s isHidden:b parentFolderId:s totalItemCount:i
  unreadItemCount:i
mailSearchFolder id:s childFolderCount:i displayName:s isHidden:b parentFolderId:s
  totalItemCount:i unreadItemCount:i filterQuery:s includeNestedFolders:b isSupported:b
  sourceFolderIds:*s
calendar id:s allowedOnlineMeetingProviders:*s canEdit:b canShare:b canViewPrivateItems:b
  changeKey:s color:s defaultOnlineMeetingProvider:s hexColor:s isDefaultCalendar:b isRemovable:b
  isTallyingResponses:b name:s owner:emailAddress
user id:s deletedDateTime:t aboutMe:s accountEnabled:b ageGroup:s
  assignedLicenses:*assignedLicense assignedPlans:*assignedPlan birthday:t businessPhones:*s
  city:s companyName:s country:s createdDateTime:t creationType:s department:s displayName:s
  employeeHireDate:t employeeId:s employeeType:s externalUserState:s faxNumber:s givenName:s
  hireDate:t identities:*objectIdentity imAddresses:*s interests:*s isManagementRestricted:b
  isResourceAccount:b jobTitle:s lastPasswordChangeDateTime:t mail:s
  mailboxSettings:mailboxSettings mailNickname:s mobilePhone:s mySite:s officeLocation:s
  onPremisesDistinguishedName:s onPremisesDomainName:s
  onPremisesExtensionAttributes:onPremisesExtensionAttributes onPremisesImmutableId:s
  onPremisesLastSyncDateTime:t onPremisesSamAccountName:s onPremisesSecurityIdentifier:s
  onPremisesSyncEnabled:b onPremisesUserPrincipalName:s otherMails:*s pastProjects:*s postalCode:s
  preferredDataLocation:s preferredLanguage:s preferredName:s proxyAddresses:*s
  responsibilities:*s schools:*s securityIdentifier:s showInAddressList:b
  signInSessionsValidFromDateTime:t skills:*s state:s streetAddress:s surname:s usageLocation:s
  userPrincipalName:s userType:s
fileAttachment id:s contentType:s isInline:b lastModifiedDateTime:t name:s size:i contentBytes:x
  contentId:s contentLocation:s
itemAttachment id:s contentType:s isInline:b lastModifiedDateTime:t name:s size:i
referenceAttachment id:s contentType:s isInline:b lastModifiedDateTime:t name:s size:i
recipient emailAddress:emailAddress
itemBody content:s contentType:s
followupFlag completedDateTime:dateTimeTimeZone dueDateTime:dateTimeTimeZone flagStatus:s
  startDateTime:dateTimeTimeZone
internetMessageHeader name:s value:s
attendee emailAddress:emailAddress type:s proposedNewTime:timeSlot status:responseStatus
dateTimeTimeZone dateTime:s timeZone:s
location address:physicalAddress coordinates:outlookGeoCoordinates displayName:s
  locationEmailAddress:s locationType:s locationUri:s uniqueId:s uniqueIdType:s
onlineMeetingInfo conferenceId:s joinUrl:s phones:*phone quickDial:s tollFreeNumbers:*s
  tollNumber:s
patternedRecurrence pattern:recurrencePattern range:recurrenceRange
responseStatus response:s time:t
physicalAddress city:s countryOrRegion:s postalCode:s state:s street:s
emailAddress address:s name:s
assignedLicense disabledPlans:*s skuId:s
assignedPlan assignedDateTime:t capabilityStatus:s service:s servicePlanId:s
objectIdentity issuer:s issuerAssignedId:s signInType:s
mailboxSettings archiveFolder:s automaticRepliesSetting:automaticRepliesSetting dateFormat:s
  delegateMeetingMessageDeliveryOptions:s language:localeInfo timeFormat:s timeZone:s
  userPurpose:s workingHours:workingHours
onPremisesExtensionAttributes extensionAttribute1:s extensionAttribute10:s extensionAttribute11:s
  extensionAttribute12:s extensionAttribute13:s extensionAttribute14:s extensionAttribute15:s
  extensionAttribute2:s extensionAttribute3:s extensionAttribute4:s extensionAttribute5:s
  extensionAttribute6:s extensionAttribute7:s extensionAttribute8:s extensionAttribute9:s
timeSlot end:dateTimeTimeZone start:dateTimeTimeZone
outlookGeoCoordinates accuracy:f altitude:f altitudeAccuracy:f latitude:f longitude:f
phone language:s number:s region:s type:s
recurrencePattern dayOfMonth:i daysOfWeek:*s firstDayOfWeek:s index:s interval:i month:i type:s
recurrenceRange endDate:d numberOfOccurrences:i recurrenceTimeZone:s startDate:d type:s
automaticRepliesSetting externalAudience:s externalReplyMessage:s internalReplyMessage:s
  scheduledEndDateTime:dateTimeTimeZone scheduledStartDateTime:dateTimeTimeZone status:s
localeInfo displayName:s locale:s
workingHours daysOfWeek:*s endTime:s startTime:s timeZone:timeZoneBase
timeZoneBase name:s
";

/// Members of an entity besides its properties.
const ANNOTATIONS: &[&str] = &["@odata.etag", "@odata.type"];

type Properties = BTreeMap<&'static str, &'static str>;

/// The properties of each type: name and JSON type.
static TYPES: LazyLock<BTreeMap<&'static str, Properties>> = LazyLock::new(|| {
    let mut types: BTreeMap<&str, Properties> = BTreeMap::new();
    let mut current = "";
    for line in SCHEMA.lines() {
        let mut words = line.split(' ').filter(|word| !word.is_empty());
        if !line.starts_with(' ') {
            current = words.next().unwrap_or_default();
        }
        let properties = types.entry(current).or_default();
        properties.extend(words.map(|property| property.split_once(':').unwrap()));
    }
    types
});

fn properties(type_name: &str) -> &'static Properties {
    TYPES
        .get(type_name)
        .unwrap_or_else(|| panic!("no type {type_name}"))
}

/// Panics unless the entity has exactly the properties of the type, all with the right JSON type.
/// The names in `navigation` are also allowed.
pub fn check(entity: &Entity, type_name: &str, navigation: &[&str]) {
    let properties = properties(type_name);
    for (name, kind) in properties {
        let value = entity
            .get(*name)
            .unwrap_or_else(|| panic!("a {type_name} without {name}: {entity:?}"));
        check_value(value, kind, &format!("{type_name}.{name}"));
    }
    for name in entity.keys() {
        let known = properties.contains_key(name.as_str())
            || ANNOTATIONS.contains(&name.as_str())
            || navigation.contains(&name.as_str());
        assert!(known, "{type_name} has no property {name}");
    }
}

fn check_value(value: &Value, kind: &str, place: &str) {
    if let Some(element) = kind.strip_prefix('*') {
        let list = value
            .as_array()
            .unwrap_or_else(|| panic!("{place} is no list: {value}"));
        list.iter()
            .for_each(|value| check_value(value, element, place));
        return;
    }
    let right = match (kind, value) {
        (_, Value::Null) => true,
        ("s", value) => value.is_string(),
        ("b", value) => value.is_boolean(),
        ("i", value) => value
            .as_i64()
            .is_some_and(|number| i32::try_from(number).is_ok()),
        ("f", value) => value.is_number(),
        ("t", Value::String(text)) => {
            text.ends_with('Z') && DateTime::parse_from_rfc3339(text).is_ok()
        }
        ("d", Value::String(text)) => text.parse::<NaiveDate>().is_ok(),
        ("x", Value::String(text)) => STANDARD.decode(text).is_ok(),
        (structure, Value::Object(map)) => {
            check_structure(map, structure, place);
            true
        }
        _ => false,
    };
    assert!(right, "{place} is not {kind}: {value}");
}

fn check_structure(map: &Map<String, Value>, type_name: &str, place: &str) {
    let properties = properties(type_name);
    for (name, value) in map {
        let kind = properties.get(name.as_str());
        let kind = kind.unwrap_or_else(|| panic!("{place}: {type_name} has no {name}"));
        check_value(value, kind, &format!("{place}.{name}"));
    }
}

/// The ids of everything that can be in a group.
pub fn objects(tenant: &Tenant) -> HashSet<String> {
    let users = tenant.users.iter().map(|user| &user.entity);
    let groups = tenant.groups.iter().map(|group| &group.entity);
    let all = users.chain(groups).chain(&tenant.org_contacts);
    all.map(|entity| entity["id"].as_str().expect("an id").to_owned())
        .collect()
}

/// Checks every entity of a tenant.
pub fn check_tenant(tenant: &Tenant) {
    for user in &tenant.users {
        check(&user.entity, "user", &["manager", "signInActivity"]);
        user.mailbox.iter().for_each(check_mailbox);
    }
    for user in &tenant.deleted_users {
        check(user, "user", &[]);
    }
    let groups = tenant.groups.iter().map(|group| &group.entity);
    groups.for_each(|group| check_names(group, "group"));
    for contact in &tenant.org_contacts {
        check_names(contact, "orgContact");
    }
    for room in &tenant.rooms {
        check_names(room, "room");
    }
    for list in &tenant.room_lists {
        check_names(&list.entity, "roomList");
    }
    if !tenant.organization.is_empty() {
        check_names(&tenant.organization, "organization");
    }
}

/// Panics unless the entity has exactly the properties that the service's metadata names.
fn check_names(entity: &Entity, type_name: &str) {
    let properties = &schema().get(type_name).expect("a known type").properties;
    let mut known: Vec<&str> = properties
        .iter()
        .filter(|property| !property.navigation)
        .map(|property| property.name)
        .collect();
    let named = entity.keys().map(String::as_str);
    let mut named: Vec<&str> = named.filter(|name| !ANNOTATIONS.contains(name)).collect();
    known.sort_unstable();
    named.sort_unstable();
    assert_eq!(known, named, "{type_name}");
}

/// Checks every entity of a mailbox.
pub fn check_mailbox(mailbox: &Mailbox) {
    for folder in &mailbox.folders {
        let is_search = folder.entity.contains_key("filterQuery");
        let kind = if is_search {
            "mailSearchFolder"
        } else {
            "mailFolder"
        };
        check(&folder.entity, kind, &[]);
    }
    for calendar in &mailbox.calendars {
        check(calendar, "calendar", &[]);
    }
    for folder in &mailbox.contact_folders {
        check(folder, "contactFolder", &[]);
    }
    for item in mailbox.every_message() {
        match odata_type(&item.entity) {
            Some(kind) => check_names(&item.entity, kind),
            None => check(&item.entity, "message", &[]),
        }
        item.attachments.iter().for_each(check_attachment);
    }
    let lists = [
        (&mailbox.categories, "outlookCategory"),
        (&mailbox.message_rules, "messageRule"),
        (
            &mailbox.inference_overrides,
            "inferenceClassificationOverride",
        ),
        (&mailbox.people, "person"),
        (&mailbox.todo_lists, "todoTaskList"),
    ];
    for (entities, kind) in lists {
        entities.iter().for_each(|entity| check_names(entity, kind));
    }
    let lists = [
        (&mailbox.calendar_permissions, "calendarPermission"),
        (&mailbox.todo_tasks, "todoTask"),
        (&mailbox.checklist_items, "checklistItem"),
        (&mailbox.linked_resources, "linkedResource"),
        (&mailbox.task_attachments, "taskFileAttachment"),
    ];
    for (items, kind) in lists {
        items
            .iter()
            .for_each(|item| check_names(&item.entity, kind));
    }
    let kinds = [(&mailbox.events, "event"), (&mailbox.contacts, "contact")];
    for (items, kind) in kinds {
        for item in items {
            check(&item.entity, kind, &[]);
            item.attachments.iter().for_each(check_attachment);
        }
    }
}

/// The derived type of an object, without its namespace.
fn odata_type(entity: &Entity) -> Option<&str> {
    entity
        .get("@odata.type")?
        .as_str()?
        .strip_prefix("#microsoft.graph.")
}

fn check_attachment(attachment: &Entity) {
    let kind = attachment["@odata.type"].as_str().unwrap();
    let kind = kind.strip_prefix("#microsoft.graph.").unwrap();
    let navigation: &[&str] = if kind == "itemAttachment" {
        &["item"]
    } else {
        &[]
    };
    check(attachment, kind, navigation);
    if let Some(item) = attachment.get("item") {
        check(item.as_object().unwrap(), "message", &["attachments"]);
    }
}

mod tests {
    use super::*;

    #[test]
    fn the_check_finds_what_is_missing_strange_or_of_another_type() {
        let good = crate::entities::contact::folder("id", "name", "parent");
        check(&good, "contactFolder", &[]);
        let broken: [fn(&mut Entity); 3] = [
            |entity| drop(entity.remove("displayName")),
            |entity| drop(entity.insert("colour".into(), "red".into())),
            |entity| drop(entity.insert("displayName".into(), 1.into())),
        ];
        for damage in broken {
            let mut entity = good.clone();
            damage(&mut entity);
            let outcome = std::panic::catch_unwind(|| check(&entity, "contactFolder", &[]));
            assert!(outcome.is_err(), "{entity:?}");
        }
    }

    #[test]
    fn every_structure_that_the_schema_names_is_in_it() {
        for kind in TYPES.values().flat_map(Properties::values) {
            let kind = kind.trim_start_matches('*');
            assert!(kind.len() == 1 || !properties(kind).is_empty(), "{kind}");
        }
    }
}
