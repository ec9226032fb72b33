//! `SQLSetPos`, `SQLBulkOperations`, and that `SQLGetInfo` reports exactly their abilities.

use super::support::{numbers, with_numbers};
use crate::odbc::attributes::statement::attribute;
use crate::odbc::calls::{bulk, close, info, position};
use crate::odbc::constants::{c_type, fetch as orientation};
use crate::odbc::handles::{ERROR, SUCCESS, SUCCESS_WITH_INFO, with_connection};
use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::testing::{Application, FakeConnector};
use proptest::prelude::*;

const STATIC: usize = 3;
const WORD: usize = size_of::<usize>();

/// Operations of `SQLBulkOperations`.
const ADD: i16 = 4;
const UPDATE_BY_BOOKMARK: i16 = 5;
const DELETE_BY_BOOKMARK: i16 = 6;
const FETCH_BY_BOOKMARK: i16 = 7;

fn set_pos(application: &Application, row: usize, operation: u16, lock: u16) -> i16 {
    application.call(|scope| position::set(scope, row, operation, lock, &application.memory))
}

fn bulk(application: &Application, operation: i16) -> i16 {
    application.call(|scope| bulk::operate(scope, operation, &application.memory))
}

#[test]
fn set_pos_chooses_and_refreshes_rows() {
    let application = with_numbers(5);
    let memory = &application.memory;
    let (numbers, one) = (memory.allocate(12), memory.allocate(4));
    application.bind(1, c_type::SLONG, numbers, 0, AppPtr::NULL);
    application.set(attribute::ROW_ARRAY_SIZE, 3);
    application.direct("numbers");
    let set = |row, operation| {
        let code = application.call(|scope| position::set(scope, row, operation, 0, memory));
        application.with_state(code)
    };
    assert_eq!(set(1, 0), (ERROR, "24000"));
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!(set(2, 0), (SUCCESS, ""));
    assert_eq!(
        application.get_data(1, c_type::SLONG, one, 0, AppPtr::NULL),
        SUCCESS
    );
    assert_eq!(memory.i32(one), 2);
    memory.write(numbers, &[0; 12]);
    assert_eq!(set(3, 1), (SUCCESS, ""));
    assert_eq!(memory.bytes(numbers, 8), [0; 8]);
    assert_eq!(memory.i32(numbers.plus(8)), 3);
    assert_eq!(set(0, 1), (SUCCESS, ""));
    assert_eq!(memory.i32(numbers), 1);
    assert_eq!(set(4, 0), (ERROR, "HY107"));
    assert_eq!(set(0, 0), (ERROR, "HY109"));
    assert_eq!(set(1, 2), (ERROR, "HY092"));
    assert_eq!(set(1, 9), (ERROR, "HY092"));
}

#[test]
fn refreshing_leaves_out_what_the_operation_array_says_and_counts_the_rest() {
    let application = with_numbers(5);
    let memory = &application.memory;
    let (numbers, processed) = (memory.allocate(16), memory.allocate(WORD));
    let operations = memory.place(&[0_u16, 1, 0, 1].map(u16::to_ne_bytes).concat());
    let statuses = memory.place(&[7; 8]);
    application.bind(1, c_type::SLONG, numbers, 0, AppPtr::NULL);
    application.set(attribute::ROW_ARRAY_SIZE, 4);
    application.set(attribute::ROWS_FETCHED_PTR, processed.address());
    application.direct("numbers");
    application.fetch();
    application.set(attribute::ROW_OPERATION_PTR, operations.address());
    application.set(attribute::ROW_STATUS_PTR, statuses.address());
    memory.write(numbers, &[0; 16]);
    assert_eq!(set_pos(&application, 0, 1, 0), SUCCESS);
    let number = |row: usize| memory.i32(numbers.plus(row * 4));
    assert_eq!([0, 1, 2, 3].map(number), [1, 0, 3, 0]);
    assert_eq!(memory.bytes(statuses, 8), [0, 0, 7, 7, 0, 0, 7, 7]);
    assert_eq!(memory.ulen(processed), 2);
    // A named row is refreshed whatever the array says.
    assert_eq!(set_pos(&application, 2, 1, 0), SUCCESS);
    assert_eq!((number(1), memory.ulen(processed)), (2, 1));
}

