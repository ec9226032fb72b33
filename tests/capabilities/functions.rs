//! `SQLGetFunctions` in its three forms, beside the symbols of the built library.

use driver_harness::client::{self, Connection, Library, Login};
use std::collections::BTreeSet;

/// Every function of the reference with its number. `SQLColAttributes` has the number of its
/// successor.
#[rustfmt::skip]
const REFERENCE: &[(u16, &str)] = &[
    (1, "SQLAllocConnect"), (2, "SQLAllocEnv"), (3, "SQLAllocStmt"), (4, "SQLBindCol"),
    (5, "SQLCancel"), (6, "SQLColAttribute"), (7, "SQLConnect"), (8, "SQLDescribeCol"),
    (9, "SQLDisconnect"), (10, "SQLError"), (11, "SQLExecDirect"), (12, "SQLExecute"),
    (13, "SQLFetch"), (14, "SQLFreeConnect"), (15, "SQLFreeEnv"), (16, "SQLFreeStmt"),
    (17, "SQLGetCursorName"), (18, "SQLNumResultCols"), (19, "SQLPrepare"), (20, "SQLRowCount"),
    (21, "SQLSetCursorName"), (22, "SQLSetParam"), (23, "SQLTransact"), (24, "SQLBulkOperations"),
    (40, "SQLColumns"), (41, "SQLDriverConnect"), (42, "SQLGetConnectOption"), (43, "SQLGetData"),
    (44, "SQLGetFunctions"), (45, "SQLGetInfo"), (46, "SQLGetStmtOption"), (47, "SQLGetTypeInfo"),
    (48, "SQLParamData"), (49, "SQLPutData"), (50, "SQLSetConnectOption"), (51, "SQLSetStmtOption"),
    (52, "SQLSpecialColumns"), (53, "SQLStatistics"), (54, "SQLTables"), (55, "SQLBrowseConnect"),
    (56, "SQLColumnPrivileges"), (57, "SQLDataSources"), (58, "SQLDescribeParam"),
    (59, "SQLExtendedFetch"), (60, "SQLForeignKeys"), (61, "SQLMoreResults"), (62, "SQLNativeSql"),
    (63, "SQLNumParams"), (64, "SQLParamOptions"), (65, "SQLPrimaryKeys"),
    (66, "SQLProcedureColumns"), (67, "SQLProcedures"), (68, "SQLSetPos"),
    (69, "SQLSetScrollOptions"), (70, "SQLTablePrivileges"), (71, "SQLDrivers"),
    (72, "SQLBindParameter"), (1001, "SQLAllocHandle"), (1002, "SQLBindParam"),
    (1003, "SQLCloseCursor"), (1004, "SQLCopyDesc"), (1005, "SQLEndTran"), (1006, "SQLFreeHandle"),
    (1007, "SQLGetConnectAttr"), (1008, "SQLGetDescField"), (1009, "SQLGetDescRec"),
    (1010, "SQLGetDiagField"), (1011, "SQLGetDiagRec"), (1012, "SQLGetEnvAttr"),
    (1014, "SQLGetStmtAttr"), (1016, "SQLSetConnectAttr"), (1017, "SQLSetDescField"),
    (1018, "SQLSetDescRec"), (1019, "SQLSetEnvAttr"), (1020, "SQLSetStmtAttr"),
    (1021, "SQLFetchScroll"), (1022, "SQLCancelHandle"), (1023, "SQLCompleteAsync"),
];

const ALL_FUNCTIONS: u16 = 0;
const ODBC3_ALL_FUNCTIONS: u16 = 999;

/// The words that `SQLGetFunctions` writes for a number, and the words after them that it must not
/// change.
fn words<const COUNT: usize>(connection: &Connection, id: u16) -> [u16; COUNT] {
    const UNTOUCHED: u16 = 0xABAB;
    let mut words = vec![UNTOUCHED; COUNT + 8];
    // SAFETY: there are more words than the form has.
    let asked = connection.call(|library, handle| unsafe {
        (library.SQLGetFunctions)(handle, id, words.as_mut_ptr())
    });
    asked.expect("the form is known");
    assert!(words[COUNT..].iter().all(|word| *word == UNTOUCHED));
    words[..COUNT].try_into().expect("there are so many")
}

/// A driver's functions are known once it is connected.
fn connection() -> Connection {
    client::connect(&Login::start().connection_string()).expect("a connection")
}

/// The numbers of the functions whose symbols the library has.
fn exported() -> BTreeSet<u16> {
    let library = Library::get();
    let there = REFERENCE.iter().filter(|(_, name)| library.has(name));
    there.map(|(id, _)| *id).collect()
}

#[test]
fn single_functions_are_told_as_they_are_exported() {
    let connection = connection();
    let ids = (1..4000).filter(|id| *id != ODBC3_ALL_FUNCTIONS);
    let told = ids.filter(|id| words::<1>(&connection, *id) == [1]);
    assert_eq!(told.collect::<BTreeSet<u16>>(), exported());
}

#[test]
fn the_array_of_odbc_2_has_a_word_for_each_of_100_functions() {
    let connection = connection();
    let array: [u16; 100] = words(&connection, ALL_FUNCTIONS);
    assert!(array.iter().all(|word| *word <= 1));
    let told = (0_u16..).zip(array).filter(|(_, word)| *word == 1);
    let told: BTreeSet<u16> = told.map(|(id, _)| id).collect();
    let of_odbc2 = exported().into_iter().filter(|id| *id < 100);
    assert_eq!(told, of_odbc2.collect());
}

#[test]
fn the_bitmap_of_odbc_3_has_a_bit_for_each_of_4000_functions() {
    let connection = connection();
    let bitmap: [u16; 250] = words(&connection, ODBC3_ALL_FUNCTIONS);
    // SQL_FUNC_EXISTS of sqlext.h
    let exists = |id: &u16| bitmap[usize::from(id >> 4)] & (1 << (id & 0xF)) != 0;
    let told: BTreeSet<u16> = (0..4000).filter(exists).collect();
    assert_eq!(told, exported());
}
