//! Arguments, right and wrong ones, by their meaning for a function.

use super::world::World;
use driver_harness::client::Handle;
use driver_harness::client::constants::*;
use std::ptr::null_mut;

type Pointer = *mut std::ffi::c_void;

/// A kind of argument.
pub trait Argument {
    type Raw: std::fmt::Debug;
    fn make(world: &mut World) -> Self::Raw;
}

macro_rules! arguments {
    ($($name:ident: $raw:ty = |$world:ident| $make:expr;)*) => {
        $(
            pub struct $name;

            impl Argument for $name {
                type Raw = $raw;

                fn make($world: &mut World) -> $raw {
                    $make
                }
            }
        )*
    };
}

const NAMES: &[&str] = &[
    "",
    "Messages",
    "messages",
    "%",
    "_essages",
    "MESS%",
    "Users",
    "TABLE",
    "'TABLE','VIEW'",
    "id",
    "nothing",
    "\"Messages\"",
    "Zo\u{eb} \u{1F4E7}",
    "\\%",
    "C1",
    "SQL_CUR",
];

const STATEMENTS: &[&str] = &[
    "SELECT 1",
    "SELECT id, subject, receivedDateTime, isRead FROM Messages",
    "SELECT * FROM Users",
    "SELECT id FROM Messages ORDER BY id DESC LIMIT 3",
    "SELECT * FROM (VALUES (1, 'eins', CAST('2026-11-23' AS DATE)), (2, NULL, NULL), (3, 'drei', NULL)) AS t(n, w, d)",
    "SELECT ?",
    "SELECT ? + 1, ?",
    "SELECT id FROM Messages WHERE subject = ? AND receivedDateTime > ?",
    "SELECT 1; SELECT 'zwei'; SELECT 3",
    "SELECT body_content FROM Messages",
    "SELECT name, contentBytes FROM MessageAttachments",
    "SELECT CAST(? AS DECIMAL(10, 2))",
    "SELECT repeat('\u{1F4E7}\u{e4}', 5000)",
    "{call nothing}",
    "{?=call nothing(?)}",
    "SELECT {fn UCASE('a')}, {d '2026-11-23'}, {t '10:00:00'}",
    "SELECT {fn UCASE('a'",
    "SELECT 'abc",
    "SELECT nothing FROM Messages",
    "SELECT 1 FROM Nothing",
    "SELECT 1/0",
    "SELECT CAST('x' AS INTEGER)",
    "SELECT n / (n - 2) FROM (VALUES (1), (2), (3)) AS t(n)",
    "DELETE FROM Messages WHERE id = ?",
    "UPDATE Messages SET subject = 'x'",
    "INSERT INTO Messages (subject) VALUES (?)",
    "CREATE TABLE t (a INTEGER)",
    "DROP TABLE t",
    "EXPLAIN SELECT 1",
    "",
    ";;",
    "   ",
    "-- nothing",
    "SELECT subject FROM Messages WHERE CURRENT OF C1",
];

/// A text that stays in place until the sequence ends, followed by more zeros than any length that
/// is passed with it.
fn kept(world: &mut World, bytes: Vec<u8>) -> *mut u8 {
    let mut bytes = bytes;
    bytes.resize(bytes.len() + (1 << 17), 0);
    world.texts.push(bytes);
    world.texts.last_mut().expect("it was pushed").as_mut_ptr()
}

fn narrow(world: &mut World, text: &str) -> *mut u8 {
    let mut bytes = text.as_bytes().to_vec();
    if world.rarely(30) && !bytes.is_empty() {
        let at = world.random.usize(..bytes.len());
        bytes[at] = world.random.u8(1..);
    }
    kept(world, bytes)
}

fn wide(world: &mut World, text: &str) -> *mut u16 {
    let mut units: Vec<u16> = text.encode_utf16().collect();
    if world.rarely(30) && !units.is_empty() {
        let at = world.random.usize(..units.len());
        // Half of a pair.
        units[at] = world.pick(&[0xD83D, 0xDCE7, 0xFFFF]);
    }
    let bytes = units.iter().flat_map(|unit| unit.to_ne_bytes()).collect();
    let at = kept(world, bytes);
    // Vectors of this size begin where any number may.
    assert!(at.cast::<u16>().is_aligned());
    at.cast()
}

