//! Arrays of parameters: every layout, and the outcome of each set.

use super::parameters::{bind, buffer, text, with_update};
use super::support::numbers;
use crate::odbc::attributes::statement::attribute;
use crate::odbc::calls::bind::ParameterBuffer;
use crate::odbc::calls::results;
use crate::odbc::constants::{c_type, indicator, sql_type};
use crate::odbc::handles::{ERROR, NO_DATA, SUCCESS, SUCCESS_WITH_INFO};
use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::testing::{Application, FakeConnector, FakeStatement};
use exchange_sql::Value;
use proptest::prelude::*;

/// Each set of a query gives a result of its own.
#[test]
fn arrays_of_parameters_over_a_query_give_a_result_for_each_set() {
    let statement = FakeStatement {
        parameters: FakeStatement::update(0, 1).parameters,
        ..numbers(2)
    };
    let application = Application::new(FakeConnector::default().knows("query", statement));
    let memory = &application.memory;
    let bind_sets = |texts: &[u8]| {
        let bound = ParameterBuffer {
            buffer_length: 5,
            ..buffer(
                1,
                c_type::CHAR,
                sql_type::VARCHAR,
                memory.place(texts),
                AppPtr::NULL,
            )
        };
        bind(&application, &bound);
    };
    let (statuses, processed) = (memory.allocate(6), memory.allocate(8));
    application.set(attribute::PARAMSET_SIZE, 2);
    application.set(attribute::PARAM_STATUS_PTR, statuses.address());
    application.set(attribute::PARAMS_PROCESSED_PTR, processed.address());
    bind_sets(b"good\0fine\0");
    assert_eq!(application.direct("query"), SUCCESS);
    assert_eq!(
        [
            application.fetch(),
            application.fetch(),
            application.fetch()
        ],
        [0, 0, 100]
    );
    assert_eq!(
        [application.more(), application.fetch()],
        [SUCCESS, SUCCESS]
    );
    assert_eq!(application.more(), NO_DATA);
    bind_sets(b"fail\0good\0");
    assert_eq!(application.direct("query"), ERROR);
    assert_eq!(application.places(), [("23000", 1, -1)]);
    // The other set is not used.
    let status = |set: usize| memory.u16(statuses.plus(set * 2));
    assert_eq!([status(0), status(1)], [5, 7]);
    assert_eq!(memory.ulen(processed), 1);
    // If a later one fails, its result fails and is the last.
    application.set(attribute::PARAMSET_SIZE, 3);
    bind_sets(b"good\0fail\0good\0");
    assert_eq!(application.direct("query"), SUCCESS);
    assert_eq!(memory.ulen(processed), 3);
    assert_eq!(application.more(), ERROR);
    assert_eq!(application.places(), [("23000", 2, -1)]);
    assert_eq!([0, 1, 2].map(status), [0, 5, 7]);
    assert_eq!(memory.ulen(processed), 2);
    assert_eq!(application.more(), NO_DATA);
}

/// Sets of one text, some to be ignored, some that fail.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Set {
    Good,
    Ignored,
    Unreadable,
    Failing,
    Null,
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn arrays_of_parameters_report_on_every_set(
        sets in prop::collection::vec(prop::sample::select(vec![
            Set::Good, Set::Ignored, Set::Unreadable, Set::Failing, Set::Null,
        ]), 1..6),
        by_row in any::<bool>(),
        offset in prop::sample::select(vec![0_isize, 32]),
        keeps_statuses in any::<bool>(),
    ) {
        const WIDTH: usize = 6;
        let (application, executions) = with_update(1);
        let memory = &application.memory;
        let count = sets.len();
        let (data, words, data_stride, word_stride) = match by_row {
            true => {
                let rows = memory.allocate(20 * count);
                (rows, rows.plus(WIDTH), 20, 20)
            }
            false => (memory.allocate(WIDTH * count), memory.allocate(8 * count), WIDTH, 8),
        };
        let operations = memory.allocate(2 * count);
        let (statuses, processed) = (memory.allocate(2 * count), memory.allocate(8));
        for (number, set) in sets.iter().enumerate() {
            let (bytes, word): (&[u8], isize) = match set {
                Set::Good | Set::Ignored => (b"good\0", indicator::NTS),
                Set::Failing => (b"fail\0", 4),
                Set::Unreadable => (b"\xFF\0", 1),
                Set::Null => (b"", indicator::NULL_DATA),
            };
            memory.write(data.plus(number * data_stride), bytes);
            memory.write_len(words.plus(number * word_stride), word);
            memory.write_u16(operations.plus(number * 2), (*set == Set::Ignored).into());
        }
        let bound = ParameterBuffer {
            buffer_length: WIDTH as isize,
            ..buffer(1, c_type::CHAR, sql_type::VARCHAR, data.offset(-offset), words.offset(-offset))
        };
        prop_assert_eq!(bind(&application, &bound).0, SUCCESS);
        application.set(attribute::PARAM_BIND_OFFSET_PTR, memory.word(offset).address());
        application.set(attribute::PARAM_BIND_TYPE, if by_row { 20 } else { 0 });
        application.set(attribute::PARAMSET_SIZE, count);
        application.set(attribute::PARAM_OPERATION_PTR, operations.address());
        application.set(attribute::PARAM_STATUS_PTR, if keeps_statuses { statuses.address() } else { 0 });
        application.set(attribute::PARAMS_PROCESSED_PTR, processed.address());
        let code = application.direct("update");
        prop_assert_eq!(memory.ulen(processed), count);
        let mut records = Vec::new();
        for (number, set) in sets.iter().enumerate() {
            let status = memory.u16(statuses.plus(number * 2));
            let expected = match set {
                Set::Good | Set::Null => 0,
                Set::Ignored => 7,
                Set::Unreadable | Set::Failing => 5,
            };
            match keeps_statuses {
                true => prop_assert_eq!(status, expected, "{}", number),
                false => prop_assert!(memory.is_untouched(statuses.plus(number * 2), 2)),
            }
            match set {
                Set::Unreadable => records.push(("22018", number as u64 + 1, 1)),
                Set::Failing => records.push(("23000", number as u64 + 1, -1)),
                _ => {}
            }
        }
        let run: Vec<_> = sets.iter().filter_map(|set| match set {
            Set::Good => Some(vec![text("good")]),
            Set::Failing => Some(vec![text("fail")]),
            Set::Null => Some(vec![Value::Null]),
            _ => None,
        }).collect();
        prop_assert_eq!(executions.lock().unwrap().clone(), run);
        let good = sets.iter().filter(|set| matches!(set, Set::Good | Set::Null)).count();
        let expected = match (good, records.len()) {
            (_, 0) => SUCCESS,
            (0, _) => ERROR,
            // Without an array of statuses, only the return code says that a row was lost.
            _ if !keeps_statuses => ERROR,
            _ => SUCCESS_WITH_INFO,
        };
        prop_assert_eq!(code, expected);
        if sets == [Set::Failing] {
            // The error of a statement without an array has no set.
            records[0].1 = 0;
        }
        prop_assert_eq!(application.places(), records);
        if code != ERROR && good > 0 {
            let out = memory.allocate(8);
            application.call(|scope| results::row_count(scope, out, memory));
            prop_assert_eq!(memory.len(out), good as isize);
        }
    }
}
