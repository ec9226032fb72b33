//! The simulator's data: a tenant, its applications, its directory, its users and their mailboxes.
//!
//! An entity is the JSON object that Graph would return with every property selected, so importing,
//! generating, filtering and answering all use the same names.

mod directory;
mod item;
mod made;
mod mailbox;
mod reports;
mod traces;

pub use directory::{Group, RoomList};
pub use item::{Entity, Item, Shown};
pub use made::{Facts, Made, Show, Source};
pub use mailbox::{CalendarGroup, Folder, Hidden, Mailbox, Slot};
pub use reports::{GivenReport, Reports};
pub use traces::Traces;

/// A directory with its applications, users and everything else that is not in a mailbox.
#[derive(Clone, Debug, Default)]
pub struct Tenant {
    /// Directory id, a GUID.
    pub id: String,
    /// Verified domain, for example `contoso.example`; it names the tenant like the id does.
    pub domain: String,
    pub applications: Vec<Application>,
    pub users: Vec<User>,
    pub groups: Vec<Group>,
    /// Conversations of Microsoft 365 groups; the parent is the group.
    pub group_conversations: Vec<Item>,
    /// Threads of the conversations; the parent is the group.
    pub group_threads: Vec<Item>,
    /// Posts; the parent is the thread.
    pub group_posts: Vec<Item>,
    /// The contacts of the organization, which are in nobody's mailbox.
    pub org_contacts: Vec<Entity>,
    /// The tenant as an object of its own directory. Its id, name and domain are filled in.
    pub organization: Entity,
    pub rooms: Vec<Entity>,
    pub workspaces: Vec<Entity>,
    pub room_lists: Vec<RoomList>,
    /// Users that were deleted in the last 30 days.
    pub deleted_users: Vec<Entity>,
    /// The products that the tenant has licences of.
    pub subscribed_skus: Vec<Entity>,
    pub reports: Reports,
    pub traces: Traces,
}

impl Tenant {
    /// The permissions of an application; all if `None`.
    pub(crate) fn permissions_of(&self, client_id: &str) -> Option<&[String]> {
        let mut applications = self.applications.iter();
        let application = applications.find(|application| application.client_id == client_id);
        application?.permissions.as_deref()
    }
}

/// A registered application that may ask for tokens.
#[derive(Clone, Debug, Default)]
pub struct Application {
    pub client_id: String,
    pub client_secret: String,
    /// The permissions that were granted, such as `Mail.Read`; all of them if `None`. A change takes effect at once,
    /// while Graph's comes with the next token.
    pub permissions: Option<Vec<String>>,
}

/// A user and the mailbox that belongs to it.
#[derive(Clone, Debug, Default)]
pub struct User {
    /// The directory object (`id`, `userPrincipalName`, `mail`, `displayName`, ...).
    pub entity: Entity,
    /// A user without a mailbox gets `MailboxNotEnabledForRESTAPI`.
    pub mailbox: Option<Mailbox>,
}
