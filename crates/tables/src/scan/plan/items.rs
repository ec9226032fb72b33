//! Rows that are read by their ids.

use super::listing::{Each, Listing};
use super::look_ups::{self, ROOT};
use super::resource_root::ResourceRoot;
use super::scan::Scan;
use super::step::{Item, Rows, Step};
use crate::definition::{Collection, Context};
use crate::definitions::CALENDARS;

/// Whether single rows have paths of their own, and need nothing that only lists tell.
pub fn have_paths(scan: &Scan) -> bool {
    match scan.table.collection {
        // A folder does not know its path.
        Collection::MailFolders | Collection::ContactFolders => {
            !scan.uses(&["path", "depth", "wellKnownName"])
        }
        // An attachment has no path without its owner, and one request returns all attachments of
        // an owner.
        Collection::Attachments(_) => false,
        Collection::Single(_)
        | Collection::MailboxFolders
        | Collection::MailboxItems
        | Collection::Asked(_)
        | Collection::ExtendedProperties
        | Collection::Report(_)
        | Collection::Traces(_) => false,
        Collection::List(list) => list.items.is_some(),
        Collection::Nested(nested) => nested.has_items,
        _ => true,
    }
}

/// How rows with these ids are read; `None` where they have no paths of their own.
pub fn step(
    scan: &Scan,
    root: ResourceRoot<'_>,
    ids: &[String],
    parents: Option<&[String]>,
) -> Option<Step> {
    if !have_paths(scan) {
        return None;
    }
    let select = select(scan);
    let expanded = scan.expanded_properties();
    let selected = |listing: Listing| {
        let listing = listing.option("$select", select.as_str());
        match &expanded {
            Some(properties) => listing.option("$expand", properties.as_str()),
            None => listing,
        }
    };
    let at = |place: &[&str]| {
        let path = |id| [place, &[id]].concat();
        let items = ids.iter().map(|id| row(selected(root.at(&path(id)))));
        items.collect::<Vec<_>>()
    };
    let all = |place: &[&str]| Step::Items {
        items: at(place),
        rows: Rows::All,
    };
    Some(match &scan.table.collection {
        Collection::Attachments(_) | Collection::Elements(_) => return None,
        Collection::List(list) => all(list.items?),
        Collection::Contacts => all(&["contacts"]),
        // The default folder has a path, too, and is not among them (docs/graph.md#contacts).
        Collection::ContactFolders
        | Collection::MailboxFolders
        | Collection::MailboxItems
        | Collection::Single(_)
        | Collection::Asked(_)
        | Collection::ExtendedProperties
        | Collection::Report(_)
        | Collection::Traces(_) => return None,
        Collection::Messages => Step::Items {
            items: at(&["messages"]),
            rows: Rows::Messages(Box::new(look_ups::of_messages(root, scan.in_windows))),
        },
        Collection::MailFolders => {
            let root_folder = Item {
                listing: selected(root.at(&["mailFolders", ROOT])),
                is_row: false,
            };
            let others = ids.iter().filter(|id| *id != ROOT);
            let others = others.map(|id| row(selected(root.at(&["mailFolders", id]))));
            Step::Items {
                items: [root_folder].into_iter().chain(others).collect(),
                rows: Rows::Folders(Box::new(look_ups::of_folders(root))),
            }
        }
        // An event does not know its calendar.
        Collection::Events | Collection::CalendarView if scan.uses(&["calendarId"]) => {
            let in_calendar = |id: &String| -> Each {
                let event = root.each(&["calendars"], "{each}", &["events", id]);
                event.map(selected).parent(Context::CalendarId)
            };
            let calendars = look_ups::ids(root.at(&["calendars"]), CALENDARS.max_page_size);
            let events = ids.iter().map(in_calendar).collect();
            in_parents(
                parents,
                calendars,
                events,
                events_of(&scan.table.collection),
            )
        }
        Collection::Events | Collection::CalendarView => Step::Items {
            items: at(&["events"]),
            rows: events_of(&scan.table.collection),
        },
        Collection::EventInstances => Step::Items {
            items: at(&["events"]),
            rows: Rows::OfSeries,
        },
        Collection::Nested(nested) => {
            let [above] = nested.parents else {
                return None;
            };
            let in_parent = |id: &String| -> Each {
                let rest = [nested.rows, &[id.as_str()]].concat();
                let item = root.each(above.path, "{each}", &rest);
                item.map(selected).parent(above.context)
            };
            let all = look_ups::ids(root.at(above.path), above.page_size);
            in_parents(parents, all, ids.iter().map(in_parent).collect(), Rows::All)
        }
    })
}

/// Items that have a path in their parent: in those that the statement names, or in each.
fn in_parents(named: Option<&[String]>, all: Listing, items: Vec<Each>, rows: Rows) -> Step {
    match named {
        Some(parents) => {
            let items = parents
                .iter()
                .flat_map(|parent| items.iter().map(|item| row(item.with(parent))));
            Step::Items {
                items: items.collect(),
                rows,
            }
        }
        None => Step::ItemsOfEach {
            parents: all,
            items,
            rows,
        },
    }
}

/// The events that the collection lists.
fn events_of(collection: &Collection) -> Rows {
    match collection {
        Collection::CalendarView => Rows::Occurrences,
        _ => Rows::Masters,
    }
}

fn row(listing: Listing) -> Item {
    Item {
        listing,
        is_row: true,
    }
}

/// Properties besides the columns that show whether the item is a row.
fn also_read(collection: &Collection) -> &'static [&'static str] {
    match collection {
        Collection::Messages => &["parentFolderId"],
        Collection::MailFolders => &["parentFolderId", "isHidden"],
        Collection::Events | Collection::CalendarView | Collection::EventInstances => &["type"],
        _ => &[],
    }
}

/// `$select` for rows that are read by their ids.
fn select(scan: &Scan) -> String {
    let mut select = scan.select();
    let also = also_read(&scan.table.collection).iter();
    let also: Vec<_> = also
        .filter(|property| !select.contains(*property))
        .collect();
    select.extend(also);
    select.join(",")
}
