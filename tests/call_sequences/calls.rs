//! Every exported function, called with made-up arguments.

use super::arguments::*;
use super::others::OTHERS;
use super::scripts;
use super::world::World;
use driver_harness::client::constants::*;
use driver_harness::client::{Handle, Library};

/// Connection strings, the first of which connects.
pub fn connection_strings(good: &str) -> Vec<String> {
    let mut strings = vec![good.to_owned(), good.to_owned()];
    strings.extend(["Unknown=1", "PageSize=3", "PageSize=many"].map(|key| format!("{good};{key}")));
    strings.extend(
        [
            "",
            "DSN=nothing",
            "DSN=",
            "DRIVER={x};TenantID=t",
            "={;}",
            "UID=a;PWD={b",
        ]
        .map(str::to_owned),
    );
    let nobody = "TenantID=t;ClientId=c;ClientSecret=secret;MaxRetries=0;LoginTimeout=1;\
                  LoginEndpoint=http://127.0.0.1:1;GraphEndpoint=http://127.0.0.1:1";
    strings.push(nobody.to_owned());
    strings
}

/// Calls that are determined by their arguments. The handle comes first.
macro_rules! functions {
    ($($name:ident($kind:ident $(, $argument:ident: $make:ident)*);)*) => {
        /// One call of each function with made-up arguments.
        const FUNCTIONS: &[(&str, fn(&mut World))] = &[$(
            (stringify!($name), |world| {
                type Function = unsafe extern "system" fn(Handle $(, <$make as Argument>::Raw)*) -> i16;
                // SAFETY: the types are those of the header.
                let function = unsafe { Library::get().symbol::<Function>(stringify!($name)) };
                let handle = world.handle($kind);
                world.begin(stringify!($name));
                $(let $argument = $make::make(world);)*
                world.tell(&[&handle $(, &$argument)*]);
                // SAFETY: every pointer is in the application's memory, and no length leads out of
                // it.
                let code = unsafe { function(handle $(, $argument)*) };
                world.check(stringify!($name), code, ($kind, handle));
            }),
        )*];
    };
}

