//! The steps of a scan in one mailbox, or in the directory.

use super::listing::{EACH, Each, Listing};
use super::look_ups::{self, ids};
use super::page_size::page_size;
use super::resource_root::ResourceRoot;
use super::scan::Scan;
use super::step::Step;
use super::{attachments, count, extended, inquiry, items, mailbox_api, nested, reports, traces};
use crate::definition::{Collection, Context, List, Nested};
use crate::definitions::CALENDARS;
use chrono::Utc;
use exchange_config::{Cloud, Settings};

/// Events that have occurrences.
const MASTERS: &str = "type eq 'seriesMaster'";

/// The steps, in the order in which they are done; none where no row can meet the conditions.
pub fn of(scan: &Scan, settings: &Settings, mailbox: Option<&str>) -> Vec<Step> {
    let pushed = &scan.pushed;
    let named = [
        &pushed.ids,
        &pushed.folders,
        &pushed.parents,
        &pushed.grandparents,
    ]
    .map(|ids| match has_paths(scan) {
        true => possible(ids),
        false => ids.clone(),
    });
    let mailboxes = [&pushed.mailboxes, &pushed.among_mailboxes];
    let all = named.iter().chain(mailboxes);
    if all.flatten().any(Vec::is_empty) {
        return Vec::new();
    }
    let [ids, folders, parents, grandparents] = named;
    let root = ResourceRoot::new(mailbox);
    if let Collection::Traces(path) = scan.table.collection {
        return traces::steps(scan, settings, path, (ids, parents), Utc::now());
    }
    if scan.table.collection == Collection::ExtendedProperties {
        return match extended::scans(scan) {
            Ok(scans) => {
                let steps = scans.iter().map(|scan| of(scan, settings, mailbox));
                steps.flatten().collect()
            }
            Err(mistake) => vec![Step::Endless(mistake)],
        };
    }
    let items = ids.and_then(|ids| items::step(scan, root, &ids, parents.as_deref()));
    if let Some(items) = items {
        return vec![items];
    }
    let table = Table {
        scan,
        settings,
        root,
    };
    match (&scan.table.collection, folders, parents) {
        (Collection::Single(path), ..) => vec![Step::Single(table.root.at(path))],
        (Collection::List(list), ..) => vec![table.list(list)],
        (Collection::Nested(nested), _, parents) => {
            vec![table.nested(nested, parents, grandparents)]
        }
        (Collection::Messages, Some(folders), _) => vec![table.messages_of(folders)],
        (Collection::Messages, None, _) => vec![Step::All(table.rows(&["messages"]))],
        (Collection::MailFolders, ..) => vec![table.mail_folders()],
        (Collection::ContactFolders, ..) => vec![table.tree("contactFolders", |folders| folders)],
        (Collection::MailboxFolders | Collection::MailboxItems, ..)
            if settings.cloud != Cloud::Global =>
        {
            vec![Step::NotInCloud]
        }
        (Collection::MailboxFolders, ..) => {
            let mut select = scan.select();
            // The path consists of names.
            if !select.contains(&"displayName") {
                select.push("displayName");
            }
            vec![Step::MailboxApi {
                settings: mailbox_api::settings(root),
                part: Box::new(mailbox_api::folders(root, &select.join(","))),
            }]
        }
        (Collection::MailboxItems, _, folders) => vec![Step::MailboxApi {
            settings: mailbox_api::settings(root),
            part: Box::new(mailbox_api::items(root, folders)),
        }],
        (Collection::Events, _, Some(calendars)) => {
            vec![named_collections(&table.events(), &calendars)]
        }
        (Collection::Events, _, None) => vec![Step::OfEach {
            parents: look_ups::ids(root.at(&["calendars"]), CALENDARS.max_page_size),
            rows: vec![table.events()],
        }],
        (Collection::CalendarView, _, calendars) => vec![table.calendar_view(calendars)],
        (Collection::Asked(asked), ..) => {
            vec![match inquiry::inquiries(scan, root, asked) {
                Ok(inquiries) => Step::Ask(inquiries),
                Err(missing) => Step::Endless(missing.to_owned()),
            }]
        }
        (Collection::EventInstances, _, masters) => vec![table.instances(masters)],
        (Collection::Contacts, Some(folders), _) => {
            vec![named_collections(&table.contacts_of_folder(), &folders)]
        }
        (Collection::Contacts, None, _) => table.contacts(),
        (Collection::Attachments(owners), _, named) => {
            vec![attachments::step(scan, root, *owners, named)]
        }
        (Collection::Report(report), ..) => vec![Step::Reports(reports::files(scan, report))],
        // Their steps depend on the clock.
        (Collection::Traces(_), ..) => Vec::new(),
        // Their parents, or the items that have them, are read.
        (Collection::Elements(_) | Collection::ExtendedProperties, ..) => Vec::new(),
    }
}

