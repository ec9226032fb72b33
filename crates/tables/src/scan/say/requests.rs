//! The requests of steps, as text.

use crate::scan::plan::listing::{EACH, Each, Listing};
use crate::scan::plan::look_ups::{FolderLookUp, MessageLookUp};
use crate::scan::plan::mailbox_api::Part;
use crate::scan::plan::nested::Lists;
use crate::scan::plan::step::{AllOwners, OwnerLookUp, Rows, Step};

/// Requests of one kind that are shown one by one.
const SHOWN: usize = 3;

/// Stands before requests that are not always sent.
const IN_DOUBT: &str = "where it is not known yet that these rows are listed: ";
const FOR_EACH_ROW: &str = "for each row, four at once: ";
const WITH_ROWS: &str = "where there are any: ";
const STILL_IN_DOUBT: &str = "where that leaves a doubt: ";
const INSTEAD: &str = "where that leaves a doubt, instead: ";

/// Whether requests go together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Alone,
    InBatches,
}

/// A line for each request; `is_many` says that an id stands for many.
pub fn lines(step: &Step, is_many: bool) -> Vec<String> {
    use Way::{Alone, InBatches};
    let together = |requests: usize| match requests > 1 || is_many {
        true => InBatches,
        false => Alone,
    };
    match step {
        Step::Endless(missing) => vec![format!("none: {missing}")],
        Step::NotInCloud => vec!["none: only the global cloud has these rows".to_owned()],
        Step::Ask(inquiries) => some(inquiries.iter().map(|inquiry| &inquiry.listing), Alone),
        Step::Count { number, .. } => vec![line(number, Alone)],
        Step::Single(object) => some([object], Alone),
        Step::All(rows) => some([rows], Alone),
        Step::Named(collections) => some(collections, Alone),
        Step::Folders {
            folders,
            look_up,
            all,
        } => {
            let mut lines = some(folders.iter().map(|(_, listing)| listing), Alone);
            lines.push(of_folders(look_up));
            let all = some([all], Alone).into_iter();
            lines.extend(all.map(|line| format!("{INSTEAD}{line}")));
            lines
        }
        Step::Items { items, rows } => {
            let listings = items.iter().map(|item| &item.listing);
            let mut lines = some(listings, together(items.len()));
            lines.extend(of_rows(rows));
            lines
        }
        Step::ItemsOfEach {
            parents,
            items,
            rows,
        } => {
            let mut lines = vec![line(parents, Alone)];
            lines.extend(some(items.iter().map(|item| item.shown()), InBatches));
            lines.extend(of_rows(rows));
            lines
        }
        Step::OfEach { parents, rows } => {
            let mut lines = vec![line(parents, Alone)];
            lines.extend(some(rows.iter().map(Each::shown), Alone));
            lines
        }
        Step::Nested(lists) => of_nested(lists, together(lists.top.len())),
        Step::Branches {
            top,
            children,
            rows,
        } => {
            let mut lines = vec![line(top, Alone)];
            lines.extend(some([rows.shown()], Alone));
            lines.push(line(children.shown(), Alone));
            lines
        }
        Step::Tree {
            names,
            top,
            children,
        } => {
            let names = names.as_ref().map(|names| line(names.shown(), InBatches));
            let mut lines: Vec<String> = names.into_iter().collect();
            lines.push(line(top, Alone));
            lines.push(line(children.shown(), InBatches));
            lines
        }
        Step::MailboxApi { settings, part } => {
            let mut lines = vec![line(settings, Alone)];
            lines.extend(of_part(part));
            lines
        }
        Step::OfOwners {
            owners,
            rows,
            look_up,
        } => {
            let all = rows
                .iter()
                .flat_map(|rows| owners.iter().map(|id| rows.with(id)));
            let listings: Vec<Listing> = all.collect();
            let mut lines = some(&listings, together(listings.len()));
            let look_up = look_up.iter();
            lines.extend(look_up.flat_map(|it| of_owners(it, together(owners.len()))));
            lines
        }
        Step::Reports(files) => files.iter().map(ToString::to_string).collect(),
        Step::OfEachOwner { owners, rows } => {
            let mut lines = match owners {
                AllOwners::Messages(messages) => vec![line(messages, Alone)],
                AllOwners::Events { calendars, events } => {
                    vec![line(calendars, Alone), line(events.shown(), Alone)]
                }
            };
            lines.extend(some(rows.iter().map(Each::shown), InBatches));
            lines
        }
    }
}

