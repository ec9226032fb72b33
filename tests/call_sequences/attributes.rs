//! Functions that set: the number beside a value determines its meaning, and a wrong address would
//! be the application's own fault.

use super::arguments::{self, Argument, Name, WideName};
use super::world::World;
use driver_harness::client::Handle;
use driver_harness::client::constants::*;
use std::ptr::without_provenance_mut;

type Pointer = *mut std::ffi::c_void;

/// Maximum rows of a rowset: the buffers have room for them.
const MOST_ROWS: usize = 16;

fn number(value: usize) -> Pointer {
    without_provenance_mut(value)
}

fn status_place(world: &mut World) -> Pointer {
    if world.rarely(6) {
        return std::ptr::null_mut();
    }
    let offset = world.random.usize(..100) * 4096;
    world.memory.statuses.at(offset)
}

fn offset_place(world: &mut World) -> Pointer {
    if world.rarely(3) {
        return std::ptr::null_mut();
    }
    let offset = world.random.usize(..4) * 8;
    world.memory.offsets.at(offset)
}

fn rows(world: &mut World) -> Pointer {
    number(world.pick(&[1, 1, 2, 3, MOST_ROWS, 0]))
}

/// A statement attribute with a value that fits it.
pub fn of_statement(world: &mut World) -> (i32, Pointer) {
    let attribute = match world.rarely(8) {
        true => arguments::AttributeNumber::make(world),
        false => world.random.i32(0..30),
    };
    let value = match attribute {
        // The bookmark to fetch from, where a fetch by bookmark reads it.
        16 => offset_place(world),
        // SQL_ATTR_PARAM_BIND_OFFSET_PTR, SQL_ATTR_ROW_BIND_OFFSET_PTR
        17 | 23 => offset_place(world),
        // Operations, statuses, counts
        19..=21 | 24..=26 => status_place(world),
        // Rows
        9 | 22 | 27 => rows(world),
        // Column-wise, or rows of this many bytes
        5 | 18 => number(world.pick(&[0, 0, 16, 1000])),
        // Descriptors
        10010 | 10011 => world.handle(HANDLE_DESC),
        // No time-out that a sequence would have to wait for
        0 => number(world.pick(&[0, 0, 1, 60])),
        _ => number(world.pick(&[0, 1, 2, 3, 4, 7, 100, usize::MAX])),
    };
    (attribute, value)
}

/// A connection attribute. Texts get an address, everything else is a number.
pub fn of_connection(world: &mut World) -> (i32, Pointer) {
    let attribute = match world.rarely(8) {
        true => arguments::AttributeNumber::make(world),
        false => world.random.i32(100..120),
    };
    let value = match attribute {
        // SQL_ATTR_TRACEFILE, SQL_ATTR_TRANSLATE_LIB, SQL_ATTR_CURRENT_CATALOG
        105 | 106 | 109 => match world.rarely(2) {
            true => Name::make(world).cast(),
            false => WideName::make(world).cast(),
        },
        // Attributes of future statements
        ..100 => return of_statement(world),
        _ => number(world.pick(&[0, 1, 2, 4, 5, 8, 380])),
    };
    (attribute, value)
}

pub fn of_environment(world: &mut World) -> (i32, Pointer) {
    let attribute = world.pick(&[200, 200, 201, 202, 10001, 1, -1]);
    let value = world.pick(&[2, 3, 3, 380, 0, 1, 4]);
    (attribute, number(value))
}

/// A field of a descriptor with a value that fits it.
pub fn of_descriptor(world: &mut World) -> (i16, Pointer) {
    let field = world.pick(&[
        1001, 1002, 1002, 1003, 1004, 1005, 1006, 1007, 1009, 1010, 1010, 1011, 1013, 1099, 2, 13,
        20, 21, 24, 25, 26, 32, 33, 34, 35, 0, 9, 12, 14, 17, 18, 22, 23, 27, 28, 29, 10, 6, 1012,
        1234, -1,
    ]);
    let value = match field {
        // SQL_DESC_ARRAY_SIZE
        20 => rows(world),
        // SQL_DESC_ARRAY_STATUS_PTR, SQL_DESC_ROWS_PROCESSED_PTR
        21 | 34 => status_place(world),
        // SQL_DESC_BIND_OFFSET_PTR
        24 => offset_place(world),
        // SQL_DESC_BIND_TYPE
        25 => number(world.pick(&[0, 0, 16, 1000])),
        // SQL_DESC_DATA_PTR
        1010 => arguments::data(world),
        // SQL_DESC_OCTET_LENGTH_PTR, SQL_DESC_INDICATOR_PTR
        1004 | 1009 => arguments::indicator(world).cast(),
        // SQL_DESC_OCTET_LENGTH
        1013 => number(world.pick(&[0, 1, 8, 100, 4000])),
        // SQL_DESC_NAME
        1011 => WideName::make(world).cast(),
        // SQL_DESC_TYPE, SQL_DESC_CONCISE_TYPE
        1002 | 2 => number(arguments::CType::make(world) as usize),
        _ => number(world.pick(&[0, 1, 2, 3, 5, 100])),
    };
    (field, value)
}

/// `SQLSetDescRec`
pub fn record(world: &mut World) -> (Pointer, *mut isize, *mut isize) {
    (
        arguments::data(world),
        arguments::indicator(world),
        arguments::indicator(world),
    )
}

/// A place for what is allocated.
pub fn handle_place(world: &mut World) -> *mut Handle {
    match world.rarely(20) {
        true => std::ptr::null_mut(),
        false => world.memory.words.at(0).cast(),
    }
}
