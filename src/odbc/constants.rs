//! Numbers that ODBC assigns, under the names of `sql.h` and `sqlext.h` without `SQL_`.
//!
//! Statement attributes, descriptor fields and information types have modules of their own beside
//! the code that answers them.

/// `SQL_OV_*`
pub mod odbc_version {
    pub const ODBC2: i32 = 2;
    pub const ODBC3: i32 = 3;
    pub const ODBC3_80: i32 = 380;
}

/// `SQL_HANDLE_*`
pub mod handle_type {
    pub const ENV: i16 = 1;
    pub const DBC: i16 = 2;
    pub const STMT: i16 = 3;
    pub const DESC: i16 = 4;
}

/// Special values of lengths and indicators.
pub mod indicator {
    pub const NULL_DATA: isize = -1;
    pub const DATA_AT_EXEC: isize = -2;
    pub const NTS: isize = -3;
    pub const DEFAULT_PARAM: isize = -5;
    pub const LEN_DATA_AT_EXEC_OFFSET: isize = -100;
}

/// SQL data types.
pub mod sql_type {
    pub const UNKNOWN: i16 = 0;
    pub const CHAR: i16 = 1;
    pub const NUMERIC: i16 = 2;
    pub const DECIMAL: i16 = 3;
    pub const INTEGER: i16 = 4;
    pub const SMALLINT: i16 = 5;
    pub const FLOAT: i16 = 6;
    pub const REAL: i16 = 7;
    pub const DOUBLE: i16 = 8;
    /// Verbose type of dates and times; in ODBC 2 the type of a date.
    pub const DATETIME: i16 = 9;
    pub const DATE2: i16 = 9;
    /// Verbose type of intervals; in ODBC 2 the type of a time.
    pub const INTERVAL: i16 = 10;
    pub const TIME2: i16 = 10;
    /// In ODBC 2 the type of a timestamp.
    pub const TIMESTAMP2: i16 = 11;
    pub const VARCHAR: i16 = 12;
    pub const TYPE_DATE: i16 = 91;
    pub const TYPE_TIME: i16 = 92;
    pub const TYPE_TIMESTAMP: i16 = 93;
    pub const INTERVAL_YEAR: i16 = 101;
    pub const INTERVAL_YEAR_TO_MONTH: i16 = 107;
    pub const INTERVAL_DAY_TO_SECOND: i16 = 110;
    pub const INTERVAL_MINUTE_TO_SECOND: i16 = 113;
    pub const LONGVARCHAR: i16 = -1;
    pub const BINARY: i16 = -2;
    pub const VARBINARY: i16 = -3;
    pub const LONGVARBINARY: i16 = -4;
    pub const BIGINT: i16 = -5;
    pub const TINYINT: i16 = -6;
    pub const BIT: i16 = -7;
    pub const WCHAR: i16 = -8;
    pub const WVARCHAR: i16 = -9;
    pub const WLONGVARCHAR: i16 = -10;
    pub const GUID: i16 = -11;
    pub const ALL_TYPES: i16 = 0;
}

/// C data types.
pub mod c_type {
    pub const CHAR: i16 = 1;
    pub const NUMERIC: i16 = 2;
    pub const LONG: i16 = 4;
    pub const SHORT: i16 = 5;
    pub const FLOAT: i16 = 7;
    pub const DOUBLE: i16 = 8;
    pub const DATE2: i16 = 9;
    pub const TIME2: i16 = 10;
    pub const TIMESTAMP2: i16 = 11;
    pub const TYPE_DATE: i16 = 91;
    pub const TYPE_TIME: i16 = 92;
    pub const TYPE_TIMESTAMP: i16 = 93;
    pub const DEFAULT: i16 = 99;
    pub const BINARY: i16 = -2;
    pub const TINYINT: i16 = -6;
    pub const BIT: i16 = -7;
    pub const WCHAR: i16 = -8;
    pub const GUID: i16 = -11;
    pub const SLONG: i16 = -16;
    pub const SSHORT: i16 = -15;
    pub const STINYINT: i16 = -26;
    pub const ULONG: i16 = -18;
    pub const USHORT: i16 = -17;
    pub const UTINYINT: i16 = -28;
    pub const SBIGINT: i16 = -25;
    pub const UBIGINT: i16 = -27;
    pub const ARD_TYPE: i16 = -99;
}

/// `SQL_PARAM_*` directions.
pub mod parameter_type {
    pub const INPUT: i16 = 1;
    pub const INPUT_OUTPUT: i16 = 2;
    pub const OUTPUT: i16 = 4;
    pub const INPUT_OUTPUT_STREAM: i16 = 8;
    pub const OUTPUT_STREAM: i16 = 16;
}

/// Status of a row in `SQL_ATTR_ROW_STATUS_PTR`.
pub mod row_status {
    pub const SUCCESS: u16 = 0;
    pub const NOROW: u16 = 3;
    pub const ERROR: u16 = 5;
    pub const SUCCESS_WITH_INFO: u16 = 6;
}

/// Status of a set of parameters in `SQL_ATTR_PARAM_STATUS_PTR`, and operations in
/// `SQL_ATTR_PARAM_OPERATION_PTR`.
pub mod parameter_status {
    pub const SUCCESS: u16 = 0;
    pub const UNUSED: u16 = 7;
    pub const ERROR: u16 = 5;
    pub const IGNORE: u16 = 1;
}

/// `SQL_NO_NULLS`, `SQL_NULLABLE`
pub mod nullability {
    pub const NO_NULLS: i16 = 0;
    pub const NULLABLE: i16 = 1;
}

/// `SQL_FETCH_*`
pub mod fetch {
    pub const NEXT: i16 = 1;
    pub const FIRST: i16 = 2;
    pub const LAST: i16 = 3;
    pub const PRIOR: i16 = 4;
    pub const ABSOLUTE: i16 = 5;
    pub const RELATIVE: i16 = 6;
    pub const BOOKMARK: i16 = 8;
}

/// Options of `SQLFreeStmt`.
pub mod free_stmt {
    pub const CLOSE: u16 = 0;
    pub const DROP: u16 = 1;
    pub const UNBIND: u16 = 2;
    pub const RESET_PARAMS: u16 = 3;
}
