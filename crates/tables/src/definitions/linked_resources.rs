//! Items of other programs from which tasks came.

use super::columns::{ID_LENGTH, at, id, text};
use super::derived::{composite_key, mailbox, safe_key, todo_list_of_task, todo_task_id};
use super::permissions;
use crate::definition::{
    Collection, Context, ForeignKey, Index, Nested, Parents, Scope, Table, TableProof,
};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static LINKED_RESOURCES: Table = Table {
    name: "LinkedResources",
    remarks: "Items of other programs from which tasks came, such as flagged messages",
    scope: Scope::Mailbox,
    permission: permissions::TASKS,
    collection: Collection::Nested(Nested {
        parents: &[
            Parents { path: &["todo", "lists"], context: Context::TodoListId, page_size: 100, usual: 5, filter: None },
            Parents { path: &["tasks"], context: Context::TodoTaskId, page_size: 100, usual: 50, filter: None },
        ],
        rows: &["linkedResources"],
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
        text(at!(applicationName), 256).remarks("Program"),
        text(at!(displayName), 512).remarks("Title"),
        text(at!(externalId), 512).remarks("Id that the program gives the item"),
        text(at!(webUrl), 2048).remarks("Address that opens the item"),
    ],
    id_columns: &["todoListId", "todoTaskId", "id"],
    foreign_keys: &[ForeignKey { column: "todoListId", table: "TodoLists", referenced: "id" }],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "todo", pages: "page-sizes", index: None },
};
