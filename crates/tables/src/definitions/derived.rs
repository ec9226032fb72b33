//! Columns that are not properties of the row: the mailbox, keys, parents, places in a tree.

use super::columns::ID_LENGTH;
use crate::ColumnType;
use crate::definition::{Column, ColumnSource, Context, Filter, Proof, Section};

/// SMTP: 64 characters before the `@`, 255 after it.
pub(super) const ADDRESS_LENGTH: u32 = 320;
/// Access can only use texts of up to 255 characters as a key. That is enough for ids of up to 211
/// characters.
const SAFE_KEY_LENGTH: u32 = 255;

const TYPE_LENGTH: u32 = 64;

pub const fn derived(name: &'static str, column_type: ColumnType, source: ColumnSource) -> Column {
    Column {
        name,
        column_type,
        nullable: true,
        case_sensitive: false,
        source,
        select: None,
        is_expanded: false,
        filter: Filter::None,
        sortable: false,
        is_day: false,
        may_be_refused: false,
        heavy: None,
        indexed: None,
        proof: Proof::NONE,
        remarks: "",
    }
}

pub(super) const fn mailbox() -> Column {
    derived(
        "mailbox",
        ColumnType::Varchar {
            length: ADDRESS_LENGTH,
        },
        ColumnSource::Mailbox,
    )
    .required()
    .filter(Filter::Mailbox, "mailboxes")
    .remarks("Mailbox that holds the row: the name that the statement or the connection uses, in lower case; compared without case")
}

/// The id of what every mailbox has one of.
pub(super) const fn mailbox_as_id() -> Column {
    derived(
        "id",
        ColumnType::Varchar {
            length: ADDRESS_LENGTH,
        },
        ColumnSource::Mailbox,
    )
    .required()
    .case_sensitive()
    .filter(Filter::Id, "mailbox-settings")
    .remarks("The mailbox")
}

pub(super) const fn composite_key(length: u32) -> Column {
    derived(
        "compositeKey",
        ColumnType::Varchar { length },
        ColumnSource::CompositeKey,
    )
    .required()
    .case_sensitive()
    .filter(Filter::CompositeKey, "direct-reads")
    .remarks("Key of the row, new after every change where rows have a changeKey; case matters")
}

pub(super) const fn safe_key() -> Column {
    derived(
        "safeKey",
        ColumnType::Varchar {
            length: SAFE_KEY_LENGTH,
        },
        ColumnSource::SafeKey,
    )
    .required()
    .case_sensitive()
    .select("id")
    .filter(Filter::SafeKey, "direct-reads")
    .remarks("Key of the row, the same after changes; unique in comparisons without case too")
}

/// The id of a row that the row belongs to.
const fn parent_id(name: &'static str, parent: Context, filter: Filter, proof: Section) -> Column {
    derived(
        name,
        ColumnType::Varchar { length: ID_LENGTH },
        ColumnSource::Context(parent),
    )
    .required()
    .case_sensitive()
    .filter(filter, proof)
}

pub(super) const fn message_id() -> Column {
    parent_id(
        "messageId",
        Context::MessageId,
        Filter::Parent,
        "attachments",
    )
    .remarks("Message that has the attachment (Messages.id)")
}

/// The message that a row is about, and whose id it has.
pub(super) const fn own_message_id() -> Column {
    derived(
        "messageId",
        ColumnType::Varchar { length: ID_LENGTH },
        ColumnSource::OwnId,
    )
    .required()
    .case_sensitive()
    .select("id")
    .filter(Filter::Id, "direct-reads")
    .remarks("The message (Messages.id)")
}

pub(super) const fn mime() -> Column {
    derived("mime", ColumnType::LongVarbinary, ColumnSource::Mime)
        .unfilterable("mime")
        .heavy("message's MIME content")
        .remarks("The message as Internet mail has it: headers, bodies and attachments, as in a file of type .eml")
}

pub(super) const fn event_id() -> Column {
    parent_id("eventId", Context::EventId, Filter::Parent, "attachments")
        .remarks("Event that has the attachment (Events.id)")
}

/// Null for an event that was read by its id alone.
pub(super) const fn calendar_id() -> Column {
    let mut column = calendar_of("events");
    column.nullable = true;
    column.remarks("Calendar that holds the event (Calendars.id)")
}

pub(super) const fn calendar_of(proof: Section) -> Column {
    parent_id("calendarId", Context::CalendarId, Filter::Parent, proof)
        .remarks("Calendar (Calendars.id)")
}

pub(super) const fn mailbox_folder_id() -> Column {
    parent_id(
        "folderId",
        Context::MailboxFolderId,
        Filter::Parent,
        "mailbox-items",
    )
    .remarks("Folder that has the item (MailboxFolders.id)")
}

pub(super) const fn group_id() -> Column {
    parent_id("groupId", Context::GroupId, Filter::Parent, "group-members")
        .remarks("Group (Groups.id)")
}

pub(super) const fn group_of_conversation() -> Column {
    parent_id(
        "groupId",
        Context::GroupId,
        Filter::Parent,
        "group-conversations",
    )
    .remarks("Group (Groups.id)")
}

/// The group of the thread of a post.
pub(super) const fn group_of_thread() -> Column {
    parent_id(
        "groupId",
        Context::GroupId,
        Filter::Grandparent,
        "group-conversations",
    )
    .remarks("Group (Groups.id)")
}

pub(super) const fn thread_id() -> Column {
    parent_id(
        "threadId",
        Context::ThreadId,
        Filter::Parent,
        "group-conversations",
    )
    .remarks("Thread (GroupThreads.id)")
}

/// The list of a task.
pub(super) const fn todo_list_id() -> Column {
    parent_id("todoListId", Context::TodoListId, Filter::Parent, "todo")
        .remarks("List that has the task (TodoLists.id)")
}

/// The list of the task of a row.
pub(super) const fn todo_list_of_task() -> Column {
    parent_id(
        "todoListId",
        Context::TodoListId,
        Filter::Grandparent,
        "todo",
    )
    .remarks("List that has the task (TodoLists.id)")
}

pub(super) const fn todo_task_id() -> Column {
    parent_id("todoTaskId", Context::TodoTaskId, Filter::Parent, "todo")
        .remarks("Task (TodoTasks.id)")
}

/// The kind of the object.
pub(super) const fn odata_type(name: &'static str) -> Column {
    derived(
        name,
        ColumnType::Varchar {
            length: TYPE_LENGTH,
        },
        ColumnSource::ODataType(None),
    )
}

/// The kind of an object, which Graph leaves out for the usual one.
pub(super) const fn odata_type_or(name: &'static str, usual: &'static str) -> Column {
    let mut column = odata_type(name);
    column.source = ColumnSource::ODataType(Some(usual));
    column
}

pub(super) const fn folder_path() -> Column {
    derived(
        "path",
        ColumnType::Varchar { length: 2048 },
        ColumnSource::FolderPath,
    )
    .select("displayName")
    .remarks("Names of the folders from the top down to this one, joined with /")
}

pub(super) const fn folder_depth() -> Column {
    derived(
        "depth",
        ColumnType::Integer,
        ColumnSource::Context(Context::FolderDepth),
    )
    .remarks("1 for a folder at the top, 2 for one inside it, and so on")
}

pub(super) const fn well_known_name() -> Column {
    derived(
        "wellKnownName",
        ColumnType::Varchar { length: 64 },
        ColumnSource::WellKnownName,
    )
    .select("id")
    .remarks("Graph's own name for a default folder, the same in every language: inbox, drafts")
}
