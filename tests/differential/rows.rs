//! The expected rows of each table, made from the tenant's entities without the driver's code.
//!
//! A column is found by its name: the parts between `_` are the path of a property. The few other
//! columns are computed here a second time, in the simplest way.

use crate::cell::Cell;
use crate::occurrences;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use driver_harness::tenant::{self, text};
use graph_simulator::model::{Entity, Folder, Group, Item, Mailbox, Tenant};
use serde_json::Value;

/// The kind of a column's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Bit,
    Integer,
    Double,
    Timestamp,
    Date,
    Time,
    Binary,
}

/// A column as the driver's catalog has it.
#[derive(Clone, Debug)]
pub struct Column {
    pub name: String,
    pub kind: Kind,
}

#[derive(Clone, Debug)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
}

/// Lists of structures that are shown as JSON.
const JSON: &[&str] = &[
    "internetMessageHeaders",
    "locations",
    "onlineMeeting_phones",
    "assignedLicenses",
    "assignedPlans",
    "identities",
    "addresses",
    "assignedLabels",
    "onPremisesProvisioningErrors",
    "phones",
    "postalAddresses",
    "provisionedPlans",
    "scoredEmailAddresses",
    "servicePlans",
    "serviceProvisioningErrors",
    "verifiedDomains",
    "websites",
];

/// Names that Graph accepts in place of ids, as far as the mailboxes here have them.
const WELL_KNOWN: &[&str] = &["inbox", "drafts", "sentitems", "deleteditems"];

/// An entity with related facts.
pub struct Source<'t> {
    pub entity: &'t Entity,
    pub mailbox: &'t str,
    parent: &'t str,
    /// The parent's own parent.
    grandparent: &'t str,
    /// The type in `@odata.type`, where the entity itself does not have it.
    kind: &'t str,
    folder: Option<(String, usize, Option<&'t str>)>,
    /// The attachments of a message whose MIME content is a column.
    attachments: &'t [Entity],
}

/// The rows of a table, for these mailboxes if it belongs to a mailbox.
pub fn rows(tenant: &Tenant, mailboxes: &[&str], table: &Table) -> Vec<Vec<Cell>> {
    if let "CalendarView" | "EventInstances" = table.name.as_str() {
        let of_mailbox = |name: &&str| in_calendars(tenant, name, table);
        return mailboxes.iter().flat_map(of_mailbox).collect();
    }
    made_of(&sources(tenant, mailboxes, &table.name), table)
}

fn made_of(sources: &[Source], table: &Table) -> Vec<Vec<Cell>> {
    let row = |source| {
        table
            .columns
            .iter()
            .map(|column| cell(source, &table.name, column))
            .collect()
    };
    sources.iter().map(row).collect()
}

/// The rows of a mailbox's calendars in the spans that random statements name.
fn in_calendars(tenant: &Tenant, name: &str, table: &Table) -> Vec<Vec<Cell>> {
    let mailbox = tenant::user(tenant, name).mailbox.as_ref();
    let mailbox = mailbox.expect("a user with a mailbox");
    let items = occurrences::items(mailbox, table.name == "CalendarView");
    made_of(&inside(name, &items), table)
}

/// The entities of a table's rows.
pub fn sources<'t>(tenant: &'t Tenant, mailboxes: &[&'t str], table: &str) -> Vec<Source<'t>> {
    in_directory(tenant, table).unwrap_or_else(|| {
        let in_each = mailboxes
            .iter()
            .flat_map(|name| in_mailbox(tenant, name, table));
        in_each.collect()
    })
}

fn of<'t>(mailbox: &'t str, parent: &'t str, entity: &'t Entity) -> Source<'t> {
    Source {
        entity,
        mailbox,
        parent,
        grandparent: "",
        kind: "",
        folder: None,
        attachments: &[],
    }
}

fn all<'t>(mailbox: &'t str, entities: &'t [Entity]) -> Vec<Source<'t>> {
    entities
        .iter()
        .map(|entity| of(mailbox, "", entity))
        .collect()
}

fn inside<'t>(mailbox: &'t str, items: &'t [Item]) -> Vec<Source<'t>> {
    let items = items.iter();
    items
        .map(|item| of(mailbox, &item.parent_id, &item.entity))
        .collect()
}

