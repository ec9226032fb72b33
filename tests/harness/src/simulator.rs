//! A running simulator, and the connection strings that lead to it.

use super::tenant::{ALICE, CLIENT, SECRET, TENANT};
use graph_simulator::model::Tenant;
use graph_simulator::{Entry, Options, Simulator};

/// Starts serving a tenant.
pub fn start(tenant: Tenant) -> Simulator {
    start_with(tenant, Options::default())
}

pub fn start_with(tenant: Tenant, options: Options) -> Simulator {
    Simulator::start(tenant, options).expect("a loopback port is free")
}

/// Endpoints and credentials, without a mailbox.
pub fn credentials(simulator: &Simulator) -> String {
    format!(
        "TenantID={TENANT};ClientId={CLIENT};ClientSecret={{{}}};LoginEndpoint={address};GraphEndpoint={address};",
        SECRET.replace('}', "}}"),
        address = simulator.address(),
    )
}

/// Alice's connection, with further keys.
pub fn alice(simulator: &Simulator, keys: &str) -> String {
    format!("{}UserID={ALICE};{keys}", credentials(simulator))
}

/// Requests to Graph since the log was cleared: no token requests, and batches by what is in them.
pub fn requests(simulator: &Simulator) -> Vec<Entry> {
    let is_graph = |entry: &Entry| !entry.path.ends_with("/token");
    simulator.log().into_iter().filter(is_graph).collect()
}
