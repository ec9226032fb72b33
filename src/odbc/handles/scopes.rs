//! The state that the body of a call can access: a handle's state and related objects, with the
//! lock held.

use crate::odbc::diagnostics::{Diagnostics, Error};
use crate::odbc::state::cancel::CancelSlot;
use crate::odbc::state::descriptor::Descriptor;
use crate::odbc::state::group::{Connection, ConnectionGroup, ConnectionGroupState, Environment};
use crate::odbc::state::slab::Slab;
use crate::odbc::state::statement::{Statement, StatementState};
use crate::odbc::text::Encoding;
use std::sync::Arc;
use std::time::Instant;

/// The connection and everything on it, its lock held.
pub struct ConnectionScope<'a> {
    pub environment: &'a Arc<Environment>,
    pub(super) group: &'a Arc<ConnectionGroup>,
    pub state: &'a mut ConnectionGroupState,
}

/// A statement with its connection and the descriptors it uses, the lock held.
pub struct StatementScope<'a> {
    pub connection: &'a mut Connection,
    pub statement: &'a mut Statement,
    pub descriptors: &'a mut Slab<Descriptor>,
    pub cancel: &'a CancelSlot,
    /// When the call began, if the statement has a query timeout: the call may prepare, execute and
    /// wait for rows. Asking for the time takes longer than many a call.
    pub began: Option<Instant>,
}

/// A statement among those of its connection, the lock held.
pub struct MemberScope<'a> {
    pub state: &'a mut ConnectionGroupState,
    pub key: usize,
}

/// A descriptor with its connection, the lock held.
pub struct DescriptorScope<'a> {
    pub state: &'a mut ConnectionGroupState,
    pub key: usize,
}

/// A handle's records, for reading.
pub struct Records<'a> {
    pub diagnostics: &'a Diagnostics,
    /// How wide the application's text is.
    pub encoding: Encoding,
    /// The connection that the handle is, or belongs to.
    pub connection: Option<&'a Connection>,
    /// The statement that the handle is.
    pub statement: Option<&'a Statement>,
}

impl<'a> Records<'a> {
    pub fn of(diagnostics: &'a Diagnostics, encoding: Encoding) -> Self {
        Self {
            diagnostics,
            encoding,
            connection: None,
            statement: None,
        }
    }

    /// The records of a connection, or of what was allocated on it.
    pub fn within(connection: &'a Connection, diagnostics: &'a Diagnostics) -> Self {
        Self {
            connection: Some(connection),
            ..Self::of(diagnostics, connection.encoding)
        }
    }
}

impl MemberScope<'_> {
    pub fn statement(&self) -> &Statement {
        let statement = self.state.statements.get(self.key);
        statement.expect("the scope was made for a live statement")
    }

    /// The other statements of the connection.
    pub fn others(&self) -> impl Iterator<Item = &Statement> {
        let all = self.state.statements.iter();
        let others = all.filter(|(key, _)| *key != self.key);
        others.map(|(_, statement)| statement)
    }

    pub fn statement_mut(&mut self) -> &mut Statement {
        let statement = self.state.statements.get_mut(self.key);
        statement.expect("the scope was made for a live statement")
    }
}

impl<'a> StatementScope<'a> {
    pub fn ard(&self) -> &Descriptor {
        self.descriptor(self.statement.ard)
    }

    pub fn apd(&self) -> &Descriptor {
        self.descriptor(self.statement.apd)
    }

    pub fn ird(&self) -> &Descriptor {
        self.descriptor(self.statement.implicit[2])
    }

    pub fn ipd(&self) -> &Descriptor {
        self.descriptor(self.statement.implicit[3])
    }

    pub fn ard_mut(&mut self) -> &mut Descriptor {
        self.descriptor_mut(self.statement.ard)
    }

    pub fn apd_mut(&mut self) -> &mut Descriptor {
        self.descriptor_mut(self.statement.apd)
    }

    pub fn ird_mut(&mut self) -> &mut Descriptor {
        self.descriptor_mut(self.statement.implicit[2])
    }

    pub fn ipd_mut(&mut self) -> &mut Descriptor {
        self.descriptor_mut(self.statement.implicit[3])
    }

    fn descriptor(&self, key: usize) -> &Descriptor {
        self.descriptors
            .get(key)
            .expect("a statement's descriptors live as long as it does")
    }

    fn descriptor_mut(&mut self, key: usize) -> &mut Descriptor {
        self.descriptors
            .get_mut(key)
            .expect("a statement's descriptors live as long as it does")
    }

    /// Resets the statement to its state after allocation.
    pub fn forget(&mut self) {
        self.statement.state = StatementState::Allocated;
        self.ird_mut().forget();
    }

    pub fn warn(&mut self, warning: Error) {
        self.statement.diagnostics.push(warning);
    }
}

impl DescriptorScope<'_> {
    pub fn descriptor(&mut self) -> &mut Descriptor {
        self.state
            .descriptors
            .get_mut(self.key)
            .expect("the scope was made for a live descriptor")
    }
}
