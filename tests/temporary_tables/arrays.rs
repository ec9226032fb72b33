//! Arrays of parameters with refused rows.

use super::{Opened, open};
use driver_harness::client;
use driver_harness::client::constants::*;

/// Inserts an array of numbers; 0 means NULL.
fn insert_array(
    at: &Opened,
    table: &str,
    numbers: &[i64],
    statuses: Option<&mut [u16]>,
) -> client::Result<i16> {
    const ATTR_PARAM_STATUS_PTR: i32 = 20;
    const ATTR_PARAMSET_SIZE: i32 = 22;
    let mut values = numbers.to_vec();
    let mut words: Vec<isize> = numbers
        .iter()
        .map(|number| if *number == 0 { NULL_DATA } else { 8 })
        .collect();
    let sql = format!("INSERT INTO {table} VALUES (?)");
    let mut statement = at.connection.prepare(&sql).expect("it is prepared");
    statement.set_attribute(ATTR_PARAMSET_SIZE, numbers.len())?;
    if let Some(statuses) = statuses {
        statement.set_attribute(ATTR_PARAM_STATUS_PTR, statuses.as_mut_ptr().addr())?;
    }
    let (data, word) = (values.as_mut_ptr().cast(), words.as_mut_ptr());
    // SAFETY: values, words and statuses live until the statement is dropped.
    statement.call(|library, handle| unsafe {
        (library.SQLBindParameter)(
            handle,
            1,
            PARAM_INPUT,
            C_SBIGINT,
            BIGINT,
            19,
            0,
            data,
            8,
            word,
        )
    })?;
    statement.execute()
}

/// Only an array of statuses shows which rows were lost; without one, their loss has to be an
/// error.
#[test]
fn rows_of_an_array_are_not_lost_without_a_word() {
    let at = open();
    at.run("CREATE TABLE #k (id BIGINT PRIMARY KEY)");
    at.run("CREATE TABLE #n (id BIGINT NOT NULL)");
    for (table, numbers) in [("#k", [1, 1, 3]), ("#n", [1, 0, 3])] {
        let failure = insert_array(&at, table, &numbers, None).expect_err("a row is refused");
        assert_eq!(
            (failure.code, failure.state()),
            (ERROR, "23000"),
            "{table}: {failure}"
        );
        assert_eq!(
            at.one(&format!("SELECT COUNT(*) FROM {table}")),
            "2",
            "{table}"
        );
        at.run(&format!("DELETE FROM {table}"));
        let mut statuses = [77; 3];
        let code = insert_array(&at, table, &numbers, Some(&mut statuses));
        assert_eq!(code, Ok(SUCCESS_WITH_INFO), "{table}");
        assert_eq!(statuses, [0, 5, 0], "{table}");
        assert_eq!(
            insert_array(&at, table, &[7, 8, 9], None),
            Ok(SUCCESS),
            "{table}"
        );
    }
}
