//! Parameters whose values come at execution.

use super::parameters::{Executions, bind, buffer, with_update};
use crate::odbc::attributes::statement::attribute;
use crate::odbc::calls::bind::ParameterBuffer;
use crate::odbc::calls::{cancel, close, put_data};
use crate::odbc::constants::{c_type, indicator, sql_type};
use crate::odbc::handles::{Allowed, ERROR, NEED_DATA, SUCCESS, SUCCESS_WITH_INFO, with_statement};
use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::testing::Application;
use crate::odbc::text::{Form, encode};
use exchange_sql::Value;
use proptest::prelude::*;

fn param_data(application: &Application) -> (i16, usize) {
    let out = application.memory.allocate(8);
    let code = with_statement(application.statement, Allowed::Always, |scope| {
        put_data::param_data(scope, out, &application.memory)
    });
    let untouched = application.memory.is_untouched(out, 8);
    (
        code,
        if untouched {
            0
        } else {
            application.memory.ulen(out)
        },
    )
}

fn put(application: &Application, bytes: &[u8], length: isize) -> i16 {
    let at = application.memory.place(bytes);
    with_statement(application.statement, Allowed::Always, |scope| {
        put_data::put_data(scope, at, length, &application.memory)
    })
}

fn put_all(application: &Application, bytes: &[u8]) -> i16 {
    put(application, bytes, bytes.len() as isize)
}

/// Two late parameters, a text and an integer, with the tokens 1 and 2.
fn waiting(text_type: i16) -> (Application, Executions) {
    let (application, executions) = with_update(2);
    wait(&application, text_type);
    (application, executions)
}

/// Executes a statement with these two parameters.
pub fn wait(application: &Application, text_type: i16) {
    let memory = &application.memory;
    let late = memory.word(indicator::DATA_AT_EXEC);
    let late_with_length = memory.word(indicator::LEN_DATA_AT_EXEC_OFFSET - 10);
    let text = buffer(1, text_type, sql_type::WVARCHAR, AppPtr::new(1), late);
    let number = buffer(
        2,
        c_type::SLONG,
        sql_type::INTEGER,
        AppPtr::new(2),
        late_with_length,
    );
    assert_eq!(bind(application, &text).0, SUCCESS);
    assert_eq!(bind(application, &number).0, SUCCESS);
    assert_eq!(application.prepare("update"), SUCCESS);
    assert_eq!(application.execute(), NEED_DATA);
}

#[test]
fn values_are_asked_for_in_order_and_may_come_in_pieces() {
    let (application, executions) = waiting(c_type::CHAR);
    assert_eq!(param_data(&application), (NEED_DATA, 1));
    assert_eq!(put_all(&application, b"ab"), SUCCESS);
    assert_eq!(put(&application, b"cd\0", indicator::NTS), SUCCESS);
    assert_eq!(put(&application, b"", 0), SUCCESS);
    assert_eq!(param_data(&application), (NEED_DATA, 2));
    assert_eq!(put(&application, &7_i32.to_ne_bytes(), 0), SUCCESS);
    assert_eq!(param_data(&application), (SUCCESS, 0));
    let expected = vec![Value::Text("abcd".into()), Value::Integer(7)];
    assert_eq!(*executions.lock().unwrap(), [expected]);
    // It stays prepared.
    assert_eq!(application.execute(), NEED_DATA);
}

#[test]
fn null_may_be_sent_instead() {
    let (application, executions) = waiting(c_type::WCHAR);
    param_data(&application);
    assert_eq!(put(&application, &[], indicator::NULL_DATA), SUCCESS);
    param_data(&application);
    assert_eq!(put(&application, &[], indicator::NULL_DATA), SUCCESS);
    assert_eq!(param_data(&application), (SUCCESS, 0));
    assert_eq!(
        *executions.lock().unwrap(),
        [vec![Value::Null, Value::Null]]
    );
}

#[test]
fn only_the_functions_of_the_moment_may_be_called() {
    let (application, _) = waiting(c_type::CHAR);
    let state = |code| application.with_state(code);
    // Nothing was asked for yet.
    assert_eq!(state(application.execute()), (ERROR, "HY010"));
    assert_eq!(state(application.prepare("update")), (ERROR, "HY010"));
    assert_eq!(
        state(application.call(|scope| close::free(scope, 0))),
        (ERROR, "HY010")
    );
    assert_eq!(state(put_all(&application, b"x")), (ERROR, "HY010"));
    assert_eq!(param_data(&application).0, NEED_DATA);
    // Nothing was sent yet.
    assert_eq!(state(param_data(&application).0), (ERROR, "HY010"));
    assert_eq!(put_all(&application, b"x"), SUCCESS);
    assert_eq!(param_data(&application), (NEED_DATA, 2));
    // Cancelling goes back to the prepared statement.
    assert_eq!(cancel::statement(application.statement), SUCCESS);
    assert_eq!(state(param_data(&application).0), (ERROR, "HY010"));
    assert_eq!(application.execute(), NEED_DATA);
    use crate::odbc::calls::connect::disconnect;
    let disconnected = crate::odbc::handles::with_connection(application.connection, disconnect);
    assert_eq!(disconnected, ERROR);
    assert_eq!(cancel::statement(application.statement), SUCCESS);
}

