//! The states of environments and descriptors: appendix B, "Environment Transitions", "Descriptor Transitions".

use super::connections::{OV_ODBC3, VERSION, allocate, free, get_environment, set_environment};
use super::place::{NULL, call};
use driver_harness::client::constants::*;
use driver_harness::client::{Handle, Library, records};
use std::ffi::c_void;
use std::ptr;

const OUTPUT_NTS: i32 = 10001;

/// E0 to E2: an environment before its version is known, after, and with a connection.
#[test]
fn every_call_in_every_state_of_an_environment() {
    let state_of = |handle| {
        let records = records(HANDLE_ENV, handle);
        records
            .first()
            .map(|record| record.state.clone())
            .unwrap_or_default()
    };
    let (_, environment) = allocate(HANDLE_ENV, NULL);
    // The version comes first.
    let end = || call!(SQLEndTran(HANDLE_ENV => i16, environment => Handle, 0 => i16));
    for (name, code) in [
        ("SQLAllocHandle", allocate(HANDLE_DBC, environment).0),
        ("SQLGetEnvAttr", get_environment(environment, OUTPUT_NTS)),
        ("SQLSetEnvAttr", set_environment(environment, OUTPUT_NTS, 1)),
        ("SQLEndTran", end()),
    ] {
        assert_eq!(
            (code, state_of(environment).as_str()),
            (ERROR, "HY010"),
            "{name}"
        );
    }
    assert_eq!(set_environment(environment, VERSION, OV_ODBC3), SUCCESS);
    assert_eq!(get_environment(environment, OUTPUT_NTS), SUCCESS);
    assert_eq!(end(), SUCCESS);
    let (code, connection) = allocate(HANDLE_DBC, environment);
    assert_eq!(code, SUCCESS);
    // With a connection, its attributes are settled.
    assert_eq!(set_environment(environment, VERSION, OV_ODBC3), ERROR);
    assert_eq!(state_of(environment), "HY011");
    assert_eq!(get_environment(environment, VERSION), SUCCESS);
    assert_eq!(free(HANDLE_ENV, environment), ERROR);
    assert_eq!(state_of(environment), "HY010");
    assert_eq!(free(HANDLE_DBC, connection), SUCCESS);
    assert_eq!(free(HANDLE_ENV, environment), SUCCESS);
    for code in [
        get_environment(environment, VERSION),
        end(),
        free(HANDLE_ENV, environment),
    ] {
        assert_eq!(code, INVALID_HANDLE);
    }
}

/// D0, D1i, D1e
#[test]
fn every_call_in_every_state_of_a_descriptor() {
    let connection = super::connection();
    let field = |descriptor| {
        let mut count = 0_i16;
        let place = &raw mut count;
        call!(SQLGetDescField(descriptor => Handle, 0 => i16, 1001 => i16, place.cast() => *mut c_void, 0 => i32,
            ptr::null_mut() => *mut i32))
    };
    let set = |descriptor| {
        let value = ptr::without_provenance_mut::<c_void>(1);
        call!(SQLSetDescField(descriptor => Handle, 0 => i16, 20 => i16, value => *mut c_void, 0 => i32))
    };
    let short = ptr::null_mut::<i16>();
    let record = |descriptor| {
        call!(SQLGetDescRec(descriptor => Handle, 1 => i16, ptr::null_mut() => *mut u8, 0 => i16, short => *mut i16,
            short => *mut i16, short => *mut i16, ptr::null_mut() => *mut isize, short => *mut i16, short => *mut i16,
            short => *mut i16))
    };
    let set_record = |descriptor| {
        call!(SQLSetDescRec(descriptor => Handle, 1 => i16, C_CHAR => i16, 0 => i16, 2 => isize, 0 => i16, 0 => i16,
            NULL => *mut c_void, ptr::null_mut() => *mut isize, ptr::null_mut() => *mut isize))
    };
    let copy = |from, to| call!(SQLCopyDesc(from => Handle, to => Handle));
    let statement = super::place::Place::new(&connection);
    let (implicit, other) = (
        statement.descriptors[super::place::ARD],
        statement.descriptors[super::place::APD],
    );
    let (code, explicit) = allocate(HANDLE_DESC, connection.handle());
    assert_eq!(code, SUCCESS);
    for (descriptor, target) in [(implicit, other), (explicit, implicit)] {
        assert_eq!(
            [
                field(descriptor),
                set(descriptor),
                set_record(descriptor),
                record(descriptor),
                copy(descriptor, target)
            ],
            [SUCCESS; 5]
        );
    }
    assert_eq!(free(HANDLE_DESC, implicit), ERROR);
    assert_eq!(records(HANDLE_DESC, implicit)[0].state, "HY017");
    assert_eq!(free(HANDLE_DESC, explicit), SUCCESS);
    drop(statement);
    for gone in [implicit, explicit] {
        let (_, target) = allocate(HANDLE_DESC, connection.handle());
        let codes = [
            field(gone),
            set(gone),
            record(gone),
            set_record(gone),
            copy(gone, target),
            copy(target, gone),
            free(HANDLE_DESC, gone),
        ];
        assert_eq!(codes, [INVALID_HANDLE; 7]);
    }
}
