//! Calls that come too early, too late or with nonsense: each leaves a record.

use super::support::with_numbers;
use crate::odbc::calls::columns::{self, ColumnOut};
use crate::odbc::calls::prepare::{self, ParameterOut};
use crate::odbc::calls::{bulk, close, cursor_name, fetch, position, results};
use crate::odbc::constants::{c_type, fetch as orientation};
use crate::odbc::handles::{
    Allowed, ERROR, INVALID_HANDLE, ReturnCode, SUCCESS, with_statement_among_others,
};
use crate::odbc::memory::AppPtr;
use crate::odbc::testing::Application;
use proptest::prelude::*;

/// A call, and its SQLSTATE on a statement that was allocated, prepared, executed without and with
/// a row. Empty if it succeeds.
type Call = fn(&Application) -> i16;
type Row = (&'static str, Call, [&'static str; 4]);

const OK: &str = "";

const TABLE: &[Row] = &[
    (
        "SQLExecute",
        |a| a.execute(),
        ["HY010", OK, "24000", "24000"],
    ),
    ("SQLFetch", |a| a.fetch(), ["HY010", "HY010", OK, OK]),
    (
        "SQLFetchScroll",
        |a| a.scroll(orientation::NEXT, 0),
        ["HY010", "HY010", OK, OK],
    ),
    (
        "SQLFetchScroll 77",
        |a| a.scroll(77, 0),
        ["HY106", "HY106", "HY106", "HY106"],
    ),
    (
        "SQLExtendedFetch",
        |a| a.call(|scope| fetch::extended(scope, 1, 0, AppPtr::NULL, AppPtr::NULL, &a.memory)),
        ["HY010", "HY010", OK, "HY010"],
    ),
    (
        "SQLGetData",
        |a| a.get_data(1, c_type::SLONG, a.memory.allocate(4), 4, AppPtr::NULL),
        ["HY010", "HY010", "24000", OK],
    ),
    (
        "SQLSetPos",
        |a| a.call(|scope| position::set(scope, 1, 0, 0, &a.memory)),
        ["HY010", "HY010", "24000", OK],
    ),
    (
        "SQLSetPos locking",
        |a| a.call(|scope| position::set(scope, 1, 0, 1, &a.memory)),
        ["HYC00", "HYC00", "HYC00", "HYC00"],
    ),
    (
        "SQLBulkOperations to fetch",
        |a| a.call(|scope| bulk::operate(scope, 7, &a.memory)),
        ["HY010", "HY010", "HY092", "HY092"],
    ),
    (
        "SQLBulkOperations to add",
        |a| a.call(|scope| bulk::operate(scope, 4, &a.memory)),
        ["HY010", "HY010", "HY092", "HY092"],
    ),
    (
        "SQLCloseCursor",
        |a| a.call(close::close_cursor),
        ["24000", "24000", OK, OK],
    ),
    ("SQLMoreResults", |a| a.more(), [OK, OK, OK, OK]),
    (
        "SQLNumResultCols",
        |a| a.call(|scope| results::count_columns(scope, AppPtr::NULL, &a.memory)),
        ["HY010", OK, OK, OK],
    ),
    (
        "SQLRowCount",
        |a| a.call(|scope| results::row_count(scope, AppPtr::NULL, &a.memory)),
        ["HY010", "HY010", OK, OK],
    ),
    (
        "SQLNumParams",
        |a| a.call(|scope| prepare::count_parameters(scope, AppPtr::NULL, &a.memory)),
        ["HY010", OK, OK, OK],
    ),
    (
        "SQLDescribeParam",
        |a| {
            let null = AppPtr::NULL;
            let out = ParameterOut {
                sql_type: null,
                size: null,
                decimal_digits: null,
                nullable: null,
            };
            a.call(|scope| prepare::describe_parameter(scope, 1, &out, &a.memory))
        },
        ["HY010", "07009", "HY010", "HY010"],
    ),
    (
        "SQLPrepare",
        |a| a.prepare("numbers"),
        [OK, OK, "24000", "24000"],
    ),
    (
        "SQLExecDirect",
        |a| a.direct("numbers"),
        [OK, OK, "24000", "24000"],
    ),
    (
        "SQLPrepare of nothing",
        |a| a.call(|scope| prepare::prepare(scope, &a.absent(), &a.memory)),
        ["HY009", "HY009", "HY009", "HY009"],
    ),
    (
        "SQLDescribeCol",
        |a| {
            let null = AppPtr::NULL;
            let out = ColumnOut {
                name: a.no_text(),
                data_type: null,
                size: null,
                decimal_digits: null,
                nullable: null,
            };
            a.call(|scope| columns::describe(scope, 1, &out, &a.memory))
        },
        ["HY010", OK, OK, OK],
    ),
    (
        "SQLSetCursorName",
        |a| set_cursor_name(a, a.statement, "mine"),
        [OK, OK, "24000", "24000"],
    ),
    (
        "SQLGetCursorName",
        |a| a.call(|scope| cursor_name::get(scope, &a.no_text(), &a.memory)),
        [OK, OK, OK, OK],
    ),
    (
        "SQLBindCol 0",
        |a| a.bind(0, c_type::CHAR, AppPtr::new(9), 1, AppPtr::NULL),
        ["07009"; 4],
    ),
    (
        "SQLBindCol type",
        |a| a.bind(1, 1234, AppPtr::new(9), 1, AppPtr::NULL),
        ["HY003"; 4],
    ),
    (
        "SQLBindCol length",
        |a| a.bind(1, c_type::CHAR, AppPtr::new(9), -1, AppPtr::NULL),
        ["HY090"; 4],
    ),
    ("SQLSetStmtAttr unknown", |a| a.set(4711, 1), ["HY092"; 4]),
    ("SQLSetStmtAttr value", |a| a.set(11, 7), ["HY024"; 4]),
    ("SQLSetStmtAttr rowset of 0", |a| a.set(27, 0), ["HY024"; 4]),
    ("SQLSetStmtAttr asynchronous", |a| a.set(4, 1), ["HYC00"; 4]),
    (
        "SQLSetStmtAttr descriptor",
        |a| a.set(10012, 1),
        ["HY017"; 4],
    ),
    (
        "SQLSetStmtAttr cursor",
        |a| a.set(6, 0),
        [OK, "HY011", "24000", "24000"],
    ),
];

