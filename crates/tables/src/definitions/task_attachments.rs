//! Files attached to tasks.

use super::columns::{ID_LENGTH, at, id, integer, text, timestamp};
use super::derived::{composite_key, mailbox, safe_key, todo_list_of_task, todo_task_id};
use super::permissions;
use crate::definition::{
    Collection, Context, ForeignKey, Index, Nested, Parents, Scope, Table, TableProof,
};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static TASK_ATTACHMENTS: Table = Table {
    name: "TaskAttachments",
    remarks: "Files attached to tasks in Microsoft To Do",
    scope: Scope::Mailbox,
    permission: permissions::TASKS,
    collection: Collection::Nested(Nested {
        parents: &[
            Parents { path: &["todo", "lists"], context: Context::TodoListId, page_size: 100, usual: 5, filter: None },
            Parents { path: &["tasks"], context: Context::TodoTaskId, page_size: 100, usual: 50, filter: None },
        ],
        rows: &["attachments"],
        has_items: false,
        has_select: true,
        usual: 1,
    }),
    columns: &[
        mailbox(),
        composite_key(ID_LENGTH + 1 + ID_LENGTH + 1 + ID_LENGTH).select("id"),
        safe_key(),
        id(),
        todo_list_of_task(),
        todo_task_id(),
        text(at!(contentType), 256).remarks("MIME type"),
        timestamp(at!(lastModifiedDateTime)).remarks("When it was changed last"),
        text(at!(name), 256).remarks("Name of the file"),
        integer(at!(size)).remarks("Size in bytes"),
    ],
    id_columns: &["todoListId", "todoTaskId", "id"],
    foreign_keys: &[ForeignKey { column: "todoListId", table: "TodoLists", referenced: "id" }],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "todo", pages: "page-sizes", index: None },
};