functions! {
    SQLBindCol(HANDLE_STMT, a: Ordinal, b: CType, c: DataPlace, d: DataLength, e: Indicator);
    SQLBindParameter(HANDLE_STMT, a: Ordinal, b: Direction, c: CType, d: SqlType, e: Size, f: Digits, g: DataPlace,
        h: DataLength, i: Indicator);
    SQLBrowseConnect(HANDLE_DBC, a: ConnectionString, b: NameLength, c: Text, d: Bytes16, e: Word16);
    SQLBrowseConnectW(HANDLE_DBC, a: WideConnectionString, b: NameLength, c: WideText, d: Units16, e: Word16);
    SQLBulkOperations(HANDLE_STMT, a: BulkOperation);
    SQLCancel(HANDLE_STMT);
    SQLCloseCursor(HANDLE_STMT);
    SQLColAttribute(HANDLE_STMT, a: Ordinal, b: FieldNumber, c: Value, d: Bytes16, e: Word16, f: Word64);
    SQLColAttributeW(HANDLE_STMT, a: Ordinal, b: FieldNumber, c: Value, d: Bytes16, e: Word16, f: Word64);
    SQLColumnPrivileges(HANDLE_STMT, a: Name, b: NameLength, c: Name, d: NameLength, e: Name, f: NameLength,
        g: Name, h: NameLength);
    SQLColumnPrivilegesW(HANDLE_STMT, a: WideName, b: NameLength, c: WideName, d: NameLength, e: WideName,
        f: NameLength, g: WideName, h: NameLength);
    SQLColumns(HANDLE_STMT, a: Name, b: NameLength, c: Name, d: NameLength, e: Name, f: NameLength, g: Name,
        h: NameLength);
    SQLColumnsW(HANDLE_STMT, a: WideName, b: NameLength, c: WideName, d: NameLength, e: WideName, f: NameLength,
        g: WideName, h: NameLength);
    SQLConnect(HANDLE_DBC, a: Name, b: NameLength, c: Name, d: NameLength, e: Name, f: NameLength);
    SQLConnectW(HANDLE_DBC, a: WideName, b: NameLength, c: WideName, d: NameLength, e: WideName, f: NameLength);
    SQLDescribeCol(HANDLE_STMT, a: Ordinal, b: Text, c: Bytes16, d: Word16, e: Word16, f: WordU64, g: Word16,
        h: Word16);
    SQLDescribeColW(HANDLE_STMT, a: Ordinal, b: WideText, c: Units16, d: Word16, e: Word16, f: WordU64, g: Word16,
        h: Word16);
    SQLDescribeParam(HANDLE_STMT, a: Ordinal, b: Word16, c: WordU64, d: Word16, e: Word16);
    SQLDriverConnect(HANDLE_DBC, a: NoWindow, b: ConnectionString, c: NameLength, d: Text, e: Bytes16, f: Word16,
        g: Completion);
    SQLDriverConnectW(HANDLE_DBC, a: NoWindow, b: WideConnectionString, c: NameLength, d: WideText, e: Units16,
        f: Word16, g: Completion);
    SQLExecDirect(HANDLE_STMT, a: Sql, b: SqlLength);
    SQLExecDirectW(HANDLE_STMT, a: WideSql, b: SqlLength);
    SQLExecute(HANDLE_STMT);
    SQLExtendedFetch(HANDLE_STMT, a: ExtendedOrientation, b: Offset, c: WordU64, d: WordU16);
    SQLFetch(HANDLE_STMT);
    SQLFetchScroll(HANDLE_STMT, a: Orientation, b: Offset);
    SQLForeignKeys(HANDLE_STMT, a: Name, b: NameLength, c: Name, d: NameLength, e: Name, f: NameLength, g: Name,
        h: NameLength, i: Name, j: NameLength, k: Name, l: NameLength);
    SQLForeignKeysW(HANDLE_STMT, a: WideName, b: NameLength, c: WideName, d: NameLength, e: WideName, f: NameLength,
        g: WideName, h: NameLength, i: WideName, j: NameLength, k: WideName, l: NameLength);
    SQLGetConnectAttr(HANDLE_DBC, a: AttributeNumber, b: Value, c: Bytes32, d: Word32);
    SQLGetConnectAttrW(HANDLE_DBC, a: AttributeNumber, b: Value, c: Bytes32, d: Word32);
    SQLGetCursorName(HANDLE_STMT, a: Text, b: Bytes16, c: Word16);
    SQLGetCursorNameW(HANDLE_STMT, a: WideText, b: Units16, c: Word16);
    SQLGetData(HANDLE_STMT, a: Ordinal, b: CType, c: DataPlace, d: DataLength, e: Word64);
    SQLGetDescField(HANDLE_DESC, a: SignedOrdinal, b: SignedField, c: Value, d: Bytes32, e: Word32);
    SQLGetDescFieldW(HANDLE_DESC, a: SignedOrdinal, b: SignedField, c: Value, d: Bytes32, e: Word32);
    SQLGetDescRec(HANDLE_DESC, a: SignedOrdinal, b: Text, c: Bytes16, d: Word16, e: Word16, f: Word16, g: Word64,
        h: Word16, i: Word16, j: Word16);
    SQLGetDescRecW(HANDLE_DESC, a: SignedOrdinal, b: WideText, c: Units16, d: Word16, e: Word16, f: Word16,
        g: Word64, h: Word16, i: Word16, j: Word16);
    SQLGetEnvAttr(HANDLE_ENV, a: AttributeNumber, b: Value, c: Bytes32, d: Word32);
    SQLGetFunctions(HANDLE_DBC, a: FunctionId, b: Functions);
    SQLGetInfo(HANDLE_DBC, a: InfoType, b: Value, c: Bytes16, d: Word16);
    SQLGetInfoW(HANDLE_DBC, a: InfoType, b: Value, c: Bytes16, d: Word16);
    SQLGetInfoW(HANDLE_DBC, a: FarInfoType, b: Value, c: Bytes16, d: Word16);
    SQLGetStmtAttr(HANDLE_STMT, a: AttributeNumber, b: Value, c: Bytes32, d: Word32);
    SQLGetStmtAttrW(HANDLE_STMT, a: AttributeNumber, b: Value, c: Bytes32, d: Word32);
    SQLGetTypeInfo(HANDLE_STMT, a: SqlType);
    SQLGetTypeInfoW(HANDLE_STMT, a: SqlType);
    SQLMoreResults(HANDLE_STMT);
    SQLNativeSql(HANDLE_DBC, a: Sql, b: SqlLength, c: Text, d: Bytes32, e: Word32);
    SQLNativeSqlW(HANDLE_DBC, a: WideSql, b: SqlLength, c: WideText, d: Units32, e: Word32);
    SQLNumParams(HANDLE_STMT, a: Word16);
    SQLNumResultCols(HANDLE_STMT, a: Word16);
    SQLParamData(HANDLE_STMT, a: WordPointer);
    SQLPrepare(HANDLE_STMT, a: Sql, b: SqlLength);
    SQLPrepareW(HANDLE_STMT, a: WideSql, b: SqlLength);
    SQLPrimaryKeys(HANDLE_STMT, a: Name, b: NameLength, c: Name, d: NameLength, e: Name, f: NameLength);
    SQLPrimaryKeysW(HANDLE_STMT, a: WideName, b: NameLength, c: WideName, d: NameLength, e: WideName, f: NameLength);
    SQLProcedureColumns(HANDLE_STMT, a: Name, b: NameLength, c: Name, d: NameLength, e: Name, f: NameLength, g: Name,
        h: NameLength);
    SQLProcedureColumnsW(HANDLE_STMT, a: WideName, b: NameLength, c: WideName, d: NameLength, e: WideName,
        f: NameLength, g: WideName, h: NameLength);
    SQLProcedures(HANDLE_STMT, a: Name, b: NameLength, c: Name, d: NameLength, e: Name, f: NameLength);
    SQLProceduresW(HANDLE_STMT, a: WideName, b: NameLength, c: WideName, d: NameLength, e: WideName, f: NameLength);
    SQLPutData(HANDLE_STMT, a: DataPlace, b: PieceLength);
    SQLRowCount(HANDLE_STMT, a: Word64);
    SQLSetCursorName(HANDLE_STMT, a: Name, b: NameLength);
    SQLSetCursorNameW(HANDLE_STMT, a: WideName, b: NameLength);
    SQLSetPos(HANDLE_STMT, a: Row, b: Option16, c: Option16);
    SQLSpecialColumns(HANDLE_STMT, a: Option16, b: Name, c: NameLength, d: Name, e: NameLength, f: Name,
        g: NameLength, h: Option16, i: Option16);
    SQLSpecialColumnsW(HANDLE_STMT, a: Option16, b: WideName, c: NameLength, d: WideName, e: NameLength, f: WideName,
        g: NameLength, h: Option16, i: Option16);
    SQLStatistics(HANDLE_STMT, a: Name, b: NameLength, c: Name, d: NameLength, e: Name, f: NameLength, g: Option16,
        h: Option16);
    SQLStatisticsW(HANDLE_STMT, a: WideName, b: NameLength, c: WideName, d: NameLength, e: WideName, f: NameLength,
        g: Option16, h: Option16);
    SQLTablePrivileges(HANDLE_STMT, a: Name, b: NameLength, c: Name, d: NameLength, e: Name, f: NameLength);
    SQLTablePrivilegesW(HANDLE_STMT, a: WideName, b: NameLength, c: WideName, d: NameLength, e: WideName,
        f: NameLength);
    SQLTables(HANDLE_STMT, a: Name, b: NameLength, c: Name, d: NameLength, e: Name, f: NameLength, g: Name,
        h: NameLength);
    SQLTablesW(HANDLE_STMT, a: WideName, b: NameLength, c: WideName, d: NameLength, e: WideName, f: NameLength,
        g: WideName, h: NameLength);
}

