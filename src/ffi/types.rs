//! The types of ODBC's prototypes, under odbc-sys's names; `cbindgen.toml` has the names of `sql.h`.

pub use odbc_sys::{
    Char, HDbc, HDesc, HEnv, HStmt, HWnd, Handle, Len, Pointer, RetCode, SetPosIRow, ULen, WChar,
};

/// `SQLSMALLINT`
pub type SmallInt = i16;

/// `SQLUSMALLINT`
pub type USmallInt = u16;

/// `SQLINTEGER`
pub type Integer = i32;
