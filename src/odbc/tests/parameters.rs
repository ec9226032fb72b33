//! Parameters: binding, describing, arrays.

use super::support::numbers;
use crate::odbc::attributes::statement::attribute;
use crate::odbc::constants::{c_type, indicator, parameter_type, sql_type};
use crate::odbc::descriptor::bind::{self, ParameterBuffer};
use crate::odbc::handles::{ERROR, NO_DATA, SUCCESS, SUCCESS_WITH_INFO};
use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::statement::prepare::{self, ParameterOut};
use crate::odbc::statement::{close, results};
use crate::odbc::testing::{Application, FakeConnector, FakeStatement};
use crate::sql::Value;
use proptest::prelude::*;
use std::sync::{Arc, Mutex};

pub type Executions = Arc<Mutex<Vec<Vec<Value>>>>;

/// An application that knows `update` with so many parameters, and what it was executed with.
pub fn with_update(parameters: usize) -> (Application, Executions) {
    let statement = FakeStatement::update(1, parameters);
    let executions = Arc::clone(&statement.executions);
    (
        Application::new(FakeConnector::default().knows("update", statement)),
        executions,
    )
}

/// A parameter of a C type and an SQL type.
pub fn buffer(
    number: u16,
    value_type: i16,
    sql: i16,
    data: AppPtr,
    indicator: AppPtr,
) -> ParameterBuffer {
    ParameterBuffer {
        number,
        direction: parameter_type::INPUT,
        value_type,
        parameter_type: sql,
        column_size: 0,
        decimal_digits: 0,
        data,
        buffer_length: 0,
        indicator,
    }
}

pub fn bind(application: &Application, buffer: &ParameterBuffer) -> (i16, &'static str) {
    application.with_state(application.call(|scope| bind::parameter(scope, buffer)))
}

fn text(value: &str) -> Value {
    Value::Text(value.into())
}

#[test]
fn values_reach_the_engine() {
    let (application, executions) = with_update(4);
    let memory = &application.memory;
    let number = memory.place(&42_i32.to_ne_bytes());
    let null = memory.word(indicator::NULL_DATA);
    bind(
        &application,
        &buffer(1, c_type::SLONG, sql_type::INTEGER, number, AppPtr::NULL),
    );
    bind(
        &application,
        &buffer(
            2,
            c_type::CHAR,
            sql_type::VARCHAR,
            memory.text("abc"),
            AppPtr::NULL,
        ),
    );
    let three = memory.word(3);
    bind(
        &application,
        &buffer(
            3,
            c_type::CHAR,
            sql_type::VARCHAR,
            memory.place(b"defgh"),
            three,
        ),
    );
    bind(
        &application,
        &buffer(4, c_type::SLONG, sql_type::INTEGER, AppPtr::NULL, null),
    );
    assert_eq!(application.direct("update"), SUCCESS);
    let expected = vec![Value::Integer(42), text("abc"), text("def"), Value::Null];
    assert_eq!(*executions.lock().unwrap(), [expected]);
    // Buffers are read at each execution.
    memory.write(number, &43_i32.to_ne_bytes());
    assert_eq!(application.direct("update"), SUCCESS);
    assert_eq!(executions.lock().unwrap()[1][0], Value::Integer(43));
}

#[test]
fn markers_without_values_are_07002() {
    let (application, executions) = with_update(2);
    let at = application.memory.text("x");
    assert_eq!(
        application.with_state(application.direct("update")),
        (ERROR, "07002")
    );
    bind(
        &application,
        &buffer(2, c_type::CHAR, sql_type::VARCHAR, at, AppPtr::NULL),
    );
    assert_eq!(
        application.with_state(application.direct("update")),
        (ERROR, "07002")
    );
    bind(
        &application,
        &buffer(1, c_type::CHAR, sql_type::VARCHAR, at, AppPtr::NULL),
    );
    assert_eq!(application.direct("update"), SUCCESS);
    application.call(|scope| close::free(scope, 3));
    assert_eq!(
        application.with_state(application.direct("update")),
        (ERROR, "07002")
    );
    assert_eq!(executions.lock().unwrap().len(), 1);
}

