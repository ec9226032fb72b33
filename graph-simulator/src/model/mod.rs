//! The simulator's data: a tenant, its applications, its users and their mailboxes.
//!
//! An entity is the JSON object that Graph would return with every property selected, so importing,
//! generating, filtering and answering all use the same names.

mod item;
mod made;
mod mailbox;

pub use item::{Entity, Item, Shown};
pub use made::{Facts, Made, Show, Source};
pub use mailbox::{Folder, Hidden, Mailbox, Slot};

/// A directory with its applications and users.
#[derive(Clone, Debug, Default)]
pub struct Tenant {
    /// Directory id, a GUID.
    pub id: String,
    /// Verified domain, for example `contoso.example`; it names the tenant like the id does.
    pub domain: String,
    pub applications: Vec<Application>,
    pub users: Vec<User>,
}

/// A registered application that may ask for tokens.
#[derive(Clone, Debug)]
pub struct Application {
    pub client_id: String,
    pub client_secret: String,
}

/// A user and the mailbox that belongs to it.
#[derive(Clone, Debug, Default)]
pub struct User {
    /// The directory object (`id`, `userPrincipalName`, `mail`, `displayName`, ...).
    pub entity: Entity,
    /// A user without a mailbox gets `MailboxNotEnabledForRESTAPI`.
    pub mailbox: Option<Mailbox>,
}
