//! Tables whose rows are the elements of lists.

/// The elements of lists that the rows of another table have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elements {
    /// The name of that table.
    pub parents: &'static str,
    /// The lists, in the order of their rows.
    pub lists: &'static [ElementList],
    /// The usual number of elements in all lists of a parent.
    pub usual: usize,
}

/// A list of the parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ElementList {
    /// The parent's column. One with a single text counts as a list of it.
    pub column: &'static str,
    /// The column `kind` of its elements; empty in a table without that column.
    pub kind: &'static str,
}

impl ElementList {
    /// The only list of a table.
    pub const fn only(column: &'static str) -> Self {
        Self { column, kind: "" }
    }

    pub const fn of_kind(kind: &'static str, column: &'static str) -> Self {
        Self { column, kind }
    }
}

/// The source of a column's value in an element, or in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// The kind of the list, the place in it and the parent's id.
    Id,
    /// The id of the row that has the list.
    ParentId,
    /// The kind of the list.
    Kind,
    /// The place in the list; the first element has 1.
    Ordinal,
    /// The JSON value at this path; the element itself without a path.
    Member(&'static [&'static str]),
    /// The part of a proxy address before its colon.
    ProxyPrefix,
    /// The part of a proxy address behind its colon.
    ProxyAddress,
    /// Whether a proxy address is the primary one: only its prefix is in capitals.
    ProxyIsPrimary,
}

impl Element {
    /// Whether the element itself has the value, and not its place.
    pub fn is_inside(self) -> bool {
        !matches!(self, Self::Id | Self::ParentId | Self::Kind | Self::Ordinal)
    }
}
