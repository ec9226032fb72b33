//! When people and rooms are busy.

use super::columns::{ID_LENGTH, at, boolean, enumeration, id, text, time_zone, zoned_timestamp};
use super::derived::{ADDRESS_LENGTH, composite_key, mailbox, safe_key};
use super::permissions;
use crate::definition::{Asked, Collection, Filter, Index, Question, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static FREE_BUSY: Table = Table {
    name: "FreeBusy",
    remarks: "When people, rooms and groups are busy: the entries of their calendars in a span of time, as others may see them",
    scope: Scope::Mailbox,
    permission: permissions::FREE_BUSY,
    collection: Collection::Asked(Asked {
        action: &["calendar", "getSchedule"],
        question: Question::Schedules { longest: 62 },
        most: 20,
    }),
    columns: &[
        mailbox(),
        composite_key(ID_LENGTH),
        safe_key(),
        id(),
        text(at!(scheduleId), ADDRESS_LENGTH).filter(Filter::Asked, "schedules").remarks("Address whose time it is, as the statement writes it"),
        zoned_timestamp(at!(end / dateTime)).filter(Filter::ViewEnd, "schedules").remarks("End"),
        time_zone(at!(end / timeZone)),
        boolean(at!(isPrivate)).remarks("Whether the entry is private; null where the rights do not show it"),
        text(at!(location), 1024).remarks("Place; null where the rights do not show it"),
        zoned_timestamp(at!(start / dateTime)).filter(Filter::ViewStart, "schedules").remarks("Start"),
        time_zone(at!(start / timeZone)),
        enumeration(at!(status)).remarks("free, tentative, busy, oof, workingElsewhere or unknown"),
        text(at!(subject), 1024).remarks("Subject; null where the rights do not show it"),
    ],
    id_columns: &["id"],
    foreign_keys: &[],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "schedules", pages: "schedules", index: None },
};
