//! The table reference in docs/tables.md and docs/tables, written from the definitions.

use super::column_type::type_to_text;
use super::definition::{
    Collection, Column, ColumnSource, DirectoryFilter, Element, Elements, Encoding, Filter,
    ForeignKey, Owners, Permission, Section, Table, TableProof,
};
use super::definitions::TABLES;
use std::fmt::Write;

const WRITTEN: &str = "a String takes every text";

const INTRODUCTION: &str = "\
# Tables

<!-- Written by the test `the_committed_reference_is_current` in crates/tables/src/reference.rs. -->

Columns are named after the properties of Microsoft Graph, the parts of a path joined with `_`. Names
match without case. Times are in UTC, or in the [`TimeZone`](sql.md#local-time) of the connection. Any column may be null unless it is marked *not null*, because
Graph omits unknown properties.

Lengths are those that the driver declares, in characters. Graph states no limits for most texts;
`id` allows more than any id seen, and `subject` the longest line that Internet mail allows.

**Keys.** Ids of Graph distinguish upper and lower case. `compositeKey` joins with `|` the ids of the
parents that are needed to address the row, the row's `id`, and its `changeKey` if it has one; it changes
when the row changes. `safeKey` is the `id` in lower-case letters and digits: it is unique even in
comparisons without case or accents, and it stays the same when the row changes. Its declared 255
characters hold ids of up to 211. Conditions on any of the three read rows directly, without a search.

**Foreign keys** hold the `id` of another row, so that tables can be joined by them. `SQLForeignKeys`
reports them. The row may be missing if the mailbox does not show it.

**Multi-valued properties** read as one text: values separated by `; `, people as `Ann Lee
<ann@example.org>`, in double quotes where a value could be misread. With `Collections=Json` they read as
the JSON that Graph sends. Lists of other structures are JSON in any case. `INCLUDES(categories, 'Travel')` is
true where one of the values is *Travel*, `INCLUDES(toRecipients, 'ann@example.org')` where a person has that
address, in either form. Tables such as MessageRecipients have a row for each value of a list. Graph has no ids for them:
the driver makes theirs of the list, the place there and the id of the row that has the list. They are read with the rows
of that table, so that the driver checks most conditions on their own columns.

**Answered by Graph** lists the conditions that the driver passes to Graph, with a link to the evidence.
*No* links to evidence that Graph refuses or ignores conditions on the column. All other conditions work too: the driver
checks them on the rows that it reads. `CONTAINS` searches Graph's word index; only Graph can do that:
see [search.md](search.md).
";

/// The page about all tables.
pub fn markdown() -> String {
    let mut text = INTRODUCTION.to_owned();
    text.push_str("\n| Table | Rows |\n|---|---|\n");
    for table in TABLES {
        let (name, remarks) = (table.name, table.remarks);
        writeln!(text, "| [{name}](tables/{name}.md) | {remarks} |").expect(WRITTEN);
    }
    text
}

/// The permissions of all tables.
pub fn permissions() -> String {
    let mut text = "| Tables | Permission | Smaller permission |\n|---|---|---|\n".to_owned();
    let mut known: Vec<Permission> = Vec::new();
    for table in TABLES {
        let permission = table.permission;
        if known.contains(&permission) {
            continue;
        }
        known.push(permission);
        let with = TABLES.iter().filter(|other| other.permission == permission);
        let names: Vec<String> = with.map(|table| format!("`{}`", table.name)).collect();
        let Permission { needed, less } = permission;
        writeln!(text, "| {} | {needed} | {less} |", names.join(", ")).expect(WRITTEN);
    }
    text
}

/// The facts about a table, without its columns.
pub fn facts(table: &Table) -> String {
    let lists = match &table.collection {
        Collection::Elements(elements) => Some(lists(elements)),
        _ => None,
    };
    let keys = Some(foreign_keys(table)).filter(|_| !table.foreign_keys.is_empty());
    let facts = [
        notes(table).map(str::to_owned),
        lists,
        keys,
        Some(evidence(table.proof)),
    ];
    facts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// The columns of a table.
pub fn columns(table: &Table) -> String {
    let mut text =
        "| Column | Type | Property | Answered by Graph | Remarks |\n|---|---|---|---|---|\n"
            .to_owned();
    for column in table.columns {
        write_column(&mut text, column);
    }
    text
}

fn foreign_keys(table: &Table) -> String {
    let key = |key: &ForeignKey| {
        let ForeignKey {
            column,
            table,
            referenced,
        } = key;
        format!("`{column}` to `{referenced}` of [{table}]({table}.md)")
    };
    let keys: Vec<_> = table.foreign_keys.iter().map(key).collect();
    format!("Foreign keys: {}.", keys.join(", "))
}

/// The lists whose elements are rows.
fn lists(elements: &Elements) -> String {
    let lists = elements.lists.iter();
    let lists = lists.map(|list| match list.kind {
        "" => format!("`{}`", list.column),
        kind => format!("`{}` (`{kind}`)", list.column),
    });
    let lists: Vec<_> = lists.collect();
    format!(
        "A row for each value of {} in [{parents}]({parents}.md).",
        lists.join(", "),
        parents = elements.parents
    )
}

fn write_column(text: &mut String, column: &Column) {
    let not_null = if column.nullable { "" } else { " *not null*" };
    let property = match column.source {
        ColumnSource::Property { path, .. }
        | ColumnSource::Element(Element::Member(path @ [_, ..])) => {
            format!("`{}`", path.join("/"))
        }
        ColumnSource::Field(header) => format!("`{header}`"),
        _ => String::new(),
    };
    let answered = answered(column);
    writeln!(
        text,
        "| `{}` | {}{not_null} | {property} | {answered} | {} |",
        column.name,
        type_to_text(column.column_type),
        remarks(column)
    )
    .expect(WRITTEN);
}

fn remarks(column: &Column) -> String {
    let form = match column.source {
        ColumnSource::Property {
            encoding: Encoding::Json,
            ..
        } => " (JSON)",
        _ => "",
    };
    format!("{}{form}", column.remarks)
}

/// Links to the facts about the whole table.
fn evidence(proof: TableProof) -> String {
    let index = proof
        .index
        .map(|index| format!(", [index](../graph.md#{index})"));
    format!(
        "Evidence: [rows](../graph.md#{}), [pages](../graph.md#{}){}.",
        proof.rows,
        proof.pages,
        index.unwrap_or_default()
    )
}

/// The conditions that Graph answers, each with a link to its evidence.
fn answered(column: &Column) -> String {
    let link = |text: &str, section: Section| format!("[{text}](../graph.md#{section})");
    let proof = column.proof;
    let filters = match filters(column) {
        filters if filters.is_empty() => "no".to_owned(),
        filters => filters.join(", "),
    };
    let links = [
        proof.filter.map(|section| link(&filters, section)),
        proof.order.map(|section| link("ORDER BY", section)),
        proof.index.map(|section| link("CONTAINS", section)),
    ];
    links.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn filters(column: &Column) -> Vec<&'static str> {
    match column.filter {
        Filter::None => vec![],
        Filter::Text {
            eq,
            prefix,
            contains,
        } => {
            let mut conditions = Vec::new();
            conditions.extend((eq || prefix).then_some("="));
            conditions.extend(prefix.then_some("LIKE 'x%'"));
            conditions.extend(contains.then_some("LIKE '%x%'"));
            conditions
        }
        Filter::Items => vec!["=", "INCLUDES"],
        Filter::DateTimeOffset
        | Filter::QuotedDateTime
        | Filter::ViewStart
        | Filter::ViewEnd
        | Filter::Span => vec!["= < <= > >="],
        Filter::Item
        | Filter::ContactAddress
        | Filter::Boolean
        | Filter::Enumeration(_)
        | Filter::ParentFolder
        | Filter::Id
        | Filter::CompositeKey
        | Filter::SafeKey
        | Filter::Parent
        | Filter::Grandparent
        | Filter::Kind
        | Filter::Asked
        | Filter::ReportPeriod
        | Filter::Single(_)
        | Filter::Mailbox => vec!["="],
        Filter::Directory(operators) => directory(operators, column),
    }
}

/// The directory's order of texts is not that of SQL, so only times use it.
fn directory(operators: DirectoryFilter, column: &Column) -> Vec<&'static str> {
    let ordered = matches!(column.column_type, crate::ColumnType::Timestamp { .. });
    let conditions = [
        (operators.eq.is_there(), "="),
        (operators.ge.is_there() && ordered, "> >="),
        (operators.le.is_there() && ordered, "< <="),
        (operators.starts_with.is_there(), "LIKE 'x%'"),
        (operators.ends_with.is_there(), "LIKE '%x'"),
        (operators.is_null.is_there(), "IS NULL"),
    ];
    conditions
        .into_iter()
        .filter_map(|(supported, name)| supported.then_some(name))
        .collect()
}

/// Notes for users besides the columns.
fn notes(table: &Table) -> Option<&'static str> {
    Some(match table.collection {
        Collection::MailFolders => {
            "The tree is read from the top, level by level. `path` joins the names of the folders with \
             `/`, also where a name has one itself."
        }
        Collection::Messages if table.name == "MessageMime" => {
            "`mime` takes a request for each message, four at once, and is read only if the statement names it. So it is no column \
             of `Messages`, where `SELECT *` would read it. Conditions on `messageId`, `parentFolderId` and `receivedDateTime`, or a \
             join with `Messages`, choose the messages: `JOIN MessageMime x ON x.messageId = m.id`. A message that disappears \
             before it is read has no row."
        }
        Collection::Messages if table.name == "MessageTexts" => {
            "Exchange turns HTML into text on request; `body_content` of `Messages` follows the setting `BodyType`. Each body is \
             read only if the statement names it. Other conditions on messages come with a join: `JOIN MessageTexts t ON \
             t.messageId = m.id`."
        }
        Collection::Messages => {
            "Meeting requests and answers to them are messages too: `messageType` tells them apart. The columns of meetings \
             are read only if the statement names them. They are null for other mail, and in mailboxes that refuse them, \
             which a warning tells. \
             `hasAttachments` is false for a message whose attachments are all inline."
        }
        Collection::Attachments(Owners::Events) => {
            "A condition on `eventId` reads the attachments of that event; without one, every event is asked \
             for its attachments, twenty in a request. A series is one event, its master: attachments of single \
             occurrences are not rows. `contentBytes` is read only if the statement names it. It is null for \
             attached items and for links."
        }
        Collection::Attachments(Owners::Messages) => {
            "A condition on `messageId` reads the attachments of that message; without one, those of \
             every message with attachments are read. `contentBytes` is read only if the statement \
             names it. It is null for attached items and for links."
        }
        Collection::Events => {
            "A series is one row, its master; its occurrences are not rows of this table. `start_dateTime` \
             and `end_dateTime` are in UTC; `originalStartTimeZone` and `originalEndTimeZone` have \
             their original zones."
        }
        Collection::CalendarView => {
            "A statement names a span of time with conditions on `start_dateTime` and `end_dateTime`, because \
             series need not have an end: `WHERE end_dateTime > {ts '2026-03-01 00:00:00'} AND start_dateTime < \
             {ts '2026-04-01 00:00:00'}` has everything that takes place in March. Spans of more than 1,825 days are \
             read in parts. One bound alone means all the time on its side, up to the ends of the years that Graph has, 1 \
             and 9999: complete, but about 1,600 requests for each calendar after today, and rows of series without an \
             end in each of them. A LIMIT without ORDER BY ends that early. A statement without any bound is an error, \
             unless it names rows by their ids. Graph \
             shows neither createdDateTime nor lastModifiedDateTime here. Events of whole days begin at midnight in \
             UTC, on the day that people see: `AT TIME ZONE` is meant for the others (`isAllDay`)."
        }
        Collection::EventInstances => {
            "A statement names a span of time as for `CalendarView`, and perhaps series in `seriesMasterId`; without these, every \
             series of every calendar is asked, twenty in a request. One bound alone asks each series for hundreds of spans. `CalendarView` reads the same occurrences, with single events \
             and the calendar of each, with fewer requests where there are many series. Graph filters nothing but the span here."
        }
        Collection::MailboxFolders => {
            "These are folders of Microsoft's import and export API, which has every kind of folder and only the global cloud. The \
             tree is read from the top, level by level, ten folders in a page. Nothing tells whether their ids are those of \
             `MailFolders`."
        }
        Collection::MailboxItems => {
            "These are items of Microsoft's import and export API: every kind of item, with its size, and nothing of its content. \
             Every folder is read, ten items in a page, unless a condition or a join names folders in `folderId`. Graph has them \
             in the global cloud only. Nothing tells whether their ids are those of `Messages`."
        }
        Collection::Contacts => "Graph never lists distribution lists.",
        Collection::ContactFolders => {
            "The tree is read from the top, level by level. Graph does not list the default folder, in which \
             contacts are without any other."
        }
        Collection::Single(_) => {
            "Every mailbox has one row. `WHERE mailbox IN (SELECT userPrincipalName FROM Users)` tells people's \
             mailboxes from shared ones and rooms by `userPurpose`, with one request for each; \
             `OnMailboxError=Skip` leaves out users without a mailbox."
        }
        Collection::Asked(_) => match table.name {
            "FreeBusy" => {
                "A statement names addresses in `scheduleId`, and a span of time with conditions on `start_dateTime` and \
                 `end_dateTime`; without them it is an error. Addresses may come from a join: `JOIN Rooms r ON r.emailAddress = \
                 f.scheduleId`. Twenty addresses and 62 days are one request; an address with more than \
                 1,000 entries is asked for shorter spans, down to an hour. `OnMailboxError=Skip` leaves out addresses of which \
                 Graph tells nothing, with a warning for each."
            }
            _ => {
                "A statement names addresses in `emailAddress_address`; without them it is an error. Twenty are one request, and \
                 only the tips of the selected columns are asked for."
            }
        },
        Collection::ExtendedProperties => {
            "A statement names properties in `propertyId`; without them it is an error. The ids have Graph's forms: \
             `String 0x001A` (a number of MAPI), `Integer {GUID} Id 0x8012`, `String {GUID} Name X`. `Integer 0x0E08` is the \
             size of a message, `String 0x001A` the class of an item, `String 0x3613` that of a folder. An item that lacks a property \
             has no row. `itemKind` chooses the collections to read, and `itemId` reads items by their ids: `JOIN Messages m \
             ON m.id = p.itemId`. Properties with `Array` need `itemId`, because Graph is only known to show them for single \
             items. Contacts, calendars and mail need the permissions of their own. The key `ExtendedProperties` of a \
             connection ([connecting](../connecting.md#all-keys)) makes columns of Messages, Events and Contacts from \
             properties of one value."
        }
        Collection::Traces(_) => {
            "Exchange keeps traces for 90 days, and the table has all of them up to the last minute: ten requests at \
             least, unless conditions on `receivedDateTime` name a shorter time. Graph allows 100 requests in five \
             minutes to a tenant. The rows of the last hours still change. A message has a row for each recipient, and all of \
             them have the same `id`."
        }
        Collection::Report(_) => {
            "Graph makes a report for each of four spans of days, and all four are rows here, so that a statement \
             usually names one: `WHERE reportPeriod = 30`. A report is one to two days old; `reportRefreshDate` has \
             the day. Unless an administrator shows them, names of users are concealed, and the statement leaves a \
             warning."
        }
        Collection::List(_) | Collection::Nested(_) | Collection::Elements(_) => match table.name {
            "Users" => {
                "Graph returns some properties for one user at a time only, so the table does not have \
                 them: aboutMe, birthday, hireDate, interests, mailboxSettings, mySite, pastProjects, \
                 preferredName, responsibilities, schools and skills."
            }
            "Groups" => {
                "Graph returns some properties for one group at a time only, so the table does not have \
                 them: allowExternalSenders, autoSubscribeNewMembers, hideFromAddressLists, \
                 hideFromOutlookClients, isArchived, isSubscribedByMail and unseenCount. Exchange's dynamic \
                 distribution lists are not groups of the directory."
            }
            "GroupMembers" => {
                "The members of every group are read, twenty groups in a request, unless a condition names \
                 groups in `groupId`. Columns that an object of its kind has not are null; all of them are \
                 null where the application may not read objects of the kind."
            }
            "GroupConversations" | "GroupThreads" => {
                "Only Microsoft 365 groups have them. Those of every such group are read, twenty groups in a request, \
                 unless a condition names groups in `groupId`. Graph filters nothing here."
            }
            "GroupPosts" => {
                "The threads of every Microsoft 365 group are listed and their posts read, twenty threads in a request, \
                 unless conditions name groups in `groupId` or threads in `threadId`. Graph filters nothing here, and does \
                 not give the posts of groups of Viva Engage (Yammer)."
            }
            "TaskAttachments" => {
                "Graph gives the bytes of a file for one attachment at a time only, so the table does not \
                 have them."
            }
            "MessageHeaders" => {
                "Graph returns headers only for messages that came from the Internet. Without a condition on \
                 `messageId`, those of all messages are read."
            }
            "ContactPhones" => "`mobilePhone` has one number at most.",
            "People" => "Graph chooses the people, and changes its choice on its own.",
            _ => return None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// With `WRITE_DOCS=1` it writes the page instead.
    #[test]
    fn the_committed_reference_is_current() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/tables.md");
        if std::env::var_os("WRITE_DOCS").is_some() {
            std::fs::write(&path, markdown()).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap();
        assert!(
            committed == markdown(),
            "run this test with WRITE_DOCS=1 and commit docs/tables.md"
        );
    }

    #[test]
    fn foreign_keys_are_told() {
        let facts = facts(&crate::definitions::MESSAGES);
        let key = "Foreign keys: `parentFolderId` to `id` of [MailFolders](MailFolders.md).";
        assert!(facts.contains(key), "{facts}");
    }

    #[test]
    fn every_column_is_a_row_of_five_cells() {
        for table in TABLES {
            let text = columns(table);
            let rows: Vec<_> = text
                .lines()
                .filter(|line| line.starts_with("| `"))
                .collect();
            assert_eq!(rows.len(), table.columns.len(), "{}", table.name);
            let has_cells = |row: &&str| row.matches(" | ").count() == 4;
            assert!(rows.iter().all(has_cells), "{}", table.name);
        }
    }
}
