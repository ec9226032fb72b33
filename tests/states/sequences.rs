//! Cases beyond a single call in a single state: failed calls, results of batches, data for
//! statements that began in several ways, and cursors that are not on a row.

use super::place::{CHANGE, Place, QUERY, State, call};
use super::statements::{NEEDS, NO_MORE, OK, outcome};
use State::*;
use driver_harness::client::constants::*;
use driver_harness::client::{self, Handle, Library};
use std::ffi::c_void;
use std::ptr;

type Step = fn(&mut Place) -> i16;

/// Name, the initial states, the calls, the last of which is tested, its outcome, and the next
/// state if it changes.
type Row = (
    &'static str,
    &'static [State],
    &'static [Step],
    &'static str,
    Option<State>,
);

macro_rules! rows {
    (@next) => { None };
    (@next $next:ident) => { Some($next) };
    ($($name:literal in $states:expr; $($step:expr),+ => $outcome:expr $(, $next:ident)?;)*) => {
        &[$(($name, $states, &[$($step),+], $outcome, rows!(@next $($next)?)),)*]
    };
}

/// States without an open result.
const QUIET: &[State] = &[
    Allocated,
    PreparedChange,
    PreparedQuery,
    Executed,
    ExecutedPrepared,
];
const CURSORS: &[State] = &[Opened, OpenedPrepared, Fetched, ExtendedFetched];
const CHANGES: &[State] = &[PreparedChange, ExecutedPrepared];
const NEW: &[State] = &[Allocated];

const NONSENSE: &str = "SELEKT 1";
const ALL: &str = "SELECT a FROM #t";
const NONE: &str = "SELECT a FROM #t WHERE a < 0";
/// A result set, a count, a result set.
const BATCH: &str = "SELECT a FROM #t; INSERT INTO #t VALUES (7); SELECT a FROM #t";
/// A result set, a count.
const PAIR: &str = "SELECT a FROM #t WHERE a < ?; INSERT INTO #t VALUES (7)";

const PREPARE: Step = |place| place.prepare(QUERY);
const PREPARE_BATCH: Step = |place| place.prepare(BATCH);
const PREPARE_PAIR: Step = |place| {
    place.bind_parameter();
    place.prepare(PAIR)
};
const PREPARE_NONSENSE: Step = |place| place.prepare(NONSENSE);
const PREPARE_NOTHING: Step =
    |place| call!(SQLPrepare(place.statement => Handle, ptr::null() => *const u8, 0 => i32));
const PREPARE_WRONGLY: Step =
    |place| call!(SQLPrepare(place.statement => Handle, ALL.as_ptr() => *const u8, -7 => i32));
const DIRECT: Step = |place| place.direct(ALL);
const DIRECT_QUERY: Step = |place| place.direct(QUERY);
const DIRECT_CHANGE: Step = |place| place.direct(CHANGE);
const DIRECT_BATCH: Step = |place| place.direct(BATCH);
const DIRECT_EMPTY: Step = |place| place.direct(NONE);
const DIRECT_NONSENSE: Step = |place| place.direct(NONSENSE);
const DIRECT_NOTHING: Step =
    |place| call!(SQLExecDirect(place.statement => Handle, ptr::null() => *const u8, 0 => i32));
const EXECUTE: Step = Place::execute;
const MORE: Step = |place| call!(SQLMoreResults(place.statement => Handle));
const CANCEL: Step = |place| call!(SQLCancel(place.statement => Handle));
const CLOSE: Step = Place::close;
const CLOSE_CURSOR: Step = |place| call!(SQLCloseCursor(place.statement => Handle));

const TABLES: Step = |place| {
    let none = ptr::null::<u8>();
    call!(SQLTables(place.statement => Handle, none => *const u8, 0 => i16, none => *const u8, 0 => i16,
        none => *const u8, 0 => i16, none => *const u8, 0 => i16))
};
/// For an invalid type.
const TYPE_INFO: Step = |place| call!(SQLGetTypeInfo(place.statement => Handle, 12_345 => i16));
/// Without the required table.
const STATISTICS: Step = |place| {
    let none = ptr::null::<u8>();
    call!(SQLStatistics(place.statement => Handle, none => *const u8, 0 => i16, none => *const u8, 0 => i16,
        none => *const u8, 0 => i16, 0 => u16, 0 => u16))
};

