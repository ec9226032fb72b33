//! Columns of tables whose rows are elements of lists.

use super::columns::{ID_LENGTH, Path};
use super::derived::derived;
use crate::ColumnType;
use crate::definition::{Column, ColumnSource, Element, Filter, Section};

/// The id of an element has the kind of its list and its place before the parent's id.
pub(super) const ELEMENT_ID_LENGTH: u32 = ID_LENGTH + 32;
/// The longest kind is `replyTo`.
const KIND_LENGTH: u32 = 16;

const fn element(name: &'static str, column_type: ColumnType, element: Element) -> Column {
    derived(name, column_type, ColumnSource::Element(element))
}

/// The element's own id.
pub(super) const fn element_id() -> Column {
    let column_type = ColumnType::Varchar {
        length: ELEMENT_ID_LENGTH,
    };
    element("id", column_type, Element::Id)
        .required()
        .case_sensitive()
        .filter(Filter::Id, "direct-reads")
        .remarks("Id that the driver makes of the other keys, such as to-1-AAMk; another place in the list is another id")
}

/// The id of the row that has the list.
pub(super) const fn parent(name: &'static str) -> Column {
    let column_type = ColumnType::Varchar { length: ID_LENGTH };
    element(name, column_type, Element::ParentId)
        .required()
        .case_sensitive()
        .filter(Filter::Parent, "direct-reads")
}

pub(super) const fn kind() -> Column {
    let column_type = ColumnType::Varchar {
        length: KIND_LENGTH,
    };
    element("kind", column_type, Element::Kind).required()
}

pub(super) const fn ordinal() -> Column {
    element("ordinal", ColumnType::Integer, Element::Ordinal)
        .required()
        .remarks("Place in the list, from 1")
}

/// The value at this path of the element, which has no name of its own where the element is the value.
const fn member(path: Path, column_type: ColumnType) -> Column {
    element(path.name, column_type, Element::Member(path.segments))
}

pub(super) const fn element_text(path: Path, length: u32) -> Column {
    member(path, ColumnType::Varchar { length })
}

pub(super) const fn element_long_text(path: Path) -> Column {
    member(path, ColumnType::LongVarchar)
}

pub(super) const fn element_double(path: Path) -> Column {
    member(path, ColumnType::Double)
}

pub(super) const fn element_timestamp(path: Path) -> Column {
    member(path, ColumnType::Timestamp { fraction_digits: 6 })
}

/// The element itself, which is a text.
pub(super) const fn whole(name: &'static str, length: u32) -> Column {
    element(name, ColumnType::Varchar { length }, Element::Member(&[]))
}

/// A part of a proxy address.
pub(super) const fn proxy(name: &'static str, column_type: ColumnType, part: Element) -> Column {
    element(name, column_type, part)
}

impl Column {
    /// Graph finds the lists with an element that has this text.
    pub(super) const fn item(self, proof: Section) -> Self {
        self.filter(Filter::Item, proof)
    }

    /// Another name than that of its path.
    pub(super) const fn named(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }
}
