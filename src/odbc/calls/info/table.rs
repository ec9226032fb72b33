//! The information types that ODBC assigns, each with the shape of its answer.

use super::functions::FunctionInfoType;
use exchange_sql::text::MOST_TABLES;

/// The kinds of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Text(&'static str),
    Short(u16),
    Integer(u32),
    /// A bitmap of the scalar functions that the SQL layer runs.
    Functions(FunctionInfoType),
    /// A bitmap of intervals, if the function that takes them exists.
    Intervals(&'static str),
    /// A handle; only driver managers know it.
    Handle,
    Connection(Fact),
}

/// Facts of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    DataSource,
    Server,
    User,
    Database,
    ReadOnly,
}

use Answer::{Connection, Functions, Handle, Integer, Intervals, Short, Text};

/// `SQL_FN_TSI_*`, all of them.
pub const ALL_INTERVALS: u32 = 0x1FF;

const IDENTIFIER_LENGTH: u16 = 128;

/// `SQL_CVT_*`
mod convert {
    pub const CHARACTER: u32 = 0x1 | 0x100 | 0x200 | 0x20_0000 | 0x40_0000 | 0x80_0000;
    pub const NUMBER: u32 = 0x2 | 0x4 | 0x8 | 0x10 | 0x20 | 0x40 | 0x80 | 0x2000 | 0x4000;
    pub const BIT: u32 = 0x1000;
    pub const BINARY: u32 = 0x400 | 0x800 | 0x4_0000;
    pub const DATE: u32 = 0x8000;
    pub const TIME: u32 = 0x1_0000;
    pub const TIMESTAMP: u32 = 0x2_0000;
    pub const FROM_CHARACTER: u32 = CHARACTER | NUMBER | BIT | BINARY | DATE | TIME | TIMESTAMP;
    pub const FROM_NUMBER: u32 = CHARACTER | NUMBER | BIT;
    pub const FROM_BINARY: u32 = CHARACTER | BINARY;
    pub const FROM_TIMESTAMP: u32 = CHARACTER | DATE | TIME | TIMESTAMP;
}

/// Cursor capabilities (`SQL_CA1_*`, `SQL_CA2_*`).
const FORWARD_ONLY_1: u32 = 0x1 | 0x40 | 0x200 | 0x1000;
const FORWARD_ONLY_2: u32 = 0x1 | 0x80 | 0x800;
const STATIC_1: u32 = FORWARD_ONLY_1 | 0x2 | 0x4 | 0x8 | 0x8_0000;
const STATIC_2: u32 = FORWARD_ONLY_2;

/// `SQL_CT_*`: the statement itself, ON COMMIT PRESERVE, local temporary tables, constraints of
/// columns and tables that are checked at once, and constraint names.
const CREATE_TABLE: u32 = 0x1 | 0x2 | 0x10 | 0x40 | 0x100 | 0x200 | 0x1000 | 0x2000;

/// `SQL_ISV_*`: COLUMNS, KEY_COLUMN_USAGE, REFERENTIAL_CONSTRAINTS, TABLE_CONSTRAINTS, TABLES.
const INFO_SCHEMA_VIEWS: u32 = 0x40 | 0x800 | 0x1000 | 0x8000 | 0x2_0000;

