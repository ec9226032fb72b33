//! When users signed in last.
//!
//! A table of its own, because these properties need another permission and make pages small, and because Graph combines
//! them with no filter (docs/graph.md#sign-ins).

use super::columns::{ID_LENGTH, at, id, text, timestamp};
use super::derived::{composite_key, safe_key};
use super::permissions;
use super::users::USUAL_USERS;
use crate::definition::{Collection, ForeignKey, Index, List, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static USER_SIGN_INS: Table = Table {
    name: "UserSignIns",
    remarks: "When each user signed in last",
    scope: Scope::Directory,
    permission: permissions::SIGN_INS,
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
        timestamp(at!(signInActivity / lastNonInteractiveSignInDateTime)).remarks("Last attempt of a program to sign in for the user"),
        text(at!(signInActivity / lastNonInteractiveSignInRequestId), 64).remarks("Id of that attempt"),
        timestamp(at!(signInActivity / lastSignInDateTime)).remarks("Last attempt to sign in, a failed one too; null if there was none since 2020"),
        text(at!(signInActivity / lastSignInRequestId), 64).remarks("Id of that attempt"),
        timestamp(at!(signInActivity / lastSuccessfulSignInDateTime)).remarks("Last time that the user signed in; null if that was before December 2023"),
        text(at!(signInActivity / lastSuccessfulSignInRequestId), 64).remarks("Id of that sign-in"),
        text(at!(userPrincipalName), 320).remarks("Name for signing in"),
    ],
    id_columns: &["id"],
    foreign_keys: &[ForeignKey { column: "id", table: "Users", referenced: "id" }],
    max_page_size: 120,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "sign-ins", pages: "page-sizes", index: None },
};