#[test]
fn wrong_bindings_have_their_states() {
    let (application, _) = with_update(1);
    let at = application.memory.text("x");
    let good = buffer(1, c_type::CHAR, sql_type::VARCHAR, at, AppPtr::NULL);
    let state = |buffer: ParameterBuffer| bind(&application, &buffer).1;
    assert_eq!(state(ParameterBuffer { number: 0, ..good }), "07009");
    assert_eq!(
        state(ParameterBuffer {
            direction: parameter_type::OUTPUT,
            ..good
        }),
        "HYC00"
    );
    assert_eq!(
        state(ParameterBuffer {
            direction: 3,
            ..good
        }),
        "HY105"
    );
    assert_eq!(
        state(ParameterBuffer {
            value_type: 1234,
            ..good
        }),
        "HY003"
    );
    assert_eq!(
        state(ParameterBuffer {
            parameter_type: 1234,
            ..good
        }),
        "HY004"
    );
    assert_eq!(
        state(ParameterBuffer {
            buffer_length: -1,
            ..good
        }),
        "HY090"
    );
    // What appendix D has no conversion for, and what the engine has no values of.
    for (value_type, parameter_type, expected) in [
        (c_type::DOUBLE, sql_type::TYPE_DATE, "07006"),
        (c_type::TYPE_DATE, sql_type::TYPE_TIME, "07006"),
        (c_type::GUID, sql_type::INTEGER, "07006"),
        (c_type::SLONG, sql_type::VARBINARY, "07006"),
        (c_type::CHAR, sql_type::INTERVAL_YEAR, "HYC00"),
        (c_type::DEFAULT, sql_type::TYPE_DATE, ""),
    ] {
        assert_eq!(
            state(ParameterBuffer {
                value_type,
                parameter_type,
                ..good
            }),
            expected
        );
    }
    assert_eq!(
        state(ParameterBuffer {
            data: AppPtr::NULL,
            ..good
        }),
        "HY009"
    );
    let scaled = ParameterBuffer {
        column_size: 3,
        decimal_digits: 4,
        ..good
    };
    assert_eq!(
        state(ParameterBuffer {
            parameter_type: sql_type::DECIMAL,
            ..scaled
        }),
        "HY104"
    );
    assert_eq!(state(good), "");
}

#[test]
fn wrong_values_have_their_states_and_places() {
    let (application, executions) = with_update(2);
    let memory = &application.memory;
    let (status, processed) = (memory.allocate(2), memory.allocate(8));
    application.set(attribute::PARAM_STATUS_PTR, status.address());
    application.set(attribute::PARAMS_PROCESSED_PTR, processed.address());
    let fine = buffer(
        1,
        c_type::CHAR,
        sql_type::VARCHAR,
        memory.text("x"),
        AppPtr::NULL,
    );
    bind(&application, &fine);
    let state = |value_type, sql, at, word| {
        bind(&application, &buffer(2, value_type, sql, at, word));
        let found = application.with_state(application.direct("update"));
        assert_eq!(application.places()[0], (found.1, 1, 2));
        assert_eq!((memory.u16(status), memory.ulen(processed)), (5, 1));
        found
    };
    let word = |value| memory.word(value);
    let not_a_number = memory.text("abc");
    assert_eq!(
        state(c_type::CHAR, sql_type::INTEGER, not_a_number, AppPtr::NULL),
        (ERROR, "22018")
    );
    let large = memory.place(&70_000_i64.to_le_bytes());
    assert_eq!(
        state(c_type::SLONG, sql_type::SMALLINT, large, AppPtr::NULL),
        (ERROR, "22003")
    );
    assert_eq!(
        state(c_type::CHAR, sql_type::VARCHAR, large, word(-7)),
        (ERROR, "HY090")
    );
    assert_eq!(
        state(c_type::CHAR, sql_type::VARCHAR, large, word(-5)),
        (ERROR, "07S01")
    );
    assert_eq!(
        state(c_type::CHAR, sql_type::VARCHAR, AppPtr::NULL, word(3)),
        (ERROR, "HY009")
    );
    assert_eq!(
        state(c_type::BINARY, sql_type::BINARY, large, word(-3)),
        (ERROR, "HY090")
    );
    assert!(executions.lock().unwrap().is_empty());
}

