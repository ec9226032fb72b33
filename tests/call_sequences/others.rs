//! Calls whose arguments depend on each other, or that change the set of live handles.

use super::arguments::*;
use super::attributes;
use super::world::World;
use driver_harness::client::constants::*;
use driver_harness::client::{Handle, Library};

type Pointer = *mut std::ffi::c_void;

pub const OTHERS: &[fn(&mut World)] = &[
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
        // An invalid kind of handle is reported at the handle that was passed.
        _ => 0,
    };
    let parent = match (on, new) {
        (0, HANDLE_ENV) => std::ptr::null_mut(),
        (0, _) => world.handle(HANDLE_ENV),
        (on, _) => world.handle(on),
    };
    let place = attributes::handle_place(world);
    world.begin("SQLAllocHandle");
    world.tell(&[&new, &parent, &place]);
    // SAFETY: the place is the application's.
    let code = unsafe { (world.library.SQLAllocHandle)(new, parent, place) };
    // For an environment there is no parent for a diagnostic, nor for an unknown kind.
    if on == 0 {
        assert!(
            matches!(code, SUCCESS | ERROR | INVALID_HANDLE),
            "{code}: {}",
            world.story()
        );
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
    // SAFETY: if the attribute takes an address, the value is one.
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
    // SAFETY: if the field takes an address, the value is one.
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

/// Diagnostic functions leave no diagnostics, so only their codes can be checked.
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

/// Errors are reported at the target.
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
