//! Posts in the threads of Microsoft 365 groups.

use super::columns::{
    CHANGE_KEY_LENGTH, ID_LENGTH, at, boolean, enumeration, id, id_reference, long_text,
    recipients, strings, text, timestamp,
};
use super::derived::{composite_key, group_of_thread, safe_key, thread_id};
use super::group_conversations::UNIFIED_GROUPS;
use super::permissions;
use crate::definition::{
    Collection, Context, ForeignKey, Index, Nested, Parents, Scope, Table, TableProof,
};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static GROUP_POSTS: Table = Table {
    name: "GroupPosts",
    remarks: "Posts in the threads of Microsoft 365 groups",
    scope: Scope::Directory,
    permission: permissions::GROUP_MAIL,
    collection: Collection::Nested(Nested {
        parents: &[
            UNIFIED_GROUPS,
            Parents { path: &["threads"], context: Context::ThreadId, page_size: 0, usual: 50, filter: None },
        ],
        rows: &["posts"],
        has_items: false,
        has_select: true,
        usual: 5,
    }),
    columns: &[
        composite_key(ID_LENGTH + 1 + ID_LENGTH + 1 + ID_LENGTH + 1 + CHANGE_KEY_LENGTH).select("changeKey"),
        safe_key(),
        id(),
        group_of_thread(),
        thread_id(),
        strings(at!(categories)).unfilterable("group-conversations").remarks("Names of its categories"),
        text(at!(changeKey), CHANGE_KEY_LENGTH).case_sensitive().unfilterable("group-conversations").remarks("Version of the post; new after every change"),
        timestamp(at!(createdDateTime)).unfilterable("group-conversations").remarks("When it was created"),
        timestamp(at!(lastModifiedDateTime)).unfilterable("group-conversations").remarks("When it was changed last"),
        long_text(at!(body / content)).unfilterable("group-conversations").heavy("post's body").remarks("The body, HTML or text as the setting BodyType has it"),
        enumeration(at!(body / contentType)).unfilterable("group-conversations").heavy("post's body").remarks("How the body is written: text or html"),
        id_reference(at!(conversationId)).unfilterable("group-conversations").remarks("Conversation (GroupConversations.id); Graph may leave it out"),
        id_reference(at!(conversationThreadId)).unfilterable("group-conversations").remarks("Thread as Graph names it in the post, often left out; threadId always has it"),
        text(at!(from / emailAddress / address), 320).unfilterable("group-conversations").remarks("Address of the author"),
        text(at!(from / emailAddress / name), 256).unfilterable("group-conversations").remarks("Name of the author"),
        boolean(at!(hasAttachments)).unfilterable("group-conversations").remarks("Whether it has attachments"),
        recipients(at!(newParticipants)).unfilterable("group-conversations").remarks("People whom it added to the thread"),
        timestamp(at!(receivedDateTime)).unfilterable("group-conversations").remarks("When it arrived"),
        text(at!(sender / emailAddress / address), 320).unfilterable("group-conversations").remarks("Address of the account that sent it"),
        text(at!(sender / emailAddress / name), 256).unfilterable("group-conversations").remarks("Name of the account that sent it"),
    ],
    id_columns: &["groupId", "threadId", "id"],
    foreign_keys: &[ForeignKey { column: "groupId", table: "Groups", referenced: "id" }],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "group-conversations", pages: "page-sizes", index: None },
};
