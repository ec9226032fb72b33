//! `SQLAllocHandle`, `SQLFreeHandle`.

use crate::odbc::connector::Connector;
use crate::odbc::constants::handle_type;
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{
    self, Allowed, ConnectionScope, ERROR, INVALID_HANDLE, Outcome, ReturnCode, SUCCESS, Success,
    inherited, with_connection, with_descriptor, with_environment, with_statement_among_others,
};
use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::state::group::Environment;
use crate::odbc::text::Encoding;
use std::sync::Arc;

/// `SQLAllocHandle(SQL_HANDLE_ENV)`
pub fn environment(
    connector: Arc<dyn Connector>,
    encoding: Encoding,
    out: AppPtr,
    memory: &impl AppMemory,
) -> ReturnCode {
    // No handle exists yet that could hold a record.
    if out.is_null() {
        return ERROR;
    }
    match handles::add_environment(Environment::new(connector, encoding)) {
        Some(token) => {
            memory.write_ulen(out, token);
            SUCCESS
        }
        None => ERROR,
    }
}

/// `SQLAllocHandle` for all other handles.
pub fn child(kind: i16, parent: usize, out: AppPtr, memory: &impl AppMemory) -> ReturnCode {
    memory.write_ulen(out, 0);
    let give = |token: usize| {
        memory.write_ulen(out, token);
        Ok(Success::Done)
    };
    let checked = || match out.is_null() {
        true => Err(Error::of(sqlstate::HY009)),
        false => Ok(()),
    };
    match kind {
        handle_type::DBC => {
            let mut made = None;
            let code = with_environment(parent, |environment, state| {
                checked()?;
                state.attributes.require_version()?;
                state.connections += 1;
                made = Some(Arc::clone(environment));
                Ok(Success::Done)
            });
            let Some(environment) = made else { return code };
            // The environment's lock has been released.
            match handles::add_connection(&environment) {
                Some(token) => {
                    memory.write_ulen(out, token);
                    code
                }
                None => with_environment(parent, |_, state| {
                    state.connections -= 1;
                    Err(Error::of(sqlstate::HY001))
                }),
            }
        }
        handle_type::STMT => with_connection(parent, |scope| {
            checked()?;
            scope.state.connection.connected()?;
            give(scope.add_statement()?)
        }),
        handle_type::DESC => with_connection(parent, |scope| {
            checked()?;
            scope.state.connection.connected()?;
            give(scope.add_descriptor()?)
        }),
        _ => match handles::kind_of(parent) {
            Some(handle_type::ENV) => {
                with_environment(parent, |_, _| Err(Error::of(sqlstate::HY092)))
            }
            Some(handle_type::DBC) => with_connection(parent, |_| Err(Error::of(sqlstate::HY092))),
            _ => INVALID_HANDLE,
        },
    }
}

/// `SQLFreeHandle`
pub fn free(kind: i16, handle: usize) -> ReturnCode {
    if let Some(code) = inherited::free(kind, handle) {
        return code;
    }
    match kind {
        handle_type::ENV => free_environment(handle),
        handle_type::DBC => free_connection(handle),
        handle_type::STMT => free_statement(handle),
        handle_type::DESC => free_descriptor(handle),
        _ => INVALID_HANDLE,
    }
}

fn free_environment(handle: usize) -> ReturnCode {
    let code = with_environment(handle, |_, state| match state.connections {
        0 => Ok(Success::Done),
        _ => Err(Error::of(sqlstate::HY010)),
    });
    if code == SUCCESS {
        handles::remove_environment(handle);
    }
    code
}

fn free_connection(handle: usize) -> ReturnCode {
    let code = with_connection(handle, |scope: &mut ConnectionScope<'_>| -> Outcome {
        let connection = &scope.state.connection;
        match connection.link.is_some() || connection.browse.is_some() {
            true => Err(Error::of(sqlstate::HY010)),
            false => Ok(Success::Done),
        }
    });
    if code == SUCCESS {
        handles::remove_connection(handle);
    }
    code
}

fn free_statement(handle: usize) -> ReturnCode {
    // Another thread's work on this statement would hold the lock.
    handles::interrupt(handle);
    with_statement_among_others(handle, Allowed::OutsideDataAtExecution, |scope| {
        scope.state.remove_statement(scope.key);
        Ok(Success::Done)
    })
}

fn free_descriptor(handle: usize) -> ReturnCode {
    with_descriptor(handle, Allowed::Always, |scope| {
        if !scope.descriptor().is_explicit() {
            return Err(Error::of(sqlstate::HY017));
        }
        // Statements that used the descriptor return to their own.
        for (_, statement) in scope.state.statements.iter_mut() {
            let [ard, apd, ..] = statement.implicit;
            if statement.ard == scope.key {
                statement.ard = ard;
            }
            if statement.apd == scope.key {
                statement.apd = apd;
            }
        }
        scope.state.remove_descriptor(scope.key);
        Ok(Success::Done)
    })
}
