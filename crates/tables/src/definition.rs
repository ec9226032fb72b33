//! The parts of a table's definition.
//!
//! Definitions are data. The catalog functions, `$select`, the JSON decoder, push-down and the
//! table reference in docs/ all read them, so each fact about a property of Graph is in one place.

mod asked;
mod elements;
mod report;

use crate::ColumnType;
pub use asked::{Asked, Question};
pub use elements::{Element, ElementList, Elements};
pub use report::{REPORT_PERIODS, Report};

/// A table over one Graph collection.
#[derive(Debug)]
pub struct Table {
    /// Plural, PascalCase: `Messages`.
    pub name: &'static str,
    pub remarks: &'static str,
    pub scope: Scope,
    pub permission: Permission,
    pub collection: Collection,
    pub columns: &'static [Column],
    /// Columns that identify a row, independent of the setting `KeyColumn`.
    pub id_columns: &'static [&'static str],
    pub foreign_keys: &'static [ForeignKey],
    /// The largest `$top` that Graph accepts here; 0 if `$top` is not supported.
    pub max_page_size: u32,
    pub index: Index,
    /// The column by whose time a long collection is read in windows: every row has it, and Graph filters and sorts by it.
    pub windows: Option<&'static str>,
    pub proof: TableProof,
}

/// A section of docs/graph.md: its heading as an anchor, such as `messages-filter`.
pub type Section = &'static str;

/// The sections of docs/graph.md that prove the facts about a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableProof {
    /// The requests that list the rows.
    pub rows: Section,
    /// The largest page.
    pub pages: Section,
    /// The index, if there is one.
    pub index: Option<Section>,
}

/// The sections of docs/graph.md that prove the facts about a column. `None` means no claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Graph accepts the filter. For a column without a filter, the section proves that Graph
    /// refuses or ignores one. Without a section nothing is proven either way, and nothing is sent.
    pub filter: Option<Section>,
    /// Graph sorts by the property.
    pub order: Option<Section>,
    /// The index has the property's words.
    pub index: Option<Section>,
    /// Graph selects the property of a derived type, or expands the property.
    pub select: Option<Section>,
}

impl Proof {
    pub const NONE: Self = Self {
        filter: None,
        order: None,
        index: None,
        select: None,
    };

    /// All sections.
    pub fn sections(self) -> impl Iterator<Item = Section> {
        [self.filter, self.order, self.index, self.select]
            .into_iter()
            .flatten()
    }
}

/// The application permission for reading the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permission {
    pub needed: &'static str,
    /// A smaller one, and what it leaves out; empty if all of them are needed.
    pub less: &'static str,
}

/// How Graph searches a collection for words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Index {
    #[default]
    None,
    /// The Keyword Query Language, with no filter and no order beside it.
    Mail,
    /// Clauses, combined with any other option.
    Directory,
}

/// A column that holds the id of a row of another table, or of the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForeignKey {
    pub column: &'static str,
    pub table: &'static str,
    pub referenced: &'static str,
}

/// The place of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// In a mailbox: every path starts with `/users/{mailbox}`, and the first column is `mailbox`.
    Mailbox,
    /// In the tenant's directory.
    Directory,
}

/// The requests that list the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collection {
    /// `mailFolders`, then `childFolders` of each folder that has any
    MailFolders,
    /// `messages`, or `mailFolders/{id}/messages`
    Messages,
    /// `messages/{messageId}/attachments` of each message, or the same of each event
    Attachments(Owners),
    /// `calendars/{id}/events` of every calendar
    Events,
    /// `calendars/{id}/calendarView` of every calendar, in a span of time
    CalendarView,
    /// `events/{seriesMasterId}/instances` of every series, in a span of time
    EventInstances,
    /// `contacts` and `contactFolders/{id}/contacts` of every folder
    Contacts,
    /// `contactFolders`, then `childFolders` of each folder
    ContactFolders,
    /// One object at this path of each mailbox, without an id of its own
    Single(&'static [&'static str]),
    List(List),
    Nested(Nested),
    /// Answers about addresses that the statement names
    Asked(Asked),
    /// The list at this path, in spans of time; Graph has the last three months of it
    Traces(&'static [&'static str]),
    /// A report of usage, for each span of days a file
    Report(Report),
    /// No requests of its own: lists in the rows of another table.
    Elements(Elements),
}

/// The objects that have attachments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owners {
    Messages,
    Events,
}

/// One list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List {
    /// Its path below the mailbox, or below `/v1.0`.
    pub path: &'static [&'static str],
    /// Where single rows are, followed by their ids; `None` if they have no paths of their own.
    pub items: Option<&'static [&'static str]>,
    /// Whether Graph counts the rows, at the path with `$count`.
    pub has_count: bool,
    /// The usual number of rows.
    pub usual: usize,
}

/// A list in each row of other lists, which are listed before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nested {
    /// The other lists, the topmost first.
    pub parents: &'static [Parents],
    /// The rows' path below their parent.
    pub rows: &'static [&'static str],
    /// Whether a row has a path in its parent.
    pub has_items: bool,
    /// Whether Graph takes `$select`.
    pub has_select: bool,
    /// The usual number of rows in a parent.
    pub usual: usize,
}

