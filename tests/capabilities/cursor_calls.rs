//! Cursors over three rows, and calls on them. Each returns whether it works, and fails if it works
//! wrongly.

use super::world::World;
use driver_harness::client::constants::{
    ATTR_CURSOR_TYPE, ATTR_MAX_ROWS, ATTR_ROW_ARRAY_SIZE, C_BINARY, C_SLONG, HANDLE_DBC,
    HANDLE_STMT,
};
use driver_harness::client::{Result, Statement, to_utf16};
use std::ffi::c_void;
use std::ptr;

/// Cursor types
pub const FORWARD_ONLY: usize = 0;
pub const KEYSET_DRIVEN: usize = 1;
pub const DYNAMIC: usize = 2;
pub const STATIC: usize = 3;

/// Orientations
pub const NEXT: i16 = 1;
pub const FIRST: i16 = 2;
pub const LAST: i16 = 3;
pub const PRIOR: i16 = 4;
pub const ABSOLUTE: i16 = 5;
pub const RELATIVE: i16 = 6;
pub const BOOKMARK: i16 = 8;

const ATTR_CONCURRENCY: i32 = 7;
const ATTR_USE_BOOKMARKS: i32 = 12;
const ATTR_FETCH_BOOKMARK_PTR: i32 = 16;
const UB_VARIABLE: usize = 2;

/// A statement whose cursor is of this kind; `None` if the driver replaces the kind.
pub fn of_kind<const KIND: usize>(world: &World) -> Option<Statement> {
    let mut statement = world.connection.statement().expect("there is memory");
    statement.set_attribute(ATTR_CURSOR_TYPE, KIND).ok()?;
    (statement.attribute(ATTR_CURSOR_TYPE) == Ok(KIND)).then_some(statement)
}

/// A cursor over three rows, with its first block fetched.
pub fn open<const KIND: usize>(world: &World, block: usize) -> Option<Statement> {
    let mut statement = of_kind::<KIND>(world)?;
    // The cursor may have no bookmarks.
    let _ = statement.set_attribute(ATTR_USE_BOOKMARKS, UB_VARIABLE);
    statement.set_attribute(ATTR_ROW_ARRAY_SIZE, block).ok()?;
    let sql = "SELECT id, name FROM staff ORDER BY id";
    statement.execute_direct(sql).expect("it runs");
    assert_eq!(statement.fetch(), Ok(true));
    Some(statement)
}

pub fn scroll(statement: &mut Statement, orientation: i16, offset: isize) -> Result<()> {
    // SAFETY: the test binds nothing that does not outlive the statement.
    statement
        .call(|library, handle| unsafe { (library.SQLFetchScroll)(handle, orientation, offset) })
        .map(drop)
}

pub fn scrolls<const KIND: usize>(
    world: &World,
    orientation: i16,
    offset: isize,
    expected: &str,
) -> bool {
    let Some(mut statement) = open::<KIND>(world, 1) else {
        return false;
    };
    let bookmark = statement
        .data(0, C_BINARY)
        .ok()
        .flatten()
        .map(<[u8]>::to_vec);
    if let Some(bookmark) = &bookmark {
        let at = bookmark.as_ptr().expose_provenance();
        let set = statement.set_attribute(ATTR_FETCH_BOOKMARK_PTR, at);
        set.expect("it is an address");
    }
    if scroll(&mut statement, orientation, offset).is_err() {
        return false;
    }
    assert_eq!(statement.text(1).unwrap().as_deref(), Some(expected));
    true
}

pub fn set_pos(statement: &mut Statement, row: u64, operation: u16, lock: u16) -> Result<i16> {
    // SAFETY: the test binds nothing that does not outlive the statement.
    statement.call(|library, handle| unsafe { (library.SQLSetPos)(handle, row, operation, lock) })
}

/// `SQLSetPos` to a row of a block of two.
pub fn moves<const KIND: usize>(world: &World, row: u64, operation: u16, lock: u16) -> bool {
    let Some(mut statement) = open::<KIND>(world, 2) else {
        return false;
    };
    if set_pos(&mut statement, row, operation, lock).is_err() {
        return false;
    }
    let shown = statement.text(1).unwrap();
    assert_eq!(shown, Some(row.to_string()));
    true
}

