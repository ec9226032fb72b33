//! Calendars of a mailbox.

use super::columns::{CHANGE_KEY_LENGTH, ID_LENGTH, at, boolean, enumeration, id, strings, text};
use super::derived::{composite_key, mailbox, safe_key};
use super::permissions;
use crate::definition::{Collection, Index, List, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static CALENDARS: Table = Table {
    name: "Calendars",
    remarks: "Calendars of the mailbox, its own and those shared with it",
    scope: Scope::Mailbox,
    permission: permissions::CALENDARS,
    collection: Collection::List(List {
        path: &["calendars"],
        items: Some(&["calendars"]),
        has_count: false,
        usual: 5,
    }),
    columns: &[
        mailbox(),
        composite_key(ID_LENGTH + 1 + CHANGE_KEY_LENGTH).select("changeKey"),
        safe_key(),
        id(),
        strings(at!(allowedOnlineMeetingProviders)).remarks("Online meeting services that can be used"),
        boolean(at!(canEdit)).remarks("Whether the caller may write"),
        boolean(at!(canShare)).remarks("Whether the caller may share it"),
        boolean(at!(canViewPrivateItems)).remarks("Whether the caller sees private events"),
        text(at!(changeKey), 128).case_sensitive().remarks("Version of the item; new after every change"),
        enumeration(at!(color)).remarks("Colour theme; auto when none is set"),
        enumeration(at!(defaultOnlineMeetingProvider)).remarks("Online meeting service used by default"),
        text(at!(hexColor), 16).remarks("Colour as hexadecimal number; empty when none is set"),
        boolean(at!(isDefaultCalendar)).remarks("Whether it is the mailbox's default calendar"),
        boolean(at!(isRemovable)).remarks("Whether it can be deleted"),
        boolean(at!(isTallyingResponses)).remarks("Whether it counts answers to meetings"),
        text(at!(name), 256).remarks("Name"),
        text(at!(owner / address), 320).remarks("Address of the calendar's owner"),
        text(at!(owner / name), 256).remarks("Name of the calendar's owner"),
    ],
    id_columns: &["id"],
    foreign_keys: &[],
    max_page_size: 100,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "calendars", pages: "page-sizes", index: None },
};