const TABLE: &[(u16, Answer)] = &[
    (0, Short(0)),                                           // MAX_DRIVER_CONNECTIONS
    (1, Short(0)),                                           // MAX_CONCURRENT_ACTIVITIES
    (2, Connection(Fact::DataSource)),                       // DATA_SOURCE_NAME
    (3, Handle),                                             // DRIVER_HDBC
    (4, Handle),                                             // DRIVER_HENV
    (5, Handle),                                             // DRIVER_HSTMT
    (6, Text(DRIVER_NAME)),                                  // DRIVER_NAME
    (7, Text(DRIVER_VERSION)),                               // DRIVER_VER
    (8, Integer(0xBF)),                                      // FETCH_DIRECTION: all
    (9, Short(1)),                                           // ODBC_API_CONFORMANCE: level 1
    (10, Text("03.80")),                                     // ODBC_VER
    (11, Text("N")),                                         // ROW_UPDATES
    (12, Short(1)),                                          // ODBC_SAG_CLI_CONFORMANCE
    (13, Connection(Fact::Server)),                          // SERVER_NAME
    (14, Text("\\")),                                        // SEARCH_PATTERN_ESCAPE
    (15, Short(1)),                                          // ODBC_SQL_CONFORMANCE: core
    (16, Connection(Fact::Database)),                        // DATABASE_NAME
    (17, Text("Microsoft Exchange")),                        // DBMS_NAME
    (18, Text("01.00.0000")),                                // DBMS_VER: Microsoft Graph v1.0
    (19, Text("N")),                  // ACCESSIBLE_TABLES: permissions decide
    (20, Text("N")),                  // ACCESSIBLE_PROCEDURES
    (21, Text("N")),                  // PROCEDURES
    (22, Short(0)),                   // CONCAT_NULL_BEHAVIOR: null
    (23, Short(2)),                   // CURSOR_COMMIT_BEHAVIOR: preserve
    (24, Short(2)),                   // CURSOR_ROLLBACK_BEHAVIOR: preserve
    (25, Connection(Fact::ReadOnly)), // DATA_SOURCE_READ_ONLY
    (26, Integer(0)),                 // DEFAULT_TXN_ISOLATION: no transactions
    (27, Text("Y")),                  // EXPRESSIONS_IN_ORDERBY
    (28, Short(4)),                   // IDENTIFIER_CASE: mixed
    (29, Text("\"")),                 // IDENTIFIER_QUOTE_CHAR
    (30, Short(IDENTIFIER_LENGTH)),   // MAX_COLUMN_NAME_LEN
    (31, Short(IDENTIFIER_LENGTH)),   // MAX_CURSOR_NAME_LEN
    (32, Short(0)),                   // MAX_SCHEMA_NAME_LEN
    (33, Short(0)),                   // MAX_PROCEDURE_NAME_LEN
    (34, Short(0)),                   // MAX_CATALOG_NAME_LEN
    (35, Short(IDENTIFIER_LENGTH)),   // MAX_TABLE_NAME_LEN
    (36, Text("Y")),                  // MULT_RESULT_SETS
    (37, Text("N")),                  // MULTIPLE_ACTIVE_TXN
    (38, Text("Y")),                  // OUTER_JOINS
    (39, Text("")),                   // SCHEMA_TERM
    (40, Text("")),                   // PROCEDURE_TERM
    (41, Text("")),                   // CATALOG_NAME_SEPARATOR
    (42, Text("")),                   // CATALOG_TERM
    (43, Integer(0x1)),               // SCROLL_CONCURRENCY: read-only
    (44, Integer(0x1 | 0x10)),        // SCROLL_OPTIONS: forward-only, static
    (45, Text("table")),              // TABLE_TERM
    (46, Short(0)),                   // TXN_CAPABLE: none
    (47, Connection(Fact::User)),     // USER_NAME
    (48, Functions(FunctionInfoType::Convert)), // CONVERT_FUNCTIONS
    (49, Functions(FunctionInfoType::Numeric)), // NUMERIC_FUNCTIONS
    (50, Functions(FunctionInfoType::String)), // STRING_FUNCTIONS
    (51, Functions(FunctionInfoType::System)), // SYSTEM_FUNCTIONS
    (52, Functions(FunctionInfoType::TimeDate)), // TIMEDATE_FUNCTIONS
    (53, Integer(convert::FROM_NUMBER)), // CONVERT_BIGINT
    (54, Integer(convert::FROM_BINARY)), // CONVERT_BINARY
    (55, Integer(convert::FROM_NUMBER)), // CONVERT_BIT
    (56, Integer(convert::FROM_CHARACTER)), // CONVERT_CHAR
    (57, Integer(convert::FROM_TIMESTAMP & !convert::TIME)), // CONVERT_DATE
    (58, Integer(convert::FROM_NUMBER)), // CONVERT_DECIMAL
    (59, Integer(convert::FROM_NUMBER)), // CONVERT_DOUBLE
    (60, Integer(convert::FROM_NUMBER)), // CONVERT_FLOAT
    (61, Integer(convert::FROM_NUMBER)), // CONVERT_INTEGER
    (62, Integer(convert::FROM_CHARACTER)), // CONVERT_LONGVARCHAR
    (63, Integer(convert::FROM_NUMBER)), // CONVERT_NUMERIC
    (64, Integer(convert::FROM_NUMBER)), // CONVERT_REAL
    (65, Integer(convert::FROM_NUMBER)), // CONVERT_SMALLINT
    (66, Integer(convert::CHARACTER | convert::TIME)), // CONVERT_TIME
    (67, Integer(convert::FROM_TIMESTAMP)), // CONVERT_TIMESTAMP
    (68, Integer(convert::FROM_NUMBER)), // CONVERT_TINYINT
    (69, Integer(convert::FROM_BINARY)), // CONVERT_VARBINARY
    (70, Integer(convert::FROM_CHARACTER)), // CONVERT_VARCHAR
    (71, Integer(convert::FROM_BINARY)), // CONVERT_LONGVARBINARY
    (72, Integer(0)),                 // TXN_ISOLATION_OPTION
    (73, Text("N")),                  // INTEGRITY
    (74, Short(2)),                   // CORRELATION_NAME: any
    (75, Short(1)),                   // NON_NULLABLE_COLUMNS
    (76, Handle),                     // DRIVER_HLIB
    (77, Text("03.80")),              // DRIVER_ODBC_VER
    (78, Integer(0x1)),               // LOCK_TYPES: no change
    (79, Integer(0x1 | 0x2)),         // POS_OPERATIONS: position, refresh
    (80, Integer(0)),                 // POSITIONED_STATEMENTS
    (81, Integer(0x1 | 0x2 | 0x4 | 0x8)), // GETDATA_EXTENSIONS: any column, order, block, bound
    (82, Integer(0x8 | 0x40)),        // BOOKMARK_PERSISTENCE: transaction, scroll
    (83, Integer(0)),                 // STATIC_SENSITIVITY
    (84, Short(0)),                   // FILE_USAGE
    (85, Short(1)),                   // NULL_COLLATION: low
    (86, Integer(0)),                 // ALTER_TABLE
    (87, Text("Y")),                  // COLUMN_ALIAS
    (88, Short(2)),                   // GROUP_BY: contains the select list
    (89, Text("EXPLAIN,ILIKE,LIMIT,OFFSET,QUALIFY,TOP")), // KEYWORDS
    (90, Text("N")),                  // ORDER_BY_COLUMNS_IN_SELECT
    (91, Integer(0)),                 // SCHEMA_USAGE
    (92, Integer(0)),                 // CATALOG_USAGE
    (93, Short(4)),                   // QUOTED_IDENTIFIER_CASE: mixed
    (94, Text("")),                   // SPECIAL_CHARACTERS
    (95, Integer(0x1F)),              // SUBQUERIES
    (96, Integer(0x3)),               // UNION
    (97, Short(0)),                   // MAX_COLUMNS_IN_GROUP_BY
    (98, Short(0)),                   // MAX_COLUMNS_IN_INDEX
    (99, Short(0)),                   // MAX_COLUMNS_IN_ORDER_BY
    (100, Short(0)),                  // MAX_COLUMNS_IN_SELECT
    (101, Short(0)),                  // MAX_COLUMNS_IN_TABLE
    (102, Integer(0)),                // MAX_INDEX_SIZE
    (103, Text("Y")),                 // MAX_ROW_SIZE_INCLUDES_LONG
    (104, Integer(0)),                // MAX_ROW_SIZE
    (105, Integer(0)),                // MAX_STATEMENT_LEN
    (106, Short(MOST_TABLES)),        // MAX_TABLES_IN_SELECT
    (107, Short(0)),                  // MAX_USER_NAME_LEN
    (108, Integer(0)),                // MAX_CHAR_LITERAL_LEN
    (109, Intervals("TIMESTAMPADD")), // TIMEDATE_ADD_INTERVALS
    (110, Intervals("TIMESTAMPDIFF")), // TIMEDATE_DIFF_INTERVALS
    (111, Text("N")),                 // NEED_LONG_DATA_LEN
    (112, Integer(0)),                // MAX_BINARY_LITERAL_LEN
    (113, Text("Y")),                 // LIKE_ESCAPE_CLAUSE
    (114, Short(0)),                  // CATALOG_LOCATION
    (115, Integer(0x7F)),             // OJ_CAPABILITIES
    (116, Short(0)),                  // ACTIVE_ENVIRONMENTS
    (117, Integer(0)),                // ALTER_DOMAIN
    (118, Integer(0x1)),              // SQL_CONFORMANCE: SQL-92 entry
    (119, Integer(0xFFFF)),           // DATETIME_LITERALS
    (120, Integer(0x2)),              // BATCH_ROW_COUNT: explicit
    (121, Integer(0x1 | 0x2)),        // BATCH_SUPPORT: explicit
    (122, Integer(convert::FROM_CHARACTER)), // CONVERT_WCHAR
    (123, Integer(convert::CHARACTER)), // CONVERT_INTERVAL_DAY_TIME
    (124, Integer(convert::CHARACTER)), // CONVERT_INTERVAL_YEAR_MONTH
    (125, Integer(convert::FROM_CHARACTER)), // CONVERT_WLONGVARCHAR
    (126, Integer(convert::FROM_CHARACTER)), // CONVERT_WVARCHAR
    (127, Integer(0)),                // CREATE_ASSERTION
    (128, Integer(0)),                // CREATE_CHARACTER_SET
    (129, Integer(0)),                // CREATE_COLLATION
    (130, Integer(0)),                // CREATE_DOMAIN
    (131, Integer(0)),                // CREATE_SCHEMA
    (132, Integer(CREATE_TABLE)),     // CREATE_TABLE
    (133, Integer(0)),                // CREATE_TRANSLATION
    (134, Integer(0)),                // CREATE_VIEW
    (135, Handle),                    // DRIVER_HDESC
    (136, Integer(0)),                // DROP_ASSERTION
    (137, Integer(0)),                // DROP_CHARACTER_SET
    (138, Integer(0)),                // DROP_COLLATION
    (139, Integer(0)),                // DROP_DOMAIN
    (140, Integer(0)),                // DROP_SCHEMA
    (141, Integer(0x1 | 0x2 | 0x4)),  // DROP_TABLE: CASCADE, RESTRICT
    (142, Integer(0)),                // DROP_TRANSLATION
    (143, Integer(0)),                // DROP_VIEW
    (144, Integer(0)),                // DYNAMIC_CURSOR_ATTRIBUTES1
    (145, Integer(0)),                // DYNAMIC_CURSOR_ATTRIBUTES2
    (146, Integer(FORWARD_ONLY_1)),   // FORWARD_ONLY_CURSOR_ATTRIBUTES1
    (147, Integer(FORWARD_ONLY_2)),   // FORWARD_ONLY_CURSOR_ATTRIBUTES2
    (148, Integer(0)),                // INDEX_KEYWORDS
    (149, Integer(INFO_SCHEMA_VIEWS)), // INFO_SCHEMA_VIEWS
    (150, Integer(0)),                // KEYSET_CURSOR_ATTRIBUTES1
    (151, Integer(0)),                // KEYSET_CURSOR_ATTRIBUTES2
    (152, Integer(1)),                // ODBC_INTERFACE_CONFORMANCE: core
    (153, Integer(2)),                // PARAM_ARRAY_ROW_COUNTS: no batch
    (154, Integer(1)),                // PARAM_ARRAY_SELECTS: batch
    (155, Integer(0x7)),              // SQL92_DATETIME_FUNCTIONS
    (156, Integer(0)),                // SQL92_FOREIGN_KEY_DELETE_RULE
    (157, Integer(0)),                // SQL92_FOREIGN_KEY_UPDATE_RULE
    (158, Integer(0)),                // SQL92_GRANT
    (159, Integer(0x3F)),             // SQL92_NUMERIC_VALUE_FUNCTIONS
    (160, Integer(0x3E07)),           // SQL92_PREDICATES
    (161, Integer(0x1FE)),            // SQL92_RELATIONAL_JOIN_OPERATORS
    (162, Integer(0)),                // SQL92_REVOKE
    (163, Integer(0x1 | 0x2 | 0x8)),  // SQL92_ROW_VALUE_CONSTRUCTOR: expressions, NULL, subqueries
    (164, Integer(0xEE)),             // SQL92_STRING_FUNCTIONS
    (165, Integer(0xF)),              // SQL92_VALUE_EXPRESSIONS
    (166, Integer(0x1)),              // STANDARD_CLI_CONFORMANCE
    (167, Integer(STATIC_1)),         // STATIC_CURSOR_ATTRIBUTES1
    (168, Integer(STATIC_2)),         // STATIC_CURSOR_ATTRIBUTES2
    (169, Integer(0x7F)),             // AGGREGATE_FUNCTIONS
    (170, Integer(0)),                // DDL_INDEX
    (171, Text("")),                  // DM_VER
    (172, Integer(0x1 | 0x2 | 0x4)),  // INSERT_STATEMENT: literals, searched, select into
    (173, Integer(0)),                // CONVERT_GUID: a GUID is a text
    // Power Query requests this type of ODBC 4.0 and fails on an error.
    (180, Integer(0)),                 // RETURN_ESCAPE_CLAUSE
    (10000, Text("1995")),             // XOPEN_CLI_YEAR
    (10001, Integer(0)),               // CURSOR_SENSITIVITY: unspecified
    (10002, Text("Y")),                // DESCRIBE_PARAMETER
    (10003, Text("N")),                // CATALOG_NAME
    (10004, Text("")),                 // COLLATION_SEQ
    (10005, Short(IDENTIFIER_LENGTH)), // MAX_IDENTIFIER_LEN
    (10021, Integer(0)),               // ASYNC_MODE: none
    (10022, Integer(0)),               // MAX_ASYNC_CONCURRENT_STATEMENTS
    (10023, Integer(0)),               // ASYNC_DBC_FUNCTIONS
    (10024, Integer(0)),               // DRIVER_AWARE_POOLING_SUPPORTED
    (10025, Integer(0)),               // ASYNC_NOTIFICATION
    (65003, Integer(0x7F)),            // OJ_CAPABILITIES of ODBC 2
];

/// File name of the driver.
pub const DRIVER_NAME: &str = if cfg!(windows) {
    "exchange_odbc.dll"
} else if cfg!(target_os = "macos") {
    "libexchange_odbc.dylib"
} else {
    "libexchange_odbc.so"
};

/// `##.##.####`
pub const DRIVER_VERSION: &str = "00.01.0000";

pub fn find(id: u16) -> Option<Answer> {
    let index = TABLE.binary_search_by_key(&id, |(known, _)| *known).ok()?;
    Some(TABLE[index].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_ascend_so_that_the_search_finds_them() {
        assert!(TABLE.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn unassigned_ids_have_no_answer() {
        for id in [174, 179, 999, 10006, 30000, 65535] {
            assert_eq!(find(id), None);
        }
    }

    #[test]
    fn the_version_is_in_the_form_of_the_reference_and_that_of_the_package() {
        let parts: Vec<u32> = DRIVER_VERSION
            .split('.')
            .map(|part| part.parse().unwrap())
            .collect();
        let package: Vec<u32> = env!("CARGO_PKG_VERSION")
            .split('.')
            .map(|part| part.parse().unwrap())
            .collect();
        assert_eq!(parts, package);
        assert_eq!(DRIVER_VERSION.len(), 10);
    }
}
