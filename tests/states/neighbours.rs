//! Functions of descriptors and of the connection, whose outcome depends on the states of statements.

use super::place::{APD, ARD, IPD, IRD, NULL, Place, QUERY, call};
use super::statements::{ALWAYS, NO_MORE, OK, Row, by};
use driver_harness::client::constants::*;
use driver_harness::client::{Handle, Library};
use std::ffi::c_void;
use std::ptr;

const DESC_COUNT: i16 = 1001;
const DESC_NAME: i16 = 1011;
const DESC_ARRAY_SIZE: i16 = 20;
const DESC_ARRAY_STATUS_PTR: i16 = 21;

fn get_descriptor_field(place: &mut Place, which: usize, field: i16) -> i16 {
    place.ask(HANDLE_DESC, place.descriptors[which]);
    let (descriptor, buffer) = (place.descriptors[which], place.buffer.as_mut_ptr());
    call!(SQLGetDescField(descriptor => Handle, 1 => i16, field => i16, buffer.cast() => *mut c_void, 256 => i32,
        ptr::null_mut() => *mut i32))
}

fn get_descriptor_record(place: &mut Place, which: usize) -> i16 {
    place.ask(HANDLE_DESC, place.descriptors[which]);
    let (text, short) = (place.buffer.as_mut_ptr(), ptr::null_mut::<i16>());
    call!(SQLGetDescRec(place.descriptors[which] => Handle, 1 => i16, text => *mut u8, 256 => i16, short => *mut i16,
        short => *mut i16, short => *mut i16, ptr::null_mut() => *mut isize, short => *mut i16, short => *mut i16,
        short => *mut i16))
}

fn set_descriptor_field(place: &mut Place, which: usize, field: i16, value: usize) -> i16 {
    place.ask(HANDLE_DESC, place.descriptors[which]);
    let value = ptr::without_provenance_mut::<c_void>(value);
    call!(SQLSetDescField(place.descriptors[which] => Handle, 0 => i16, field => i16, value => *mut c_void, 0 => i32))
}

/// SQLAllocHandle, and whether the new handle can be freed at once.
fn allocate_and_free(place: &mut Place, kind: i16) -> i16 {
    place.ask(HANDLE_DBC, place.connection);
    let mut handle = NULL;
    let code = call!(SQLAllocHandle(kind => i16, place.connection => Handle, &raw mut handle => *mut Handle));
    match code {
        SUCCESS => call!(SQLFreeHandle(kind => i16, handle => Handle)),
        code => code,
    }
}

fn copy_descriptor(place: &mut Place, from: usize, to: usize) -> i16 {
    place.ask(HANDLE_DESC, place.descriptors[to]);
    call!(SQLCopyDesc(place.descriptors[from] => Handle, place.descriptors[to] => Handle))
}

fn set_connection_attribute(place: &mut Place, attribute: i32) -> i16 {
    place.ask(HANDLE_DBC, place.connection);
    // The text of the catalog is empty, the number of the other attribute is 0.
    let value = match attribute {
        109 => c"".as_ptr().cast_mut().cast(),
        _ => NULL,
    };
    call!(SQLSetConnectAttr(place.connection => Handle, attribute => i32, value => *mut c_void, 0 => i32))
}

