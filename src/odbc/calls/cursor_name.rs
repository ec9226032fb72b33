//! `SQLGetCursorName`, `SQLSetCursorName`.
//!
//! Positioned statements are not supported, but applications still ask for the name.

use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{MemberScope, Outcome, StatementScope, Success};
use crate::odbc::memory::AppMemory;
use crate::odbc::state::statement::StatementState;
use crate::odbc::text::{TextIn, TextOut, Written};

/// `SQL_MAX_CURSOR_NAME_LEN`
const LONGEST: usize = 128;

/// Prefixes of generated names, which an application may not use.
const RESERVED: [&str; 2] = ["SQLCUR", "SQL_CUR"];

/// `SQLGetCursorName`
pub fn get(scope: &mut StatementScope<'_>, out: &TextOut, memory: &impl AppMemory) -> Outcome {
    let made_up = format!("SQL_CUR{:X}", scope.statement.token);
    let name = scope.statement.cursor_name.get_or_insert(made_up).clone();
    if out.write(memory, scope.connection.encoding, &name)? == Written::Truncated {
        scope.warn(Error::of(sqlstate::S01004));
    }
    Ok(Success::Done)
}

/// `SQLSetCursorName`
pub fn set(scope: &mut MemberScope<'_>, name: &TextIn, memory: &impl AppMemory) -> Outcome {
    let name = name.required(memory, scope.state.connection.encoding)?;
    if matches!(scope.statement().state, StatementState::Executed(_)) {
        return Err(Error::of(sqlstate::S24000));
    }
    let upper = name.to_ascii_uppercase();
    let reserved = RESERVED.iter().any(|prefix| upper.starts_with(prefix));
    if name.is_empty() || name.chars().count() > LONGEST || reserved {
        return Err(Error::of(sqlstate::S34000));
    }
    if scope.others().any(|other| other.is_cursor(&name)) {
        return Err(Error::of(sqlstate::S3C000));
    }
    scope.statement_mut().cursor_name = Some(name);
    Ok(Success::Done)
}
