//! Rowsets: every way to bind, size of the rowset, entry point and offset.

use super::bound::{Bound, Entry, Layout, row_of};
use super::support::{numbers, with_numbers};
use crate::odbc::attributes::statement::attribute;
use crate::odbc::calls::fetch;
use crate::odbc::constants::{c_type, indicator, row_status};
use crate::odbc::handles::{ERROR, NO_DATA, SUCCESS, SUCCESS_WITH_INFO};
use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::testing::{Application, Behaviour, FakeConnector};
use exchange_sql::{Error, ErrorKind, Warning};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn every_layout_size_entry_and_offset_delivers_the_same_rows(
        count in 0_i32..14, size in 1_usize..8, by_row in any::<bool>(),
        entry in prop::sample::select(vec![Entry::Fetch, Entry::FetchScroll, Entry::ExtendedFetch]),
        offset in prop::sample::select(vec![0_isize, 64, -40]),
    ) {
        let layout = if by_row { Layout::ByRow } else { Layout::ByColumn };
        let bound = Bound::new(with_numbers(count), size, layout, offset);
        let application = &bound.application;
        prop_assert_eq!(application.direct("numbers"), SUCCESS);
        let mut found = Vec::new();
        loop {
            let code = bound.fetch(entry);
            let fetched = application.memory.ulen(bound.fetched);
            // The rows after a short rowset have the status for no row.
            for row in fetched..bound.size {
                let status = application.memory.u16(bound.statuses.plus(row * 2));
                prop_assert_eq!(status, row_status::NOROW);
            }
            if code == NO_DATA {
                prop_assert_eq!(fetched, 0);
                break;
            }
            prop_assert_eq!(code, SUCCESS);
            found.extend(bound.rows());
        }
        prop_assert_eq!(found, (1..=count).map(row_of).collect::<Vec<_>>());
        prop_assert_eq!(bound.fetch(entry), NO_DATA);
    }
}

#[test]
fn a_short_buffer_cuts_its_rows_and_says_which() {
    let application = with_numbers(4);
    let memory = &application.memory;
    let (texts, lengths) = (memory.allocate(4 * 4), memory.allocate(4 * 8));
    let statuses = memory.allocate(8);
    application.bind(2, c_type::CHAR, texts, 4, lengths);
    application.set(attribute::ROW_ARRAY_SIZE, 4);
    application.set(attribute::ROW_STATUS_PTR, statuses.address());
    application.direct("numbers");
    assert_eq!(application.fetch(), SUCCESS_WITH_INFO);
    assert_eq!(
        application.places(),
        [("01004", 1, 2), ("01004", 2, 2), ("01004", 4, 2)]
    );
    let status = |row: usize| memory.u16(statuses.plus(row * 2));
    assert_eq!([status(0), status(1), status(2), status(3)], [6, 6, 0, 6]);
    assert_eq!(memory.bytes(texts, 4), b"row\0");
    assert_eq!(memory.len(lengths), 5);
}

#[test]
fn null_without_an_indicator_is_an_error_of_its_row() {
    let application = with_numbers(3);
    let memory = &application.memory;
    let (texts, statuses) = (memory.allocate(30), memory.allocate(6));
    application.bind(2, c_type::CHAR, texts, 10, AppPtr::NULL);
    application.set(attribute::ROW_ARRAY_SIZE, 3);
    application.set(attribute::ROW_STATUS_PTR, statuses.address());
    application.direct("numbers");
    assert_eq!(application.fetch(), SUCCESS_WITH_INFO);
    assert_eq!(application.places(), [("22002", 3, 2)]);
    assert_eq!(memory.u16(statuses.plus(4)), row_status::ERROR);
    // With a single row, the error is the function's.
    application.set(attribute::ROW_ARRAY_SIZE, 1);
    application.call(crate::odbc::calls::close::close_cursor);
    application.direct("numbers");
    assert_eq!(
        [application.fetch(), application.fetch()],
        [SUCCESS, SUCCESS]
    );
    assert_eq!(application.fetch(), ERROR);
    assert_eq!(application.states(), ["22002"]);
}

