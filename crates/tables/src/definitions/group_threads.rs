//! Threads of conversations of Microsoft 365 groups.

use super::columns::{ID_LENGTH, at, boolean, id, recipients, strings, text, timestamp};
use super::derived::{composite_key, group_of_conversation, safe_key};
use super::group_conversations::UNIFIED_GROUPS;
use super::permissions;
use crate::definition::{Collection, ForeignKey, Index, Nested, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static GROUP_THREADS: Table = Table {
    name: "GroupThreads",
    remarks: "Threads of the conversations of Microsoft 365 groups",
    scope: Scope::Directory,
    permission: permissions::GROUP_MAIL,
    collection: Collection::Nested(Nested {
        parents: &[UNIFIED_GROUPS],
        rows: &["threads"],
        has_items: false,
        has_select: true,
        usual: 50,
    }),
    columns: &[
        composite_key(ID_LENGTH + 1 + ID_LENGTH).select("id"),
        safe_key(),
        id(),
        group_of_conversation(),
        recipients(at!(ccRecipients)).unfilterable("group-conversations").remarks("Copies"),
        boolean(at!(hasAttachments)).unfilterable("group-conversations").remarks("Whether a post has an attachment"),
        boolean(at!(isLocked)).unfilterable("group-conversations").remarks("Whether nobody can answer"),
        timestamp(at!(lastDeliveredDateTime)).unfilterable("group-conversations").remarks("When the newest post came"),
        text(at!(preview), 255).unfilterable("group-conversations").remarks("The beginning of the newest post, as text"),
        recipients(at!(toRecipients)).unfilterable("group-conversations").remarks("To whom it is addressed"),
        text(at!(topic), 998).unfilterable("group-conversations").remarks("Subject"),
        strings(at!(uniqueSenders)).unfilterable("group-conversations").remarks("Names of those who wrote"),
    ],
    id_columns: &["groupId", "id"],
    foreign_keys: &[ForeignKey { column: "groupId", table: "Groups", referenced: "id" }],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "group-conversations", pages: "page-sizes", index: None },
};
