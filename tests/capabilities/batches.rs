//! Several statements in one text, several sets of parameters, and `SQLGetData`.

use super::cursor_calls::{STATIC, open};
use super::proof::{Bitmap, Call};
use super::world::World;
use driver_harness::client::constants::{BIGINT, C_CHAR, C_SBIGINT};
use driver_harness::client::{Result, Statement};
use std::ptr;

#[rustfmt::skip]
pub const BITMAPS: &[Bitmap<Call>] = &[
    Bitmap { id: 81, name: "SQL_GETDATA_EXTENSIONS", proofs: GET_DATA },
    Bitmap { id: 120, name: "SQL_BATCH_ROW_COUNT", proofs: ROW_COUNTS },
    Bitmap { id: 121, name: "SQL_BATCH_SUPPORT", proofs: BATCHES },
];

const GET_DATA: &[(u32, Call)] = &[
    // Any column: also before one that is bound
    (0x1, |world| {
        with_bound(world, 2, |statement| statement.text(1)) == Some("1".to_owned())
    }),
    // Any order
    (0x2, |world| {
        let read = |statement: &mut Statement| {
            statement.text(2)?;
            statement.text(1)
        };
        with_bound(world, 0, read) == Some("1".to_owned())
    }),
    // Any row of a block
    (0x4, |world| {
        let mut statement = open::<STATIC>(world, 2).expect("there are static cursors");
        // SAFETY: nothing is bound.
        let moved =
            statement.call(|library, handle| unsafe { (library.SQLSetPos)(handle, 2, 0, 0) });
        moved.is_ok() && statement.text(1) == Ok(Some("2".to_owned()))
    }),
    // Bound columns
    (0x8, |world| {
        with_bound(world, 1, |statement| statement.text(1)) == Some("1".to_owned())
    }),
    // Streamed output parameters, bound as 16, SQL_PARAM_OUTPUT_STREAM
    (0x10, |world| binds(world, 16)),
];

const BATCHES: &[(u32, Call)] = &[
    (0x1, |world| {
        results(world, "SELECT 1; SELECT id FROM staff").unwrap() == ["1 row", "3 rows"]
    }),
    (0x2, |world| {
        let sql = "CREATE TABLE IF NOT EXISTS batch (id INTEGER); DELETE FROM batch; \
                   INSERT INTO batch VALUES (1), (2); UPDATE batch SET id = 3 WHERE id = 1";
        let shown = results(world, sql).unwrap();
        shown[shown.len() - 2..] == ["2 changed", "1 changed"]
    }),
    // In procedures
    (0x4 | 0x8, |world| world.run("{call batch()}").is_ok()),
];

const ROW_COUNTS: &[(u32, Call)] = &[
    // In procedures
    (0x1, |world| world.run("{call batch()}").is_ok()),
    // Each, or rolled up into one
    (0x2, |world| counts(world) == ["2 changed", "3 changed"]),
    (0x4, |world| counts(world) == ["5 changed"]),
];

fn counts(world: &World) -> Vec<String> {
    world
        .rows("CREATE TABLE IF NOT EXISTS counted (id INTEGER)")
        .unwrap();
    let sql = "INSERT INTO counted VALUES (1), (2); INSERT INTO counted VALUES (3), (4), (5)";
    results(world, sql).unwrap()
}

/// The number of rows that each result of a text has, or changed.
fn results(world: &World, sql: &str) -> Result<Vec<String>> {
    let mut statement = world.connection.execute(sql)?;
    let mut shown = Vec::new();
    loop {
        shown.push(match statement.column_count()? {
            0 => format!("{} changed", statement.row_count()?),
            _ => match statement.rows()?.len() {
                1 => "1 row".to_owned(),
                count => format!("{count} rows"),
            },
        });
        if !statement.more_results()? {
            return Ok(shown);
        }
    }
}

/// The value read from the first row while a column is bound; 0 binds none.
fn with_bound(
    world: &World,
    column: u16,
    read: impl FnOnce(&mut Statement) -> Result<Option<String>>,
) -> Option<String> {
    let mut statement = world.connection.statement().expect("there is memory");
    let mut buffer = [0_u8; 20];
    if column != 0 {
        let (at, size) = (buffer.as_mut_ptr().cast(), buffer.len() as isize);
        // SAFETY: the buffer has the size that is given and outlives the binding.
        let bound = statement.call(|library, handle| unsafe {
            (library.SQLBindCol)(handle, column, C_CHAR, at, size, ptr::null_mut())
        });
        bound.expect("it is bound");
    }
    let opened = statement.execute_direct("SELECT id, name FROM staff ORDER BY id");
    opened.expect("it runs");
    assert_eq!(statement.fetch(), Ok(true));
    let shown = read(&mut statement).ok().flatten();
    statement.unbind().expect("it is unbound");
    shown
}

fn binds(world: &World, direction: i16) -> bool {
    let mut statement = world.connection.statement().expect("there is memory");
    bind(&mut statement, direction, &mut [0]).is_ok()
}

fn bind(statement: &mut Statement, direction: i16, values: &mut [i64]) -> Result<()> {
    let at = values.as_mut_ptr().cast();
    let none = ptr::null_mut();
    // SAFETY: the caller keeps the values until the statement has run.
    let bound = statement.call(|library, handle| unsafe {
        (library.SQLBindParameter)(handle, 1, direction, C_SBIGINT, BIGINT, 19, 0, at, 8, none)
    });
    bound.map(drop)
}

/// Runs a statement with the parameters 1, 2 and 3.
fn with_three(world: &World, sql: &str) -> Result<Statement> {
    const ATTR_PARAMSET_SIZE: i32 = 22;
    const INPUT: i16 = 1;
    let mut values = [1, 2, 3];
    let mut statement = world.connection.prepare(sql)?;
    statement.set_attribute(ATTR_PARAMSET_SIZE, values.len())?;
    bind(&mut statement, INPUT, &mut values)?;
    statement.execute()?;
    Ok(statement)
}

/// `SQL_PARC_NO_BATCH`: one count for all sets of parameters.
pub fn counts_all_sets(world: &World) -> bool {
    world
        .rows("CREATE TABLE IF NOT EXISTS sets (id INTEGER)")
        .unwrap();
    let mut statement = with_three(world, "INSERT INTO sets VALUES (?)").unwrap();
    statement.row_count() == Ok(3) && statement.more_results() == Ok(false)
}

/// `SQL_PAS_BATCH`: a result for each set of parameters.
pub fn selects_each_set(world: &World) -> bool {
    let mut statement = with_three(world, "SELECT name FROM staff WHERE id = ?").unwrap();
    ["Ann", "Bob", "Cid"]
        .iter()
        .enumerate()
        .all(|(index, name)| {
            (index == 0 || statement.more_results() == Ok(true))
                && statement.rows() == Ok(vec![vec![Some((*name).to_owned())]])
        })
        && statement.more_results() == Ok(false)
}

/// Statements in one text have a result each.
pub fn has_several_results(world: &World) -> bool {
    results(world, "SELECT 1; SELECT id FROM staff; SELECT 2").unwrap()
        == ["1 row", "3 rows", "1 row"]
}