/// `SQLSetPos` with `SQL_REFRESH` writes the bound columns again.
pub fn refreshes<const KIND: usize>(world: &World) -> Result<bool> {
    let Some(mut statement) = open::<KIND>(world, 2) else {
        return Ok(false);
    };
    let mut numbers = [0_i32; 2];
    let at = numbers.as_mut_ptr().cast();
    // SAFETY: the numbers have room for a block and outlive the binding.
    statement.call(|library, handle| unsafe {
        (library.SQLBindCol)(handle, 1, C_SLONG, at, 0, ptr::null_mut())
    })?;
    set_pos(&mut statement, 0, 1, 0)?;
    statement.unbind()?;
    Ok(numbers == [1, 2])
}

/// A statement about the cursor named `c`, or one that makes a cursor for updates.
pub fn runs<const KIND: usize>(world: &World, sql: &str) -> bool {
    let Some(mut statement) = of_kind::<KIND>(world) else {
        return false;
    };
    let mut name = to_utf16("c");
    // SAFETY: the function has this type, and the name the length that is given.
    let named = statement.call(|library, handle| unsafe {
        type SetName = unsafe extern "system" fn(*mut c_void, *mut u16, i16) -> i16;
        let set: SetName = library.symbol("SQLSetCursorNameW");
        set(handle, name.as_mut_ptr(), 1)
    });
    named.expect("the name is free");
    let opened = statement.execute_direct("SELECT id FROM staff");
    opened.expect("it runs");
    assert_eq!(statement.fetch(), Ok(true));
    world.run(sql).is_ok()
}

/// `SQLBulkOperations` with the bookmark of the third row in the buffer.
pub fn in_bulk<const KIND: usize>(world: &World, operation: i16) -> Result<bool> {
    type Bulk = unsafe extern "system" fn(*mut c_void, i16) -> i16;
    let Some(mut statement) = open::<KIND>(world, 1) else {
        return Ok(false);
    };
    scroll(&mut statement, ABSOLUTE, 3)?;
    let bookmark = statement.data(0, C_BINARY)?.map(<[u8]>::to_vec);
    let mut bookmark = bookmark.expect("a row has a bookmark");
    scroll(&mut statement, FIRST, 0)?;
    let mut length = bookmark.len() as isize;
    let mut number = 0_i32;
    // SAFETY: the buffers outlive the bindings, and the function has this type.
    let outcome = statement.call(|library, handle| unsafe {
        let at = bookmark.as_mut_ptr().cast();
        (library.SQLBindCol)(handle, 0, C_BINARY, at, length, &raw mut length);
        let at = (&raw mut number).cast();
        (library.SQLBindCol)(handle, 1, C_SLONG, at, 0, ptr::null_mut());
        let bulk: Bulk = library.symbol("SQLBulkOperations");
        bulk(handle, operation)
    });
    statement.unbind()?;
    outcome?;
    assert_eq!(number, 3);
    Ok(true)
}

pub fn has<const KIND: usize>(world: &World, concurrency: usize) -> bool {
    let Some(mut statement) = of_kind::<KIND>(world) else {
        return false;
    };
    let set = statement.set_attribute(ATTR_CONCURRENCY, concurrency);
    set.is_ok() && statement.attribute(ATTR_CONCURRENCY) == Ok(concurrency)
}

pub fn fill_seen(world: &World) {
    let made = "CREATE TABLE IF NOT EXISTS seen (id INTEGER, name VARCHAR(5)); DELETE FROM seen";
    let filled = "INSERT INTO seen VALUES (1, 'a'), (2, 'b'), (3, 'c')";
    for sql in [made, filled] {
        world
            .rows(sql)
            .unwrap_or_else(|failure| panic!("{sql}: {failure}"));
    }
}

