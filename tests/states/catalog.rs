//! Catalog functions, whose outcome and next state are those of `SQLExecDirect` of a query.

use super::place::{Place, call};
use super::statements::{CATALOG, Row, TO_OPENED};
use driver_harness::client::{Handle, Library};
use std::ptr;

/// A catalog function with this many names, all absent, and its last arguments.
macro_rules! catalog {
    ($function:ident($($last:expr => $type:ty),*); $($name:ident)*) => {
        |place: &mut Place| call!($function(place.statement => Handle,
            $({ let $name = ptr::null(); $name } => *const u8, 0 => i16,)* $($last => $type),*))
    };
}

pub const TABLE: &[Row] = &[
    (
        "SQLColumnPrivileges",
        |place| {
            let (table, none) = (b"Messages", ptr::null::<u8>());
            call!(SQLColumnPrivileges(place.statement => Handle, none => *const u8, 0 => i16, none => *const u8,
                0 => i16, table.as_ptr() => *const u8, 8 => i16, none => *const u8, 0 => i16))
        },
        CATALOG,
        TO_OPENED,
    ),
    (
        "SQLColumns",
        catalog!(SQLColumns(); a b c d),
        CATALOG,
        TO_OPENED,
    ),
    (
        "SQLForeignKeys",
        |place| {
            let (table, none) = (b"Messages", ptr::null::<u8>());
            call!(SQLForeignKeys(place.statement => Handle, none => *const u8, 0 => i16, none => *const u8, 0 => i16,
                table.as_ptr() => *const u8, 8 => i16, none => *const u8, 0 => i16, none => *const u8, 0 => i16,
                none => *const u8, 0 => i16))
        },
        CATALOG,
        TO_OPENED,
    ),
    (
        "SQLGetTypeInfo",
        |place| call!(SQLGetTypeInfo(place.statement => Handle, 0 => i16)),
        CATALOG,
        TO_OPENED,
    ),
    (
        "SQLPrimaryKeys",
        |place| {
            let (table, none) = (b"Messages", ptr::null::<u8>());
            call!(SQLPrimaryKeys(place.statement => Handle, none => *const u8, 0 => i16, none => *const u8, 0 => i16,
                table.as_ptr() => *const u8, 8 => i16))
        },
        CATALOG,
        TO_OPENED,
    ),
    (
        "SQLProcedureColumns",
        catalog!(SQLProcedureColumns(); a b c d),
        CATALOG,
        TO_OPENED,
    ),
    (
        "SQLProcedures",
        catalog!(SQLProcedures(); a b c),
        CATALOG,
        TO_OPENED,
    ),
    (
        "SQLSpecialColumns",
        |place| {
            let (table, none) = (b"Messages", ptr::null::<u8>());
            call!(SQLSpecialColumns(place.statement => Handle, 1 => u16, none => *const u8, 0 => i16,
                none => *const u8, 0 => i16, table.as_ptr() => *const u8, 8 => i16, 0 => u16, 1 => u16))
        },
        CATALOG,
        TO_OPENED,
    ),
    (
        "SQLStatistics",
        |place| {
            let (table, none) = (b"Messages", ptr::null::<u8>());
            call!(SQLStatistics(place.statement => Handle, none => *const u8, 0 => i16, none => *const u8, 0 => i16,
                table.as_ptr() => *const u8, 8 => i16, 1 => u16, 0 => u16))
        },
        CATALOG,
        TO_OPENED,
    ),
    (
        "SQLTablePrivileges",
        catalog!(SQLTablePrivileges(); a b c),
        CATALOG,
        TO_OPENED,
    ),
    (
        "SQLTables",
        catalog!(SQLTables(); a b c d),
        CATALOG,
        TO_OPENED,
    ),
];