fn in_directory<'t>(tenant: &'t Tenant, table: &str) -> Option<Vec<Source<'t>>> {
    let users = || tenant.users.iter().map(|user| &user.entity);
    let groups = || tenant.groups.iter().map(|group| &group.entity);
    Some(match table {
        "UserManagers" | "UserSignIns" => users().map(|user| of("", "", user)).collect(),
        "SubscribedSkus" => all("", &tenant.subscribed_skus),
        "Users" => users().map(|user| of("", "", user)).collect(),
        "Groups" => groups().map(|group| of("", "", group)).collect(),
        "GroupMembers" => among(tenant, |group| &group.members),
        "GroupOwners" => among(tenant, |group| &group.owners),
        "GroupConversations" => inside("", &tenant.group_conversations),
        "GroupThreads" => inside("", &tenant.group_threads),
        "GroupPosts" => {
            let group_of = |thread: &str| {
                let mut threads = tenant.group_threads.iter();
                let thread = threads.find(|known| text(&known.entity, "id") == thread);
                thread.expect("the thread of a post").parent_id.as_str()
            };
            let posts = inside("", &tenant.group_posts).into_iter();
            let with_group = |post: Source<'t>| Source {
                grandparent: group_of(post.parent),
                ..post
            };
            posts.map(with_group).collect()
        }
        "OrgContacts" => all("", &tenant.org_contacts),
        "Rooms" => all("", &tenant.rooms),
        "Workspaces" => all("", &tenant.workspaces),
        "RoomLists" => {
            let lists = tenant.room_lists.iter();
            lists.map(|list| of("", "", &list.entity)).collect()
        }
        "MessageTraces" => all("", &tenant.traces.rows),
        "MailboxUsage" => of_reports(tenant, "getMailboxUsageDetail"),
        "MailboxQuotaStatus" => of_reports(tenant, "getMailboxUsageQuotaStatusMailboxCounts"),
        "EmailActivity" => of_reports(tenant, "getEmailActivityUserDetail"),
        "EmailAppUsage" => of_reports(tenant, "getEmailAppUsageUserDetail"),
        "DeletedUsers" => all("", &tenant.deleted_users),
        "Organization" => vec![of("", "", &tenant.organization)],
        _ => return None,
    })
}

/// The rows of a report for every span of days.
fn of_reports<'t>(tenant: &'t Tenant, function: &str) -> Vec<Source<'t>> {
    let given = tenant.reports.given.iter();
    let given = given.filter(|report| report.function == function);
    let rows = given.flat_map(|report| &report.rows);
    rows.map(|row| of("", "", row)).collect()
}

/// The objects that each group names.
fn among<'t>(tenant: &'t Tenant, ids: fn(&Group) -> &Vec<String>) -> Vec<Source<'t>> {
    let object = |id: &str| -> (&'t str, &'t Entity) {
        let users = tenant.users.iter().map(|user| ("user", &user.entity));
        let groups = tenant.groups.iter().map(|group| ("group", &group.entity));
        let contacts = tenant
            .org_contacts
            .iter()
            .map(|contact| ("orgContact", contact));
        let mut objects = users.chain(groups).chain(contacts);
        let found = objects.find(|(_, object)| text(object, "id") == id);
        found.unwrap_or_else(|| panic!("there is no {id}"))
    };
    let of_group = |group: &'t Group| {
        let objects = ids(group).iter().map(move |id| (group, object(id)));
        objects.collect::<Vec<_>>()
    };
    let objects = tenant.groups.iter().flat_map(of_group);
    let source = |(group, (kind, entity)): (&'t Group, (&'t str, &'t Entity))| Source {
        kind,
        ..of("", text(&group.entity, "id"), entity)
    };
    objects.map(source).collect()
}

/// Rows of tasks, with the tasks' lists.
fn of_tasks<'t>(mailbox: &'t Mailbox, name: &'t str, items: &'t [Item]) -> Vec<Source<'t>> {
    let list_of = |task: &str| {
        let mut tasks = mailbox.todo_tasks.iter();
        let task = tasks.find(|known| text(&known.entity, "id") == task);
        task.expect("the task of an item").parent_id.as_str()
    };
    let source = |source: Source<'t>| Source {
        grandparent: list_of(source.parent),
        ..source
    };
    inside(name, items).into_iter().map(source).collect()
}

fn in_contact_tree<'t>(mailbox: &'t Mailbox, name: &'t str, folder: &'t Entity) -> Source<'t> {
    let mut path = text(folder, "displayName").to_owned();
    let mut depth = 1;
    let mut above = text(folder, "parentFolderId");
    let folders = || mailbox.contact_folders.iter();
    while let Some(parent) = folders().find(|other| text(other, "id") == above) {
        path = format!("{}/{path}", text(parent, "displayName"));
        depth += 1;
        above = text(parent, "parentFolderId");
    }
    Source {
        folder: Some((path, depth, None)),
        ..of(name, "", folder)
    }
}

