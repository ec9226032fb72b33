//! The parts of a table's definition.
//!
//! Definitions are data. The catalog functions, `$select`, the JSON decoder, push-down and the
//! table reference in docs/ all read them, so each fact about a property of Graph is in one place.

mod asked;
mod collection;
mod elements;
mod extended;
mod filter;
mod report;

use crate::ColumnType;
pub use asked::{Asked, Question};
pub use collection::{Collection, Context, List, Nested, Owners, Parents};
pub use elements::{Element, ElementList, Elements};
use exchange_config::PropertyColumn;
pub use extended::Extended;
pub use filter::{DirectoryFilter, Filter, Support};
pub use report::{REPORT_PERIODS, Report};

/// A table over one Graph collection.
#[derive(Clone, Copy, Debug)]
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

/// A column of a table.
#[derive(Clone, Copy, Debug)]
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
    /// The row's own id, where a column says whose id it is.
    OwnId,
    /// The message as Internet mail has it, which takes a request for each row.
    Mime,
    /// The `@odata.type` of the row, without `#microsoft.graph.`; this type where Graph leaves it out.
    ODataType(Option<&'static str>),
    /// An element of a list.
    Element(Element),
    /// A part of the row of an extended property.
    Extended(Extended),
    /// The value of an extended property, which the connection names.
    PropertyValue(&'static PropertyColumn),
}

/// The JSON form of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// A JSON string, number or boolean, depending on the column's type; dates and times in ISO
    /// 8601.
    Scalar,
    /// The content of a body, which Graph is asked to give as plain text.
    PlainText,
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

    /// The column whose values take a request for each row.
    pub fn value_of_each(&self) -> Option<usize> {
        let mut columns = self.columns.iter();
        columns.position(|column| column.source == ColumnSource::Mime)
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
