//! The objects behind the tokens, and their locks.
//!
//! An environment has a lock; a connection has one that covers its statements and descriptors. If
//! both are needed, the environment's is taken first. No lock is held while waiting for another
//! connection.

use super::browse::Browse;
use super::descriptor::Descriptor;
use super::descriptor::facts::View;
use super::slab::Slab;
use super::statement::Statement;
use crate::odbc::attributes::connection::ConnectionAttributes;
use crate::odbc::attributes::environment::EnvironmentAttributes;
use crate::odbc::connector::{Connected, Connector};
use crate::odbc::constants::odbc_version;
use crate::odbc::diagnostics::{Diagnostics, Error, sqlstate};
use crate::odbc::text::{Encoding, Spelling};
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// An environment handle's object.
pub struct Environment {
    pub connector: Arc<dyn Connector>,
    state: Mutex<EnvironmentState>,
}

#[derive(Debug, Default)]
pub struct EnvironmentState {
    pub diagnostics: Diagnostics,
    pub attributes: EnvironmentAttributes,
    /// How wide the driver manager's wide characters are.
    pub encoding: Encoding,
    /// The number of connection handles.
    pub connections: usize,
}

impl EnvironmentState {
    /// Records that a connection handle was freed.
    pub fn forget_connection(&mut self) {
        self.connections = self.connections.saturating_sub(1);
    }
}

impl Environment {
    pub fn new(connector: Arc<dyn Connector>, encoding: Encoding) -> Self {
        let state = EnvironmentState {
            encoding,
            ..EnvironmentState::default()
        };
        Self {
            connector,
            state: Mutex::new(state),
        }
    }

    pub fn lock(&self) -> Locked<'_> {
        let forks = FORKS.read().unwrap_or_else(PoisonError::into_inner);
        Locked {
            state: self.state.lock().unwrap_or_else(PoisonError::into_inner),
            _forks: forks,
        }
    }
}

/// Threads that lock an environment take it for reading, a thread that forks for writing. No thread
/// locks two environments.
static FORKS: RwLock<()> = RwLock::new(());

/// An environment's locked state.
pub struct Locked<'a> {
    // Dropped first.
    state: MutexGuard<'a, EnvironmentState>,
    _forks: RwLockReadGuard<'static, ()>,
}

impl Deref for Locked<'_> {
    type Target = EnvironmentState;

    fn deref(&self) -> &EnvironmentState {
        &self.state
    }
}

impl DerefMut for Locked<'_> {
    fn deref_mut(&mut self) -> &mut EnvironmentState {
        &mut self.state
    }
}

/// All environments, held so that no other thread has one locked.
pub struct Held {
    _forks: RwLockWriteGuard<'static, ()>,
}

/// Waits until no environment is locked, which never takes long, and keeps it so.
pub fn hold() -> Held {
    Held {
        _forks: FORKS.write().unwrap_or_else(PoisonError::into_inner),
    }
}

/// A connection with everything that was allocated on it, behind one lock.
pub struct ConnectionGroup {
    pub environment: Arc<Environment>,
    state: Mutex<ConnectionGroupState>,
}

pub struct ConnectionGroupState {
    pub connection: Connection,
    pub statements: Slab<Statement>,
    pub descriptors: Slab<Descriptor>,
}

/// A connection handle's own state.
pub struct Connection {
    pub diagnostics: Diagnostics,
    pub attributes: ConnectionAttributes,
    /// Version of ODBC that the application set on the environment (`SQL_OV_*`).
    pub odbc_version: i32,
    pub encoding: Encoding,
    /// The spelling of the function that connected: it decides between SQL_VARCHAR and SQL_WVARCHAR.
    pub spelling: Spelling,
    pub link: Option<Connected>,
    /// Set between the steps of `SQLBrowseConnect`.
    pub browse: Option<Browse>,
}

impl Connection {
    pub fn is_odbc2(&self) -> bool {
        self.odbc_version == odbc_version::ODBC2
    }

    /// This connection's view of types.
    pub fn view(&self) -> View {
        View {
            spelling: self.spelling,
            encoding: self.encoding,
            odbc2: self.is_odbc2(),
            zone: self
                .link
                .as_ref()
                .map(|link| link.session.zone())
                .unwrap_or_default(),
        }
    }

    pub fn connected(&self) -> Result<&Connected, Error> {
        self.link
            .as_ref()
            .ok_or_else(|| Error::of(sqlstate::S08003))
    }
}

impl ConnectionGroup {
    pub fn new(environment: Arc<Environment>) -> Self {
        let (odbc_version, encoding) = {
            let state = environment.lock();
            (state.attributes.odbc_version(), state.encoding)
        };
        let connection = Connection {
            diagnostics: Diagnostics::default(),
            attributes: ConnectionAttributes::default(),
            odbc_version,
            encoding,
            spelling: Spelling::Wide,
            link: None,
            browse: None,
        };
        let state = ConnectionGroupState {
            connection,
            statements: Slab::default(),
            descriptors: Slab::default(),
        };
        Self {
            environment,
            state: Mutex::new(state),
        }
    }

    pub fn lock(&self) -> MutexGuard<'_, ConnectionGroupState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The lock, unless a call is in progress on this connection.
    pub fn try_lock(&self) -> Option<MutexGuard<'_, ConnectionGroupState>> {
        match self.state.try_lock() {
            Ok(guard) => Some(guard),
            Err(std::sync::TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(std::sync::TryLockError::WouldBlock) => None,
        }
    }
}

impl ConnectionGroupState {
    /// Whether a statement waits for data-at-execution parameters.
    pub fn collects(&self) -> bool {
        let mut statements = self.statements.iter();
        statements.any(|(_, statement)| statement.state.collects())
    }

    /// Whether a statement that uses this descriptor waits for data-at-execution parameters.
    pub fn collects_with(&self, descriptor: usize) -> bool {
        self.statements.iter().any(|(_, statement)| {
            statement.state.collects()
                && (statement.implicit.contains(&descriptor)
                    || [statement.ard, statement.apd].contains(&descriptor))
        })
    }

    /// Whether a statement has rows to fetch.
    pub fn has_cursor(&self) -> bool {
        let mut statements = self.statements.iter();
        statements.any(|(_, statement)| statement.state.cursor().is_some())
    }
}
