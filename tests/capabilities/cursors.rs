//! The abilities of cursors of each kind.

use super::cursor_calls::*;
use super::proof::{Bitmap, Call};
use driver_harness::client::to_utf16;
use std::ptr;

const FORWARD_ONLY_1: [(u32, Call); 17] = first::<FORWARD_ONLY>();
const FORWARD_ONLY_2: [(u32, Call); 14] = second::<FORWARD_ONLY>();
const STATIC_1: [(u32, Call); 17] = first::<STATIC>();
const STATIC_2: [(u32, Call); 14] = second::<STATIC>();
const KEYSET_1: [(u32, Call); 17] = first::<KEYSET_DRIVEN>();
const KEYSET_2: [(u32, Call); 14] = second::<KEYSET_DRIVEN>();
const DYNAMIC_1: [(u32, Call); 17] = first::<DYNAMIC>();
const DYNAMIC_2: [(u32, Call); 14] = second::<DYNAMIC>();

#[rustfmt::skip]
pub const BITMAPS: &[Bitmap<Call>] = &[
    Bitmap { id: 144, name: "SQL_DYNAMIC_CURSOR_ATTRIBUTES1", proofs: &DYNAMIC_1 },
    Bitmap { id: 145, name: "SQL_DYNAMIC_CURSOR_ATTRIBUTES2", proofs: &DYNAMIC_2 },
    Bitmap { id: 146, name: "SQL_FORWARD_ONLY_CURSOR_ATTRIBUTES1", proofs: &FORWARD_ONLY_1 },
    Bitmap { id: 147, name: "SQL_FORWARD_ONLY_CURSOR_ATTRIBUTES2", proofs: &FORWARD_ONLY_2 },
    Bitmap { id: 150, name: "SQL_KEYSET_CURSOR_ATTRIBUTES1", proofs: &KEYSET_1 },
    Bitmap { id: 151, name: "SQL_KEYSET_CURSOR_ATTRIBUTES2", proofs: &KEYSET_2 },
    Bitmap { id: 167, name: "SQL_STATIC_CURSOR_ATTRIBUTES1", proofs: &STATIC_1 },
    Bitmap { id: 168, name: "SQL_STATIC_CURSOR_ATTRIBUTES2", proofs: &STATIC_2 },
    Bitmap { id: 8, name: "SQL_FETCH_DIRECTION", proofs: DIRECTIONS },
    Bitmap { id: 43, name: "SQL_SCROLL_CONCURRENCY", proofs: CONCURRENCIES },
    Bitmap { id: 44, name: "SQL_SCROLL_OPTIONS", proofs: KINDS },
    Bitmap { id: 78, name: "SQL_LOCK_TYPES", proofs: LOCKS },
    Bitmap { id: 79, name: "SQL_POS_OPERATIONS", proofs: OPERATIONS },
    Bitmap { id: 82, name: "SQL_BOOKMARK_PERSISTENCE", proofs: PERSISTENCE },
    Bitmap { id: 83, name: "SQL_STATIC_SENSITIVITY", proofs: SENSITIVITY },
];

/// `SQL_CA1_*`
#[rustfmt::skip]
const fn first<const KIND: usize>() -> [(u32, Call); 17] {
    [
        (0x1, |world| scrolls::<KIND>(world, NEXT, 0, "2")),
        (0x2, |world| scrolls::<KIND>(world, ABSOLUTE, 3, "3")),
        (0x4, |world| scrolls::<KIND>(world, RELATIVE, 2, "3")),
        (0x8, |world| scrolls::<KIND>(world, BOOKMARK, 1, "2")),
        // Locks: as they are, exclusive, none
        (0x40, |world| moves::<KIND>(world, 1, 0, 0)),
        (0x80, |world| moves::<KIND>(world, 1, 0, 1)),
        (0x100, |world| moves::<KIND>(world, 1, 0, 2)),
        // SQLSetPos: position, update, delete, refresh
        (0x200, |world| moves::<KIND>(world, 2, 0, 0)),
        (0x400, |world| moves::<KIND>(world, 1, 2, 0)),
        (0x800, |world| moves::<KIND>(world, 1, 3, 0)),
        (0x1000, |world| refreshes::<KIND>(world).unwrap_or(false)),
        // Positioned statements
        (0x2000, |world| runs::<KIND>(world, "UPDATE staff SET pay = 1 WHERE CURRENT OF c")),
        (0x4000, |world| runs::<KIND>(world, "DELETE FROM staff WHERE CURRENT OF c")),
        (0x8000, |world| runs::<KIND>(world, "SELECT id FROM staff FOR UPDATE")),
        // SQLBulkOperations: add, update and delete by bookmark; fetching is below
        (0x1_0000, |world| in_bulk::<KIND>(world, 4).unwrap_or(false)),
        (0x2_0000 | 0x4_0000, |world| {
            [5, 6].into_iter().any(|operation| in_bulk::<KIND>(world, operation).unwrap_or(false))
        }),
        (0x8_0000, |world| in_bulk::<KIND>(world, 7).unwrap_or(false)),
    ]
}

