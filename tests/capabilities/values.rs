//! Information types that are not bitmaps: texts, truth values, choices.

use super::proof::{Call, Proof, Shows};
use super::world::{DATABASE, USER, World, joined};
use super::{batches, limits};
use driver_harness::client::constants::{HANDLE_DBC, VARCHAR, WVARCHAR};
use driver_harness::client::{Connection, to_utf16};

/// The reported value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Text(&'static str),
    Number(u64),
}

use Told::{Number, Text};

impl Told {
    fn is_told(self, connection: &Connection, id: u16) -> bool {
        match self {
            Text(text) => connection.info_text(id).as_deref() == Ok(text),
            Number(number) => connection.info_number(id) == Ok(number),
        }
    }
}

/// An information type, its value, and statements that show it.
type Shown = (u16, &'static str, Told, &'static [Shows]);

/// An information type, its value, and a call that shows it.
type Called = (u16, &'static str, Told, Call);

#[rustfmt::skip]
const SHOWN: &[Shown] = &[
    // SQL_OSC_CORE, SQL_SC_SQL92_ENTRY: the queries of these levels, and changes of temporary
    // tables
    (15, "SQL_ODBC_SQL_CONFORMANCE", Number(1), LEVEL),
    (118, "SQL_SQL_CONFORMANCE", Number(1), LEVEL),
    (16, "SQL_DATABASE_NAME", Text(DATABASE), &[("SELECT {fn DATABASE()}", Ok(DATABASE))]),
    (47, "SQL_USER_NAME", Text(USER), &[("SELECT {fn USER()}", Ok(USER))]),
    (25, "SQL_DATA_SOURCE_READ_ONLY", Text("Y"), &[
        ("INSERT INTO Messages (subject) VALUES ('x')", Err("25000")),
        ("UPDATE Messages SET subject = 'x'", Err("25000")),
        ("DELETE FROM Messages", Err("25000")),
    ]),
    // SQL_CB_NULL
    (22, "SQL_CONCAT_NULL_BEHAVIOR", Number(0), &[
        ("SELECT 'a' || NULL, {fn CONCAT('a', NULL)}, name || CAST(boss AS VARCHAR) FROM staff ORDER BY id", Ok("null|null|null")),
    ]),
    (27, "SQL_EXPRESSIONS_IN_ORDERBY", Text("Y"), &[
        ("SELECT name FROM staff ORDER BY -id", Ok("Cid")),
        ("SELECT name FROM staff ORDER BY {fn MOD(id, 3)}, name", Ok("Cid")),
    ]),
    // SQL_IC_MIXED: kept as they are written, found without case
    (28, "SQL_IDENTIFIER_CASE", Number(4), &[
        ("CREATE TABLE #Mixed (FirstName INTEGER); INSERT INTO #MIXED VALUES (7); SELECT firstNAME FROM #mixed", Ok("7")),
        ("SELECT COUNT(RECEIVEDDATETIME) FROM messages", Ok("68")),
    ]),
    (93, "SQL_QUOTED_IDENTIFIER_CASE", Number(4), &[
        ("CREATE TABLE \"#Quoted\" (\"First Name\" INTEGER); INSERT INTO \"#QUOTED\" VALUES (7); SELECT \"first NAME\" FROM \"#quoted\"", Ok("7")),
        ("SELECT COUNT(\"RECEIVEDDATETIME\") FROM \"messages\"", Ok("68")),
    ]),
    (29, "SQL_IDENTIFIER_QUOTE_CHAR", Text("\""), &[
        ("SELECT \"a \"\"b\" FROM (SELECT 1 AS \"a \"\"b\") AS \"t t\"", Ok("1")),
    ]),
    (38, "SQL_OUTER_JOINS", Text("Y"), &[
        ("SELECT COUNT(*) FROM {oj staff LEFT OUTER JOIN teams ON id = leader}", Ok("3")),
    ]),
    // SQL_CN_ANY
    (74, "SQL_CORRELATION_NAME", Number(2), &[
        ("SELECT a.id FROM staff AS a ORDER BY a.id", Ok("1")),
        ("SELECT teams.id FROM staff teams ORDER BY teams.id", Ok("1")),
        ("SELECT staff.id FROM staff staff ORDER BY staff.id", Ok("1")),
    ]),
    // SQL_NNC_NON_NULL
    (75, "SQL_NON_NULLABLE_COLUMNS", Number(1), &[
        ("INSERT INTO staff (name) VALUES ('x')", Err("23000")),
    ]),
    // SQL_NC_LOW
    (85, "SQL_NULL_COLLATION", Number(1), &[
        ("SELECT boss FROM staff ORDER BY boss", Ok("null")),
        ("SELECT boss FROM staff ORDER BY boss DESC", Ok("1")),
    ]),
    (87, "SQL_COLUMN_ALIAS", Text("Y"), &[
        ("SELECT total FROM (SELECT COUNT(*) AS total FROM staff) AS t", Ok("3")),
        ("SELECT id AS other FROM staff ORDER BY other DESC", Ok("3")),
    ]),
    // SQL_GB_GROUP_BY_CONTAINS_SELECT
    (88, "SQL_GROUP_BY", Number(2), &[
        ("SELECT boss, COUNT(*) FROM staff GROUP BY boss ORDER BY boss", Ok("null|1")),
        ("SELECT COUNT(*) FROM staff GROUP BY boss, pay ORDER BY 1 DESC", Ok("2")),
        ("SELECT name, COUNT(*) FROM staff GROUP BY boss", Err("42000")),
    ]),
    (89, "SQL_KEYWORDS", Text("EXPLAIN,ILIKE,LIMIT,OFFSET,QUALIFY,TOP"), &[
        ("SELECT name FROM staff WHERE name ILIKE 'B%' ORDER BY id LIMIT 1 OFFSET 0", Ok("Bob")),
        ("SELECT name FROM staff QUALIFY ROW_NUMBER() OVER (ORDER BY id) = 2", Ok("Bob")),
        ("EXPLAIN SELECT name FROM staff", Ok("Requests to Microsoft Graph:")),
        ("SELECT TOP 1 name FROM staff ORDER BY id DESC", Ok("Cid")),
        ("SELECT \"EXPLAIN\" + \"ILIKE\" + \"LIMIT\" + \"OFFSET\" + \"QUALIFY\" + \"TOP\" FROM (SELECT 1 AS \"EXPLAIN\", 2 AS \"ILIKE\", 3 AS \"LIMIT\", 4 AS \"OFFSET\", 5 AS \"QUALIFY\", 6 AS \"TOP\") AS t", Ok("21")),
    ]),
    // Columns of ORDER BY need not be in SELECT.
    (90, "SQL_ORDER_BY_COLUMNS_IN_SELECT", Text("N"), &[
        ("SELECT name FROM staff ORDER BY id DESC", Ok("Cid")),
    ]),
    (113, "SQL_LIKE_ESCAPE_CLAUSE", Text("Y"), &[
        ("SELECT COUNT(*) FROM staff WHERE name LIKE '!_n%' {escape '!'}", Ok("0")),
        ("SELECT COUNT(*) FROM staff WHERE '_nn' LIKE '!_n%' {escape '!'}", Ok("3")),
    ]),
];

const LEVEL: &[Shows] = &[
    (
        "SELECT boss, COUNT(*) FROM staff WHERE id > 0 GROUP BY boss HAVING COUNT(*) > 1",
        Ok("1|2"),
    ),
    (
        "SELECT name FROM staff WHERE id = (SELECT MIN(leader) FROM teams)",
        Ok("Ann"),
    ),
    ("SELECT DISTINCT boss FROM staff ORDER BY 1 DESC", Ok("1")),
    (
        "DROP TABLE IF EXISTS level; CREATE TABLE level (id INTEGER NOT NULL); INSERT INTO level VALUES (1), (2); \
         UPDATE level SET id = 5 WHERE id = 1; DELETE FROM level WHERE id = 2; \
         SELECT COUNT(*), MAX(id) FROM level",
        Ok("1|5"),
    ),
];

#[rustfmt::skip]
const CALLED: &[Called] = &[
    // SQL_CB_PRESERVE
    (23, "SQL_CURSOR_COMMIT_BEHAVIOR", Number(2), |world| outlives(world, 0)),
    (24, "SQL_CURSOR_ROLLBACK_BEHAVIOR", Number(2), |world| outlives(world, 1)),
    (14, "SQL_SEARCH_PATTERN_ESCAPE", Text("\\"), escapes_patterns),
    (36, "SQL_MULT_RESULT_SETS", Text("Y"), batches::has_several_results),
    // SQL_PARC_NO_BATCH, SQL_PAS_BATCH
    (153, "SQL_PARAM_ARRAY_ROW_COUNTS", Number(2), batches::counts_all_sets),
    (154, "SQL_PARAM_ARRAY_SELECTS", Number(1), batches::selects_each_set),
    (10002, "SQL_DESCRIBE_PARAMETER", Text("Y"), describes_parameters),
    // Nothing runs asynchronously.
    (10021, "SQL_ASYNC_MODE", Number(0), |world| {
        const ATTR_ASYNC_ENABLE: i32 = 4;
        let mut statement = world.connection.statement().expect("there is memory");
        statement.set_attribute(ATTR_ASYNC_ENABLE, 1).is_err()
    }),
    (46, "SQL_TXN_CAPABLE", Number(0), |world| {
        // A rollback undoes nothing.
        world.run("CREATE TABLE kept (id INTEGER)").expect("it runs");
        outlives(world, 1) && world.first_row("SELECT COUNT(*) FROM kept") == Ok("0".to_owned())
    }),
    (19, "SQL_ACCESSIBLE_TABLES", Text("N"), |world| {
        // Every table is listed, with or without a permission for it.
        let tables = world.connection.tables(None, Some("TABLE")).and_then(|mut all| all.rows());
        tables.is_ok_and(|tables| tables.iter().any(|row| row[2].as_deref() == Some("Users")))
    }),
    (21, "SQL_PROCEDURES", Text("N"), |world| world.run("{call p()}").is_err()),
];

/// Reported names and numbers that no statement can show.
#[rustfmt::skip]
const NAMES: &[(u16, &str, Told)] = &[
    (2, "SQL_DATA_SOURCE_NAME", Text("")),
    (6, "SQL_DRIVER_NAME", Text(if cfg!(target_os = "macos") { "libexchange_odbc.dylib" } else if cfg!(windows) { "exchange_odbc.dll" } else { "libexchange_odbc.so" })),
    (7, "SQL_DRIVER_VER", Text("00.01.0000")),
    (9, "SQL_ODBC_API_CONFORMANCE", Number(1)),
    (10, "SQL_ODBC_VER", Text("03.80")),
    (12, "SQL_ODBC_SAG_CLI_CONFORMANCE", Number(1)),
    (13, "SQL_SERVER_NAME", Text("127.0.0.1")),
    (17, "SQL_DBMS_NAME", Text("Microsoft Exchange")),
    (18, "SQL_DBMS_VER", Text("01.00.0000")),
    (45, "SQL_TABLE_TERM", Text("table")),
    (77, "SQL_DRIVER_ODBC_VER", Text("03.80")),
    (103, "SQL_MAX_ROW_SIZE_INCLUDES_LONG", Text("Y")),
    (152, "SQL_ODBC_INTERFACE_CONFORMANCE", Number(1)),
    (166, "SQL_STANDARD_CLI_CONFORMANCE", Number(1)),
    (10000, "SQL_XOPEN_CLI_YEAR", Text("1995")),
];

/// Information types that promise nothing: no, none, unknown, unlimited.
const NOTHING: &[(u16, Told)] = &[
    (3, Number(0)),
    (4, Number(0)),
    (5, Number(0)),
    (11, Text("N")),
    (20, Text("N")),
    (26, Number(0)),
    (37, Text("N")),
    (39, Text("")),
    (40, Text("")),
    (41, Text("")),
    (42, Text("")),
    (72, Number(0)),
    (73, Text("N")),
    (76, Number(0)),
    (84, Number(0)),
    (94, Text("")),
    (111, Text("N")),
    (114, Number(0)),
    (135, Number(0)),
    (148, Number(0)),
    (171, Text("")),
    // SQL_CONVERT_GUID: GUIDs are texts, so no value is of that type.
    (173, Number(0)),
    (180, Number(0)),
    (10001, Number(0)),
    (10003, Text("N")),
    (10004, Text("")),
    (10022, Number(0)),
    (10023, Number(0)),
    (10024, Number(0)),
    (10025, Number(0)),
];

pub fn ids() -> impl Iterator<Item = u16> {
    let shown = SHOWN.iter().map(|(id, ..)| *id);
    let called = CALLED.iter().map(|(id, ..)| *id);
    let names = NAMES.iter().map(|(id, ..)| *id);
    let nothing = NOTHING.iter().map(|(id, _)| *id);
    let limits = limits::LIMITS.iter().map(|(id, ..)| *id);
    shown
        .chain(called)
        .chain(names)
        .chain(nothing)
        .chain(limits)
}

pub fn complaints(world: &World) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut told = |id: u16, name: &str, told: Told| {
        if !told.is_told(&world.connection, id) {
            complaints.push(format!("{name} ({id}) is not {told:?}"));
        }
    };
    for (id, name, answer, _) in SHOWN {
        told(*id, name, *answer);
    }
    for (id, name, answer, _) in CALLED {
        told(*id, name, *answer);
    }
    for (id, name, answer) in NAMES {
        told(*id, name, *answer);
    }
    for (id, answer) in NOTHING {
        told(*id, "promises nothing", *answer);
    }
    for (id, name, limit, _) in limits::LIMITS {
        told(*id, name, Number(*limit));
    }
    for (_, name, _, shows) in SHOWN {
        let wrong = shows.iter().filter_map(|shows| shows.works(world).err());
        complaints.extend(wrong.map(|complaint| format!("{name}: {complaint}")));
    }
    for (_, name, _, call) in CALLED {
        if !call(world) {
            complaints.push(format!("{name} is not so"));
        }
    }
    complaints
}