/// The binding of bookmarks and numbers, and the cursor's memory.
fn bound(
    count: i32,
    size: usize,
    by_row: bool,
    offset: isize,
    kept: usize,
) -> (Application, [AppPtr; 2], [usize; 2]) {
    let connector = FakeConnector {
        cursor_memory: Some(kept),
        ..FakeConnector::default()
    };
    let application = Application::new(connector.knows("numbers", numbers(count)));
    let memory = &application.memory;
    let row = WORD + 4 + 3;
    let (at, strides) = match by_row {
        true => {
            let rows = memory.allocate(row * size);
            ([rows, rows.plus(WORD)], [row, row])
        }
        false => (
            [memory.allocate(WORD * size), memory.allocate(4 * size)],
            [WORD, 4],
        ),
    };
    application.set(attribute::USE_BOOKMARKS, 2);
    application.set(attribute::CURSOR_TYPE, STATIC);
    application.set(attribute::ROW_ARRAY_SIZE, size);
    application.set(attribute::ROW_BIND_TYPE, if by_row { row } else { 0 });
    application.set(
        attribute::ROW_BIND_OFFSET_PTR,
        memory.word(offset).address(),
    );
    let back = |at: AppPtr| at.offset(-offset);
    application.bind(0, c_type::BINARY, back(at[0]), WORD as isize, AppPtr::NULL);
    application.bind(1, c_type::SLONG, back(at[1]), 0, AppPtr::NULL);
    application.direct("numbers");
    application.scroll(orientation::LAST, 0);
    (application, at, strides)
}

proptest! {
    /// Each row of the buffers gets the row of its bookmark; wrong bookmarks are errors of their
    /// rows.
    #[test]
    fn rows_are_fetched_by_their_bookmarks(
        bookmarks in prop::collection::vec(0_usize..12, 1..6), count in 1_i32..10,
        by_row in any::<bool>(), offset in prop::sample::select(vec![0_isize, 48]),
        kept in prop::sample::select(vec![0_usize, 500, 1 << 20]),
    ) {
        let size = bookmarks.len();
        let (application, at, strides) = bound(count, size, by_row, offset, kept);
        let memory = &application.memory;
        let (statuses, processed) = (memory.allocate(2 * size), memory.allocate(WORD));
        application.set(attribute::ROW_STATUS_PTR, statuses.address());
        application.set(attribute::ROWS_FETCHED_PTR, processed.address());
        for (row, bookmark) in bookmarks.iter().enumerate() {
            memory.write(at[0].plus(row * strides[0]), &bookmark.to_ne_bytes());
            memory.write(at[1].plus(row * strides[1]), &[0; 4]);
        }
        let code = bulk(&application, FETCH_BY_BOOKMARK);
        let mut wrong = Vec::new();
        for (row, bookmark) in bookmarks.iter().enumerate() {
            let exists = (1..=count as usize).contains(bookmark);
            let number = memory.i32(at[1].plus(row * strides[1])) as usize;
            prop_assert_eq!(number, if exists { *bookmark } else { 0 });
            prop_assert_eq!(memory.u16(statuses.plus(row * 2)), if exists { 0 } else { 5 });
            if !exists {
                wrong.push(("HY111", row as u64 + 1, 0));
            }
        }
        prop_assert_eq!(application.places(), wrong.clone());
        prop_assert_eq!(memory.ulen(processed), size);
        let expected = match wrong.len() {
            0 => SUCCESS,
            all if all == size => ERROR,
            _ => SUCCESS_WITH_INFO,
        };
        prop_assert_eq!(code, expected);
        // The cursor has not moved.
        let one = memory.allocate(4);
        application.get_data(1, c_type::SLONG, one, 0, AppPtr::NULL);
        prop_assert_eq!(memory.i32(one), (count - size as i32 + 1).max(1));
    }
}

