//! Functions of descriptors and of the connection, whose outcome depends on the states of statements.

use super::place::{APD, ARD, IRD, NULL, Place, QUERY, call};
use super::statements::{ALWAYS, NO_MORE, OK, Row, by};
use super::support::constants::*;
use super::support::{Handle, Library};
use std::ffi::c_void;
use std::ptr;

const DESC_COUNT: i16 = 1001;
const DESC_NAME: i16 = 1011;

fn get_descriptor_field(place: &mut Place, which: usize, field: i16) -> i16 {
    place.ask(HANDLE_DESC, place.descriptors[which]);
    let (descriptor, buffer) = (place.descriptors[which], place.buffer.as_mut_ptr());
    call!(SQLGetDescField(descriptor => Handle, 1 => i16, field => i16, buffer.cast() => *mut c_void, 256 => i32,
        ptr::null_mut() => *mut i32))
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
        // HY007 is what the page of the function has where the table has HY010.
        by(["HY007", NO_MORE, OK, "24000", OK, OK, OK, "HY010"]),
        &[],
    ),
    (
        "SQLSetDescField of the ARD",
        |place| {
            place.ask(HANDLE_DESC, place.descriptors[ARD]);
            let (descriptor, value) = (
                place.descriptors[ARD],
                ptr::without_provenance_mut::<c_void>(1),
            );
            call!(SQLSetDescField(descriptor => Handle, 0 => i16, 20 => i16, value => *mut c_void, 0 => i32))
        },
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
