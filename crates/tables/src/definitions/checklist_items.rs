//! Steps of tasks.

use super::columns::{ID_LENGTH, at, boolean, id, text, timestamp};
use super::derived::{composite_key, mailbox, safe_key, todo_list_of_task, todo_task_id};
use super::permissions;
use crate::definition::{
    Collection, Context, ForeignKey, Index, Nested, Parents, Scope, Table, TableProof,
};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static CHECKLIST_ITEMS: Table = Table {
    name: "ChecklistItems",
    remarks: "Steps of tasks in Microsoft To Do",
    scope: Scope::Mailbox,
    permission: permissions::TASKS,
    collection: Collection::Nested(Nested {
        parents: &[
            Parents { path: &["todo", "lists"], context: Context::TodoListId, page_size: 100, usual: 5, filter: None },
            Parents { path: &["tasks"], context: Context::TodoTaskId, page_size: 100, usual: 50, filter: None },
        ],
        rows: &["checklistItems"],
        has_items: false,
        has_select: false,
        usual: 2,
    }),
    columns: &[
        mailbox(),
        composite_key(ID_LENGTH + 1 + ID_LENGTH + 1 + ID_LENGTH).select("id"),
        safe_key(),
        id(),
        todo_list_of_task(),
        todo_task_id(),
        timestamp(at!(checkedDateTime)).remarks("When it was finished"),
        timestamp(at!(createdDateTime)).remarks("When it was created"),
        text(at!(displayName), 512).remarks("Text"),
        boolean(at!(isChecked)).remarks("Whether it is finished"),
    ],
    id_columns: &["todoListId", "todoTaskId", "id"],
    foreign_keys: &[ForeignKey { column: "todoListId", table: "TodoLists", referenced: "id" }],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "todo", pages: "page-sizes", index: None },
};
