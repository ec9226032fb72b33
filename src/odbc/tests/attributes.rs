//! Attributes of environments, connections and statements.

use super::support::{numbers, with_numbers};
use crate::odbc::attributes::connection::attribute as c;
use crate::odbc::attributes::environment::attribute as e;
use crate::odbc::attributes::statement::attribute as s;
use crate::odbc::calls::attributes::{
    AttributeIn, AttributeOut, connection, environment, statement,
};
use crate::odbc::constants::{c_type, handle_type};
use crate::odbc::handles::{ERROR, SUCCESS, SUCCESS_WITH_INFO, with_connection, with_environment};
use crate::odbc::memory::AppPtr;
use crate::odbc::testing::{Application, FakeConnector, first_state};
use crate::odbc::text::{Encoding, WideWidth};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

fn set_env(application: &Application, id: i32, value: usize) -> (i16, &'static str) {
    let code = with_environment(application.environment, |_, state| {
        environment::set(state, id, value)
    });
    (code, first_state(handle_type::ENV, application.environment))
}

fn get_env(application: &Application, id: i32) -> i32 {
    let out = AttributeOut {
        text: application.text_out(4),
    };
    let code = with_environment(application.environment, |_, state| {
        environment::get(state, id, &out, &application.memory)
    });
    assert_eq!(code, SUCCESS);
    application.memory.i32(out.at())
}

fn state_of_connection(application: &Application) -> &'static str {
    first_state(handle_type::DBC, application.connection)
}

fn set_connection(application: &Application, id: i32, value: usize) -> (i16, &'static str) {
    let given = AttributeIn {
        value,
        text: application.absent(),
    };
    let code = with_connection(application.connection, |scope| {
        connection::set(scope, id, &given, &application.memory)
    });
    (code, state_of_connection(application))
}

/// The value with its size in bytes; only that many bytes are written.
fn get_connection(application: &Application, id: i32) -> (usize, i32) {
    let out = AttributeOut {
        text: application.text_out(8),
    };
    let code = with_connection(application.connection, |scope| {
        connection::get(scope, id, &out, &application.memory)
    });
    assert_eq!(code, SUCCESS, "{id}");
    let memory = &application.memory;
    let size = memory.i32(out.text.length_at);
    match size {
        4 => assert!(memory.is_untouched(out.at().plus(4), 4), "{id}"),
        _ => assert_eq!(size, 8, "{id}"),
    }
    let value = if size == 4 {
        memory.u32(out.at()) as usize
    } else {
        memory.ulen(out.at())
    };
    (value, size)
}

fn get_statement(application: &Application, id: i32) -> (i16, usize) {
    let out = AttributeOut {
        text: application.text_out(8),
    };
    let code = application.call(|scope| statement::get(scope, id, &out, &application.memory));
    (
        code,
        if code == SUCCESS {
            application.memory.ulen(out.at())
        } else {
            0
        },
    )
}

#[test]
fn the_environment_keeps_its_version() {
    let application = Application::unconnected(FakeConnector::default(), Encoding::default());
    assert_eq!(
        set_env(&application, e::ODBC_VERSION, 380),
        (ERROR, "HY011")
    );
    crate::odbc::calls::allocate::free(handle_type::DBC, application.connection);
    for version in [2, 3, 380] {
        assert_eq!(
            set_env(&application, e::ODBC_VERSION, version),
            (SUCCESS, "")
        );
        assert_eq!(get_env(&application, e::ODBC_VERSION), version as i32);
    }
    assert_eq!(set_env(&application, e::ODBC_VERSION, 4), (ERROR, "HY024"));
    assert_eq!(
        set_env(&application, e::CONNECTION_POOLING, 2),
        (SUCCESS, "")
    );
    assert_eq!(get_env(&application, e::CONNECTION_POOLING), 2);
    assert_eq!(get_env(&application, e::OUTPUT_NTS), 1);
    assert_eq!(set_env(&application, e::OUTPUT_NTS, 0), (ERROR, "HYC00"));
    assert_eq!(set_env(&application, 4711, 0), (ERROR, "HY092"));
}

#[test]
fn iodbc_asks_for_the_width_and_says_its_own() {
    for (width, code) in [(WideWidth::Two, 1), (WideWidth::Four, 3)] {
        let application = Application::unconnected(FakeConnector::default(), width.into());
        assert_eq!(get_env(&application, e::DRIVER_UNICODE_TYPE), code);
        assert_eq!(
            get_connection(&application, c::APP_WCHAR_TYPE),
            (code as usize, 4)
        );
        assert_eq!(
            set_connection(&application, c::APP_WCHAR_TYPE, 3),
            (SUCCESS, "")
        );
        assert_eq!(get_connection(&application, c::APP_WCHAR_TYPE).0, 3);
        assert_eq!(
            set_connection(&application, c::APP_WCHAR_TYPE, 2),
            (ERROR, "HY024")
        );
    }
}

