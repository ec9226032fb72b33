//! Rows that are read by their ids.

use super::listing::{Each, Listing, Parent};
use super::look_ups::{self, ROOT};
use super::resource_root::ResourceRoot;
use super::scan::Scan;
use super::step::{Item, Rows, Step};
use crate::definition::Collection;
use crate::definitions::CALENDARS;

/// Whether single rows have paths of their own, and need nothing that only lists tell.
pub fn have_paths(scan: &Scan) -> bool {
    match scan.table.collection {
        // A folder does not know its path.
        Collection::MailFolders => !scan.uses(&["path", "depth", "wellKnownName"]),
        // An attachment has no path without its message, and one request returns all attachments of
        // a message.
        Collection::MessageAttachments => false,
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
    let selected = |listing: Listing| listing.option("$select", select.as_str());
    let at = |segment: &str| {
        let items = ids.iter().map(|id| row(selected(root.at(&[segment, id]))));
        items.collect::<Vec<_>>()
    };
    let all = |segment| Step::Items {
        items: at(segment),
        rows: Rows::All,
    };
    Some(match scan.table.collection {
        Collection::MessageAttachments => return None,
        Collection::Users => all("users"),
        Collection::Calendars => all("calendars"),
        Collection::Contacts => all("contacts"),
        Collection::Messages => Step::Items {
            items: at("messages"),
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
        Collection::Events if scan.uses(&["calendarId"]) => {
            let in_calendar = |id: &String| -> Each {
                let event = root.each("calendars", "{each}", &["events", id]);
                event.map(selected).parent(Parent::Calendar)
            };
            let items: Vec<Each> = ids.iter().map(in_calendar).collect();
            match parents {
                Some(calendars) => {
                    let events = calendars
                        .iter()
                        .flat_map(|calendar| items.iter().map(|event| row(event.with(calendar))));
                    Step::Items {
                        items: events.collect(),
                        rows: Rows::Masters,
                    }
                }
                None => Step::ItemsOfEach {
                    parents: look_ups::ids(root.at(&["calendars"]), CALENDARS.max_page_size),
                    items,
                    rows: Rows::Masters,
                },
            }
        }
        Collection::Events => Step::Items {
            items: at("events"),
            rows: Rows::Masters,
        },
    })
}

fn row(listing: Listing) -> Item {
    Item {
        listing,
        is_row: true,
    }
}

/// Properties besides the columns that show whether the item is a row.
fn also_read(collection: Collection) -> &'static [&'static str] {
    match collection {
        Collection::Messages => &["parentFolderId"],
        Collection::MailFolders => &["parentFolderId", "isHidden"],
        Collection::Events => &["type"],
        _ => &[],
    }
}

/// `$select` for rows that are read by their ids.
fn select(scan: &Scan) -> String {
    let mut select = scan.select();
    let also = also_read(scan.table.collection).iter();
    let also: Vec<_> = also
        .filter(|property| !select.contains(*property))
        .collect();
    select.extend(also);
    select.join(",")
}
