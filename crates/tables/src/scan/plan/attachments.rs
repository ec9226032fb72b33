//! Attachments of messages and of events.

use super::listing::Each;
use super::look_ups;
use super::resource_root::ResourceRoot;
use super::scan::Scan;
use super::step::{AllOwners, OwnerLookUp, Step};
use crate::definition::{Context, Owners};
use crate::definitions::{CALENDARS, EVENTS};

/// Stands for ids that only replies tell.
const EACH: &str = "{each}";

/// Reads the attachments of all owners, or of those that the statement names.
pub fn step(
    scan: &Scan,
    root: ResourceRoot<'_>,
    owners: Owners,
    named: Option<Vec<String>>,
) -> Step {
    let rows = rows(scan, root, owners);
    match named {
        Some(named) => Step::OfOwners {
            owners: named,
            rows: vec![rows],
            look_up: Some(look_up(scan, root, owners)),
        },
        None => Step::OfEachOwner {
            owners: all(scan, root, owners),
            rows: vec![rows],
        },
    }
}

fn rows(scan: &Scan, root: ResourceRoot<'_>, owners: Owners) -> Each {
    let (collection, parent) = match owners {
        Owners::Messages => ("messages", Context::MessageId),
        Owners::Events => ("events", Context::EventId),
    };
    let each = root.each(&[collection], EACH, &["attachments"]);
    each.map(|rows| rows.option("$select", scan.select().join(",")))
        .parent(parent)
}

fn look_up(scan: &Scan, root: ResourceRoot<'_>, owners: Owners) -> OwnerLookUp {
    match owners {
        Owners::Messages => {
            OwnerLookUp::Messages(Box::new(look_ups::of_ids(root, scan.in_windows)))
        }
        Owners::Events => {
            let events = root.each(&["events"], EACH, &[]);
            OwnerLookUp::Events(Box::new(
                events.map(|event| event.option("$select", "id,type")),
            ))
        }
    }
}

fn all(scan: &Scan, root: ResourceRoot<'_>, owners: Owners) -> AllOwners {
    match owners {
        Owners::Messages => {
            let messages = root.at(&["messages"]);
            let excludes_inline = scan.pushed.excludes_inline;
            let filter = excludes_inline.then_some("hasAttachments eq true");
            let messages = look_ups::message_ids(messages, filter, scan.in_windows);
            AllOwners::Messages(Box::new(messages))
        }
        Owners::Events => events(scan, root, None),
    }
}

/// The events of all calendars. `filter` may choose some.
pub fn events(scan: &Scan, root: ResourceRoot<'_>, filter: Option<&str>) -> AllOwners {
    let events = root.each(&["calendars"], EACH, &["events"]);
    AllOwners::Events {
        calendars: Box::new(look_ups::ids(
            root.at(&["calendars"]),
            CALENDARS.max_page_size,
        )),
        events: Box::new(
            events.map(|events| look_ups::ids_of(&EVENTS, events, filter, scan.in_windows)),
        ),
    }
}
