//! Mailboxes of any size out of nothing but a seed.
//!
//! The same options give the same tenant, byte for byte. Every message, event and contact depends on
//! the seed, its mailbox and its number alone, so [`Messages`] can make them one by one, in any
//! order, without holding them.
//!
//! ```
//! use graph_simulator::generate::{Options, tenant};
//!
//! let tenant = tenant(&Options { users: 1, messages: 20, ..Options::default() });
//! assert_eq!(tenant.users[0].mailbox.as_ref().unwrap().every_message().count(), 20);
//! ```

mod contacts;
mod draw;
mod events;
mod files;
mod folders;
mod messages;
mod odd;
mod options;
mod people;
mod texts;
mod zones;

#[cfg(test)]
mod tests;

pub use messages::Messages;
pub use options::Options;

use self::people::People;
use crate::entities::folder::count;
use crate::entities::ids::{Ids, guid};
use crate::entities::user::{self, Purpose};
use crate::model::{Application, Facts, Made, Mailbox, Tenant, User};
use std::sync::Arc;

/// Client id of the application that generated tenants know.
pub const CLIENT_ID: &str = "7b9f2c64-51d3-4e0a-8c1f-3a6de2b04d95";
/// Its public secret.
pub const CLIENT_SECRET: &str = "not~a~secret";

/// A tenant with all its users and mailboxes.
pub fn tenant(options: &Options) -> Tenant {
    let people = Arc::new(People::new(options));
    let users = people.users.iter().map(|user| User {
        entity: user.entity(),
        mailbox: (user.purpose != Purpose::Guest).then(|| mailbox(options, &people, user)),
    });
    Tenant {
        id: guid(&["tenant", &options.seed.to_string(), &options.domain]),
        domain: options.domain.clone(),
        applications: vec![Application {
            client_id: CLIENT_ID.into(),
            client_secret: CLIENT_SECRET.into(),
            ..Application::default()
        }],
        users: users.collect(),
        ..Tenant::default()
    }
}

/// A mailbox for your own user, among the people that [`tenant`] would make.
pub fn mailbox_of(options: &Options, owner: &user::User) -> Mailbox {
    mailbox(options, &Arc::new(People::new(options)), owner)
}

/// The mailbox of one of the people.
fn mailbox(options: &Options, people: &Arc<People>, owner: &user::User) -> Mailbox {
    let ids = Ids::new(&owner.principal_name);
    let messages = Messages::new(options, people, owner);
    let mut folders = messages.tree().clone();
    let made = Made::new(Arc::new(messages));
    folders::add_search_folder(&mut folders);
    let (calendars, events) = events::generate(options, people, owner, &ids);
    let (contact_folders, contacts) =
        contacts::generate(options, people, owner, &ids, folders.root_id());
    let root_folder_id = folders.root_id().to_owned();
    let of = |facts: &Facts| {
        (
            made.folders()[usize::from(facts.folder)].as_str(),
            facts.is_unread,
        )
    };
    let counts = count(made.facts().iter().map(of));
    Mailbox {
        root_folder_id,
        folders: folders::finish(folders, &counts),
        made: Some(made.clone()),
        calendars,
        events,
        contact_folders,
        default_contact_folder_id: ids.folder(crate::entities::folder::CONTACTS),
        contacts,
        ..Mailbox::default()
    }
}
