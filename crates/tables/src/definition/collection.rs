//! Where the rows of a table are.

use super::asked::Asked;
use super::elements::Elements;
use super::report::Report;

/// The requests that list the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collection {
    /// `mailFolders`, then `childFolders` of each folder that has any
    MailFolders,
    /// `messages`, or `mailFolders/{id}/messages`
    Messages,
    /// `messages/{messageId}/attachments` of each message, or the same of each event
    Attachments(Owners),
    /// `calendars/{id}/events` of every calendar
    Events,
    /// `calendars/{id}/calendarView` of every calendar, in a span of time
    CalendarView,
    /// `events/{seriesMasterId}/instances` of every series, in a span of time
    EventInstances,
    /// `contacts` and `contactFolders/{id}/contacts` of every folder
    Contacts,
    /// `contactFolders`, then `childFolders` of each folder
    ContactFolders,
    /// `folders` of the mailbox in the import and export API, then `childFolders` of each folder
    MailboxFolders,
    /// `items` of each of these folders
    MailboxItems,
    /// One object at this path of each mailbox, without an id of its own
    Single(&'static [&'static str]),
    List(List),
    Nested(Nested),
    /// Answers about addresses that the statement names
    Asked(Asked),
    /// The list at this path, in spans of time; Graph has the last three months of it
    Traces(&'static [&'static str]),
    /// Properties of the items of several collections, which `$expand` names by their ids
    ExtendedProperties,
    /// A report of usage, for each span of days a file
    Report(Report),
    /// No requests of its own: lists in the rows of another table.
    Elements(Elements),
}

/// The objects that have attachments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owners {
    Messages,
    Events,
}

/// One list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List {
    /// Its path below the mailbox, or below `/v1.0`.
    pub path: &'static [&'static str],
    /// Where single rows are, followed by their ids; `None` if they have no paths of their own.
    pub items: Option<&'static [&'static str]>,
    /// Whether Graph counts the rows, at the path with `$count`.
    pub has_count: bool,
    /// The usual number of rows.
    pub usual: usize,
}

/// A list in each row of other lists, which are listed before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nested {
    /// The other lists, the topmost first.
    pub parents: &'static [Parents],
    /// The rows' path below their parent.
    pub rows: &'static [&'static str],
    /// Whether a row has a path in its parent.
    pub has_items: bool,
    /// Whether Graph takes `$select`.
    pub has_select: bool,
    /// The usual number of rows in a parent.
    pub usual: usize,
}

/// A list whose rows have lists of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parents {
    /// Its path below the mailbox, below `/v1.0`, or below its own parent.
    pub path: &'static [&'static str],
    /// The ids of its rows, as the rows of the table show them.
    pub context: Context,
    /// 0 where Graph is not proven to take `$top`.
    pub page_size: u32,
    /// The usual number of rows.
    pub usual: usize,
    /// `$filter` for those that have lists of their own; Graph filters them by `id` as well.
    pub filter: Option<&'static str>,
}

/// Facts that hold for all rows of one reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    MessageId,
    EventId,
    CalendarId,
    GroupId,
    TodoListId,
    TodoTaskId,
    ThreadId,
    FolderDepth,
    MailboxFolderId,
    ReportPeriod,
}
