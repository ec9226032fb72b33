//! Tasks of all lists.

use super::columns::{
    ID_LENGTH, at, boolean, date, enumeration, id, integer, long_text, strings, text, time_zone,
    timestamp, zoned_timestamp,
};
use super::derived::{composite_key, mailbox, safe_key, todo_list_id};
use super::permissions;
use crate::definition::{
    Collection, Context, ForeignKey, Index, Nested, Parents, Scope, Table, TableProof,
};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static TODO_TASKS: Table = Table {
    name: "TodoTasks",
    remarks: "Tasks of all lists in Microsoft To Do",
    scope: Scope::Mailbox,
    permission: permissions::TASKS,
    collection: Collection::Nested(Nested {
        parents: &[
            Parents { path: &["todo", "lists"], context: Context::TodoListId, page_size: 100, usual: 5, filter: None },
        ],
        rows: &["tasks"],
        has_items: true,
        has_select: true,
        usual: 50,
    }),
    columns: &[
        mailbox(),
        composite_key(ID_LENGTH + 1 + ID_LENGTH).select("id"),
        safe_key(),
        id(),
        todo_list_id(),
        long_text(at!(body / content)).remarks("Note, as body_contentType says"),
        enumeration(at!(body / contentType)).remarks("Format of the note: text or html"),
        timestamp(at!(bodyLastModifiedDateTime)).remarks("When the note was changed last"),
        strings(at!(categories)).remarks("Names of its categories"),
        zoned_timestamp(at!(completedDateTime / dateTime)).of_days().remarks("When it was finished; midnight of a day"),
        time_zone(at!(completedDateTime / timeZone)),
        timestamp(at!(createdDateTime)).remarks("When it was created"),
        zoned_timestamp(at!(dueDateTime / dateTime)).of_days().remarks("When it is due; midnight of a day"),
        time_zone(at!(dueDateTime / timeZone)),
        boolean(at!(hasAttachments)).remarks("Whether it has attachments"),
        enumeration(at!(importance)).remarks("low, normal or high"),
        boolean(at!(isReminderOn)).remarks("Whether there is a reminder"),
        timestamp(at!(lastModifiedDateTime)).remarks("When it was changed last"),
        integer(at!(recurrence / pattern / dayOfMonth)).remarks("Day of the month on which it recurs"),
        strings(at!(recurrence / pattern / daysOfWeek)).remarks("Days of the week on which it recurs"),
        enumeration(at!(recurrence / pattern / firstDayOfWeek)).remarks("First day of the week"),
        enumeration(at!(recurrence / pattern / index)).remarks("Which of the days of a month: first to fourth, last"),
        integer(at!(recurrence / pattern / interval)).remarks("Number of units between two tasks"),
        integer(at!(recurrence / pattern / month)).remarks("Month in which it recurs"),
        enumeration(at!(recurrence / pattern / type)).remarks("daily, weekly, absoluteMonthly, relativeMonthly, absoluteYearly or relativeYearly"),
        date(at!(recurrence / range / endDate)).remarks("Last day of the series"),
        integer(at!(recurrence / range / numberOfOccurrences)).remarks("Number of tasks in the series"),
        time_zone(at!(recurrence / range / recurrenceTimeZone)).remarks("Time zone of the series"),
        date(at!(recurrence / range / startDate)).remarks("First day of the series"),
        enumeration(at!(recurrence / range / type)).remarks("How the series ends: endDate, noEnd or numbered"),
        zoned_timestamp(at!(reminderDateTime / dateTime)).remarks("When the reminder appears"),
        time_zone(at!(reminderDateTime / timeZone)),
        zoned_timestamp(at!(startDateTime / dateTime)).of_days().remarks("When it starts; midnight of a day"),
        time_zone(at!(startDateTime / timeZone)),
        enumeration(at!(status)).remarks("notStarted, inProgress, completed, waitingOnOthers or deferred"),
        text(at!(title), 512).remarks("Title"),
    ],
    id_columns: &["todoListId", "id"],
    foreign_keys: &[ForeignKey { column: "todoListId", table: "TodoLists", referenced: "id" }],
    max_page_size: 100,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "todo", pages: "page-sizes", index: None },
};