#[test]
fn extended_fetch_says_that_rows_have_errors() {
    let application = with_numbers(3);
    let memory = &application.memory;
    application.bind(2, c_type::CHAR, memory.allocate(30), 10, AppPtr::NULL);
    application.set(attribute::ROWSET_SIZE, 3);
    application.direct("numbers");
    let (fetched, statuses) = (memory.allocate(8), memory.allocate(6));
    let code = application.call(|scope| fetch::extended(scope, 1, 0, fetched, statuses, memory));
    assert_eq!(code, SUCCESS_WITH_INFO);
    assert_eq!(application.states(), ["01S01", "22002"]);
}

#[test]
fn length_and_indicator_may_lie_apart_and_data_may_be_absent() {
    use crate::odbc::state::descriptor::Record;
    use crate::odbc::state::descriptor::buffer::application_record;
    let application = with_numbers(3);
    let memory = &application.memory;
    let (indicators, lengths) = (memory.allocate(24), memory.allocate(24));
    application.call(|scope| {
        *scope.ard_mut().record_mut(2)? = Record {
            indicator_ptr: indicators,
            octet_length_ptr: lengths,
            ..application_record(c_type::CHAR)
        };
        Ok(crate::odbc::handles::Success::Done)
    });
    application.set(attribute::ROW_ARRAY_SIZE, 3);
    application.direct("numbers");
    assert_eq!(application.fetch(), SUCCESS);
    let word = |base: AppPtr, row: usize| memory.len(base.plus(row * 8));
    assert_eq!(
        [0, 1, 2].map(|row| word(indicators, row)),
        [0, 0, indicator::NULL_DATA]
    );
    assert_eq!([0, 1].map(|row| word(lengths, row)), [5, 5]);
    assert!(
        memory.is_untouched(lengths.plus(16), 8),
        "a NULL has no length"
    );
}

#[test]
fn a_binding_that_cannot_be_fails_before_any_row_moves() {
    let application = with_numbers(2);
    let memory = &application.memory;
    let buffer = memory.allocate(16);
    application.direct("numbers");
    application.bind(1, c_type::TYPE_DATE, buffer, 0, AppPtr::NULL);
    assert_eq!(
        application.with_state(application.fetch()),
        (ERROR, "07006")
    );
    assert_eq!(application.places(), [("07006", 0, 1)]);
    application.bind(1, c_type::SLONG, buffer, 0, AppPtr::NULL);
    application.bind(4, c_type::SLONG, buffer, 0, AppPtr::NULL);
    assert_eq!(
        application.with_state(application.fetch()),
        (ERROR, "07009")
    );
    application.bind(4, c_type::SLONG, AppPtr::NULL, 0, AppPtr::NULL);
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!(memory.i32(buffer), 1);
}

#[test]
fn bindings_may_change_between_fetches() {
    let application = with_numbers(3);
    let memory = &application.memory;
    let (first, second) = (memory.allocate(4), memory.allocate(8));
    application.direct("numbers");
    application.bind(1, c_type::SLONG, first, 0, AppPtr::NULL);
    assert_eq!(application.fetch(), SUCCESS);
    application.bind(1, c_type::SBIGINT, second, 0, AppPtr::NULL);
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!((memory.i32(first), memory.i64(second)), (1, 2));
    application.call(|scope| crate::odbc::calls::close::free(scope, 2));
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!((memory.i32(first), memory.i64(second)), (1, 2));
}