/// A scan below its root.
struct Table<'s> {
    scan: &'s Scan,
    settings: &'s Settings,
    root: ResourceRoot<'s>,
}

impl Table<'_> {
    /// A collection of rows.
    fn rows(&self, path: &[&str]) -> Listing {
        self.with_options(self.root.at(path))
    }

    fn rows_of_each(&self, parents: &str, rows: &str) -> Each {
        let each = self.root.each(&[parents], EACH, &[rows]);
        each.map(|rows| self.with_options(rows))
    }

    fn with_options(&self, rows: Listing) -> Listing {
        rows.of(self.scan, page_size(self.scan, self.settings))
    }

    fn nested(
        &self,
        nested: &'static Nested,
        parents: Option<Vec<String>>,
        grandparents: Option<Vec<String>>,
    ) -> Step {
        let rows = self.root.at(&[]);
        let rows = match nested.has_select {
            true => self.with_options(rows),
            false => rows.top(page_size(self.scan, self.settings)),
        };
        let mut named = [parents, grandparents];
        let named = &mut named[..nested.parents.len()];
        named.reverse();
        Step::Nested(nested::lists(nested, self.root, rows, named))
    }

    fn list(&self, list: &List) -> Step {
        let rows = self.rows(list.path);
        match count::listing(self.scan, self.settings) {
            Some(number) => Step::Count { number, rows },
            None => Step::All(rows),
        }
    }

    fn messages_of(&self, folders: Vec<String>) -> Step {
        let of_folder = self.rows_of_each("mailFolders", "messages");
        let with_listing = |folder: String| {
            let listing = of_folder.with(&folder);
            (folder, listing)
        };
        Step::Folders {
            folders: folders.into_iter().map(with_listing).collect(),
            look_up: look_ups::of_folders(self.root),
            all: self.rows(&["messages"]),
        }
    }

    fn mail_folders(&self) -> Step {
        let names = self
            .root
            .each(&["mailFolders"], "{each well-known name}", &[])
            .map(|folder| folder.option("$select", "id"));
        let names = self.scan.uses(&["wellKnownName"]).then_some(names);
        let hidden = |folders: Listing| folders.option("includeHiddenFolders", "true");
        match self.tree("mailFolders", hidden) {
            Step::Tree { top, children, .. } => Step::Tree {
                names,
                top,
                children,
            },
            step => step,
        }
    }

    /// The folders in this collection, and those in each folder.
    fn tree(&self, collection: &str, options: impl Fn(Listing) -> Listing) -> Step {
        let mut select = self.scan.select();
        // The path consists of names.
        if !select.contains(&"displayName") {
            select.push("displayName");
        }
        // The tree needs every folder, so conditions are checked on the rows only.
        let expanded = self.scan.expanded_properties();
        let folders = |folders: Listing| {
            let folders = options(folders).option("$select", select.join(","));
            let folders = match &expanded {
                Some(properties) => folders.option("$expand", properties.as_str()),
                None => folders,
            };
            folders.top(self.scan.table.max_page_size)
        };
        let children = self.root.each(&[collection], EACH, &["childFolders"]);
        Step::Tree {
            names: None,
            top: folders(self.root.at(&[collection])),
            children: children.map(folders),
        }
    }

    fn events(&self) -> Each {
        self.rows_of_each("calendars", "events")
            .parent(Context::CalendarId)
    }

    /// A list for each span that one request can have.
    fn calendar_view(&self, calendars: Option<Vec<String>>) -> Step {
        let view = self.root.each(&["calendars"], EACH, &["calendarView"]);
        let Some(rows) = self.of_spans(view.parent(Context::CalendarId)) else {
            return Step::Endless(no_span(self.scan.table.name));
        };
        match calendars {
            Some(calendars) => {
                let lists = rows
                    .iter()
                    .flat_map(|rows| calendars.iter().map(|id| rows.with(id)));
                Step::Named(lists.collect())
            }
            None => Step::OfEach {
                parents: look_ups::ids(self.root.at(&["calendars"]), CALENDARS.max_page_size),
                rows,
            },
        }
    }

    /// The same for the occurrences of each series.
    fn instances(&self, masters: Option<Vec<String>>) -> Step {
        let instances = self.root.each(&["events"], EACH, &["instances"]);
        match (self.of_spans(instances), masters) {
            (None, _) => Step::Endless(no_span(self.scan.table.name)),
            (Some(rows), Some(owners)) => Step::OfOwners {
                owners,
                rows,
                look_up: None,
            },
            (Some(rows), None) => Step::OfEachOwner {
                owners: attachments::events(self.scan, self.root, Some(MASTERS)),
                rows,
            },
        }
    }

    /// The lists of all spans; `None` without a span.
    fn of_spans(&self, lists: Each) -> Option<Vec<Each>> {
        let spans = self.scan.pushed.view.spans()?.into_iter();
        let rows = spans.map(|(from, to)| {
            lists.clone().map(|rows| {
                let rows = rows.option("startDateTime", from);
                self.with_options(rows.option("endDateTime", to))
            })
        });
        Some(rows.collect())
    }

    fn contacts(&self) -> Vec<Step> {
        let page_size = self.scan.table.max_page_size;
        let children = self.root.each(&["contactFolders"], EACH, &["childFolders"]);
        // Graph does not list the default folder among the folders (docs/graph.md#contacts).
        let default = Step::All(self.rows(&["contacts"]));
        let others = Step::Branches {
            top: ids(self.root.at(&["contactFolders"]), page_size),
            children: children.map(|folders| ids(folders, page_size)),
            rows: self.contacts_of_folder(),
        };
        vec![default, others]
    }

    fn contacts_of_folder(&self) -> Each {
        self.rows_of_each("contactFolders", "contacts")
    }
}