#[test]
fn bulk_operations_need_a_cursor_with_bookmarks_and_a_buffer_for_them() {
    let application = with_numbers(3);
    let memory = &application.memory;
    let state = |operation| application.with_state(bulk(&application, operation));
    let again = |attributes: &[(i32, usize)]| {
        application.call(close::close_cursor);
        for (id, value) in attributes {
            application.set(*id, *value);
        }
        application.direct("numbers");
        application.fetch();
    };
    assert_eq!(state(FETCH_BY_BOOKMARK), (ERROR, "HY010"));
    again(&[]);
    for operation in [
        ADD,
        UPDATE_BY_BOOKMARK,
        DELETE_BY_BOOKMARK,
        FETCH_BY_BOOKMARK,
        9,
    ] {
        assert_eq!(state(operation), (ERROR, "HY092"), "{operation}");
    }
    again(&[(attribute::USE_BOOKMARKS, 2)]);
    assert_eq!(state(FETCH_BY_BOOKMARK), (ERROR, "HYC00"));
    again(&[(attribute::CURSOR_TYPE, STATIC)]);
    assert_eq!(state(FETCH_BY_BOOKMARK), (ERROR, "HY092"));
    let short = memory.allocate(WORD);
    application.bind(0, c_type::BINARY, short, WORD as isize - 1, AppPtr::NULL);
    assert_eq!(state(FETCH_BY_BOOKMARK), (ERROR, "HY111"));
    let (bookmark, number) = (memory.place(&1_u32.to_ne_bytes()), memory.allocate(4));
    application.bind(0, c_type::ULONG, bookmark, 0, AppPtr::NULL);
    application.bind(1, c_type::SLONG, number, 0, AppPtr::NULL);
    assert_eq!(state(FETCH_BY_BOOKMARK), (SUCCESS, ""));
    assert_eq!(memory.i32(number), 1);
}

/// A bit of `SQL_*_CURSOR_ATTRIBUTES1`, and the ability that it promises.
type Promise = (u32, &'static str, fn(&Application) -> i16);

const PROMISES: &[Promise] = &[
    (0x1, "NEXT", |a| a.scroll(orientation::NEXT, 0)),
    (0x2, "ABSOLUTE", |a| a.scroll(orientation::ABSOLUTE, 2)),
    (0x4, "RELATIVE", |a| a.scroll(orientation::RELATIVE, 1)),
    (0x8, "BOOKMARK", |a| a.scroll(orientation::BOOKMARK, 0)),
    (0x40, "LOCK_NO_CHANGE", |a| set_pos(a, 1, 0, 0)),
    (0x80, "LOCK_EXCLUSIVE", |a| set_pos(a, 1, 0, 1)),
    (0x100, "LOCK_UNLOCK", |a| set_pos(a, 1, 0, 2)),
    (0x200, "POS_POSITION", |a| set_pos(a, 2, 0, 0)),
    (0x400, "POS_UPDATE", |a| set_pos(a, 1, 2, 0)),
    (0x800, "POS_DELETE", |a| set_pos(a, 1, 3, 0)),
    (0x1000, "POS_REFRESH", |a| set_pos(a, 0, 1, 0)),
    (0x1_0000, "BULK_ADD", |a| bulk(a, ADD)),
    (0x2_0000, "BULK_UPDATE", |a| bulk(a, UPDATE_BY_BOOKMARK)),
    (0x4_0000, "BULK_DELETE", |a| bulk(a, DELETE_BY_BOOKMARK)),
    (0x8_0000, "BULK_FETCH", |a| bulk(a, FETCH_BY_BOOKMARK)),
];

/// The reported abilities of each kind of cursor are its real ones.
#[test]
fn every_promise_about_cursors_is_kept_and_nothing_is_kept_back() {
    const FORWARD_ONLY: usize = 0;
    for (information, kind) in [(146, FORWARD_ONLY), (167, STATIC)] {
        let mut able = 0;
        let mut told = 0;
        for (bit, name, call) in PROMISES {
            let application = with_numbers(9);
            let memory = &application.memory;
            let out = application.text_out(8);
            with_connection(application.connection, |scope| {
                info::get(scope, information, &out, memory)
            });
            told = memory.u32(out.at);
            let bookmark = memory.place(&[1_usize, 2].map(usize::to_ne_bytes).concat());
            application.set(attribute::CURSOR_TYPE, kind);
            application.set(attribute::USE_BOOKMARKS, 2);
            application.set(attribute::ROW_ARRAY_SIZE, 2);
            application.set(attribute::FETCH_BOOKMARK_PTR, bookmark.address());
            application.bind(0, c_type::UBIGINT, bookmark, 0, AppPtr::NULL);
            application.direct("numbers");
            assert_eq!(application.fetch(), SUCCESS);
            match call(&application) {
                SUCCESS => able |= bit,
                code => assert_eq!(code, ERROR, "{name}"),
            }
        }
        assert_eq!(
            able, told,
            "{information}: {able:#x} is true, {told:#x} is told"
        );
    }
}