/// `SQL_CA2_*`
#[rustfmt::skip]
const fn second<const KIND: usize>() -> [(u32, Call); 14] {
    [
        (0x1, |world| has::<KIND>(world, 1)),
        (0x2, |world| has::<KIND>(world, 2)),
        (0x4, |world| has::<KIND>(world, 3)),
        (0x8, |world| has::<KIND>(world, 4)),
        // Rows that others add, delete and update are visible.
        (0x10, |world| sees::<KIND>(world, "INSERT INTO seen VALUES (4, 'new')", "1a 2b 3c 4new")),
        (0x20, |world| sees::<KIND>(world, "DELETE FROM seen WHERE id = 3", "1a 2b")),
        (0x40, |world| sees::<KIND>(world, "UPDATE seen SET name = 'new' WHERE id = 3", "1a 2b 3new")),
        // SQL_ATTR_MAX_ROWS limits SELECT, INSERT, DELETE, UPDATE, catalog functions.
        (0x80, |world| limits::<KIND>(world, |statement| {
            statement.execute_direct("SELECT id FROM staff")?;
            Ok(statement.rows()?.len() == 1)
        })),
        (0x100, |world| changes_one::<KIND>(world, "INSERT INTO seen SELECT id, name FROM seen")),
        (0x200, |world| changes_one::<KIND>(world, "DELETE FROM seen")),
        (0x400, |world| changes_one::<KIND>(world, "UPDATE seen SET name = 'x'")),
        (0x800, |world| limits::<KIND>(world, |statement| {
            let mut all = to_utf16("%");
            let none = ptr::null_mut();
            // SAFETY: the pattern has the length that is given.
            statement.call(|library, handle| unsafe {
                (library.SQLTablesW)(handle, none, 0, none, 0, all.as_mut_ptr(), 1, none, 0)
            })?;
            Ok(statement.rows()?.len() == 1)
        })),
        // SQL_DIAG_CURSOR_ROW_COUNT counts the rows, exactly or about.
        (0x1000 | 0x2000, |world| counts::<KIND>(world).unwrap_or(false)),
        // Positioned changes of rows that have no key
        (0x4000 | 0x8000 | 0x1_0000, |world| {
            runs::<KIND>(world, "DELETE FROM teams WHERE CURRENT OF c")
        }),
    ]
}

#[rustfmt::skip]
const DIRECTIONS: &[(u32, Call)] = &[
    (0x1, |world| extended(world, NEXT, 0, "3")),
    (0x2, |world| extended(world, FIRST, 0, "1")),
    (0x4, |world| extended(world, LAST, 0, "3")),
    (0x8, |world| extended(world, PRIOR, 0, "1")),
    (0x10, |world| extended(world, ABSOLUTE, -1, "3")),
    (0x20, |world| extended(world, RELATIVE, -1, "1")),
    // Resuming belongs to ODBC 1.
    (0x40, |world| extended(world, 7, 0, "1")),
    (0x80, |world| extended(world, BOOKMARK, 3, "3")),
];

const CONCURRENCIES: &[(u32, Call)] = &[
    (0x1, |world| has::<STATIC>(world, 1)),
    (0x2, |world| has::<STATIC>(world, 2)),
    (0x4, |world| has::<STATIC>(world, 3)),
    (0x8, |world| has::<STATIC>(world, 4)),
];

const KINDS: &[(u32, Call)] = &[
    (0x1, |world| open::<FORWARD_ONLY>(world, 1).is_some()),
    (0x2, |world| open::<KEYSET_DRIVEN>(world, 1).is_some()),
    (0x4, |world| open::<DYNAMIC>(world, 1).is_some()),
    // Mixed: keyset-driven inside the keyset, dynamic outside
    (0x8, |world| open::<KEYSET_DRIVEN>(world, 1).is_some()),
    (0x10, |world| open::<STATIC>(world, 1).is_some()),
];

const LOCKS: &[(u32, Call)] = &[
    (0x1, |world| moves::<STATIC>(world, 1, 0, 0)),
    (0x2, |world| moves::<STATIC>(world, 1, 0, 1)),
    (0x4, |world| moves::<STATIC>(world, 1, 0, 2)),
];

const OPERATIONS: &[(u32, Call)] = &[
    (0x1, |world| moves::<STATIC>(world, 2, 0, 0)),
    (0x2, |world| refreshes::<STATIC>(world).unwrap_or(false)),
    (0x4, |world| moves::<STATIC>(world, 1, 2, 0)),
    (0x8, |world| moves::<STATIC>(world, 1, 3, 0)),
    (0x10, |world| moves::<STATIC>(world, 1, 4, 0)),
];

/// A bookmark outlives transactions and scrolling. Longer lifetimes are not reported.
const PERSISTENCE: &[(u32, Call)] = &[
    (0x8, |world| {
        finds_again(world, |statement| end_transaction(world, statement)).unwrap_or(false)
    }),
    (0x40, |world| {
        finds_again(world, |statement| {
            scroll(statement, LAST, 0)?;
            scroll(statement, PRIOR, 0)
        })
        .unwrap_or(false)
    }),
];

#[rustfmt::skip]
const SENSITIVITY: &[(u32, Call)] = &[
    (0x1, |world| sees::<STATIC>(world, "INSERT INTO seen VALUES (4, 'new')", "1a 2b 3c 4new")),
    (0x2, |world| sees::<STATIC>(world, "DELETE FROM seen WHERE id = 3", "1a 2b")),
    (0x4, |world| sees::<STATIC>(world, "UPDATE seen SET name = 'new' WHERE id = 3", "1a 2b 3new")),
];
