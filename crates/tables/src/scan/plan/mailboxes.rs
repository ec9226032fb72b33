//! The mailboxes of a scan.

use super::listing::Listing;
use super::resource_root::ResourceRoot;
use super::scan::Scan;
use crate::Error;
use crate::definitions::USERS;
use exchange_config::{self as config, Settings};
use std::collections::HashSet;

/// The mailboxes that the statement names, otherwise those that a join chooses, or those of the
/// connection. Names are [in lower case](name), each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mailboxes {
    Named(Vec<String>),
    /// The users among these that have a mailbox.
    Among(Vec<String>),
    /// Every user of the directory that has a mailbox.
    All,
}

pub fn mailboxes(scan: &Scan, settings: &Settings) -> Result<Mailboxes, Error> {
    let Some(among) = &scan.pushed.among_mailboxes else {
        return all(scan, settings);
    };
    Ok(match all(scan, settings)? {
        Mailboxes::All => Mailboxes::Among(names(among)),
        Mailboxes::Among(names) | Mailboxes::Named(names) => {
            let both = names.into_iter().filter(|name| among.contains(name));
            Mailboxes::Named(both.collect())
        }
    })
}

/// Ignores what follows from other conditions.
fn all(scan: &Scan, settings: &Settings) -> Result<Mailboxes, Error> {
    if let Some(named) = &scan.pushed.mailboxes {
        return Ok(Mailboxes::Named(names(named)));
    }
    if scan.joined_mailboxes {
        return Ok(Mailboxes::All);
    }
    match (&settings.mailboxes, &settings.user_id) {
        (config::Mailboxes::All, _) => Ok(Mailboxes::All),
        (config::Mailboxes::List(list), _) => Ok(Mailboxes::Named(names(list))),
        (config::Mailboxes::User, Some(user)) => Ok(Mailboxes::Named(vec![name(user)])),
        (config::Mailboxes::User, None) => Err(Error::NoMailbox {
            table: scan.table.name,
        }),
    }
}

/// The name of a mailbox as its rows show it: addresses and ids are without case
/// (docs/graph.md#mailboxes), so one spelling stands for all.
pub fn name(mailbox: &str) -> String {
    mailbox.to_lowercase()
}

fn names(mailboxes: &[String]) -> Vec<String> {
    let mut seen = HashSet::new();
    let names = mailboxes.iter().map(|mailbox| name(mailbox));
    names.filter(|name| seen.insert(name.clone())).collect()
}

/// Every user of the directory; those with an address may have a mailbox.
pub fn users() -> Listing {
    let users = ResourceRoot::DIRECTORY.at(&["users"]);
    users
        .option("$select", "id,userPrincipalName,mail")
        .top(USERS.max_page_size)
}
