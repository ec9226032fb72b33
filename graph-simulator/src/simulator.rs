//! A running simulator.

use crate::model::{Item, Tenant};
use crate::server;
use crate::server::faults::Faults;
use crate::server::log::{Counters, Entry};
use crate::server::options::Options;
use crate::server::shared::Shared;
use crate::store::Store;
use crate::writer::{Writing, Written};
use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::ops::Deref;
use std::sync::RwLockReadGuard;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

/// A Graph of one tenant on a loopback port. It stops when it is dropped.
pub struct Simulator {
    shared: Shared,
    runtime: Option<Runtime>,
}

/// The current tenant. Changes wait while it is held.
pub struct TenantView<'a>(RwLockReadGuard<'a, Store>);

impl Deref for TenantView<'_> {
    type Target = Tenant;

    fn deref(&self) -> &Tenant {
        self.0.tenant()
    }
}

impl Simulator {
    /// The certificate, as PEM, of the authority of a simulator with [`Options::http2`].
    pub const AUTHORITY: &str = server::AUTHORITY;

    /// Starts serving; it is ready when this returns.
    pub fn start(tenant: Tenant, options: Options) -> io::Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(options.threads.max(1))
            .thread_name("graph-simulator")
            .enable_all()
            .build()?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
        let listener = runtime.block_on(TcpListener::bind(address))?;
        let shared = Shared::new(options, listener.local_addr()?, Store::new(tenant));
        runtime.spawn(server::run(listener, shared.clone()));
        Ok(Self {
            shared,
            runtime: Some(runtime),
        })
    }

    /// `http://127.0.0.1:12345`: the login endpoint, and Graph's endpoint too.
    pub fn address(&self) -> String {
        format!("{}://{}", self.shared.scheme(), self.shared.address)
    }

    pub fn port(&self) -> u16 {
        self.shared.address.port()
    }

    /// The connection string of an ODBC application: the first application and the first mailbox of
    /// the tenant.
    pub fn connection_string(&self) -> String {
        let tenant = self.tenant();
        let address = self.address();
        let mut text = format!(
            "TenantID={};LoginEndpoint={address};GraphEndpoint={address}",
            tenant.id
        );
        if let Some(application) = tenant.applications.first() {
            let secret = application.client_secret.replace('}', "}}");
            text += &format!(
                ";ClientId={};ClientSecret={{{secret}}}",
                application.client_id
            );
        }
        let owner = tenant.users.iter().find(|user| user.mailbox.is_some());
        if let Some(name) = owner.and_then(|user| user.entity.get("userPrincipalName")?.as_str()) {
            text += &format!(";UserID={name}");
        }
        text
    }

    /// The tenant with all its data, for computing correct answers. Changing the tenant on the same
    /// thread while this is held deadlocks.
    pub fn tenant(&self) -> TenantView<'_> {
        TenantView(self.shared.store())
    }

    /// Changes the tenant while it is being served, and rebuilds the index.
    pub fn change<R>(&self, change: impl FnOnce(&mut Tenant) -> R) -> R {
        self.shared.store_to_change().change(change)
    }

    /// Puts a message into a mailbox, as if it arrived; false when there is no such mailbox.
    pub fn deliver(&self, user: &str, message: Item) -> bool {
        self.shared.store_to_change().deliver(user, message)
    }

    /// Starts writing into a mailbox beside its readers, in place of an earlier writer; false when there is no such
    /// mailbox.
    pub fn start_writing(&self, writing: &Writing) -> bool {
        let _inside = self.runtime.as_ref().map(Runtime::enter);
        self.shared.start_writing(writing)
    }

    /// Stops the writer, and returns its changes.
    pub fn stop_writing(&self) -> Written {
        self.shared.stop_writing();
        self.shared.written()
    }

    /// The ids of the messages that the list of all messages had all the time since the writer started.
    pub fn stayed(&self) -> Vec<String> {
        self.shared.stayed()
    }

    pub fn faults(&self) -> &Faults {
        &self.shared.faults
    }

    /// Ends all tokens.
    pub fn expire_tokens(&self) {
        self.shared.tokens.expire_all();
    }

    /// The requests that were answered.
    pub fn log(&self) -> Vec<Entry> {
        self.shared.log.entries()
    }

    /// Clears the log, and resets the counters.
    pub fn clear_log(&self) {
        self.shared.log.clear();
        self.shared.throttle.reset();
    }

    pub fn counters(&self) -> Counters {
        self.shared.log.counters()
    }

    /// The most requests that were in flight at once, by the user's id.
    pub fn most_in_flight(&self) -> HashMap<String, usize> {
        self.shared.throttle.most()
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
