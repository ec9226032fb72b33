//! The simulator's data: a tenant, its applications, its users and their mailboxes.
//!
//! An entity is the JSON object that Graph would return with every property selected, so importing,
//! generating, filtering and answering all use the same names.

use serde_json::{Map, Value};

/// A Graph entity with all its properties.
pub type Entity = Map<String, Value>;

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

/// The contents of a mailbox.
#[derive(Clone, Debug, Default)]
pub struct Mailbox {
    /// Every folder but the root, parents before children; counts need not be filled in. The root
    /// folder (`msgfolderroot`) is [`Mailbox::root_folder_id`].
    pub folders: Vec<Folder>,
    pub root_folder_id: String,
    pub messages: Vec<Item>,
    /// The default calendar first.
    pub calendars: Vec<Entity>,
    pub events: Vec<Item>,
    /// Contact folders other than the default one, which Graph does not list either.
    pub contact_folders: Vec<Entity>,
    pub default_contact_folder_id: String,
    pub contacts: Vec<Item>,
    pub hidden: Hidden,
}

/// Graph's treatment of hidden folders is not proven, so a mailbox can have either.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    /// `childFolderCount` leaves them out.
    pub uncounted: bool,
    /// The list of all messages leaves out their messages. It never has those beside the root
    /// folder.
    pub unlisted: bool,
}

/// A mail folder.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// `inbox`, `sentitems`, ... if the folder is a well-known one.
    pub well_known_name: Option<String>,
    pub entity: Entity,
}

/// A message, event or contact.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// Id of the folder or calendar that holds it.
    pub parent_id: String,
    pub entity: Entity,
    /// Attachments with their content (`contentBytes`), for messages and events.
    pub attachments: Vec<Entity>,
}
