//! Tables of extended properties.

/// The part of a row that a column shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extended {
    /// The kind of the item, its id and that of the property.
    RowId,
    /// The table that has the item.
    Kind,
    ItemId,
    PropertyId,
    Value,
}
