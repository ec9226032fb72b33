//! Tokens for allocated objects.

use super::registry::{self, Entry, Member};
use super::scopes::ConnectionScope;
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::state::cancel::CancelSlot;
use crate::odbc::state::cursor::bookmark;
use crate::odbc::state::descriptor::{Descriptor, Role};
use crate::odbc::state::group::{ConnectionGroup, ConnectionGroupState, Environment};
use crate::odbc::state::statement::Statement;
use std::sync::Arc;

/// Adds an environment; returns its token, or `None` if the table is full.
pub fn add_environment(environment: Environment) -> Option<usize> {
    registry::insert(Entry::Environment(Arc::new(environment)))
}

pub fn remove_environment(handle: usize) {
    registry::remove(handle);
}

/// Adds a connection to the environment, which must not be locked because the connection reads its
/// facts. Returns the token.
pub fn add_connection(environment: &Arc<Environment>) -> Option<usize> {
    let group = ConnectionGroup::new(Arc::clone(environment));
    registry::insert(Entry::Connection(Arc::new(group)))
}

pub fn remove_connection(handle: usize) {
    if let Some(Entry::Connection(group)) = registry::remove(handle) {
        group.environment.lock().forget_connection();
    }
}

impl ConnectionScope<'_> {
    /// Allocates a statement; returns its token.
    pub fn add_statement(&mut self) -> Result<usize, Error> {
        self.state.add_statement(self.group)
    }

    /// Allocates a descriptor that belongs to no statement; returns its token.
    pub fn add_descriptor(&mut self) -> Result<usize, Error> {
        let key = self.state.add_descriptor(self.group, Role::Explicit)?;
        let descriptor = self.state.descriptors.get(key);
        Ok(descriptor.map_or(0, |descriptor| descriptor.token))
    }
}

impl ConnectionGroupState {
    /// Allocates a descriptor and its token.
    fn add_descriptor(&mut self, group: &Arc<ConnectionGroup>, role: Role) -> Result<usize, Error> {
        let key = self.descriptors.insert(Descriptor::new(role));
        let made = registry::insert(Entry::Descriptor {
            group: Arc::clone(group),
            key,
        });
        match (made, self.descriptors.get_mut(key)) {
            (Some(token), Some(descriptor)) => {
                descriptor.token = token;
                Ok(key)
            }
            _ => {
                self.descriptors.remove(key);
                Err(Error::of(sqlstate::HY001))
            }
        }
    }

    pub fn remove_descriptor(&mut self, key: usize) {
        if let Some(descriptor) = self.descriptors.remove(key) {
            registry::remove(descriptor.token);
        }
    }

    /// Allocates a statement with its four descriptors.
    fn add_statement(&mut self, group: &Arc<ConnectionGroup>) -> Result<usize, Error> {
        let mut keys = [0; 4];
        for (index, role) in Role::IMPLICIT.into_iter().enumerate() {
            match self.add_descriptor(group, role) {
                Ok(key) => keys[index] = key,
                Err(error) => {
                    keys[..index]
                        .iter()
                        .for_each(|key| self.remove_descriptor(*key));
                    return Err(error);
                }
            }
        }
        let link = self.connection.link.as_ref();
        let query_timeout = link.and_then(|link| link.query_timeout);
        let defaults = self.connection.attributes.statement_defaults(query_timeout);
        if defaults.uses_bookmarks()
            && let Some(ird) = self.descriptors.get_mut(keys[2])
        {
            ird.bookmark = Some(bookmark::record(self.connection.view()));
        }
        let statement = Statement::new(keys, defaults);
        let key = self.statements.insert(statement);
        let made = registry::insert(Entry::Statement(Arc::new(Member {
            group: Arc::clone(group),
            key,
            cancel: CancelSlot::default(),
        })));
        match (made, self.statements.get_mut(key)) {
            (Some(token), Some(statement)) => {
                statement.token = token;
                Ok(token)
            }
            _ => {
                self.remove_statement(key);
                Err(Error::of(sqlstate::HY001))
            }
        }
    }

    pub fn remove_statement(&mut self, key: usize) {
        if let Some(statement) = self.statements.remove(key) {
            registry::remove(statement.token);
            for key in statement.implicit {
                self.remove_descriptor(key);
            }
        }
    }

    /// Ends everything that was allocated on the connection.
    pub fn remove_children(&mut self) {
        for statement in self.statements.drain() {
            registry::remove(statement.token);
        }
        for descriptor in self.descriptors.drain() {
            registry::remove(descriptor.token);
        }
    }
}