fn in_api_tree<'t>(mailbox: &'t Mailbox, name: &'t str, folder: &'t Item) -> Source<'t> {
    let mut path = text(&folder.entity, "displayName").to_owned();
    let mut depth = 1;
    let mut above = folder.parent_id.as_str();
    let folders = || mailbox.api_folders.iter();
    while let Some(parent) = folders().find(|other| text(&other.entity, "id") == above) {
        path = format!("{}/{path}", text(&parent.entity, "displayName"));
        depth += 1;
        above = parent.parent_id.as_str();
    }
    Source {
        folder: Some((path, depth, None)),
        ..of(name, "", &folder.entity)
    }
}

fn in_mailbox<'t>(directory: &'t Tenant, name: &'t str, table: &str) -> Vec<Source<'t>> {
    let user = tenant::user(directory, name);
    let mailbox = user.mailbox.as_ref().expect("a user with a mailbox");
    match table {
        "Messages" | "MessageTexts" => tenant::messages(mailbox)
            .map(|item| of(name, "", &item.entity))
            .collect(),
        "MessageMime" => tenant::messages(mailbox)
            .map(|item| Source {
                attachments: &item.attachments,
                ..of(name, "", &item.entity)
            })
            .collect(),
        "MessageAttachments" => attached(name, tenant::messages(mailbox)),
        "EventAttachments" => attached(name, listed_events(mailbox)),
        "MailFolders" => tenant::folders(mailbox)
            .map(|folder| in_tree(mailbox, name, folder))
            .collect(),
        "Calendars" => mailbox
            .calendars
            .iter()
            .map(|calendar| of(name, "", calendar))
            .collect(),
        "Events" => listed_events(mailbox)
            .map(|item| of(name, &item.parent_id, &item.entity))
            .collect(),
        "Contacts" => mailbox
            .contacts
            .iter()
            .map(|item| of(name, "", &item.entity))
            .collect(),
        // Random statements name no properties; tests/extended_properties.rs has these rows.
        "ExtendedProperties" => Vec::new(),
        // Nor do they name addresses; tests/asked.rs has these rows.
        "FreeBusy" | "MailTips" => Vec::new(),
        "CalendarGroups" => {
            let groups = mailbox.calendar_groups.iter();
            groups.map(|group| of(name, "", &group.entity)).collect()
        }
        "MailboxSettings" => {
            let settings = user.entity["mailboxSettings"].as_object();
            vec![of(name, "", settings.expect("settings"))]
        }
        "CalendarPermissions" => inside(name, &mailbox.calendar_permissions),
        "Categories" => all(name, &mailbox.categories),
        "ContactFolders" => {
            let folders = mailbox.contact_folders.iter();
            folders
                .map(|folder| in_contact_tree(mailbox, name, folder))
                .collect()
        }
        "MailboxFolders" => {
            let folders = mailbox.api_folders.iter();
            folders
                .map(|folder| in_api_tree(mailbox, name, folder))
                .collect()
        }
        "MailboxItems" => inside(name, &mailbox.api_items),
        "InferenceOverrides" => all(name, &mailbox.inference_overrides),
        "MessageRules" => all(name, &mailbox.message_rules),
        "People" => all(name, &mailbox.people),
        "TodoLists" => all(name, &mailbox.todo_lists),
        "TodoTasks" => inside(name, &mailbox.todo_tasks),
        "ChecklistItems" => of_tasks(mailbox, name, &mailbox.checklist_items),
        "LinkedResources" => of_tasks(mailbox, name, &mailbox.linked_resources),
        "TaskAttachments" => of_tasks(mailbox, name, &mailbox.task_attachments),
        other => panic!("no rows are known for {other}"),
    }
}

/// Graph lists single events and masters of series.
fn listed_events(mailbox: &Mailbox) -> impl Iterator<Item = &Item> {
    let events = mailbox.events.iter();
    events.filter(|item| item.entity["type"] != "exception")
}

/// The attachments of these items.
fn attached<'t>(name: &'t str, items: impl Iterator<Item = &'t Item>) -> Vec<Source<'t>> {
    let all = items.flat_map(|item| {
        let id = text(&item.entity, "id");
        let attachments = item.attachments.iter();
        attachments.map(move |attachment| of(name, id, attachment))
    });
    all.collect()
}