/// A list whose rows have lists of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parents {
    /// Its path below the mailbox, below `/v1.0`, or below its own parent.
    pub path: &'static [&'static str],
    /// The ids of its rows, as the rows of the table show them.
    pub context: Context,
    /// 0 where Graph is not proven to take `$top`.
    pub page_size: u32,
    /// The usual number of rows.
    pub usual: usize,
    /// `$filter` for those that have lists of their own; Graph filters them by `id` as well.
    pub filter: Option<&'static str>,
}

/// A column of a table.
#[derive(Debug)]
pub struct Column {
    pub name: &'static str,
    pub column_type: ColumnType,
    pub nullable: bool,
    /// Ids and keys: values that differ only in case are different values.
    pub case_sensitive: bool,
    pub source: ColumnSource,
    /// The property that `$select` must name for this column; `None` if no property is needed.
    pub select: Option<&'static str>,
    /// Whether the property is another object, which `$expand` names in place of `$select`.
    pub is_expanded: bool,
    pub filter: Filter,
    /// Whether Graph sorts the collection by this property.
    pub sortable: bool,
    /// Whether a time stands for a day: it is the same in every zone.
    pub is_day: bool,
    /// Whether some mailboxes refuse to select the property. The column is null there.
    pub may_be_refused: bool,
    /// The name of the column's large values, which take long to read for a whole mailbox:
    /// `message's body` (docs/graph.md#large-pages).
    pub heavy: Option<&'static str>,
    /// The property's name in the collection's index, if the index has its words.
    pub indexed: Option<&'static str>,
    pub proof: Proof,
    pub remarks: &'static str,
}

/// The source of a column's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnSource {
    /// The JSON value at this path of the row's object. The column's name is the path joined with
    /// `_`; OData's name for the property is the path joined with `/`.
    Property {
        path: &'static [&'static str],
        encoding: Encoding,
    },
    /// The field of a file under this header.
    Field(&'static str),
    /// A name for the row of a report, made from its days and its own name.
    RowOfReport,
    /// The mailbox that the row was read from.
    Mailbox,
    /// Parent ids, id and change key joined with `|`.
    CompositeKey,
    /// The id in an alphabet without case.
    SafeKey,
    /// A fact that the scan knows for all rows of a reply, for example the parent's id.
    Context(Context),
    /// Names of the folder's ancestors and its own, joined with `/`.
    FolderPath,
    /// Graph's own name for the folder, if it has one.
    WellKnownName,
    /// The `@odata.type` of the row, without `#microsoft.graph.`; this type where Graph leaves it out.
    ODataType(Option<&'static str>),
    /// An element of a list.
    Element(Element),
}

/// Facts that hold for all rows of one reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    MessageId,
    EventId,
    CalendarId,
    GroupId,
    TodoListId,
    TodoTaskId,
    ThreadId,
    FolderDepth,
    ReportPeriod,
}

/// The JSON form of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// A JSON string, number or boolean, depending on the column's type; dates and times in ISO
    /// 8601.
    Scalar,
    /// The `dateTime` of a `dateTimeTimeZone`, read together with the `timeZone` beside it; the value
    /// is in UTC.
    DateTimeTimeZone,
    /// Base64 text.
    Base64,
    /// An array of strings, shown as `a; b`.
    Strings,
    /// An array of `recipient`, shown as `"Lee; Ann" <ann@x.org>; bob@x.org`.
    Recipients,
    /// An array of `emailAddress`, shown in the same way.
    EmailAddresses,
    /// An array of attendees, shown in the same way.
    Attendees,
    /// Any other structure, shown as compact JSON.
    Json,
}

/// The `$filter` expressions that Graph accepts for a property. [`Proof::filter`] names the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Never pushed down.
    None,
    /// Outlook text, compared without case (docs/graph.md#text-comparison): `eq`, `startswith` and
    /// `contains`, if true.
    ///
    /// `eq` is false if it is known to miss rows (the subject of messages) or if nothing proves
    /// that Graph accepts it (the name of contacts). Then `startswith` is used instead, which finds
    /// all equal texts.
    Text {
        eq: bool,
        prefix: bool,
        contains: bool,
    },
    /// A list: `any` of its texts or addresses `eq` a text.
    ///
    /// Combined with another `any` of the same list by `and`, Graph finds nothing at all; `or`
    /// works (docs/graph.md#lists-in-filters).
    Items,
    /// The text of an element of a list: the filter of that list.
    Item,
    /// One of a contact's addresses: `any` of them `eq` a text.
    ContactAddress,
    /// `eq true`, `eq false`
    Boolean,
    /// `eq 'member'`: an enumeration, compared only with its members
    Enumeration(&'static [&'static str]),
    /// `eq ge gt le lt` with an unquoted DateTimeOffset
    DateTimeOffset,
    /// `eq ge gt le lt` with a quoted local date-time: start and end of events (docs/graph.md#filter-syntax)
    QuotedDateTime,
    /// The span of a calendar view instead of a filter: the start of its events.
    ViewStart,
    /// The same: the end of its events.
    ViewEnd,
    /// The folder's own path instead of a filter.
    ParentFolder,
    /// Direct reads instead of a filter: the id of the row. A table with a column of
    /// [`Filter::Parent`] whose rows have no path of their own (attachments) needs both.
    Id,
    /// Direct reads instead of a filter: the key that holds the id of the row.
    CompositeKey,
    /// Direct reads instead of a filter: the re-encoded id of the row.
    SafeKey,
    /// The parent's path instead of a filter: the message of an attachment, the calendar of an event.
    Parent,
    /// The path of the parent's own parent: the list that has the task of an item.
    Grandparent,
    /// The addresses to ask about.
    Asked,
    /// One value for each request: `eq` with one of these members, or with any text without members.
    Single(&'static [&'static str]),
    /// The bounds of each request.
    Span,
    /// The reports to read instead of a filter: the days that they cover.
    ReportPeriod,
    /// The mailboxes to read.
    Mailbox,
    /// Text, truth value or time of a directory object.
    Directory(DirectoryFilter),
}