const LOSE_PARAMETERS: Step = |place| place.free(3);
const AT_EXECUTION: Step = |place| {
    *place.indicator = DATA_AT_EXEC;
    place.bind_parameter()
};
/// SQL_ATTR_PARAM_OPERATION_PTR: the only set of parameters is to be ignored.
const IGNORE: Step = |place| {
    place.buffer[..2].copy_from_slice(&1_u16.to_ne_bytes());
    let operations = place.buffer.as_ptr().expose_provenance();
    set(place, 19, operations)
};
const ASK: Step = Place::parameter_data;
const PUT: Step = Place::put_data;
const PUT_NULL: Step = |place| put(place, "", NULL_DATA);
const PUT_LETTER: Step = |place| put(place, "x", 1);
/// With an invalid length.
const PUT_WRONGLY: Step = |place| put(place, "9", -9);

const SCROLLABLE: Step = |place| set(place, 6, 3);
const FETCH: Step = Place::fetch;
const FETCH_ALL: Step = |place| to_the_end(place, FETCH);
const EXTENDED: Step = Place::extended_fetch;
const EXTENDED_ALL: Step = |place| to_the_end(place, EXTENDED);
/// SQL_FETCH_PRIOR
const PRIOR: Step = |place| call!(SQLFetchScroll(place.statement => Handle, 4 => i16, 0 => isize));
const GET_DATA: Step = Place::get_data;
const SET_POSITION: Step =
    |place| call!(SQLSetPos(place.statement => Handle, 1 => usize, 0 => u16, 0 => u16));
const ROW_NUMBER: Step = |place| {
    let out = place.buffer.as_mut_ptr();
    call!(SQLGetStmtAttr(place.statement => Handle, 14 => i32, out.cast() => *mut c_void, 8 => i32,
        ptr::null_mut() => *mut i32))
};

fn set(place: &Place, attribute: i32, value: usize) -> i16 {
    let value = ptr::with_exposed_provenance_mut::<c_void>(value);
    call!(SQLSetStmtAttr(place.statement => Handle, attribute => i32, value => *mut c_void, 0 => i32))
}

fn put(place: &Place, text: &str, length: isize) -> i16 {
    let text = text.as_ptr().cast_mut().cast();
    call!(SQLPutData(place.statement => Handle, text => *mut c_void, length => isize))
}

/// Every row, and one fetch more.
fn to_the_end(place: &mut Place, fetch: Step) -> i16 {
    loop {
        match fetch(place) {
            SUCCESS | SUCCESS_WITH_INFO => {}
            code => return code,
        }
    }
}

