//! `SQL_MAX_*`: limited things work up to the limit, unlimited ones (0) with more than anyone
//! needs.

use super::proof::Call;
use super::world::World;
use driver_harness::client::{Environment, to_utf16};
use exchange_sql::text::MOST_TABLES;
use std::ffi::c_void;
use std::iter::repeat_n;

/// An information type, its limit, and a call that shows it.
pub type Limit = (u16, &'static str, u64, Call);

const NAME: usize = 128;

/// Maximum tables of a query.
const TABLES: usize = MOST_TABLES as usize;

#[rustfmt::skip]
pub const LIMITS: &[Limit] = &[
    (30, "SQL_MAX_COLUMN_NAME_LEN", NAME as u64, |world| {
        let name = "c".repeat(NAME);
        first(world, &format!("SELECT {name} FROM (SELECT 1 AS {name}) AS t")) == "1"
            && first(world, &format!("CREATE TABLE #named ({name} INTEGER); SELECT COUNT({name}) FROM #named")) == "0"
    }),
    (35, "SQL_MAX_TABLE_NAME_LEN", NAME as u64, |world| {
        let name = "t".repeat(NAME);
        first(world, &format!("CREATE TABLE {name} (id INTEGER); SELECT COUNT(*) FROM {name}")) == "0"
    }),
    (10005, "SQL_MAX_IDENTIFIER_LEN", NAME as u64, |world| {
        let name = "Ü".repeat(NAME);
        first(world, &format!("SELECT \"{name}\".id FROM staff AS \"{name}\" ORDER BY 1")) == "1"
    }),
    (31, "SQL_MAX_CURSOR_NAME_LEN", NAME as u64, |world| {
        names_cursor(world, NAME) && !names_cursor(world, NAME + 1)
    }),
    // These do not exist.
    (32, "SQL_MAX_SCHEMA_NAME_LEN", 0, |_| true),
    (33, "SQL_MAX_PROCEDURE_NAME_LEN", 0, |_| true),
    (34, "SQL_MAX_CATALOG_NAME_LEN", 0, |_| true),
    (98, "SQL_MAX_COLUMNS_IN_INDEX", 0, |_| true),
    (102, "SQL_MAX_INDEX_SIZE", 0, |_| true),
    // Unlimited
    (0, "SQL_MAX_DRIVER_CONNECTIONS", 0, |world| {
        let environment = Environment::default();
        let open: Vec<_> = (0..20).map(|_| environment.connect(&world.connection_string)).collect();
        open.iter().all(Result::is_ok)
    }),
    (1, "SQL_MAX_CONCURRENT_ACTIVITIES", 0, |world| {
        let sql = "SELECT id FROM staff ORDER BY id";
        let mut open: Vec<_> = (0..200).map(|_| world.connection.execute(sql).unwrap()).collect();
        open.iter_mut().all(|statement| statement.fetch() == Ok(true))
    }),
    (116, "SQL_ACTIVE_ENVIRONMENTS", 0, |_| {
        let open: Vec<_> = (0..20).map(|_| Environment::default()).collect();
        open.iter().all(|environment| !environment.handle().is_null())
    }),
    (97, "SQL_MAX_COLUMNS_IN_GROUP_BY", 0, |world| {
        let columns = list(100, |number| format!("id + {number}"));
        first(world, &format!("SELECT COUNT(*) FROM (SELECT COUNT(*) AS n FROM staff GROUP BY {columns}) AS t")) == "3"
    }),
    (99, "SQL_MAX_COLUMNS_IN_ORDER_BY", 0, |world| {
        let columns = list(100, |number| format!("boss + {number}"));
        first(world, &format!("SELECT id FROM staff ORDER BY {columns}, id DESC")) == "1"
    }),
    (100, "SQL_MAX_COLUMNS_IN_SELECT", 0, |world| {
        let columns = list(500, |number| format!("id + {number} AS c{number}"));
        let row = first(world, &format!("SELECT {columns} FROM staff ORDER BY id"));
        row.split('|').count() == 500 && row.ends_with("|500")
    }),
    (101, "SQL_MAX_COLUMNS_IN_TABLE", 0, |world| {
        let columns = list(500, |number| format!("c{number} INTEGER"));
        first(world, &format!("CREATE TABLE #wide ({columns}); SELECT COUNT(c499) FROM #wide")) == "0"
    }),
    (106, "SQL_MAX_TABLES_IN_SELECT", TABLES as u64, |world| {
        let query = |tables: usize| {
            let joins: String = (1..tables).map(|number| format!(" CROSS JOIN one t{number}")).collect();
            format!("WITH one AS (SELECT 1 AS a) SELECT COUNT(*) FROM one t{joins}")
        };
        first(world, &query(TABLES)) == "1" && world.first_row(&query(TABLES + 1)) == Err("HYC00".into())
    }),
    (104, "SQL_MAX_ROW_SIZE", 0, |world| {
        let long = "x".repeat(100_000);
        first(world, &format!("SELECT '{long}' || '{long}'")).len() == 200_000
    }),
    (105, "SQL_MAX_STATEMENT_LEN", 0, |world| {
        let blanks = " ".repeat(1_000_000);
        first(world, &format!("SELECT{blanks}1")) == "1"
    }),
    (108, "SQL_MAX_CHAR_LITERAL_LEN", 0, |world| {
        let long = "ü".repeat(100_000);
        first(world, &format!("SELECT CHAR_LENGTH('{long}')")) == "100000"
    }),
    (112, "SQL_MAX_BINARY_LITERAL_LEN", 0, |world| {
        let bytes: String = repeat_n("AB", 50_000).collect();
        first(world, &format!("SELECT X'{bytes}'")).len() == 100_000
    }),
    (107, "SQL_MAX_USER_NAME_LEN", 0, |_| true),
];

pub fn complaints(world: &World) -> Vec<String> {
    let broken = LIMITS.iter().filter(|(.., call)| !call(world));
    broken
        .map(|(_, name, limit, _)| format!("{name} is not {limit}"))
        .collect()
}

fn first(world: &World, sql: &str) -> String {
    let start: String = sql.chars().take(80).collect();
    world
        .first_row(sql)
        .unwrap_or_else(|state| panic!("{start}: {state}"))
}

fn list(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(", ")
}

fn names_cursor(world: &World, length: usize) -> bool {
    type SetName = unsafe extern "system" fn(*mut c_void, *mut u16, i16) -> i16;
    let mut name = to_utf16(&"n".repeat(length));
    let mut statement = world.connection.statement().expect("there is memory");
    // SAFETY: the function has this type, and the name a terminator.
    let named = statement.call(|library, handle| unsafe {
        let set: SetName = library.symbol("SQLSetCursorNameW");
        set(handle, name.as_mut_ptr(), -3)
    });
    named.is_ok()
}