#[test]
fn default_c_types_follow_the_column() {
    let application = with_numbers(1);
    let memory = &application.memory;
    let (number, text, half) = (memory.allocate(4), memory.allocate(40), memory.allocate(8));
    application.bind(1, c_type::DEFAULT, number, 0, AppPtr::NULL);
    application.bind(2, c_type::DEFAULT, text, 40, AppPtr::NULL);
    application.bind(3, c_type::DEFAULT, half, 0, AppPtr::NULL);
    application.direct("numbers");
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!((memory.i32(number), memory.f64(half)), (1, 0.5));
    // An application that connects through the wide spelling sees SQL_WVARCHAR.
    assert_eq!(memory.read_vec(text, 12), b"r\0o\0w\0 \x001\0\0\0");
}

#[test]
fn max_rows_max_length_and_retrieve_data_are_honoured() {
    let application = with_numbers(9);
    let memory = &application.memory;
    let (text, length) = (memory.allocate(10), memory.allocate(8));
    application.bind(2, c_type::CHAR, text, 10, length);
    application.set(attribute::MAX_ROWS, 2);
    application.set(attribute::MAX_LENGTH, 3);
    application.direct("numbers");
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!(
        (memory.bytes(text, 4), memory.len(length)),
        (b"row\0".to_vec(), 3)
    );
    application.set(attribute::RETRIEVE_DATA, 0);
    memory.write(text, b"mine");
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!(memory.bytes(text, 4), b"mine");
    assert_eq!(application.fetch(), NO_DATA);
}

fn failing(count: i32, kind: ErrorKind) -> Application {
    let error = Error::new(kind, "The server went away");
    let statement = crate::odbc::testing::FakeStatement {
        then: Behaviour::Fails(error),
        ..numbers(count)
    };
    Application::new(FakeConnector::default().knows("numbers", statement))
}

#[test]
fn rows_before_a_failure_are_delivered_and_the_failure_stays() {
    let application = failing(3, ErrorKind::LinkLost);
    let fetched = application.memory.allocate(8);
    application.set(attribute::ROW_ARRAY_SIZE, 10);
    application.set(attribute::ROWS_FETCHED_PTR, fetched.address());
    application.direct("numbers");
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!(application.memory.ulen(fetched), 3);
    for _ in 0..2 {
        assert_eq!(
            application.with_state(application.fetch()),
            (ERROR, "08S01")
        );
        assert_eq!(application.memory.ulen(fetched), 0);
    }
}

#[test]
fn an_end_that_was_asked_for_is_told_at_once() {
    for (kind, state) in [
        (ErrorKind::Cancelled, "HY008"),
        (ErrorKind::TimedOut, "HYT00"),
    ] {
        let application = failing(3, kind);
        application.set(attribute::ROW_ARRAY_SIZE, 10);
        application.direct("numbers");
        assert_eq!(application.with_state(application.fetch()), (ERROR, state));
    }
}

#[test]
fn warnings_of_the_engine_come_with_the_rows() {
    let warning = Warning {
        message: "The mailbox bob@x.org was skipped".into(),
    };
    let statement = crate::odbc::testing::FakeStatement {
        warnings: vec![warning],
        ..numbers(2)
    };
    let application = Application::new(FakeConnector::default().knows("numbers", statement));
    application.direct("numbers");
    assert_eq!(
        application.with_state(application.fetch()),
        (SUCCESS_WITH_INFO, "01000")
    );
    assert_eq!(application.fetch(), SUCCESS);
}

#[test]
fn a_panic_of_the_engine_is_an_error_and_the_result_stays_failed() {
    let statement = crate::odbc::testing::FakeStatement {
        then: Behaviour::Panics,
        ..numbers(1)
    };
    let application = Application::new(FakeConnector::default().knows("numbers", statement));
    application.direct("numbers");
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!(
        application.with_state(application.fetch()),
        (ERROR, "HY000")
    );
    assert_eq!(
        application.with_state(application.fetch()),
        (ERROR, "HY000")
    );
    assert_eq!(
        application.call(crate::odbc::calls::close::close_cursor),
        SUCCESS
    );
}
