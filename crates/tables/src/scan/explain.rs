//! The requests of a scan, as text.

use super::exec::Shared;
use super::listing::{Listing, in_mailbox, path};
use super::mailboxes::{Mailboxes, mailboxes};
use super::point::{self, Items};
use super::{Scan, count, reader};
use crate::decode::RowContext;
use crate::definition::{Collection, Scope};
use crate::search::MOST_MESSAGES;
use exchange_config::Settings;

/// Stands for the keys that a join will tell.
const KEY: &str = "{each of the join}";

/// What comes beside rows that are not read from the list of all.
const LOOK_UP: &str =
    "and the folders above these rows, where it is not known yet that they are listed";

/// Mailboxes that are shown one by one.
const SHOWN: usize = 3;

/// A line for each kind of request, with `{...}` for ids that only the replies tell.
pub fn requests(shared: &Shared) -> Vec<String> {
    if let Some(counting) = count::listing(shared) {
        return vec![counting.to_string()];
    }
    let settings = shared.source.settings();
    let joined = shared.example(KEY);
    let mut lines = of_scan(&joined.scan, settings);
    if joined.is_batched {
        let last = lines.last_mut();
        last.into_iter()
            .for_each(|line| line.push_str(", twenty a $batch"));
    }
    lines.extend(looks_up(&joined.scan).then(|| LOOK_UP.to_owned()));
    if joined.scan.pushed.searches_mail() {
        lines.push(format!(
            "at most {MOST_MESSAGES} messages come from each search; the statement leaves a warning (01000) \
             when as many do"
        ));
    }
    if let Some(most) = joined.most {
        lines.push(format!("or, when the join has more than {most} keys,"));
        lines.extend(of_scan(&joined.otherwise, settings));
    }
    for column in joined.filtered {
        lines.push(format!(
            "with a $filter for {column} when the join has few keys"
        ));
    }
    for column in joined.compared {
        lines.push(format!(
            "with a $filter for {column} by the value of the subquery"
        ));
    }
    lines
}

/// Whether ids or folders lead to the rows, which may be no rows of the table.
fn looks_up(scan: &Scan) -> bool {
    let pushed = &scan.pushed;
    match scan.table.collection {
        Collection::Messages => pushed.ids.is_some() || pushed.folders.is_some(),
        Collection::MailFolders => pushed.ids.is_some() && point::collection(scan).is_some(),
        Collection::MessageAttachments => pushed.parents.is_some(),
        _ => false,
    }
}

fn of_scan(scan: &Scan, settings: &Settings) -> Vec<String> {
    let owners = match scan.table.scope {
        Scope::Directory => vec![None],
        Scope::Mailbox => match mailboxes(scan, settings) {
            Ok(Mailboxes::Named(names) | Mailboxes::Among(names)) => {
                names.into_iter().map(Some).collect()
            }
            Ok(Mailboxes::All) => vec![Some("{every user with a mailbox}".to_owned())],
            Err(error) => return vec![error.to_string()],
        },
    };
    let hidden = owners.len().saturating_sub(SHOWN);
    let mut lines: Vec<String> = owners
        .iter()
        .take(SHOWN)
        .flat_map(|owner| of_owner(scan, settings, owner.as_deref()))
        .collect();
    if hidden > 0 {
        lines.push(format!("and the same for {hidden} more mailboxes"));
    }
    lines
}

/// Whether all rows come from one collection, so that Graph's order is the order of the whole.
pub fn is_one_collection(scan: &Scan, settings: &Settings) -> bool {
    let pushed = &scan.pushed;
    let one_owner = match scan.table.scope {
        Scope::Directory => true,
        Scope::Mailbox => {
            matches!(
                mailboxes(scan, settings),
                Ok(Mailboxes::Named(names) | Mailboxes::Among(names)) if names.len() == 1
            )
        }
    };
    let one_listing = match scan.table.collection {
        Collection::Messages => pushed
            .folders
            .as_ref()
            .is_none_or(|folders| folders.len() == 1),
        Collection::Users | Collection::Calendars => true,
        Collection::Events => pushed
            .parents
            .as_ref()
            .is_some_and(|parents| parents.len() == 1),
        _ => false,
    };
    one_owner && one_listing && pushed.ids.is_none() && pushed.parts.is_empty()
}

