//! Which mailboxes a scan reads.

use super::Scan;
use crate::config::{self, Settings};
use crate::tables::Error;

/// The mailboxes that the statement names, or else those that a join needs or those of the connection.
pub enum Mailboxes {
    Named(Vec<String>),
    /// Every user of the directory that has a mailbox.
    All,
}

pub fn mailboxes(scan: &Scan, settings: &Settings) -> Result<Mailboxes, Error> {
    if let Some(named) = &scan.pushed.mailboxes {
        return Ok(Mailboxes::Named(named.clone()));
    }
    if scan.joined_mailboxes {
        return Ok(Mailboxes::All);
    }
    match (&settings.mailboxes, &settings.user_id) {
        (config::Mailboxes::All, _) => Ok(Mailboxes::All),
        (config::Mailboxes::List(list), _) => Ok(Mailboxes::Named(list.clone())),
        (config::Mailboxes::User, Some(user)) => Ok(Mailboxes::Named(vec![user.clone()])),
        (config::Mailboxes::User, None) => Err(Error::NoMailbox {
            table: scan.table.name,
        }),
    }
}
