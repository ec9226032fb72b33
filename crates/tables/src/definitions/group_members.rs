//! Members of groups.

use super::columns::{ID_LENGTH, at, id, strings, text};
use super::derived::{composite_key, group_id, odata_type, safe_key};
use super::permissions;
use crate::definition::{
    Collection, Column, Context, ForeignKey, Index, Nested, Parents, Scope, Table, TableProof,
};

/// The columns of objects that groups name: members and owners.
#[rustfmt::skip] // one line for each column reads like the table that it defines
pub(super) const OBJECTS_OF_GROUPS: &[Column] = &[
    composite_key(ID_LENGTH + 1 + ID_LENGTH).select("id"),
    safe_key(),
    id(),
    group_id(),
    odata_type("memberType").remarks("Kind of object: user, group, orgContact, device, servicePrincipal"),
    strings(at!(businessPhones)).remarks("Telephone numbers at work, at most one"),
    text(at!(displayName), 256).remarks("Name shown; null where a permission is missing"),
    text(at!(givenName), 256).remarks("Given name"),
    text(at!(jobTitle), 256).remarks("Job title"),
    text(at!(mail), 320).remarks("Primary SMTP address"),
    text(at!(mobilePhone), 256).remarks("Mobile telephone number"),
    text(at!(officeLocation), 256).remarks("Office"),
    text(at!(preferredLanguage), 64).remarks("Language tag"),
    text(at!(surname), 256).remarks("Surname"),
    text(at!(userPrincipalName), 320).remarks("Name for signing in; null for everything but users"),
];

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static GROUP_MEMBERS: Table = Table {
    name: "GroupMembers",
    remarks: "Direct members of groups: users, other groups, contacts, devices",
    scope: Scope::Directory,
    permission: permissions::GROUPS,
    collection: Collection::Nested(Nested {
        parents: &[
            Parents { path: &["groups"], context: Context::GroupId, page_size: 999, usual: 200, filter: None },
        ],
        rows: &["members"],
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
