//! Licences of users.

use super::columns::at;
use super::derived::{composite_key, safe_key};
use super::element_columns::{ELEMENT_ID_LENGTH, element_id, element_text, ordinal, parent};
use super::permissions;
use crate::definition::{
    Collection, ElementList, Elements, ForeignKey, Index, Scope, Table, TableProof,
};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static USER_LICENSES: Table = Table {
    name: "UserLicenses",
    remarks: "Licences of users; SubscribedSkus has their names",
    scope: Scope::Directory,
    permission: permissions::ALL_OF_USERS,
    collection: Collection::Elements(Elements {
        parents: "Users",
        lists: &[
            ElementList::only("assignedLicenses"),
        ],
        usual: 2,
    }),
    columns: &[
        composite_key(ELEMENT_ID_LENGTH),
        safe_key(),
        element_id(),
        parent("userId").remarks("User that has the licence (Users.id)"),
        ordinal(),
        element_text(at!(skuId), 64).case_sensitive().remarks("Id of the product (SubscribedSkus.skuId)"),
    ],
    id_columns: &["id"],
    foreign_keys: &[ForeignKey { column: "userId", table: "Users", referenced: "id" }],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "licences", pages: "page-sizes", index: None },
};