/// Operators that a directory property supports.
///
/// Graph compares texts without case, so `ne` and `not` would leave out too many rows. `ge` and
/// `le` order text by the directory's rules, not by those of SQL, so they are used for times only
/// (docs/graph.md#directory-filter).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DirectoryFilter {
    pub eq: Support,
    pub ge: Support,
    pub le: Support,
    pub starts_with: Support,
    pub ends_with: Support,
    /// `eq null`
    pub is_null: Support,
}

/// The queries that support an operator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Support {
    #[default]
    Never,
    Plain,
    /// With `ConsistencyLevel: eventual` and `$count=true` (docs/graph.md#advanced-queries).
    Advanced,
}

impl DirectoryFilter {
    /// Reads a row of Microsoft's table of the filters of users (docs/graph.md#directory-filter):
    /// for each of `eq ne not ge le in startsWith` and `eq null` a letter, `D` for every query, `A`
    /// for advanced ones, `-` for none.
    pub const fn of(row: &str) -> Self {
        let row = row.as_bytes();
        assert!(row.len() == 8, "eight operators");
        Self {
            eq: Support::of(row[0]),
            ge: Support::of(row[3]),
            le: Support::of(row[4]),
            starts_with: Support::of(row[6]),
            ends_with: Support::Never,
            is_null: Support::of(row[7]),
        }
    }
}

impl Support {
    const fn of(letter: u8) -> Self {
        match letter {
            b'D' => Self::Plain,
            b'A' => Self::Advanced,
            b'-' => Self::Never,
            _ => panic!("neither D nor A nor -"),
        }
    }

    pub fn is_there(self) -> bool {
        self != Self::Never
    }
}

impl Table {
    /// The column of this name, matched without case.
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns
            .iter()
            .find(|column| column.name.eq_ignore_ascii_case(name))
    }

    /// Index of the column of this name, matched without case.
    pub fn column_index(&self, name: &str) -> Option<usize> {
        self.columns
            .iter()
            .position(|column| column.name.eq_ignore_ascii_case(name))
    }

    /// The properties in `$select` for these columns: each once, in the order of the columns, and
    /// always the id, which identifies duplicate rows.
    pub fn select(&self, columns: &[usize]) -> Vec<&'static str> {
        let mut names = vec!["id"];
        for name in columns
            .iter()
            .filter(|&&index| !self.columns[index].is_expanded)
            .filter_map(|&index| self.columns[index].select)
        {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// The parents whose ids precede the row's own in its `compositeKey`, each with its column.
    pub fn parents_in_key(&self) -> impl Iterator<Item = (Context, &'static str)> {
        let parents = self.parents_of_id().iter();
        parents.filter_map(|name| match self.column(name)?.source {
            ColumnSource::Context(context) => Some((context, *name)),
            _ => None,
        })
    }

    /// The property that precedes the row's own id in its `compositeKey`, if there is one.
    pub fn property_in_key(&self) -> Option<&'static str> {
        let mut columns = self.parents_of_id().iter();
        columns.find_map(|name| self.column(name)?.path()?.first().copied())
    }

    /// The columns with these ids.
    pub fn parents_of_id(&self) -> &'static [&'static str] {
        let columns = self.id_columns.split_last();
        columns.map_or(&[], |(_, parents)| parents)
    }

    pub fn has_parents_in_key(&self) -> bool {
        !self.parents_of_id().is_empty()
    }

    /// Whether the rows have a `changeKey`, the last part of the `compositeKey`.
    pub fn has_change_key(&self) -> bool {
        self.column("changeKey").is_some()
    }
}

impl Column {
    /// The names that lead to the property; `None` for derived columns.
    pub fn path(&self) -> Option<&'static [&'static str]> {
        match self.source {
            ColumnSource::Property { path, .. } => Some(path),
            _ => None,
        }
    }

    /// OData's name for the property: the path joined with `/`. `None` for derived columns.
    pub fn odata_path(&self) -> Option<String> {
        self.path().map(|path| path.join("/"))
    }
}