fn in_tree<'t>(mailbox: &'t Mailbox, name: &'t str, folder: &'t Folder) -> Source<'t> {
    let parent_of = |folder: &Folder| {
        let id = text(&folder.entity, "parentFolderId").to_owned();
        mailbox
            .folders
            .iter()
            .find(|other| text(&other.entity, "id") == id)
    };
    let mut path = text(&folder.entity, "displayName").to_owned();
    let mut depth = 1;
    let mut above = parent_of(folder);
    while let Some(parent) = above {
        path = format!("{}/{path}", text(&parent.entity, "displayName"));
        depth += 1;
        above = parent_of(parent);
    }
    let well_known = folder
        .well_known_name
        .as_deref()
        .filter(|name| WELL_KNOWN.contains(name));
    Source {
        folder: Some((path, depth, well_known)),
        ..of(name, "", &folder.entity)
    }
}

fn cell(source: &Source, table: &str, column: &Column) -> Cell {
    let id = match table {
        "MailboxSettings" => source.mailbox,
        _ => text(source.entity, "id"),
    };
    let some = |text: &str| Cell::Text(text.to_owned());
    match column.name.as_str() {
        "mailbox" => some(source.mailbox),
        "id" => some(id),
        "safeKey" => Cell::Text(safe_key(id)),
        "compositeKey" => Cell::Text(match table {
            "MessageAttachments"
            | "EventAttachments"
            | "CalendarPermissions"
            | "GroupConversations"
            | "GroupMembers"
            | "GroupOwners"
            | "GroupThreads"
            | "TodoTasks" => format!("{}|{id}", source.parent),
            "MessageTraces" => {
                let recipient = text(source.entity, "recipientAddress");
                let escaped = recipient.replace('%', "%25").replace('|', "%7C");
                format!("{escaped}|{id}")
            }
            "ChecklistItems" | "LinkedResources" | "TaskAttachments" => {
                format!("{}|{}|{id}", source.grandparent, source.parent)
            }
            "MailboxItems" => {
                let change_key = text(source.entity, "changeKey");
                format!("{}|{id}|{change_key}", source.parent)
            }
            "GroupPosts" => {
                let change_key = text(source.entity, "changeKey");
                format!("{}|{}|{id}|{change_key}", source.grandparent, source.parent)
            }
            "Messages" | "Events" | "CalendarView" | "EventInstances" | "Contacts"
            | "Calendars" | "CalendarGroups" => {
                format!("{id}|{}", text(source.entity, "changeKey"))
            }
            _ => id.to_owned(),
        }),
        "todoListId" if table != "TodoTasks" => some(source.grandparent),
        "messageId" if table == "MessageTraces" => {
            property(source.entity, "messageId", column.kind)
        }
        "messageId" if matches!(table, "MessageMime" | "MessageTexts") => some(id),
        "groupId" if table == "GroupPosts" => some(source.grandparent),
        "calendarId" | "folderId" | "messageId" | "eventId" | "groupId" | "threadId"
        | "todoListId" | "todoTaskId" => some(source.parent),
        "mime" => Cell::Bytes(graph_simulator::mime(source.entity, source.attachments)),
        "bodyText" => plain(source.entity, "body"),
        "uniqueBodyText" => plain(source.entity, "uniqueBody"),
        "memberType" => some(source.kind),
        "messageType" => {
            let kind = source.entity.get("@odata.type").and_then(Value::as_str);
            let kind = kind.unwrap_or("#microsoft.graph.message");
            some(kind.trim_start_matches("#microsoft.graph."))
        }
        "attachmentType" => {
            some(text(source.entity, "@odata.type").trim_start_matches("#microsoft.graph."))
        }
        "path" | "depth" | "wellKnownName" => {
            let (path, depth, well_known) = source.folder.as_ref().expect("a folder");
            match column.name.as_str() {
                "path" => some(path),
                "depth" => Cell::Integer(*depth as i64),
                _ => well_known.map_or(Cell::Null, some),
            }
        }
        name => property(source.entity, name, column.kind),
    }
}

/// A body as Graph gives it as text.
fn plain(entity: &Entity, name: &str) -> Cell {
    let body = entity.get(name).filter(|body| !body["content"].is_null());
    body.map_or(Cell::Null, |body| {
        Cell::Text(graph_simulator::readable(body))
    })
}