fn of_owner(scan: &Scan, settings: &Settings, owner: Option<&str>) -> Vec<String> {
    let at = |segments: &[&str]| {
        let mut full = owner.map(|owner| in_mailbox(owner, [])).unwrap_or_default();
        full.extend(segments.iter().map(|segment| (*segment).to_owned()));
        full
    };
    let page_size = reader::page_size(scan, settings);
    let listed =
        |path: Vec<String>| Listing::of(scan, path, RowContext::default(), page_size).to_string();
    let selected = |path: Vec<String>| {
        Listing::new(path, RowContext::default())
            .option("$select", scan.select().join(","))
            .to_string()
    };
    if let Some(ids) = &scan.pushed.ids
        && let Some(items) = point::collection(scan)
    {
        let selected = |path: Vec<String>| {
            Listing::new(path, RowContext::default())
                .option("$select", point::select(scan))
                .to_string()
        };
        return direct(ids, items, &at, &selected, scan);
    }
    match scan.table.collection {
        Collection::Users => vec![listed(path(["users"]))],
        Collection::Calendars => vec![listed(at(&["calendars"]))],
        Collection::Messages => match &scan.pushed.folders {
            Some(folders) => {
                let folders = folders.iter();
                folders
                    .map(|folder| listed(at(&["mailFolders", folder, "messages"])))
                    .collect()
            }
            None => vec![listed(at(&["messages"]))],
        },
        Collection::MailFolders => vec![
            format!(
                "{}, hidden folders included",
                selected(at(&["mailFolders"]))
            ),
            format!(
                "{}, twenty folders a $batch",
                selected(at(&["mailFolders", "{each}", "childFolders"]))
            ),
        ],
        Collection::Events => match &scan.pushed.parents {
            Some(calendars) => {
                let calendars = calendars.iter();
                calendars
                    .map(|id| listed(at(&["calendars", id, "events"])))
                    .collect()
            }
            None => vec![
                format!("GET /{}?$select=id", at(&["calendars"]).join("/")),
                listed(at(&["calendars", "{each}", "events"])),
            ],
        },
        Collection::Contacts => match &scan.pushed.folders {
            Some(folders) => {
                let folders = folders.iter();
                folders
                    .map(|id| listed(at(&["contactFolders", id, "contacts"])))
                    .collect()
            }
            None => vec![
                listed(at(&["contacts"])),
                format!(
                    "GET /{}?$select=id, and their childFolders",
                    at(&["contactFolders"]).join("/")
                ),
                listed(at(&["contactFolders", "{each}", "contacts"])),
            ],
        },
        Collection::MessageAttachments => match &scan.pushed.parents {
            Some(messages) => {
                let messages = messages.iter();
                messages
                    .map(|id| selected(at(&["messages", id, "attachments"])))
                    .collect()
            }
            None => vec![
                super::attachments::messages(scan, at(&["messages"])).to_string(),
                format!(
                    "{}, twenty messages a $batch",
                    selected(at(&["messages", "{each}", "attachments"]))
                ),
            ],
        },
    }
}

fn direct(
    ids: &[String],
    items: Items,
    at: &dyn Fn(&[&str]) -> Vec<String>,
    selected: &dyn Fn(Vec<String>) -> String,
    scan: &Scan,
) -> Vec<String> {
    let line = |id: &str| match items {
        Items::At("users") => selected(path(["users", id])),
        Items::At(segment) => selected(at(&[segment, id])),
        Items::InCalendars => selected(at(&["calendars", "{each}", "events", id])),
    };
    let shown = &ids[..ids.len().min(SHOWN)];
    let mut lines: Vec<String> = match items {
        Items::At(segment) => point::names(segment, shown).map(line).collect(),
        Items::InCalendars => shown.iter().map(|id| line(id)).collect(),
    };
    if ids.len() > SHOWN {
        lines.push(format!(
            "and {} more rows of {} by their ids, twenty a $batch",
            ids.len() - SHOWN,
            scan.table.name
        ));
    }
    lines
}
