//! The permissions that read each object (docs/graph.md#permissions).

use super::route::{Owner, Place, Route};
use crate::refusal::Refusal;
use crate::rules::Service;

/// The permissions of an application; all of them if `None`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Roles<'a>(pub Option<&'a [String]>);

/// Permissions, each of which is enough.
pub type Any = &'static [&'static str];

pub const USERS: Any = &[
    "User.ReadBasic.All",
    "User.Read.All",
    "User.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
pub const GROUPS: Any = &[
    "GroupMember.Read.All",
    "Group.Read.All",
    "Group.ReadBasic.All",
    "Group.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
pub const MEMBERS: Any = &[
    "GroupMember.ReadBasic.All",
    "GroupMember.Read.All",
    "GroupMember.ReadWrite.All",
    "Group.Read.All",
    "Group.ReadBasic.All",
    "Group.ReadWrite.All",
    "Directory.Read.All",
];
pub const OWNERS: Any = &[
    "GroupMember.Read.All",
    "GroupMember.ReadWrite.All",
    "Group.Read.All",
    "Group.ReadWrite.All",
    "Directory.Read.All",
];
pub const ORG_CONTACTS: Any = &[
    "OrgContact.Read.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
pub const ORGANIZATION: Any = &[
    "Organization.Read.All",
    "Organization.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
    "User.Read.All",
];
pub const DELETED_USERS: Any = &["User.Read.All"];
pub const PLACES: Any = &["Place.Read.All", "Place.ReadWrite.All"];
pub const PEOPLE: Any = &["People.Read.All"];
pub const TASKS: Any = &["Tasks.Read.All", "Tasks.ReadWrite.All"];
pub const SETTINGS: Any = &["MailboxSettings.Read", "MailboxSettings.ReadWrite"];
pub const MAIL: Any = &["Mail.Read", "Mail.ReadWrite"];
pub const CALENDARS: Any = &[
    "Calendars.ReadBasic",
    "Calendars.Read",
    "Calendars.ReadWrite",
];
/// For objects that `Calendars.ReadBasic` does not show (docs/graph.md#calendar-permissions).
pub const ALL_OF_CALENDARS: Any = &["Calendars.Read", "Calendars.ReadWrite"];
const FOLDERS: Any = &["Mail.ReadBasic.All", "Mail.Read", "Mail.ReadWrite"];
const CONTACTS: Any = &["Contacts.Read", "Contacts.ReadWrite"];

/// Reads messages without bodies and attachments, which the simulator cannot show.
const BASIC_MAIL: &str = "Mail.ReadBasic.All";

impl Roles<'_> {
    pub fn allow(self, any: Any) -> bool {
        let has = |wanted: &&str| {
            self.0
                .is_none_or(|roles| roles.iter().any(|role| role == wanted))
        };
        any.iter().any(|wanted| has(&wanted))
    }
}

/// Refuses a request without its permission (docs/graph.md#errors).
pub fn check(route: &Route, roles: Roles) -> Result<(), Refusal> {
    let (any, service) = match route {
        Route::Users | Route::UserCount | Route::User(_) => (USERS, Service::Directory),
        Route::Directory(address) => (address.resource.permissions, address.resource.rules.service),
        Route::Mailbox { place, .. } => (of_place(place), Service::Outlook),
    };
    if roles.allow(any) {
        return Ok(());
    }
    let is_basic = any == MAIL && roles.allow(&[BASIC_MAIL]) && route.is_of_messages();
    Err(match service {
        _ if is_basic => Refusal::not_simulated("messages as Mail.ReadBasic.All shows them"),
        Service::Outlook => Refusal::new(
            403,
            "ErrorAccessDenied",
            "Access is denied. Check credentials and try again.",
        ),
        Service::Directory => Refusal::new(
            403,
            "Authorization_RequestDenied",
            "Insufficient privileges to complete the operation.",
        ),
    })
}

fn of_place(place: &Place) -> Any {
    match place {
        Place::Folders { .. } | Place::Folder(_) => FOLDERS,
        Place::Messages { .. } | Place::Message { .. } => MAIL,
        Place::DefaultCalendar
        | Place::Events { .. }
        | Place::Event { .. }
        | Place::View { .. }
        | Place::Instances { .. } => CALENDARS,
        Place::Contacts { .. }
        | Place::Contact { .. }
        | Place::ContactFolders { .. }
        | Place::ContactFolder(_) => CONTACTS,
        Place::Attachments { owner } | Place::Attachment { owner, .. } => match owner {
            Owner::Message(_) => MAIL,
            Owner::Event(_) => ALL_OF_CALENDARS,
        },
        Place::Settings => SETTINGS,
        Place::Listed(address) => address.resource.permissions,
    }
}
