//! Conversations of Microsoft 365 groups.

use super::columns::{ID_LENGTH, at, boolean, id, strings, text, timestamp};
use super::derived::{composite_key, group_of_conversation, safe_key};
use super::permissions;
use crate::definition::{
    Collection, Context, ForeignKey, Index, Nested, Parents, Scope, Table, TableProof,
};

/// Only groups of this kind have conversations (docs/graph.md#group-conversations).
pub(super) const UNIFIED_GROUPS: Parents = Parents {
    path: &["groups"],
    context: Context::GroupId,
    page_size: 999,
    usual: 100,
    filter: Some("groupTypes/any(c:c eq 'Unified')"),
};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static GROUP_CONVERSATIONS: Table = Table {
    name: "GroupConversations",
    remarks: "Conversations of Microsoft 365 groups",
    scope: Scope::Directory,
    permission: permissions::GROUP_MAIL,
    collection: Collection::Nested(Nested {
        parents: &[UNIFIED_GROUPS],
        rows: &["conversations"],
        has_items: false,
        has_select: true,
        usual: 50,
    }),
    columns: &[
        composite_key(ID_LENGTH + 1 + ID_LENGTH).select("id"),
        safe_key(),
        id(),
        group_of_conversation(),
        boolean(at!(hasAttachments)).unfilterable("group-conversations").remarks("Whether a post has an attachment"),
        timestamp(at!(lastDeliveredDateTime)).unfilterable("group-conversations").remarks("When the newest post came"),
        text(at!(preview), 255).unfilterable("group-conversations").remarks("The beginning of the newest post, as text"),
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
