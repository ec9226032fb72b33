//! `SQLGetCursorName`, `SQLSetCursorName`.
//!
//! Nothing can be positioned on a cursor here, but applications ask for the name all the same.

use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::registry::{self, Entry};
use crate::odbc::handles::{Allowed, Outcome, ReturnCode, StatementScope, Success, with_statement};
use crate::odbc::memory::AppMemory;
use crate::odbc::state::statement::State;
use crate::odbc::text::{TextIn, TextOut, Written};

/// `SQL_MAX_CURSOR_NAME_LEN`
const LONGEST: usize = 128;

/// Prefixes of names that the driver makes up, which an application may not use.
const RESERVED: [&str; 2] = ["SQLCUR", "SQL_CUR"];

/// `SQLGetCursorName`
pub fn get(scope: &mut StatementScope<'_>, out: &TextOut, memory: &impl AppMemory) -> Outcome {
    let made_up = format!("SQL_CUR{:X}", scope.statement.token);
    let name = scope.statement.cursor_name.get_or_insert(made_up).clone();
    if out.write(memory, scope.connection.width, &name)? == Written::Truncated {
        scope.warn(Error::of(sqlstate::S01004));
    }
    Ok(Success::Done)
}

/// `SQLSetCursorName`
pub fn set(handle: usize, name: &TextIn, memory: &impl AppMemory) -> ReturnCode {
    // The names of the other statements are known before this one is borrowed.
    let taken: Vec<String> = match registry::get(handle) {
        Some(Entry::Statement { group, key, .. }) => {
            let state = group.lock();
            let others = state.statements.iter().filter(|(other, _)| *other != key);
            others
                .filter_map(|(_, statement)| statement.cursor_name.clone())
                .collect()
        }
        _ => Vec::new(),
    };
    with_statement(handle, Allowed::OutsideDataAtExecution, |scope| {
        let name = name.required(memory, scope.connection.width)?;
        if matches!(scope.statement.state, State::Executed(_)) {
            return Err(Error::of(sqlstate::S24000));
        }
        let upper = name.to_ascii_uppercase();
        let reserved = RESERVED.iter().any(|prefix| upper.starts_with(prefix));
        if name.is_empty() || name.chars().count() > LONGEST || reserved {
            return Err(Error::of(sqlstate::S34000));
        }
        if taken.iter().any(|other| other.eq_ignore_ascii_case(&name)) {
            return Err(Error::of(sqlstate::S3C000));
        }
        scope.statement.cursor_name = Some(name);
        Ok(Success::Done)
    })
}