/// The text about a missing span.
fn no_span(table: &str) -> String {
    format!(
        "{table} needs a span of time, because series may have no end: give a lower bound, an upper one or both, for example \
         WHERE end_dateTime > {{ts '2026-03-01 00:00:00'}} AND start_dateTime < {{ts '2026-04-01 00:00:00'}}"
    )
}

fn named_collections(each: &Each, ids: &[String]) -> Step {
    Step::Named(ids.iter().map(|id| each.with(id)).collect())
}

/// Whether ids are parts of paths.
fn has_paths(scan: &Scan) -> bool {
    !matches!(
        scan.table.collection,
        Collection::Report(_) | Collection::Traces(_)
    )
}

/// Those of the ids that a row can have.
fn possible(ids: &Option<Vec<String>>) -> Option<Vec<String>> {
    let ids = ids.as_ref()?.iter();
    Some(ids.filter(|id| can_be_id(id)).cloned().collect())
}

/// Whether a row can have this id: it is not the name of something else that Graph has in the same
/// place (docs/graph.md#direct-reads).
fn can_be_id(id: &str) -> bool {
    let lower = id.to_ascii_lowercase();
    let is_name = (lower.starts_with('$') && !lower.contains('@'))
        || lower.starts_with("microsoft.graph.")
        || lower == "delta"
        || lower.contains(['(', ')']);
    !is_name
}