#[test]
fn what_cannot_be_sent_ends_the_execution() {
    type Sending = fn(&Application) -> i16;
    let cases: [(&str, usize, Sending); 4] = [
        ("HY019", 2, |application| {
            put(application, &[0; 4], 0);
            put(application, &[0; 4], 0)
        }),
        ("HY090", 1, |application| put(application, b"x", -9)),
        ("07S01", 1, |application| {
            put(application, b"x", indicator::DEFAULT_PARAM)
        }),
        ("HY009", 1, |application| {
            with_statement(application.statement, Allowed::Always, |scope| {
                put_data::put_data(scope, AppPtr::NULL, 3, &application.memory)
            })
        }),
    ];
    for (state, parameter, sending) in cases {
        let (application, executions) = waiting(c_type::CHAR);
        while param_data(&application).1 != parameter {
            put_all(&application, b"x");
        }
        let code = sending(&application);
        assert_eq!(application.with_state(code), (ERROR, state));
        assert_eq!(application.places(), [(state, 1, parameter as i32)]);
        assert!(executions.lock().unwrap().is_empty());
        assert_eq!(application.execute(), NEED_DATA, "prepared as before");
    }
}

#[test]
fn a_null_beside_data_is_refused_and_the_execution_goes_on() {
    type Sending = fn(&Application) -> i16;
    let data: Sending = |application| put_all(application, b"x");
    let null: Sending = |application| put(application, &[], indicator::NULL_DATA);
    let text = Value::Text("x".into());
    for (first, second, value) in [(data, null, text), (null, data, Value::Null)] {
        let (application, executions) = waiting(c_type::CHAR);
        param_data(&application);
        assert_eq!(first(&application), SUCCESS);
        let code = second(&application);
        assert_eq!(application.with_state(code), (ERROR, "HY020"));
        assert_eq!(application.places(), [("HY020", 1, 1)]);
        assert_eq!(param_data(&application), (NEED_DATA, 2));
        put(&application, &7_i32.to_ne_bytes(), 0);
        assert_eq!(param_data(&application), (SUCCESS, 0));
        let expected = vec![value, Value::Integer(7)];
        assert_eq!(*executions.lock().unwrap(), [expected]);
    }
}

#[test]
fn a_value_that_cannot_be_converted_fails_its_set_only() {
    let (application, executions) = with_update(1);
    let memory = &application.memory;
    let words = memory.allocate(24);
    (0..3).for_each(|set| memory.write_len(words.plus(set * 8), indicator::DATA_AT_EXEC));
    let statuses = memory.allocate(6);
    let bound = buffer(1, c_type::CHAR, sql_type::INTEGER, AppPtr::new(100), words);
    let bound = ParameterBuffer {
        buffer_length: 10,
        ..bound
    };
    bind(&application, &bound);
    application.set(attribute::PARAMSET_SIZE, 3);
    application.set(attribute::PARAM_STATUS_PTR, statuses.address());
    assert_eq!(application.direct("update"), NEED_DATA);
    for (token, value) in [(100, "1"), (110, "x"), (120, "3")] {
        assert_eq!(param_data(&application), (NEED_DATA, token));
        put_all(&application, value.as_bytes());
    }
    assert_eq!(param_data(&application).0, SUCCESS_WITH_INFO);
    assert_eq!(
        [0, 1, 2].map(|set| memory.u16(statuses.plus(set * 2))),
        [0, 5, 0]
    );
    let expected = [vec![Value::Integer(1)], vec![Value::Integer(3)]];
    assert_eq!(*executions.lock().unwrap(), expected);
}

#[test]
fn a_failed_set_is_asked_for_nothing_more() {
    let (application, executions) = with_update(2);
    let memory = &application.memory;
    for (number, token) in [(1, 100), (2, 200)] {
        let words = memory.allocate(16);
        (0..2).for_each(|set| memory.write_len(words.plus(set * 8), indicator::DATA_AT_EXEC));
        let bound = ParameterBuffer {
            buffer_length: 10,
            ..buffer(
                number,
                c_type::CHAR,
                sql_type::INTEGER,
                AppPtr::new(token),
                words,
            )
        };
        bind(&application, &bound);
    }
    application.set(attribute::PARAMSET_SIZE, 2);
    assert_eq!(application.direct("update"), NEED_DATA);
    assert_eq!(param_data(&application), (NEED_DATA, 100));
    put_all(&application, b"x");
    for (token, value) in [(110, "1"), (210, "2")] {
        assert_eq!(param_data(&application), (NEED_DATA, token));
        put_all(&application, value.as_bytes());
    }
    // No array of statuses tells which set failed.
    assert_eq!(param_data(&application).0, ERROR);
    assert_eq!(application.places(), [("22018", 1, 1)]);
    let expected = [vec![Value::Integer(1), Value::Integer(2)]];
    assert_eq!(*executions.lock().unwrap(), expected);
}

proptest! {
    #[test]
    fn any_pieces_make_the_same_value(
        text in "[a-zé漢😀]{0,20}", cuts in prop::collection::vec(0_usize..80, 0..5), wide in any::<bool>(),
    ) {
        let (c_type, form) = if wide { (c_type::WCHAR, Form::Utf16) } else { (c_type::CHAR, Form::Utf8) };
        let (application, executions) = waiting(c_type);
        let bytes = encode(&text, form);
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
        cuts.extend([0, bytes.len()]);
        cuts.sort_unstable();
        param_data(&application);
        for pair in cuts.windows(2) {
            prop_assert_eq!(put_all(&application, &bytes[pair[0]..pair[1]]), SUCCESS);
        }
        param_data(&application);
        put(&application, &7_i32.to_ne_bytes(), 0);
        prop_assert_eq!(param_data(&application).0, SUCCESS);
        prop_assert_eq!(&executions.lock().unwrap()[0][0], &Value::Text(text));
    }
}
