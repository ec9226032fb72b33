//! Random statements that both engines understand.
//!
//! The same seed gives the same statement, whatever was generated before. Constants are mostly taken
//! from the data, so that conditions are met by some rows and not by others.

mod expressions;
mod joins;
mod literals;
mod predicates;
mod shapes;

use crate::cell::Cell;
use crate::rows::{Kind, Table};
use crate::sql::Sql;
use fastrand::Rng;

/// A statement and how its rows are to be compared.
pub struct Statement {
    pub sql: Sql,
    pub comparison: Comparison,
}

/// The right results.
pub enum Comparison {
    /// These rows in this order.
    Ordered,
    /// These rows in any order.
    Bag,
    /// At most this many of these rows: LIMIT without an order.
    Some { skipped: usize, limit: usize },
}

/// A table and the values that its columns have.
pub struct Vocabulary {
    pub table: Table,
    /// For each column, its distinct non-null values.
    pub values: Vec<Vec<Cell>>,
}

impl Vocabulary {
    pub fn new(table: &Table, rows: &[Vec<Cell>]) -> Self {
        let values = (0..table.columns.len()).map(|column| {
            let mut seen = std::collections::HashSet::new();
            let values = rows.iter().map(|row| &row[column]);
            values
                .filter(|cell| **cell != Cell::Null && seen.insert(cell.canonical()))
                .cloned()
                .collect()
        });
        Self {
            values: values.collect(),
            table: table.clone(),
        }
    }
}

/// The statement for this seed.
pub fn statement(tables: &[Vocabulary], every_mailbox: bool, seed: u64) -> Statement {
    let mut generator = Generator {
        random: Rng::with_seed(seed),
        tables,
        parameters: true,
        subqueries: true,
        every_mailbox,
    };
    generator.statement()
}

struct Generator<'a> {
    random: Rng,
    tables: &'a [Vocabulary],
    /// Whether constants may be written as `?`.
    parameters: bool,
    /// Whether conditions may read other tables.
    subqueries: bool,
    /// Whether the reference has every mailbox of the tenant.
    every_mailbox: bool,
}

/// A table in a FROM clause.
#[derive(Clone, Copy)]
struct Place<'a> {
    vocabulary: &'a Vocabulary,
    /// Empty if columns are used without the table's name.
    alias: &'static str,
}

/// A column in a FROM clause.
#[derive(Clone, Copy)]
struct ColumnAt<'a> {
    place: Place<'a>,
    index: usize,
}

impl<'a> ColumnAt<'a> {
    fn kind(&self) -> Kind {
        self.place.vocabulary.table.columns[self.index].kind
    }

    fn name(&self) -> &'a str {
        &self.place.vocabulary.table.columns[self.index].name
    }

    fn values(&self) -> &'a [Cell] {
        &self.place.vocabulary.values[self.index]
    }
}

impl<'a> Generator<'a> {
    /// One chance in `of`.
    fn one_in(&mut self, of: usize) -> bool {
        self.random.usize(..of) == 0
    }

    fn pick<'t, T>(&mut self, list: &'t [T]) -> &'t T {
        &list[self.random.usize(..list.len())]
    }

    fn table(&mut self, name: &str) -> &'a Vocabulary {
        let found = self
            .tables
            .iter()
            .find(|vocabulary| vocabulary.table.name == name);
        found.unwrap_or_else(|| panic!("the driver has no table {name}"))
    }

    /// A table; large ones more often.
    fn any_table(&mut self) -> &'a Vocabulary {
        const NAMES: &[&str] = &[
            "Messages",
            "Messages",
            "Messages",
            "Messages",
            "MailFolders",
            "Users",
            "Users",
            "Contacts",
            "Contacts",
            "Events",
            "Events",
            "CalendarView",
            "CalendarView",
            "EventInstances",
            "Calendars",
            "MessageAttachments",
            "EventAttachments",
            "CalendarGroups",
            "CalendarPermissions",
            "Categories",
            "ChecklistItems",
            "ContactFolders",
            "DeletedUsers",
            "EmailActivity",
            "EmailAppUsage",
            "MailboxQuotaStatus",
            "MailboxUsage",
            "MailboxUsage",
            "GroupConversations",
            "GroupMembers",
            "GroupOwners",
            "GroupPosts",
            "GroupThreads",
            "Groups",
            "InferenceOverrides",
            "LinkedResources",
            "MailboxFolders",
            "MailboxItems",
            "MailboxItems",
            "MailboxSettings",
            "MessageMime",
            "MessageRules",
            "MessageTexts",
            "MessageTraces",
            "MessageTraces",
            "OrgContacts",
            "Organization",
            "People",
            "RoomLists",
            "Rooms",
            "SubscribedSkus",
            "TaskAttachments",
            "TodoLists",
            "TodoTasks",
            "Workspaces",
            "ContactEmailAddresses",
            "ContactPhones",
            "EventAttendees",
            "EventCategories",
            "EventLocations",
            "MessageCategories",
            "MessageHeaders",
            "MessageRecipients",
            "MessageRecipients",
            "UserLicenses",
            "UserManagers",
            "UserProxyAddresses",
            "UserSignIns",
        ];
        let name = self.pick(NAMES);
        self.table(name)
    }

    /// A column of one of these kinds, if there is one.
    fn column(&mut self, places: &[Place<'a>], kinds: &[Kind]) -> Option<ColumnAt<'a>> {
        let place = *self.pick(places);
        let columns = &place.vocabulary.table.columns;
        let fitting: Vec<usize> = (0..columns.len())
            .filter(|index| kinds.contains(&columns[*index].kind))
            .collect();
        if fitting.is_empty() {
            return None;
        }
        // Columns that are always null say little.
        let lively: Vec<usize> = fitting
            .iter()
            .copied()
            .filter(|index| place.vocabulary.values[*index].len() > 1)
            .collect();
        let index = match lively.is_empty() || self.one_in(10) {
            true => *self.pick(&fitting),
            false => *self.pick(&lively),
        };
        Some(ColumnAt { place, index })
    }

    /// The column of this name in a table of the FROM clause.
    fn named(&self, place: Place<'a>, name: &str) -> ColumnAt<'a> {
        let columns = &place.vocabulary.table.columns;
        let index = columns.iter().position(|column| column.name == name);
        ColumnAt {
            place,
            index: index.unwrap_or_else(|| panic!("no column {name}")),
        }
    }

    /// The column as SQL, in one of the spellings of its name.
    fn spelled(&mut self, column: ColumnAt<'a>) -> Sql {
        let name = column.name();
        let driver = match self.random.usize(..12) {
            0 => name.to_uppercase(),
            1 => name.to_lowercase(),
            2 => format!("\"{name}\""),
            3 => format!("[{name}]"),
            4 => format!("`{name}`"),
            _ => name.to_owned(),
        };
        match column.place.alias {
            "" => Sql::new(driver, format!("\"{name}\"")),
            alias => Sql::new(format!("{alias}.{driver}"), format!("{alias}.\"{name}\"")),
        }
    }
}
