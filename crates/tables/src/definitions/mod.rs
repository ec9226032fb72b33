//! The tables, each a list of columns.
//!
//! A column filters and sorts only as Graph is proven to accept it, because a refused or silently
//! ignored filter costs more than a local one. Each claim names the section of docs/graph.md with
//! its source, and a test checks that the section exists ([`Proof`](crate::definition::Proof)).

mod calendars;
mod columns;
mod contacts;
mod events;
mod mail_folders;
mod message_attachments;
mod messages;
mod users;

#[cfg(test)]
mod schema_tests;
#[cfg(test)]
mod tests;

pub use calendars::CALENDARS;
pub use contacts::CONTACTS;
pub use events::EVENTS;
pub use mail_folders::{MAIL_FOLDERS, WELL_KNOWN_FOLDERS};
pub use message_attachments::MESSAGE_ATTACHMENTS;
pub use messages::MESSAGES;
pub use users::USERS;

use super::definition::Table;

/// Every table, in alphabetical order.
pub static TABLES: &[&Table] = &[
    &CALENDARS,
    &CONTACTS,
    &EVENTS,
    &MAIL_FOLDERS,
    &MESSAGE_ATTACHMENTS,
    &MESSAGES,
    &USERS,
];

/// The table of this name, matched without case.
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES
        .iter()
        .copied()
        .find(|table| table.name.eq_ignore_ascii_case(name))
}