fn statement(world: &mut World) -> String {
    if world.rarely(400) {
        return format!("SELECT '{}'", "x".repeat(1 << 20));
    }
    world.pick(STATEMENTS).to_owned()
}

fn string(world: &mut World) -> String {
    let strings = world.strings.clone();
    strings[world.random.usize(..strings.len())].clone()
}

/// The place for a text, and its length in bytes: the given length, or eight for a number, which
/// has no length.
fn buffer(world: &mut World) -> Pointer {
    if world.rarely(12) {
        return null_mut();
    }
    world.memory.mark_text();
    world.text_is_marked = true;
    world.memory.texts.at(0)
}

const LENGTHS: &[i64] = &[0, 1, 2, 3, 5, 6, 7, 64, 300, 4000, -1, -2, -3, -100];

fn length(world: &mut World) -> i64 {
    world.pick(LENGTHS)
}

fn room(world: &mut World, bytes_each: usize) -> i64 {
    let length = length(world);
    world.text_room = (usize::try_from(length).unwrap_or(0) * bytes_each).max(8);
    length
}

fn text_length(world: &mut World) -> i64 {
    match world.rarely(5) {
        true => world.pick(&[0, 1, 4, 30, 300, -1, -2, -4]),
        false => i64::from(NTS),
    }
}

fn place(world: &mut World) -> Pointer {
    if world.rarely(8) {
        return null_mut();
    }
    let offset = world.random.usize(..256) * 8;
    world.memory.words.at(offset)
}

pub fn data(world: &mut World) -> Pointer {
    if world.rarely(8) {
        return null_mut();
    }
    let offset = world.random.usize(..8) * 80_000;
    world.memory.data.at(offset)
}

pub fn indicator(world: &mut World) -> *mut isize {
    if world.rarely(6) {
        return null_mut();
    }
    let index = world.random.usize(..8) * 5_000;
    for row in 0..16 {
        let value = world.pick(&[-3, -3, -1, 0, 1, 10, 40, -2, -2, -5, -100, -140]);
        world.memory.indicators.set(index + row, value);
    }
    world.memory.indicators.at(index * 8).cast()
}

/// Numbers of columns, parameters, records and rows: existing ones, and others.
fn ordinal(world: &mut World) -> i64 {
    world.pick(&[1, 1, 1, 2, 2, 3, 4, 0, 5, 16, 300, -1, 32767])
}

const C_TYPES: &[i16] = &[
    1, 1, -8, -8, 99, 4, -16, -18, 5, -15, -17, -6, -26, -28, -25, -27, 8, 7, -7, -2, 2, 9, 10, 11,
    91, 92, 93, 101, 102, 103, 106, 110, 113, -11, -99, -100, 0, 12, 1234, -1000,
];
const SQL_TYPES: &[i16] = &[
    1, 12, -1, -8, -9, -10, 2, 3, 4, 5, 6, 7, 8, -5, -6, -7, -2, -3, -4, 9, 10, 11, 91, 92, 93,
    -11, 101, 103, 110, 0, 99, 1234, -1000,
];

