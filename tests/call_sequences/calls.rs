//! Every exported function, called with made-up arguments.

use super::arguments::*;
use super::attributes;
use super::scripts;
use super::support::constants::*;
use super::support::{Handle, Library};
use super::world::World;

type Pointer = *mut std::ffi::c_void;

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

/// Calls that have nothing to them but their arguments. The handle comes first.
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
                // SAFETY: every pointer leads into the application's memory, and no length out of it.
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

/// Calls whose arguments belong together, or that change which handles live.
const OTHERS: &[fn(&mut World)] = &[
    allocate,
    allocate,
    free,
    free_statement,
    disconnect,
    set_statement_attribute,
    set_statement_attribute,
    set_statement_attribute,
    set_connection_attribute,
    set_environment_attribute,
    set_descriptor_field,
    set_descriptor_field,
    set_descriptor_record,
    read_diagnostics,
    read_diagnostic_field,
    end_transaction,
    cancel_handle,
    copy_descriptor,
];

/// What statements live from: without them a sequence would hardly ever come to a row.
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
    // What a sequence cannot do without, in case the last of them was freed.
    if world.of_kind(HANDLE_STMT).is_empty() && world.rarely(10) {
        world.close();
        world.open();
    }
}

fn kind(world: &mut World) -> i16 {
    match world.rarely(10) {
        true => world.pick(&[0, 5, -1]),
        false => world.pick(&[
            HANDLE_ENV,
            HANDLE_DBC,
            HANDLE_STMT,
            HANDLE_STMT,
            HANDLE_DESC,
        ]),
    }
}

fn allocate(world: &mut World) {
    let new = kind(world);
    let on = match new {
        HANDLE_ENV => 0,
        HANDLE_DBC => HANDLE_ENV,
        HANDLE_STMT | HANDLE_DESC => HANDLE_DBC,
        // No kind of handle, so that it may be asked of any.
        _ => world.pick(&[HANDLE_ENV, HANDLE_DBC]),
    };
    let parent = match on {
        0 => std::ptr::null_mut(),
        on => world.handle(on),
    };
    let place = attributes::handle_place(world);
    world.begin("SQLAllocHandle");
    world.tell(&[&new, &parent, &place]);
    // SAFETY: the place is the application's.
    let code = unsafe { (world.library.SQLAllocHandle)(new, parent, place) };
    // An environment has no parent that a diagnostic could be left at.
    if on == 0 {
        assert!(matches!(code, SUCCESS | ERROR), "{code}: {}", world.story());
    } else {
        world.check("SQLAllocHandle", code, (on, parent));
    }
    if code == SUCCESS {
        // SAFETY: the driver wrote a handle there.
        let handle = unsafe { *place };
        world.born(new, handle, parent);
    }
}

fn free(world: &mut World) {
    let old = kind(world);
    // Most calls are to have something to work on.
    let handle = match world.rarely(3) {
        true => world.handle(old),
        false => std::ptr::null_mut(),
    };
    let was_live = world.is_live(old, handle);
    world.begin("SQLFreeHandle");
    world.tell(&[&old, &handle]);
    // SAFETY: no pointer is passed.
    let code = unsafe { (world.library.SQLFreeHandle)(old, handle) };
    world.check("SQLFreeHandle", code, (old, handle));
    if code == SUCCESS {
        assert!(was_live, "{}", world.story());
        world.died(handle);
    }
}

fn free_statement(world: &mut World) {
    let handle = world.handle(HANDLE_STMT);
    // SQL_CLOSE, SQL_UNBIND and SQL_RESET_PARAMS mostly; SQL_DROP now and then.
    let option = match world.rarely(8) {
        true => Option16::make(world),
        false => world.pick(&[0, 2, 3]),
    };
    world.begin("SQLFreeStmt");
    world.tell(&[&handle, &option]);
    // SAFETY: no pointer is passed.
    let code = unsafe { (world.library.SQLFreeStmt)(handle, option) };
    world.check("SQLFreeStmt", code, (HANDLE_STMT, handle));
    if option == 1 && code == SUCCESS {
        world.died(handle);
    }
}

fn disconnect(world: &mut World) {
    let handle = world.handle(HANDLE_DBC);
    if world.rarely(2) {
        return;
    }
    let was_live = world.is_live(HANDLE_DBC, handle);
    world.begin("SQLDisconnect");
    world.tell(&[&handle]);
    // SAFETY: no pointer is passed.
    let code = unsafe { (world.library.SQLDisconnect)(handle) };
    world.check("SQLDisconnect", code, (HANDLE_DBC, handle));
    if code == SUCCESS || code == SUCCESS_WITH_INFO {
        assert!(was_live, "{}", world.story());
        world.orphans_die(handle);
    }
}

type Set = unsafe extern "system" fn(Handle, i32, Pointer, i32) -> i16;

fn set(world: &mut World, name: &'static str, kind: i16, (attribute, value): (i32, Pointer)) {
    // SAFETY: the types are those of the header.
    let function = unsafe { Library::get().symbol::<Set>(name) };
    let handle = world.handle(kind);
    let length = world.pick(&[0, -3, -6, -5, -4, 4, 8]);
    world.begin(name);
    world.tell(&[&handle, &attribute, &value, &length]);
    // SAFETY: what the attribute takes for a place is one.
    let code = unsafe { function(handle, attribute, value, length) };
    world.check(name, code, (kind, handle));
}