#[test]
fn parameters_are_counted_and_described() {
    let (application, _) = with_update(2);
    let memory = &application.memory;
    let count = memory.allocate(2);
    let counted = || application.call(|scope| prepare::count_parameters(scope, count, memory));
    assert_eq!(application.with_state(counted()), (ERROR, "HY010"));
    application.prepare("update");
    assert_eq!((counted(), memory.i16(count)), (SUCCESS, 2));
    let out = ParameterOut {
        sql_type: memory.allocate(2),
        size: memory.allocate(8),
        decimal_digits: memory.allocate(2),
        nullable: memory.allocate(2),
    };
    let describe = |number| {
        application.with_state(
            application.call(|scope| prepare::describe_parameter(scope, number, &out, memory)),
        )
    };
    assert_eq!(describe(2), (SUCCESS, ""));
    assert_eq!(
        (memory.i16(out.sql_type), memory.ulen(out.size)),
        (sql_type::WVARCHAR, 10)
    );
    assert_eq!(
        (memory.i16(out.decimal_digits), memory.i16(out.nullable)),
        (0, 1)
    );
    // Also after SQLExecDirect there is what was executed.
    for number in [1, 2] {
        let null = memory.word(indicator::NULL_DATA);
        let unset = buffer(number, c_type::CHAR, sql_type::VARCHAR, AppPtr::NULL, null);
        bind(&application, &unset);
    }
    assert_eq!(application.direct("update"), SUCCESS);
    assert_eq!(describe(2), (SUCCESS, ""));
    assert_eq!((counted(), memory.i16(count)), (SUCCESS, 2));
    assert_eq!(describe(0), (ERROR, "07009"));
    assert_eq!(describe(3), (ERROR, "07009"));
}

#[test]
fn parameters_of_several_statements_follow_one_another() {
    let (application, executions) = with_update(1);
    let memory = &application.memory;
    for (number, value) in [(1, "a"), (2, "b")] {
        let at = memory.text(value);
        bind(
            &application,
            &buffer(number, c_type::CHAR, sql_type::VARCHAR, at, AppPtr::NULL),
        );
    }
    assert_eq!(application.direct("update;update"), SUCCESS);
    assert_eq!(application.more(), SUCCESS);
    assert_eq!(
        *executions.lock().unwrap(),
        [vec![text("a")], vec![text("b")]]
    );
}

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
    // A later one that fails is a result that fails; the next one follows it.
    application.set(attribute::PARAMSET_SIZE, 3);
    bind_sets(b"good\0fail\0good\0");
    assert_eq!(application.direct("query"), SUCCESS);
    assert_eq!(memory.ulen(processed), 3);
    assert_eq!(application.more(), ERROR);
    assert_eq!(application.places(), [("23000", 2, -1)]);
    assert_eq!([0, 1, 2].map(status), [0, 5, 0]);
    assert_eq!(
        [application.more(), application.fetch(), application.more()],
        [SUCCESS, SUCCESS, NO_DATA]
    );
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
        application.set(attribute::PARAM_STATUS_PTR, statuses.address());
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
            prop_assert_eq!(status, expected, "{}", number);
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
            _ => SUCCESS_WITH_INFO,
        };
        prop_assert_eq!(code, expected);
        if sets == [Set::Failing] {
            // The error of a statement without an array concerns no set.
            records[0].1 = 0;
        }
        prop_assert_eq!(application.places(), records);
        if good > 0 {
            let out = memory.allocate(8);
            application.call(|scope| results::row_count(scope, out, memory));
            prop_assert_eq!(memory.len(out), good as isize);
        }
    }
}
