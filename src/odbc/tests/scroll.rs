//! Static cursors.

use super::bound::{Bound, Entry, Layout, row_of};
use super::support::{numbers, with_numbers};
use crate::odbc::attributes::statement::attribute;
use crate::odbc::calls::attributes::{AttributeOut, statement};
use crate::odbc::constants::{c_type, fetch};
use crate::odbc::handles::{ERROR, NO_DATA, SUCCESS, SUCCESS_WITH_INFO};
use crate::odbc::memory::AppPtr;
use crate::odbc::testing::{Application, FakeConnector};
use proptest::prelude::*;

const STATIC: usize = 3;

fn value(application: &Application, id: i32) -> usize {
    let text = application.text_out(8);
    let out = AttributeOut { text };
    application.call(|scope| statement::get(scope, id, &out, &application.memory));
    application.memory.ulen(text.at)
}

#[test]
fn a_forward_only_cursor_only_goes_forward() {
    let application = with_numbers(3);
    application.direct("numbers");
    assert_eq!(application.scroll(fetch::NEXT, 0), SUCCESS);
    for orientation in [
        fetch::PRIOR,
        fetch::FIRST,
        fetch::LAST,
        fetch::ABSOLUTE,
        fetch::RELATIVE,
    ] {
        let code = application.scroll(orientation, 1);
        assert_eq!(application.with_state(code), (ERROR, "HY106"));
    }
}

#[test]
fn the_kind_of_cursor_has_three_names() {
    let application = with_numbers(3);
    let kinds = || {
        [
            attribute::CURSOR_TYPE,
            attribute::CURSOR_SCROLLABLE,
            attribute::CURSOR_SENSITIVITY,
        ]
        .map(|id| value(&application, id))
    };
    assert_eq!(kinds(), [0, 0, 0]);
    assert_eq!(application.set(attribute::CURSOR_SCROLLABLE, 1), SUCCESS);
    assert_eq!(kinds(), [STATIC, 1, 1]);
    assert_eq!(application.set(attribute::CURSOR_TYPE, 0), SUCCESS);
    assert_eq!(kinds(), [0, 0, 0]);
    // Keyset and dynamic cursors become static ones.
    let code = application.set(attribute::CURSOR_TYPE, 1);
    assert_eq!(application.with_state(code), (SUCCESS_WITH_INFO, "01S02"));
    assert_eq!(kinds(), [STATIC, 1, 1]);
}

#[test]
fn going_back_too_far_gives_the_first_rowset() {
    let application = with_numbers(9);
    application.set(attribute::CURSOR_TYPE, STATIC);
    application.set(attribute::ROW_ARRAY_SIZE, 4);
    application.direct("numbers");
    assert_eq!(application.scroll(fetch::ABSOLUTE, 3), SUCCESS);
    let code = application.scroll(fetch::PRIOR, 0);
    assert_eq!(application.with_state(code), (SUCCESS_WITH_INFO, "01S06"));
    assert_eq!(value(&application, attribute::ROW_NUMBER), 1);
    assert_eq!(application.scroll(fetch::PRIOR, 0), NO_DATA);
    // There is no row.
    value(&application, attribute::ROW_NUMBER);
    assert_eq!(application.states(), ["24000"]);
    assert_eq!(application.scroll(fetch::LAST, 0), SUCCESS);
    assert_eq!(value(&application, attribute::ROW_NUMBER), 6);
}

/// `numbers` over a cursor with this memory limit.
fn with_memory(count: i32, memory: usize, folder: Option<&str>) -> Application {
    let connector = FakeConnector {
        cursor_memory: Some(memory),
        temp_directory: folder.map(Into::into),
        ..FakeConnector::default()
    };
    Application::new(connector.knows("numbers", numbers(count)))
}