fn set_statement_attribute(world: &mut World) {
    let what = attributes::of_statement(world);
    let name = world.pick(&["SQLSetStmtAttr", "SQLSetStmtAttrW"]);
    set(world, name, HANDLE_STMT, what);
}

fn set_connection_attribute(world: &mut World) {
    let what = attributes::of_connection(world);
    let name = world.pick(&["SQLSetConnectAttr", "SQLSetConnectAttrW"]);
    set(world, name, HANDLE_DBC, what);
}

fn set_environment_attribute(world: &mut World) {
    let what = attributes::of_environment(world);
    set(world, "SQLSetEnvAttr", HANDLE_ENV, what);
}

fn set_descriptor_field(world: &mut World) {
    let (field, value) = attributes::of_descriptor(world);
    type Function = unsafe extern "system" fn(Handle, i16, i16, Pointer, i32) -> i16;
    let name = world.pick(&["SQLSetDescField", "SQLSetDescFieldW"]);
    // SAFETY: the types are those of the header.
    let function = unsafe { Library::get().symbol::<Function>(name) };
    let handle = world.handle(HANDLE_DESC);
    let record = SignedOrdinal::make(world).min(64);
    let length = world.pick(&[0, -3, -6, -5, -4, 4, 8]);
    world.begin(name);
    world.tell(&[&handle, &record, &field, &value, &length]);
    // SAFETY: what the field takes for a place is one.
    let code = unsafe { function(handle, record, field, value, length) };
    world.check(name, code, (HANDLE_DESC, handle));
}

fn set_descriptor_record(world: &mut World) {
    let handle = world.handle(HANDLE_DESC);
    let record = SignedOrdinal::make(world).min(64);
    let (data_type, sub_type) = (CType::make(world), world.pick(&[0, 1, 2, 3, 99]));
    let length = world.pick(&[0, 1, 8, 100, 4000]);
    let (precision, scale) = (Digits::make(world), Digits::make(world));
    let (data, octets, indicator) = attributes::record(world);
    world.begin("SQLSetDescRec");
    world.tell(&[
        &handle, &record, &data_type, &sub_type, &length, &data, &octets, &indicator,
    ]);
    // SAFETY: the places are the application's.
    let code = unsafe {
        (world.library.SQLSetDescRec)(
            handle, record, data_type, sub_type, length, precision, scale, data, octets, indicator,
        )
    };
    world.check("SQLSetDescRec", code, (HANDLE_DESC, handle));
}

/// Diagnostics leave none themselves, so that their codes are all there is to check.
fn of_diagnostics(world: &World, code: i16) {
    let known = matches!(
        code,
        SUCCESS | SUCCESS_WITH_INFO | NO_DATA | ERROR | INVALID_HANDLE
    );
    assert!(known, "{code}: {}", world.story());
}

fn read_diagnostics(world: &mut World) {
    let kind = kind(world);
    let handle = world.handle(kind);
    let number = SignedOrdinal::make(world);
    let state = Word16::make(world);
    let native = Word32::make(world);
    world.begin("SQLGetDiagRecW");
    let (message, room, length) = (
        WideText::make(world),
        Units16::make(world),
        Word16::make(world),
    );
    world.tell(&[&kind, &handle, &number, &message, &room]);
    // SAFETY: the places are the application's.
    let code = unsafe {
        (world.library.SQLGetDiagRecW)(
            kind,
            handle,
            number,
            state.cast(),
            native,
            message,
            room,
            length,
        )
    };
    of_diagnostics(world, code);
}

fn read_diagnostic_field(world: &mut World) {
    let kind = kind(world);
    let handle = world.handle(kind);
    let number = SignedOrdinal::make(world);
    let field = DiagnosticField::make(world);
    world.begin("SQLGetDiagFieldW");
    let (value, room, length) = (
        Value::make(world),
        Bytes16::make(world),
        Word16::make(world),
    );
    world.tell(&[&kind, &handle, &number, &field, &value, &room]);
    // SAFETY: the places are the application's.
    let code = unsafe {
        (world.library.SQLGetDiagFieldW)(kind, handle, number, field, value, room, length)
    };
    of_diagnostics(world, code);
}

fn end_transaction(world: &mut World) {
    let kind = world.pick(&[HANDLE_ENV, HANDLE_DBC]);
    let handle = world.handle(kind);
    let how = EndType::make(world);
    world.begin("SQLEndTran");
    world.tell(&[&kind, &handle, &how]);
    // SAFETY: no pointer is passed.
    let code = unsafe { (world.library.SQLEndTran)(kind, handle, how) };
    world.check("SQLEndTran", code, (kind, handle));
}

fn cancel_handle(world: &mut World) {
    let kind = world.pick(&[HANDLE_DBC, HANDLE_STMT]);
    let handle = world.handle(kind);
    world.begin("SQLCancelHandle");
    world.tell(&[&kind, &handle]);
    // SAFETY: no pointer is passed.
    let code = unsafe { (world.library.SQLCancelHandle)(kind, handle) };
    world.check("SQLCancelHandle", code, (kind, handle));
}

/// What is wrong is told at the target.
fn copy_descriptor(world: &mut World) {
    let (source, target) = (world.handle(HANDLE_DESC), world.handle(HANDLE_DESC));
    world.begin("SQLCopyDesc");
    world.tell(&[&source, &target]);
    // SAFETY: no pointer is passed.
    let code = unsafe { (world.library.SQLCopyDesc)(source, target) };
    let on = match world.is_live(HANDLE_DESC, source) {
        true => target,
        false => source,
    };
    world.check("SQLCopyDesc", code, (HANDLE_DESC, on));
}
