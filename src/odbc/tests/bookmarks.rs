//! Bookmarks: column 0, and fetching by them.

use super::support::with_numbers;
use crate::odbc::attributes::statement::attribute;
use crate::odbc::calls::columns::{self, ColumnOut};
use crate::odbc::calls::fetch as fetching;
use crate::odbc::constants::{c_type, fetch};
use crate::odbc::handles::{ERROR, NO_DATA, SUCCESS};
use crate::odbc::memory::AppPtr;
use crate::odbc::testing::Application;

const VARIABLE: usize = 2;
const WORD: usize = size_of::<usize>();

/// A static cursor with bookmarks over the rows 1 to 9, in rowsets of 3.
fn application() -> Application {
    let application = with_numbers(9);
    application.set(attribute::CURSOR_TYPE, 3);
    assert_eq!(application.set(attribute::USE_BOOKMARKS, VARIABLE), SUCCESS);
    application.set(attribute::ROW_ARRAY_SIZE, 3);
    assert_eq!(application.direct("numbers"), SUCCESS);
    application
}

/// The number in the first column of the current row; 0 without a row.
fn number(application: &Application) -> i32 {
    let out = application.memory.place(&[0; 4]);
    application.get_data(1, c_type::LONG, out, 0, AppPtr::NULL);
    application.memory.i32(out)
}

/// `SQLFetchScroll` to a bookmark.
fn go(application: &Application, bookmark: usize, offset: isize) -> (i16, &'static str) {
    let at = application.memory.place(&bookmark.to_ne_bytes());
    application.set(attribute::FETCH_BOOKMARK_PTR, at.address());
    application.with_state(application.scroll(fetch::BOOKMARK, offset))
}

#[test]
fn bookmarks_are_bound_and_lead_back() {
    let application = application();
    let memory = &application.memory;
    let (bookmarks, lengths) = (memory.allocate(3 * WORD), memory.allocate(3 * WORD));
    let code = application.bind(0, c_type::BINARY, bookmarks, WORD as isize, lengths);
    assert_eq!(code, SUCCESS);
    application.fetch();
    application.fetch();
    let read = |row: usize| memory.ulen(bookmarks.plus(row * WORD));
    assert_eq!([read(0), read(1), read(2)], [4, 5, 6]);
    assert_eq!(memory.len(lengths.plus(WORD)), WORD as isize);
    let second = read(1);
    application.scroll(fetch::LAST, 0);
    assert_eq!(read(2), 9);
    assert_eq!(go(&application, second, 0), (SUCCESS, ""));
    assert_eq!(number(&application), 5);
    assert_eq!([read(0), read(1), read(2)], [5, 6, 7]);
    // Unbinding keeps the buffer's content.
    assert_eq!(
        application.bind(0, c_type::BINARY, AppPtr::NULL, 0, AppPtr::NULL),
        SUCCESS
    );
    application.scroll(fetch::FIRST, 0);
    assert_eq!(read(0), 5);
}

#[test]
fn an_offset_counts_from_the_bookmark() {
    let application = application();
    application.scroll(fetch::LAST, 0);
    assert_eq!(go(&application, 5, -2), (SUCCESS, ""));
    assert_eq!(number(&application), 3);
    assert_eq!(go(&application, 5, 4), (SUCCESS, ""));
    assert_eq!(number(&application), 9);
    assert_eq!(go(&application, 5, 5).0, NO_DATA);
    assert_eq!(go(&application, 5, -5).0, NO_DATA);
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!(number(&application), 1);
}

#[test]
fn only_rows_that_were_read_have_bookmarks() {
    let application = application();
    application.fetch();
    for wrong in [0, 9, usize::MAX] {
        assert_eq!(go(&application, wrong, 0), (ERROR, "HY111"), "{wrong}");
    }
    application.set(attribute::FETCH_BOOKMARK_PTR, 0);
    let code = application.scroll(fetch::BOOKMARK, 0);
    assert_eq!(application.with_state(code), (ERROR, "HY111"));
    assert_eq!(number(&application), 1);
}

