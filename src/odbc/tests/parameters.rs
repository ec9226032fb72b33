//! Parameters: binding, describing, arrays.

use crate::odbc::attributes::statement::attribute;
use crate::odbc::calls::bind::{self, ParameterBuffer};
use crate::odbc::calls::close;
use crate::odbc::calls::prepare::{self, ParameterOut};
use crate::odbc::constants::{c_type, indicator, parameter_type, sql_type};
use crate::odbc::handles::{ERROR, SUCCESS};
use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::testing::{Application, FakeConnector, FakeStatement};
use exchange_sql::Value;
use std::sync::{Arc, Mutex};

pub type Executions = Arc<Mutex<Vec<Vec<Value>>>>;

/// An application with the statement `update` of this many parameters, and its executions.
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

pub fn text(value: &str) -> Value {
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

/// Driver managers map SQLSetParam to this.
#[test]
fn a_parameter_that_goes_both_ways_is_bound_as_input() {
    let (application, executions) = with_update(1);
    let at = application.memory.text("x");
    let bound = ParameterBuffer {
        direction: parameter_type::INPUT_OUTPUT,
        buffer_length: -1,
        ..buffer(1, c_type::CHAR, sql_type::VARCHAR, at, AppPtr::NULL)
    };
    assert_eq!(bind(&application, &bound).0, SUCCESS);
    assert_eq!(application.direct("update"), SUCCESS);
    assert_eq!(*executions.lock().unwrap(), [vec![text("x")]]);
    let input = ParameterBuffer {
        direction: parameter_type::INPUT,
        ..bound
    };
    assert_eq!(bind(&application, &input).1, "HY090");
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
    // Conversions that appendix D lacks, and types that the engine lacks.
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
    assert_eq!(describe(0), (ERROR, "07009"));
    assert_eq!(describe(3), (ERROR, "07009"));
    // After SQLExecDirect the executed statement is current, but the prepared one is described.
    for number in [1, 2] {
        let null = memory.word(indicator::NULL_DATA);
        let unset = buffer(number, c_type::CHAR, sql_type::VARCHAR, AppPtr::NULL, null);
        bind(&application, &unset);
    }
    assert_eq!(application.direct("update"), SUCCESS);
    assert_eq!(describe(2), (ERROR, "HY010"));
    assert_eq!((counted(), memory.i16(count)), (SUCCESS, 2));
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
