//! The page of functions: the functions of the ODBC reference, compared with the export table.

use super::table::{FUNCTIONS, Function};
use std::fmt::Write;

/// Name, the version of ODBC that introduced it, a description, and the heading of its deviations,
/// or nothing.
type Real = (&'static str, &'static str, &'static str, &'static str);

/// Name, version, and the reason why the driver does not export it.
type Absent = (&'static str, &'static str, &'static str);

const NOT_THERE: &str = "not-there";
const OTHERWISE: &str = "otherwise";

pub const EXPORTED: &[Real] = &[
    (
        "SQLAllocHandle",
        "3.0",
        "makes an environment, connection, statement or descriptor",
        "",
    ),
    ("SQLBindCol", "1.0", "binds a buffer to a column", ""),
    (
        "SQLBindParameter",
        "2.0",
        "binds a buffer to a parameter",
        OTHERWISE,
    ),
    (
        "SQLBrowseConnect",
        "1.0",
        "connects step by step, naming what is still missing",
        "",
    ),
    (
        "SQLBulkOperations",
        "3.0",
        "fetches rows by bookmark",
        NOT_THERE,
    ),
    (
        "SQLCancel",
        "1.0",
        "cancels a statement, from another thread, too",
        "",
    ),
    (
        "SQLCancelHandle",
        "3.8",
        "cancels what runs on a handle",
        "",
    ),
    (
        "SQLCloseCursor",
        "3.0",
        "closes the cursor; 24000 if there is none",
        "",
    ),
    (
        "SQLColAttribute",
        "3.0",
        "tells one property of a column",
        "",
    ),
    (
        "SQLColumnPrivileges",
        "1.0",
        "lists privileges on columns",
        NOT_THERE,
    ),
    ("SQLColumns", "1.0", "lists columns", ""),
    ("SQLConnect", "1.0", "connects to a data source", ""),
    ("SQLCopyDesc", "3.0", "copies a descriptor", ""),
    (
        "SQLDescribeCol",
        "1.0",
        "describes a column of the result",
        "",
    ),
    (
        "SQLDescribeParam",
        "1.0",
        "describes a parameter of the statement",
        "",
    ),
    ("SQLDisconnect", "1.0", "closes the connection", ""),
    (
        "SQLDriverConnect",
        "1.0",
        "connects with a connection string",
        NOT_THERE,
    ),
    ("SQLEndTran", "3.0", "ends a transaction", NOT_THERE),
    ("SQLExecDirect", "1.0", "runs a statement", ""),
    ("SQLExecute", "1.0", "runs a prepared statement", ""),
    (
        "SQLExtendedFetch",
        "1.0",
        "fetches a block of rows as ODBC 2 does",
        OTHERWISE,
    ),
    ("SQLFetch", "1.0", "fetches the next block of rows", ""),
    (
        "SQLFetchScroll",
        "3.0",
        "fetches any block of rows",
        OTHERWISE,
    ),
    ("SQLForeignKeys", "1.0", "lists foreign keys", ""),
    ("SQLFreeHandle", "3.0", "frees a handle", ""),
    (
        "SQLFreeStmt",
        "1.0",
        "closes the cursor, unbinds, or resets parameters",
        "",
    ),
    (
        "SQLGetConnectAttr",
        "3.0",
        "reads an attribute of the connection",
        "",
    ),
    (
        "SQLGetCursorName",
        "1.0",
        "reads the name of the cursor",
        "",
    ),
    (
        "SQLGetData",
        "1.0",
        "reads a value, in parts if wanted",
        OTHERWISE,
    ),
    (
        "SQLGetDescField",
        "3.0",
        "reads a field of a descriptor",
        "",
    ),
    ("SQLGetDescRec", "3.0", "reads a record of a descriptor", ""),
    (
        "SQLGetDiagField",
        "3.0",
        "reads a field of the diagnostics",
        "",
    ),
    (
        "SQLGetDiagRec",
        "3.0",
        "reads a record of the diagnostics",
        "",
    ),
    (
        "SQLGetEnvAttr",
        "3.0",
        "reads an attribute of the environment",
        "",
    ),
    (
        "SQLGetFunctions",
        "1.0",
        "tells which functions there are",
        "",
    ),
    ("SQLGetInfo", "1.0", "tells what the driver can do", ""),
    (
        "SQLGetStmtAttr",
        "3.0",
        "reads an attribute of the statement",
        "",
    ),
    ("SQLGetTypeInfo", "1.0", "lists the types of SQL", ""),
    (
        "SQLMoreResults",
        "1.0",
        "goes to the next result of a batch",
        "",
    ),
    (
        "SQLNativeSql",
        "1.0",
        "shows a statement with its escapes replaced",
        "",
    ),
    ("SQLNumParams", "1.0", "counts the parameters", ""),
    (
        "SQLNumResultCols",
        "1.0",
        "counts the columns of the result",
        "",
    ),
    (
        "SQLParamData",
        "1.0",
        "asks for the next parameter whose value comes in parts",
        "",
    ),
    ("SQLPrepare", "1.0", "prepares a statement", ""),
    ("SQLPrimaryKeys", "1.0", "lists primary keys", OTHERWISE),
    (
        "SQLProcedureColumns",
        "1.0",
        "lists parameters of procedures",
        NOT_THERE,
    ),
    ("SQLProcedures", "1.0", "lists procedures", NOT_THERE),
    (
        "SQLPutData",
        "1.0",
        "gives a part of a parameter's value",
        "",
    ),
    (
        "SQLRowCount",
        "1.0",
        "counts the rows that a statement changed",
        OTHERWISE,
    ),
    (
        "SQLSetConnectAttr",
        "3.0",
        "sets an attribute of the connection",
        OTHERWISE,
    ),
    ("SQLSetCursorName", "1.0", "names the cursor", ""),
    ("SQLSetDescField", "3.0", "sets a field of a descriptor", ""),
    ("SQLSetDescRec", "3.0", "sets a record of a descriptor", ""),
    (
        "SQLSetEnvAttr",
        "3.0",
        "sets an attribute of the environment",
        "",
    ),
    (
        "SQLSetPos",
        "1.0",
        "moves to a row of the block, or reads the block again",
        NOT_THERE,
    ),
    (
        "SQLSetStmtAttr",
        "3.0",
        "sets an attribute of the statement",
        OTHERWISE,
    ),
    (
        "SQLSpecialColumns",
        "1.0",
        "lists the columns that identify a row",
        "",
    ),
    (
        "SQLStatistics",
        "1.0",
        "lists statistics and indexes of a table",
        "",
    ),
    (
        "SQLTablePrivileges",
        "1.0",
        "lists privileges on tables",
        NOT_THERE,
    ),
    ("SQLTables", "1.0", "lists tables", ""),
];

/// Functions of the reference that the library does not export.
pub const ABSENT: &[Absent] = &[
    (
        "SQLAllocConnect",
        "1.0",
        "the driver manager calls `SQLAllocHandle`",
    ),
    (
        "SQLAllocEnv",
        "1.0",
        "the driver manager calls `SQLAllocHandle`",
    ),
    (
        "SQLAllocStmt",
        "1.0",
        "the driver manager calls `SQLAllocHandle`",
    ),
    (
        "SQLBindParam",
        "3.0",
        "the driver manager calls `SQLBindParameter`",
    ),
    (
        "SQLColAttributes",
        "1.0",
        "the driver manager calls `SQLColAttribute`",
    ),
    (
        "SQLCompleteAsync",
        "3.8",
        "nothing runs asynchronously, see [deviations](deviations.md#not-there)",
    ),
    (
        "SQLDataSources",
        "1.0",
        "the driver manager's own; a driver has none",
    ),
    (
        "SQLDrivers",
        "2.0",
        "the driver manager's own; a driver has none",
    ),
    (
        "SQLError",
        "1.0",
        "the driver manager calls `SQLGetDiagRec`",
    ),
    (
        "SQLFreeConnect",
        "1.0",
        "the driver manager calls `SQLFreeHandle`",
    ),
    (
        "SQLFreeEnv",
        "1.0",
        "the driver manager calls `SQLFreeHandle`",
    ),
    (
        "SQLGetConnectOption",
        "1.0",
        "the driver manager calls `SQLGetConnectAttr`",
    ),
    (
        "SQLGetStmtOption",
        "1.0",
        "the driver manager calls `SQLGetStmtAttr`",
    ),
    (
        "SQLParamOptions",
        "1.0",
        "the driver manager calls `SQLSetStmtAttr`",
    ),
    (
        "SQLSetConnectOption",
        "1.0",
        "the driver manager calls `SQLSetConnectAttr`",
    ),
    (
        "SQLSetParam",
        "1.0",
        "the driver manager calls `SQLBindParameter`",
    ),
    (
        "SQLSetScrollOptions",
        "1.0",
        "the driver manager calls `SQLGetInfo` and `SQLSetStmtAttr`",
    ),
    (
        "SQLSetStmtOption",
        "1.0",
        "the driver manager calls `SQLSetStmtAttr`",
    ),
    (
        "SQLTransact",
        "1.0",
        "the driver manager calls `SQLEndTran`",
    ),
];

fn spellings(function: &Function) -> String {
    match function.wide {
        true => format!("`{0}`, `{0}W`", function.name),
        false => format!("`{}`", function.name),
    }
}

/// The tables of exported functions and of the others.
pub fn markdown() -> String {
    let mut page = String::from("| Function | ODBC | What it does | |\n|---|---|---|---|\n");
    for function in FUNCTIONS {
        let described = EXPORTED.iter().find(|(name, ..)| *name == function.name);
        let (_, since, what, heading) =
            described.unwrap_or_else(|| panic!("{} is not described", function.name));
        let link = match *heading {
            "" => String::new(),
            heading => format!(" [deviations](deviations.md#{heading})"),
        };
        let spellings = spellings(function);
        writeln!(page, "| {spellings} | {since} | {what} |{link} |").expect("text takes all");
    }
    page.push_str("\nNot exported:\n\n| Function | ODBC | Why |\n|---|---|---|\n");
    for (name, since, why) in ABSENT {
        writeln!(page, "| `{name}` | {since} | {why} |").expect("text takes all");
    }
    page
}
