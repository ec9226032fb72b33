//! Estimates the rows of a scan, so that joins can choose the side to read first.
//!
//! Only the order of the estimates matters. The side with fewer rows is read first, and its keys
//! restrict the other side.

use super::extended;
use super::mailboxes::{Mailboxes, mailboxes};
use super::scan::Scan;
use super::values::Values;
use crate::definition::{Collection, Owners, REPORT_PERIODS, Scope};
use crate::definitions::USUAL_USERS;
use exchange_config::Settings;

/// A condition leaves one of this many rows.
const SELECTIVITY: usize = 10;

/// A row that takes a request of its own counts as so many.
const REQUESTED: usize = 10;

/// Rows of a table whose addresses or items only the other side of a join has: that side is read first.
const WITHOUT_NUMBER: usize = usize::MAX / 1_000;

/// Rows of a mailbox, or objects of a directory, of the usual size.
const fn usual(collection: Collection) -> usize {
    match collection {
        Collection::Single(_) => 1,
        Collection::Asked(_) => 100,
        Collection::ContactFolders => 5,
        Collection::MailFolders => 50,
        Collection::MailboxFolders => 100,
        Collection::Contacts => 500,
        Collection::Events | Collection::CalendarView | Collection::EventInstances => 5_000,
        Collection::Messages
        | Collection::ExtendedProperties
        | Collection::MailboxItems
        | Collection::Traces(_) => 50_000,
        // One request for each owner.
        Collection::Attachments(Owners::Messages) => 500_000,
        Collection::Attachments(Owners::Events) => 50_000,
        Collection::List(list) => list.usual,
        Collection::Report(report) => report.usual * REPORT_PERIODS.len(),
        Collection::Nested(nested) => {
            let mut rows = nested.usual;
            let mut level = 0;
            while level < nested.parents.len() {
                rows *= nested.parents[level].usual;
                level += 1;
            }
            rows
        }
        // The scan is one of their parents.
        Collection::Elements(_) => 0,
    }
}

/// Rows of one parent.
const fn of_parent(collection: Collection) -> usize {
    match collection {
        Collection::Attachments(_) => 5,
        Collection::Messages => 5_000,
        Collection::Contacts => 100,
        Collection::Nested(nested) => nested.usual,
        _ => 1_000,
    }
}

pub fn rows(scan: &Scan, settings: &Settings) -> usize {
    let pushed = &scan.pushed;
    let collection = scan.table.collection;
    let named = [&pushed.parents, &pushed.folders].into_iter().flatten();
    let lacks_values = match collection {
        Collection::Asked(_) => pushed.asked.is_none(),
        Collection::ExtendedProperties => extended::lacks_items(scan),
        _ => false,
    };
    if lacks_values {
        return WITHOUT_NUMBER;
    }
    let listed = named
        .map(|parents| parents.len().saturating_mul(of_parent(collection)))
        .fold(usual(collection), usize::min);
    let in_one = match &pushed.ids {
        Some(ids) => listed.min(ids.len()),
        None => listed,
    };
    let conditions = scan.conditions.min(4);
    let left = (0..conditions).fold(in_one, |rows, _| rows.div_ceil(SELECTIVITY));
    let all = left.saturating_mul(collections(scan, settings));
    let all = match Values::of(scan) {
        Some(_) => all.saturating_mul(REQUESTED),
        None => all,
    };
    scan.limit.map_or(all, |limit| all.min(limit))
}

/// Number of mailboxes to read.
fn collections(scan: &Scan, settings: &Settings) -> usize {
    match scan.table.scope {
        Scope::Directory => 1,
        Scope::Mailbox => match mailboxes(scan, settings) {
            Ok(Mailboxes::Named(names) | Mailboxes::Among(names)) => names.len(),
            Ok(Mailboxes::All) => USUAL_USERS,
            Err(_) => 1,
        },
    }
}
