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
//! assert_eq!(tenant.users[0].mailbox.as_ref().unwrap().messages.len(), 20);
//! ```

mod contacts;
mod events;
mod folders;
mod messages;
mod odd;
mod people;
mod texts;
mod zones;

#[cfg(test)]
mod tests;

use chrono::{DateTime, TimeDelta, Utc};

pub use messages::Messages;
pub use zones::to_utc;

use self::people::People;
use crate::entities::ids::{Ids, Kind, digest, guid};
use crate::entities::user::{self, Purpose};
use crate::model::{Application, Mailbox, Tenant, User};

/// Client id of the application that generated tenants know.
pub const CLIENT_ID: &str = "7b9f2c64-51d3-4e0a-8c1f-3a6de2b04d95";
/// Its secret, which is none.
pub const CLIENT_SECRET: &str = "not~a~secret";

/// What to generate. The defaults make a small tenant of ordinary people.
#[derive(Clone, Debug)]
pub struct Options {
    /// Another seed, another tenant (1).
    pub seed: u64,
    /// Domain of the tenant (`contoso.example`).
    pub domain: String,
    /// People with a mailbox (3).
    pub users: usize,
    /// Mailboxes of nobody in particular, after the people (1).
    pub shared_mailboxes: usize,
    /// Guests, who have none (1).
    pub users_without_mailbox: usize,
    /// Messages in each mailbox (500).
    pub messages: usize,
    /// Bytes of an average body (600).
    pub body_bytes: usize,
    /// Bytes of an average attachment, which one message in eight has (800).
    pub attachment_bytes: usize,
    /// Mail folders beside those that every mailbox has; they nest (12).
    pub folders: usize,
    /// Calendars in each mailbox, at least the default one (3).
    pub calendars: usize,
    /// Events in each mailbox: single ones and masters of series (120). Changed occurrences of the
    /// series come on top.
    pub events: usize,
    /// Contact folders beside the default one; the third lies in the second (3).
    pub contact_folders: usize,
    /// Contacts in each mailbox (80).
    pub contacts: usize,
    /// The time that messages and events spread over (2015 to 2025).
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
    /// Whether one in five items is as strange as Graph allows: empty and missing values, quotes,
    /// wildcards, scripts, characters beyond the basic plane, times at both ends of the calendar and
    /// where clocks change, many messages of the same second (no).
    pub odd: bool,
    /// Pairs of messages, of events and of contacts whose ids differ in case alone (0).
    pub case_twins: usize,
}

impl Default for Options {
    fn default() -> Self {
        let year = |year: &str| format!("{year}-01-01T00:00:00Z").parse().expect("a moment");
        Self {
            seed: 1,
            domain: "contoso.example".into(),
            users: 3,
            shared_mailboxes: 1,
            users_without_mailbox: 1,
            messages: 500,
            body_bytes: 600,
            attachment_bytes: 800,
            folders: 12,
            calendars: 3,
            events: 120,
            contact_folders: 3,
            contacts: 80,
            from: year("2015"),
            until: year("2025"),
            odd: false,
            case_twins: 0,
        }
    }
}

impl Options {
    /// The defaults with everything strange in them.
    pub fn odd() -> Self {
        Self {
            odd: true,
            case_twins: 8,
            ..Self::default()
        }
    }

    /// Randomness for one thing, whatever else is generated before it.
    fn random(&self, mailbox: &str, what: &str, number: usize) -> fastrand::Rng {
        let seed = digest(&[&self.seed.to_string(), mailbox, what, &number.to_string()]);
        let seed = seed[..8].try_into().expect("8 of 16 bytes");
        fastrand::Rng::with_seed(u64::from_le_bytes(seed))
    }

    /// Id of an item: the first ones are twins, as many as are asked for.
    fn item_id(&self, ids: &Ids, kind: Kind, number: usize) -> String {
        match number / 2 < self.case_twins {
            true => {
                let [upper, lower] = ids.twins(kind, number as u64 / 2);
                if number.is_multiple_of(2) {
                    upper
                } else {
                    lower
                }
            }
            false => ids.item(kind, number as u64),
        }
    }

    /// A moment in the time to cover, chosen by a number between 0 and 1.
    fn moment(&self, position: f64) -> DateTime<Utc> {
        let span = (self.until - self.from).num_seconds();
        self.from + TimeDelta::seconds((span as f64 * position) as i64)
    }

    /// Whether the item with this number is a strange one.
    fn is_odd(&self, number: usize) -> bool {
        self.odd && number.is_multiple_of(5)
    }
}

/// A tenant with all its users and mailboxes.
pub fn tenant(options: &Options) -> Tenant {
    let people = People::new(options);
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
        }],
        users: users.collect(),
    }
}

/// A mailbox for a user of your own, among the people that [`tenant`] would make.
pub fn mailbox_of(options: &Options, owner: &user::User) -> Mailbox {
    mailbox(options, &People::new(options), owner)
}

/// The mailbox of one of the people.
fn mailbox(options: &Options, people: &People, owner: &user::User) -> Mailbox {
    let ids = Ids::new(&owner.principal_name);
    let messages = Messages::new(options, people, owner);
    let mut folders = messages.folders().clone();
    let messages: Vec<_> = messages.collect();
    folders::add_search_folder(&mut folders);
    let (calendars, events) = events::generate(options, people, owner, &ids);
    let (contact_folders, contacts) =
        contacts::generate(options, people, owner, &ids, folders.root_id());
    let root_folder_id = folders.root_id().to_owned();
    Mailbox {
        root_folder_id,
        folders: folders::finish(folders, &messages),
        messages,
        calendars,
        events,
        contact_folders,
        default_contact_folder_id: ids.folder(crate::entities::folder::CONTACTS),
        contacts,
        ..Mailbox::default()
    }
}
