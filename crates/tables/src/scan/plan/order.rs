//! Whether the order in which Graph gives rows is that of the whole.

use super::mailboxes::{Mailboxes, mailboxes};
use super::scan::Scan;
use super::step::Step;
use super::steps;
use crate::definition::{Collection, Column, Scope};
use exchange_config::{Pushdown, Settings};

/// Whether Graph can give all rows of the scan in the order of this column.
pub fn can_be_sorted(scan: &Scan, column: &'static Column, settings: &Settings) -> bool {
    settings.pushdown == Pushdown::Full
        && is_one_collection(scan, settings)
        && scan.pushed.allows_order(column)
        && !scan.pushed.keeps_whole_days(column)
}

/// Whether all messages of a mailbox come from one list that is read once. Each keeps its time, so that a second has no more
/// rows once it was read to its end.
pub fn is_one_list(scan: &Scan, settings: &Settings) -> bool {
    // Without ids there are few steps.
    scan.table.collection == Collection::Messages
        && scan.pushed.ids.is_none()
        && scan.pushed.parts.is_empty()
        && matches!(steps::of(scan, settings, None).as_slice(), [Step::All(_)])
}

/// Whether all rows come from one collection, so that Graph's order is the order of the whole.
pub fn is_one_collection(scan: &Scan, settings: &Settings) -> bool {
    let mailbox = match scan.table.scope {
        Scope::Directory => None,
        Scope::Mailbox => match mailboxes(scan, settings) {
            Ok(Mailboxes::Named(names) | Mailboxes::Among(names)) if names.len() == 1 => {
                names.into_iter().next()
            }
            _ => return false,
        },
    };
    if !scan.pushed.parts.is_empty() {
        return false;
    }
    match steps::of(scan, settings, mailbox.as_deref()).as_slice() {
        [Step::All(_) | Step::Count { .. }] => true,
        [Step::Named(collections)] => collections.len() == 1,
        [Step::Folders { folders, .. }] => folders.len() == 1,
        _ => false,
    }
}
