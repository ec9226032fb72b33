//! The states of statements: appendix B, "Statement Transitions".

use super::place::{Place, QUERY, STATES, State, call};
use super::{catalog, neighbours};
use driver_harness::client::constants::*;
use driver_harness::client::{Handle, Library};
use std::ffi::c_void;
use std::ptr;

/// The outcome of a call: an SQLSTATE, or one of these.
pub const OK: &str = "";
pub const NO_MORE: &str = "no data";
pub const NEEDS: &str = "needs data";
/// An error without a record, of functions that read records.
pub const UNTOLD: &str = "error";

/// Name, call, outcome in each of the states, and the next state if it changes.
pub type Row = (
    &'static str,
    fn(&mut Place) -> i16,
    [&'static str; 12],
    &'static [(State, State)],
);

use State::*;

/// The same in S1, in S2, in S3, in S4, in S5, in S6, in S7, and in S8 to S10.
pub const fn by(states: [&'static str; 8]) -> [&'static str; 12] {
    let [s1, s2, s3, s4, s5, s6, s7, s8] = states;
    [s1, s2, s3, s4, s4, s5, s5, s6, s7, s8, s8, s8]
}

/// In every state, unless data is needed.
pub const ALWAYS: [&str; 12] = by([OK, OK, OK, OK, OK, OK, OK, "HY010"]);

/// Calls that request a result before the first one, or while one is open.
pub const CATALOG: [&str; 12] = by([OK, OK, OK, OK, "24000", "24000", "24000", "HY010"]);
pub const TO_OPENED: &[(State, State)] = &[
    (Allocated, Opened),
    (PreparedChange, Opened),
    (PreparedQuery, Opened),
    (Executed, Opened),
    (ExecutedPrepared, Opened),
];
const TO_PREPARED: &[(State, State)] = &[
    (Allocated, PreparedQuery),
    (PreparedChange, PreparedQuery),
    (PreparedQuery, PreparedQuery),
    (Executed, PreparedQuery),
    (ExecutedPrepared, PreparedQuery),
];
const TO_EXECUTED: &[(State, State)] = &[
    (Allocated, Executed),
    (PreparedChange, Executed),
    (PreparedQuery, Executed),
    (ExecutedPrepared, Executed),
];
const CLOSED: &[(State, State)] = &[
    (Executed, Allocated),
    (ExecutedPrepared, PreparedChange),
    (Opened, Allocated),
    (OpenedPrepared, PreparedQuery),
    (Fetched, PreparedQuery),
    (ExtendedFetched, PreparedQuery),
];
const CANCELLED: &[(State, State)] = &[
    (NeedData, PreparedQuery),
    (MustPut, PreparedQuery),
    (CanPut, PreparedQuery),
];

fn set_attribute(place: &Place, attribute: i32, value: usize) -> i16 {
    let value = ptr::without_provenance_mut::<c_void>(value);
    call!(SQLSetStmtAttr(place.statement => Handle, attribute => i32, value => *mut c_void, 0 => i32))
}

fn get_attribute(place: &mut Place, attribute: i32) -> i16 {
    let buffer = place.buffer.as_mut_ptr();
    call!(SQLGetStmtAttr(place.statement => Handle, attribute => i32, buffer.cast() => *mut c_void, 256 => i32,
        ptr::null_mut() => *mut i32))
}

fn column_attribute(place: &mut Place, field: u16) -> i16 {
    let buffer = place.buffer.as_mut_ptr();
    let mut number = 0;
    call!(SQLColAttribute(place.statement => Handle, 1 => u16, field => u16, buffer.cast() => *mut c_void, 256 => i16,
        ptr::null_mut() => *mut i16, &raw mut number => *mut isize))
}

fn diagnostic_field(place: &mut Place, field: i16) -> i16 {
    let buffer = place.buffer.as_mut_ptr();
    call!(SQLGetDiagField(HANDLE_STMT => i16, place.statement => Handle, 0 => i16, field => i16,
        buffer.cast() => *mut c_void, 8 => i16, ptr::null_mut() => *mut i16))
}

fn scroll(place: &Place, orientation: i16) -> i16 {
    call!(SQLFetchScroll(place.statement => Handle, orientation => i16, 0 => isize))
}

fn describe_column(place: &mut Place) -> i16 {
    let buffer = place.buffer.as_mut_ptr();
    call!(SQLDescribeCol(place.statement => Handle, 1 => u16, buffer => *mut u8, 256 => i16,
        ptr::null_mut() => *mut i16, ptr::null_mut() => *mut i16, ptr::null_mut() => *mut usize,
        ptr::null_mut() => *mut i16, ptr::null_mut() => *mut i16))
}

fn describe_parameter(place: &Place) -> i16 {
    call!(SQLDescribeParam(place.statement => Handle, 1 => u16, ptr::null_mut() => *mut i16,
        ptr::null_mut() => *mut usize, ptr::null_mut() => *mut i16, ptr::null_mut() => *mut i16))
}

fn columns_of_result(place: &Place) -> i16 {
    let mut count = 0;
    call!(SQLNumResultCols(place.statement => Handle, &raw mut count => *mut i16))
}

fn bind_column(place: &mut Place) -> i16 {
    let buffer = place.buffer.as_mut_ptr();
    call!(SQLBindCol(place.statement => Handle, 1 => u16, C_CHAR => i16, buffer.cast() => *mut c_void, 256 => isize,
        ptr::null_mut() => *mut isize))
}

fn set_cursor_name(place: &Place) -> i16 {
    let name = b"mine";
    call!(SQLSetCursorName(place.statement => Handle, name.as_ptr() => *const u8, 4 => i16))
}

fn rest(place: &Place, name: fn(Handle) -> i16) -> i16 {
    name(place.statement)
}

const CURSOR_TYPE: i32 = 6;
const CONCURRENCY: i32 = 7;
const USE_BOOKMARKS: i32 = 12;
const ROW_NUMBER: i32 = 14;
const CURSOR_SCROLLABLE: i32 = -1;
const DESC_COUNT: u16 = 1001;
const DESC_NAME: u16 = 1011;
const DIAG_ROW_COUNT: i16 = 3;
const DIAG_NUMBER: i16 = 2;

const TABLE: &[Row] = &[
    ("SQLBindCol", bind_column, ALWAYS, &[]),
    ("SQLBindParameter", Place::bind_parameter, ALWAYS, &[]),
    (
        "SQLBulkOperations",
        Place::bulk_operation,
        // The last is the answer of a read-only data source.
        by([
            "HY010", "HY010", "HY010", "24000", "HY092", "HY092", "HY010", "HY010",
        ]),
        &[],
    ),
    (
        "SQLCancel",
        |place| call!(SQLCancel(place.statement => Handle)),
        by([OK; 8]),
        CANCELLED,
    ),
    (
        "SQLCancelHandle",
        |place| call!(SQLCancelHandle(HANDLE_STMT => i16, place.statement => Handle)),
        by([OK; 8]),
        CANCELLED,
    ),
    (
        "SQLCloseCursor",
        |place| call!(SQLCloseCursor(place.statement => Handle)),
        by(["24000", "24000", "24000", "24000", OK, OK, OK, "HY010"]),
        CLOSED,
    ),
    (
        "SQLColAttribute of the count",
        |place| column_attribute(place, DESC_COUNT),
        by(["HY010", OK, OK, "24000", OK, OK, OK, "HY010"]),
        &[],
    ),
    (
        "SQLColAttribute of a name",
        |place| column_attribute(place, DESC_NAME),
        by(["HY010", "07005", OK, "24000", OK, OK, OK, "HY010"]),
        &[],
    ),
    (
        "SQLDescribeCol",
        describe_column,
        by(["HY010", "07005", OK, "24000", OK, OK, OK, "HY010"]),
        &[],
    ),
    (
        "SQLDescribeParam",
        |place| describe_parameter(place),
        by(["HY010", OK, OK, "HY010", "HY010", "HY010", "HY010", "HY010"]),
        &[],
    ),
    (
        "SQLExecDirect of a query",
        |place| place.direct(QUERY_ALONE),
        CATALOG,
        TO_OPENED,
    ),
    (
        "SQLExecDirect of a change",
        |place| place.direct(CHANGE_ALONE),
        CATALOG,
        TO_EXECUTED,
    ),
    (
        "SQLExecute",
        Place::execute,
        [
            "HY010", OK, OK, "HY010", OK, "HY010", "24000", "24000", "24000", "HY010", "HY010",
            "HY010",
        ],
        &[
            (PreparedChange, ExecutedPrepared),
            (PreparedQuery, OpenedPrepared),
        ],
    ),
    (
        "SQLExtendedFetch",
        Place::extended_fetch,
        by(["HY010", "HY010", "HY010", "24000", OK, "HY010", OK, "HY010"]),
        // S7 of a statement that was not prepared is still S7.
        &[(Opened, ExtendedFetched), (OpenedPrepared, ExtendedFetched)],
    ),
    (
        "SQLFetch",
        Place::fetch,
        by(["HY010", "HY010", "HY010", "24000", OK, OK, "HY010", "HY010"]),
        &[(Opened, Fetched), (OpenedPrepared, Fetched)],
    ),
    (
        "SQLFetchScroll",
        |place| scroll(place, 1),
        by(["HY010", "HY010", "HY010", "24000", OK, OK, "HY010", "HY010"]),
        &[(Opened, Fetched), (OpenedPrepared, Fetched)],
    ),
    ("SQLFreeStmt SQL_CLOSE", Place::close, ALWAYS, CLOSED),
    ("SQLFreeStmt SQL_UNBIND", |place| place.free(2), ALWAYS, &[]),
    (
        "SQLFreeStmt SQL_RESET_PARAMS",
        |place| place.free(3),
        ALWAYS,
        &[],
    ),
    ("SQLGetCursorName", Place::cursor_name, ALWAYS, &[]),
    (
        "SQLGetData",
        Place::get_data,
        by(["HY010", "HY010", "HY010", "24000", "24000", OK, OK, "HY010"]),
        &[],
    ),
    (
        "SQLGetDiagRec",
        |place| {
            call!(SQLGetDiagRec(HANDLE_STMT => i16, place.statement => Handle, 1 => i16, ptr::null_mut() => *mut u8,
                ptr::null_mut() => *mut i32, ptr::null_mut() => *mut u8, 0 => i16, ptr::null_mut() => *mut i16))
        },
        by([NO_MORE; 8]),
        &[],
    ),
    (
        "SQLGetDiagField",
        |place| diagnostic_field(place, DIAG_NUMBER),
        by([OK; 8]),
        &[],
    ),
    (
        "SQLGetDiagField of the row count",
        |place| diagnostic_field(place, DIAG_ROW_COUNT),
        by([UNTOLD, UNTOLD, UNTOLD, OK, OK, OK, OK, UNTOLD]),
        &[],
    ),
    (
        "SQLGetStmtAttr",
        |place| get_attribute(place, ATTR_QUERY_TIMEOUT),
        ALWAYS,
        &[],
    ),
    (
        "SQLGetStmtAttr of the row number",
        |place| get_attribute(place, ROW_NUMBER),
        by(["24000", "24000", "24000", "24000", "24000", OK, OK, "HY010"]),
        &[],
    ),
    (
        "SQLMoreResults",
        |place| {
            rest(
                place,
                |statement| call!(SQLMoreResults(statement => Handle)),
            )
        },
        by([
            NO_MORE, NO_MORE, NO_MORE, NO_MORE, NO_MORE, NO_MORE, NO_MORE, "HY010",
        ]),
        CLOSED,
    ),
    (
        "SQLNumParams",
        Place::parameter_count,
        by(["HY010", OK, OK, OK, OK, OK, OK, "HY010"]),
        &[],
    ),
    (
        "SQLNumResultCols",
        |place| columns_of_result(place),
        by(["HY010", OK, OK, OK, OK, OK, OK, "HY010"]),
        &[],
    ),
    (
        "SQLParamData",
        Place::parameter_data,
        [
            "HY010", "HY010", "HY010", "HY010", "HY010", "HY010", "HY010", "HY010", "HY010", NEEDS,
            "HY010", OK,
        ],
        &[(NeedData, MustPut), (CanPut, OpenedPrepared)],
    ),
    (
        "SQLPrepare",
        |place| place.prepare(QUERY),
        CATALOG,
        TO_PREPARED,
    ),
    (
        "SQLPutData",
        Place::put_data,
        [
            "HY010", "HY010", "HY010", "HY010", "HY010", "HY010", "HY010", "HY010", "HY010",
            "HY010", OK, OK,
        ],
        &[(MustPut, CanPut)],
    ),
    (
        "SQLRowCount",
        Place::row_count,
        by(["HY010", "HY010", "HY010", OK, OK, OK, OK, "HY010"]),
        &[],
    ),
    (
        "SQLSetCursorName",
        |place| set_cursor_name(place),
        by([OK, OK, OK, "24000", "24000", "24000", "24000", "HY010"]),
        &[],
    ),
    (
        "SQLSetPos",
        |place| call!(SQLSetPos(place.statement => Handle, 1 => usize, 0 => u16, 0 => u16)),
        by(["HY010", "HY010", "HY010", "24000", "24000", OK, OK, "HY010"]),
        &[],
    ),
    (
        "SQLSetStmtAttr",
        |place| set_attribute(place, ATTR_QUERY_TIMEOUT, 3),
        ALWAYS,
        &[],
    ),
    (
        "SQLSetStmtAttr of the cursor type",
        |place| set_attribute(place, CURSOR_TYPE, 3),
        CURSOR,
        &[],
    ),
    (
        "SQLSetStmtAttr of the concurrency",
        |place| set_attribute(place, CONCURRENCY, 1),
        CURSOR,
        &[],
    ),
    (
        "SQLSetStmtAttr of bookmarks",
        |place| set_attribute(place, USE_BOOKMARKS, 2),
        CURSOR,
        &[],
    ),
    (
        "SQLSetStmtAttr of scrolling",
        |place| set_attribute(place, CURSOR_SCROLLABLE, 1),
        CURSOR,
        &[],
    ),
    (
        "SQLFreeHandle",
        Place::free_handle,
        by([OK, OK, OK, OK, OK, OK, OK, "HY010"]),
        &[],
    ),
];

const CURSOR: [&str; 12] = by([
    OK, "HY011", "HY011", "24000", "24000", "24000", "24000", "HY011",
]);
const QUERY_ALONE: &str = "SELECT a FROM #t";
const CHANGE_ALONE: &str = "INSERT INTO #t VALUES (7)";

/// The outcome of a call's code, in the table's words.
pub fn outcome(code: i16, sqlstate: impl FnOnce() -> String) -> String {
    match code {
        SUCCESS => OK.to_owned(),
        SUCCESS_WITH_INFO => {
            assert!(!sqlstate().is_empty(), "a warning without a record");
            OK.to_owned()
        }
        NO_DATA => NO_MORE.to_owned(),
        NEED_DATA => NEEDS.to_owned(),
        _ => match sqlstate() {
            state if state.is_empty() => UNTOLD.to_owned(),
            state => state,
        },
    }
}

#[test]
fn every_call_in_every_state_of_a_statement() {
    let mut connection = super::connection();
    let mut wrong = Vec::new();
    for (name, call, outcomes, next) in TABLE.iter().chain(catalog::TABLE).chain(neighbours::TABLE)
    {
        for (state, expected) in STATES.into_iter().zip(outcomes) {
            if *name == "SQLDisconnect" {
                connection = super::connection();
            }
            let mut place = Place::in_state(&connection, state);
            let code = call(&mut place);
            let found = outcome(code, || place.sqlstate());
            if found != *expected {
                wrong.push(format!(
                    "{name} in {state:?}: {found:?} instead of {expected:?}"
                ));
                continue;
            }
            // An error changes nothing.
            let moved = [OK, NO_MORE, NEEDS].contains(expected);
            let becomes = next.iter().find(|(from, _)| *from == state && moved);
            let becomes = becomes.map_or(state, |(_, to)| *to);
            let after = place.probe();
            if after.is_some_and(|after| after != becomes) {
                wrong.push(format!(
                    "{name} in {state:?}: leads to {after:?} instead of {becomes:?}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Statements are found in the states that they were brought into.
#[test]
fn states_can_be_told_apart() {
    let connection = super::connection();
    for state in STATES {
        assert_eq!(Place::in_state(&connection, state).probe(), Some(state));
    }
}
