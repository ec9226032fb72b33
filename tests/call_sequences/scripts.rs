//! Short runs of right calls, which bring a statement to states in which wrong calls are
//! interesting.

use super::world::World;
use driver_harness::client::constants::*;
use driver_harness::client::{Handle, to_utf16};

fn close(world: &mut World, handle: Handle) {
    world.begin("SQLFreeStmt");
    world.tell(&[&handle, &"close"]);
    // SAFETY: no pointer is passed.
    let code = unsafe { (world.library.SQLFreeStmt)(handle, 0) };
    world.check("SQLFreeStmt", code, (HANDLE_STMT, handle));
}

/// An open cursor.
pub fn query(world: &mut World) {
    let handle = world.handle(HANDLE_STMT);
    close(world, handle);
    let sql = world.pick(&[
        "SELECT id, subject, receivedDateTime, isRead FROM Messages",
        "SELECT * FROM (VALUES (1, 'eins', CAST('2026-11-23' AS DATE)), (2, NULL, NULL), (3, 'drei', NULL)) AS t(n, w, d)",
        "SELECT 1.5, 'abc', 2; SELECT 3",
        "SELECT repeat('\u{1F4E7}\u{e4}', 500), 1",
    ]);
    let mut sql = to_utf16(sql);
    world.begin("SQLExecDirectW");
    world.tell(&[&handle, &"a query"]);
    // SAFETY: the text ends with a zero.
    let code = unsafe { (world.library.SQLExecDirectW)(handle, sql.as_mut_ptr(), i32::from(NTS)) };
    world.check("SQLExecDirectW", code, (HANDLE_STMT, handle));
}

/// A statement whose parameters are given in parts.
pub fn parameters(world: &mut World) {
    let handle = world.handle(HANDLE_STMT);
    close(world, handle);
    let mut sql = to_utf16("SELECT ?, CAST(? AS INTEGER)");
    world.begin("SQLPrepareW");
    world.tell(&[&handle, &"two parameters"]);
    // SAFETY: the text ends with a zero.
    let code = unsafe { (world.library.SQLPrepareW)(handle, sql.as_mut_ptr(), i32::from(NTS)) };
    world.check("SQLPrepareW", code, (HANDLE_STMT, handle));
    for number in 1..=2 {
        // SQL_DATA_AT_EXEC, SQL_LEN_DATA_AT_EXEC(40), a whole text, or NULL, for every row.
        let length = world.pick(&[-2, -2, -140, -3, -1]);
        let start = usize::from(number) * 6000;
        (0..16).for_each(|row| world.memory.indicators.set(start + row, length));
        let indicator = world.memory.indicators.at(start * 8).cast();
        let token = world.memory.data.at(usize::from(number) * 8);
        let c_type = world.pick(&[1, -8, -2]);
        world.begin("SQLBindParameter");
        world.tell(&[&handle, &number, &c_type, &length]);
        // SAFETY: the places are the application's.
        let code = unsafe {
            (world.library.SQLBindParameter)(
                handle, number, 1, c_type, 12, 100, 0, token, 100, indicator,
            )
        };
        world.check("SQLBindParameter", code, (HANDLE_STMT, handle));
    }
    world.begin("SQLExecute");
    world.tell(&[&handle]);
    // SAFETY: the bound buffers exist.
    let code = unsafe { (world.library.SQLExecute)(handle) };
    world.check("SQLExecute", code, (HANDLE_STMT, handle));
}
