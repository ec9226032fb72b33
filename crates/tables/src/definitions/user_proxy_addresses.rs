//! Addresses of users.

use super::derived::{composite_key, safe_key};
use super::element_columns::{ELEMENT_ID_LENGTH, element_id, ordinal, parent, proxy};
use super::permissions;
use crate::ColumnType;
use crate::definition::{
    Collection, Element, ElementList, Elements, ForeignKey, Index, Scope, Table, TableProof,
};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static USER_PROXY_ADDRESSES: Table = Table {
    name: "UserProxyAddresses",
    remarks: "All addresses of users",
    scope: Scope::Directory,
    permission: permissions::ALL_OF_USERS,
    collection: Collection::Elements(Elements {
        parents: "Users",
        lists: &[
            ElementList::only("proxyAddresses"),
        ],
        usual: 3,
    }),
    columns: &[
        composite_key(ELEMENT_ID_LENGTH),
        safe_key(),
        element_id(),
        parent("userId").remarks("User that has the address (Users.id)"),
        ordinal(),
        proxy("prefix", ColumnType::Varchar { length: 64 }, Element::ProxyPrefix).remarks("Kind of address: SMTP for the primary one, smtp for the others, SIP, X500"),
        proxy("address", ColumnType::Varchar { length: 1024 }, Element::ProxyAddress).remarks("Address, without the prefix and its colon"),
        proxy("isPrimary", ColumnType::Bit, Element::ProxyIsPrimary).remarks("Whether it is the primary address for mail"),
    ],
    id_columns: &["id"],
    foreign_keys: &[ForeignKey { column: "userId", table: "Users", referenced: "id" }],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "users", pages: "page-sizes", index: None },
};
