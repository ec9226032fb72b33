//! The exported functions: the one list behind `SQLGetFunctions`, the linker's list of symbols and
//! the test that compares both with the built library. The build script includes this file, too, so
//! it uses no other module.

/// A function that the library exports.
#[derive(Clone, Copy, Debug)]
pub struct Function {
    /// `SQL_API_*`
    pub id: u16,
    pub name: &'static str,
    /// Whether there is a spelling with a trailing `W`.
    pub wide: bool,
}

const fn both(id: u16, name: &'static str) -> Function {
    Function {
        id,
        name,
        wide: true,
    }
}

const fn plain(id: u16, name: &'static str) -> Function {
    Function {
        id,
        name,
        wide: false,
    }
}

pub const FUNCTIONS: &[Function] = &[
    plain(1001, "SQLAllocHandle"),
    plain(4, "SQLBindCol"),
    plain(72, "SQLBindParameter"),
    both(55, "SQLBrowseConnect"),
    plain(24, "SQLBulkOperations"),
    plain(5, "SQLCancel"),
    plain(1022, "SQLCancelHandle"),
    plain(1003, "SQLCloseCursor"),
    both(6, "SQLColAttribute"),
    both(56, "SQLColumnPrivileges"),
    both(40, "SQLColumns"),
    both(7, "SQLConnect"),
    plain(1004, "SQLCopyDesc"),
    both(8, "SQLDescribeCol"),
    plain(58, "SQLDescribeParam"),
    plain(9, "SQLDisconnect"),
    both(41, "SQLDriverConnect"),
    plain(1005, "SQLEndTran"),
    both(11, "SQLExecDirect"),
    plain(12, "SQLExecute"),
    plain(59, "SQLExtendedFetch"),
    plain(13, "SQLFetch"),
    plain(1021, "SQLFetchScroll"),
    both(60, "SQLForeignKeys"),
    plain(1006, "SQLFreeHandle"),
    plain(16, "SQLFreeStmt"),
    both(1007, "SQLGetConnectAttr"),
    both(17, "SQLGetCursorName"),
    plain(43, "SQLGetData"),
    both(1008, "SQLGetDescField"),
    both(1009, "SQLGetDescRec"),
    both(1010, "SQLGetDiagField"),
    both(1011, "SQLGetDiagRec"),
    plain(1012, "SQLGetEnvAttr"),
    plain(44, "SQLGetFunctions"),
    both(45, "SQLGetInfo"),
    both(1014, "SQLGetStmtAttr"),
    both(47, "SQLGetTypeInfo"),
    plain(61, "SQLMoreResults"),
    both(62, "SQLNativeSql"),
    plain(63, "SQLNumParams"),
    plain(18, "SQLNumResultCols"),
    plain(48, "SQLParamData"),
    both(19, "SQLPrepare"),
    both(65, "SQLPrimaryKeys"),
    both(66, "SQLProcedureColumns"),
    both(67, "SQLProcedures"),
    plain(49, "SQLPutData"),
    plain(20, "SQLRowCount"),
    both(1016, "SQLSetConnectAttr"),
    both(21, "SQLSetCursorName"),
    both(1017, "SQLSetDescField"),
    plain(1018, "SQLSetDescRec"),
    plain(1019, "SQLSetEnvAttr"),
    plain(68, "SQLSetPos"),
    both(1020, "SQLSetStmtAttr"),
    both(52, "SQLSpecialColumns"),
    both(53, "SQLStatistics"),
    both(70, "SQLTablePrivileges"),
    both(54, "SQLTables"),
];

/// The functions that ODBC's installer calls, exported on Windows alone.
pub const SETUP: &[&str] = &["ConfigDSN", "ConfigDSNW", "ConfigDriver", "ConfigDriverW"];

/// Every exported symbol, without those of [`SETUP`].
pub fn symbols() -> impl Iterator<Item = String> {
    FUNCTIONS.iter().flat_map(|function| {
        let wide = function.wide.then(|| format!("{}W", function.name));
        std::iter::once(function.name.to_owned()).chain(wide)
    })
}
