//! Groups of calendars.

use super::columns::{CHANGE_KEY_LENGTH, ID_LENGTH, at, id, text};
use super::derived::{composite_key, mailbox, safe_key};
use super::permissions;
use crate::definition::{Collection, Index, List, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static CALENDAR_GROUPS: Table = Table {
    name: "CalendarGroups",
    remarks: "Groups in which Outlook shows calendars",
    scope: Scope::Mailbox,
    permission: permissions::CALENDARS,
    collection: Collection::List(List {
        path: &["calendarGroups"],
        items: Some(&["calendarGroups"]),
        has_count: false,
        usual: 3,
    }),
    columns: &[
        mailbox(),
        composite_key(ID_LENGTH + 1 + CHANGE_KEY_LENGTH).select("changeKey"),
        safe_key(),
        id(),
        text(at!(changeKey), 128).case_sensitive().remarks("Version of the item; new after every change"),
        text(at!(classId), 36).remarks("GUID of the kind of group"),
        text(at!(name), 256).remarks("Name"),
    ],
    id_columns: &["id"],
    foreign_keys: &[],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "calendar-groups", pages: "page-sizes", index: None },
};
