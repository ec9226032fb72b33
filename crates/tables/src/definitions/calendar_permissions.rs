//! Permissions of calendars.

use super::columns::{ID_LENGTH, at, boolean, enumeration, id, strings, text};
use super::derived::{calendar_of, composite_key, mailbox, safe_key};
use super::permissions;
use crate::definition::{
    Collection, Context, ForeignKey, Index, Nested, Parents, Scope, Table, TableProof,
};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static CALENDAR_PERMISSIONS: Table = Table {
    name: "CalendarPermissions",
    remarks: "People and groups with whom calendars are shared, and what they may do",
    scope: Scope::Mailbox,
    permission: permissions::ALL_CALENDARS,
    collection: Collection::Nested(Nested {
        parents: &[
            Parents { path: &["calendars"], context: Context::CalendarId, page_size: 100, usual: 5, filter: None },
        ],
        rows: &["calendarPermissions"],
        has_items: false,
        has_select: true,
        usual: 3,
    }),
    columns: &[
        mailbox(),
        composite_key(ID_LENGTH + 1 + ID_LENGTH).select("id"),
        safe_key(),
        id(),
        calendar_of("calendar-permissions"),
        strings(at!(allowedRoles)).remarks("Roles that may be granted"),
        text(at!(emailAddress / address), 320).remarks("Address of the person or group; null for the whole organization"),
        text(at!(emailAddress / name), 256).remarks("Name of the person or group"),
        boolean(at!(isInsideOrganization)).remarks("Whether the person or group is in the organization"),
        boolean(at!(isRemovable)).remarks("Whether the permission can be taken away"),
        enumeration(at!(role)).remarks("What is permitted: none, freeBusyRead, limitedRead, read, write and others"),
    ],
    id_columns: &["calendarId", "id"],
    foreign_keys: &[ForeignKey { column: "calendarId", table: "Calendars", referenced: "id" }],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "calendar-permissions", pages: "page-sizes", index: None },
};