#[test]
fn a_file_that_cannot_be_made_is_an_error_and_loses_no_row() {
    let application = with_memory(9, 0, Some("/nowhere/at/all"));
    let number = || {
        let out = application.memory.place(&[0; 4]);
        application.get_data(1, c_type::SLONG, out, 0, AppPtr::NULL);
        application.memory.i32(out)
    };
    application.set(attribute::CURSOR_TYPE, STATIC);
    application.direct("numbers");
    assert_eq!(application.fetch(), SUCCESS);
    for orientation in [fetch::NEXT, fetch::LAST, fetch::NEXT] {
        let code = application.scroll(orientation, 0);
        assert_eq!(application.with_state(code), (ERROR, "HY000"));
    }
    assert_eq!(
        (application.scroll(fetch::FIRST, 0), number()),
        (SUCCESS, 1)
    );
    // A forward-only cursor needs no file.
    application.call(crate::odbc::calls::close::close_cursor);
    application.set(attribute::CURSOR_TYPE, 0);
    application.direct("numbers");
    for expected in 1..=9 {
        assert_eq!((application.fetch(), number()), (SUCCESS, expected));
    }
}

proptest! {
    #[test]
    fn scrolling_agrees_with_a_list_in_every_layout(
        count in 0_i32..12,
        size in 1_usize..5,
        kept in prop::sample::select(vec![0_usize, 500, 1 << 20]),
        by_row in any::<bool>(),
        offset in prop::sample::select(vec![0_isize, 64, -40]),
        entry in prop::sample::select(vec![Entry::FetchScroll, Entry::ExtendedFetch]),
        moves in prop::collection::vec((1_i16..=6, -14_isize..14), 1..12),
    ) {
        let layout = if by_row { Layout::ByRow } else { Layout::ByColumn };
        let bound = Bound::new(with_memory(count, kept, None), size, layout, offset);
        let (application, memory) = (&bound.application, &bound.application.memory);
        application.set(attribute::CURSOR_TYPE, STATIC);
        application.direct("numbers");
        // First row of the rowset, 0 before the start and `None` after the end.
        let last = count as isize;
        let width = size as isize;
        let mut at = Some(0_isize);
        for (orientation, offset) in moves {
            let code = bound.scroll(entry, orientation, offset);
            let absolute = |offset: isize| match offset {
                0 => Some(0),
                1.. => (offset <= last).then_some(offset),
                _ if last == 0 => None,
                _ if -offset <= last => Some(last + offset + 1),
                _ if -offset <= width => Some(1),
                _ => Some(0),
            };
            let back = |start: isize, by: isize| match start - by {
                _ if start == 1 => Some(0),
                target @ 1.. => Some(target),
                _ if by <= width => Some(1),
                _ => Some(0),
            };
            let whole = |rows: isize| if rows <= last { Some(rows) } else { None };
            // A rowset that the end of the result cut short has as many rows as it got.
            let rows_of = |start: isize| width.min(last - start + 1);
            at = match (orientation, at) {
                (fetch::NEXT, Some(0)) | (fetch::FIRST, _) => whole(1),
                (fetch::NEXT, Some(start)) => whole(start + rows_of(start)),
                (fetch::NEXT, None) => None,
                (fetch::PRIOR, Some(0)) => Some(0),
                (fetch::PRIOR, Some(start)) => back(start, width),
                (fetch::PRIOR, None) => absolute(-width),
                (fetch::LAST, _) if last == 0 => None,
                (fetch::LAST, _) => Some((last - width + 1).max(1)),
                (fetch::ABSOLUTE, _) => absolute(offset),
                (_, Some(0)) if offset > 0 => absolute(offset),
                (_, Some(0)) => Some(0),
                (_, None) if offset < 0 => absolute(offset),
                (_, None) => None,
                (_, Some(start)) if offset < 0 => back(start, -offset),
                (_, Some(start)) => whole(start + offset),
            };
            let start = at.unwrap_or(0);
            let rows = if start == 0 { 0 } else { rows_of(start) };
            prop_assert_eq!(memory.ulen(bound.fetched) as isize, rows, "{} {}", orientation, offset);
            prop_assert_eq!(code == NO_DATA, rows == 0);
            let expected: Vec<_> = (start..start + rows).map(|row| row_of(row as i32)).collect();
            prop_assert_eq!(bound.rows(), expected);
            // The current row is the rowset's first, and its columns can be read as well.
            if rows > 0 {
                let number = memory.place(&[0; 4]);
                application.get_data(1, c_type::SLONG, number, 0, AppPtr::NULL);
                prop_assert_eq!(memory.i32(number) as isize, start);
            }
        }
    }
}