/// Frequent calls: without them a sequence would hardly ever get a row.
const FAVOURITES: &[&str] = &[
    "SQLBindCol",
    "SQLBindParameter",
    "SQLBindParameter",
    "SQLCloseCursor",
    "SQLCloseCursor",
    "SQLExecDirectW",
    "SQLExecDirectW",
    "SQLExecute",
    "SQLExecute",
    "SQLExtendedFetch",
    "SQLFetch",
    "SQLFetch",
    "SQLFetchScroll",
    "SQLGetData",
    "SQLGetData",
    "SQLMoreResults",
    "SQLParamData",
    "SQLParamData",
    "SQLPrepareW",
    "SQLPutData",
    "SQLPutData",
    "SQLSetPos",
];

fn favourite(world: &mut World) {
    match world.random.u8(..20) {
        0 => return scripts::query(world),
        1 => return scripts::parameters(world),
        _ => {}
    }
    let name = match world.needs_data && !world.rarely(5) {
        true => world.pick(&["SQLParamData", "SQLPutData"]),
        false => world.pick(FAVOURITES),
    };
    let known = FUNCTIONS.iter().find(|(function, _)| *function == name);
    known.expect("it is in the list").1(world);
}

pub fn any(world: &mut World) {
    let index = world.random.usize(..FUNCTIONS.len() + OTHERS.len());
    match FUNCTIONS.get(index) {
        _ if !world.rarely(3) => favourite(world),
        Some((_, call)) => call(world),
        None => OTHERS[index - FUNCTIONS.len()](world),
    }
    // Recreates handles that a sequence needs, in case the last of them was freed.
    if world.of_kind(HANDLE_STMT).is_empty() && world.rarely(10) {
        world.close();
        world.open();
    }
}
