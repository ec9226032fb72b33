//! Numbers of `sql.h` and `sqlext.h`, without `SQL_`.

pub const SUCCESS: i16 = 0;
pub const SUCCESS_WITH_INFO: i16 = 1;
pub const ERROR: i16 = -1;
pub const INVALID_HANDLE: i16 = -2;
pub const NEED_DATA: i16 = 99;

pub const DATA_AT_EXEC: isize = -2;
pub const PARAM_INPUT: i16 = 1;
pub const CLOSE: u16 = 0;
pub const NO_DATA: i16 = 100;

pub const HANDLE_ENV: i16 = 1;
pub const HANDLE_DBC: i16 = 2;
pub const HANDLE_STMT: i16 = 3;
pub const HANDLE_DESC: i16 = 4;

pub const NTS: i16 = -3;
pub const NULL_DATA: isize = -1;
pub const NO_TOTAL: isize = -4;

pub const ATTR_ODBC_VERSION: i32 = 200;
pub const OV_ODBC2: usize = 2;
pub const OV_ODBC3: usize = 3;
pub const OV_ODBC3_80: usize = 380;

pub const ATTR_QUERY_TIMEOUT: i32 = 0;
pub const ATTR_MAX_ROWS: i32 = 1;
pub const ATTR_CURSOR_TYPE: i32 = 6;
pub const ATTR_ROW_STATUS_PTR: i32 = 25;
pub const ATTR_ROWS_FETCHED_PTR: i32 = 26;
pub const ATTR_ROW_ARRAY_SIZE: i32 = 27;

pub const C_CHAR: i16 = 1;
pub const C_WCHAR: i16 = -8;
pub const C_BINARY: i16 = -2;
pub const C_BIT: i16 = -7;
pub const C_SLONG: i16 = -16;
pub const C_SBIGINT: i16 = -25;
pub const C_DOUBLE: i16 = 8;
pub const C_TYPE_DATE: i16 = 91;
pub const C_TYPE_TIME: i16 = 92;
pub const C_TYPE_TIMESTAMP: i16 = 93;

pub const CHAR: i16 = 1;
pub const NUMERIC: i16 = 2;
pub const DECIMAL: i16 = 3;
pub const INTEGER: i16 = 4;
pub const SMALLINT: i16 = 5;
pub const FLOAT: i16 = 6;
pub const REAL: i16 = 7;
pub const DOUBLE: i16 = 8;
pub const VARCHAR: i16 = 12;
pub const TYPE_DATE: i16 = 91;
pub const TYPE_TIME: i16 = 92;
pub const TYPE_TIMESTAMP: i16 = 93;
pub const LONGVARCHAR: i16 = -1;
pub const BINARY: i16 = -2;
pub const VARBINARY: i16 = -3;
pub const LONGVARBINARY: i16 = -4;
pub const BIGINT: i16 = -5;
pub const TINYINT: i16 = -6;
pub const BIT: i16 = -7;
pub const WVARCHAR: i16 = -9;
pub const WLONGVARCHAR: i16 = -10;