/// The request for a value of each row.
pub fn of_values(each: &Each) -> String {
    format!("{FOR_EACH_ROW}{}", line(each.shown(), Way::Alone))
}

/// The property by whose windows the step reads more rows than those of a page.
pub fn windows_of(step: &Step) -> Option<String> {
    let listing = match step {
        Step::All(rows) => rows,
        Step::Folders { all, .. } => all,
        Step::OfEachOwner { owners, .. } => match owners {
            AllOwners::Messages(messages) => messages,
            AllOwners::Events { events, .. } => events.shown(),
        },
        Step::OfEach { rows, .. } => rows.first()?.shown(),
        Step::Named(collections) => collections.first()?,
        _ => return None,
    };
    listing.windowed.map(|by| by.property())
}

/// The requests after that for the id of the mailbox.
fn of_part(part: &Part) -> Vec<String> {
    match part {
        Part::Folders { top, children } => {
            vec![
                line(top, Way::Alone),
                line(children.shown(), Way::InBatches),
            ]
        }
        Part::Items {
            top,
            children,
            rows,
        } => [top, rows.shown(), children.shown()]
            .map(|listing| line(listing, Way::Alone))
            .to_vec(),
        Part::ItemsOf(lists) => some(lists, Way::Alone),
    }
}

/// The lists, and those in one parent of each level.
fn of_nested(lists: &Lists, of_rows: Way) -> Vec<String> {
    let is_of_rows = lists.levels.is_empty();
    let mut lines = some(&lists.top, if is_of_rows { of_rows } else { Way::Alone });
    let mut list = lists.top.first().cloned();
    for (place, level) in lists.levels.iter().enumerate() {
        list = list.map(|list| level.list(&list, EACH));
        let is_last = place + 1 == lists.levels.len();
        let way = if is_last { Way::InBatches } else { Way::Alone };
        lines.extend(list.iter().map(|list| line(list, way)));
    }
    lines
}

/// The requests that decide which objects are rows.
fn of_rows(rows: &Rows) -> Vec<String> {
    match rows {
        Rows::All | Rows::Masters | Rows::Occurrences | Rows::OfSeries => Vec::new(),
        Rows::Messages(look_up) => of_messages(look_up),
        Rows::Folders(look_up) => vec![of_folders(look_up)],
    }
}

/// The requests that decide whose attachments are rows.
fn of_owners(look_up: &OwnerLookUp, way: Way) -> Vec<String> {
    match look_up {
        OwnerLookUp::Messages(look_up) => {
            let message = line(look_up.messages.shown(), Way::InBatches);
            let mut lines = vec![format!("{IN_DOUBT}{message}")];
            lines.extend(of_messages(&look_up.filed));
            lines
        }
        OwnerLookUp::Events(event) => vec![format!("{WITH_ROWS}{}", line(event.shown(), way))],
    }
}

fn of_folders(FolderLookUp(folder): &FolderLookUp) -> String {
    format!("{IN_DOUBT}{}", line(folder.shown(), Way::InBatches))
}

fn of_messages(look_up: &MessageLookUp) -> Vec<String> {
    let list = line(&look_up.list, Way::Alone);
    vec![
        of_folders(&look_up.folders),
        format!("{STILL_IN_DOUBT}{list}"),
    ]
}

/// The first few requests, and how many more there are.
fn some<'l>(listings: impl IntoIterator<Item = &'l Listing>, way: Way) -> Vec<String> {
    let requests = listings.into_iter().flat_map(Listing::parts);
    let requests: Vec<Listing> = requests.collect();
    let shown = requests.iter().take(SHOWN);
    let mut lines: Vec<String> = shown.map(|request| line(request, way)).collect();
    if requests.len() > SHOWN {
        let more = format!("and {} more like these", requests.len() - SHOWN);
        lines.push(marked(more, way));
    }
    lines
}

fn line(listing: &Listing, way: Way) -> String {
    marked(listing.to_string(), way)
}

fn marked(text: String, way: Way) -> String {
    match way {
        Way::Alone => text,
        Way::InBatches => format!("{text}, twenty a $batch"),
    }
}
