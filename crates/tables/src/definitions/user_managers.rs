//! Managers of users.
//!
//! A table of its own, because Graph does not expand managers beside a search or an advanced filter (docs/graph.md#managers).

use super::columns::{ID_LENGTH, at, id, id_reference, text};
use super::derived::{composite_key, safe_key};
use super::permissions;
use super::users::USUAL_USERS;
use crate::definition::{Collection, ForeignKey, Index, List, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static USER_MANAGERS: Table = Table {
    name: "UserManagers",
    remarks: "The manager of each user; null for users without one",
    scope: Scope::Directory,
    permission: permissions::ALL_OF_USERS,
    collection: Collection::List(List {
        path: &["users"],
        items: None,
        has_count: false,
        usual: USUAL_USERS,
    }),
    columns: &[
        composite_key(ID_LENGTH).select("id"),
        safe_key(),
        id().remarks("User (Users.id)"),
        id_reference(at!(manager / id)).expanded("managers").remarks("Manager (Users.id)"),
        text(at!(manager / displayName), 256).expanded("managers").remarks("Manager's name shown"),
        text(at!(manager / mail), 320).expanded("managers").remarks("Manager's primary SMTP address"),
        text(at!(manager / userPrincipalName), 320).expanded("managers").remarks("Manager's name for signing in"),
        text(at!(userPrincipalName), 320).remarks("Name for signing in"),
    ],
    id_columns: &["id"],
    foreign_keys: &[
        ForeignKey { column: "id", table: "Users", referenced: "id" },
        ForeignKey { column: "manager_id", table: "Users", referenced: "id" },
    ],
    max_page_size: 999,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "managers", pages: "page-sizes", index: None },
};