/// Whether an open cursor continues after a transaction ends, with `SQL_COMMIT` or `SQL_ROLLBACK`.
fn outlives(world: &World, completion: i16) -> bool {
    let mut statement = world
        .connection
        .execute("SELECT id FROM staff ORDER BY id")
        .unwrap();
    assert_eq!(statement.fetch(), Ok(true));
    // SAFETY: nothing is passed but the handle.
    let ended = world
        .connection
        .call(|library, handle| unsafe { (library.SQLEndTran)(HANDLE_DBC, handle, completion) });
    ended.is_ok()
        && statement
            .rows()
            .is_ok_and(|rows| rows.iter().map(joined).eq(["2", "3"]))
}

fn escapes_patterns(world: &World) -> bool {
    for name in ["p_q", "pxq"] {
        world
            .run(&format!("CREATE TABLE {name} (id INTEGER)"))
            .expect("it runs");
    }
    let count = |pattern: &str| {
        let mut pattern = to_utf16(pattern);
        let mut statement = world.connection.statement().expect("there is memory");
        let none = std::ptr::null_mut();
        // SAFETY: the pattern has a terminator.
        let listed = statement.call(|library, handle| unsafe {
            (library.SQLTablesW)(handle, none, 0, none, 0, pattern.as_mut_ptr(), -3, none, 0)
        });
        listed.expect("it lists tables");
        statement.rows().expect("it has rows").len()
    };
    count("p_q") == 2 && count("p\\_q") == 1
}

fn describes_parameters(world: &World) -> bool {
    let sql = "SELECT id FROM staff WHERE name = ?";
    let mut statement = world.connection.prepare(sql).expect("it is prepared");
    let parameter = statement.parameter(1).expect("there is one");
    [VARCHAR, WVARCHAR].contains(&parameter.sql_type) && parameter.size >= 10
}