const TABLE: &[Row] = rows! {
    // A text that cannot be planned discards the prepared or executed statement; refused arguments
    // do not.
    "SQLPrepare that fails" in QUIET; PREPARE_NONSENSE => "42000", Allocated;
    "SQLPrepare of nothing" in QUIET; PREPARE_NOTHING => "HY009";
    "SQLPrepare of a wrong length" in QUIET; PREPARE_WRONGLY => "HY090";
    "SQLPrepare that would fail" in CURSORS; PREPARE_NONSENSE => "24000";
    "SQLExecDirect that fails" in QUIET; DIRECT_NONSENSE => "42000", Allocated;
    "SQLExecDirect of nothing" in QUIET; DIRECT_NOTHING => "HY009";
    "SQLExecDirect without its parameter" in QUIET; LOSE_PARAMETERS, DIRECT_QUERY => "07002", Allocated;
    "SQLExecDirect that would fail" in CURSORS; DIRECT_NONSENSE => "24000";
    "SQLGetTypeInfo of an unknown type" in QUIET; TYPE_INFO => "HY004", Allocated;
    "SQLGetTypeInfo of an unknown type" in CURSORS; TYPE_INFO => "24000";
    "SQLStatistics of no table" in QUIET; STATISTICS => "HY009", Allocated;
    "SQLStatistics of no table" in CURSORS; STATISTICS => "24000";
    // A prepared statement stays prepared when it fails.
    "SQLExecute without its parameter" in &[PreparedChange, PreparedQuery]; LOSE_PARAMETERS, EXECUTE => "07002";
    "SQLExecute without its parameter" in &[ExecutedPrepared]; LOSE_PARAMETERS, EXECUTE => "07002", PreparedChange;

    // Batches. While results are left, nothing new may begin.
    "SQLMoreResults to a count" in NEW; DIRECT_BATCH, MORE => OK, Executed;
    "SQLMoreResults to a count" in NEW; DIRECT_BATCH, FETCH, MORE => OK, Executed;
    "SQLMoreResults to rows" in NEW; DIRECT_BATCH, MORE, MORE => OK, Opened;
    "SQLMoreResults at the end" in NEW; DIRECT_BATCH, MORE, MORE, MORE => NO_MORE, Allocated;
    "SQLPrepare before the last result" in NEW; DIRECT_BATCH, MORE, PREPARE => "24000";
    "SQLExecDirect before the last result" in NEW; DIRECT_BATCH, MORE, DIRECT => "24000";
    "SQLTables before the last result" in NEW; DIRECT_BATCH, MORE, TABLES => "24000";
    "SQLExecute before the last result" in NEW; PREPARE_BATCH, EXECUTE, MORE, EXECUTE => "24000";
    "SQLFreeStmt before the last result" in NEW; DIRECT_BATCH, MORE, CLOSE => OK, Allocated;
    "SQLMoreResults after SQLFreeStmt" in NEW; DIRECT_BATCH, MORE, CLOSE, MORE => NO_MORE;
    "SQLCloseCursor before the last result" in NEW; DIRECT_BATCH, CLOSE_CURSOR => OK, Allocated;
    "SQLMoreResults after SQLCloseCursor" in NEW; DIRECT_BATCH, CLOSE_CURSOR, MORE => NO_MORE;
    "SQLMoreResults at the end" in NEW; PREPARE_PAIR, EXECUTE, MORE, MORE => NO_MORE, PreparedQuery;
    "SQLExecute after the last result" in NEW; PREPARE_PAIR, EXECUTE, MORE, EXECUTE => OK, OpenedPrepared;
    "SQLExecute that fails after the last result" in NEW;
        PREPARE_PAIR, EXECUTE, MORE, LOSE_PARAMETERS, EXECUTE => "07002", PreparedQuery;
    "SQLCancel in S8 after the last result" in NEW;
        PREPARE_PAIR, EXECUTE, MORE, AT_EXECUTION, EXECUTE, CANCEL => OK, PreparedQuery;
    "SQLMoreResults of a change that was to be ignored" in &[PreparedChange]; IGNORE, EXECUTE, MORE => NO_MORE, PreparedChange;
    "SQLExecute of a change that was to be ignored" in &[PreparedChange]; IGNORE, EXECUTE, EXECUTE => OK;

    // Data for a statement that was executed directly ...
    "SQLExecDirect of a query" in QUIET; AT_EXECUTION, DIRECT_QUERY => NEEDS, NeedData;
    "SQLExecDirect of a change" in QUIET; AT_EXECUTION, DIRECT_CHANGE => NEEDS, NeedData;
    "SQLCancel in S8" in QUIET; AT_EXECUTION, DIRECT_QUERY, CANCEL => OK, Allocated;
    "SQLCancel in S9" in NEW; AT_EXECUTION, DIRECT_QUERY, ASK, CANCEL => OK, Allocated;
    "SQLCancel in S10" in NEW; AT_EXECUTION, DIRECT_QUERY, ASK, PUT, CANCEL => OK, Allocated;
    "SQLParamData to rows" in NEW; AT_EXECUTION, DIRECT_QUERY, ASK, PUT, ASK => OK, Opened;
    "SQLParamData to a count" in NEW; AT_EXECUTION, DIRECT_CHANGE, ASK, PUT, ASK => OK, Executed;
    "SQLParamData that fails" in NEW; AT_EXECUTION, DIRECT_QUERY, ASK, PUT_LETTER, ASK => "22018", Allocated;
    "SQLPutData that fails in S9" in NEW; AT_EXECUTION, DIRECT_QUERY, ASK, PUT_WRONGLY => "HY090", Allocated;
    "SQLPutData that fails in S10" in NEW; AT_EXECUTION, DIRECT_QUERY, ASK, PUT, PUT_WRONGLY => "HY090", Allocated;
    "SQLSetStmtAttr of the cursor type" in NEW; AT_EXECUTION, DIRECT_QUERY, SCROLLABLE => "HY010";
    // ... for one that was prepared and returns no result set ...
    "SQLExecute of a change" in CHANGES; AT_EXECUTION, EXECUTE => NEEDS, NeedData;
    "SQLCancel in S8" in CHANGES; AT_EXECUTION, EXECUTE, CANCEL => OK, PreparedChange;
    "SQLParamData to a count" in CHANGES; AT_EXECUTION, EXECUTE, ASK, PUT, ASK => OK, ExecutedPrepared;
    "SQLParamData that fails" in CHANGES; AT_EXECUTION, EXECUTE, ASK, PUT_LETTER, ASK => "22018", PreparedChange;
    "SQLPutData that fails in S9" in CHANGES; AT_EXECUTION, EXECUTE, ASK, PUT_WRONGLY => "HY090", PreparedChange;
    // ... and for one that returns one.
    "SQLParamData that fails" in &[MustPut]; PUT_LETTER, ASK => "22018", PreparedQuery;
    "SQLPutData that fails" in &[MustPut, CanPut]; PUT_WRONGLY => "HY090", PreparedQuery;
    // A null must be the only piece. Refusing more keeps the earlier pieces.
    "SQLPutData of a null" in &[MustPut]; PUT_NULL => OK, CanPut;
    "SQLPutData of a null after data" in &[CanPut]; PUT_NULL => "HY020";
    "SQLPutData of data after a null" in &[MustPut]; PUT_NULL, PUT => "HY020";
    "SQLParamData after a null too many" in &[CanPut]; PUT_NULL, ASK => OK, OpenedPrepared;

    // After the last row a cursor is still open, but not on a row.
    "SQLFetch past the end" in &[Opened, Fetched]; FETCH_ALL => NO_MORE, Fetched;
    "SQLFetch without a row" in NEW; DIRECT_EMPTY, FETCH => NO_MORE, Fetched;
    "SQLFetch past the end" in &[Fetched]; FETCH_ALL, FETCH => NO_MORE;
    "SQLExtendedFetch past the end" in &[Opened, ExtendedFetched]; EXTENDED_ALL => NO_MORE, ExtendedFetched;
    "SQLExtendedFetch past the end" in &[Fetched]; FETCH_ALL, EXTENDED => "HY010";
    "SQLFetch past the end" in &[ExtendedFetched]; EXTENDED_ALL, FETCH => "HY010";
    "SQLGetData past the end" in &[Fetched]; FETCH_ALL, GET_DATA => "24000";
    "SQLGetData past the end" in &[ExtendedFetched]; EXTENDED_ALL, GET_DATA => "24000";
    "SQLSetPos past the end" in &[Fetched]; FETCH_ALL, SET_POSITION => "24000";
    "SQLSetPos past the end" in &[ExtendedFetched]; EXTENDED_ALL, SET_POSITION => "24000";
    "the row number past the end" in &[Fetched]; FETCH_ALL, ROW_NUMBER => "24000";
    "the row number past the end" in &[ExtendedFetched]; EXTENDED_ALL, ROW_NUMBER => "24000";
    "SQLPrepare past the end" in &[Opened, Fetched]; FETCH_ALL, PREPARE => "24000";
    "SQLExecDirect past the end" in &[Opened, Fetched]; FETCH_ALL, DIRECT => "24000";
    "SQLExecute past the end" in &[Fetched]; FETCH_ALL, EXECUTE => "24000";
    "SQLTables past the end" in &[Opened, Fetched]; FETCH_ALL, TABLES => "24000";
    "SQLCloseCursor past the end" in &[Fetched]; FETCH_ALL, CLOSE_CURSOR => OK, PreparedQuery;
    // Before the first row it is not on a row either.
    "SQLFetchScroll before the start" in NEW; SCROLLABLE, DIRECT, FETCH, PRIOR => NO_MORE, Fetched;
    "SQLGetData before the start" in NEW; SCROLLABLE, DIRECT, FETCH, PRIOR, GET_DATA => "24000";
    "SQLSetPos before the start" in NEW; SCROLLABLE, DIRECT, FETCH, PRIOR, SET_POSITION => "24000";
    "the row number before the start" in NEW; SCROLLABLE, DIRECT, FETCH, PRIOR, ROW_NUMBER => "24000";
};

/// A statement after all calls of the row but the last.
fn brought(connection: &client::Connection, state: State, steps: &[Step]) -> Place {
    let mut place = Place::in_state(connection, state);
    for (number, step) in steps.iter().enumerate() {
        let code = step(&mut place);
        let refused = code == ERROR && place.sqlstate() != "HY020";
        assert!(!refused, "call {number} of {}", place.sqlstate());
    }
    place
}

#[test]
fn what_calls_come_to_after_others() {
    let mut wrong = Vec::new();
    for (name, states, steps, expected, next) in TABLE {
        let (last, before) = steps.split_last().expect("a row has a call");
        for state in *states {
            // Probing changes the state, so one statement shows the state before and another the
            // state after.
            let connection = super::connection();
            let was = brought(&connection, *state, before).probe();
            let mut place = brought(&connection, *state, before);
            let code = last(&mut place);
            let found = outcome(code, || place.sqlstate());
            let (becomes, after) = (next.or(was), place.probe());
            if found != *expected || after != becomes {
                wrong.push(format!(
                    "{name} in {state:?}: {found:?} to {after:?} instead of {expected:?} to {becomes:?}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