fn in_state(state: usize) -> Application {
    let application = with_numbers(5);
    if state > 0 {
        assert_eq!(application.prepare("numbers"), SUCCESS);
    }
    if state > 1 {
        assert_eq!(application.execute(), SUCCESS);
    }
    if state > 2 {
        assert_eq!(application.fetch(), SUCCESS);
    }
    application
}

#[test]
fn every_call_in_every_state() {
    for (name, call, expected) in TABLE {
        for (state, expected) in expected.iter().enumerate() {
            let application = in_state(state);
            let code = call(&application);
            let (code, found) = application.with_state(code);
            assert_eq!(found, *expected, "{name} in state {state}");
            assert_eq!(
                code == ERROR,
                !expected.is_empty(),
                "{name} in state {state}"
            );
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_called_in_whatever_order_every_error_leaves_a_record(
        calls in prop::collection::vec(0..TABLE.len(), 1..40)
    ) {
        let application = with_numbers(5);
        for index in calls {
            let (name, call, _) = TABLE[index];
            let code = call(&application);
            let states = application.states();
            let told = code != ERROR || !states.is_empty();
            prop_assert!(told, "{} left no record", name);
            // HY000 would be a failure inside the driver.
            prop_assert!(!states.contains(&"HY000"), "{} failed", name);
        }
    }
}

#[test]
fn no_call_works_on_a_freed_statement() {
    for (name, call, _) in TABLE {
        let application = in_state(3);
        let kind = crate::odbc::constants::handle_type::STMT;
        assert_eq!(
            crate::odbc::calls::allocate::free(kind, application.statement),
            SUCCESS
        );
        // The application's shorthands read the statement's records, so only the code counts.
        assert_eq!(call(&application), INVALID_HANDLE, "{name}");
    }
}

#[test]
fn records_last_until_the_next_call() {
    let application = with_numbers(1);
    application.fetch();
    assert_eq!(application.states(), ["HY010"]);
    application.direct("numbers");
    assert!(application.states().is_empty());
}

fn set_cursor_name(application: &Application, statement: usize, name: &str) -> ReturnCode {
    with_statement_among_others(statement, Allowed::OutsideDataAtExecution, |scope| {
        cursor_name::set(scope, &application.wide(name), &application.memory)
    })
}

#[test]
fn cursors_have_names() {
    let application = with_numbers(1);
    let set = |name: &str| {
        application.with_state(set_cursor_name(&application, application.statement, name))
    };
    let get = || {
        let out = application.text_out(40);
        application.call(|scope| cursor_name::get(scope, &out, &application.memory));
        application.read_text(&out)
    };
    assert!(get().starts_with("SQL_CUR"));
    assert_eq!(set("mine"), (SUCCESS, ""));
    assert_eq!(get(), "mine");
    for name in ["", "SQL_CUR1", "sqlcurx", &"x".repeat(129)] {
        assert_eq!(set(name), (ERROR, "34000"));
    }
    let other = application.child(3, application.connection);
    let code = set_cursor_name(&application, other, "MINE");
    assert_eq!(code, ERROR);
    let short = application.text_out(3);
    let code = application.call(|scope| cursor_name::get(scope, &short, &application.memory));
    assert_eq!(application.with_state(code), (1, "01004"));
    assert_eq!(application.read_text(&short), "mi");
}

#[test]
fn more_results_runs_out() {
    let application = in_state(3);
    assert_eq!(application.more(), 100);
}
