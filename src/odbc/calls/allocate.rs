//! `SQLAllocHandle`, `SQLFreeHandle`.

use crate::odbc::connector::Connector;
use crate::odbc::constants::handle_type;
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::registry::{self, Entry};
use crate::odbc::handles::{
    ConnectionScope, ERROR, INVALID_HANDLE, Outcome, ReturnCode, SUCCESS, Success, inherited,
    with_connection, with_environment,
};
use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::state::descriptor::Role;
use crate::odbc::state::group::{Environment, Group};
use crate::odbc::text::WideWidth;
use std::sync::Arc;

/// `SQLAllocHandle(SQL_HANDLE_ENV)`
pub fn environment(
    connector: Arc<dyn Connector>,
    width: WideWidth,
    out: AppPtr,
    memory: &impl AppMemory,
) -> ReturnCode {
    // There is no handle yet that could hold a record.
    if out.is_null() {
        return ERROR;
    }
    let environment = Arc::new(Environment::new(connector, width));
    match registry::insert(Entry::Environment(environment)) {
        Some(token) => {
            memory.write_ulen(out, token);
            SUCCESS
        }
        None => ERROR,
    }
}

/// `SQLAllocHandle` for everything but environments.
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
            // The environment's lock is free again: a connection reads its facts when it is made, and
            // not while the table is locked.
            let group = Group::new(Arc::clone(&environment));
            match registry::insert(Entry::Connection(Arc::new(group))) {
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
            give(scope.state.add_statement(scope.group)?)
        }),
        handle_type::DESC => with_connection(parent, |scope| {
            checked()?;
            scope.state.connection.connected()?;
            let key = scope.state.add_descriptor(scope.group, Role::Explicit)?;
            give(
                scope
                    .state
                    .descriptors
                    .get(key)
                    .map_or(0, |descriptor| descriptor.token),
            )
        }),
        _ => match registry::get(parent) {
            Some(Entry::Environment(_)) => {
                with_environment(parent, |_, _| Err(Error::of(sqlstate::HY092)))
            }
            Some(Entry::Connection(_)) => {
                with_connection(parent, |_| Err(Error::of(sqlstate::HY092)))
            }
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
        registry::remove(handle);
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
    if code == SUCCESS
        && let Some(Entry::Connection(group)) = registry::remove(handle)
    {
        let mut environment = group.environment.lock();
        environment.connections = environment.connections.saturating_sub(1);
    }
    code
}

fn free_statement(handle: usize) -> ReturnCode {
    let Some(Entry::Statement { group, key, cancel }) = registry::get(handle) else {
        return INVALID_HANDLE;
    };
    // Work that another thread waits for on this statement would keep the lock.
    cancel.cancel();
    let mut state = group.lock();
    let statement = state.statements.get_mut(key);
    let Some(statement) = statement.filter(|statement| statement.token == handle) else {
        return INVALID_HANDLE;
    };
    if statement.state.collects() {
        statement.diagnostics.clear();
        statement.diagnostics.push(Error::of(sqlstate::HY010));
        statement.diagnostics.finish(ERROR);
        return ERROR;
    }
    state.remove_statement(key);
    SUCCESS
}

fn free_descriptor(handle: usize) -> ReturnCode {
    let Some(Entry::Descriptor { group, key }) = registry::get(handle) else {
        return INVALID_HANDLE;
    };
    let mut state = group.lock();
    match state
        .descriptors
        .get_mut(key)
        .filter(|descriptor| descriptor.token == handle)
    {
        None => return INVALID_HANDLE,
        Some(descriptor) if !descriptor.is_explicit() => {
            descriptor.diagnostics.clear();
            descriptor.diagnostics.push(Error::of(sqlstate::HY017));
            descriptor.diagnostics.finish(ERROR);
            return ERROR;
        }
        Some(_) => {}
    }
    // Statements that used it go back to their own descriptors.
    for (_, statement) in state.statements.iter_mut() {
        let [ard, apd, ..] = statement.implicit;
        if statement.ard == key {
            statement.ard = ard;
        }
        if statement.apd == key {
            statement.apd = apd;
        }
    }
    state.remove_descriptor(key);
    SUCCESS
}