/// Attributes that unixODBC sets on a connection before it is open.
#[test]
fn attributes_may_be_set_before_connecting() {
    let application = Application::unconnected(FakeConnector::default(), Encoding::default());
    let replayed = [
        (c::ACCESS_MODE, 1),
        (c::AUTOCOMMIT, 1),
        (c::LOGIN_TIMEOUT, 15),
        (c::CONNECTION_TIMEOUT, 20),
        (c::METADATA_ID, 1),
        (c::PACKET_SIZE, 4096),
        (c::QUIET_MODE, 0),
        (c::TXN_ISOLATION, 2),
        (c::ODBC_CURSORS, 2),
        (c::ANSI_APP, 1),
    ];
    for (id, value) in replayed {
        assert_eq!(
            set_connection(&application, id, value),
            (SUCCESS, ""),
            "{id}"
        );
        assert_eq!(get_connection(&application, id).0, value, "{id}");
    }
    assert_eq!(
        set_connection(&application, c::AUTO_IPD, 1),
        (ERROR, "HY092")
    );
    assert_eq!(
        set_connection(&application, c::ACCESS_MODE, 2),
        (ERROR, "HY024")
    );
    assert_eq!(
        set_connection(&application, c::TXN_ISOLATION, 8),
        (SUCCESS_WITH_INFO, "01S02")
    );
    assert_eq!(get_connection(&application, c::TXN_ISOLATION), (2, 4));
    assert_eq!(set_connection(&application, 4711, 1), (ERROR, "HY092"));
    // Attributes of the data source are read after connecting.
    assert_eq!(application.connect("UID=x;PWD=y"), SUCCESS);
    assert_eq!(get_connection(&application, c::CONNECTION_DEAD), (0, 4));
    assert_eq!(get_connection(&application, c::AUTO_IPD), (0, 4));
}

#[test]
fn the_upper_half_of_an_integer_attribute_means_nothing() {
    let application = with_numbers(1);
    let value = 15 | 0xABAB_0000_0000;
    assert_eq!(
        set_connection(&application, c::LOGIN_TIMEOUT, value),
        (SUCCESS, "")
    );
    assert_eq!(get_connection(&application, c::LOGIN_TIMEOUT), (15, 4));
}

/// ADO sets these on the connection, like an ODBC 2 application.
#[test]
fn statement_attributes_on_the_connection_are_defaults() {
    let application = with_numbers(1);
    assert_eq!(
        set_connection(&application, s::QUERY_TIMEOUT, 30),
        (SUCCESS, "")
    );
    assert_eq!(set_connection(&application, s::MAX_ROWS, 7), (SUCCESS, ""));
    assert_eq!(get_connection(&application, s::MAX_ROWS), (7, 8));
    assert_eq!(get_statement(&application, s::MAX_ROWS), (SUCCESS, 7));
    let mut other = with_numbers(1);
    set_connection(&other, s::QUERY_TIMEOUT, 30);
    other.statement = other.child(handle_type::STMT, other.connection);
    assert_eq!(get_statement(&other, s::QUERY_TIMEOUT), (SUCCESS, 30));
    assert_eq!(
        set_connection(&application, s::ROW_BIND_TYPE, 1),
        (ERROR, "HY092")
    );
}

#[test]
fn statement_attributes_read_back() {
    let application = with_numbers(1);
    let kept = [
        (s::QUERY_TIMEOUT, 9),
        (s::MAX_ROWS, 5),
        (s::NOSCAN, 1),
        (s::MAX_LENGTH, 100),
        (s::KEYSET_SIZE, 3),
        (s::ROWSET_SIZE, 256),
        (s::RETRIEVE_DATA, 0),
        (s::METADATA_ID, 1),
        (s::ROW_ARRAY_SIZE, 12),
        (s::ROW_BIND_TYPE, 600),
        (s::ROW_BIND_OFFSET_PTR, 0x98),
        (s::ROW_OPERATION_PTR, 0x10),
        (s::ROW_STATUS_PTR, 0x20),
        (s::ROWS_FETCHED_PTR, 0x30),
        (s::PARAMSET_SIZE, 4),
        (s::PARAM_BIND_TYPE, 10),
        (s::PARAM_BIND_OFFSET_PTR, 0x40),
        (s::PARAM_OPERATION_PTR, 0x50),
        (s::PARAM_STATUS_PTR, 0x60),
        (s::PARAMS_PROCESSED_PTR, 0x70),
    ];
    for (id, value) in kept {
        assert_eq!(application.set(id, value), SUCCESS, "{id}");
        assert_eq!(get_statement(&application, id), (SUCCESS, value), "{id}");
    }
    let code = application.set(s::CONCURRENCY, 2);
    assert_eq!(application.with_state(code), (SUCCESS_WITH_INFO, "01S02"));
    assert_eq!(get_statement(&application, s::CONCURRENCY), (SUCCESS, 1));
    assert_eq!(get_statement(&application, s::ROW_NUMBER), (ERROR, 0));
    assert_eq!(application.states(), ["24000"]);
    assert_eq!(get_statement(&application, 4711), (ERROR, 0));
    let preparing = application.prepare("numbers");
    assert_eq!(
        (preparing, get_statement(&application, s::MAX_LENGTH)),
        (SUCCESS, (SUCCESS, 100))
    );
}