pub const TABLE: &[Row] = &[
    (
        "SQLGetDescField of the ARD",
        |place| get_descriptor_field(place, ARD, DESC_COUNT),
        ALWAYS,
        &[],
    ),
    (
        "SQLGetDescField of the IRD",
        |place| get_descriptor_field(place, IRD, DESC_NAME),
        // The page of the function has HY007, the table HY010.
        by(["HY007", NO_MORE, OK, "24000", OK, OK, OK, "HY010"]),
        &[],
    ),
    (
        "SQLGetDescField of the IPD",
        |place| get_descriptor_field(place, IPD, DESC_COUNT),
        ALWAYS,
        &[],
    ),
    (
        "SQLGetDescRec of the ARD",
        |place| get_descriptor_record(place, ARD),
        by([
            NO_MORE, NO_MORE, NO_MORE, NO_MORE, NO_MORE, NO_MORE, NO_MORE, "HY010",
        ]),
        &[],
    ),
    (
        "SQLGetDescRec of the IRD",
        |place| get_descriptor_record(place, IRD),
        by(["HY007", NO_MORE, OK, "24000", OK, OK, OK, "HY010"]),
        &[],
    ),
    (
        "SQLSetDescRec of the APD",
        |place| {
            place.ask(HANDLE_DESC, place.descriptors[APD]);
            call!(SQLSetDescRec(place.descriptors[APD] => Handle, 1 => i16, C_CHAR => i16, 0 => i16, 2 => isize,
                0 => i16, 0 => i16, NULL => *mut c_void, ptr::null_mut() => *mut isize, ptr::null_mut() => *mut isize))
        },
        ALWAYS,
        &[],
    ),
    (
        "SQLSetDescField of the IRD",
        |place| set_descriptor_field(place, IRD, DESC_ARRAY_STATUS_PTR, 0),
        ALWAYS,
        &[],
    ),
    (
        "SQLSetDescField of the IRD, whose count is the driver's",
        |place| set_descriptor_field(place, IRD, DESC_COUNT, 1),
        by([
            "HY016", "HY016", "HY016", "HY016", "HY016", "HY016", "HY016", "HY010",
        ]),
        &[],
    ),
    (
        "SQLSetDescField of the ARD",
        |place| set_descriptor_field(place, ARD, DESC_ARRAY_SIZE, 1),
        ALWAYS,
        &[],
    ),
    (
        "SQLCopyDesc from the ARD",
        |place| copy_descriptor(place, ARD, APD),
        ALWAYS,
        &[],
    ),
    (
        "SQLCopyDesc from the IRD",
        |place| copy_descriptor(place, IRD, ARD),
        by(["HY007", "24000", OK, "24000", OK, OK, OK, "HY010"]),
        &[],
    ),
    (
        "SQLSetConnectAttr",
        |place| set_connection_attribute(place, 103),
        ALWAYS,
        &[],
    ),
    (
        "SQLSetConnectAttr of the catalog",
        |place| set_connection_attribute(place, 109),
        by([OK, OK, OK, OK, "24000", "24000", "24000", "HY010"]),
        &[],
    ),
    (
        "SQLEndTran",
        |place| {
            place.ask(HANDLE_DBC, place.connection);
            call!(SQLEndTran(HANDLE_DBC => i16, place.connection => Handle, 0 => i16))
        },
        ALWAYS,
        &[],
    ),
    (
        "SQLAllocHandle and SQLFreeHandle of another statement",
        |place| allocate_and_free(place, HANDLE_STMT),
        by([OK; 8]),
        &[],
    ),
    (
        "SQLAllocHandle and SQLFreeHandle of a descriptor",
        |place| allocate_and_free(place, HANDLE_DESC),
        by([OK; 8]),
        &[],
    ),
    (
        "SQLFreeHandle of the connection",
        |place| {
            place.ask(HANDLE_DBC, place.connection);
            call!(SQLFreeHandle(HANDLE_DBC => i16, place.connection => Handle))
        },
        by(["HY010"; 8]),
        &[],
    ),
    (
        "SQLGetFunctions",
        |place| {
            let out = place.buffer.as_mut_ptr();
            call!(SQLGetFunctions(place.connection => Handle, 11 => u16, out.cast() => *mut u16))
        },
        by([OK; 8]),
        &[],
    ),
    (
        "SQLDriverConnect",
        |place| {
            place.ask(HANDLE_DBC, place.connection);
            let none = ptr::null::<u8>();
            call!(SQLDriverConnect(place.connection => Handle, NULL => *mut c_void, none => *const u8, 0 => i16,
                none => *const u8, 0 => i16, ptr::null_mut() => *mut i16, 0 => u16))
        },
        by(["08002"; 8]),
        &[],
    ),
    (
        "SQLNativeSql",
        |place| {
            let buffer = place.buffer.as_mut_ptr();
            call!(SQLNativeSql(place.connection => Handle, QUERY.as_ptr() => *const u8, QUERY.len() as i32 => i32,
                buffer => *mut u8, 256 => i32, ptr::null_mut() => *mut i32))
        },
        by([OK; 8]),
        &[],
    ),
    (
        "SQLGetInfo",
        |place| {
            let buffer = place.buffer.as_mut_ptr();
            call!(SQLGetInfo(place.connection => Handle, 17 => u16, buffer.cast() => *mut c_void, 256 => i16,
                ptr::null_mut() => *mut i16))
        },
        by([OK; 8]),
        &[],
    ),
    (
        "SQLGetConnectAttr",
        |place| {
            let buffer = place.buffer.as_mut_ptr();
            call!(SQLGetConnectAttr(place.connection => Handle, 103 => i32, buffer.cast() => *mut c_void, 256 => i32,
                ptr::null_mut() => *mut i32))
        },
        by([OK; 8]),
        &[],
    ),
    (
        "SQLDisconnect",
        Place::disconnect,
        by([OK, OK, OK, OK, OK, OK, OK, "HY010"]),
        &[],
    ),
];
