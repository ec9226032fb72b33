//! The conditions that Graph answers for a column.

/// The `$filter` expressions that Graph accepts for a property. [`Proof::filter`](super::Proof::filter) names the source.
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
    /// The kinds of items to read.
    Kind,
    /// The addresses to ask about, or the properties.
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
