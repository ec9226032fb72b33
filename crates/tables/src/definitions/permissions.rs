//! The application permissions for reading tables (docs/graph.md#permissions).

use crate::definition::Permission;

const fn needed(needed: &'static str) -> Permission {
    Permission { needed, less: "" }
}

pub const MAIL: Permission = Permission {
    needed: "Mail.Read",
    less: "Mail.ReadBasic.All: without bodies, previews and attachments",
};
pub const ALL_MAIL: Permission = needed("Mail.Read");
pub const CALENDARS: Permission = Permission {
    needed: "Calendars.Read",
    less: "Calendars.ReadBasic: without bodies and attachments",
};
pub const ALL_CALENDARS: Permission = needed("Calendars.Read");
pub const ALL_ITEMS: Permission = needed("Calendars.Read, Contacts.Read and Mail.Read");
pub const FREE_BUSY: Permission = needed("Calendars.ReadBasic");
pub const MAIL_TIPS: Permission = Permission {
    needed: "Mail.Read",
    less: "MailTips.ReadBasic.All: nothing else of mail",
};
pub const CONTACTS: Permission = needed("Contacts.Read");
pub const PEOPLE: Permission = needed("People.Read.All");
pub const SETTINGS: Permission = needed("MailboxSettings.Read");
pub const MAILBOX_FOLDERS: Permission = needed("User.Read.All and MailboxFolder.Read.All");
pub const MAILBOX_ITEMS: Permission =
    needed("User.Read.All, MailboxFolder.Read.All and MailboxItem.Read.All");
pub const TASKS: Permission = needed("Tasks.Read.All");
pub const USERS: Permission = Permission {
    needed: "User.Read.All",
    less: "User.ReadBasic.All: names and addresses only",
};
pub const ALL_OF_USERS: Permission = needed("User.Read.All");
pub const GROUPS: Permission = Permission {
    needed: "Group.Read.All, and User.Read.All for the names of members",
    less: "GroupMember.Read.All: without some properties of groups",
};
pub const GROUP_MAIL: Permission = Permission {
    needed: "GroupMember.Read.All and Group-Conversation.Read.All",
    less: "",
};
pub const REPORTS: Permission = needed("Reports.Read.All");
pub const TRACES: Permission = needed("ExchangeMessageTrace.Read.All");
pub const SIGN_INS: Permission = needed("AuditLog.Read.All and User.Read.All");
pub const LICENSES: Permission = needed("LicenseAssignment.Read.All");
pub const ORG_CONTACTS: Permission = needed("OrgContact.Read.All");
pub const ORGANIZATION: Permission = needed("Organization.Read.All");
pub const PLACES: Permission = needed("Place.Read.All");
