//! Application permissions, and those that read each kind of object (docs/graph.md#permissions).

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
pub const CONVERSATIONS: Any = &[
    "Group-Conversation.Read.All",
    "Group-Conversation.ReadWrite.All",
    "Group.Read.All",
    "Group.ReadWrite.All",
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
pub const TRACES: Any = &["ExchangeMessageTrace.Read.All"];
pub const LICENSES: Any = &[
    "LicenseAssignment.Read.All",
    "LicenseAssignment.ReadWrite.All",
];
/// Besides those of users (docs/graph.md#sign-ins).
pub const SIGN_INS: Any = &["AuditLog.Read.All"];
pub const REPORTS: Any = &["Reports.Read.All"];
pub const PLACES: Any = &["Place.Read.All", "Place.ReadWrite.All"];
/// docs/graph.md#mailbox-items
pub const MAILBOX_ID: Any = &["User.Read.All", "User.ReadWrite.All"];
/// docs/graph.md#mailbox-items
pub const MAILBOX_FOLDERS: Any = &["MailboxFolder.Read.All", "MailboxFolder.ReadWrite.All"];
/// docs/graph.md#mailbox-items
pub const MAILBOX_ITEMS: Any = &["MailboxItem.Read.All", "MailboxItem.ReadWrite.All"];
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
/// docs/graph.md#mail-tips
pub const MAIL_TIPS: Any = &["MailTips.ReadBasic.All", "Mail.Read", "Mail.ReadWrite"];
pub const FOLDERS: Any = &["Mail.ReadBasic.All", "Mail.Read", "Mail.ReadWrite"];
pub const CONTACTS: Any = &["Contacts.Read", "Contacts.ReadWrite"];

impl Roles<'_> {
    /// Whether one of these permissions is among them.
    pub fn allow(self, any: Any) -> bool {
        self.0
            .is_none_or(|roles| roles.iter().any(|role| any.contains(&role.as_str())))
    }
}