#[test]
fn catalogs_do_not_exist() {
    let application = with_numbers(1);
    let set = |text: Option<&str>| {
        let given = AttributeIn {
            value: 0,
            text: application.optional(text),
        };
        let code = with_connection(application.connection, |scope| {
            connection::set(scope, c::CURRENT_CATALOG, &given, &application.memory)
        });
        (code, state_of_connection(&application))
    };
    assert_eq!(set(Some("")), (SUCCESS, ""));
    assert_eq!(set(Some("master")), (ERROR, "HYC00"));
    let out = AttributeOut {
        text: application.text_out(8),
    };
    with_connection(application.connection, |scope| {
        connection::get(scope, c::CURRENT_CATALOG, &out, &application.memory)
    });
    assert_eq!(application.read_text(&out.text), "");
}

#[test]
fn what_the_last_exchange_showed_of_the_link_is_an_attribute() {
    let connector = FakeConnector::default();
    let dead = Arc::clone(&connector.dead);
    let application = Application::new(connector);
    for (now, expected) in [(false, 0), (true, 1), (false, 0)] {
        dead.store(now, Relaxed);
        assert_eq!(get_connection(&application, c::CONNECTION_DEAD).0, expected);
    }
}

#[test]
fn a_connection_of_a_pool_is_reset_to_how_it_was_made() {
    let connector = FakeConnector {
        query_timeout: Some(Duration::from_secs(7)),
        ..FakeConnector::default().knows("numbers", numbers(3))
    };
    let resets = Arc::clone(&connector.resets);
    let application = Application::new(connector);
    application.direct("numbers");
    assert_eq!(application.fetch(), SUCCESS);
    let changed = [
        (c::AUTOCOMMIT, 0, 1),
        (c::ACCESS_MODE, 1, 0),
        (c::METADATA_ID, 1, 0),
        (s::QUERY_TIMEOUT, 3, 0),
    ];
    for (id, value, _) in changed {
        assert_eq!(set_connection(&application, id, value).0, SUCCESS);
    }
    // The only value is SQL_RESET_CONNECTION_YES.
    assert_eq!(
        set_connection(&application, c::RESET_CONNECTION, 2),
        (ERROR, "HY024")
    );
    assert_eq!(resets.load(Relaxed), 0);
    assert_eq!(
        set_connection(&application, c::RESET_CONNECTION, 1).0,
        SUCCESS
    );
    assert_eq!(resets.load(Relaxed), 1);
    for (id, _, default) in changed {
        assert_eq!(get_connection(&application, id).0, default, "{id}");
    }
    // The cursor is closed, and the statement is like a new one.
    assert_eq!(application.fetch(), ERROR);
    assert_eq!(get_statement(&application, s::QUERY_TIMEOUT), (SUCCESS, 7));
    assert_eq!(application.direct("numbers"), SUCCESS);
}

#[test]
fn the_statements_of_a_reset_connection_have_their_descriptors_back() {
    let application = with_numbers(3);
    let number = application.memory.allocate(4);
    let memory = application.memory.allocate(64);
    application.bind(1, c_type::SLONG, number, 0, AppPtr::NULL);
    let explicit = application.child(handle_type::DESC, application.connection);
    let own = get_statement(&application, s::APP_PARAM_DESC);
    for (id, value) in [
        (s::ROW_ARRAY_SIZE, 2),
        (s::ROW_BIND_TYPE, 16),
        (s::ROW_BIND_OFFSET_PTR, memory.address()),
        (s::ROW_STATUS_PTR, memory.address()),
        (s::ROWS_FETCHED_PTR, memory.address()),
        (s::PARAMSET_SIZE, 2),
        (s::PARAM_STATUS_PTR, memory.address()),
        (s::PARAMS_PROCESSED_PTR, memory.address()),
        (s::APP_PARAM_DESC, explicit),
    ] {
        assert_eq!(application.set(id, value), SUCCESS, "{id}");
    }
    set_connection(&application, c::RESET_CONNECTION, 1);
    for (id, value) in [
        (s::ROW_ARRAY_SIZE, 1),
        (s::ROW_BIND_TYPE, 0),
        (s::ROW_BIND_OFFSET_PTR, 0),
        (s::ROW_STATUS_PTR, 0),
        (s::ROWS_FETCHED_PTR, 0),
        (s::PARAMSET_SIZE, 1),
        (s::PARAM_STATUS_PTR, 0),
        (s::PARAMS_PROCESSED_PTR, 0),
        (s::APP_PARAM_DESC, own.1),
    ] {
        assert_eq!(get_statement(&application, id), (SUCCESS, value), "{id}");
    }
    // Nothing is bound.
    assert_eq!(application.direct("numbers"), SUCCESS);
    assert_eq!(application.fetch(), SUCCESS);
    assert!(application.memory.is_untouched(number, 4));
}
