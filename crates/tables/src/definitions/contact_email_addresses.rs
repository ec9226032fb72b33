//! E-mail addresses of contacts.

use super::columns::at;
use super::derived::{composite_key, mailbox, safe_key};
use super::element_columns::{ELEMENT_ID_LENGTH, element_id, element_text, ordinal, parent};
use super::permissions;
use crate::definition::{
    Collection, ElementList, Elements, ForeignKey, Index, Scope, Table, TableProof,
};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static CONTACT_EMAIL_ADDRESSES: Table = Table {
    name: "ContactEmailAddresses",
    remarks: "E-mail addresses of contacts",
    scope: Scope::Mailbox,
    permission: permissions::CONTACTS,
    collection: Collection::Elements(Elements {
        parents: "Contacts",
        lists: &[
            ElementList::only("emailAddresses"),
        ],
        usual: 1,
    }),
    columns: &[
        mailbox(),
        composite_key(ELEMENT_ID_LENGTH),
        safe_key(),
        element_id(),
        parent("contactId").remarks("Contact that has the address (Contacts.id)"),
        ordinal(),
        element_text(at!(name), 256).remarks("Name with the address"),
        element_text(at!(address), 320).item("contacts-filter").remarks("Address"),
    ],
    id_columns: &["id"],
    foreign_keys: &[ForeignKey { column: "contactId", table: "Contacts", referenced: "id" }],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "contacts", pages: "page-sizes", index: None },
};