#[test]
fn extended_fetch_is_given_the_bookmark_itself() {
    let application = application();
    application.set(attribute::ROWSET_SIZE, 2);
    let extended = |orientation: i16, offset| {
        let (nowhere, memory) = (AppPtr::NULL, &application.memory);
        application.call(|scope| {
            fetching::extended(scope, orientation as u16, offset, nowhere, nowhere, memory)
        })
    };
    assert_eq!(extended(fetch::LAST, 0), SUCCESS);
    let code = extended(fetch::BOOKMARK, 6);
    assert_eq!((code, number(&application)), (SUCCESS, 6));
}

#[test]
fn a_bookmark_is_read_as_bytes_or_as_a_number() {
    let application = application();
    let memory = &application.memory;
    application.scroll(fetch::ABSOLUTE, 7);
    let (out, length) = (memory.allocate(WORD), memory.allocate(WORD));
    for target in [
        c_type::BINARY,
        c_type::UBIGINT,
        c_type::DEFAULT,
        c_type::ARD_TYPE,
    ] {
        let code = application.get_data(0, target, out, WORD as isize, length);
        assert_eq!((code, memory.ulen(out)), (SUCCESS, 7), "{target}");
        assert_eq!(memory.len(length), WORD as isize);
        assert_eq!(
            application.get_data(0, target, out, WORD as isize, length),
            NO_DATA
        );
        assert_eq!(number(&application), 7);
    }
    let code = application.get_data(0, c_type::CHAR, out, WORD as isize, length);
    assert_eq!(application.with_state(code), (ERROR, "HY003"));
    let code = application.bind(0, c_type::CHAR, out, WORD as isize, length);
    assert_eq!(application.with_state(code), (ERROR, "HY003"));
}

#[test]
fn column_0_is_described() {
    let application = application();
    let memory = &application.memory;
    let out = ColumnOut {
        name: application.text_out(10),
        data_type: memory.allocate(2),
        size: memory.allocate(WORD),
        decimal_digits: memory.allocate(2),
        nullable: memory.allocate(2),
    };
    let describe = || application.call(|scope| columns::describe(scope, 0, &out, memory));
    assert_eq!(describe(), SUCCESS);
    assert_eq!(
        (memory.i16(out.data_type), memory.ulen(out.size)),
        (-2, WORD)
    );
    assert_eq!(memory.i16(out.nullable), 0);
}

#[test]
fn without_bookmarks_there_is_no_column_0() {
    let application = application();
    let memory = &application.memory;
    let (out, length) = (memory.allocate(3 * WORD), memory.allocate(3 * WORD));
    let state = |code| application.with_state(code);
    assert_eq!(
        state(application.set(attribute::USE_BOOKMARKS, 0)),
        (ERROR, "24000")
    );
    application.bind(0, c_type::BINARY, out, WORD as isize, length);
    application.call(crate::odbc::calls::close::close_cursor);
    application.set(attribute::USE_BOOKMARKS, 0);
    application.direct("numbers");
    // The column is still bound.
    assert_eq!(state(application.fetch()), (ERROR, "07009"));
    assert_eq!(go(&application, 1, 0), (ERROR, "HY106"));
    let bind = application.bind(0, c_type::BINARY, out, WORD as isize, length);
    assert_eq!(state(bind), (ERROR, "07009"));
}

#[test]
fn a_forward_only_cursor_has_bookmarks_but_does_not_go_back_to_them() {
    let application = with_numbers(9);
    application.set(attribute::USE_BOOKMARKS, VARIABLE);
    application.direct("numbers");
    application.fetch();
    application.fetch();
    let out = application.memory.allocate(WORD);
    let code = application.get_data(0, c_type::UBIGINT, out, 0, AppPtr::NULL);
    assert_eq!((code, application.memory.ulen(out)), (SUCCESS, 2));
    assert_eq!(go(&application, 1, 0), (ERROR, "HY106"));
}
