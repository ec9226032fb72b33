//! Users that were deleted and can still be restored.

use super::columns::{ID_LENGTH, at, boolean, id, strings, text, timestamp};
use super::derived::{composite_key, safe_key};
use super::permissions;
use crate::definition::{Collection, Index, List, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static DELETED_USERS: Table = Table {
    name: "DeletedUsers",
    remarks: "Users that were deleted in the last 30 days and can still be restored",
    scope: Scope::Directory,
    permission: permissions::USERS,
    collection: Collection::List(List {
        path: &["directory", "deletedItems", "microsoft.graph.user"],
        items: None,
        has_count: false,
        usual: 10,
    }),
    columns: &[
        composite_key(ID_LENGTH).select("id"),
        safe_key(),
        id(),
        boolean(at!(accountEnabled)).remarks("Whether the user could sign in"),
        strings(at!(businessPhones)).remarks("Telephone numbers at work, at most one"),
        text(at!(companyName), 256).remarks("Company"),
        timestamp(at!(createdDateTime)).remarks("When the account was created"),
        timestamp(at!(deletedDateTime)).remarks("When it was deleted"),
        text(at!(department), 256).remarks("Department"),
        text(at!(displayName), 256).remarks("Name shown in the address book"),
        text(at!(givenName), 256).remarks("Given name"),
        text(at!(jobTitle), 256).remarks("Job title"),
        text(at!(mail), 320).remarks("Primary SMTP address"),
        text(at!(mailNickname), 256).remarks("Alias"),
        text(at!(mobilePhone), 256).remarks("Mobile telephone number"),
        text(at!(officeLocation), 256).remarks("Office"),
        text(at!(preferredLanguage), 64).remarks("Language tag"),
        strings(at!(proxyAddresses)).remarks("All addresses; SMTP: in capitals marks the primary one"),
        text(at!(surname), 256).remarks("Surname"),
        text(at!(userPrincipalName), 320).remarks("Name for signing in, after the id of the account"),
        text(at!(userType), 64).remarks("Member or Guest"),
    ],
    id_columns: &["id"],
    foreign_keys: &[],
    max_page_size: 999,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "deleted-users", pages: "page-sizes", index: None },
};
