//! Owners of groups.

use super::group_members::OBJECTS_OF_GROUPS;
use super::permissions;
use crate::definition::{
    Collection, Context, ForeignKey, Index, Nested, Parents, Scope, Table, TableProof,
};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static GROUP_OWNERS: Table = Table {
    name: "GroupOwners",
    remarks: "Owners of groups; Graph has none for lists and for groups of a local directory",
    scope: Scope::Directory,
    permission: permissions::GROUPS,
    collection: Collection::Nested(Nested {
        parents: &[
            Parents { path: &["groups"], context: Context::GroupId, page_size: 999, usual: 200, filter: None },
        ],
        rows: &["owners"],
        has_items: false,
        has_select: false,
        usual: 20,
    }),
    columns: OBJECTS_OF_GROUPS,
    id_columns: &["groupId", "id"],
    foreign_keys: &[ForeignKey { column: "groupId", table: "Groups", referenced: "id" }],
    max_page_size: 999,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "group-members", pages: "page-sizes", index: None },
};
