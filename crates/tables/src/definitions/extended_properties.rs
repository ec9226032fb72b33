//! Extended properties of items, of which Graph reads those that a statement names.

use super::columns::{
    ID_LENGTH, at, boolean, id, id_reference, json, text, timestamp, zoned_timestamp,
};
use super::derived::{composite_key, derived, folder_path, mailbox, safe_key};
use super::{CALENDARS, CONTACT_FOLDERS, CONTACTS, EVENTS, MAIL_FOLDERS, MESSAGES, permissions};
use crate::ColumnType;
use crate::definition::{
    Collection, Column, ColumnSource, Extended, Filter, Index, Scope, Table, TableProof,
};

/// The longest kind is `ContactFolders`.
const KIND_LENGTH: u32 = 16;
/// A type, a GUID and a name.
const PROPERTY_LENGTH: u32 = 512;
const ROW_ID_LENGTH: u32 = KIND_LENGTH + 1 + ID_LENGTH + 1 + PROPERTY_LENGTH;

const fn part(name: &'static str, length: u32, part: Extended) -> Column {
    derived(
        name,
        ColumnType::Varchar { length },
        ColumnSource::Extended(part),
    )
    .required()
}

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static EXTENDED_PROPERTIES: Table = Table {
    name: "ExtendedProperties",
    remarks: "Properties of MAPI and of other programs, by their ids: sizes, classes, own data",
    scope: Scope::Mailbox,
    permission: permissions::ALL_ITEMS,
    collection: Collection::ExtendedProperties,
    columns: &[
        mailbox(),
        composite_key(ROW_ID_LENGTH),
        LONG_SAFE_KEY,
        part("id", ROW_ID_LENGTH, Extended::RowId).case_sensitive().filter(Filter::Id, "direct-reads").remarks("Id that the driver makes of itemKind, itemId and propertyId, with / between them"),
        part("itemKind", KIND_LENGTH, Extended::Kind).filter(Filter::Kind, "extended-properties").remarks("Table that has the item: Calendars, ContactFolders, Contacts, Events, MailFolders or Messages"),
        part("itemId", ID_LENGTH, Extended::ItemId).case_sensitive().filter(Filter::Parent, "direct-reads").remarks("Item that has the property, its id in that table"),
        part("propertyId", PROPERTY_LENGTH, Extended::PropertyId).case_sensitive().filter(Filter::Asked, "extended-properties").remarks("Property, as the statement writes its id"),
        derived("value", ColumnType::LongVarchar, ColumnSource::Extended(Extended::Value)).unfilterable("extended-properties").remarks("Value as text; of a property with Array a JSON list"),
    ],
    id_columns: &["id"],
    foreign_keys: &[],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "extended-properties", pages: "page-sizes", index: None },
};

/// A property's id is not made of the characters of ids, so that each of its bytes takes more than one.
const LONG_SAFE_KEY: Column = {
    let mut column = safe_key();
    column.column_type = ColumnType::Varchar {
        length: 1 + (ROW_ID_LENGTH * 8).div_ceil(5),
    };
    column
};

/// Columns of items besides their ids: the properties that Graph shows with them.
const SINGLE: Column = json(at!(singleValueExtendedProperties)).expanded("extended-properties");
const LISTS: Column = json(at!(multiValueExtendedProperties)).expanded("extended-properties");

/// The items as they are read for their properties, with the columns that reading them needs. A kind has the name of its table.
pub static ITEMS_WITH_PROPERTIES: &[&Table] = &[
    &CALENDARS_WITH,
    &CONTACT_FOLDERS_WITH,
    &CONTACTS_WITH,
    &EVENTS_WITH,
    &MAIL_FOLDERS_WITH,
    &MESSAGES_WITH,
];

/// The same items as in another table.
macro_rules! items {
    ($name:ident, $of:ident, $($column:expr),*) => {
        static $name: Table = Table {
            name: $of.name,
            remarks: $of.remarks,
            scope: $of.scope,
            permission: $of.permission,
            collection: $of.collection,
            columns: &[mailbox(), id(), SINGLE, LISTS, $($column),*],
            id_columns: &["id"],
            foreign_keys: &[],
            max_page_size: $of.max_page_size,
            index: Index::None,
            windows: $of.windows,
            proof: $of.proof,
        };
    };
}

items!(CALENDARS_WITH, CALENDARS,);
items!(CONTACT_FOLDERS_WITH, CONTACT_FOLDERS, folder_path());
items!(CONTACTS_WITH, CONTACTS,);
items!(
    EVENTS_WITH,
    EVENTS,
    text(at!(type), 64),
    zoned_timestamp(at!(start / dateTime))
        .filterable("events-filter")
        .sortable("events-order")
);
items!(
    MAIL_FOLDERS_WITH,
    MAIL_FOLDERS,
    folder_path(),
    id_reference(at!(parentFolderId)),
    boolean(at!(isHidden))
);
items!(
    MESSAGES_WITH,
    MESSAGES,
    id_reference(at!(parentFolderId)),
    timestamp(at!(receivedDateTime))
        .filterable("messages-filter")
        .sortable("messages-order")
);
