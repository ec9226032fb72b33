//! Appendix B of the ODBC reference: every function in every state of its handle. The functions are
//! called directly, as a driver manager calls the driver, and in more states than one allows.
//!
//! States S11 and S12 belong to asynchronous execution, which the driver does not offer
//! (docs/deviations.md), C3 to SQLBrowseConnect, C6 to a transaction, which a read-only source
//! never begins.

mod catalog;
mod connections;
mod environments;
mod neighbours;
mod place;
mod sequences;
mod statements;

use driver_harness::client::{self, Connection, Login};
use std::sync::OnceLock;

/// A target for connections.
fn login() -> Login {
    static LOGIN: OnceLock<Login> = OnceLock::new();
    *LOGIN.get_or_init(Login::start)
}

/// A connection with a table of its own.
fn connection() -> Connection {
    let connection = client::connect(&login().connection_string()).expect("a connection");
    for sql in [
        "CREATE TABLE #t (a INTEGER)",
        "INSERT INTO #t VALUES (1), (2), (3), (4), (5), (6), (7), (8)",
    ] {
        connection.execute(sql).expect(sql);
    }
    connection
}