/// Whether an open cursor shows the changes of another statement.
pub fn sees<const KIND: usize>(world: &World, change: &str, changed: &str) -> bool {
    fill_seen(world);
    let Some(mut statement) = of_kind::<KIND>(world) else {
        return false;
    };
    let opened = statement.execute_direct("SELECT id, name FROM seen ORDER BY id");
    opened.expect("it runs");
    assert_eq!(statement.fetch(), Ok(true));
    let row = |row: &[Option<String>]| row.iter().flatten().cloned().collect::<String>();
    let mut shown = vec!["1a".to_owned()];
    world.run(change).expect("it runs");
    shown.extend(statement.rows().unwrap().iter().map(|cells| row(cells)));
    let shown = shown.join(" ");
    assert!(shown == changed || shown == "1a 2b 3c", "{shown}");
    shown == changed
}

/// Whether `SQL_ATTR_MAX_ROWS` of 1 limits an operation to one row.
pub fn limits<const KIND: usize>(
    world: &World,
    run: impl FnOnce(&mut Statement) -> Result<bool>,
) -> bool {
    let Some(mut statement) = of_kind::<KIND>(world) else {
        return false;
    };
    statement
        .set_attribute(ATTR_MAX_ROWS, 1)
        .expect("it is set");
    run(&mut statement).expect("it runs")
}

pub fn changes_one<const KIND: usize>(world: &World, sql: &str) -> bool {
    fill_seen(world);
    limits::<KIND>(world, |statement| {
        statement.execute_direct(sql)?;
        Ok(statement.row_count()? == 1)
    })
}

pub fn counts<const KIND: usize>(world: &World) -> Result<bool> {
    const DIAG_CURSOR_ROW_COUNT: i16 = -1249;
    let Some(mut statement) = open::<KIND>(world, 1) else {
        return Ok(false);
    };
    let mut count = -1_isize;
    // SAFETY: the count has the size of the field.
    statement.call(|library, handle| unsafe {
        let (at, none) = ((&raw mut count).cast(), ptr::null_mut());
        (library.SQLGetDiagFieldW)(HANDLE_STMT, handle, 0, DIAG_CURSOR_ROW_COUNT, at, 0, none)
    })?;
    Ok(count == 3)
}

/// `SQLExtendedFetch` from the second row.
pub fn extended(world: &World, orientation: i16, offset: isize, expected: &str) -> bool {
    let mut statement = of_kind::<STATIC>(world).expect("there are static cursors");
    let set = statement.set_attribute(ATTR_USE_BOOKMARKS, 1);
    set.expect("there are bookmarks");
    let opened = statement.execute_direct("SELECT id FROM staff ORDER BY id");
    opened.expect("it runs");
    let fetch = |statement: &mut Statement, orientation: i16, offset| {
        let (mut count, mut status) = (0_usize, [0_u16; 1]);
        // SAFETY: a block has one row, which the array has room for.
        statement.call(|library, handle| unsafe {
            let (count, status) = (&raw mut count, status.as_mut_ptr());
            (library.SQLExtendedFetch)(handle, orientation as u16, offset, count, status)
        })
    };
    fetch(&mut statement, ABSOLUTE, 2).expect("there are two rows");
    if fetch(&mut statement, orientation, offset).is_err() {
        return false;
    }
    assert_eq!(statement.text(1).unwrap().as_deref(), Some(expected));
    true
}

/// Whether the second row is found by its bookmark after something else.
pub fn finds_again(world: &World, then: impl FnOnce(&mut Statement) -> Result<()>) -> Result<bool> {
    let mut statement = open::<STATIC>(world, 1).expect("there are static cursors");
    scroll(&mut statement, NEXT, 0)?;
    let bookmark = statement.data(0, C_BINARY)?.map(<[u8]>::to_vec);
    let bookmark = bookmark.expect("a row has a bookmark");
    then(&mut statement)?;
    let at = bookmark.as_ptr().expose_provenance();
    statement.set_attribute(ATTR_FETCH_BOOKMARK_PTR, at)?;
    scroll(&mut statement, BOOKMARK, 0)?;
    Ok(statement.text(1)?.as_deref() == Some("2"))
}

pub fn end_transaction(world: &World, _: &mut Statement) -> Result<()> {
    const COMMIT: i16 = 0;
    // SAFETY: nothing is passed but the handle.
    world
        .connection
        .call(|library, handle| unsafe { (library.SQLEndTran)(HANDLE_DBC, handle, COMMIT) })
        .map(drop)
}
