//! Telephone numbers of contacts.

use super::derived::{composite_key, mailbox, safe_key};
use super::element_columns::{ELEMENT_ID_LENGTH, element_id, kind, ordinal, parent, whole};
use super::permissions;
use crate::definition::{
    Collection, ElementList, Elements, ForeignKey, Index, Scope, Table, TableProof,
};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static CONTACT_PHONES: Table = Table {
    name: "ContactPhones",
    remarks: "Telephone numbers of contacts",
    scope: Scope::Mailbox,
    permission: permissions::CONTACTS,
    collection: Collection::Elements(Elements {
        parents: "Contacts",
        lists: &[
            ElementList::of_kind("business", "businessPhones"),
            ElementList::of_kind("home", "homePhones"),
            ElementList::of_kind("mobile", "mobilePhone"),
        ],
        usual: 2,
    }),
    columns: &[
        mailbox(),
        composite_key(ELEMENT_ID_LENGTH),
        safe_key(),
        element_id(),
        parent("contactId").remarks("Contact that has the number (Contacts.id)"),
        kind().remarks("business, home or mobile"),
        ordinal(),
        whole("number", 256).remarks("Telephone number"),
    ],
    id_columns: &["id"],
    foreign_keys: &[ForeignKey { column: "contactId", table: "Contacts", referenced: "id" }],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "contacts", pages: "page-sizes", index: None },
};