arguments! {
    Name: *mut u8 = |world| {
        let text = world.pick(NAMES);
        if world.rarely(4) { null_mut() } else { narrow(world, text) }
    };
    WideName: *mut u16 = |world| {
        let text = world.pick(NAMES);
        if world.rarely(4) { null_mut() } else { wide(world, text) }
    };
    NameLength: i16 = |world| text_length(world) as i16;
    Sql: *mut u8 = |world| {
        let text = statement(world);
        if world.rarely(40) { null_mut() } else { narrow(world, &text) }
    };
    WideSql: *mut u16 = |world| {
        let text = statement(world);
        if world.rarely(40) { null_mut() } else { wide(world, &text) }
    };
    SqlLength: i32 = |world| if world.rarely(6) { text_length(world) as i32 } else { i32::from(NTS) };
    ConnectionString: *mut u8 = |world| {
        let text = string(world);
        if world.rarely(20) { null_mut() } else { narrow(world, &text) }
    };
    WideConnectionString: *mut u16 = |world| {
        let text = string(world);
        if world.rarely(20) { null_mut() } else { wide(world, &text) }
    };
    Text: *mut u8 = |world| buffer(world).cast();
    WideText: *mut u16 = |world| buffer(world).cast();
    Value: Pointer = |world| buffer(world);
    Bytes16: i16 = |world| room(world, 1) as i16;
    Bytes32: i32 = |world| room(world, 1) as i32;
    Units16: i16 = |world| room(world, 2) as i16;
    Units32: i32 = |world| room(world, 2) as i32;
    Word16: *mut i16 = |world| place(world).cast();
    WordU16: *mut u16 = |world| place(world).cast();
    Word32: *mut i32 = |world| place(world).cast();
    Word64: *mut isize = |world| place(world).cast();
    WordU64: *mut usize = |world| place(world).cast();
    WordPointer: *mut Pointer = |world| place(world).cast();
    Ordinal: u16 = |world| ordinal(world) as u16;
    SignedOrdinal: i16 = |world| ordinal(world) as i16;
    Row: u64 = |world| ordinal(world) as u64;
    Offset: isize = |world| world.pick(&[0, 1, -1, 2, 3, -3, 100, isize::MAX, isize::MIN]);
    Orientation: i16 = |world| world.pick(&[1, 1, 1, 2, 3, 4, 5, 6, 8, 0, 7, -1]);
    ExtendedOrientation: u16 = |world| world.pick(&[1, 1, 1, 2, 3, 4, 5, 6, 8, 0, 7]);
    CType: i16 = |world| if world.rarely(2) { world.pick(&[1, -8, 99]) } else { world.pick(C_TYPES) };
    SqlType: i16 = |world| if world.rarely(2) { world.pick(&[12, -9, 4]) } else { world.pick(SQL_TYPES) };
    Direction: i16 = |world| if world.rarely(6) { world.pick(&[2, 4, 0, 9]) } else { 1 };
    Size: usize = |world| world.pick(&[0, 1, 10, 20, 100, 100, 100, 4000, usize::MAX]);
    Digits: i16 = |world| world.pick(&[0, 0, 2, 6, 9, -1, 100]);
    DataPlace: Pointer = |world| data(world);
    DataLength: isize = |world| world.pick(&[0, 1, 2, 3, 8, 20, 100, 100, 100, 4000, -1, -2, -3]);
    PieceLength: isize = |world| world.pick(&[0, 1, 5, 8, 16, 40, 100, -1, -2, -3, -4, -100]);
    Indicator: *mut isize = |world| indicator(world);
    // `SQLGetInfo`, `SQLColAttribute`, descriptor and diagnostic fields have their own numbers.
    InfoType: u16 = |world| world.random.u16(..200);
    FarInfoType: u16 = |world| world.random.u16(10_000..10_030);
    FieldNumber: u16 = |world| match world.rarely(2) {
        true => world.random.u16(..40),
        false => world.random.u16(1000..1030),
    };
    SignedField: i16 = |world| match world.rarely(2) {
        true => world.random.i16(-4..40),
        false => world.random.i16(1000..1030),
    };
    DiagnosticField: i16 = |world| world.pick(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, -1, -2, -1249, -1247, -1248, 0, 99]);
    AttributeNumber: i32 = |world| match world.random.u8(..5) {
        0 => world.random.i32(100..125),
        1 => world.random.i32(10_000..10_016),
        2 => world.pick(&[200, 201, 202, 10001, -1, -2, 1209, 30000]),
        _ => world.random.i32(0..32),
    };
    FunctionId: u16 = |world| match world.rarely(3) {
        true => world.pick(&[0, 999, 5000]),
        false => world.random.u16(..1100),
    };
    BulkOperation: i16 = |world| world.pick(&[7, 7, 4, 5, 6, 0, 99]);
    // Room for the 4,000 functions that a bitmap covers.
    Functions: *mut u16 = |world| match world.rarely(10) {
        true => null_mut(),
        false => world.memory.statuses.at(0).cast(),
    };
    Option16: u16 = |world| world.random.u16(..4);
    Completion: u16 = |world| world.pick(&[0, 0, 0, 1, 2, 3, 9]);
    EndType: i16 = |world| world.pick(&[0, 1, 2, -1]);
    NoWindow: Handle = |_world| null_mut();
}