pub fn property(entity: &Entity, name: &str, kind: Kind) -> Cell {
    let mut path = name.split('_');
    let mut value = path
        .next()
        .and_then(|first| entity.get(first))
        .unwrap_or(&Value::Null);
    for segment in path {
        value = value.get(segment).unwrap_or(&Value::Null);
    }
    match (kind, value) {
        (_, Value::Null) => Cell::Null,
        (Kind::Bit, Value::Bool(value)) => Cell::Integer((*value).into()),
        (Kind::Integer, value) => Cell::Integer(value.as_i64().expect("a whole number")),
        (Kind::Double, value) => Cell::Double(value.as_f64().expect("a number")),
        (Kind::Timestamp, Value::String(text)) => Cell::Text(moment(text)),
        (Kind::Date, Value::String(text)) => Cell::Text(text.clone()),
        (Kind::Time, Value::String(text)) => Cell::Text(text[..8].to_owned()),
        (Kind::Binary, Value::String(text)) => Cell::Bytes(STANDARD.decode(text).expect("base64")),
        (Kind::Text, Value::String(text)) => Cell::Text(text.clone()),
        (Kind::Text, value) if JSON.contains(&name) => Cell::Text(value.to_string()),
        (Kind::Text, Value::Array(list)) => Cell::Text(readable(list)),
        (kind, value) => panic!("{name} is {value}, which is no {kind:?}"),
    }
}

/// A moment in a text of fixed width; digits beyond microseconds are cut off.
fn moment(text: &str) -> String {
    let zoned = if text.ends_with('Z') {
        text.to_owned()
    } else {
        format!("{text}Z")
    };
    let moment: DateTime<Utc> = zoned.parse().expect("a moment");
    let micros = moment.timestamp_subsec_nanos() / 1000;
    format!("{}.{micros:06}", moment.format("%Y-%m-%d %H:%M:%S"))
}

/// A list as one text: values separated by `; `, in quotes if they could be misread.
fn readable(list: &[Value]) -> String {
    let values = list.iter().map(|value| match value {
        Value::String(text) => {
            let odd = text.is_empty()
                || text.trim() != text
                || text.contains([';', '<'])
                || ["\"", "[\"", "[{", "[]"]
                    .iter()
                    .any(|start| text.starts_with(start));
            if odd { in_quotes(text) } else { text.clone() }
        }
        person => person_text(person.get("emailAddress").unwrap_or(person)),
    });
    values.collect::<Vec<_>>().join("; ")
}

fn person_text(person: &Value) -> String {
    let part = |name: &str| person.get(name).and_then(Value::as_str).unwrap_or_default();
    let (name, address) = (part("name"), part("address"));
    let has = |text: &str, characters: &str| text.contains(|c| characters.contains(c));
    if address.is_empty() {
        return in_quotes(name);
    }
    let alone = name.is_empty() || name == address;
    if alone && address.trim() == address && !has(address, "\";<>\\") {
        return address.to_owned();
    }
    let address = address.replace('\\', "\\\\").replace('>', "\\>");
    match alone {
        true => format!("<{address}>"),
        false if name.trim() == name && !has(name, "\";<>\\,@:()[]") => {
            format!("{name} <{address}>")
        }
        false => format!("{} <{address}>", in_quotes(name)),
    }
}

fn in_quotes(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The id in 32 characters without case: its bits, five at a time.
pub fn safe_key(id: &str) -> String {
    const DIGITS: &[u8] = b"0123456789abcdefghijklmnopqrtuvx";
    const SYMBOLS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let core = id.trim_end_matches('=');
    let padding = id.len() - core.len();
    let symbols: Option<Vec<usize>> = core.chars().map(|c| SYMBOLS.find(c)).collect();
    let (form, mut bits) = match symbols.filter(|_| padding < 3) {
        Some(symbols) => (
            "abc".as_bytes()[padding],
            symbols
                .iter()
                .map(|symbol| format!("{symbol:06b}"))
                .collect::<String>(),
        ),
        None => (b'u', id.bytes().map(|byte| format!("{byte:08b}")).collect()),
    };
    while !bits.len().is_multiple_of(5) {
        bits.push('0');
    }
    let digits = bits.as_bytes().chunks(5).map(|five| {
        five.iter()
            .fold(0, |number, bit| number * 2 + usize::from(bit - b'0'))
    });
    std::iter::once(form)
        .chain(digits.map(|digit| DIGITS[digit]))
        .map(char::from)
        .collect()
}
